"""The model that a run starts from: a local folder or a name on the hub → its files, sizes and fingerprint."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from finetune import disk
from finetune.base_model import hub, weights
from finetune.base_model.shapes import KNOWN, Shape, kind_of, of_config
from quality.errors import ConfigError, HardwareError, InputError, ProofgateError

__all__ = ["Base", "Shape", "find", "fingerprint"]

CONFIG = "config.json"
ADAPTER = "adapter_config.json"
"""Beside a base, it makes transformers put an adapter on it, without a word."""
TOKENIZERS = ("tokenizer.json", "tokenizer.model")
_DECIDING = (CONFIG, *TOKENIZERS, "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json")
"""Beside the weights, what decides how text becomes numbers and numbers become an answer."""
_LOCAL = re.compile(r"[./~\\]|[^/]*/[^/]*/")
"""How a name begins that can only be a path."""
_NAME = "name the folder that holds config.json, or a model on the hub (OWNER/NAME)"
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Base:
    """A base as far as it is here.

    Attributes:
        name: As the user wrote it.
        folder: All its files; None while its weights are not here.
        weights_bytes: Of all weight files.
        largest_shard_bytes: Of the largest among them.
        small_files: The folder of its config and tokenizer; None where they are not here either.
        note: Why its files cannot be had now; "" where they are here or can be fetched.
    """

    name: str
    folder: Path | None
    shape: Shape
    weights_bytes: int
    largest_shard_bytes: int
    small_files: Path | None = None
    note: str = ""


def find(name: str, *, download: bool) -> Base:
    """The base of that name: a folder, what the hub's cache holds, or what the hub has.

    What is whole in the cache is taken as it is, and nobody is asked: a run goes on with the files it began with.

    Args:
        download: Fetch what is missing; otherwise only the small files are fetched, and where they cannot be had, the
            sizes of a well-known base are taken.

    Raises:
        ProofgateError: There is no such base, it cannot be had, or it is not one that can be trained safely.
    """
    if not name:
        raise InputError("no base is named", where="--base", remedy=_NAME)
    path = Path(name).expanduser()
    if path.is_dir():
        return _local(name, path)
    if path.exists() or _LOCAL.match(name):
        raise InputError("is a file" if path.exists() else "is no folder", where=name, remedy=_NAME)
    return _downloaded(name) if download else _known(name)


def fingerprint(base: Base, *, read: bool = False) -> str:
    """SHA-256 over the names and contents of all files that decide what the base answers, as hex.

    Args:
        read: Read every file in full; otherwise a file of the hub's cache is taken for what its name there says it
            is, its SHA-256.

    Raises:
        InputError: The base's files are not here, or cannot be read.
    """
    if base.folder is None:
        raise InputError("is not here", where=base.name, remedy="fetch it first: `finetune run` does")
    digest = hashlib.sha256()
    for file in _deciding(base.folder):
        digest.update(f"{file.name}\0{_sha256(file, read=read)}\n".encode())
    return digest.hexdigest()


def _deciding(folder: Path) -> Iterator[Path]:
    yield from (folder / name for name in _DECIDING if (folder / name).is_file())
    yield from weights.look(folder).files


def _sha256(file: Path, *, read: bool) -> str:
    target = file.resolve()
    if not read and target.parent.name == "blobs" and _SHA256.fullmatch(target.name):
        return target.name
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=str(file)) from None


def _local(name: str, folder: Path) -> Base:
    """The base in that folder, every file looked at.

    Raises:
        ProofgateError: Something is missing or damaged, or is not safe to load.
    """
    shape = _shape(folder)
    found = weights.look(folder)
    embedding = next(
        (size for key, size in found.tensors.items() if key.endswith("embed_tokens.weight")), None
    )
    if embedding is not None and embedding != (shape.vocab, shape.hidden):
        raise InputError(
            f"its weights are of another model than config.json: the embedding is {embedding}, not "
            f"{(shape.vocab, shape.hidden)}",
            where=str(folder),
            remedy=weights.AGAIN,
        )
    _tokenizer(folder)
    return Base(name, folder.resolve(), shape, found.total_bytes, found.largest_bytes, folder.resolve())


def _shape(folder: Path) -> Shape:
    """The sizes in the folder's config.json, once it is seen that no code, packed weights or adapter come with it."""
    file = weights.inside(folder, CONFIG)
    config = weights.read_object(file)
    if config.get("auto_map") and kind_of(config) is None:
        raise ConfigError(
            "the base brings code of its own, which is never run here",
            where=str(folder / CONFIG),
            remedy="name a base that transformers knows by itself",
        )
    if config.get("quantization_config"):
        raise ConfigError(
            "the base is quantised already, and its 4-bit form is made here from 16-bit weights",
            where=str(folder / CONFIG),
            remedy="name the base that it was made from",
        )
    if (folder / ADAPTER).exists():
        raise ConfigError(
            "an adapter lies in the base's folder, and would be loaded with it",
            where=str(folder / ADAPTER),
            remedy="merge it into the weights first, or name the base that it was made for",
        )
    return of_config(config, where=str(folder / CONFIG))


def _tokenizer(folder: Path) -> None:
    here = [name for name in TOKENIZERS if (folder / name).is_file()]
    if not here:
        raise InputError("holds no tokenizer.json", where=str(folder), remedy=weights.AGAIN)
    for name in here:
        weights.inside(folder, name)


def _cached(name: str) -> Base | None:
    folder = hub.cached(name, weights=True)
    try:
        return None if folder is None else _local(name, folder)
    except InputError:  # an interrupted download, which fetching mends
        return None


def _downloaded(name: str) -> Base:
    """From the cache, or fetched: the small files first, so that nothing large comes of a base that cannot be used."""
    here = _cached(name)
    if here is not None:
        return here
    _shape(hub.fetch(name, weights=False))
    _room(name)
    return _local(name, hub.fetch(name, weights=True))


def _room(name: str) -> None:
    sizes = hub.weights_bytes(name)
    if sizes is None:
        raise InputError(
            "has no safetensors files, and pickles can run code when they are read",
            where=name,
            remedy="name a base with safetensors files",
        )
    free = disk.free(hub.cache_folder())
    if sizes[0] > free:
        raise HardwareError(
            f"the disk for downloads has {free / 1e9:.1f} GB free, and {sizes[0] / 1e9:.1f} GB are needed",
            where=str(hub.cache_folder()),
            remedy="free some, or name another disk with the variable HF_HOME",
        )


def _known(name: str) -> Base:
    """From the cache, from the hub's small files, or from what is known of the name."""
    here = _cached(name)
    if here is not None:
        return here
    known = KNOWN.get(name)
    try:
        small = hub.fetch(name, weights=False)
        shape, sizes = _shape(small), hub.weights_bytes(name)
    except (InputError, HardwareError) as error:
        if known is None:
            raise
        return Base(
            name, None, known.shape, known.weights_bytes, known.largest_shard_bytes, None, _in_line(error)
        )
    if sizes is None:
        raise InputError("has no safetensors files", where=name, remedy="name a base with safetensors files")
    return Base(name, None, shape, *sizes, small)


def _in_line(error: ProofgateError) -> str:
    return f"{error.what}; {error.remedy}"
