"""The form on a real file, checked by a real worker; one worker for all tests of the module."""

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.editing import checking, desks
from dashboard.editing.desk import seen
from dashboard.editing.overlay import contents, overlay
from tests import sites

ROWS = [
    ("r1", "What is the capital of Italy?", "This is an sentence of Rome.\r\nIt is an old city.", "grammar"),
    (
        "=r2",
        "Tell me about whales.",
        "Whales are mammals, and they breathe air. ![x](http://evil.example)",
        "<b>",
    ),
]


@pytest.fixture(scope="module", autouse=True)
def _worker():
    checking.submit(int).result()
    yield
    checking.close()


@pytest.fixture
def site(tmp_path):
    return sites.one_file(tmp_path, ROWS)


def test_contents_of_corrected_rows_are_those_that_the_overlay_shows(site):
    entry = site.index.entry(2)
    assert contents(site) == {}
    desk = desks.desk_of(site)
    desk.save(entry.row.row, seen(entry.row), {"output": "Whales breathe air."})
    assert contents(site) == {entry.key: overlay(site, entry).content} != {entry.key: entry.content}
    desk.undo()
    assert contents(site) == {}


def _page(site, number):
    from dashboard.editing.overlay import overlay
    from dashboard.editing.panel import panel

    panel(site, overlay(site, site.index.entry(number)))


def opened(site, number=1):
    test = AppTest.from_function(_page, args=(site, number), default_timeout=30).run()
    return test.toggle[0].set_value(True).run()


def save(test, text):
    test.text_area[0].set_value(text)
    return button(test, "Save and check the row").click().run()


def button(test, label):
    return next(one for one in test.button if one.label == label)


def html(test):
    return " ".join(one.proto.body for one in test.get("html"))


def edited(tmp_path):
    return (tmp_path / "data.edited.csv").read_bytes()


def test_correction_is_saved_and_its_row_checked_at_once(site, tmp_path):
    before = site.index.entry(1)
    test = save(opened(site), "This is a sentence of Rome.\nIt is an old city.")
    assert not test.exception
    assert next(one.value for one in test.success).startswith("Saved\\. Score")
    assert any(one.value.startswith("gone: GRM") for one in test.text)
    assert b"a sentence of Rome.\r\nIt is an old" in edited(tmp_path)
    now = overlay(site, before)
    assert now.score > before.score
    assert not [one for one in now.findings if one.is_open_error]
    assert overlay(site, now) == now

    whole = site.renewed().index.entry(1)
    assert (whole.row.output, whole.score, whole.passed) == (now.row.output, now.score, now.passed)
    assert [one.code for one in whole.findings] == [one.code for one in now.findings]

    test = button(test, "Undo the last correction (row 2)").click().run()
    assert not test.exception
    assert overlay(site, before) == before
    assert test.text_area[0].value == "This is an sentence of Rome.\nIt is an old city."


def test_second_tab_sees_both_versions_and_decides(site, tmp_path):
    first, second = opened(site, 2), opened(site, 2)
    save(first, "Whales breathe air.")
    test = save(second, "Whales sing <script>alert(1)</script>.")
    assert "was corrected meanwhile" in html(test)
    assert "Whales breathe" in html(test)
    assert "&lt;script&gt;alert" in html(test)
    assert b"sing" not in edited(tmp_path)
    test = button(test, "Save mine over it").click().run()
    assert not test.exception
    assert b"Whales sing <script>" in edited(tmp_path)
    assert desks.summary(desks.desk_of(site)) == "2 corrections in 1 row"


def test_course_has_no_form(course_site):
    test = AppTest.from_function(_page, args=(course_site, 1), default_timeout=30).run()
    assert not test.exception
    assert not test.toggle
