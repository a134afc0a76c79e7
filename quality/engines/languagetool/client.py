"""Text → matches over HTTP, one connection a thread.

`http.client` knows neither proxies nor redirects, so text goes to the address and nowhere else; a connection to a
server of our own is used only once the port's owner is seen. language-tool-python's client does neither, counts
offsets wrongly in texts with lone surrogates and keeps its last text for all threads; so only its jars are used.
"""

from __future__ import annotations

import http.client
import json
import re
import threading
from bisect import bisect_left
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from quality.engines import Match, Unreadable
from quality.engines.languagetool.ownership import Address, owned
from quality.errors import EngineGone

TIMEOUT_S: Final = 110.0
"""For one answer; our own server gives up on a text somewhat sooner."""
MAX_ANSWER_BYTES: Final = 64 << 20
MAX_SUGGESTIONS: Final = 3
MAX_REASON: Final = 200
UNUSED: Final = (
    "STYLE,REDUNDANCY,TYPOGRAPHY,CAT_TYPOGRAPHIE,ACCURATE_TYPOGRAPHY,REPETITIONS_STYLE,PLAIN_ENGLISH,CREATIVE_WRITING"
    ",TON_ACADEMIC,COLLOQUIALISMS,GENDER_NEUTRALITY,WIKIPEDIA"
)
"""Categories of taste, whose matches nobody here would report; without them the server needs 7 to 25% less time."""

_SURROGATE = re.compile(r"[\ud800-\udfff]")


class Client:
    """Asks one server. Thread-safe: each thread has a connection of its own."""

    def __init__(self, address: Address, timeout_s: float = TIMEOUT_S) -> None:
        self.address = address
        self.timeout_s = timeout_s
        self._place = urlsplit(address.url)
        self._own = threading.local()
        self._open: set[http.client.HTTPConnection] = set()

    def check(self, text: str, language: str) -> tuple[Match, ...]:
        """Every match in the text, in the order of their spans.

        Raises:
            EngineGone: The server does not answer, or is not the one that we started.
            Unreadable: It refuses the text.
        """
        sent = {
            "language": language,
            "text": _encodable(text),
            "level": "default",
            "disabledCategories": UNUSED,
        }
        status, answer = self._exchange("POST", "/check", urlencode(sent).encode("ascii"))
        if status != http.client.OK:
            said = answer[:MAX_REASON].decode("utf-8", "replace").strip()
            passing = status in (426, 429) or status >= 500  # too many requests, too busy, too slow
            raise Unreadable(f"LanguageTool refuses it ({status}): {said}", passing=passing)
        with self._expecting_languagetool():
            return matches_of(json.loads(answer), text)

    def software(self) -> str:
        """Name and version of the server.

        Raises:
            EngineGone: It does not answer, or is no LanguageTool.
        """
        with self._expecting_languagetool():
            about = json.loads(self._exchange("GET", "/info")[1])["software"]
            return f"{about['name']} {about['version']}"

    def languages(self) -> frozenset[str]:
        """ISO 639 codes of the languages that the server knows.

        Raises:
            EngineGone: It does not answer, or is no LanguageTool.
        """
        with self._expecting_languagetool():
            listed = json.loads(self._exchange("GET", "/languages")[1])
            return frozenset(str(one["code"]).partition("-")[0] for one in listed)

    def healthy(self) -> bool:
        """Whether it answers."""
        return self._exchange("GET", "/healthcheck")[0] == http.client.OK

    def close(self) -> None:
        """Lets go of the connections of all threads."""
        for connection in tuple(self._open):
            connection.close()
        self._open.clear()
        self._own = threading.local()

    def _hang_up(self) -> None:
        """Lets go of this thread's connection."""
        connection: http.client.HTTPConnection | None = self._own.__dict__.pop("connection", None)
        if connection is not None:
            connection.close()
            self._open.discard(connection)

    @contextmanager
    def _expecting_languagetool(self) -> Generator[None]:
        """Whoever answers in another form is somebody else."""
        try:
            yield
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise EngineGone("what answers is no LanguageTool", where=self.address.url) from None

    def _exchange(self, method: str, path: str, body: bytes | None = None) -> tuple[int, bytes]:
        """Status and body of the answer. A connection that the server closed meanwhile is made anew, once."""
        kept = "connection" in self._own.__dict__
        try:
            return self._once(method, path, body)
        except TimeoutError:
            self._hang_up()
            raise Unreadable(f"LanguageTool took longer than {self.timeout_s:g} s", passing=True) from None
        except (OSError, http.client.HTTPException) as error:
            self._hang_up()
            if not kept:
                raise EngineGone(f"the server does not answer: {error}", where=self.address.url) from None
        return self._exchange(method, path, body)

    def _once(self, method: str, path: str, body: bytes | None) -> tuple[int, bytes]:
        connection = self._connected()
        headers = {"Content-Type": "application/x-www-form-urlencoded"} if body is not None else {}
        connection.request(method, self._place.path + path, body=body, headers=headers)
        response = connection.getresponse()
        answer = response.read(MAX_ANSWER_BYTES + 1)
        if len(answer) > MAX_ANSWER_BYTES:
            self._hang_up()
            raise Unreadable(f"LanguageTool's answer is longer than {MAX_ANSWER_BYTES >> 20} MB")
        return response.status, answer

    def _connected(self) -> http.client.HTTPConnection:
        """This thread's connection; a new one only where the port's owner is the server that we started."""
        connection: http.client.HTTPConnection | None = self._own.__dict__.get("connection")
        if connection is not None:
            return connection
        secure = self._place.scheme == "https"
        kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
        connection = kind(self._place.hostname or "", self._place.port, timeout=self.timeout_s)
        connection.connect()
        if self.address.pid and not owned(self.address):
            connection.close()
            raise EngineGone("the port belongs to another process", where=self.address.url)
        self._own.connection = connection
        self._open.add(connection)
        return connection


def _encodable(text: str) -> str:
    """The text with U+FFFD for lone surrogates, which no encoding has; as long in UTF-16 units."""
    return _SURROGATE.sub("\ufffd", text)


def matches_of(answer: Any, text: str) -> tuple[Match, ...]:
    """The server's matches as ours: its UTF-16 offsets as code points.

    Raises:
        Unreadable: It gave up in the middle of the text.
    """
    if answer.get("warnings", {}).get("incompleteResults"):
        raise Unreadable("LanguageTool gave up in the middle of the text", passing=True)
    wide = [unit for unit, character in _units(text) if character > "\uffff"]
    matches = [_match(one, wide) for one in answer["matches"]]
    return tuple(sorted(matches, key=lambda match: (match.start, match.end, match.rule)))


def _units(text: str) -> Iterator[tuple[int, str]]:
    """Each character of a text that has wide ones, with its place in UTF-16 units."""
    if not text.isascii():
        unit = 0
        for character in text:
            yield unit, character
            unit += 2 if character > "\uffff" else 1


def _match(one: Mapping[str, Any], wide: Sequence[int]) -> Match:
    rule, start, end = one["rule"], one["offset"], one["offset"] + one["length"]
    return Match(
        start=start - bisect_left(wide, start),
        end=end - bisect_left(wide, end),
        kind=rule["category"]["id"],
        rule=rule["id"],
        message=one["message"],
        suggestions=tuple(each["value"] for each in one["replacements"][:MAX_SUGGESTIONS]),
    )
