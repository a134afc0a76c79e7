"""Two runs over versions of the same file → what changed between them, in one line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from quality.model import Finding, Report
from quality.reports.document import listed
from quality.reports.escape import visible
from quality.reports.mask import masked_text
from quality.wording import count

_NUMBERS = re.compile(r"\d+")
_LISTED = 5

_Key = tuple[str, str, str, str]


def since(before: Report, after: Report) -> str:
    """`2 findings gone, 1 new: GRM001 in r0012`; findings that only moved within their cell are the same ones."""
    was, now = Counter(_keys(before.findings)), Counter(_keys(after.findings))
    gone, new = list((was - now).elements()), list((now - was).elements())
    if not gone and not new:
        return "no finding changed"
    named = new or gone
    told = [count(len(gone), "finding") + " gone"] if gone else []
    told += [f"{len(new):,} new" if gone else f"{count(len(new), 'new finding')}"] if new else []
    return f"{', '.join(told)}: {listed((_in_words(key) for key in named), _LISTED)}"


def _keys(findings: Iterable[Finding]) -> Iterable[_Key]:
    """What tells one finding from another, without places and counts, which move with every edit."""
    for one in findings:
        if one.is_open:
            yield one.code, one.row_id, one.column, _NUMBERS.sub("#", one.message)


def _in_words(key: _Key) -> str:
    code, row_id, column, _ = key
    if row_id:
        return f"{code} in {visible(masked_text(row_id))}"
    return f"{code} in a row without an id" if column else f"{code} in the table"
