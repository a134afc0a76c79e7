"""Whose port is it? Text is sent to a local server only where the system shows its process listening.

A free port is found before the server binds it, so somebody else may be faster; and after a server has died anybody
may take its port. A connection is trusted when, after it was made, the very process that we started is seen to own
the listening socket: it has owned it ever since the server was ready, so nobody else can have answered.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server is reached.

    Attributes:
        url: With the path's `/v2`, without a slash at the end.
        pid: Of the server that we started; 0 for one that the user named.
        created: When that process began, in seconds since 1970, because numbers are used again.
    """

    url: str
    pid: int = 0
    created: float = 0.0

    def __str__(self) -> str:
        return f"{self.url}#{self.pid}@{self.created!r}" if self.pid else self.url

    @classmethod
    def read(cls, text: str) -> Address:
        """The address that `str` wrote."""
        url, _, owner = text.partition("#")
        if not owner:
            return cls(url)
        pid, _, created = owner.partition("@")
        return cls(url, int(pid), float(created))


def owned(address: Address) -> bool:
    """Whether the process named in a local address listens on its port, on the loopback interface alone."""
    import psutil

    try:
        process = psutil.Process(address.pid)
        if process.create_time() != address.created:
            return False
        sockets = process.net_connections(kind="tcp")
    except psutil.Error:
        return False
    port = urlsplit(address.url).port
    listening = [s.laddr for s in sockets if s.status == psutil.CONN_LISTEN and s.laddr.port == port]
    return bool(listening) and all(place.ip == LOOPBACK for place in listening)
