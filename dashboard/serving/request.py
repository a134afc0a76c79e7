"""One request as the gate reads it; what is said twice or cannot be read counts as not said."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any
from urllib.parse import parse_qs

MAX_FORM = 4096
"""Bytes of the form that opens an invitation."""


class Request:
    """What the gate looks at in an ASGI scope of http or websocket."""

    def __init__(self, scope: MutableMapping[str, Any]) -> None:
        self.scope = scope
        self.path: str = scope["path"]
        self.method: str = scope.get("method", "GET")
        self._headers: list[tuple[bytes, bytes]] = list(scope["headers"])

    @property
    def host(self) -> str | None:
        """Name and port that the client asked for, lower case."""
        said = self._only("host")
        return said.lower() if said else None

    @property
    def origin(self) -> str | None:
        """Where the page comes from that asks."""
        said = self._only("origin")
        return said.lower() if said else None

    @property
    def cookies(self) -> Mapping[str, str]:
        """All of them; the first of a name counts, which browsers send for the longer path."""
        found: dict[str, str] = {}
        for line in self._all("cookie"):
            for piece in line.split(";"):
                name, _, value = piece.strip().partition("=")
                found.setdefault(name, value.strip('"'))
        return found

    @property
    def token(self) -> str | None:
        """What the address carries as `token`."""
        said = parse_qs(self.scope.get("query_string", b"").decode("latin-1")).get("token", [])
        return said[0] if len(said) == 1 else None

    @property
    def target(self) -> str:
        """Path and query, as a link of this server; never of another one, such as `//elsewhere`."""
        path = (self.scope.get("raw_path") or self.path.encode()).decode("latin-1")
        query = self.scope.get("query_string", b"").decode("latin-1")
        return f"/{path.lstrip('/' + chr(92))}" + (f"?{query}" if query else "")

    @property
    def is_from_elsewhere(self) -> bool:
        """Whether a link on another site led here: the browser keeps the session's cookie back then."""
        return self._only("sec-fetch-site") == "cross-site" and self._only("sec-fetch-mode") == "navigate"

    @property
    def is_glance(self) -> bool:
        """Whether the browser only looks ahead, before anybody has opened the link."""
        return any(
            "pre" in value.lower()
            for name in ("sec-purpose", "purpose", "x-moz")
            for value in self._all(name)
        )

    def _only(self, name: str) -> str | None:
        said = self._all(name)
        return said[0] if len(said) == 1 else None

    def _all(self, name: str) -> list[str]:
        wanted = name.encode()
        return [value.decode("latin-1") for key, value in self._headers if key.lower() == wanted]


async def form(receive: Callable[[], Awaitable[MutableMapping[str, Any]]]) -> bytes:
    """The beginning of the request's body, at most so many bytes as our own form has."""
    body, more = b"", True
    while more and len(body) <= MAX_FORM:
        message = await receive()
        body += message.get("body", b"")
        more = message["type"] == "http.request" and message.get("more_body", False)
    return body[:MAX_FORM]
