import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.errors import ConfigError
from quality.interactive import editing
from quality.interactive.editing import as_before, in_editor

SCRIPT = "import sys,pathlib; p=pathlib.Path(sys.argv[1]); p.write_bytes({})"


def command(tmp_path, expression):
    script = tmp_path / "my editor.py"
    script.write_text(SCRIPT.format(expression))
    return f"'{sys.executable}' '{script}'"


def test_the_editor_is_given_the_text_and_its_work_comes_back(tmp_path):
    said = in_editor("one\ntwo ü", command(tmp_path, "p.read_bytes().replace(b'one', b'ONE') + b'\\n'"))
    assert said == "ONE\ntwo ü"


@given(st.text(alphabet=st.sampled_from("ab \r\nü\ud800\ufeff"), max_size=12))
def test_an_editor_that_changes_nothing_changes_nothing(text):
    shown = text.replace("\r\n", "\n")
    assert as_before(shown, text) == text
    assert as_before(shown + "\n", text) == text


@pytest.mark.parametrize(
    ("before", "left", "now"),
    [
        ("a\r\nb", "a\nc\n", "a\r\nc"),
        ("a\nb", "\ufeffa\r\nc\r\n", "a\nc"),
        ("a\n", "c\n", "c\n"),
        ("a", "", ""),
    ],
)
def test_line_ends_stay_those_of_the_cell(before, left, now):
    assert as_before(left, before) == now


@pytest.mark.parametrize(
    ("editor", "says"),
    [
        ("no-such-editor-anywhere", "cannot be started"),
        ("vi 'unclosed", "quote"),
        (f"'{sys.executable}' -c 'raise SystemExit(3)'", "ended with 3"),
    ],
)
def test_an_editor_that_fails_is_one_clear_error(editor, says):
    with pytest.raises(ConfigError, match=says) as caught:
        in_editor("text", editor)
    assert "EDITOR" in caught.value.remedy


def test_what_is_no_text_is_refused(tmp_path):
    with pytest.raises(ConfigError, match="UTF-8"):
        in_editor("text", command(tmp_path, "b'\\xff\\xfe'"))


def test_visual_comes_before_editor(monkeypatch):
    monkeypatch.setenv("EDITOR", "ed")
    assert editing.editor() == "ed"
    monkeypatch.setenv("VISUAL", "code --wait")
    assert editing.editor() == "code --wait"
