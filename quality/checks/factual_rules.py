"""The rules FCT001 to FCT005 with their examples and figures: arithmetic, percentages, totals, solutions, results."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from quality.facts import arithmetic, asked, percentages, results, sums
from quality.facts.claim import Reader
from quality.rule import Rule, examples

READERS: tuple[Reader, ...] = (
    arithmetic.claims,
    results.claims,
    percentages.claims,
    sums.claims,
    asked.claims,
)

_rule = partial(
    Rule,
    criterion="factual",
    why="A result that does not come out is wrong whoever reads it, and a model learns to assert such results.",
    source="Chat Style Guide 1.1.2-1; worked arithmetic as in GSM8K (Cobbe et al., 2021)",
)

_READ = (
    "of 100 findings of FCT001 and FCT002 in 20,000 answers of other models 93 were wrong sums, and the causes of five "
    "of the other seven were then removed"
)
_OWN = "What the answer shows in code, quotes from the prompt, denies or supposes is not flagged."
_SHOP = "Five hoodies cost $12 each and a cap costs $7. What do they cost together?"

ARITHMETIC = _rule(
    code="FCT001",
    measured="2,376 answers of strong models, of which 68 state arithmetic: one flagged, for three wrong sums; "
    f"{_READ}; 581 faults put into 279 worked answers of all models (result, operand, calculator's mark, final "
    "answer): 547 found by FCT001 and FCT005 (benchmarks/facts.py)",
    name="wrong-arithmetic",
    what="A calculation in the answer whose result is another: “12 × 7 = 94”.",
    remedy="Put in the right result, and correct what was computed from it further on.",
    bad=examples(
        (
            ("How many hours are there in a week?", "A week has 7 × 24 = 178 hours."),
            (_SHOP, "The hoodies cost 5 * $12 = $65, so with the cap it is $72."),
            ("What is half of 48?", "Half of 48 is 26."),
            ("How many clips?", "She sold 48/2 = <<48/2=25>>25 clips in May."),
            ("How long is the hypotenuse?", "It is √(3² + 4²) = √25 = 6."),
        ),
        flagged=True,
    ),
    good=examples(
        (
            ("How many hours are there in a week?", "A week has 7 × 24 = 168 hours."),
            (_SHOP, "The hoodies cost 5 * $12 = $60 and all together $60 + $7 = $67."),
            ("What is a third of ten?", "10 / 3 = 3.33, or 3 remainder 1."),
            ("Solve 2x = 8.", "2x = 8, so x = 8 / 2 = 4."),
            ("Can sums be wrong?", "Yes: it is wrong that 2 + 2 = 5."),
            ("How do I add in Python?", "```python\nx = 5 + 3 == 9\ntotal = 1 + 1 = 3\n```"),
            ("What is 1 + 1 in binary?", "In binary, 1 + 1 = 10."),
            ("How long do both films last?", "1 hour + 30 minutes = 90 minutes."),
            ("When was it?", "It was on 2024-01-05, and the score was 3-2."),
        ),
        flagged=False,
    ),
    limits="What is told in other words than sums (“five fewer than twelve is eight”) is not read, nor are unknowns, "
    "other bases, remainders by `mod`, and sums of different units. A broken result may be stated as a whole number "
    "within 1% of it. Numbers of more than 60 digits and powers of more than 4,096 bits leave the row unmeasured. "
    f"{_OWN}",
)
PERCENTAGE = _rule(
    code="FCT002",
    measured=f"2,376 answers of strong models: none flagged; {_READ}; recall not measured (benchmarks/facts.py)",
    name="wrong-percentage",
    what="A percentage that does not fit the numbers beside it: “20% of 150 is 40”, “15 of the 20 rooms (80%)”.",
    remedy="Compute the percentage anew, and correct the number that is wrong.",
    bad=examples(
        (
            ("How much is the tip?", "20% of $150 is $40."),
            ("How many rooms are taken?", "15 of the 20 rooms (80%) are taken."),
            ("How did sales do?", "Sales rose from 80 to 100, a 30% increase."),
        ),
        flagged=True,
    ),
    good=examples(
        (
            ("How much is the tip?", "20% of $150 is $30."),
            ("How many rooms are taken?", "15 of the 20 rooms (75%) are taken."),
            ("How did sales do?", "Sales rose from 80 to 100, a 25% increase."),
            ("How much is the coat?", "20% off $50 is $40."),
            ("Who voted?", "About 20% of the 150 members are 30 years old."),
        ),
        flagged=False,
    ),
    limits=f"Only percentages whose numbers stand beside them are read. {_OWN}",
)
TOTAL = _rule(
    code="FCT003",
    measured="2,376 answers of strong models: none flagged; two in 20,000 answers of other models, both rightly, with "
    "six totals that hold; recall not measured (benchmarks/facts.py)",
    name="wrong-total",
    what="A total that is not the sum of the amounts listed above it.",
    remedy="Add the amounts up again, and correct the total or the amount that is wrong.",
    bad=examples(
        (
            (
                "Make me a budget.",
                "| Item | Cost |\n|---|---|\n| Rent | $500 |\n| Food | $200 |\n| Total | $750 |",
            ),
            ("Make me a budget.", "- Rent: $500\n- Food: $200\n- **Total: $750**"),
            ("Make me a budget.", "Rent: $500, food: $200, bus: $50. Total: $800"),
        ),
        flagged=True,
    ),
    good=examples(
        (
            (
                "Make me a budget.",
                "| Item | Cost |\n|---|---|\n| Rent | $500 |\n| Food | $200 |\n| Total | $700 |",
            ),
            ("Make me a budget.", "- Rent: $500\n- Discount: $50\n- **Total: $450**"),
            ("Make me a budget.", "- Two lamps at $20 each: $40\n- Desk: $100\n- Total: $140"),
        ),
        flagged=False,
    ),
    limits=f"Lists with discounts, subtotals, prices for each or amounts in different units are left alone. {_OWN}",
)
ASKED = _rule(
    code="FCT004",
    measured="2,376 answers of strong models and 20,000 of others: none flagged, for hardly any prompt there asks for "
    "maths in short; recall not measured (benchmarks/facts.py)",
    name="wrong-solution",
    what="A wrong result of the maths that the prompt asks for: a value, a solution, a derivative, an integral, or an "
    "expression in another form.",
    remedy="Solve it again, and correct the result and the way to it.",
    bad=examples(
        (
            ("What is 17*23?", "The answer is 392."),
            ("Solve 2x + 3 = 11.", "Subtracting 3 gives 2x = 8, so x = 5."),
            ("Solve for x: x^2 - 5x + 6 = 0", "(x - 2)(x - 3) = 0, so x = 2 or x = 4."),
            ("What is the derivative of x^2?", "The derivative of x^2 is 3x."),
            ("Find the integral of x^2 dx.", "The integral is x^3/2 + C."),
            ("Factor x^2 - 9.", "(x - 3)(x - 3)"),
        ),
        flagged=True,
    ),
    good=examples(
        (
            ("What is 17*23?", "The answer is 391."),
            ("Solve 2x + 3 = 11.", "Subtracting 3 gives 2x = 8, so x = 4."),
            ("What is the derivative of x^2?", "The derivative of x^2 is 2x."),
            ("Find the integral of x^2 dx.", "The integral is x^3/3 + C."),
            ("Factor x^2 - 9.", "(x - 3)(x + 3)"),
            ("What is 24/7 support?", "The answer is 5 words: help at any time."),
            ("Solve the riddle of the Sphinx.", "The answer is 1 word: man."),
        ),
        flagged=False,
    ),
    limits="One question a prompt, one unknown, no definite integrals, no systems of equations. Equations above "
    "degree 6 and expressions above degree 24 leave the row unmeasured. Results that do not stand alone, in a box, "
    "behind “the answer is” or as “x = …” are not read, nor are missing solutions.",
)
RESULT = _rule(
    code="FCT005",
    measured="2,376 answers of strong models and 6,000 of others: none flagged; 12 of 13 faults put into calculator's "
    "marks and 10 of 10 into final answers found, by this rule or FCT001 (benchmarks/facts.py)",
    name="inconsistent-result",
    what="A result stated twice with different numbers: a calculator's mark and the text after it, or the work and the "
    "final answer (“#### 73” where the work comes to 72).",
    remedy="Find out which of the two is right, and make them agree.",
    bad=examples(
        (
            ("How many clips?", "She sold half of them, <<48/2=24>>25 clips, in May.\n#### 25"),
            ("How many clips?", "Altogether she sold 48 + 24 = 72 clips.\n#### 73"),
        ),
        flagged=True,
    ),
    good=examples(
        (
            ("How many clips?", "She sold 48/2 = <<48/2=24>>24 clips in May.\n#### 24"),
            ("How many clips?", "Altogether she sold 48 + 24 = 72 clips.\n#### 72"),
            ("How many dozen?", "She sold 48 + 24 = 72 clips, which is six dozen.\n#### 6"),
        ),
        flagged=False,
    ),
    limits="A final answer that stands anywhere near the end of the work is taken for its result.",
)

RULES: Mapping[str, Rule] = {
    "arithmetic": ARITHMETIC,
    "percentage": PERCENTAGE,
    "sum": TOTAL,
    "asked": ASKED,
    "result": RESULT,
}
"""Sort of claim → the rule for those that do not hold."""
