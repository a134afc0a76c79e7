import pytest

from quality import guide, run
from quality.errors import GuideError
from quality.loosening import loosened

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
        ("name = 5\n", "`name` must be text, not 5"),
        ("title = ' '\n", "`title` must not be empty"),
        ("criteria = 5\n", "`criteria` must be a table"),
        ("criteria.grammar = 'x'\n", "`criteria.grammar` must be a table, not text 'x'"),
        ("criteria.grammar.text = []\n", "must be text, not a list"),
        ("criteria.grammar.weight = nan\n", "weight"),
        ("criteria.grammar.weight = inf\n", "weight"),
        ("gate.clean = ''\n", "`gate.clean` must be a list"),
        ("gate.required = 'grammar'\n", "`gate.required` must be a list"),
        ("gate.required = [3]\n", "must be text, not 3"),
        ("gate.min_rows = 0\n", "a whole number of at least 1, not 0"),
        ("passing.doubtful_errors = -1\n", "a whole number of at least 0, not -1"),
        ("gate.min_rows = 0.5\n", "a whole number of at least 1, not 0.5"),
        ("gate.min_rows = 20.5\n", "a whole number"),
        ("gate.min_rows = true\n", "not true"),
        ("gate.min_rows = inf\n", "not inf"),
        ("gate.min_rows = '20'\n", "not text '20'"),
        ("gate.max_unmeasured_share = true\n", "a share from 0 to 1, not true"),
        ("gate.ignorable = []\n", "must be a table"),
        ("gate.ignorable.REP004 = 3\n", "needs a reason"),
        ("score.error_factor = -0.1\n", "a share"),
        ("rules.GRM001 = []\n", "error, warning, off"),
        ("rules = []\n", "`rules` must be a table"),
        ("thresholds.limits = 5\n", "`thresholds.limits` must be a table"),
        ("thresholds.limits.timeout_s = 0\n", "a number above 0, not 0"),
        ("thresholds.limits.timeout_s = {value = 0}\n", "above 0"),
        ("thresholds.limits.timeout_s = '5'\n", "a number above 0, not text '5'"),
        ("thresholds.limits.timeout_s = {valu = 5}\n", "did you mean `value`"),
        ("thresholds.limits.timeout_s = 1e300\n", "above 0"),
        ("thresholds.length.file_rows = true\n", "a number of at least 0, not true"),
        ("thresholds.length.file_rows = [1]\n", "not a list"),
        ("thresholds.length.file_rows = 1979-05-27\n", "a date or time"),
        ("fail_modes = 5\n", "`fail_modes` must be a table"),
        ("fail_modes.x = 'grammar'\n", "`fail_modes.x` must be a table"),
        ("fail_modes.x.aliases = 'y'\n", "`fail_modes.x.aliases` must be a list"),
        ("fail_modes.x.aliases = ['']\n", "must not be empty"),
        ("fail_modes.x.aliases = ['_']\n", "has no letters"),
        ("fail_modes.x.criterion = 5\n", "must be text"),
        ("fail_modes = {a = {aliases = ['c']}, b = {aliases = ['C']}}\n", "'c' names 2 fail modes"),
        ("fail_modes = {a_b = {}, 'A B' = {}}\n", "'a b' names 2 fail modes"),
        ("name = " + "[" * 9000, "nested"),
        ("= 3\n", "TOML"),
    ],
)
def test_a_wrong_guide_is_one_clear_error(tmp_path, text, says):
    with pytest.raises(GuideError) as caught:
        guide.load(own(tmp_path, text))
    assert says in str(caught.value)
    assert "mine.toml" in caught.value.where
    assert caught.value.remedy
    assert "object" not in str(caught.value)


@pytest.mark.parametrize("name", ["no-such-guide", "", " ", "a\0b", "no-such-folder/mine.toml"])
def test_a_missing_guide_names_the_shipped_ones(name):
    with pytest.raises(GuideError) as caught:
        guide.load(name)
    assert "chat" in caught.value.remedy


def test_a_file_that_is_no_guide_is_refused_in_plain_words(tmp_path):
    with pytest.raises(GuideError, match="is a folder") as caught:
        guide.load(str(tmp_path))
    assert "Errno" not in str(caught.value)
    assert caught.value.remedy
    binary = tmp_path / "mine.toml"
    binary.write_bytes(b"\xff\xfe")
    with pytest.raises(GuideError, match="not UTF-8") as caught:
        guide.load(str(binary))
    assert caught.value.remedy


def test_a_guide_that_may_not_be_read_is_refused_in_plain_words(monkeypatch):
    def refuse(path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(guide.Path, "read_bytes", refuse)
    with pytest.raises(GuideError, match="may not be read") as caught:
        guide.load("mine.toml")
    assert "Errno" not in str(caught.value)


def test_an_own_guide_may_require_nothing(tmp_path):
    mine = guide.load(own(tmp_path, "[gate]\nrequired = []\nclean = []\n"))
    assert mine.gate.required == mine.gate.clean == ()


def test_the_hash_of_a_guide_does_not_hang_on_where_it_lies(tmp_path):
    text = "[thresholds.limits]\ntimeout_s = 5\n"
    (tmp_path / "deep").mkdir()
    assert guide.load(own(tmp_path, text)).sha256 == guide.load(own(tmp_path / "deep", text)).sha256


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[gate]\nmin_rows = 3\n", "gate.min_rows is 3, below 20"),
        ("[gate]\nmin_passing_share = 0.5\n", "gate.min_passing_share is 0.5, below 0.9"),
        ("[gate]\nmax_unmeasured_share = 1\n", "gate.max_unmeasured_share is 1, above 0.05"),
        ("[gate]\nmax_accepted_share = 0.02\n", "gate.max_accepted_share is 0.02, above 0"),
        ("[gate]\nclean = []\n", "gate.clean lacks contract"),
        ("[gate.ignorable]\nREP004 = 'taste'\n", "gate.ignorable permits REP004"),
        ("[rules]\nGRM001 = 'off'\n", "GRM001 is off"),
        ("[rules]\nGRM007 = 'off'\n", "GRM007 is off"),
        ("[rules]\nGRM001 = 'warning'\n", "GRM001 is a warning, not an error"),
        ("[thresholds.length]\nfile_rows = 41\n", "changed threshold length.file_rows"),
        ("[score]\nerror_factor = 0.6\n", "score.error_factor is 0.6, above 0.5"),
        ("[passing]\ndoubtful_errors = 2\n", "passing.doubtful_errors is 2, above 1"),
        ("[passing]\ndoubtful_words = 50\n", "passing.doubtful_words is 50, below 100"),
        ("[criteria.grammar]\nweight = 3\n", "changed weight of grammar"),
    ],
)
def test_what_a_guide_loosens_is_named(tmp_path, text, says):
    assert loosened(guide.load(own(tmp_path, text)), SHIPPED) == (says,)


def test_each_criterion_that_is_no_longer_required_is_named(tmp_path):
    mine = guide.load(own(tmp_path, "[gate]\nrequired = ['contract']\n"))
    assert len(loosened(mine, SHIPPED)) == len(SHIPPED.gate.required) - 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name = 'mine'\ntitle = 'Ours'\n[criteria.tone]\ntitle = 'Polite'\n",
        "[fail_modes.wrong]\ncriterion = 'factual'\n",
        "[gate]\nmin_rows = 100\nmin_passing_share = 1\nmax_unmeasured_share = 0\n",
        "[gate]\nclean = ['contract', 'grammar']\n",
        "[rules]\nGRM007 = 'error'\n",
        "[score]\nerror_factor = 0.1\n",
        "[passing]\ndoubtful_errors = 0\ndoubtful_words = 300\n",
        "[thresholds.length]\nfile_rows = {value = 40, source = 'ours'}\n",
    ],
)
def test_a_stricter_or_relabelled_guide_loosens_nothing(tmp_path, text):
    assert loosened(guide.load(own(tmp_path, text)), SHIPPED) == ()


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


def test_a_guide_may_bear_no_doubtful_error(tmp_path):
    assert guide.load(own(tmp_path, "[passing]\ndoubtful_errors = 0\n")).passing.doubtful_errors == 0


def test_a_guide_may_name_its_engine(tmp_path):
    assert SHIPPED.engine == "harper"
    assert guide.load(own(tmp_path, 'engine = "both"\n')).engine == "both"
    with pytest.raises(GuideError, match="harper, languagetool, both"):
        guide.load(own(tmp_path, 'engine = "wordstar"\n'))


@pytest.mark.parametrize(
    ("criterion", "plain", "titled"),
    [
        ("grammar", "T 1.1.2-2", "T 1.1.2-2: Grammar, punctuation, spelling"),
        ("contract", "T: File contract", "T: File contract"),
        ("none", "T: none", "T: none"),
    ],
)
def test_a_criterion_is_called_by_its_section_or_its_title(tmp_path, criterion, plain, titled):
    own = tmp_path / "own.toml"
    own.write_text(
        'title = "T"\n[criteria.grammar]\ntitle = "Grammar, punctuation, spelling"\nsection = "1.1.2-2"\n'
        '[criteria.contract]\ntitle = "File contract"\nsection = "project"\n'
    )
    known = guide.load(str(own))
    assert known.section_of(criterion) == plain
    assert known.section_of(criterion, titled=True) == titled
