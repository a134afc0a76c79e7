"""Activations computed again in the backward pass instead of kept.

For a 7B model that takes about a ninth of their memory and half as much arithmetic again. transformers has renamed the
switch on the way; both names are known here.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import fields
from typing import Any

from finetune.model import libraries

HOW: Mapping[str, bool] = {"use_reentrant": False}
"""torch's newer way, which it recommends and which needs no input that wants a gradient."""


def arguments() -> dict[str, Any]:
    """What turns it on among the trainer's arguments."""
    name = _name()
    return {f"{name}_checkpointing": True, f"{name}_checkpointing_kwargs": dict(HOW)}


@contextmanager
def on(model: Any) -> Generator[None]:
    """Inside, the model trains with it."""
    name = _name()
    enable = getattr(model, f"{name}_checkpointing_enable")
    enable(**{f"{name}_checkpointing_kwargs": dict(HOW)})
    try:
        yield
    finally:
        getattr(model, f"{name}_checkpointing_disable")()


def _name() -> str:
    known = {field.name for field in fields(libraries.transformers().TrainingArguments)}
    return "activation" if "activation_checkpointing" in known else "gradient"
