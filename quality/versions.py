"""What a check's measurements depend on besides the text, as one hash.

A module's source, that of every module of its own package that it imports, the data files beside these, and
the versions of the distributions that they import. Known limits: modules imported by a computed name are not
followed, and a distribution whose name is not its module's counts only through the check's `engine`.
"""

from __future__ import annotations

import ast
import hashlib
import os
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec, resolve_name
from pathlib import Path

from quality.rule import Check


def family_version(check: Check) -> str:
    """SHA-256, in hex, of all that can change what the check measures in a given text.

    Raises:
        EngineUnavailable: The check's engine is not here, so it has no version.
    """
    start = {f.__module__ for f in (check.judge, check.measure) if f is not None}
    modules, libraries = _closure(frozenset(start))
    digest = hashlib.sha256()
    if not start <= modules:  # typed into a notebook: no source to tell one version from the next
        digest.update(os.urandom(32))
    for name in sorted(modules):
        digest.update(f"{name}\0{source_sha256(name)}\n".encode())
    for library in sorted(libraries):
        digest.update(f"{library}\0{_library_version(library)}\n".encode())
    engine = check.engine_version()
    python = f"{sys.implementation.name} {sys.version_info.major}.{sys.version_info.minor}"
    digest.update(f"{check.name}\0{engine}\0{python}\0{unicodedata.unidata_version}".encode())
    return digest.hexdigest()


def modules(start: frozenset[str]) -> frozenset[str]:
    """Those modules and all of their own packages that importing them can import; nothing is imported."""
    return _closure(start)[0]


@cache
def _closure(start: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Of what importing the start imports: the modules of its own packages, the names of the others."""
    own = {name.partition(".")[0] for name in start}
    modules: set[str] = set()
    libraries: set[str] = set()
    waiting = set(start)
    while waiting:
        name = waiting.pop()
        top = name.partition(".")[0]
        if top not in own:
            libraries.add(top)
        elif name not in modules and _file(name) is not None:
            modules.add(name)
            waiting |= _imports(name) | _parents(name)
    return frozenset(modules), frozenset(libraries - sys.stdlib_module_names)


def _parents(name: str) -> set[str]:
    parts = name.split(".")
    return {".".join(parts[:n]) for n in range(1, len(parts))}


@cache
def _file(name: str) -> Path | None:
    """The module's source, found without importing anything; None for `module.name` and for what has no source."""
    top, *rest = name.split(".")
    try:
        spec = find_spec(top)
    except ValueError:  # a module made by hand
        return None
    if spec is None or top == "__main__":
        return None
    if not rest and spec.submodule_search_locations is None:
        return Path(spec.origin) if spec.origin and spec.origin.endswith(".py") else None
    for folder in spec.submodule_search_locations or ():
        path = Path(folder, *rest)
        for file in (path / "__init__.py", path.with_name(f"{path.name}.py")):
            if file.is_file():
                return file
    return None


@cache
def _imports(name: str) -> frozenset[str]:
    """What the module imports, anywhere in it; `from a import b` counts as `a` and `a.b`."""
    path = _file(name)
    assert path is not None
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    return frozenset(_imported(ast.parse(path.read_bytes()), package))


def _imported(tree: ast.Module, package: str) -> Iterator[str]:
    for node in _statements(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = (
                resolve_name("." * node.level + (node.module or ""), package)
                if node.level
                else node.module or ""
            )
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)


def _statements(node: ast.AST) -> Iterator[ast.AST]:
    """All statements in it; several times quicker than `ast.walk`, which visits every expression too."""
    for part in ("body", "orelse", "finalbody", "handlers", "cases"):
        for inner in getattr(node, part, ()):
            yield inner
            yield from _statements(inner)


@cache
def source_sha256(name: str) -> str:
    """SHA-256, in hex, of the module's file and of the files beside it that are no modules, such as word lists."""
    path = _file(name)
    assert path is not None
    beside = [p for p in path.parent.iterdir() if p.is_file() and not p.suffix.startswith(".py")]
    digest = hashlib.sha256()
    for file in (path, *sorted(beside)):
        content = file.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{file.name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


@cache
def _library_version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""
