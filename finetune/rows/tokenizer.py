"""A base's tokenizer, read without torch: what a user's text may write, and which tokens only we write."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

from finetune.model import libraries
from quality.errors import InputError

if TYPE_CHECKING:
    import tokenizers

FILE = "tokenizer.json"
CONVERTIBLE = ("tokenizer.model", "vocab.json")
"""What a base has that was published before `tokenizer.json`."""
SETTINGS = ("tokenizer_config.json", "special_tokens_map.json", "generation_config.json", "config.json")
"""Where the special tokens are named, the most telling first."""


@dataclass(frozen=True, slots=True)
class Tokenizer:
    """Text to ids and back; a special token's name written in a text stays text.

    Attributes:
        bos: Id that begins a text; None where the base was trained without one.
        eos: Id that ends a text.
        pad: Id that fills up a batch; masked everywhere, so any will do.
        sha256: Hash of all that decides which ids a text gets.
        specials: Name → id of the tokens that a template may write and a text may not.
    """

    bos: int | None
    eos: int
    pad: int
    sha256: str
    specials: Mapping[str, int]
    _whole: tokenizers.Tokenizer = field(repr=False, compare=False)
    _continued: tokenizers.Tokenizer = field(repr=False, compare=False)
    _reserved: frozenset[int] = field(repr=False, compare=False)

    def encode(self, text: str, *, continued: bool = False) -> list[int]:
        """Ids of the text alone: no BOS, no EOS, and no special token whatever the text says.

        Args:
            continued: The text goes on from another one, so that no blank is put before its first word.
        """
        text = text.encode("utf-8", "replace").decode()  # a lone surrogate has no bytes
        backend = self._continued if continued else self._whole
        encoding = backend.encode(text, add_special_tokens=False)
        if self._reserved.isdisjoint(encoding.ids):
            return encoding.ids
        # unigram and word models know the names of their special tokens as words like any other
        return self._spelled(text, encoding, continued=continued)

    def decode(self, ids: list[int]) -> str:
        """The text of the ids, without special tokens."""
        return self._whole.decode(ids, skip_special_tokens=True)

    def _spelled(self, text: str, encoding: Any, *, continued: bool) -> list[int]:
        """Ids of the text cut within each special token's name, so that none of its parts is one."""
        cuts = [0]
        for token, (start, end) in zip(encoding.ids, encoding.offsets, strict=True):
            if token in self._reserved:
                cuts.append((start + end) // 2)
        cuts.append(len(text))
        parts = [text[start:end] for start, end in pairwise(cuts)]
        if text in parts:  # a name of one character has no parts: it cannot be written at all
            return [token for token in encoding.ids if token not in self._reserved]
        return [
            token
            for at, part in enumerate(parts)
            for token in self.encode(part, continued=continued or at > 0)
        ]


def load(folder: Path) -> Tokenizer:
    """The tokenizer of the base in that folder.

    Raises:
        InputError: There is none, it cannot be read, or it names no token that ends a text.
        HardwareError: The library that reads it is not installed.
    """
    content, backend = _read(folder)
    known = _vocabulary_ids(backend)
    named = _Named(tuple(_settings(folder / name) for name in SETTINGS), known)
    eos = named.id("eos")
    if eos is None:
        raise InputError(
            "the base's tokenizer names no end-of-text token, so a model could not learn where an answer ends",
            where=str(folder),
            remedy=f'name one as "eos_token" in {SETTINGS[0]}, or use another base',
        )
    unk = named.id("unk")
    bos = named.id("bos") if _begins_with_bos(backend, named) else None
    pad = next(one for one in (named.id("pad"), unk, eos) if one is not None)
    specials = {
        token.content: at for at, token in backend.get_added_tokens_decoder().items() if token.special
    }
    for one in {named.id(role) for role in ("bos", "eos", "pad")} - {None}:
        specials[cast(str, backend.id_to_token(cast(int, one)))] = cast(int, one)
    decides = json.dumps([bos, eos, pad, sorted(specials.items())]).encode() + b"\0" + content
    return Tokenizer(
        bos=bos,
        eos=eos,
        pad=pad,
        sha256=hashlib.sha256(decides).hexdigest(),
        specials=MappingProxyType(specials),
        _whole=_prepared(backend.to_str()),
        _continued=_prepared(_without_prefix(backend.to_str())),
        _reserved=frozenset(specials.values()) - {unk},  # any odd letter may be unknown
    )


@dataclass(frozen=True, slots=True)
class _Named:
    """The special tokens that a base's files name."""

    settings: tuple[Mapping[str, Any], ...]
    known: Mapping[str, int]

    def id(self, role: str) -> int | None:
        """Id of the token of that role, `eos` for one; None where no file names a token that there is."""
        for settings in self.settings:
            named: Any = settings.get(f"{role}_token")
            name = cast(dict[str, Any], named).get("content") if isinstance(named, dict) else named
            if isinstance(name, str) and name in self.known:
                return self.known[name]
        ids = set(self.known.values())
        for settings in self.settings:
            given: Any = settings.get(f"{role}_token_id")
            one = next(iter(cast(list[Any], given)), None) if isinstance(given, list) else given
            if isinstance(one, int) and one in ids:
                return one
        return None

    def says(self, key: str) -> bool | None:
        """The switch of that name, where a file has it."""
        return next((s[key] for s in self.settings if isinstance(s.get(key), bool)), None)


def _read(folder: Path) -> tuple[bytes, tokenizers.Tokenizer]:
    """What decides, as bytes, and the tokenizer."""
    try:
        import tokenizers
    except ImportError as error:
        raise libraries.cannot_run(error) from None
    file = folder / FILE
    if not file.is_file():
        return _converted(folder)
    try:
        content = file.read_bytes()
        return content, tokenizers.Tokenizer.from_str(content.decode("utf-8"))
    except Exception as error:  # the library raises a bare Exception for whatever it cannot read
        raise InputError(
            f"cannot be read as a tokenizer: {str(error)[:200]}",
            where=str(file),
            remedy="load the base's files again; this one may be cut short",
        ) from None


def _converted(folder: Path) -> tuple[bytes, tokenizers.Tokenizer]:
    """The tokenizer of a base that has only its older form; takes seconds, for transformers converts it."""
    older = next((folder / name for name in CONVERTIBLE if (folder / name).is_file()), None)
    if older is None:
        raise InputError(
            f"the base has no {FILE}",
            where=str(folder),
            remedy="name a base that comes with its tokenizer; it is never taken from elsewhere",
        )
    try:
        from transformers import AutoTokenizer

        auto = cast(Any, AutoTokenizer)
        found = auto.from_pretrained(str(folder), local_files_only=True, trust_remote_code=False)
        backend = cast("tokenizers.Tokenizer", found.backend_tokenizer)
    except Exception as error:  # a missing converter, a damaged file, a class that is code of the base's own
        raise InputError(
            f"the base has no {FILE}, and its {older.name} cannot be converted: {str(error)[:200]}",
            where=str(folder),
            remedy="`pip install sentencepiece protobuf` may help, or name a base that has the file",
        ) from None
    return backend.to_str().encode(), backend


def _prepared(serialized: str) -> tokenizers.Tokenizer:
    """One that takes every text whole and special tokens' names as text."""
    import tokenizers

    backend = tokenizers.Tokenizer.from_str(serialized)
    backend.no_truncation()  # a file may carry the limits of whoever saved it
    backend.no_padding()
    backend.encode_special_tokens = True
    return backend


def _without_prefix(serialized: str) -> str:
    """The same tokenizer without the blank that many put before a text's first word."""
    settings = json.loads(serialized)
    for key, several in (("normalizer", "normalizers"), ("pre_tokenizer", "pretokenizers")):
        part: dict[str, Any] = settings[key] or {}
        steps: list[dict[str, Any]] = part.get(several, [part])
        for step in steps:
            for setting, off in (("prepend", ""), ("prepend_scheme", "never"), ("add_prefix_space", False)):
                if setting in step:
                    step[setting] = off
    return json.dumps(settings)


def _begins_with_bos(backend: tokenizers.Tokenizer, named: _Named) -> bool:
    """Whether the base was trained with BOS: as its settings say, else as its post-processor does."""
    said = named.says("add_bos_token")
    if said is not None:
        return said
    ids = backend.encode("a", add_special_tokens=True).ids
    return bool(ids) and ids[0] == named.id("bos")


def _vocabulary_ids(backend: tokenizers.Tokenizer) -> dict[str, int]:
    return backend.get_vocab(with_added_tokens=True)


def _settings(file: Path) -> Mapping[str, Any]:
    """The file's settings; none where it is missing.

    Raises:
        InputError: It is there and holds no JSON object.
    """
    try:
        found: object = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError):
        found = None
    if isinstance(found, dict):
        return cast(dict[str, Any], found)
    raise InputError("cannot be read as JSON", where=str(file), remedy="load the base's files again")
