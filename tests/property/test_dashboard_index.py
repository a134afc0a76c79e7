"""The index beside the plainest way to say the same: a loop over rows in memory."""

import tempfile
from collections import Counter
from itertools import chain
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.index import Index, building
from dashboard.index.parts import Marked, Part
from dashboard.model import About, Filter, Order
from quality.model import Finding, Row, Severity
from quality.reports.json import as_json

TEXT = st.text(st.sampled_from("aAßİ%_'\"\x00\ud800\u202e😀 \n"), max_size=4)
RULES = (
    ("GRM001", "grammar", Severity.ERROR),
    ("GRM001", "grammar", Severity.WARNING),
    ("TON001", "tone", Severity.WARNING),
)
FINDINGS = st.lists(st.tuples(st.sampled_from(RULES), st.booleans()), max_size=3)
SCORES = st.one_of(st.none(), st.sampled_from([0.0, 10.0, 99.9, 100.0]))
ROWS = st.lists(st.tuples(TEXT, TEXT, TEXT, SCORES, st.booleans(), FINDINGS), max_size=8)
FILTERS = st.builds(
    Filter,
    text=TEXT,
    groups=st.sampled_from([(), ("g0",), ("g1", "g9")]),
    codes=st.sampled_from([(), ("GRM001",), ("TON001", "X")]),
    criteria=st.sampled_from([(), ("tone",)]),
    severities=st.sampled_from([(), ("error",), ("warning",)]),
    fail_modes=st.one_of(st.just(()), st.tuples(TEXT)),
    passed=st.sampled_from([None, True, False]),
    lowest=st.sampled_from([0.0, 10.0]),
    highest=st.sampled_from([100.0, 99.9]),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(ROWS, min_size=1, max_size=3), FILTERS, st.sampled_from(Order))
def test_a_filter_leaves_what_a_loop_leaves(groups, where, order):
    rows = [(f"g{n}", *row) for n, group in enumerate(groups) for row in group]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x"
        parts = [Part(f"g{n}", "", lambda group=group: map(marked, group)) for n, group in enumerate(groups)]
        building.build(path, About("", ""), parts)
        index = Index(path)
        wanted = [number for number, row in enumerate(rows, 1) if looked_at(row, where)]
        assert sorted(brief.number for brief in index.page(where, order=order)) == wanted
        totals = index.totals(where)
        assert (totals.rows, sum(totals.bins) + totals.unscored) == (len(wanted), len(wanted))
        assert sum(totals.labels.values()) == len(wanted)
        assert totals.passing == sum(rows[number - 1][5] for number in wanted)
        opened = [{rule[0] for rule, waived in rows[number - 1][6] if not waived} for number in wanted]
        assert {one.code: one.rows for one in totals.codes} == dict(Counter(chain(*opened)))
        assert sum(one.findings for one in totals.codes) == sum(one.findings for one in totals.rules)
        for number in wanted:
            entry = index.entry(number)
            assert (entry.row.id, entry.row.output, entry.row.fail_mode) == rows[number - 1][1:4]


def marked(row):
    id, output, label, score, passed, findings = row
    found = [
        as_json(Finding(*rule, 2, id, "output", "", waived="x" if waived else None))
        for rule, waived in findings
    ]
    marks = {"score": score, "passed": passed, "criteria": {}, "unmeasured": {}}
    return Marked(Row(2, 2, id, "", output, label), marks, found)


def looked_at(row, where):
    group, id, output, label, score, passed, findings = row
    opened = [rule for rule, waived in findings if not waived]
    lists = (where.codes, where.criteria, where.severities)
    whole = (where.lowest, where.highest) == (0.0, 100.0)
    return (
        (
            not where.text
            or where.text.casefold() in id.casefold()
            or where.text.casefold() in output.casefold()
        )
        and (not where.groups or group in where.groups)
        and (not where.fail_modes or label in where.fail_modes)
        and (where.passed is None or passed == where.passed)
        and (whole or (score is not None and where.lowest <= score <= where.highest))
        and (
            not any(lists)
            or any(all(not of or one in of for one, of in zip(rule, lists, strict=True)) for rule in opened)
        )
    )
