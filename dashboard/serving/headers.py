"""What every answer says to the browser: run nothing but our own scripts, ask nobody else, keep nothing."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from functools import cache
from importlib import resources

_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_FIXED = (
    ("x-content-type-options", "nosniff"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("x-frame-options", "DENY"),  # for browsers that do not know frame-ancestors
    (
        "permissions-policy",
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), hid=(), midi=(), "
        "display-capture=(), publickey-credentials-get=(), clipboard-write=(self)",
    ),
)
_HSTS = ("strict-transport-security", "max-age=31536000")
_OF_OURS = frozenset(
    {"content-security-policy", "referrer-policy", "access-control-allow-origin", _HSTS[0]}
    | {name for name, _ in _FIXED}
)
STATIC = "/static/"
"""Streamlit's own files, whose names change with their content."""
Headers = list[tuple[bytes, bytes]]


@cache
def inline_scripts() -> tuple[str, ...]:
    """The hashes of the scripts that stand in Streamlit's page itself, as the policy names them."""
    page = resources.files("streamlit").joinpath("static", "index.html").read_text(encoding="utf-8")
    return tuple(
        f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
        for text in _INLINE.findall(page)
    )


def policy(host: str, *, tls: bool) -> str:
    """The content security policy of the pages that Streamlit serves.

    Args:
        host: As the checked request names it; some browsers want the websocket's address spelled out.
    """
    return "; ".join(
        (
            "default-src 'none'",
            " ".join(("script-src 'self' 'wasm-unsafe-eval'", *inline_scripts())),
            "style-src 'self' 'unsafe-inline'",  # Streamlit styles its elements from scripts
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "media-src 'self' blob:",
            "worker-src 'self' blob:",
            "manifest-src 'self'",
            f"connect-src 'self' {'wss' if tls else 'ws'}://{host}",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


BARE_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
"""Of the gate's own pages, which have no script."""


def secured(
    given: Iterable[tuple[bytes, bytes]], path: str, policy: str, *, tls: bool, referrer: str = "no-referrer"
) -> Headers:
    """The headers of an answer with ours in place of what it said itself."""
    of_ours = _OF_OURS if path.startswith(STATIC) else _OF_OURS | {"cache-control"}
    kept = [(name, value) for name, value in given if name.decode("latin-1").lower() not in of_ours]
    added = [*_FIXED, ("content-security-policy", policy), ("referrer-policy", referrer)]
    if not path.startswith(STATIC):
        added.append(("cache-control", "no-store"))
    if tls:
        added.append(_HSTS)
    return kept + [(name.encode(), value.encode()) for name, value in added]
