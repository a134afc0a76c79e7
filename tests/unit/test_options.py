import pytest

from quality.cli_inputs import Options
from quality.errors import ConfigError, GuideError
from quality.options import resolve

HEADER = "id,instruction,output,fail_mode\n"
LOOSE = "[gate]\nmin_rows = 1\n"


@pytest.fixture
def home(tmp_path):
    (tmp_path / "data.csv").write_text(HEADER + "a,Name a colour.,Blue is a colour.,none\n")
    (tmp_path / "loose.toml").write_text(LOOSE)
    (tmp_path / "strict.toml").write_text("[gate]\nmin_rows = 100\n[fail_modes.bad]\n")
    return tmp_path


def resolved(home, settings: str = "", **named):
    """The request for data.csv under a proofgate.toml that is found, unless it is named."""
    if settings:
        (home / "proofgate.toml").write_text(settings)
    return resolve(Options(home / "data.csv", **named), start=home)


def refused(home, settings: str = "", **named) -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        resolved(home, settings, **named)
    assert caught.value.remedy
    return caught.value


def test_a_looser_guide_counts_only_when_it_or_the_settings_are_named(home):
    error = refused(home, "guide = 'loose.toml'\n")
    assert "gate.min_rows is 1, below 20" in error.what
    assert error.where == str(home / "proofgate.toml")
    assert "--guide" in error.remedy
    assert "--config" in error.remedy
    by_guide = resolved(home, guide=str(home / "loose.toml"))
    by_config = resolved(home, config=home / "proofgate.toml")
    assert by_guide.request.guide.gate.min_rows == by_config.request.guide.gate.min_rows == 1
    assert by_guide.request.guide.sha256 == by_config.request.guide.sha256


def test_naming_another_guide_sets_a_loose_one_aside(home):
    assert resolved(home, "guide = 'loose.toml'\n", guide="chat").request.guide.gate.min_rows == 20


def test_a_stricter_guide_counts_wherever_it_is_found(home):
    found = resolved(home, "guide = 'strict.toml'\n")
    assert found.request.guide.gate.min_rows == 100
    assert any("proofgate.toml" in note for note in found.notes)


def test_a_long_list_of_what_is_loosened_is_cut(home):
    rules = "".join(f"GRM00{n} = 'off'\n" for n in range(1, 9))
    (home / "loose.toml").write_text(f"[rules]\n{rules}")
    assert "GRM005 is off and 3 more" in refused(home, "guide = 'loose.toml'\n").what


def test_optional_labels_count_only_in_settings_that_are_named(home):
    (home / "data.csv").write_text("id,instruction,output\na,Name a colour.,Blue is a colour.\n")
    settings = 'labels = "optional"\n'
    assert 'labels = "optional"' in refused(home, settings).what
    assert 'labels = "optional"' in refused(home, settings, guide="chat").what
    assert not resolved(home, settings, config=home / "proofgate.toml").request.table.labelled


def test_a_baseline_counts_only_where_it_is_named(home):
    (home / "known.json").write_text('{"format": 1, "kind": "baseline", "accepted": []}')
    settings = 'baseline = "known.json"\n'
    error = refused(home, settings)
    assert 'baseline = "known.json"' in error.what
    assert "--baseline" in error.remedy
    by_config = resolved(home, config=home / "proofgate.toml").request.baseline
    by_option = resolved(home, settings, baseline=home / "known.json").request.baseline
    assert by_config == by_option
    assert by_config.entries == {}


def test_a_narrower_selection_may_be_found_for_the_gate_refuses_it(home):
    assert not any(code.startswith("GRM") for code in resolved(home, "ignore = ['GRM']\n").request.codes)


def test_a_wrong_setting_is_blamed_on_where_it_is_written(home):
    settings = "select = ['NOPE']\n"
    written = str(home / "proofgate.toml")
    assert refused(home, settings).where == written
    assert refused(home, select=("NOPE",)).where == "--select"
    assert refused(home, ignore=("GRM",)).where == f"{written} and --ignore"
    assert refused(home, "select = ['GRM']\n", ignore=("ALL", "GRM")).what == "no rule is left to run"


def test_an_option_that_names_nothing_is_an_error(home):
    assert "names no code" in refused(home, select=("", "")).what
    assert refused(home, ignore=("GRM", "")).where == "--ignore"
    assert refused(home, ignore=("ALL",)).what == "no rule is left to run"
    with pytest.raises(GuideError, match="no name"):
        resolved(home, guide="")


def test_the_engine_is_the_options_else_the_settings_else_the_guides(home):
    assert resolved(home).request.engine == "harper"
    (home / "both.toml").write_text('engine = "both"\n')
    guide = str(home / "both.toml")
    assert resolved(home, guide=guide).request.engine == "both"
    assert resolved(home, 'engine = "languagetool"\n').request.engine == "languagetool"
    assert resolved(home, engine="both").request.engine == "both"
    assert refused(home, engine="").where == "--engine"


def test_settings_that_were_found_take_no_engine_from_the_guide(home):
    (home / "both.toml").write_text('engine = "both"\n')
    guide = str(home / "both.toml")
    assert "where the guide wants" in refused(home, 'engine = "harper"\n', guide=guide).what
    assert resolved(home, guide=guide, engine="harper").request.engine == "harper"
    assert resolved(home, guide=guide, config=home / "proofgate.toml").request.engine == "harper"


def test_an_address_counts_only_where_it_is_named(home):
    settings = 'engine = "languagetool"\nengine_url = "http://127.0.0.1:8081/"\n'
    error = refused(home, settings)
    assert "engine_url" in error.what
    assert error.where == str(home / "proofgate.toml")
    by_config = resolved(home, config=home / "proofgate.toml").request
    assert by_config.engine_url == "http://127.0.0.1:8081/v2"
    by_option = resolved(home, engine="both", engine_url="https://lt.example.org/api/v2").request
    assert by_option.engine_url == "https://lt.example.org/api/v2"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "127.0.0.1:8081",
        "ftp://host",
        "http://",
        "http://user:word@host",
        "http://host?x=1",
        "http://host#1@2",
        "http://host:99999",
        "http://host/a b",
        "http://höst",
        "http://host\nX-Y: z",
        "http://host\\@other",
    ],
)
def test_what_is_no_address_is_refused(home, url):
    assert refused(home, engine="languagetool", engine_url=url).where == "--engine-url"


def test_an_address_needs_an_engine_with_a_server(home):
    assert "no server" in refused(home, engine_url="http://127.0.0.1:8081").what


JUDGE = 'judge = "http://127.0.0.1:8080"\njudge_model = "small"\n'


def test_a_judge_counts_only_where_it_is_named(home):
    error = refused(home, JUDGE)
    assert "judge says where texts are sent" in error.what
    assert "--judge" in error.remedy
    by_config = resolved(home, config=home / "proofgate.toml").request.judge
    assert (by_config.url, by_config.model, by_config.budget) == ("http://127.0.0.1:8080/v1", "small", 500)
    by_option = resolved(home, "", config=home / "proofgate.toml", judge="https://api.example.org/v1")
    assert by_option.request.judge.url == "https://api.example.org/v1"
    (home / "proofgate.toml").unlink()
    assert resolved(home).request.judge is None


@pytest.mark.parametrize("key", ["judge_model = 'dear'", "judge_budget = 100000", "judge_jobs = 99"])
def test_what_a_judge_costs_counts_only_where_it_is_named(home, key):
    named = {"judge": "http://127.0.0.1:8080", "judge_model": "small", "judge_budget": 5}
    name = key.split()[0]
    named.pop(name, None)
    assert name in refused(home, f"{key}\n", **named).what


def test_half_a_judge_is_an_error(home):
    assert "no model" in refused(home, judge="http://127.0.0.1:8080").what
    assert "no address is named" in refused(home, judge_model="small").what
    assert refused(home, judge_budget=3).where == "--judge-budget"
    assert refused(home, judge="127.0.0.1", judge_model="small").where == "--judge"


def test_a_course_may_forbid_a_judge(home):
    (home / "course.toml").write_text("[allowed]\njudge = false\n")
    error = refused(home, 'course = "."\n', judge="http://127.0.0.1:8080", judge_model="small")
    assert "forbids --judge" in error.what
    (home / "course.toml").write_text("")
    assert resolved(home, judge="http://127.0.0.1:8080", judge_model="small").request.judge


def test_a_broken_course_is_said_at_once(tmp_path):
    (tmp_path / "data.csv").write_text(HEADER + "a,Why?,Because.,none\n", encoding="utf-8")
    (tmp_path / "proofgate.toml").write_text('course = "."\n', encoding="utf-8")
    resolve(Options(tmp_path / "data.csv"), start=tmp_path)
    (tmp_path / "course.toml").write_text("[allowed]\njudge = 'no'\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"allowed\.judge"):
        resolve(Options(tmp_path / "data.csv"), start=tmp_path)
