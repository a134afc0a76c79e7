"""Totals of listed amounts."""

import pytest

from quality.facts.sums import claims

TABLE = "| Item | Cost |\n|---|---|\n| Rent | $500 |\n| Food | $200.50 |\n| **Total** | **{total}** |\n"


def judged(text):
    return [(claim.holds, claim.computed) for claim in claims("Make me a budget.", text)]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        (TABLE.format(total="$700.50"), "$700.50"),
        ("- Rent: $500\n- Food: $200\n\n**Total: $700**", "$700"),
        ("1. Rent - $500\n2. Food - $200\nTotal: $700", "$700"),
        ("Flour: 500 g\nSugar: 250 g\nTotal: 750 g", "750"),
        ("Rent: $500, food: $200, and bus: $50. Total: $750", "$750"),
        (
            "| Item | Price | Sum |\n|---|---|---|\n| Pen | $2 | $4 |\n| Pad | $3 | $6 |\n| Total | $10 | $10 |",
            "$10",
        ),
    ],
)
def test_totals_that_hold(text, right):
    assert judged(text) == [(True, right)]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        (TABLE.format(total="$720.50"), "$700.50"),
        ("- Rent: $500\n- Food: $200\n- **Total: $750**", "$700"),
        ("Rent: $500, food: $200, and bus: $50. Total: $800", "$750"),
    ],
)
def test_totals_that_fail(text, right):
    assert judged(text) == [(False, right)]


@pytest.mark.parametrize(
    "text",
    [
        "- Rent: $500\n- Discount: $50\n- Total: $450",
        "- Two lamps at $20 each: $40\n- Desk: $100\n- Total: $150",
        "- Rent: $500 per month\n- Food: $200\n- Total: $6200",
        "- Rent: $400-500\n- Food: $200\n- Total: $650",
        "- Eggs: 2\n- Flour: 500 g\n- Total: 600 g",
        "- Rent: $500\n- Subtotal: $500\n- Tax: $50\n- Total: $550",
        "- Rent: $500\n- Total: $700",
        "Total: $700",
    ],
)
def test_lists_that_are_no_plain_sums_are_left_alone(text):
    assert not judged(text)
