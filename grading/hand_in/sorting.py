"""The contents of a hand-in → which of them is the data, which the predictions, which the notebook.

A name is taken where nobody could doubt it: in any folder, in other case, as a browser's second copy, and any
notebook where there is one alone. Between two tables nobody chooses but the group.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import process

from grading.course.model import Files
from grading.hand_in.naming import without_copy_mark
from grading.model import Level, Role, Trouble
from quality.wording import count, listed

_SYSTEM_FOLDERS = frozenset({"__macosx", ".ipynb_checkpoints", "__pycache__", ".git"})
_SYSTEM_FILES = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
_ALIKE = 60
"""Likeness (0..100) from which another name is offered as the one that was meant."""
_AS_NAMED, _OTHER_CASE, _COPY, _ANYTHING = range(4)
"""How a name can be the expected one; what stands first wins."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file of the hand-in.

    Attributes:
        name: As it stands in the hand-in, with its folders.
    """

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Sorted:
    """The files that a hand-in was asked for; one that is missing, or that is there twice, has no place here."""

    files: Mapping[Role, Found]
    troubles: tuple[Trouble, ...]


def sort_out(entries: Mapping[str, bytes], files: Files) -> Sorted:
    """Each role's file, with a trouble for all that is not as it should be.

    Args:
        entries: Name with `/` between folders → content.
    """
    named = [name for name in entries if not is_system(name)]
    candidates = {role: _candidates(named, files.name(role)) for role in Role}
    taken = {name for names in candidates.values() for name in names}
    if not candidates[Role.NOTEBOOK] and (notebook := _only_notebook(named, taken)):
        candidates[Role.NOTEBOOK] = {notebook: _ANYTHING}
        taken.add(notebook)
    extra = [name for name in named if name not in taken]
    found: dict[Role, Found] = {}
    troubles: list[Trouble] = []
    for role, names in candidates.items():
        wanted = files.name(role)
        chosen, said = _chosen(names, entries, wanted) if names else (None, [_missing(role, wanted, extra)])
        troubles += said
        if chosen is not None:
            found[role] = Found(chosen, entries[chosen])
    system = [name for name in entries if is_system(name)]
    return Sorted(found, (*troubles, *_others(extra, system), *_folders(found.values())))


def is_system(name: str) -> bool:
    """Whether an operating system or an editor put the file there, and nobody hands it in."""
    *folders, base = name.casefold().split("/")
    return base in _SYSTEM_FILES or base.startswith("._") or not _SYSTEM_FOLDERS.isdisjoint(folders)


def _base(name: str) -> str:
    return name.rpartition("/")[2]


def _candidates(names: Iterable[str], wanted: str) -> dict[str, int]:
    """The names that can only mean the wanted one → how near they are."""
    ranks = {name: _rank(_base(name), wanted) for name in names}
    return {name: rank for name, rank in ranks.items() if rank is not None}


def _rank(base: str, wanted: str) -> int | None:
    base = unicodedata.normalize("NFC", base)
    if base == wanted:
        return _AS_NAMED
    stem, _, suffix = base.casefold().rpartition(".")
    if base.casefold() == wanted.casefold():
        return _OTHER_CASE
    return _COPY if f"{without_copy_mark(stem).strip()}.{suffix.strip()}" == wanted.casefold() else None


def _chosen(
    candidates: Mapping[str, int], entries: Mapping[str, bytes], wanted: str
) -> tuple[str | None, list[Trouble]]:
    """The one of them that counts; None where several are as near to the name, and differ."""
    best = min(candidates.values())
    first, *others = [name for name, rank in candidates.items() if rank == best]
    if any(entries[other] != entries[first] for other in others):
        what = f"{count(len(others) + 1, 'file')} could be {wanted}, and they differ: {listed([first, *others], 3)}"
        return None, [Trouble("files.doubled", Level.ERROR, what, wanted, "hand in one of them")]
    troubles: list[Trouble] = []
    if len(candidates) > 1:
        rest = [name for name in candidates if name != first]
        what = f"is there more than once; {first} counts, not {listed(rest, 3)}"
        same = all(entries[name] == entries[first] for name in rest)
        level = Level.NOTE if same else Level.WARNING
        troubles.append(Trouble("files.doubled", level, what, wanted, "hand in one of them"))
    if best != _AS_NAMED:
        what = f"is called {_base(first)}"
        level = Level.WARNING if best == _ANYTHING else Level.NOTE
        troubles.append(Trouble("files.name", level, what, wanted, f"call it {wanted}"))
    return first, troubles


def _only_notebook(names: Iterable[str], taken: set[str]) -> str | None:
    """The notebook whatever it is called, where there is one alone."""
    notebooks = [name for name in names if name.casefold().endswith(".ipynb") and name not in taken]
    return notebooks[0] if len(notebooks) == 1 else None


def _missing(role: Role, wanted: str, extra: Sequence[str]) -> Trouble:
    suffix = wanted.rpartition(".")[2].casefold()
    alike = [name for name in extra if name.casefold().endswith(f".{suffix}")]
    near = process.extractOne(wanted, list(map(_base, alike)), score_cutoff=_ALIKE)
    remedy = f"if {near[0]} is meant, call it {wanted}" if near else f"add {wanted}"
    return Trouble("files.missing", Level.ERROR, f"the {role.value} file is missing", wanted, remedy)


def _others(extra: Sequence[str], system: Sequence[str]) -> list[Trouble]:
    troubles: list[Trouble] = []
    inner = [name for name in extra if name.casefold().endswith((".zip", ".rar", ".7z", ".gz"))]
    if inner:
        what = f"holds {count(len(inner), 'archive')} that nobody opens: {listed(inner, 3)}"
        remedy = "put the three files themselves into the zip"
        troubles.append(Trouble("archive.nested", Level.WARNING, what, "", remedy))
    rest = [name for name in extra if name not in inner]
    if rest:
        what = f"holds {count(len(rest), 'file')} that nobody asked for and nothing reads: {listed(rest, 5)}"
        troubles.append(Trouble("files.extra", Level.NOTE, what, "", "leave them out"))
    if system:
        what = f"holds {count(len(system), 'file')} that the operating system added"
        troubles.append(Trouble("files.system", Level.NOTE, what))
    return troubles


def _folders(found: Iterable[Found]) -> list[Trouble]:
    folders = {one.name.rpartition("/")[0] for one in found} - {""}
    if not folders:
        return []
    what = f"the files lie in {count(len(folders), 'folder')}: {listed(sorted(folders), 3)}"
    return [Trouble("files.wrapped", Level.NOTE, what, "", "zip the three files without a folder")]
