"""What can be decided about findings on a page, and what it says beforehand: a real course, a real file."""

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.dismissing import overlay, saving
from dashboard.dismissing.impact import impact
from dashboard.model import Filter
from dashboard.shown.row import ordered
from grading.book import dismissals
from grading.book.marks import all_marks
from grading.course.model import DATA_QUALITY
from grading.scoring.grade import grade
from quality.dismissals import Scope
from quality.errors import InputError
from tests import sites
from tests.command import grading

WHY = "a name, and no misspelling"


def entry_of(site, code, group=None):
    """The first row with an open finding of that rule that marks words, and the finding."""
    for number, key in site.index.keys(Filter(codes=(code,))):
        entry = site.index.entry(number)
        for finding in entry.findings:
            if (
                finding.code == code
                and finding.is_open
                and finding.start is not None
                and group in (None, key.group)
            ):
                return entry, finding
    raise AssertionError(code)


def dismissed(site, entry):
    return [one for one in overlay(site, entry).findings if one.is_dismissed]


def page(site, number):
    """The panel alone, for that row."""

    def script(site, number):
        from dashboard.dismissing.panel import panel

        panel(site, site.index.entry(number))

    return AppTest.from_function(script, args=(site, number), default_timeout=20).run()


def unfolded(test, *keys):
    """The same page with these parts of the panel open."""
    for key in keys:
        test.session_state[key] = True
    return test.run()


def button(test, words):
    return next(one for one in test.button if one.label == words)


def test_a_finding_is_dismissed_after_a_preview_and_taken_back(file_site):
    entry, finding = entry_of(file_site, "GRM007")
    test = page(file_site, entry.number)
    assert not test.exception
    assert [one.label for one in test.expander] == ["Dismiss a finding", "All decisions"]
    assert not test.button
    unfolded(test, "dismiss_box", "dismiss_all_box")
    choice = test.selectbox[0]
    number = ordered(entry.findings).index(finding) + 1  # as on the badge in the row
    assert any(one.startswith(f"{number}. GRM007 “") for one in choice.options)
    place = next(n for n, one in enumerate(choice.options) if finding.message[:10] in one)
    choice.select_index(place).run()
    assert not [one for one in test.button if one.label == "Dismiss"]
    button(test, "Show what it changes").click().run()
    assert "Dismisses 1 open finding in 1 row." in [one.value for one in test.text]
    button(test, "Dismiss").click().run()
    assert dismissed(file_site, entry) == []  # no reason, no decision
    test.text_input[0].set_value(WHY).run()
    button(test, "Dismiss").click().run()
    assert not test.exception
    (one,) = dismissed(file_site, entry)
    assert one.accepted == f"dismissed by {sites.TA}: {WHY}"
    assert "quality gate" in test.code[0].value
    button(test, "Take back").click().run()
    assert dismissed(file_site, entry) == []
    with file_site.book.reading() as db:
        (kept,) = dismissals.everything(db)
        assert (kept.undone_who, kept.holds) == (sites.TA, False)


def points(site):
    """Group → its points for the quality of the data, which are all that its open grade shows."""
    with site.book.reading() as db:
        found = {
            mark.group: mark.points
            for of in all_marks(db).values()
            for mark in of
            if mark.key == DATA_QUALITY
        }
        assert {grade(marks, site.course).points for marks in all_marks(db).values()} == {None}
    return found


def test_the_points_of_the_preview_are_those_of_the_next_run(course_site, tmp_path):
    before = points(course_site)
    entry, finding = entry_of(course_site, "GRM001", "g003")
    saving.dismiss(course_site, entry, finding, Scope.WORD, WHY)
    with course_site.book.reading() as db:
        known = dismissals.decisions(db)
    said = impact(course_site, known)
    assert (said.findings, said.rows, said.groups, said.without_sheet) == (1, 1, 1, False)
    (tmp_path / "decisions.json").write_text(saving.exported(course_site))
    done = grading(*saving.commands(course_site).split()[1:-1], tmp_path / "decisions.json", "--jobs", "1")
    assert done.returncode == 0, done.stderr
    assert "1 finding dismissed by the course staff" in done.stdout
    after = points(course_site)
    told = {one.group: (one.points, one.points_then) for one in said.grades}
    assert told == {group: (before[group], after[group]) for group in after if after[group] != before[group]}
    assert len(told) >= 1  # the sheet has the word too, so it weighs in every group


def test_a_row_of_which_only_the_beginning_is_kept_offers_words_alone(course_site):
    (entry,) = (one for one in map(course_site.index.entry, range(1, 12)) if one.cut)
    test = unfolded(page(course_site, entry.number), "dismiss_box")
    found = set()
    for place in range(len(test.selectbox[0].options)):
        test.selectbox[0].select_index(place).run()
        assert not test.exception
        found.update(option for one in test.radio for option in one.options)
    assert found == {"This word everywhere"}


def test_nothing_is_kept_without_a_reason_of_words(file_site):
    entry, finding = entry_of(file_site, "GRM007")
    for why in ("", " ", "…", "a\nb"):
        with pytest.raises(InputError):
            saving.dismiss(file_site, entry, finding, Scope.ROW, why)
    assert saving.everything(file_site) == ()
