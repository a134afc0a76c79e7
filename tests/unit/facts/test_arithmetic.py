"""Arithmetic in answers: what holds, what fails, and what is no statement of arithmetic."""

import pytest

from quality.facts.arithmetic import claims
from quality.facts.asserted import stood_by
from quality.facts.claim import Claim, TooMuch

HOLDS = [
    "48/2 = 24",
    "12 × 7 = 84",
    "3 + 4 * 2 = 11",
    "$5 x 3 = $15",
    "3x4=12",
    "10/3 = 3.33",
    "10/3 ≈ 3.3",
    "100/3 = 33 (rounded)",
    "$1,200 / 12 = $100/month",
    ".5*10=5",
    "5 apples + 3 apples = 8 apples",
    "5 (apples) + 3 (pears) = 8 (pieces)",
    "2 hours * 60 minutes/hour = 120 minutes",
    "2 * $4 = $8",
    "$80 - $20 = $60",
    "5 times 3 is 15",
    "half of 48 is 24",
    "two thirds of 60 is 40",
    "twelve plus three equals fifteen",
    "twenty-five minus five is twenty",
    "20% of 150 is 30",
    "20% of 150 = 30",
    "20% * 150 = 30",
    "100 + 10% = 110",
    "80% - 20% = 60%",
    "15/20 = 75%",
    "15/20 * 100 = 75%",
    "5 dozen = 60",
    "7 billion × 0.7 = 4.9 billion",
    "6.02 × 10^23 × 2 = 1.204 × 10^24",
    "√(3² + 4²) = √25 = 5",
    "\\( \\frac{48}{2} \\times 3 = 72 \\)",
    "\\[ \\$800 \\div 80 \\text{ hours} = \\$10 \\text{ per hour} \\]",
    "1 1/2 + 2 = 3 1/2",
    "1/2 + 1/4 = 3/4",
    "2½ × 2 = 5",
    "2^10 = 1024",
    "2**10 = 1,024",
    "5! = 120",
    "9(3) - 4 = 23",
    "-5 + 3 = -2",
    "17 / 5 = 3 remainder 2",
    "17 ÷ 5 = 3 R 2",
    "5 + 3 = 8 * 2 = 16",
    "**5** + **3** = **8**",
    "- 5 + 3 = 8",
    "1. 5 + 3 = 8",
    "Profit = 20 - 5 = 15",
    "48 clips in April + 24 clips in May = 72 clips",
    "1,234,567 × 2 = 2,469,134",
    "3.6 x 2 = 7.2 or 7",
]
FAILS = [
    ("48/2 = 25", "24"),
    ("12 × 7 = 94", "84"),
    ("3 + 4 * 2 = 14", "11"),
    ("$5 x 3 = $16", "15"),
    ("10/3 = 3.43", "3.33"),
    ("5 apples + 3 apples = 9 apples", "8"),
    ("2 hours * 60 minutes/hour = 121 minutes", "120"),
    ("$1,200 / 12 = $110/month", "100"),
    ("5 times 3 is 16.", "15"),
    ("half of 48 is 25.", "24"),
    ("1/4 of the 60 is 16", "15"),
    ("5 pieces of cake + 3 pieces of cake = 9 pieces of cake", "8"),
    ("twelve plus three equals sixteen", "15"),
    ("20% of 150 is 31.", "30"),
    ("5 dozen = 61", "60"),
    ("√16 = 5", "4"),
    ("17 / 5 = 3 remainder 3", "3 remainder 2"),
    ("**Total:** 5 + 3 = 9", "8"),
    ("Total = 5 + 3 = 9", "8"),
    ("so 22.99 + 35.45 = 58.45 g/mol", "58.44"),
    ("- 5 + 3 = 9", "8"),
    ("\\( \\frac{48}{2} = 25 \\)", "24"),
    ("7 billion × 0.7 = 5.9 billion", "4,900,000,000"),
    ("She sold $80 - $20 = $61 worth", "60"),
]
NO_STATEMENT = [
    "2x = 8",
    "x + 3 = 11",
    "S + 30 + 46 = 77",
    "f(2) = 5 + x",
    "log(5 + 3) = 0.9",
    "The date is 2024-01-05, the score was 3-2, chapters 3-5.",
    "We are open 24/7, that is 50/50.",
    "1/2 cup = 8 tablespoons",
    "1 hour + 30 minutes = 90 minutes",
    "11 am + 3 hours = 2 pm",
    "Use `5 + 3 = 9` here.",
    "```python\ntotal = 5 + 3 = 9\n```",
    "if (5 + 3 == 9)",
    "5 + 3 != 9",
    "5 + 3 ≠ 9",
    "7 mod 3 = 1, 10 % 3 = 1",
    "It is wrong that 2 + 2 = 5.",
    "2 + 2 = 5 is false.",
    "Suppose 2 + 2 = 5.",
    "Is 2 + 2 = 5?",
    "In binary, 1 + 1 = 10.",
    "2 + 2 ≡ 1 (mod 3)",
    "1 + 1/2 + 1/4 + ... = 3",
    "'5' + '3' = '53'",
    "H2 + O2 = 3",
    "(1, 2) + (3, 4) = (4, 7)",
    "Q:1/4=120",
    "A 3x4 table is 12 cm wide.",
    "version 1.2.3 = 4",
    "1/0 = 5",
    "٣ + 2 = 6",
    "It takes 17/3 = 5 and 2/3 loads.",
    "He can buy 100 / 6= 16 and (2/3) of them.",
    "10^6 is 1 followed by six zeros.",
    "10^6 = 1 followed by 6 zeros",
    "10^6 is a 1 with six zeros.",
    "1.0e-323 / 10 = 0",
    "(x + 2) * 3 = " + "9" * 70,
]


def judged(text, instruction="How many?"):
    said = list(claims(instruction, text))
    beyond = [one for one in said if isinstance(one, TooMuch)]
    return beyond or stood_by(said, instruction, text)


@pytest.mark.parametrize("text", HOLDS)
def test_a_right_statement_is_read_and_holds(text):
    found = judged(text)
    assert found
    assert all(isinstance(claim, Claim) and claim.holds for claim in found), found


@pytest.mark.parametrize(("text", "right"), FAILS)
def test_a_wrong_statement_is_found_with_its_right_result(text, right):
    wrong = [claim for claim in judged(text) if not claim.holds]
    assert [claim.computed.lstrip("$") for claim in wrong] == [right]
    assert text[wrong[0].start : wrong[0].end].count("=") <= 1


@pytest.mark.parametrize("text", NO_STATEMENT)
def test_what_states_no_arithmetic_is_left_alone(text):
    assert not [claim for claim in judged(text) if not getattr(claim, "holds", False)]


def test_a_quotation_of_the_prompt_is_no_statement_of_the_answer():
    asked = "Correct this sum: 2 + 2 = 5"
    corrected = judged("You wrote: 2 + 2 = 5. The right sum is 2 + 2 = 4.", asked)
    assert [claim.holds for claim in corrected] == [True]
    assert [claim.holds for claim in judged("The right sum is 2 + 2 = 6.", asked)] == [False]


def test_a_puzzle_whose_signs_mean_something_else_is_left_alone():
    puzzle = "If 2 + 3 = 10, 7 + 2 = 63 and 6 + 5 = 66, what is 8 + 4?"
    assert not [claim for claim in judged("The rule gives 8 + 4 = 96.", puzzle) if not claim.holds]


@pytest.mark.parametrize(
    "text",
    [
        "9**9**9**9 = 5",
        "10^(10^10) = 3",
        "factorial: 1000000000!+1 = 5",
        "9" * 70 + " + 1 = 2",
        "(" * 60 + "1" + ")" * 60 + " + 1 = 3",
    ],
)
def test_what_is_beyond_the_limits_is_too_much_and_never_silent(text):
    assert any(isinstance(said, TooMuch) for said in judged(text)), judged(text)


def test_a_power_belongs_to_the_bracket_beside_it():
    assert [claim.holds for claim in judged("(2)(3)² = 18")] == [True]
    assert [claim.holds for claim in judged("2(3)^2 = 18")] == [True]
    assert [claim.computed for claim in judged("2(3)^2 = 36")] == ["18"]


@pytest.mark.parametrize(
    ("text", "right"),
    [("2^120 = 5", "1.329e+36"), ("10^1000 = 5", "a number of more than 300 digits")],
)
def test_a_long_result_is_told_in_short(text, right):
    assert [claim.computed for claim in judged(text)] == [right]


def test_a_total_behind_an_article_is_read():
    assert [claim.computed for claim in judged("5 + 3 is a total of 9.")] == ["8"]


def test_ranges_and_areas_are_left_alone():
    assert not [c for c in judged("£0.03-£0.07 per hour x 8 = £0.24-£0.56 per day") if not c.holds]
    assert not [c for c in judged("Area = 1 km² = 1,000 m x 1,000 m = 1,000,000 m²") if not c.holds]
