"""Where the server listens, and under which names browsers reach it."""

from __future__ import annotations

import errno
import ipaddress
import os
import re
import socket
from collections.abc import Sequence
from dataclasses import dataclass

from quality.errors import ConfigError
from quality.reports.escape import shown_id

LOOPBACK = "127.0.0.1"
_NAME = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?")
_HTTP, _HTTPS = 80, 443


@dataclass(frozen=True, slots=True)
class Address:
    """Where the server listens.

    Attributes:
        host: Of the socket.
        port: Of the socket.
        hosts: What a browser's `Host` may say, lower case; the first is what links begin with.
        tls: Whether browsers come by way of a proxy that speaks TLS with them.
    """

    host: str
    port: int
    hosts: tuple[str, ...]
    tls: bool = False

    @property
    def url(self) -> str:
        """What every link begins with, without a slash at its end."""
        return self.origin(self.hosts[0])

    @property
    def cookie(self) -> str:
        """Name of the session's cookie: browsers do not tell ports apart, two dashboards must."""
        return f"proofgate_{self.port}"

    def origin(self, host: str) -> str:
        """What a browser says as `Origin` when the page came from that `Host`."""
        return f"{'https' if self.tls else 'http'}://{host}"


def listen(named: str | None, port: int, hosts: Sequence[str], behind_tls_proxy: bool) -> tuple[str, int]:
    """The host and port to bind.

    Args:
        named: `HOST:PORT`; None: loopback.
        port: 0 takes a free one.

    Raises:
        ConfigError: It cannot be understood, or it is reachable from elsewhere without the names and TLS that this
            needs.
    """
    if bool(hosts) != behind_tls_proxy:
        raise ConfigError(
            "--host and --behind-tls-proxy are given together: one says under which name browsers reach the proxy, "
            "the other that it speaks TLS with them",
            remedy="give both, or neither",
        )
    for host in hosts:
        if not _NAME.fullmatch(host.lower()):
            raise ConfigError(
                f"--host: {shown_id(host)} is no host name", remedy="such as grades.uni.example"
            )
    if named is None:
        return LOOPBACK, port
    if port:
        raise ConfigError("--port and --listen both name a port", remedy="leave --port out")
    host, port = _split(named)
    if not _is_loopback(host) and not hosts:
        raise ConfigError(
            "other machines could reach the dashboard there, and see what is sent without encryption",
            where=f"--listen {shown_id(named)}",
            remedy="put a proxy with TLS before it and name both: --host NAME --behind-tls-proxy (docs/dashboard.md)",
        )
    return host, port


def bound(host: str, port: int) -> socket.socket:
    """A socket that listens there, for this process alone.

    Raises:
        ConfigError: The port is taken, or cannot be had.
    """
    made = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    try:
        if os.name != "nt":  # there, it would share the port with another program
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((host, port))
        made.listen(128)
    except OSError as error:
        made.close()
        raise _no_port(host, port, error) from None
    return made


def address(made: socket.socket, hosts: Sequence[str], behind_tls_proxy: bool) -> Address:
    """The address of a bound socket."""
    host, port = made.getsockname()[:2]
    if behind_tls_proxy:
        names = [name.lower() for name in hosts]
        with_port = (f"{name}:{_HTTPS}" for name in names if ":" not in name)
        return Address(host, port, (*names, *with_port), tls=True)
    own = [LOOPBACK, "localhost", "[::1]"]
    if host not in (LOOPBACK, "::1"):
        own.insert(0, host)  # 127.0.0.2
    if host == "::1":
        own = ["[::1]", "localhost"]
    bare = own if port == _HTTP else []
    return Address(host, port, (*(f"{name}:{port}" for name in own), *bare))


def _split(named: str) -> tuple[str, int]:
    host, _, port = named.rpartition(":")
    if not host or not port.isascii() or not port.isdigit() or int(port) > 65535:
        raise ConfigError(
            f"--listen: {shown_id(named)} is no HOST:PORT", remedy="such as --listen 0.0.0.0:8501"
        )
    host = host.removeprefix("[").removesuffix("]")
    return (LOOPBACK if host == "localhost" else host), int(port)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False  # a name, which can lead anywhere


def _no_port(host: str, port: int, error: OSError) -> ConfigError:
    where = f"{host}:{port}"
    if error.errno == errno.EADDRINUSE:
        return ConfigError(
            "another program uses the port", where=where, remedy="leave --port out to take a free one"
        )
    if error.errno == errno.EACCES:
        return ConfigError("this user may not use the port", where=where, remedy="take one above 1023")
    return ConfigError(
        f"cannot listen there: {error.strerror}", where=where, remedy="name an address of this machine"
    )
