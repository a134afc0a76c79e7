"""The page *Grades*: marks by hand, conflicts and the export, on a graded course with a hostile group."""

from dataclasses import replace

import pytest

from grading.book import dismissals, history, marks, reviews
from quality.dismissals.decisions import Decision, Scope
from tests import sites
from tests.graded import HOSTILE, VERSIONS
from tests.graded_site import graded_site

DECISION = Decision(
    Scope.WORD,
    "GRM001",
    "ab" * 32,
    "output",
    0,
    5,
    "thier",
    "r1",
    "Ben",
    "a name",
    "2026-12-01T00:00:00+00:00",
)


@pytest.fixture
def site(tmp_path):
    with graded_site(tmp_path) as one:
        yield one


def looked_at(site, group):
    test = sites.shown(site, "grades")
    test.selectbox(key="grades_group").set_value(group).run()
    assert not test.exception
    return test


def texts(test):
    return "\n".join(one.value for one in test.text)


def html(test):
    return "\n".join(one.proto.body for one in test.get("html"))


def mark(site, group="g001", line="hand_in"):
    with site.book.reading() as db:
        return marks.one(db, group, line)


def by_another(site, points, why="theirs"):
    version = mark(site).version
    with site.book.writing() as db:
        marks.save(
            db,
            "g001",
            "hand_in",
            points,
            why=why,
            who="Ben",
            expected=version,
            hand_in_version=VERSIONS["g001"],
        )


def filled(test, points, why, version=1):
    test.text_input(key=f"grades_points_g001_hand_in_{version}").set_value(points)
    test.text_area(key=f"grades_why_g001_hand_in_{version}").set_value(why)
    return test


def pressed(test, what, version=1):
    test.button(key=f"grades_{what}_g001_hand_in_{version}").click().run()
    assert not test.exception
    return test


def test_without_a_course_the_page_says_what_it_is_for(site):
    test = sites.shown(replace(site, course=None), "grades")
    assert not test.exception
    assert "grading init" in test.code[0].value


def test_groups_are_listed_and_searched(site):
    test = sites.shown(site, "grades")
    assert "4 groups, 4 for a person to look at" in texts(test)
    assert test.dataframe[0].value["Points"].fillna(-1).tolist() == [90.9, -1, 72.0, -1]
    test.text_input(key="grades_text").set_value("byron").run()
    assert test.dataframe[0].value["Key"].tolist() == ["g001"]
    test.text_input(key="grades_text").set_value("nobody").run()
    assert "No group is like that." in texts(test)


def test_a_hostile_group_is_text_and_its_invisible_characters_are_seen(site):
    test = looked_at(site, "g003")
    assert "\\u202e" in texts(test)
    for shown in (*test.markdown, *test.subheader, *test.warning, *test.success):
        assert "script" not in shown.value
    assert "<script>" not in html(test)
    assert "\u202e" not in texts(test) + html(test) + str([one.value.to_dict() for one in test.dataframe])
    assert HOSTILE not in html(test)
    assert "ta gave 20" in texts(test)
    assert "read by hand" in texts(test)


def test_a_mark_is_saved_with_its_reason_and_who_gave_it(site):
    test = pressed(filled(looked_at(site, "g001"), "8,5", "the zip was odd"), "save")
    found = mark(site)
    assert (found.effective, found.points, found.version) == (8.5, 10.0, 2)
    assert (found.manual.who, found.manual.why) == (sites.TA, "the zip was odd")
    assert test.success[0].value == "Saved."
    assert "89.4 of 100" in test.markdown[0].value.replace("\\", "")
    assert test.text_area(key="grades_why_g001_hand_in_2").value == ""
    pressed(test.run(), "back", 2)  # without a reason
    assert mark(site).manual is not None
    test.text_area(key="grades_why_g001_hand_in_2").set_value("was right")
    pressed(test, "back", 2)
    assert mark(site).manual is None


def test_what_cannot_be_saved_is_said_and_kept_in_the_form(site):
    test = looked_at(site, "g001")
    for points, why in (("8", " "), ("11", "x"), ("ten", "x"), ("", "x")):
        pressed(filled(test, points, why), "save")
        assert mark(site).version == 1
        assert "pg-trouble" in html(test)
        assert test.text_input(key="grades_points_g001_hand_in_1").value == points
        assert not test.success


def test_a_review_in_the_history_is_of_a_row_with_its_id(site):
    with site.book.writing() as db:
        reviews.save(
            db,
            "g001",
            "ab" * 32,
            row_id="r0081",
            content="cd" * 32,
            state="accepted",
            label=None,
            comment="",
            who="Ben",
            expected=0,
        )
    past = looked_at(site, "g001").dataframe[-1].value
    assert (past["Who"][0], past["Line"][0], past["Points"][0]) == ("Ben", "row r0081", "")


def test_how_firmly_a_grade_stands_is_told_only_where_all_is_graded(site):
    assert "a line is not graded" in html(looked_at(site, "g002"))
    assert "of the grades lie from" in texts(looked_at(site, "g001"))


def conflict(site):
    test = filled(looked_at(site, "g001"), "6", "mine")
    by_another(site, 9.0)
    pressed(test, "save")
    assert mark(site).effective == 9.0
    assert "Yours was not saved" in test.warning[0].value
    assert "Ben, manual" in texts(test)
    assert "theirs" in texts(test)
    assert "mine" in texts(test)
    return test


def test_of_two_who_save_at_once_the_second_decides_for_theirs(site):
    test = pressed(conflict(site), "theirs", 2)
    assert mark(site).effective == 9.0
    assert not test.warning


def test_of_two_who_save_at_once_the_second_decides_for_theirs_own(site):
    test = pressed(conflict(site), "mine", 2)
    assert (mark(site).effective, mark(site).version, mark(site).manual.why) == (6.0, 3, "mine")
    assert not test.warning


def test_a_third_who_saves_before_the_decision_is_shown_again(site):
    test = conflict(site)
    by_another(site, 9.5)
    pressed(test, "mine", 2)
    assert mark(site).effective == 9.5
    assert "Yours was not saved" in test.warning[0].value


def test_a_save_on_a_version_that_is_gone_touches_no_other_line(site):
    test = looked_at(site, "g001")
    by_another(site, 9.0)
    before = mark(site)
    test.button(key="grades_save_g001_hand_in_1").click().run()
    assert mark(site) == before


def test_the_export_refuses_in_words_then_offers_its_files(site):
    with site.book.writing() as db:
        marks.save(db, "g001", "hand_in", 10.0, why="x", who="Ben", expected=1, hand_in_version="0" * 64)
        dismissals.add(db, DECISION, group="g001", ref="ab" * 32)
    test = sites.shown(site, "grades")
    test.segmented_control(key="grades_part").set_value("Export").run()
    assert "Nothing was exported yet." in texts(test)
    assert "1 decision in this course dismisses findings" in html(test)
    test.button[0].click().run()
    assert "on a hand-in that was replaced" in html(test)
    assert not test.get("download_button")
    test.checkbox[0].check()
    test.button[0].click().run()
    assert not test.exception
    assert test.success[0].value == "Exported."
    names = [one.proto.label.replace("\\", "") for one in test.get("download_button")]
    assert "worksheet.csv" in names
    assert "feedback.zip" in names
    with site.book.reading() as db:
        last = history.entries(db)[-1]
    assert (last.what, last.who) == ("export", sites.TA)
