"""The feedback zip: names that Moodle reads rightly, and nothing that reaches another student."""

import io
import zipfile

import pytest

from grading.lms.feedback_zip import Page, feedback_zip
from quality.errors import ConfigError, InputError

PAGES = (Page("102", "Efe_Can", b"two"), Page("101", "Işıl Çağ", b"one"))


def _contents(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def test_each_page_lies_in_its_folder():
    assert _contents(feedback_zip(PAGES, "user")) == {
        "Efe-Can_102_assignfeedback_file/feedback.html": b"two",
        "Isil-Cag_101_assignfeedback_file/feedback.html": b"one",
    }


def test_moodle_finds_the_number_in_each_name():
    """It splits on `_`: the second part is the number, the third and fourth are the plug-in."""
    for name in ("a_7_b", "_5_", "x_9_assignfeedback_file", "7", "\u202e_8", "李"):
        (path,) = _contents(feedback_zip([Page("123", name, b"")], "group"))
        assert path.split("/")[0].split("_", 4)[1:] == ["123", "assignfeedback", "file"]


def test_the_same_pages_are_the_same_bytes():
    assert feedback_zip(PAGES, "user") == feedback_zip(PAGES[::-1], "user")


def test_the_kind_of_number_must_be_said():
    for ids in (None, "", "team"):
        with pytest.raises(ConfigError, match="feedback_ids"):
            feedback_zip(PAGES, ids)


@pytest.mark.parametrize(
    "number", ["", "0", "007", "-1", "1.5", "1_2", "12/../3", "Participant 1", "٣", "1\n"]
)
def test_an_id_that_moodle_does_not_know_is_refused(number):
    with pytest.raises(InputError, match="no numbers"):
        feedback_zip([Page(number, "a", b"")], "user")


@pytest.mark.parametrize(
    "name", ["", ".htaccess", "~lock", "a/b.html", "..", "a\\b", "a\nb", "\u202ea", "ş.html"]
)
def test_a_file_that_moodle_would_ignore_is_refused(name):
    with pytest.raises(InputError, match="ignore"):
        feedback_zip([Page("1", "a", b"", name)], "user")


def test_two_pages_for_one_id_are_refused():
    with pytest.raises(InputError, match=r"two pages for one id: `1: feedback\.html`"):
        feedback_zip([Page("1", "Ada", b"a"), Page("1", "Efe", b"b", "Feedback.html")], "user")
    two = [Page("1", "Ada", b"a"), Page("1", "Ada", b"b", "more.html"), Page("2", "Ada", b"a")]
    assert len(_contents(feedback_zip(two, "user"))) == 3


def test_no_page_is_an_empty_zip():
    assert _contents(feedback_zip([], "group")) == {}
