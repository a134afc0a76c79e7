import pytest

from finetune import run_folder
from finetune.run_folder import RunFolder
from quality.errors import ConfigError, HardwareError, ProofgateError


@pytest.fixture
def folder(tmp_path):
    return RunFolder(tmp_path / "runs/one")


def test_one_run_at_a_time_works_in_a_folder(folder):
    with (
        run_folder.lock(folder),
        pytest.raises(ProofgateError, match="another run works in this folder") as refused,
        run_folder.lock(folder),
    ):
        pass
    assert refused.value.where == str(folder.path)
    assert "--out" in refused.value.remedy
    assert list(folder.path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path):
    (tmp_path / "file").touch()
    with (
        pytest.raises(HardwareError, match="cannot be written"),
        run_folder.lock(RunFolder(tmp_path / "file/x")),
    ):
        pass


@pytest.mark.parametrize(
    "names",
    [
        (),
        ("lock",),
        ("gate.json", "template.txt", "staging/", ".settled.json.ab12.part"),
        ("settled.json", "checkpoints/", "notes of mine.txt"),
    ],
)
def test_an_empty_folder_and_a_run_s_own_can_be_claimed(folder, names):
    fill(folder, names)
    run_folder.claim(folder)


def test_claiming_makes_nothing(folder):
    run_folder.claim(folder)
    assert not folder.path.exists()


@pytest.mark.parametrize("name", ["thesis.docx", "checkpoints/", "run.json", "adapter/", ".hidden"])
def test_somebody_else_s_folder_is_refused(folder, name):
    fill(folder, (name,))
    with pytest.raises(ConfigError, match=name.strip("/")):
        run_folder.claim(folder)


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(ConfigError, match="no folder"):
        run_folder.claim(RunFolder(tmp_path / "file"))


def fill(folder, names):
    folder.path.mkdir(parents=True)
    for name in names:
        path = folder.path / name
        path.mkdir() if name.endswith("/") else path.touch()
