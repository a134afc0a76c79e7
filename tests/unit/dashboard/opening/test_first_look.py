"""What is said of the files that the command line names, before any server starts."""

from dataclasses import replace

import pytest

from dashboard.opening.first_look import look
from dashboard.site import Named
from quality.cli_inputs import Options
from quality.errors import ProofgateError
from tests import sites


@pytest.fixture
def data(tmp_path):
    return sites.write(tmp_path / "data", sites.ROWS[:2])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "the file is empty"),
        (b"a,b\n1,2\n", "no column `id`"),
        (b'id,instruction,output,fail_mode\n1,"x,y,z\n2,a,b,c\n', "a quote opens on this line"),
        (b"\x80\xff\x00\xfe" * 50, "data.csv"),
    ],
)
def test_a_file_that_is_no_table(data, tmp_path, content, words):
    data.write_bytes(content)
    with pytest.raises(ProofgateError) as error:
        look(data, Options(data), Named(), start=tmp_path)
    assert words in str(error.value)


@pytest.mark.parametrize("option", ["original", "baseline", "decisions", "report", "predictions", "run"])
def test_a_file_that_is_not_there_names_its_option(data, tmp_path, option):
    given, gone = {option: tmp_path / "gone"}, (Options(data), Named())
    options, named = (replace(one, **given) if hasattr(one, option) else one for one in gone)
    with pytest.raises(ProofgateError) as error:
        look(data, options, named, start=tmp_path)
    assert f"look at the name after --{option}" in str(error.value)


def test_files_that_hold_something_else(data, tmp_path):
    (tmp_path / "other.json").write_text("{}")
    for options, words in (
        ({"decisions": tmp_path / "other.json"}, "decisions have the keys"),
        ({"baseline": tmp_path / "other.json"}, "is not a baseline"),
        ({"original": tmp_path / "other.json"}, "other.json"),
    ):
        with pytest.raises(ProofgateError) as error:
            look(data, replace(Options(data), **options), Named(), start=tmp_path)
        assert words in str(error.value)


def test_all_that_is_right_and_what_is_no_file_at_all(data, tmp_path):
    look(data, Options(data, original=data), Named(report=data), start=tmp_path)
    look(tmp_path / "gone.csv", Options(data), Named(), start=tmp_path)
    with pytest.raises(ProofgateError, match="is for a single file"):
        look(tmp_path, Options(data, original=data), Named(), start=tmp_path)
