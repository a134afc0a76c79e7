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
