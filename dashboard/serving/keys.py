"""Who comes in: the owner's link, invitations, and the sessions that come of them.

Two kinds of places keep them: the grade book of a course, so that a restart of the server throws nobody out, and the
memory of this process for a single file.
"""

from __future__ import annotations

import hmac
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from grading.book import access
from grading.book.access import Access
from grading.book.book import Book

SESSION_HOURS = 12
"""How long the owner's session lasts; that of an invitation lasts as long as the invitation."""
TRUSTED_S = 5.0
"""Seconds for which a session counts as known without another look, by whoever asks for Streamlit's own files."""
MOST_REMEMBERED = 1000
TOKEN_BYTES = 32


def token() -> str:
    """A new token or cookie: 256 random bits, safe in a link."""
    return secrets.token_urlsafe(TOKEN_BYTES)


class Places(Protocol):
    """Where sessions and invitations are kept."""

    def session(self, secret: str) -> Access | None:
        """Whose session it is; None: nobody's."""
        ...

    def invitation(self, secret: str) -> Access | None:
        """For whom the invitation is that can still be opened; None: there is none."""
        ...

    def redeem(self, token: str, session: str) -> Access | None:
        """The session that the invitation gives, once."""
        ...

    def start(self, secret: str, name: str, expires: datetime) -> Access | None:
        """Begins a session of that name."""
        ...


@dataclass(frozen=True, slots=True)
class InBook:
    """In the grade book of a course."""

    book: Book

    def session(self, secret: str) -> Access | None:
        """Whose session it is; None: nobody's."""
        with self.book.reading() as db:
            return access.of_session(db, secret)

    def invitation(self, secret: str) -> Access | None:
        """For whom the invitation is that can still be opened; None: there is none."""
        with self.book.reading() as db:
            return access.of_invitation(db, secret)

    def redeem(self, token: str, session: str) -> Access | None:
        """The session that the invitation gives, once."""
        with self.book.writing() as db:
            return access.redeem(db, token, session)

    def start(self, secret: str, name: str, expires: datetime) -> Access | None:
        """Begins a session of that name."""
        with self.book.writing() as db:
            access.start(db, secret, name=name, expires=expires)
            return access.of_session(db, secret)


class InMemory:
    """In this process, which invites nobody."""

    def __init__(self) -> None:
        self._sessions: dict[str, Access] = {}

    def session(self, secret: str) -> Access | None:
        """Whose session it is; None: nobody's."""
        found = self._sessions.get(access.hashed(secret))
        return found if found is not None and found.expires > datetime.now(UTC) else None

    def invitation(self, secret: str) -> Access | None:
        """None."""
        return None

    def redeem(self, token: str, session: str) -> Access | None:
        """None."""
        return None

    def start(self, secret: str, name: str, expires: datetime) -> Access | None:
        """Begins a session of that name."""
        made = Access(access.SESSION, name, datetime.now(UTC), expires, None)
        self._sessions[access.hashed(secret)] = made
        return made


class Keys:
    """What the gate asks. Calls may wait for the grade book: a server's loop makes them in a thread.

    Args:
        owner: Name of whoever started the server.
    """

    def __init__(self, places: Places, owner: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._places = places
        self.owner = owner
        self._clock = clock
        self._lock = threading.Lock()
        self._own: str | None = None
        self._seen: dict[str, tuple[float, str]] = {}

    def own_token(self) -> str:
        """The token of the owner's link, which is good once; the one before is good no more."""
        made = token()
        with self._lock:
            self._own = access.hashed(made)
        return made

    def remembered(self, session: str) -> str | None:
        """The name, where the session was looked up a moment ago."""
        at, name = self._seen.get(access.hashed(session), (float("-inf"), ""))
        return name if self._clock() - at < TRUSTED_S else None

    def name(self, session: str) -> str | None:
        """Whose session it is; None: nobody's.

        Raises:
            ProofgateError: The grade book cannot be read.
        """
        found = self._places.session(session)
        if found is None:
            return None
        if len(self._seen) > MOST_REMEMBERED:
            self._seen.clear()
        self._seen[access.hashed(session)] = (self._clock(), found.name)
        return found.name

    def invited(self, token: str) -> str | None:
        """The name on an invitation that can still be opened.

        Raises:
            ProofgateError: The grade book cannot be read.
        """
        found = self._places.invitation(token)
        return found and found.name

    def enter(self, token: str) -> tuple[str, Access] | None:
        """The new session for the owner's token or an invitation's; None where it is good no more, or never was.

        Raises:
            ProofgateError: The grade book cannot be written.
        """
        session = secrets.token_urlsafe(TOKEN_BYTES)
        if self._is_own(token):
            expires = datetime.now(UTC) + timedelta(hours=SESSION_HOURS)
            found = self._places.start(session, self.owner, expires)
        else:
            found = self._places.redeem(token, session)
        return None if found is None else (session, found)

    def is_own(self, token: str) -> bool:
        """Whether it is the owner's and good."""
        with self._lock:
            return self._matches(token)

    def _is_own(self, token: str) -> bool:
        with self._lock:
            good = self._matches(token)
            if good:
                self._own = None
            return good

    def _matches(self, token: str) -> bool:
        return self._own is not None and hmac.compare_digest(self._own, access.hashed(token))
