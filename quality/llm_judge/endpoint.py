"""Where the judge is, how much it may be asked, and the key, which lives in the environment alone."""

from __future__ import annotations

import ipaddress
import os
from dataclasses import dataclass
from importlib.util import find_spec
from urllib.parse import urlsplit

from quality.errors import ConfigError, EngineUnavailable

KEY = "PROOFGATE_JUDGE_KEY"
"""The variable of the environment that holds the key."""

BUDGET = 500
"""Answers put to the judge where the user names no number: some cents with a small hosted model."""
JOBS = 4
"""Requests at once where the user names no number."""
MOST_JOBS = 64


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A judge as the user names it.

    Attributes:
        url: Its base, such as `http://127.0.0.1:8080/v1`; `/chat/completions` is asked.
        model: As the server knows it.
        budget: Requests at most; those that the server turns away unread (429, 5xx) are not counted.
        jobs: Requests at once.
    """

    url: str
    model: str
    budget: int = BUDGET
    jobs: int = JOBS

    @property
    def host(self) -> str:
        """Host and port, for messages."""
        return urlsplit(self.url).netloc

    @property
    def is_local(self) -> bool:
        """Whether the address is this machine's own."""
        name = urlsplit(self.url).hostname or ""
        try:
            return ipaddress.ip_address(name).is_loopback
        except ValueError:
            return name == "localhost"


def key() -> str:
    """The key from the environment; "" where there is none.

    Raises:
        ConfigError: It holds what no HTTP header can carry.
    """
    value = os.environ.get(KEY, "").strip()
    if not (value.isascii() and value.isprintable()) or " " in value:
        raise ConfigError("holds a space or a sign that no key has", where=KEY, remedy="set it anew")
    return value


def ready(endpoint: Endpoint) -> None:
    """Nothing, where the judge can be asked; it asks nothing yet.

    Raises:
        EngineUnavailable: The extra is not installed.
        ConfigError: The key would travel in the clear.
    """
    if find_spec("httpx2") is None:
        raise EngineUnavailable(
            "the judge's HTTP client is not installed",
            where="--judge",
            remedy='install the extra: pip install "proofgate[judge]"',
        )
    if key() and not endpoint.is_local and not endpoint.url.startswith("https:"):
        raise ConfigError(
            f"would send {KEY} to {endpoint.host} unencrypted",
            where="--judge",
            remedy="name an https:// address, or unset the key",
        )
