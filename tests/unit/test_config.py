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
        ("[columns]\nouput = 'x'\n", "did you mean `output`"),
        ("labels = 'maybe'\n", "required, optional"),
        ("guide = \n", "TOML"),
    ],
)
def test_a_wrong_file_is_one_clear_error(tmp_path, text, says):
    (tmp_path / "proofgate.toml").write_text(text)
    with pytest.raises(ConfigError) as caught:
        config.load(None, start=tmp_path)
    assert says in str(caught.value)
    assert "proofgate.toml" in str(caught.value)


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
