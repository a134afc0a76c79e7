import importlib.util
import re
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from packaging.version import Version

from finetune.base_model.base import Base
from finetune.base_model.shapes import KNOWN, Shape
from finetune.hardware import memory, preflight
from finetune.hardware.machine import Gpu, Machine, Process
from finetune.hardware.memory import GIB
from finetune.hardware.preflight import LEAST, Need
from finetune.recipe import Recipe
from quality.errors import HardwareError

KNOWN_7B = KNOWN["meta-llama/Llama-2-7b-hf"]
LLAMA = Base("llama", Path("/base"), KNOWN_7B.shape, KNOWN_7B.weights_bytes, KNOWN_7B.largest_shard_bytes)
TINY = Base("tiny", Path("/base"), Shape(2, 64, 128, 4, 4, 512, 1024, tied=False), 300_000, 300_000)
RECIPE = Recipe(base="llama")
T4 = Gpu("Tesla T4", 15 * GIB, round(14.6 * GIB), (7, 5))
VERSIONS = {**LEAST, "torchao": None, "liger-kernel": None}
COLAB = Machine((T4,), 13 * GIB, 12 * GIB, 60 * GIB, 60 * GIB, one_disk=True, versions=VERSIONS)
NEED = Need(LLAMA, RECIPE, 512)


def found(need, machine):
    return [(trouble.what, trouble.remedy, trouble.fatal) for trouble in preflight.troubles(need, machine)]


def only(need, machine):
    ((what, remedy, fatal),) = found(need, machine)
    return what, remedy, fatal


def test_a_colab_t4_is_enough_for_llama():
    roomy = replace(COLAB, ram_free_bytes=50 * GIB)
    assert found(NEED, roomy) == []
    assert preflight.demand(NEED, roomy) == ()


def test_twelve_gigabytes_against_a_shard_of_ten_is_a_warning():
    what, remedy, fatal = only(NEED, COLAB)
    assert what == "12.0 GiB of main memory are free, and the largest file of weights has 9.3 GiB"
    assert "smaller files" in remedy
    assert not fatal


def test_no_gpu():
    what, remedy, fatal = only(
        NEED, replace(COLAB, gpus=(), ram_free_bytes=50 * GIB, note="nvidia-smi: failed")
    )
    assert what == "no GPU is here (nvidia-smi: failed), and the base has 6.7 billion weights"
    assert "Runtime ▸ Change runtime type ▸ T4" in remedy
    assert fatal
    assert found(replace(NEED, base=TINY), replace(COLAB, gpus=())) == []


def test_memory_held_by_another_process_is_fatal_only_when_the_rest_does_not_do():
    held = replace(T4, free_bytes=3 * GIB, processes=(Process(4242, "python3", 11 * GIB),))
    roomy = replace(COLAB, ram_free_bytes=50 * GIB)
    what, remedy, fatal = only(NEED, replace(roomy, gpus=(held,)))
    assert what == "other processes hold 12.0 GiB of the 15.0 GiB of Tesla T4 (PID 4242 python3: 11.0 GiB)"
    assert "Manage sessions" in remedy
    assert fatal
    _, _, fatal = only(NEED, replace(roomy, gpus=(replace(held, free_bytes=12 * GIB),)))
    assert not fatal


def test_a_card_that_is_too_small_says_which_length_would_fit():
    small = replace(COLAB, gpus=(Gpu("small", 8 * GIB, 8 * GIB, (8, 6)),), ram_free_bytes=50 * GIB)
    what, remedy, fatal = only(Need(LLAMA, RECIPE, 4000), small)
    assert what.startswith("small has 8.0 GiB, and a row of 4,000 tokens takes ")
    assert fatal
    length = int(remedy.removeprefix("--max-length "))
    assert found(Need(LLAMA, RECIPE, length), small) == []
    assert found(Need(LLAMA, RECIPE, length + 64), small) != []
    tiny = replace(small, gpus=(Gpu("tiny", 4 * GIB, 4 * GIB, (8, 6)),))
    assert only(NEED, tiny)[1].startswith("name a smaller base")


def test_a_micro_batch_that_the_user_names_and_that_does_not_fit_says_which_would():
    roomy = replace(COLAB, ram_free_bytes=50 * GIB)
    named = replace(RECIPE, micro_batch_tokens=32_768)
    what, remedy, fatal = only(Need(LLAMA, named, 512), roomy)
    assert what.startswith("micro-batches of 32,768 tokens take ")
    assert fatal
    size = int(remedy.split()[1].rstrip(","))
    assert found(Need(LLAMA, replace(RECIPE, micro_batch_tokens=size), 512), roomy) == []
    assert size == memory.largest_micro_batch(LLAMA.shape, RECIPE, T4.free_bytes, at_most=32_768)


def test_a_card_that_is_too_small_is_told_once():
    tiny = Gpu("tiny", 4 * GIB, 3 * GIB, (8, 6))
    named = Need(LLAMA, replace(RECIPE, micro_batch_tokens=4096), 512)
    assert only(named, replace(COLAB, gpus=(tiny,), ram_free_bytes=50 * GIB))[2]


def test_what_lies_in_the_machine_is_told_from_what_lies_in_the_card_or_the_data():
    versions = {"peft": "0.1", "transformers": "4.57", "torchao": "0.1"}
    poor = replace(COLAB, disk_free_bytes=GIB, versions={**VERSIONS, **versions})
    local = [trouble for trouble in preflight.troubles(NEED, poor) if trouble.local]
    assert len(local) == 5  # and the main memory
    small = replace(COLAB, gpus=(Gpu("tiny", 4 * GIB, 3 * GIB, (5, 0)),), ram_free_bytes=50 * GIB)
    others = preflight.troubles(Need(LLAMA, replace(RECIPE, budget_min=1), 9000, (2, 3)), small)
    assert [trouble.local for trouble in others] == [False] * 3


def test_ligers_kernels_are_refused_where_they_are_asked_for_and_cannot_run():
    asked = replace(RECIPE, liger="on")
    roomy = replace(COLAB, ram_free_bytes=50 * GIB)
    what, remedy, fatal = only(replace(NEED, recipe=asked), roomy)
    assert what == "--liger on: the package liger-kernel is not installed"
    assert remedy.startswith("pip install liger-kernel")
    assert fatal
    what, _, fatal = only(Need(TINY, asked, 512), replace(roomy, gpus=()))
    assert what == "--liger on: Liger's kernels need a CUDA device"
    assert fatal
    assert (
        found(replace(NEED, recipe=asked), replace(roomy, versions={**VERSIONS, "liger-kernel": "0.8"})) == []
    )


def test_a_card_of_an_old_kind():
    old = replace(COLAB, gpus=(Gpu("Tesla M60", 15 * GIB, 15 * GIB, (5, 2)),), ram_free_bytes=50 * GIB)
    what, _, fatal = only(NEED, old)
    assert what == "Tesla M60 has compute capability 5.2, and 4-bit weights need 6.0"
    assert fatal


def test_a_full_disk_counts_the_run_and_what_is_to_be_fetched():
    roomy = replace(COLAB, ram_free_bytes=50 * GIB, folder=Path("runs/a"))
    away = replace(NEED, base=replace(LLAMA, folder=None))
    assert found(NEED, replace(roomy, disk_free_bytes=2 * GIB)) == []
    what, remedy, fatal = only(away, replace(roomy, disk_free_bytes=2 * GIB))
    assert what == "the disk of the run folder, at runs/a, has 2.0 GiB free, and 14.0 GiB are needed"
    assert "--out" in remedy
    assert fatal
    two = replace(roomy, one_disk=False, disk_free_bytes=2 * GIB, download_free_bytes=2 * GIB)
    what, remedy, _ = only(away, two)
    assert what == "the disk for downloads has 2.0 GiB free, and 12.6 GiB are needed"
    assert "HF_HOME" in remedy
    assert only(NEED, replace(roomy, disk_free_bytes=GIB))[2]


@pytest.mark.parametrize(
    ("versions", "what", "remedy"),
    [
        ({"peft": None}, "peft is not installed", 'pip install "proofgate[finetune]"'),
        (
            {"peft": None, "torch": None},
            "torch, peft are not installed",
            'pip install "proofgate[finetune]"',
        ),
        (
            {"transformers": "4.57.1"},
            "transformers 4.57.1 is too old: 5.2 is the least",
            'pip install --upgrade "transformers>=5.2"',
        ),
        (
            {"torchao": "0.10.0"},
            "torchao 0.10.0 is installed, and peft stops where it is older than 0.16.0",
            "pip uninstall -y torchao",
        ),
    ],
)
def test_packages(versions, what, remedy):
    machine = replace(COLAB, ram_free_bytes=50 * GIB, versions={**VERSIONS, **versions})
    assert only(NEED, machine) == (what, remedy, True)


def test_versions_are_compared_only_where_all_packages_are_there():
    """What compares them comes with them; and the extra brings those that are there in a newer version."""
    machine = replace(COLAB, ram_free_bytes=50 * GIB, versions={"torch": "2.1", "torchao": "0.1"})
    assert only(NEED, machine)[0] == "transformers, peft, bitsandbytes, accelerate are not installed"


@pytest.mark.parametrize("version", ["2.11.0+cu128", "2.6", "3.0.0a1", "2.10.1.post1"])
def test_new_versions_in_any_spelling_are_new_enough(version):
    versions = {**VERSIONS, "torch": version, "torchao": "0.17.0.dev2"}
    assert found(NEED, replace(COLAB, ram_free_bytes=50 * GIB, versions=versions)) == []


@pytest.mark.parametrize("version", ["2.5.1+cu128", "2.6.0rc1", "1!2.6"])
def test_versions_are_ordered_as_packages_order_them(version):
    versions = {**VERSIONS, "torch": version}
    told = found(NEED, replace(COLAB, ram_free_bytes=50 * GIB, versions=versions))
    assert bool(told) is not version.startswith("1!")


def test_the_least_versions_are_those_of_the_extra():
    project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))
    extra = dict(part.split(">=") for part in project["project"]["optional-dependencies"]["finetune"])
    assert {name: extra[name] for name in LEAST} == dict(LEAST)


def test_no_torchao_that_peft_refuses_is_let_through():
    package = importlib.util.find_spec("peft").submodule_search_locations[0]  # importing it takes seconds
    source = (Path(package) / "import_utils.py").read_text(encoding="utf-8")
    (least,) = re.findall(r'TORCHAO_MINIMUM_VERSION = packaging\.version\.parse\("([\d.]+)"\)', source)
    assert Version(least) <= Version(preflight.TORCHAO)


def test_an_estimate_over_the_budget_is_a_note():
    need = Need(LLAMA, replace(RECIPE, budget_min=10), 512, minutes=(6.4, 17.2))
    what, remedy, fatal = only(need, replace(COLAB, ram_free_bytes=50 * GIB))
    assert what == "all epochs take 6 to 17 min by estimate, and the budget is 10 min"
    assert "--budget-min" in remedy
    assert not fatal


def test_demand_names_all_that_stands_in_the_way_at_once():
    poor = replace(COLAB, gpus=(), versions={**VERSIONS, "peft": None}, disk_free_bytes=GIB)
    with pytest.raises(HardwareError) as told:
        preflight.demand(NEED, poor)
    text = str(told.value)
    assert text.startswith(
        "3 things stand in the way of training here:\n  1. peft is not installed\n     → pip"
    )
    assert "2. no GPU is here" in text
    assert "3. the disk of the run folder" in text
    with pytest.raises(HardwareError) as told:
        preflight.demand(NEED, replace(poor, gpus=(T4,), versions=VERSIONS))
    assert told.value.what.startswith("the disk of the run folder")
    assert told.value.exit_code == 2


def test_demand_returns_what_can_be_lived_with():
    (note,) = preflight.demand(NEED, COLAB)
    assert not note.fatal
