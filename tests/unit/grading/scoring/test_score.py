"""One hand-in, really checked: what it carries beside its rows has no say."""

import json
from dataclasses import replace

import pytest

from grading.course.inputs import inputs
from grading.model import Role
from grading.scoring import report, score
from quality import run, table
from quality.plan import Request
from quality.workers import keeping
from tests.command import quality
from tests.unit.grading.running import courses


@pytest.fixture(scope="module", autouse=True)
def _one_worker():
    """One process that measures, for all tests here: starting one takes longer than they do."""
    with keeping():
        yield


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    return courses.make(tmp_path_factory.mktemp("scoring"))


@pytest.fixture(scope="module")
def bench(course):
    return score.bench(inputs(course))


def scored(course, bench, contents, beside=(), group="g001"):
    return score.score(courses.put(course, group, contents, beside), bench)


def points(found):
    return {line.key: line.points for line in found.lines}


@pytest.fixture(scope="module")
def bare(course, bench):
    return scored(course, bench, courses.files())


def test_mended_rows_are_worth_more_than_the_sheet_and_everything_is_graded(bare):
    found = points(bare)
    assert found["data_quality"] > 20
    assert found["fail_mode"] > 10
    assert found["completeness"] == 10
    assert found["hand_in"] == 10
    assert found["predictions"] > 15


def test_the_untouched_sheet_earns_nothing_for_quality(course, bench):
    found = points(scored(course, bench, courses.files(data=courses.data(courses.FAULTY))))
    assert found["data_quality"] <= 2
    assert found["completeness"] == 10


CARRIED = (
    ("proofgate.toml", b'ignore = ["GRM", "EDT", "LEN"]\n[gate]\nmin_rows = 0\n'),
    ("pyproject.toml", b'[tool.proofgate]\nignore = ["ALL"]\n'),
    ("course.toml", b"[rubric]\ncompleteness = 100\n"),
    ("baseline.json", b'{"format": 1, "entries": []}'),
    ("measurements-1.sqlite3", b"not a database"),
    (".cache/measurements-1.sqlite3", b""),
    ("gate.json", b'{"verdict": {"passed": true}}'),
    ("CS412_HW4_Step2_Predictions.csv.lineage.json", b'{"format": 1, "kind": "lineage"}'),
    ("original.csv", b"id,instruction,output,fail_mode\nr1,a,b,c\n"),
    ("sitecustomize.py", b"raise SystemExit('ran')"),
)


def with_columns(content, **extra):
    lines = content.decode().replace("\r\n", "\n").strip().split("\n")
    head, *rows = lines
    return "\n".join(
        [",".join([head, *extra]), *(",".join([row, *extra.values()]) for row in rows), ""]
    ).encode()


def test_what_a_hand_in_carries_changes_nothing(course, bench, bare, monkeypatch):
    contents = courses.files(predictions=with_columns(courses.predictions(), base_prediction="bad bad bad"))
    carrying = courses.put(course, "g002", contents, CARRIED)
    monkeypatch.chdir(carrying.files[Role.DATA].parent)
    found = score.score(carrying, bench)
    assert points(found) == points(bare)
    kept = ("quality", "completeness", "predictions", "row_marks", "answer_marks")
    assert {name: found.documents[name] for name in kept} == {name: bare.documents[name] for name in kept}
    assert found.documents["predictions"]["base_mean_score"] is None


def test_the_rows_score_as_the_command_says(course, bench, bare):
    hand_in = courses.put(course, "g003", courses.files())
    said = quality(
        "check",
        hand_in.files[Role.DATA],
        "--original",
        course.sheet,
        "--output-format",
        "json",
        "--exit-zero",
    )
    rows = {row["id"]: row["score"] for row in json.loads(said.stdout)["rows"]}
    ours = {key: values["quality"] for key, (values, _) in bare.documents["row_marks"].items()}
    assert ours == rows


def test_missing_and_unreadable_files_are_open_and_never_zero(course, bench):
    found = scored(course, bench, courses.files(data=b"PK\x03\x04 this is no CSV", predictions=None))
    said = points(found)
    open_ = {key for key, value in said.items() if value is None}
    assert open_ == {"data_quality", "fail_mode", "completeness", "predictions"}
    assert said["hand_in"] > 0


def test_rows_that_are_missing_lower_quality_and_completeness_alike(course, bench, bare):
    one = courses.files(data=courses.data(courses.MENDED[:1]))
    found = scored(course, bench, one)
    assert points(found)["completeness"] == round(10 / 6, 2)
    assert points(found)["data_quality"] <= 6.67
    assert points(found)["fail_mode"] <= 15 / 6 + 0.01


def test_a_copied_easy_row_gains_nothing(course, bench, bare):
    rows = [0, 1, 2, 3, 4, 5, 5, 5]
    doubled = courses.data(
        [courses.MENDED[n] for n in rows],
        ids=[courses.IDS[n] for n in rows],
        prompts=[courses.PROMPTS[n] for n in rows],
    )
    found = scored(course, bench, courses.files(data=doubled))
    assert points(found)["data_quality"] <= points(bare)["data_quality"]
    assert found.documents["completeness"]["doubled"] == {"count": 1, "ids": ["r6"]}


def test_rows_that_the_sheet_lacks_earn_nothing(course, bench, bare):
    more = courses.data(
        [*courses.MENDED, "Rome is a city."],
        ids=[*courses.IDS, "own"],
        prompts=[*courses.PROMPTS, "What is Rome?"],
    )
    found = scored(course, bench, courses.files(data=more))
    assert found.documents["quality"]["answered"] == 6
    assert set(found.documents["row_marks"]) == set(courses.IDS)


SPANISH = (
    "El cielo se ve azul porque el aire dispersa la luz azul mucho más que la luz roja que viene del sol.",
    "Los gatos duermen mucho porque la caza les cuesta mucha energía y cazan al amanecer y al anochecer.",
)


ONE_UNREAD = [*courses.MENDED[:2], SPANISH[0], *courses.MENDED[3:]]


def test_a_row_that_the_sheet_could_not_measure_either_counts_for_nothing(course, bench, bare):
    lacking = replace(bench, untouched={key: of for key, of in bench.untouched.items() if key != "r3"})
    found = scored(course, lacking, courses.files(data=courses.data(ONE_UNREAD)))
    body = found.documents["quality"]
    assert (body["unmeasured"], body["answered"], body["outcomes_failed"]) == (1, 6, [])
    assert "quality" not in found.documents["row_marks"].get("r3", [{}])[0]
    (line,) = (line for line in found.lines if line.key == "data_quality")
    assert line.points > 20
    assert "1 row could not be measured, and counts neither" in line.sentence


def test_a_row_that_the_group_made_unreadable_stays_in_the_mean(course, bench, bare):
    found = scored(course, bench, courses.files(data=courses.data(ONE_UNREAD)))
    body = found.documents["quality"]
    assert (body["unmeasured"], body["unread"]) == (0, 1)
    honest = scored(
        course, bench, courses.files(data=courses.data([*courses.MENDED[:2], "", *courses.MENDED[3:]]))
    )
    assert points(found)["data_quality"] <= points(honest)["data_quality"]  # it buys no more than a blank
    assert points(found)["data_quality"] < points(bare)["data_quality"] * 5 / 6 + 0.01


def test_where_too_many_rows_cannot_be_read_quality_is_open(course, bench):
    outputs = [*courses.MENDED[:2], SPANISH[0], courses.MENDED[3], SPANISH[1], courses.MENDED[5]]
    found = scored(course, bench, courses.files(data=courses.data(outputs)))
    (line,) = (line for line in found.lines if line.key == "data_quality")
    assert line.points is None
    assert "grammar unmeasured in 2 of 6 rows" in line.sentence


def test_labels_have_their_own_line_and_cost_no_quality(course, bench, bare):
    found = scored(course, bench, courses.files(data=courses.data(labels=["nonsense"] * 6)))
    assert points(found)["data_quality"] == points(bare)["data_quality"]
    assert points(found)["fail_mode"] in (None, 0)


@pytest.mark.parametrize(
    ("instruction", "asks"),
    [
        ("Responde en español: ¿qué es un gato?", True),
        ("Write a Python function that adds two numbers.", True),
        ('Can you translate "Good morning" into Italian?', True),
        ("Explain why the sky is blue.", False),
    ],
)
def test_which_prompts_ask_for_what_no_rule_can_read(instruction, asks):
    assert report.asks_for_it(instruction) == asks


def test_an_answer_that_the_prompt_wants_unreadable_counts_for_nothing(course, bench, monkeypatch):
    answers = [courses.ANSWERS[0], SPANISH[0], *courses.ANSWERS[2:]]
    given = courses.files(predictions=courses.predictions(answers))
    assert scored(course, bench, given).documents["predictions"]["unread"] == 1
    monkeypatch.setattr(report, "asks_for_it", lambda instruction: "capital" in instruction)
    found = scored(course, bench, given)
    body = found.documents["predictions"]
    assert (body["unmeasured"], body["unmeasured_ids"], body["unread"]) == (1, ["t2"], 0)
    assert body["outcomes_failed"], "one of three is more than a quarter"
    assert points(found)["predictions"] is None


def test_a_changed_prompt_is_judged_by_the_sheets_and_is_not_complete(course, bench):
    easy = ["Say anything."] * 6
    found = scored(course, bench, courses.files(data=courses.data(prompts=easy)))
    assert points(found)["completeness"] == 0
    assert found.documents["completeness"]["other_prompt"]["count"] == 6


@pytest.mark.parametrize(
    ("answers", "field", "count"),
    [
        (["", courses.ANSWERS[1], " \u200b"], "empty", 2),
        ([courses.TEST_PROMPTS[0], courses.ANSWERS[1], courses.ANSWERS[2]], "echoes", 1),
        (["Evening.", "Paris.", "Evening."], "curt", 2),
        (["It is what it is. " * 30, courses.ANSWERS[1], courses.ANSWERS[2]], "loops", 1),
    ],
)
def test_what_is_no_answer_earns_less(course, bench, bare, answers, field, count):
    found = scored(course, bench, courses.files(predictions=courses.predictions(answers)))
    assert found.documents["predictions"][field] == count
    assert points(found)["predictions"] < points(bare)["predictions"]


def test_prompts_that_nobody_answered_count(course, bench, bare):
    found = scored(course, bench, courses.files(predictions=courses.predictions(courses.ANSWERS[:1])))
    assert points(found)["predictions"] <= points(bare)["predictions"] / 2
    assert (found.documents["predictions"]["asked"], found.documents["predictions"]["answered"]) == (3, 1)


def test_a_crash_in_one_part_costs_its_own_lines(course, bench, monkeypatch):
    def broken(*_):
        raise ZeroDivisionError("boom")

    monkeypatch.setattr(score.quality, "checked", broken)
    found = scored(course, bench, courses.files())
    said = points(found)
    assert (said["data_quality"], said["fail_mode"]) == (None, None)
    assert (said["completeness"], said["hand_in"]) == (10, 10)
    said = found.documents["failures"]["quality"]
    assert said.startswith("ZeroDivisionError in test_score.py")
    assert "boom" not in said  # the message may quote a hand-in


def test_the_memo_changes_nothing(course, bench, bare):
    again = scored(course, replace(bench), courses.files(), group="g001")
    assert again.documents == bare.documents


def test_what_the_course_does_not_grade_nobody_can_lose(tmp_path):
    course = courses.make(tmp_path, ignore='["GRM", "LBL"]')
    held = inputs(course)
    hand_in = courses.put(course, "g001", courses.files())
    read = table.with_originals(table.read(hand_in.files[Role.DATA]), held.sheet)
    report = score.quality.checked(held, read)
    assert not [f for f in report.findings if f.code.startswith(("GRM", "LBL"))]
    assert all(row.criteria["grammar"] is None and "grammar" not in row.unmeasured for row in report.rows)
    assert max(row.score for row in report.rows) == 100
    ignoring = run.check(
        Request(table=read, guide=held.guide, sheet=held.sheet, codes=frozenset({"LEN001"}), workers=1)
    )
    assert max(row.score for row in ignoring.rows) < 100  # where a user ignores, the criterion earns nothing


def test_many_times_the_rows_are_not_graded_and_stop_nothing(course, bench):
    times = (score.MOST_MORE + 11 * len(courses.IDS)) // len(courses.IDS)
    many = courses.data(courses.MENDED * times, ids=courses.IDS * times, prompts=courses.PROMPTS * times)
    found = scored(course, bench, courses.files(data=many))
    line = next(line for line in found.lines if line.key == "data_quality")
    assert line.points is None
    assert "6 were asked for" in line.sentence
    assert "quality" not in found.documents


def test_only_the_courses_own_base_predictions_count(tmp_path):
    course = courses.make(tmp_path)
    (course.folder / "base.csv").write_bytes(
        courses.predictions(["", "The capital of France is Paris.", "Ice."])
    )
    course = courses.change(course.folder, base_predictions='"base.csv"')
    bench = score.bench(inputs(course))
    better = scored(course, bench, courses.files())
    assert better.documents["predictions"]["win_rate"] == round(2.5 / 3, 4)  # the same answer is half a win
    assert better.documents["predictions"]["base_mean_score"] is not None
    same = scored(course, bench, courses.files(predictions=(course.folder / "base.csv").read_bytes()))
    assert same.documents["predictions"]["win_rate"] == round(1 / 3, 4)  # and an empty one none
    assert points(same)["predictions"] < points(better)["predictions"]
