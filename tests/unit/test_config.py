import pytest

from quality import config, selection
from quality.errors import ConfigError


def test_without_a_file_every_setting_has_a_default(tmp_path):
    assert config.load(None, start=tmp_path) == config.Settings()


def test_the_nearest_file_upwards_counts_alone(tmp_path):
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    (tmp_path / "proofgate.toml").write_text('guide = "outer.toml"\nignore = ["GRM"]\n')
    (tmp_path / "a" / "proofgate.toml").write_text('guide = "mine.toml"\n')
    settings = config.load(None, start=deep)
    assert settings.guide == str(tmp_path / "a" / "mine.toml")
    assert settings.ignore == ()


def test_pyproject_counts_only_with_our_table(tmp_path):
    (tmp_path / "pyproject.toml").write_text("[tool.other]\n")
    assert config.load(None, start=tmp_path).source is None
    (tmp_path / "pyproject.toml").write_text('[tool.proofgate]\noriginal = "sheet.csv"\n')
    assert config.load(None, start=tmp_path).original == tmp_path / "sheet.csv"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("guid = 'x'\n", "did you mean `guide`"),
        ("guide = 3\n", "must be text, not 3"),
        ("engine = 'harpr'\n", "harper, languagetool, both"),
        ("engine_url = 'localhost:8081'\n", "`engine_url` is no address of a server"),
        ("engine_url = 8081\n", "must be text, not 8081"),
        ("[columns]\nouput = 'x'\n", "did you mean `output`"),
        ("labels = 'maybe'\n", "required, optional"),
        ("guide = \n", "TOML"),
        ("guide = ''\n", "`guide` must not be empty"),
        ("guide = true\n", "must be text, not true"),
        ("original = ' '\n", "`original` must not be empty"),
        ("course = []\n", "must be text, not a list"),
        ("against = {}\n", "must be text, not a table"),
        ('original = "a\\u0000b"\n', "NUL"),
        ("original = '~no-such-user/sheet.csv'\n", "home folder"),
        ("select = 'GRM'\n", "must be a list, not text"),
        ("ignore = [1]\n", "must be text, not 1"),
        ("columns = 3\n", "must be a table, not 3"),
        ("columns.id = 7\n", "must be text, not 7"),
        ("columns.id = ''\n", "`columns.id` must not be empty"),
        ("columns = {id = 'x', output = 'x'}\n", "`columns.id` and `columns.output` are both 'x'"),
        ("columns = {id = 'output'}\n", "are both 'output'"),
        ("engine = 1979-05-27\n", "a date or time"),
        ("guide = " + "[" * 9000, "nested"),
        ("guide = " + "9" * 9000, "too long"),
    ],
)
def test_a_wrong_file_is_one_clear_error(tmp_path, text, says):
    (tmp_path / "proofgate.toml").write_text(text)
    with pytest.raises(ConfigError) as caught:
        config.load(None, start=tmp_path)
    assert says in str(caught.value)
    assert "proofgate.toml" in caught.value.where
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("tool = 5\n", "`tool` must be a table"),
        ("[tool]\nproofgate = 'x'\n", "`tool.proofgate` must be a table"),
        ("[tool.proofgate]\nguide = \n", "TOML"),
        ("[tool.proofgate]\nguid = 'x'\n", "did you mean `guide`"),
    ],
)
def test_a_wrong_table_in_a_project_that_was_found_is_an_error(tmp_path, text, says):
    (tmp_path / "pyproject.toml").write_text(text)
    with pytest.raises(ConfigError) as caught:
        config.load(None, start=tmp_path)
    assert says in str(caught.value)


@pytest.mark.parametrize("content", [b"[broken\n", b"\xff\xfe\0", b"a = " + b"[" * 9000])
def test_a_broken_project_that_never_names_us_is_no_concern(tmp_path, content):
    (tmp_path / "pyproject.toml").write_bytes(content)
    assert config.load(None, start=tmp_path) == config.Settings()
    with pytest.raises(ConfigError, match="TOML"):
        config.load(tmp_path / "pyproject.toml", start=tmp_path)


def test_a_named_project_must_have_our_table(tmp_path):
    project = tmp_path / "pyproject.toml"
    project.write_text("[tool.other]\n")
    with pytest.raises(ConfigError, match="no table"):
        config.load(project, start=tmp_path)


def test_a_folder_of_our_name_is_no_configuration(tmp_path):
    (tmp_path / "proofgate.toml").mkdir()
    assert config.load(None, start=tmp_path) == config.Settings()
    with pytest.raises(ConfigError, match="is a folder") as caught:
        config.load(tmp_path / "proofgate.toml", start=tmp_path)
    assert "Errno" not in str(caught.value)


def test_paths_are_the_files_own_and_may_start_at_home(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    (tmp_path / "proofgate.toml").write_text(
        "original = '~/sheet.csv'\nagainst = 'texts.txt'\nguide = 'mine'\n"
    )
    settings = config.load(None, start=tmp_path)
    assert settings.original == tmp_path / "home" / "sheet.csv"
    assert settings.against == tmp_path / "texts.txt"
    assert settings.guide == str(tmp_path / "mine")


def test_a_shipped_guide_is_named_without_a_path(tmp_path):
    (tmp_path / "proofgate.toml").write_text("guide = 'chat'\n")
    assert config.load(None, start=tmp_path).guide == "chat"


def test_two_columns_may_change_places(tmp_path):
    (tmp_path / "proofgate.toml").write_text("columns = {instruction = 'output', output = 'instruction'}\n")
    assert config.load(None, start=tmp_path).columns == {"instruction": "output", "output": "instruction"}


def test_a_named_file_must_exist(tmp_path):
    with pytest.raises(ConfigError, match="cannot be read"):
        config.load(tmp_path / "none.toml", start=tmp_path)


KNOWN = ["GRM001", "GRM002", "REP001"]


@pytest.mark.parametrize(
    ("select", "ignore", "left"),
    [
        ([], [], {"GRM001", "GRM002", "REP001"}),
        (["grm"], [], {"GRM001", "GRM002"}),
        (["GRM"], ["GRM002"], {"GRM001"}),
        (["GRM002"], ["GRM"], {"GRM002"}),
        ([], ["REP"], {"GRM001", "GRM002"}),
        (["ALL"], ["GRM"], {"REP001"}),
    ],
)
def test_of_two_beginnings_the_longer_one_decides(select, ignore, left):
    assert selection.codes(KNOWN, select, ignore) == left


def test_an_unknown_code_names_the_nearest():
    with pytest.raises(ConfigError) as caught:
        selection.codes(KNOWN, ["GRM01"])
    assert "GRM001" in str(caught.value)
    assert caught.value.where == "--select/--ignore"


def test_an_error_says_where_the_code_was_written():
    with pytest.raises(ConfigError) as caught:
        selection.codes(KNOWN, ["NOPE"], where="quality rule")
    assert caught.value.where == "quality rule"


@pytest.mark.parametrize(("select", "ignore"), [([""], []), (["GRM", " "], []), ([], [""])])
def test_an_empty_entry_is_an_error(select, ignore):
    with pytest.raises(ConfigError, match="names no code"):
        selection.codes(KNOWN, select, ignore)


@pytest.mark.parametrize(("select", "ignore"), [([], ["ALL"]), (["GRM"], ["GRM"]), ([], ["GRM", "REP"])])
def test_a_selection_that_leaves_nothing_is_an_error(select, ignore):
    with pytest.raises(ConfigError, match="no rule is left to run"):
        selection.codes(KNOWN, select, ignore)
