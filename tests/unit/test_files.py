import os
import sys

import pytest

from quality import files
from quality.errors import InputError


def test_a_file_is_replaced_whole_and_nothing_is_left_beside_it(tmp_path):
    target = tmp_path / "data.csv"
    target.write_text("old")
    target.chmod(0o640)
    files.replace(target, "new ü\r\n")
    assert target.read_bytes() == "new ü\r\n".encode()
    assert os.listdir(tmp_path) == ["data.csv"]
    if sys.platform != "win32":
        assert target.stat().st_mode & 0o777 == 0o640


def test_a_missing_folder_is_one_clear_error(tmp_path):
    with pytest.raises(InputError, match="cannot write"):
        files.replace(tmp_path / "none" / "data.csv", "x")


def test_a_file_that_another_program_holds_is_named_and_kept(tmp_path, monkeypatch):
    target = tmp_path / "data.csv"
    target.write_text("old")

    def held(*_):
        raise PermissionError(13, "held")

    monkeypatch.setattr("pathlib.Path.replace", held)
    with pytest.raises(InputError) as caught:
        files.replace(target, "new")
    assert "spreadsheet" in str(caught.value)
    assert target.read_text() == "old"
    assert os.listdir(tmp_path) == ["data.csv"]


def test_the_option_that_names_another_file_is_named(tmp_path):
    for act in (
        lambda path: files.replace(path, "x", "--record"),
        lambda path: files.probe(path, "--record"),
    ):
        with pytest.raises(InputError, match="with --record"):
            act(tmp_path / "none" / "data.csv")


def test_a_probe_leaves_nothing_and_touches_nothing(tmp_path):
    target = tmp_path / "data.csv"
    files.probe(target)
    assert os.listdir(tmp_path) == []
    target.write_text("old")
    files.probe(target)
    assert target.read_text() == "old"
    with pytest.raises(InputError, match="is a folder"):
        files.probe(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="needs links and pipes")
def test_a_link_is_followed_and_a_pipe_stays_a_pipe(tmp_path):
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    real.write_text("old")
    link.symlink_to(real)
    files.replace(link, "new")
    assert link.is_symlink()
    assert real.read_text() == "new"

    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    files.probe(pipe)
    files.replace(pipe, "text")
    assert os.read(reader, 10) == b"text"
    os.close(reader)
    assert pipe.is_fifo()
