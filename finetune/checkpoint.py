"""Checkpoints that can be trusted: sealed with a manifest, renamed whole into place, verified before they are used.

The manifest of a folder, `manifest.json`:
{"format": 1, "kind": "manifest", "step": 30, "run": "…", "files": {NAME: {"bytes": 1, "sha256": "…"}}, "sha256": "…"}
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quality import console
from quality.errors import InputError, ProofgateError
from quality.lineage import sealed

MANIFEST = "manifest.json"
KEPT = 2
"""Checkpoints that stay: the newest, and one before it should the newest be damaged."""
RESUMABLE = (
    "adapter_model.safetensors",
    "optimizer.pt",
    "scheduler.pt",
    "rng_state.pth",
    "trainer_state.json",
)
"""Without any of these the trainer goes on all the same, and differently."""
SCALER = "scaler.pt"
"""The same in fp16: without it the loss's scale begins anew."""
ADAPTER = ("adapter_model.safetensors", "adapter_config.json")
"""What an adapter is made of."""
_REMEDY = "the file is damaged: train again, or copy the folder again from where it is whole"


@dataclass(frozen=True, slots=True)
class Verified:
    """A checkpoint whose files are those that were sealed.

    Attributes:
        step: Optimizer steps done.
    """

    folder: Path
    step: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a sealed folder holds.

    Attributes:
        step: Optimizer steps done.
        run: Hash of what makes the run that run, hex.
        files: Name → (bytes, SHA-256 in hex).
    """

    step: int
    run: str
    files: Mapping[str, tuple[int, str]]


def resumable(dtype: str) -> tuple[str, ...]:
    """The files without which a training in that precision cannot be gone on with."""
    return (*RESUMABLE, SCALER) if dtype == "float16" else RESUMABLE


def seal(staged: Path, target: Path, *, step: int, run: str = "", needed: Iterable[str] = RESUMABLE) -> None:
    """Moves a folder that was just written to its place: whole, on the disk, with a manifest, or not at all.

    What stood at the target is replaced.

    Args:
        run: Hash of what makes the run that run, hex.
        needed: Names without which the folder is not worth sealing.

    Raises:
        ProofgateError: A needed file is missing.
        OSError: The disk is full or fails.
    """
    missing = [name for name in needed if not (staged / name).is_file()]
    if missing:
        raise ProofgateError(f"the trainer wrote no {missing[0]}", where=str(staged))
    files: dict[str, Any] = {}
    for file in sorted(path for path in staged.iterdir() if path.is_file() and path.name != MANIFEST):
        files[file.name] = {"bytes": file.stat().st_size, "sha256": _sha256(file)}
        _to_disk(file)
    body = sealed.sealed("manifest", {"step": step, "run": run, "files": files})
    (staged / MANIFEST).write_text(json.dumps(body, indent=1) + "\n", encoding="utf-8")
    _to_disk(staged / MANIFEST)
    _to_disk(staged)
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        old = staged.with_name(f"{target.name}.replaced")
        shutil.rmtree(old, ignore_errors=True)
        target.rename(old)
    staged.rename(target)
    _to_disk(target.parent)
    shutil.rmtree(staged.with_name(f"{target.name}.replaced"), ignore_errors=True)


def prune(newest: Path, kept: int = KEPT) -> None:
    """Deletes the checkpoints beside the one that was just sealed, but for those right before it.

    One of a later step is there only where it was damaged and the run went on from an earlier one.
    """
    found = list(_by_age(newest.parent))
    wanted = found[found.index(newest) :][:kept]
    for old in set(found).difference(wanted):
        shutil.rmtree(old, ignore_errors=True)


def exist(folder: Path) -> bool:
    """Whether that folder has any checkpoint, whole or damaged."""
    return bool(_by_age(folder))


def newest(
    folder: Path, skipped: Callable[[str], None] = console.say, *, run: str | None = None
) -> Verified | None:
    """The newest checkpoint in that folder whose files are those that were sealed; None without any.

    Args:
        skipped: Takes a sentence about each newer one that is damaged.
        run: Hash that the checkpoints of this run were sealed with; None takes those of any.
    """
    for found, step in _by_age(folder).items():
        wrong = faults(found) or _strange(manifest(found), step, run)
        if not wrong:
            return Verified(found, step)
        skipped(f"note: the checkpoint {found.name} is damaged and is skipped: {wrong[0]}")
    return None


def _strange(manifest: Manifest, step: int, run: str | None) -> tuple[str, ...]:
    """Why a whole checkpoint is not what its place says."""
    if manifest.step != step:
        return (f"it is of step {manifest.step:,}",)
    return ("it is of another run",) if run is not None and manifest.run != run else ()


def faults(folder: Path) -> tuple[str, ...]:
    """What of a sealed folder is not as it was sealed, one sentence a file; empty when it verifies."""
    try:
        files = manifest(folder).files
    except InputError as error:
        return (f"{MANIFEST} {error.what}",)
    return tuple(fault for name, stated in files.items() if (fault := _fault(folder / name, *stated)))


def digest(folder: Path) -> str:
    """The hash of a sealed folder's contents, as its manifest states them: SHA-256, hex. The step is no part of it.

    Raises:
        InputError: There is no manifest, or it is damaged.
    """
    return sealed.digest({name: list(stated) for name, stated in manifest(folder).files.items()})


def manifest(folder: Path) -> Manifest:
    """The folder's manifest; the files are not looked at.

    Raises:
        InputError: There is none, or it is damaged.
    """
    return sealed.read(folder / MANIFEST, "manifest", _as_manifest, _REMEDY)


def _as_manifest(body: Mapping[str, Any]) -> Manifest:
    files = {Path(name).name: (int(of["bytes"]), str(of["sha256"])) for name, of in body["files"].items()}
    return Manifest(int(body["step"]), str(body["run"]), files)


def _fault(file: Path, size: int, sha256: str) -> str:
    try:
        found = file.stat().st_size
        if found != size:
            return f"{file.name} has {found:,} bytes instead of {size:,}"
        return "" if _sha256(file) == sha256 else f"{file.name} was changed"
    except FileNotFoundError:
        return f"{file.name} is missing"
    except OSError as error:
        return f"{file.name} cannot be read: {error.strerror}"


def _by_age(folder: Path) -> dict[Path, int]:
    """The checkpoints in that folder → their steps, the latest first."""
    named = {path: path.name.removeprefix("step-") for path in folder.glob("step-*") if path.is_dir()}
    steps = {path: int(step) for path, step in named.items() if step.isdecimal()}
    return dict(sorted(steps.items(), key=lambda found: -found[1]))


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _to_disk(path: Path) -> None:
    """Has the system write it through; a drive that cannot do so for folders is let be."""
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP, errno.EBADF):
            raise
    finally:
        os.close(handle)
