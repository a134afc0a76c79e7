"""Maths that the prompt asks for, held against the answer's result."""

import subprocess
import sys

import pytest

from quality.facts.asked import claims
from quality.facts.claim import TooMuch


def judged(asked, said):
    return [claim.holds for claim in claims(asked, said)]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("What is 17*23?", "391"),
        ("What is 17*23?", "17*23 = 391"),
        ("What's 5 + 7?", "**12**"),
        ("Calculate 15% of 80.", "It is 12."),
        ("Evaluate 2^10 - 24", "The result is \\boxed{1000}"),
        ("Solve 2x + 3 = 11.", "2x = 8\nx = 4"),
        ("Solve for x: x^2 - 5x + 6 = 0", "So x = 2 or x = 3."),
        ("Solve 3x = 1", "x = 1/3"),
        ("Solve x^2 = 2", "x ≈ 1.41 or x ≈ -1.41"),
        ("What are the roots of x^2 - 4?", "x = 2 and x = -2"),
        ("What is the derivative of x^2?", "2x"),
        ("Differentiate f(x) = 3x^3 - 2x + 1.", "f'(x) = 9x^2 - 2"),
        ("What is the derivative of sin(x)?", "The derivative is cos(x)."),
        ("Find the integral of x^2 dx.", "The integral is \\frac{x^3}{3} + C."),
        ("Factor x^2 - 9.", "(x - 3)(x + 3)"),
        ("Expand (x+1)^2", "The expanded form is x² + 2x + 1."),
        ("Simplify 2x + 3x.", "5x"),
    ],
)
def test_right_results(asked, said):
    found = judged(asked, said)
    assert found
    assert all(found)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("What is 17*23?", "The answer is 392."),
        ("Calculate 15% of 80.", "It is 13."),
        ("Evaluate 2^10 - 24", "The result is \\boxed{1010}"),
        ("Solve 2x + 3 = 11.", "Subtract 3: 2x = 8, so x = 5."),
        ("Solve for x: x^2 - 5x + 6 = 0", "So x = 2 or x = 4."),
        ("What is the derivative of x^2?", "The derivative of x^2 is 3x."),
        ("Find the integral of x^2 dx.", "The integral is x^3/2 + C."),
        ("Factor x^2 - 9.", "(x - 3)(x - 3)"),
        ("Expand (x+1)^2", "The expanded form is x^2 + 2x + 2."),
    ],
)
def test_wrong_results(asked, said):
    assert False in judged(asked, said)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("What is 24/7 support?", "The answer is 5 words."),
        ("What is 10/3?", "3"),
        ("What is the capital of France?", "Paris"),
        ("Solve this riddle: what has keys?", "x = 5"),
        ("Solve x + y = 5", "x = 9"),
        ("Solve sin(x) = 0.5", "x = 9"),
        ("What is 1 + 1 in binary?", "10"),
        ("Simplify this text for children.", "The cat sat."),
        ("What is 5 + 7?", "Adding 7 to 5 takes you past 10 to the result, as any abacus shows."),
        ("Solve 2x = 8", "Divide both sides by two."),
    ],
)
def test_what_cannot_be_read_with_certainty_is_left_alone(asked, said):
    assert not judged(asked, said)


@pytest.mark.parametrize(
    "asked",
    [
        "What is 9**9**9**9?",
        "What is 10^(10^10)?",
        "Solve x^99999999999 = 3",
        "What is the derivative of ((x^9)^9)^9?",
    ],
)
def test_maths_beyond_the_limits_is_too_much(asked):
    assert [type(said) for said in claims(asked, "x = 5")] == [TooMuch]


def test_sympy_is_imported_for_unknowns_alone():
    script = (
        "import sys; from quality.facts.asked import claims; list(claims('What is 17*23?', '391'));"
        "assert 'sympy' not in sys.modules; list(claims('Solve 2x = 8', 'x = 4')); assert 'sympy' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
