"""Totals of listed amounts: a table or list with a Total line, or `Rent: $500, food: $200. Total: $700` in one line.

A total is compared only where every line above it, up to the list's beginning, shows one amount of the same currency or
unit and no word that makes it anything but a summand (a discount, a subtotal, a price for each).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from quality.facts.claim import Claim, TooMuch
from quality.facts.code import prose_lines

MAX_LINES = 200
"""Lines of one list or table."""

_AMOUNT = re.compile(
    r"(?P<currency>[$€£¥₹])?[ ]?(?<![\w.,])(?P<figure>(?:[0-9]{1,3}(?:,[0-9]{3}){1,5}|[0-9]{1,12})(?:\.[0-9]{1,4})?)"
    r"(?![0-9]|[.,][0-9])"
    r"(?:[ ]?(?P<unit>%|[A-Za-z]{1,12}\b))?"
)
_TOTAL = re.compile(
    r"^[ \t>]{0,9}(?:[-*+•][ ]{1,3}|[0-9]{1,2}[.)][ ])?[*_]{0,3}(?:(?:the|grand|overall|estimated|your)[ ]){0,2}total\b"
    r"(?P<words>[A-Za-z ,()*_]{0,40})[:=–—-]?[ *_]{0,5}(?P<amount>[$€£¥₹]?[ ]?[0-9][0-9,.]{0,20})",
    re.IGNORECASE,
)
_ITEM = re.compile(
    r"^[ \t>]{0,9}(?:[-*+•][ ]{1,3}|[0-9]{1,2}[.)][ ]{1,3})?"
    r"(?P<label>[*_]{0,3}[A-Za-z][^:|\n]{0,80}?)[ ]?(?::|[–—-])[*_ ]{0,6}"
    r"(?P<rest>[^\n]{0,80})$"
)
_NOT_A_SUMMAND = re.compile(
    r"\b(?:each|per|total|subtotal|sub-total|discount|less|minus|off|refund|credit|income|revenue|salary|budget|remaining|left"
    r"|balance|savings?|profit|net|gross|change|paid|average|mean|up\sto|range|between|from|to|or|approx\w{0,8}|about"
    r"|percent|every|monthly|weekly|daily|annual\w{0,2}|yearly|x|times|if)\b|[×*/+~≈−]|(?<=[0-9])[ ]?[-–—]|%",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"[*_`]{1,3}")
_INLINE_TOTAL = re.compile(
    r"(?:[.;,–—-][ ]|[ ]\()(?:for[ ])?(?:an?[ ]|the[ ])?(?:grand[ ])?total"
    r"(?:[ ](?:is|of|cost|comes[ ]to|cost[ ]is|price))?:?[ ]?"
    r"(?P<amount>[$€£][0-9][0-9,.]{0,20})",
    re.IGNORECASE,
)
_SUMMAND = re.compile(
    r"[ ]?[A-Za-z][A-Za-z '’-]{0,40}(?::|[ ](?:is|costs?|at)|[ ]?[–—-])?[ ]([$€£])([0-9][0-9,.]{0,20})[ ]?"
)


@dataclass(frozen=True, slots=True)
class _Amount:
    value: Fraction
    decimals: int
    unit: str


def claims(instruction: str, output: str) -> Iterator[Claim | TooMuch]:
    """The totals of the answer whose summands stand beside them, added up again."""
    if "otal" not in output and "OTAL" not in output:
        return
    lines: list[tuple[int, str]] = []
    for at, line in prose_lines(output):
        low = line.lower()
        if "total" in low:
            claim = _inline(line, at) or (_table if low.count("|") > 1 else _list)(lines, line, at)
            if claim:
                yield claim
        lines.append((at, line))
        del lines[:-MAX_LINES]


def _is_no_summand(text: str) -> bool:
    """Whether words beside an amount, markup aside, make it anything but one of a plain sum."""
    return _NOT_A_SUMMAND.search(_MARKUP.sub("", text)) is not None


def _list(above: Sequence[tuple[int, str]], line: str, at: int) -> Claim | None:
    total = _TOTAL.match(line)
    if total is None or _is_no_summand(total["words"] + line[total.end() :]):
        return None
    stated = _amount(line, total.start("amount"))
    summands: list[_Amount] = []
    for _, text in reversed(above):
        if not text.strip(" -_*=") and not summands:
            continue
        item = _ITEM.match(text)
        if item is None:
            break
        amount = _only(item["rest"])
        if amount is None or _is_no_summand(item["label"] + " " + item["rest"]):
            return None
        summands.append(amount)
    return _compared(summands, stated, at + total.start(), at + total.end("amount"))


def _table(above: Sequence[tuple[int, str]], line: str, at: int) -> Claim | None:
    """The first column of a table's Total row that does not add up and is no other's total; else one that does."""
    cells = _cells(line)
    if not cells or not re.match(r"[*_ ]{0,4}(?:grand[ ])?total\b", cells[0], re.IGNORECASE):
        return None
    rows: list[list[str]] = []
    for _, text in reversed(above):
        row = _cells(text)
        if len(row) != len(cells):
            break
        rows.append(row)
    body = [row for row in rows[:-1] if not set("".join(row)) <= set(" :-")] if len(rows) > 2 else []
    claims = [_column(body, rows, cells, column, at, at + len(line)) for column in range(1, len(cells))]
    wrong = [claim for claim in claims if claim and not claim.holds]
    held = [claim for claim in claims if claim and claim.holds]
    explained = {claim.stated for claim in held}  # a column of prices for each beside one of amounts
    return next((claim for claim in wrong if claim.stated not in explained), next(iter(held), None))


def _column(
    body: list[list[str]], rows: list[list[str]], cells: list[str], column: int, start: int, end: int
) -> Claim | None:
    amounts = [_only(row[column]) for row in body]
    stated = _only(cells[column])
    labels = " ".join([row[0] + " " + row[column] for row in body] + [rows[-1][column]]) if body else ""
    if stated is None or None in amounts or _is_no_summand(labels):
        return None
    return _compared([amount for amount in amounts if amount], stated, start, end)


def _cells(line: str) -> list[str]:
    stripped = line.strip()
    if stripped.count("|") < 2:
        return []
    return [cell.strip() for cell in stripped.strip("|").split("|")]


def _inline(line: str, at: int) -> Claim | None:
    """A total behind amounts in the same line, each with its label and nothing else."""
    total = _INLINE_TOTAL.search(line)
    if total is None:
        return None
    before = line[: total.start()]
    before = re.split(r"(?<=[.!?])[ ]|:[ ](?=[A-Za-z])", before)[-1]
    pieces = re.split(r",[ ](?:and[ ])?|;[ ]|[ ]and[ ]", before.lstrip("-*•+ "))
    found = [_SUMMAND.fullmatch(piece.strip()) for piece in pieces[:MAX_LINES]]
    if None in found or _is_no_summand(before):
        return None
    summands = [_amount(f"{m[1]}{m[2]}", 0) for m in found if m]
    stated = _amount(line, total.start("amount"))
    return _compared([s for s in summands if s], stated, at + total.start("amount"), at + total.end("amount"))


def _amount(text: str, at: int) -> _Amount | None:
    match = _AMOUNT.match(text, at)
    if match is None:
        return None
    digits = match["figure"].replace(",", "")
    unit = match["currency"] or (match["unit"] or "").lower().removesuffix("s")
    return _Amount(Fraction(digits), len(digits.partition(".")[2]), unit)


def _only(text: str) -> _Amount | None:
    """The one amount in the text; None where there are more, or none."""
    found = list(_AMOUNT.finditer(text))
    return _amount(text, found[0].start()) if len(found) == 1 else None


def _compared(summands: list[_Amount], stated: _Amount | None, start: int, end: int) -> Claim | None:
    if stated is None or len(summands) < 2 or any(s.unit != stated.unit for s in summands):
        return None
    exact = sum((s.value for s in summands), Fraction(0))
    rounded = any(s.decimals for s in summands) or stated.decimals
    slack = (
        Fraction(len(summands), 10**stated.decimals) if rounded and stated.unit not in "$€£" else Fraction(0)
    )
    if rounded and not stated.decimals:
        slack = Fraction(1)
    holds = exact == stated.value or abs(exact - stated.value) < slack
    symbol = stated.unit if stated.unit in ("$", "€", "£", "¥", "₹") else ""
    computed = f"{symbol}{float(exact):,.{max(stated.decimals, 2) if exact.denominator > 1 else 0}f}"
    shown = f"{symbol}{float(stated.value):,.{stated.decimals}f}"
    message = "" if holds else f"the {len(summands)} amounts add up to {computed}, not {shown}"
    return Claim("sum", start, end, shown, computed, holds, message)
