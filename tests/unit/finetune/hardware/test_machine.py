from pathlib import Path

import pytest

from finetune.base_model.shapes import KNOWN, Shape
from finetune.hardware import machine
from finetune.hardware.machine import CPU_PARAMETERS, Device
from quality.errors import HardwareError
from tests import nvidia_smi

LLAMA = KNOWN["meta-llama/Llama-2-7b-hf"].shape
TINY = Shape(2, 64, 128, 4, 4, 512, 1024, tied=False)
MIB = 1 << 20


def test_a_t4_is_read_and_computes_in_fp16(tmp_path, monkeypatch):
    nvidia_smi.put(tmp_path, monkeypatch, nvidia_smi.T4)
    here = machine.look(tmp_path)
    (card,) = here.gpus
    assert (card.name, card.total_bytes, card.free_bytes) == ("Tesla T4", 15360 * MIB, 14923 * MIB)
    assert card.capability == (7, 5)
    assert card.processes == ()
    assert machine.device(here, LLAMA) == Device("cuda", "float16")


def test_an_h100_computes_in_bf16(tmp_path, monkeypatch):
    nvidia_smi.put(tmp_path, monkeypatch, nvidia_smi.H100)
    here = machine.look(tmp_path)
    assert here.gpus[0].name == "NVIDIA H100 80GB HBM3"
    assert machine.device(here, LLAMA) == Device("cuda", "bfloat16")


def test_who_holds_the_memory_is_named(tmp_path, monkeypatch):
    nvidia_smi.put(tmp_path, monkeypatch, nvidia_smi.HELD, processes=nvidia_smi.HOLDER)
    (held,) = machine.look(tmp_path).gpus[0].processes
    assert (held.pid, held.name, held.bytes) == (4242, "python3", 12708 * MIB)


@pytest.mark.parametrize(
    ("visible", "names"),
    [
        ("1", ["NVIDIA H100 80GB HBM3"]),
        ("1,0", ["NVIDIA H100 80GB HBM3", "Tesla T4"]),
        ("GPU-5c9f", ["Tesla T4"]),
        ("", []),
        ("-1", []),
        ("0,7,1", ["Tesla T4"]),
    ],
)
def test_only_the_visible_cards_count(tmp_path, monkeypatch, visible, names):
    second = nvidia_smi.H100.replace("0,", "1,", 1)
    nvidia_smi.put(tmp_path, monkeypatch, nvidia_smi.T4, second)
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", visible)
    assert [card.name for card in machine.look(tmp_path).gpus] == names


def test_a_card_that_does_not_tell_its_memory_or_capability(tmp_path, monkeypatch):
    shared = "0, GPU-1, NVIDIA GB10, [N/A], [N/A], 12.1"
    old = "1, GPU-2, Tesla P4, 7611, 7600, [N/A]"
    nvidia_smi.put(tmp_path, monkeypatch, shared, old)
    (card,) = machine.look(tmp_path).gpus
    assert (card.name, card.capability) == ("Tesla P4", (0, 0))


def test_a_driver_that_fails_is_no_gpu_and_says_why(tmp_path, monkeypatch):
    nvidia_smi.put(tmp_path, monkeypatch, nvidia_smi.NO_DRIVER, code=9)
    here = machine.look(tmp_path)
    assert here.gpus == ()
    assert "couldn't communicate" in here.note
    with pytest.raises(HardwareError, match=r"no GPU is here \(nvidia-smi: NVIDIA-SMI has failed") as told:
        machine.device(here, LLAMA)
    assert "Runtime ▸ Change runtime type ▸ T4" in told.value.remedy


def test_without_a_gpu_only_a_tiny_base_trains(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    here = machine.look(tmp_path)
    assert here.gpus == ()
    assert machine.device(here, TINY) == Device("cpu", "float32")
    assert TINY.parameters < CPU_PARAMETERS < LLAMA.parameters
    with pytest.raises(HardwareError, match=r"no GPU is here, and the base has 6\.7 billion weights"):
        machine.device(here, LLAMA)


def test_memory_disk_and_versions_are_this_machines(tmp_path):
    here = machine.look(tmp_path / "not" / "yet" / "there")
    assert 0 < here.ram_free_bytes <= here.ram_bytes
    assert here.disk_free_bytes > 0
    assert here.download_free_bytes > 0
    assert here.versions["peft"] is not None
    assert set(machine.PACKAGES) < set(here.versions)


def test_a_containers_limit_is_read(tmp_path):
    assert machine._cgroup(tmp_path) is None
    (tmp_path / "memory.max").write_text("max\n")
    (tmp_path / "memory.current").write_text("900\n")
    (tmp_path / "memory.stat").write_text("anon 700\ninactive_file 150\nactive_file 50\n")
    assert machine._cgroup(tmp_path) is None
    (tmp_path / "memory.max").write_text("1000\n")
    assert machine._cgroup(tmp_path) == (1000, 250)


def test_meminfo_that_is_none_is_left_alone(tmp_path):
    file = tmp_path / "meminfo"
    file.write_text("MemTotal:       13290460 kB\nMemFree: 9 kB\nMemAvailable:   12080000 kB\n")
    assert machine._meminfo(file) == (13290460 * 1024, 12080000 * 1024)
    file.write_text("nothing\n")
    assert machine._meminfo(file) is None
    assert machine._meminfo(Path("/not/there")) is None
