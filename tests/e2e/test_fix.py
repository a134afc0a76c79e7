"""`quality fix` on a whole half-good homework: only better, only where it says, and done in one go."""

from collections import Counter
from pathlib import Path

import pytest

from quality import fix, guide, run, table

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
