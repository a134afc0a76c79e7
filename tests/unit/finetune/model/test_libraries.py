"""Libraries that are missing or at odds are a sentence; so is memory that ran out, whatever class it comes in."""

import importlib
import importlib.util
import os
import sys

import pytest

from finetune.hardware.machine import Device
from finetune.model import libraries, liger
from finetune.model.out_of_memory import is_out_of_memory
from quality.errors import ConfigError, HardwareError
from tests import tiny_job


@pytest.mark.parametrize("name", ["torch", "peft", "transformers"])
def test_a_missing_library_names_the_extra(monkeypatch, name):
    monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(HardwareError, match=name) as told:
        getattr(libraries, name)()
    assert 'pip install -U "proofgate[finetune]"' in told.value.remedy


def test_an_old_torchao_is_to_be_removed():
    error = ImportError(
        "Found an incompatible version of torchao. Found version 0.10.0, but only above 0.16.0"
    )
    assert "pip uninstall -y torchao" in libraries.cannot_run(error).remedy


def test_the_first_gpu_is_the_one_that_was_looked_at(monkeypatch):
    """`nvidia-smi` counts by the slot; CUDA, if not told, has the fastest first."""
    monkeypatch.delenv("CUDA_DEVICE_ORDER", raising=False)
    libraries.torch()
    assert os.environ["CUDA_DEVICE_ORDER"] == "PCI_BUS_ID"
    monkeypatch.setenv("CUDA_DEVICE_ORDER", "FASTEST_FIRST")
    libraries.torch()
    assert os.environ["CUDA_DEVICE_ORDER"] == "FASTEST_FIRST", "who says so means it"


def test_bars_are_as_before_afterwards():
    bars = libraries.transformers().utils.logging
    for shown, switch in ((True, bars.enable_progress_bar), (False, bars.disable_progress_bar)):
        switch()
        with libraries.quiet():
            assert not bars.is_progress_bar_enabled()
        assert bars.is_progress_bar_enabled() is shown
    bars.enable_progress_bar()


def test_bitsandbytes_fetches_no_kernels_from_the_hub(monkeypatch):
    """Whatever is installed: while it loads, the package that would fetch them cannot be imported."""
    monkeypatch.delitem(sys.modules, "bitsandbytes", raising=False)
    asked = []
    finder = type("Finder", (), {"find_spec": staticmethod(lambda name, *_: asked.append(name))})
    monkeypatch.setattr(sys, "meta_path", [finder, *sys.meta_path])
    with libraries.no_code_from_the_hub(), pytest.raises(ImportError):
        importlib.import_module("kernels")
    assert asked == [], "nobody looked for it"
    assert "kernels" not in sys.modules


def test_what_torchs_allocator_says_is_known():
    torch = libraries.torch()
    with pytest.raises(RuntimeError) as told:
        torch.empty(2**60, dtype=torch.uint8)
    assert is_out_of_memory(told.value)
    assert is_out_of_memory(torch.cuda.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB"))
    assert is_out_of_memory(MemoryError())
    assert not is_out_of_memory(RuntimeError("expected scalar type Half but found Float"))
    assert not is_out_of_memory(ValueError("not enough memory of the past"))


@pytest.mark.parametrize("wanted", ["auto", "off"])
def test_without_a_gpu_ligers_kernels_are_left_out_without_a_word(wanted):
    assert liger.usable(wanted, Device("cpu", "float32")) == (False, "")


def test_ligers_kernels_are_refused_without_a_gpu():
    with pytest.raises(ConfigError, match="--liger on"):
        liger.usable("on", Device("cpu", "float32"))


@pytest.fixture
def installed(monkeypatch):
    """The package seems to be there; what fails without a GPU, as the probe does, fails as it is."""
    if libraries.torch().cuda.is_available():
        pytest.skip("shows what happens without a GPU")
    found = importlib.util.find_spec
    monkeypatch.setattr(
        "importlib.util.find_spec", lambda name: True if name == "liger_kernel" else found(name)
    )


def test_a_probe_that_fails_is_a_note_or_the_end_where_the_kernels_are_asked_for(installed):
    device = Device("cuda", "bfloat16")
    use, note = liger.usable("auto", device)
    assert not use
    assert note == "Liger's kernels are not used: there is no CUDA device"
    with pytest.raises(ConfigError, match="there is no CUDA device"):
        liger.usable("on", device)


def test_cards_that_compute_in_float16_use_the_kernels_only_when_asked(installed):
    device = Device("cuda", "float16")
    assert liger.usable("auto", device) == (False, "")
    with pytest.raises(ConfigError, match="there is no CUDA device"):
        liger.usable("on", device)


def test_what_the_kernels_replace_in_a_class_module_is_put_back(tiny_base, monkeypatch):
    """A second model of the same process, after the kernels failed, must not compute with them."""
    model = tiny_job.job(tiny_base, tiny_base).model
    module = sys.modules[type(model.get_base_model()).__module__]
    norm, seen = module.LlamaRMSNorm, []

    def replace(adapted, config):
        seen.append(adapted)
        module.LlamaRMSNorm = int

    monkeypatch.setattr("transformers.integrations.liger.apply_liger_kernel", replace)
    with liger.on(model, False):
        assert module.LlamaRMSNorm is norm
    with pytest.raises(KeyError), liger.on(model, True):
        assert module.LlamaRMSNorm is int
        raise KeyError
    assert module.LlamaRMSNorm is norm
    assert seen == [model]
