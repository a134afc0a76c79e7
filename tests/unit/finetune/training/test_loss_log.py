"""The loss log survives a kill and a resume; its picture shows it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure

from finetune.training import loss_log
from finetune.training.loss_log import COLUMNS, StepLog, append, cut, draw, read, smoothed
from quality.errors import InputError

LOGS = [StepLog(step, 2 / step, 2e-4, 900 + step, 0.5) for step in range(1, 6)]


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "loss.csv"
    for entry in LOGS:
        append(path, entry)
    return path


def test_what_is_written_is_read(log):
    assert read(log) == tuple(LOGS)
    assert log.read_text().splitlines()[:2] == [",".join(COLUMNS), "1,2.0,0.0002,901,0.5"]


def test_no_file_is_an_empty_log(tmp_path):
    assert read(tmp_path / "loss.csv") == ()
    cut(tmp_path / "loss.csv", 3)
    assert not (tmp_path / "loss.csv").exists()


def test_a_resume_cuts_the_steps_after_its_checkpoint_and_goes_on(log):
    cut(log, 3)
    assert read(log) == tuple(LOGS[:3])
    append(log, LOGS[3])
    assert read(log) == tuple(LOGS[:4])


@pytest.mark.parametrize("cut_off", range(1, 22))
def test_a_line_that_a_killed_run_left_unfinished_is_no_step(log, cut_off):
    """A half number would be a wrong one: `0.4` of `0.40000`."""
    log.write_bytes(log.read_bytes()[:-cut_off])
    assert read(log) == tuple(LOGS[:4])
    cut(log, 4)
    append(log, LOGS[4])
    assert read(log) == tuple(LOGS)


def test_an_unfinished_header_is_an_empty_log(tmp_path):
    path = tmp_path / "loss.csv"
    path.write_text("step,lo")
    assert read(path) == ()
    cut(path, 0)
    append(path, LOGS[0])
    assert read(path) == (LOGS[0],)


@pytest.mark.parametrize("content", [b"id,instruction\n1,2\n", b"\xff\xfe\x00"])
def test_another_file_is_refused(tmp_path, content):
    path = tmp_path / "loss.csv"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"loss\.csv"):
        read(path)


def test_the_picture_is_a_png_of_its_size_and_the_same_for_the_same_log(log, tmp_path):
    pictures = []
    for name in ("a.png", "b.png"):
        draw(log, tmp_path / name)
        pictures.append((tmp_path / name).read_bytes())
    assert pictures[0] == pictures[1]
    assert pictures[0][:8] == b"\x89PNG\r\n\x1a\n"
    assert [int.from_bytes(pictures[0][at : at + 4], "big") for at in (16, 20)] == [1200, 675]


def test_the_picture_shows_the_log(log, tmp_path):
    """Another loss is another picture; so is one that is not finite, which a library may refuse to draw."""
    draw(log, tmp_path / "a.png")
    append(log, StepLog(6, float("nan"), 2e-4, 900, 0.5))
    draw(log, tmp_path / "b.png")
    assert (tmp_path / "a.png").read_bytes() != (tmp_path / "b.png").read_bytes()


def test_a_log_without_steps_has_no_picture(tmp_path):
    with pytest.raises(InputError, match="no step"):
        draw(tmp_path / "loss.csv", tmp_path / "loss.png")
    assert not (tmp_path / "loss.png").exists()


@given(st.lists(st.tuples(st.floats(0, 20), st.floats(1, 4096)), min_size=1, max_size=50))
def test_a_smoothed_line_stays_within_what_was_seen(steps):
    losses, weights = zip(*steps, strict=True)
    line = smoothed(losses, weights)
    assert len(line) == len(losses)
    assert all(min(losses) - 1e-9 <= value <= max(losses) + 1e-9 for value in line)


def test_a_smoothed_line_lags_behind_no_loss_that_falls():
    losses = [10.0 - step / 10 for step in range(100)]
    line = smoothed(losses, [1.0] * 100)
    assert line[40:60] == pytest.approx(losses[40:60], abs=0.05)


def test_smoothing_by_hand():
    assert smoothed([1.0, 2.0], [1.0, 3.0], share=0.5) == [(1 + 3) / 2.5, (0.5 + 6) / 3.5]
    assert smoothed([1.0, 2.0], [0.0, 0.0]) == [1.0, 2.0], "steps without tokens have no mean"


def test_a_nearly_level_loss_looks_level():
    """An axis of a few ten-thousandths would make a slope of noise."""
    axes = Figure().add_subplot()
    loss_log._plot(axes, [StepLog(step, 8.8264 + step / 10_000, 2e-4, 900, 0.5) for step in (1, 2)])
    low, high = axes.get_ylim()
    assert high - low == pytest.approx(loss_log.LEAST_SPAN)
    assert low < 8.8265 < high


def test_one_step_is_one_step():
    axes = Figure().add_subplot()
    loss_log._plot(axes, [StepLog(1, 2.0, 2e-4, 900, 0.5)])
    assert axes.get_title(loc="left") == "Training loss, 1 step, 900 tokens"
