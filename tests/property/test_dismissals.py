"""Whatever the text: a decision holds for what it was made of, its file gives it back, and no score moves."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from quality.dismissals import Decisions, Places, dismiss, matched
from quality.dismissals.file import read, render
from quality.model import Row
from tests.baselines import found, report

TEXTS = st.text(
    st.characters(exclude_categories=()) | st.sampled_from("\r\n\x00\ud800 "), min_size=1, max_size=40
)
AT = "2026-11-23T18:09:07.000000+00:00"


@st.composite
def seen(draw):
    """A row with a finding in it, and the sheet's row or none."""
    row = Row(2, 2, "r2", draw(TEXTS), draw(TEXTS), "none", draw(st.none() | TEXTS))
    start, end = sorted(draw(st.integers(0, len(row.output))) for _ in range(2))
    place = draw(st.sampled_from([{}, {"start": start, "end": end}]))
    sheet = draw(st.sampled_from([None, {"r2": row}]))
    return row, found(**place), sheet


@given(seen())
def test_a_decision_holds_for_the_finding_it_was_made_of(tmp_path_factory, one):
    row, finding, sheet = one
    places = Places([row], sheet)
    path = tmp_path_factory.getbasetemp() / "decisions.json"
    for scope in places.scopes(finding):
        made = places.decision(finding, scope, who="Ada", why="a name", at=AT)
        path.write_text(render([made]), encoding="ascii")
        assert read(path).decisions == (made,)
        assert matched([finding], [made], places) == [made]
        given_ = report(finding, rows=(2,))
        after = dismiss(given_, Decisions(Path("d.json"), (made,)), [row], sheet)
        assert after.rows == given_.rows
        assert [one.is_dismissed for one in after.findings] == [True]


@given(seen(), TEXTS)
def test_another_output_revives_a_finding_of_the_row(one, other):
    row, finding, sheet = one
    made = Places([row], sheet).decision(
        finding, Places([row], sheet).scopes(finding)[0], who="A", why="b", at=AT
    )
    changed = Row(2, 2, "r2", row.instruction, row.output + "x" + other, "none", row.original)
    assert matched([finding], [made], Places([changed], sheet)) == [None]
