"""LanguageTool, the thorough engine: a Java server on this machine, or one that the user names.

places.py     where Java and the jars are
server.py     a server of our own: started, watched, restarted
keeper.py     the process between us and the server, which ends it when we end
ownership.py  whether a port is our server's
client.py     text → matches over HTTP

The server knows every language whose rules lie in its folder. Its picky level is off. A text is read in pieces of at
most `MAX_PIECE` characters, cut between paragraphs if possible, so that no request is long.
"""

from __future__ import annotations

import atexit
import threading
from dataclasses import dataclass, field, replace
from functools import cache

from quality.engines import Match
from quality.engines.languagetool import places
from quality.engines.languagetool.client import Client
from quality.engines.languagetool.ownership import Address
from quality.engines.languagetool.server import Server
from quality.engines.pieces import pieces
from quality.errors import EngineGone, EngineUnavailable

MAX_PIECE = 3_000
"""Code points of one request. The server is quadratic in rows of brackets, emoji or dots: 4,000 take up to 9 s."""
TRIES = 2


@dataclass(slots=True)
class _Session:
    """This process's server, once it has started one, and the client that its texts go through.

    Attributes:
        told: Whether the parent said where the server is; such a server is the parent's to restart.
        languages: Of that server, once it was asked.
    """

    lock: threading.Lock = field(default_factory=threading.Lock)
    server: Server | None = None
    client: Client | None = None
    told: bool = False
    languages: frozenset[str] | None = None


_session = _Session()


def check(text: str, language: str = "en-US") -> tuple[Match, ...]:
    """Every match in the text, in the order of their spans.

    Args:
        text: Any; what is no Unicode text (a lone surrogate) counts as an unknown character.
        language: As LanguageTool names it: `en-US`, `de-DE`, `fr`.

    Raises:
        EngineUnavailable: Java, the extra or the jars are missing, or the server does not start.
        EngineGone: The server died, or is not the one that was started.
        Unreadable: It refuses the text.
    """
    found: list[Match] = []
    for start, piece in pieces(text, MAX_PIECE):
        for match in _check(piece, language):
            found.append(replace(match, start=match.start + start, end=match.end + start))
    return tuple(found)


def _check(text: str, language: str) -> tuple[Match, ...]:
    for attempt in range(1, TRIES + 1):
        try:
            return _client().check(text, language)
        except EngineGone:
            if _session.told or attempt == TRIES:
                raise
    raise AssertionError  # unreachable: the last attempt returns or raises


def _client() -> Client:
    if _session.told and _session.client is not None:
        return _session.client
    address()
    assert _session.client is not None
    return _session.client


def address(url: str = "") -> str:
    """Where the server is reached: the URL that the user names, or a server of our own, started if need be.

    Raises:
        EngineUnavailable: It cannot be started, or nothing answers at that URL.
    """
    if url:
        return _answering(url)
    with _session.lock:
        if _session.server is None or not _session.server.is_alive():
            _stop()
            _session.server = Server(places.find())
            _session.client = Client(_session.server.address)
        return str(_session.server.address)


def use(where: str) -> None:
    """Has this process ask the server at an address that another process's `address` gave."""
    if _session.client is not None:
        if _session.told and str(_session.client.address) == where:
            return
        _session.client.close()
    _session.client, _session.told, _session.languages = Client(Address.read(where)), True, None


def stop() -> None:
    """Ends this process's own server, if one runs."""
    with _session.lock:
        _stop()


def _stop() -> None:
    if _session.client is not None and not _session.told:
        _session.client.close()
    if _session.server is not None:
        _session.server.stop()
        _session.server = None


atexit.register(stop)


def version(url: str = "") -> str:
    """Name, version and languages, as they enter the cache key; starts nothing.

    Raises:
        EngineUnavailable: It is not here, or nothing answers at that URL.
    """
    if url:
        software, known = _served(url)
    else:
        here = places.find()
        software, known = f"LanguageTool {here.version}", here.languages
    return f"{software} ({', '.join(sorted(known))})"


def languages() -> frozenset[str]:
    """ISO 639 codes of the languages that can be read: by the server that `use` named, else by our own.

    Raises:
        EngineUnavailable: It is not here, or does not answer.
    """
    if _session.told and _session.client is not None:
        if _session.languages is None:
            _session.languages = _session.client.languages()
        return _session.languages
    return places.find().languages


def _answering(url: str) -> str:
    client = Client(Address(url))
    try:
        client.healthy()
    finally:
        client.close()
    return url


@cache
def _served(url: str) -> tuple[str, frozenset[str]]:
    client = Client(Address(url))
    try:
        return client.software(), client.languages()
    except EngineGone as error:
        raise EngineUnavailable(
            error.what,
            where=url,
            remedy="start the server there, or leave the URL out: proofgate starts its own",
        ) from None
    finally:
        client.close()
