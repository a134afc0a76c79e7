"""Credentials in a text: keys and tokens that their issuers made recognisable, private keys, signed tokens.

A token counts only if what follows its prefix looks drawn at random, so that `hf_your_token_here`, `sk-xxxx…` and
the examples of handbooks are left alone. Linear in the text: a prefix is looked for first, and every repetition is
bounded. A token that white space breaks in two is not recognised.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from math import log2


@dataclass(frozen=True, slots=True)
class Credential:
    """A credential at `[start, end)`, whose it is, and how much of its beginning is public."""

    start: int
    end: int
    name: str
    prefix: str


@dataclass(frozen=True, slots=True)
class _Format:
    """How one issuer writes its tokens: words one of which they hold, and a pattern whose `body` is drawn at random."""

    name: str
    hints: tuple[str, ...]
    pattern: re.Pattern[str]


def _format(name: str, hints: str, pattern: str, *, anywhere: bool = False) -> _Format:
    """`anywhere`: the prefix is so rare that it counts within a word too, where text was run together."""
    before = "" if anywhere else "(?<![A-Za-z0-9_])"
    return _Format(name, tuple(hints.split()), re.compile(rf"{before}(?:{pattern})"))


ASSIGNED = "assigned secret"
"""A long random text that a name before it calls a key, a token or a password."""

FORMATS = (
    _format("Hugging Face token", "hf_", r"(?P<prefix>hf_)(?P<body>[A-Za-z0-9]{30,64})", anywhere=True),
    _format(
        "API key",
        "sk-",
        r"(?P<prefix>sk-(?:ant-[a-z]{2,10}\d\d-|proj-|svcacct-|admin-|or-v1-)?)(?P<body>[\w-]{20,200})",
    ),
    _format(
        "GitHub token",
        "ghp_ gho_ ghu_ ghs_ ghr_ github_pat_",
        r"(?P<prefix>gh[pousr]_|github_pat_)(?P<body>\w{22,255})",
        anywhere=True,
    ),
    _format("GitLab token", "glpat-", r"(?P<prefix>glpat-)(?P<body>[\w-]{20,64})", anywhere=True),
    _format("AWS access key", "AKIA ASIA", r"(?P<prefix>A[KS]IA)(?P<body>[A-Z2-7]{16})(?![A-Za-z0-9])"),
    _format("Google API key", "AIza", r"(?P<prefix>AIza)(?P<body>[\w-]{35})(?![\w-])"),
    _format("Google OAuth secret", "GOCSPX- ya29.", r"(?P<prefix>GOCSPX-|ya29\.)(?P<body>[\w-]{24,255})"),
    _format("Slack token", "xox xapp-", r"(?P<prefix>xox[abeoprs]-|xapp-)(?P<body>[\w-]{20,255})"),
    _format(
        "Slack webhook",
        "hooks.slack.com/services/",
        r"(?P<prefix>hooks\.slack\.com/services/)(?P<body>T\w{6,12}/B\w{6,12}/\w{20,32})",
    ),
    _format("Stripe key", "k_live_", r"(?P<prefix>[rsp]k_live_)(?P<body>[A-Za-z0-9]{20,255})"),
    _format("SendGrid key", "SG.", r"(?P<prefix>SG\.)(?P<body>[\w-]{20,24}\.[\w-]{39,50})"),
    _format("npm token", "npm_", r"(?P<prefix>npm_)(?P<body>[A-Za-z0-9]{36})", anywhere=True),
    _format("PyPI token", "pypi-AgEI", r"(?P<prefix>pypi-AgEI)(?P<body>[\w-]{50,1000})"),
    _format("DigitalOcean token", "_v1_", r"(?P<prefix>do[opr]_v1_)(?P<body>[0-9a-f]{64})"),
    _format("Telegram bot token", ":AA", r"(?P<prefix>\d{8,10}:AA)(?P<body>[\w-]{32,36})(?![\w-])"),
    _format(
        "signed token (JWT)",
        "eyJ",
        r"(?P<prefix>eyJ)(?P<body>[\w-]{10,2000}\.[\w-]{4,8000}\.[\w-]{16,2000})",
    ),
    _format(
        ASSIGNED,
        "secret token api_key api-key apikey access_key access-key accesskey password passwd",
        r"(?i:[a-z0-9]{0,20}[_-]?(?:secret|token|api[_-]?key|access[_-]?key|passw(?:or)?d)(?:[_-]?[a-z]{1,10}){0,3}"
        r"[\"']?\s{0,3}(?::|=>?)\s{0,3}[\"'`]?)(?P<prefix>)(?P<body>[A-Za-z0-9+/_-]{20,200}={0,2})(?![\w(.])",
    ),
)
_KEY = re.compile(
    r"-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----(?P<body>(?:[A-Za-z0-9+/=\s\\:,]|-(?!-)){0,20000}+)"
    r"(?:-----END (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----)?"
)
_BASE64 = re.compile(r"[A-Za-z0-9+/]{40}")
_MADE_UP = re.compile(
    r"x{4}|eyJzdWIiOiIxMjM0NTY3ODkw|\*{3}|\.{3}|your|example|placeholder|sample|dummy|redact|insert|replace|here\b",
    re.IGNORECASE,
)
_FILLED_IN = re.compile(r"your|YOUR|[Ee]xample|EXAMPLE|eyJzdWIiOiIxMjM0NTY3ODkw")
SURELY_DRAWN = 4.3
"""Bits a character from which only the plainest signs of a made-up token count: words written in it have fewer."""
MIN_BITS = 2.5
"""Shannon entropy, bits a character, of what was drawn at random; sixteen random capitals have 3 or so."""
MIN_BITS_ASSIGNED = 3.8
"""The same where only a name before it says that it is secret: words joined by underscores stay below."""


def credentials(text: str) -> Iterator[Credential]:
    """The credentials in the text; they may overlap."""
    folded = text.lower()
    for known in FORMATS:
        if any(hint in (folded if known.name == ASSIGNED else text) for hint in known.hints):
            for match in known.pattern.finditer(text):
                if _is_real(known.name, match):
                    yield Credential(match.start("prefix"), match.end(), known.name, match["prefix"])
    if "PRIVATE KEY" in text:
        for match in _KEY.finditer(text):
            if _BASE64.search(match["body"].replace("\n", "").replace("\\n", "")):
                yield Credential(match.start(), match.end(), "private key", "-----BEGIN ")


def _is_real(name: str, match: re.Match[str]) -> bool:
    body, bits = match["body"], _bits(match["body"])
    if (_FILLED_IN if bits >= SURELY_DRAWN else _MADE_UP).search(body):
        return False
    if name == "signed token (JWT)":
        return _is_jwt(match.group())
    digit, small, capital = (re.search(letters, body) for letters in ("[0-9]", "[a-z]", "[A-Z]"))
    mixed = small is not None and capital is not None
    if name == ASSIGNED:
        return digit is not None and mixed and bits >= MIN_BITS_ASSIGNED
    drawn = digit is not None or (mixed and bits >= SURELY_DRAWN) or name in _LETTERS_MAY_DO
    return bits >= MIN_BITS and drawn


_LETTERS_MAY_DO = ("Hugging Face token", "AWS access key")


def _is_jwt(token: str) -> bool:
    """Whether its first part is a JOSE header: base64url of a JSON object with `alg`."""
    head = token.partition(".")[0]
    try:
        return "alg" in json.loads(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)))
    except (ValueError, binascii.Error, TypeError, RecursionError):
        return False


def _bits(text: str) -> float:
    counts = Counter(text)
    return -sum(n / len(text) * log2(n / len(text)) for n in counts.values())
