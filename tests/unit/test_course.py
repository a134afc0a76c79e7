import pytest

from quality.course import Permissions, demand, permissions
from quality.errors import ConfigError


@pytest.fixture
def course(tmp_path):
    def written(text: str):
        (tmp_path / "course.toml").write_text(text)
        return tmp_path

    return written


def test_without_a_course_all_is_allowed():
    assert permissions(None) == Permissions(None, judge=True, unsafe_fixes=True)


@pytest.mark.parametrize(
    "text", ["", "[allowed]\n", "title = 'CS412'\n[rubric]\ngrammar = 3\n[[groups]]\nn = 1\n"]
)
def test_a_course_that_says_nothing_allows_all_and_its_other_tables_are_not_read(course, text):
    granted = permissions(course(text))
    assert (granted.judge, granted.unsafe_fixes) == (True, True)


@pytest.mark.parametrize(("option", "key"), [("--judge", "judge"), ("--unsafe", "unsafe_fixes")])
def test_what_is_forbidden_is_refused_with_who_forbids_it(course, option, key):
    folder = course(f"[allowed]\n{key} = false\n")
    with pytest.raises(ConfigError, match=f"forbids {option}") as caught:
        demand(option, folder)
    assert caught.value.where == str(folder / "course.toml")
    assert caught.value.exit_code == 2
    other = ({"--judge", "--unsafe"} - {option}).pop()
    demand(other, folder)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[allowed]\nunsafe_fix = false\n", "did you mean `unsafe_fixes`"),
        ("[allowed]\njudge = 'no'\n", "`allowed.judge` must be true or false, not text 'no'"),
        ("[allowed]\njudge = 0\n", "must be true or false, not 0"),
        ("allowed = false\n", "`allowed` must be a table, not false"),
        ("[allowed\n", "is not TOML"),
    ],
)
def test_a_broken_course_file_is_one_clear_error(course, text, says):
    with pytest.raises(ConfigError) as caught:
        permissions(course(text))
    assert says in str(caught.value)
    assert "course.toml" in caught.value.where


def test_a_course_folder_without_its_file_allows_nothing_unseen(tmp_path):
    with pytest.raises(ConfigError, match="not known") as caught:
        demand("--unsafe", tmp_path)
    assert "`course` in the settings" in caught.value.remedy
