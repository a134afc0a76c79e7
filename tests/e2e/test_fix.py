"""`quality fix` on a whole half-good homework: only better, only where it says, and done in one go."""

import os
from collections import Counter
from pathlib import Path

import pytest
from typer.testing import CliRunner

from quality import fix, guide, lineage, run, table
from quality.cli import app
from quality.errors import ProofgateError

HOMEWORK = Path(__file__).parents[2] / "examples" / "homework"


@pytest.fixture(scope="module", params=[False, True], ids=["safe", "unsafe"])
def fixed(request):
    data = table.read(HOMEWORK / "data.csv")
    job = run.Request(data, guide.load())
    result = fix.fix(job, unsafe=request.param)
    again = run.Request(table.edited(data, result.content), guide.load())
    return job, result, again, request.param


def test_no_rule_finds_more_in_any_row_than_before(fixed):
    job, result, again, _ = fixed
    before = Counter((f.row, f.code) for f in run.check(job).findings)
    after = Counter((f.row, f.code) for f in run.check(again).findings)
    assert result.applied
    assert all(count <= before[key] for key, count in after.items())


def test_a_second_time_changes_nothing(fixed):
    _, result, again, unsafe = fixed
    assert fix.fix(again, unsafe=unsafe).content == result.content


def test_only_the_named_cells_change(fixed):
    job, result, again, _ = fixed
    for old, new in zip(job.table.rows, again.table.rows, strict=True):
        assert (old.id, old.fail_mode, old.line) == (new.id, new.fail_mode, new.line)
        for column in ("instruction", "output"):
            changed = getattr(old, column) != getattr(new, column)
            assert changed == ((old.row, column) in result.cells)


@pytest.fixture
def sheet(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "data.csv"
    path.write_text("id,instruction,output,fail_mode\n1,Tell me.,They sold thier house.,grammar\n")
    return path


def quality(*arguments):
    """A command in this process; its error, if one ended it, and its result."""
    done = CliRunner().invoke(app, [*map(str, arguments), "--select", "GRM001", "--jobs", "1"])
    return done, done.exception if isinstance(done.exception, ProofgateError) else None


def test_a_fix_leaves_a_record_that_the_gate_binds(sheet):
    assert quality("fix", sheet)[0].exit_code == 0
    known = lineage.read_fix_record(Path("data.fixed.csv.fix.json"))
    before, after = table.read(sheet), table.read(Path("data.fixed.csv"))
    assert (known.before.data, known.after.data) == (before.data_sha256, after.data_sha256)
    assert (known.before.file, known.after.file) == (before.sha256, after.sha256)
    assert (known.before.name, known.after.name) == ("data.csv", "data.fixed.csv")
    assert known.safe == {"GRM001": 1}
    assert not known.unsafe_allowed
    assert not known.interactive

    done, _ = quality("gate", "data.fixed.csv", "--fix-record", "data.fixed.csv.fix.json")
    assert "fix record" not in done.stdout
    bound = lineage.read_gate_record(Path("data.fixed.csv.gate.json"))
    assert bound.inputs["fix_record"] == lineage.fix_record_sha256(known)
    assert bound.inputs["unsafe_fixes"] is False
    without = quality("gate", "data.fixed.csv", "--verify", "data.fixed.csv.gate.json")[0].stdout
    assert "fix record" not in without


def test_a_record_of_other_data_refuses_and_the_refusal_is_recorded(sheet):
    quality("fix", sheet, "--unsafe", "--record", "fix.json")
    assert lineage.read_fix_record(Path("fix.json")).unsafe_allowed
    done, _ = quality("gate", sheet, "--fix-record", "fix.json")
    assert done.exit_code == 1
    assert "this is the file before: name that one" in done.stdout
    assert any(
        "fix record" in reason for reason in lineage.read_gate_record(Path("data.csv.gate.json")).reasons
    )
    again, _ = quality("gate", sheet, "--verify", "data.csv.gate.json", "--fix-record", "fix.json")
    assert again.exit_code == 1


def test_a_gate_record_made_without_the_fix_record_does_not_speak_of_it(sheet):
    quality("fix", sheet)
    quality("gate", "data.fixed.csv")
    done, _ = quality(
        "gate",
        "data.fixed.csv",
        "--verify",
        "data.fixed.csv.gate.json",
        "--fix-record",
        "data.fixed.csv.fix.json",
    )
    assert "was not made with this fix record" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("fix", "data.csv", "--record", "data.csv"), "--record would overwrite the data"),
        (("fix", "data.csv", "-o", "x", "--record", "x"), "--record would overwrite the corrected file"),
        (("gate", "data.csv", "--fix-record", "f", "--record", "f"), "the record of --fix-record"),
        (("gate", "data.csv", "--fix-record", "data.csv"), "is not a fix record"),
        (("gate", "data.csv", "--fix-record", "none.json"), "cannot be read"),
    ],
)
def test_no_record_costs_the_user_a_file(sheet, arguments, says):
    lineage.write_fix_record(Path("f"), lineage.FixRecord(*[lineage.Version("n", "d", "f")] * 2, {}, {}))
    before = {path.name: path.read_bytes() for path in Path().iterdir()}
    _, error = quality(*arguments)
    assert says in error.what
    assert error.exit_code == 2
    assert error.remedy
    assert {path.name: path.read_bytes() for path in Path().iterdir()} == before


def test_a_course_may_forbid_unsafe_fixes(sheet):
    Path("course.toml").write_text("[allowed]\nunsafe_fixes = false\n")
    Path("proofgate.toml").write_text('course = "."\n')
    _, error = quality("fix", sheet, "--unsafe")
    assert "the course forbids --unsafe" in error.what
    assert Path(error.where).name == "course.toml"
    assert not Path("data.fixed.csv").exists()
    assert quality("fix", sheet)[0].exit_code == 0


def test_what_goes_into_a_pipe_has_no_record_beside_it(sheet):
    assert quality("fix", sheet, "-o", os.devnull)[0].exit_code == 0
    assert [path.name for path in Path().iterdir()] == ["data.csv"]
