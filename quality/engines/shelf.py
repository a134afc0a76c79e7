"""The grammar engines of this machine, in words: `quality engines`."""

from __future__ import annotations

from collections.abc import Iterator

from quality.engines import harper
from quality.engines.languagetool import places
from quality.errors import EngineUnavailable

HARPER = "English; in process, part of this installation; the default"
BOTH = "spelling where both agree, the rest as far as each rule was measured"
WAYS = (
    f"1. {places.EXTRA}, Java {places.LEAST_JAVA} or newer, and Maven; then `make languagetool` in proofgate's source",
    '   (other languages: make languagetool LANGS="en de fr"). It gets the jars from Maven Central, 100 to 250 MB,',
    "   into {own}, where `quality` finds them.",
    f"2. {places.EXTRA} and Java {places.LEAST_JAVA} or newer; then let language-tool-python download them (259 MB):",
    "   python -c 'from language_tool_python.download_lt import download_lt; download_lt()'",
    f"   or set {places.VARIABLE} to a folder that has LanguageTool-{places.VERSION}/{places.SERVER_JAR}.",
    "3. --engine-url URL names a LanguageTool server that runs already; texts are sent to it and nowhere else.",
)


def listing() -> str:
    """One paragraph for each engine, then how to get LanguageTool."""
    return "\n".join((*_harper(), "", *_languagetool(), "", *_both(), "", *_ways())) + "\n"


def _harper() -> Iterator[str]:
    yield f"harper         ready      {harper.version()}"
    yield f"               {HARPER}"


def _languagetool() -> Iterator[str]:
    try:
        here = places.find()
    except EngineUnavailable as missing:
        yield f"languagetool   not ready  {missing.what}"
        yield f"               → {missing.remedy}"
        return
    yield f"languagetool   ready      LanguageTool {here.version}, {places.client_version()}"
    yield f"               languages: {', '.join(sorted(here.languages))}"
    yield f"               jars: {here.folder} ({here.source})"
    yield f"               Java: {places.java()}"


def _both() -> Iterator[str]:
    state = "ready" if _is_ready() else "not ready"
    yield f"both           {state:<9}  harper and languagetool together"
    yield f"               {BOTH}"


def _is_ready() -> bool:
    try:
        places.find()
    except EngineUnavailable:
        return False
    return True


def _ways() -> Iterator[str]:
    yield "How to get LanguageTool:"
    yield from (way.format(own=places.own_folder()) for way in WAYS)
