import pytest

from quality import guide, run
from quality.errors import GuideError

SHIPPED = guide.load()


def own(tmp_path, text: str) -> str:
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_the_shipped_guide_lists_exactly_the_rules_that_there_are():
    assert set(SHIPPED.rules) == set(run.rules())


def test_every_rule_serves_a_criterion_of_the_guide():
    assert {rule.criterion for rule in run.rules().values()} <= set(SHIPPED.criteria)


def test_every_threshold_has_a_unit_and_a_source():
    assert all(t.unit and t.source for t in SHIPPED.thresholds.values())


def test_a_copy_of_the_shipped_guide_is_the_shipped_guide(tmp_path):
    assert guide.load(own(tmp_path, guide.shipped_text())).sha256 == SHIPPED.sha256


def test_what_a_copy_leaves_out_keeps_the_shipped_value(tmp_path):
    mine = guide.load(own(tmp_path, "[gate]\nmin_rows = 3\n"))
    assert mine.gate.min_rows == 3
    assert mine.gate.min_passing_share == SHIPPED.gate.min_passing_share
    assert mine.sha256 != SHIPPED.sha256


def test_a_threshold_may_be_given_as_its_number(tmp_path):
    mine = guide.load(own(tmp_path, "[thresholds.limits]\ntimeout_s = 5\n"))
    assert mine.threshold("limits.timeout_s") == 5


def test_fail_modes_are_the_courses_own(tmp_path):
    mine = guide.load(
        own(tmp_path, '[fail_modes.Wrong_Facts]\ncriterion = "factual"\naliases = ["Hallucinated"]\n')
    )
    assert [m.name for m in mine.fail_modes.values()] == ["wrong facts"]
    assert mine.fail_mode("hallucinated ").criterion == "factual"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[gates]\n", "did you mean `gate`"),
        ("[gate]\nmin_row = 2\n", "did you mean `min_rows`"),
        ('[rules]\nGRM01 = "error"\n', "did you mean `GRM001`"),
        ('[rules]\nGRM001 = "fatal"\n', "error, warning, off"),
        ("[gate]\nmin_passing_share = 90\n", "0 to 1"),
        ("[gate]\nmin_passing_share = nan\n", "min_passing_share"),
        ("[gate]\nmin_rows = -1\n", "min_rows"),
        ('[gate]\nrequired = ["grammer"]\n', "did you mean `grammar`"),
        ('[fail_modes.x]\ncriterion = "gramar"\n', "did you mean `grammar`"),
        ('[fail_modes.x]\nalias = ["y"]\n', "did you mean `aliases`"),
        ("[criteria.grammar]\nweight = true\n", "weight"),
        ('[gate.ignorable]\nREP004 = ""\n', "needs a reason"),
        ('[gate.ignorable]\nREP04 = "x"\n', "did you mean `REP004`"),
        ("gate = 3\n", "table"),
        ("= 3\n", "TOML"),
    ],
)
def test_a_wrong_guide_is_one_clear_error(tmp_path, text, says):
    with pytest.raises(GuideError) as caught:
        guide.load(own(tmp_path, text))
    assert says in str(caught.value)
    assert "mine.toml" in str(caught.value)


def test_a_missing_guide_names_the_shipped_ones():
    with pytest.raises(GuideError, match="chat"):
        guide.load("no-such-guide")


@pytest.mark.parametrize(
    ("label", "mode"),
    [
        ("Grammar", "grammar"),
        (" grammar_error ", "grammar"),
        ("Prompt Compliance", "compliance"),
        ("N/A", "none"),
    ],
)
def test_labels_are_known_by_alias_and_in_any_case(label, mode):
    assert SHIPPED.fail_mode(label).name == mode


def test_an_unknown_label_has_a_nearest_one():
    assert SHIPPED.fail_mode("grammer") is None
    assert SHIPPED.nearest_fail_mode("grammer") == "grammar"
    assert SHIPPED.nearest_fail_mode("§§§") is None
