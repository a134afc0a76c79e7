"""One exchange with the judge's server: bytes out, bytes back, or the trouble in our own words.

Bytes go to the host that the user named and nowhere else: no redirect is followed, no proxy and no `.netrc` is taken
from the environment, certificates are verified. Of a server's own words nothing is passed on but an answer of the form
asked for: an error page could hold the key or the texts.
"""

from __future__ import annotations

import threading
import time
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from quality.llm_judge.endpoint import KEY, Endpoint
from quality.llm_judge.replies import seconds_to_wait

if TYPE_CHECKING:
    import httpx2

MAX_ANSWER_BYTES: Final = 1 << 20
CONNECT_S: Final = 10.0

_REFUSED: Final = frozenset({400, 422, 501})
_BUSY: Final = frozenset({408, 425, 429, 500, 502, 503, 504, 529})
_NOT_THERE: Final = frozenset({404, 405, 410})
_NOT_ALLOWED: Final = frozenset({401, 403})


class Kind(Enum):
    """What a trouble concerns."""

    BUSY = auto()
    """This moment: another try may do better."""
    FORM = auto()
    """The request's parameters, or its length."""
    TEXT = auto()
    """This question alone."""
    FINAL = auto()
    """Every question."""


class Trouble(Exception):
    """No answer, and why.

    Attributes:
        status: Of HTTP; 0 where there was none.
        wait_s: What a busy server asks for; None where it does not say.
    """

    def __init__(self, kind: Kind, problem: str, status: int = 0, wait_s: float | None = None) -> None:
        super().__init__(problem)
        self.kind, self.status, self.wait_s = kind, status, wait_s


class Connection:
    """The way to one endpoint. Thread-safe."""

    def __init__(self, endpoint: Endpoint, key: str, timeout_s: float) -> None:
        import httpx2

        self._library, self._host, self._timeout_s = httpx2, endpoint.host, timeout_s
        self._url = f"{endpoint.url}/chat/completions"
        self._reached = False
        self._lock, self._busy, self._closed = threading.Lock(), 0, False
        headers = {
            "Accept": "application/json",
            "Accept-Encoding": "identity",
            "Content-Type": "application/json",
            "User-Agent": "proofgate",
        }
        self._http = httpx2.Client(
            headers=headers | ({"Authorization": f"Bearer {key}"} if key else {}),
            timeout=httpx2.Timeout(timeout_s, connect=min(CONNECT_S, timeout_s), pool=None),
            limits=httpx2.Limits(max_connections=endpoint.jobs),
            follow_redirects=False,
            trust_env=False,
        )

    def close(self) -> None:
        """Takes no more exchanges; the last of those under way lets go of the sockets."""
        with self._lock:
            self._closed = True
        self._let_go()

    def exchange(self, body: bytes) -> bytes:
        """The bytes of a good answer.

        Raises:
            Trouble: There is none.
        """
        with self._lock:
            if self._closed:
                raise Trouble(Kind.FINAL, f"{self._host} is not asked any more")
            self._busy += 1
        try:
            return self._exchanged(body)
        finally:
            with self._lock:
                self._busy -= 1
            self._let_go()

    def _let_go(self) -> None:
        """Closes the sockets when nobody uses them; a pool that is closed under a thread leaks its socket."""
        with self._lock:
            if self._closed and not self._busy:
                self._http.close()

    def _exchanged(self, body: bytes) -> bytes:
        library, host = self._library, self._host
        deadline = time.monotonic() + self._timeout_s
        try:
            with self._http.stream("POST", self._url, content=body) as response:
                self._judge_status(response)
                return self._read(response, deadline)
        except library.ConnectTimeout as error:
            raise self._unreached("no connection in time") from error
        except library.TimeoutException as error:
            raise self._late() from error
        except library.ConnectError as error:
            raise self._unreached(str(error)[:120]) from error
        except (library.HTTPError, library.StreamError) as error:
            raise Trouble(Kind.BUSY, f"{host} broke the connection off") from error

    def _unreached(self, why: str) -> Trouble:
        """Nothing listens there, if nothing ever did; else it may come back."""
        kind = Kind.BUSY if self._reached else Kind.FINAL
        return Trouble(kind, f"{self._host} cannot be reached ({why})")

    def _late(self) -> Trouble:
        return Trouble(Kind.TEXT, f"{self._host} took longer than {self._timeout_s:g} s")

    def _judge_status(self, response: httpx2.Response) -> None:
        """Nothing for a good answer.

        Raises:
            Trouble: What the status means.
        """
        status, said = response.status_code, f"{self._host} answers with HTTP {response.status_code}"
        if status == 200:
            self._reached = True
        elif 300 <= status < 400:
            raise Trouble(Kind.FINAL, f"{said}, a redirect, which is not followed", status)
        elif status in _NOT_ALLOWED:
            raise Trouble(Kind.FINAL, f"{said}: it wants another key in {KEY}", status)
        elif status in _NOT_THERE:
            raise Trouble(Kind.FINAL, f"{said}: it knows no such address or model", status)
        elif status in _BUSY:
            wait_s = seconds_to_wait(response.headers.get("Retry-After", ""))
            raise Trouble(Kind.BUSY, said, status, wait_s)
        else:
            raise Trouble(Kind.FORM if status in _REFUSED else Kind.TEXT, said, status)

    def _read(self, response: httpx2.Response, deadline: float) -> bytes:
        if response.headers.get("Content-Encoding", "identity").lower() != "identity":
            raise Trouble(Kind.TEXT, f"{self._host} sends what was not asked for, a packed answer")
        read = bytearray()
        for chunk in response.iter_raw():
            read += chunk
            if len(read) > MAX_ANSWER_BYTES:
                raise Trouble(Kind.TEXT, f"{self._host} answers with more than {MAX_ANSWER_BYTES:,} bytes")
            if time.monotonic() > deadline:
                raise self._late()
        return bytes(read)
