"""The organisation's log-in (OpenID Connect), by Streamlit's own routes, and who of its accounts may come in.

Streamlit leads the browser to the provider, checks what comes back and keeps it in a signed cookie. The gate reads that
cookie on every request, so that nobody whom the owner has not named gets anything of the pages.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

from dashboard.serving.address import Address
from quality.errors import ConfigError, InputError

LOG_IN, LOG_OUT, BACK = "/auth/login", "/auth/logout", "/oauth2callback"
LEAST_SECRET = 32
"""Characters of `cookie_secret`: whoever guesses it signs in as anybody."""
_NEEDED = ("redirect_uri", "cookie_secret")
_PROVIDER = ("client_id", "client_secret", "server_metadata_url")
_SHAPE = (
    "[auth] with redirect_uri, cookie_secret, client_id, client_secret and server_metadata_url, and [proofgate] with "
    'allow = ["ada@uni.example", "@staff.uni.example"] (docs/dashboard.md)'
)


@dataclass(frozen=True, slots=True)
class SignOn:
    """A configured log-in.

    Attributes:
        file: The secrets, as Streamlit reads them.
        redirect: Where the provider sends the browser back.
        allowed: E-mail addresses, lower case, or `@` and a domain.
    """

    file: Path
    redirect: str
    allowed: tuple[str, ...]

    @property
    def paths(self) -> frozenset[str]:
        """What whoever is not signed in yet needs of Streamlit."""
        return frozenset({LOG_IN, LOG_OUT, BACK})

    def start(self) -> str:
        """The path that leads to the provider, good for two minutes."""
        from streamlit.user_info import generate_login_redirect_url

        return generate_login_redirect_url("default")

    def name(self, cookies: Mapping[str, str], address: Address) -> str | None:
        """The e-mail address of a signed-in person whom the owner has named; None: of nobody."""
        claims = _claims(cookies, address)
        email = claims.get("email")
        if not isinstance(email, str) or not email.isprintable() or claims.get("email_verified") is False:
            return None
        email = email.strip().lower()
        domain = f"@{email.rpartition('@')[2]}"
        return email if email.count("@") == 1 and {email, domain} & set(self.allowed) else None

    def known_as(self, cookies: Mapping[str, str], address: Address) -> str | None:
        """What the provider calls whoever is signed in, named or not; None: nobody is."""
        claims = _claims(cookies, address)
        said = claims.get("email") or claims.get("sub")
        return None if said is None else str(said)


def read(path: Path, address: Address) -> SignOn:
    """The log-in that the file configures.

    Raises:
        InputError: It cannot be read.
        ConfigError: Something is missing, or anybody with an account there could come in.
    """
    try:
        found: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=str(path)) from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"is no TOML: {error}", where=str(path), remedy=_SHAPE) from None
    auth = _table(found, "auth", path)
    for key in (*_NEEDED, *_PROVIDER):
        if not isinstance(auth.get(key), str) or not auth[key]:
            raise ConfigError(f"[auth] has no {key}", where=str(path), remedy=_SHAPE)
    if len(auth["cookie_secret"]) < LEAST_SECRET:
        raise ConfigError(
            f"cookie_secret has fewer than {LEAST_SECRET} characters",
            where=str(path),
            remedy="make one: python -c 'import secrets; print(secrets.token_hex(32))'",
        )
    _check_redirect(auth["redirect_uri"], path, address)
    _check_library()
    return SignOn(path.absolute(), auth["redirect_uri"], _allowed(_table(found, "proofgate", path), path))


def _table(found: dict[str, Any], name: str, path: Path) -> dict[str, Any]:
    table = found.get(name)
    if not isinstance(table, dict):
        raise ConfigError(f"has no table [{name}]", where=str(path), remedy=_SHAPE)
    return cast("dict[str, Any]", table)


def _allowed(table: dict[str, Any], path: Path) -> tuple[str, ...]:
    given: object = table.get("allow")
    items = cast("list[object]", given) if isinstance(given, list) else []
    allowed = tuple(one.strip().lower() for one in items if isinstance(one, str))
    if (
        not allowed
        or len(allowed) != len(items)
        or any(one.count("@") != 1 or one[-1] == "@" for one in allowed)
    ):
        raise ConfigError(
            "[proofgate] must say in `allow` who may come in: anybody with an account there is too many",
            where=str(path),
            remedy=_SHAPE,
        )
    return allowed


def _check_redirect(uri: str, path: Path, address: Address) -> None:
    parts = urlsplit(uri.replace("{port}", str(address.port)))  # as Streamlit fills it in
    origins = {address.origin(host) for host in address.hosts}
    if f"{parts.scheme}://{parts.netloc}" not in origins or parts.path != BACK:
        raise ConfigError(
            "redirect_uri is no address of this dashboard",
            where=str(path),
            remedy=f"it is {address.url}{BACK} here",
        )


def _check_library() -> None:
    from importlib.util import find_spec

    if find_spec("authlib") is None:
        raise ConfigError(
            "the library for the log-in is not installed", remedy='pip install "proofgate[oidc]"'
        )


def _claims(cookies: Mapping[str, str], address: Address) -> Mapping[str, Any]:
    """What the provider said of whoever is signed in; nothing where the cookie is not signed by this dashboard."""
    from streamlit.auth_util import get_cookie_with_chunks, get_signing_secret
    from streamlit.web.server.starlette import starlette_app_utils as signing
    from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

    def one(name: str) -> bytes | None:
        said = cookies.get(name)
        return None if said is None else signing.decode_signed_value(get_signing_secret(), name, said)

    signed: Any = get_cookie_with_chunks(one, USER_COOKIE_NAME)
    try:
        claims: Any = json.loads(signed) if signed else {}
    except ValueError:
        return {}
    if not isinstance(claims, dict):
        return {}
    found = cast("dict[str, Any]", claims)
    origins = {address.origin(host) for host in address.hosts}
    return found if found.get("is_logged_in") is True and found.get("origin") in origins else {}
