"""Where Java and LanguageTool's jars are on this machine, and what is missing.

The jars are looked for in `$LTP_PATH`, then in proofgate's own data folder, where `make languagetool` puts them, then
where language-tool-python downloads them. Nothing is downloaded here.
"""

from __future__ import annotations

import os
import re
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version as installed_version
from importlib.util import find_spec
from pathlib import Path

import platformdirs

from quality.errors import EngineUnavailable

VARIABLE = "LTP_PATH"
VERSION = "6.8"
"""The one that pom.xml gets and language-tool-python 3.4 downloads; others are used as well."""
SERVER_JAR = "languagetool-server.jar"
EXTRA = "pip install 'proofgate[languagetool]'"
LEAST_JAVA = 17

_FOLDER = re.compile(r"LanguageTool-(\d{1,3})\.(\d{1,3})")
_GRAMMAR = re.compile(r"org/languagetool/rules/([a-z]{2,3})/grammar\.xml")


@dataclass(frozen=True, slots=True)
class Installation:
    """LanguageTool as found.

    Attributes:
        languages: ISO 639 codes of the languages that it has rules for.
        source: Who put it there, in words.
    """

    folder: Path
    version: str
    languages: frozenset[str]
    source: str

    @property
    def jar(self) -> Path:
        """What the server is started from; its manifest names the other jars."""
        return self.folder / SERVER_JAR


def own_folder() -> Path:
    """Where `make languagetool` puts the jars."""
    return platformdirs.user_data_path("proofgate", appauthor=False)


def find() -> Installation:
    """The newest LanguageTool of the first place that has one.

    Raises:
        EngineUnavailable: Java, the extra or the jars are missing; with the remedy.
    """
    _need_extra()
    java()
    for place, source in _places():
        found = sorted((folder for folder in _folders(place)), key=_number)
        if found:
            return _installation(found[-1], source)
    raise EngineUnavailable(
        f"LanguageTool's jars are not here (looked in {', '.join(str(place) for place, _ in _places())})",
        where="LanguageTool",
        remedy=f"`make languagetool` gets them from Maven Central, or name a folder that has them in {VARIABLE}",
    )


def java() -> str:
    """The Java that runs the server.

    Raises:
        EngineUnavailable: There is none, or it is too old.
    """
    path = shutil.which("java")
    if path is None:
        raise _no_java("there is no Java on this machine's PATH")
    _need_new_java(path)
    return path


@cache
def _need_new_java(path: str) -> None:
    from language_tool_python.download_lt import confirm_java_compatibility

    try:
        confirm_java_compatibility()
    except Exception as error:  # it raises SystemError, SystemExit and what subprocess raises
        raise _no_java(f"the Java at {path} does not do: {error}") from None


def _no_java(what: str) -> EngineUnavailable:
    return EngineUnavailable(
        what,
        where="LanguageTool",
        remedy=f"install Java {LEAST_JAVA} or newer (Debian: apt-get install openjdk-17-jre-headless)",
    )


def _need_extra() -> None:
    if find_spec("language_tool_python") is None:
        raise EngineUnavailable(
            "the extra `languagetool` is not installed", where="LanguageTool", remedy=EXTRA
        )


def _places() -> Iterator[tuple[Path, str]]:
    named = os.environ.get(VARIABLE)
    if named:
        yield Path(named).expanduser(), f"${VARIABLE}"
    yield own_folder(), "make languagetool"
    yield Path.home() / ".cache" / "language_tool_python", "language-tool-python"


def _folders(place: Path) -> Iterator[Path]:
    for folder in place.glob("LanguageTool-*"):
        if _FOLDER.fullmatch(folder.name) and (folder / SERVER_JAR).is_file():
            yield folder


def _number(folder: Path) -> tuple[int, ...]:
    named = _FOLDER.fullmatch(folder.name)
    assert named is not None
    return tuple(map(int, named.groups()))


@cache
def _installation(folder: Path, source: str) -> Installation:
    version = ".".join(map(str, _number(folder)))
    return Installation(folder, version, frozenset(_languages(folder)), source)


def _languages(folder: Path) -> Iterator[str]:
    """The languages with rules of their own, in the jars or, as the project's own archive has them, in folders."""
    for grammar in folder.glob("org/languagetool/rules/*/grammar.xml"):
        yield grammar.parent.name
    for jar in folder.rglob("language-*.jar"):
        with zipfile.ZipFile(jar) as archive:
            for name in archive.namelist():
                if rules := _GRAMMAR.fullmatch(name):
                    yield rules[1]


def client_version() -> str:
    """Name and version of the library, for `quality engines`."""
    return f"language-tool-python {installed_version('language-tool-python')}"
