"""Personal data in a text: e-mail addresses, phone numbers, credentials, card and account numbers, with their places.

What belongs to nobody is left out: the domains and numbers kept for examples and fiction, the placeholders that
writers use in their stead, the mailboxes and service numbers of an organisation. Linear in the text.

Source: RFC 2606 and 6761 (example domains), RFC 2142 (mailboxes of roles), the ranges for drama of NANPA (555-01xx),
Ofcom and ACMA, ISO/IEC 7812 (Luhn), ISO 13616 (IBAN); validity and type of phone numbers by libphonenumber's tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from quality.text.credentials import credentials


class Kind(StrEnum):
    """What sort of personal data it is."""

    EMAIL = "e-mail address"
    PHONE = "phone number"
    SECRET = "secret"  # noqa: S105 - the name of a kind
    ACCOUNT = "card or account number"


@dataclass(frozen=True, slots=True)
class Personal:
    """Personal data at `[start, end)` of a text.

    Attributes:
        name: The kind, closer: `Hugging Face token`.
        shown: What a report may show of it, such as `j…@…` or `hf_…`.
        open: The code points of the text that stay as they are when it is masked, as half-open spans.
    """

    start: int
    end: int
    kind: Kind
    name: str
    shown: str
    open: tuple[tuple[int, int], ...]


_SHORTEST = 6
_DIGITS = re.compile(r"\d{3}[ .-]?\d{4}")
"""What every national phone number, card and account holds; most texts hold none."""


def personal_data(text: str) -> list[Personal]:
    """All of it in order; of two that overlap the one that starts first, then the longer."""
    if len(text) < _SHORTEST:
        return []
    numbers = [*_phones(text), *_accounts(text)] if "+" in text or _DIGITS.search(text) else []
    found = sorted([*_secrets(text), *_addresses(text), *numbers], key=lambda one: (one.start, -one.end))
    kept: list[Personal] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _secrets(text: str) -> Iterator[Personal]:
    for token in credentials(text):
        head = token.start + len(token.prefix)
        yield Personal(
            token.start, token.end, Kind.SECRET, token.name, f"{token.prefix}…", ((token.start, head),)
        )


_ADDRESS = re.compile(
    r"(?<![\w.+%/@-])(?P<local>[\w+%-]{1,64}(?:\.[\w+%-]{1,64}){0,8})@"
    r"(?P<domain>(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,6}(?P<top>[^\W\d_]{2,24}))(?![\w@]|\.\w|-\w)"
)
_BEFORE, _AFTER = 200, 260
_NOBODYS_TOP = frozenset(
    str.split(
        "test example invalid localhost local localdomain internal onion arpa png jpg jpeg gif svg js css py html"
    )
)
_NOBODYS_DOMAIN = re.compile(
    r"(?:.{0,200}\.)?(?:example\d{0,3}|sample|test\d{0,3}|placeholder|dummy|fake|nowhere|foo|bar|foobar|acme"
    r"|(?:your|my|our|the|this|some|any|a|x|company|business|organi[sz]ation|firm|school|university|service|server|web|old"
    r"|new)?[-_]?(?:e?-?mail|domain|company|companyname|business|organi[sz]ation|org|host|site|website|server|address|school"
    r"|university|college|store|shop|firm|agency|provider|workplace|employer)(?:name|address|abc|xyz)?|xyz|abc|abcd|xxx+)"
    r"\.(?:\w{2,10}\.)?\w{2,24}",
    re.IGNORECASE,
)
_NOBODYS_LOCAL = re.compile(
    r"(?:abuse|accounts?|admin|administrator|billing|bookings?|careers?|contact(?:us)?|customer[._-]?(?:care|service|support)"
    r"|do-?not-?reply|enquir(?:y|ies)|events?|feedback|ftp|git|hello|help|helpdesk|hostmaster|hr|info|inquir(?:y|ies)|jobs"
    r"|legal|mail|mailer-daemon|marketing|media|news|newsletter|no-?reply|noc|office|orders?|postmaster|press|privacy|pr|root"
    r"|sales|security|service|subscribe|subscriptions?|support|team|webmaster|www"
    r"|(?:your|my|the)?[._-]?(?:e?-?mail|name|username|user|address|recipient|sender|someone|somebody|customer|client"
    r"|employee|first|firstname|last|lastname|company|account|id|email[._-]?address|person|receiver|from|to)\d{0,4}"
    r"|first[._-]?(?:name)?[._-]?last[._-]?(?:name)?|your[._-]?\w{0,20}|foo|bar|abc|xyz|test\w{0,10}|x+|a|b|you|me)",
    re.IGNORECASE,
)


def _addresses(text: str) -> Iterator[Personal]:
    at, read = text.find("@"), 0
    while at >= 0:
        # Only around an `@` can an address stand; the window is wide enough for the longest.
        match = _ADDRESS.search(text, max(read, at - _BEFORE), at + _AFTER) if at + 1 < len(text) else None
        if match and match.start("domain") <= at + 1 + _AFTER:
            read = match.end()
            if not _is_nobodys(match):
                yield _address(match)
        else:
            read = at + 1
        at = text.find("@", read)


def _address(match: re.Match[str]) -> Personal:
    start, sign = match.start(), match.end("local")
    first = match["local"][:1]
    opened = ((start, start + 1), (sign, sign + 1)) if len(match["local"]) > 1 else ((sign, sign + 1),)
    shown = f"{first}…@…" if len(match["local"]) > 1 else "…@…"
    return Personal(start, match.end(), Kind.EMAIL, Kind.EMAIL.value, shown, opened)


def _is_nobodys(match: re.Match[str]) -> bool:
    return bool(
        match["top"].casefold() in _NOBODYS_TOP
        or _NOBODYS_DOMAIN.fullmatch(match["domain"])
        or _NOBODYS_LOCAL.fullmatch(match["local"])
    )


_PHONE = re.compile(
    r"[+\d(](?<![\w+/.=$€£#%^*-].)(?:(?<=\+)\d(?:[ .()/\-\u2010-\u2013\u00a0]{0,3}\d){7,14}"
    r"|(?<=1)[ .-](?:\(\d{3}\)[ .-]?|\d{3}[ .-])\d{3}[ .-]\d{4}"
    r"|(?:(?<=\d)\d\d[ .-]|(?<=\()\d{3}\)[ .-]?)\d{3}[ .-]\d{4}"
    r"|(?<=\()\+\d{1,3}\) ?\d(?:[ .-]?\d){6,12})(?![\w%]|[.,/-]\d)"
)
_FICTION = re.compile(
    r"\+1\d{3}555\d{4}"
    r"|\+44(?:207946|1\d{2}496|7700900|808157|306999)\d{2,5}"
    r"|\+61(?:[23478](?:5550|7010)\d{4}|4915[67]\d{4})"
    r"|\+33(?:19900|26191|35301|46571|53649|63998)\d{4}"
)
_SEQUENCE = re.compile(r"(\d)\1{5}|123456|234567|345678|456789|567890|987654")
_OF_A_PERSON = (0, 1, 2, 6, 7)
"""libphonenumber's types: fixed line, mobile, either, over the Internet, personal."""


def _phones(text: str) -> Iterator[Personal]:
    for match in _PHONE.finditer(text):
        written = _number(match.group())
        if written:
            start = match.start()
            head = 2 if written[0] in "+(" else 1
            yield Personal(
                start,
                start + len(written),
                Kind.PHONE,
                Kind.PHONE.value,
                f"{written[:head]}…",
                ((start, start + head),),
            )


_LAST_GROUP = re.compile(r"\D+\d+$")
_MAX_TRIMS = 3


def _number(written: str) -> str:
    """The number that is written there, without what follows it (`+1 212 270 6121 1 cup`); "" for none."""
    for _ in range(_MAX_TRIMS):
        if _is_a_persons(written):
            return written
        shorter = _LAST_GROUP.sub("", written)
        if sum(map(str.isdigit, shorter)) < 8:
            break
        written = shorter
    return ""


def _is_a_persons(written: str) -> bool:
    """Whether the number can be a person's, not a service's or fiction's; national ones are read as North American."""
    import phonenumbers  # only texts with something like a number pay for it

    try:
        number = phonenumbers.parse(written, "US")
    except phonenumbers.NumberParseException:
        return False
    if not phonenumbers.is_valid_number(number):
        return False
    full = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    made_up = _FICTION.fullmatch(full) or _SEQUENCE.search(full)
    return not made_up and int(phonenumbers.number_type(number)) in _OF_A_PERSON


_CARD = re.compile(
    r"[2-6]\d{3}(?<![\w.+/-]\d{4})(?<!\d[ -]\d{4})"
    r"(?:([ -])\d{4}\1\d{4}\1\d{4}|(?<=3[47]\d\d)([ -])\d{6}\2\d{5})(?![\w-]|\.\d| \d)"
)
_CARD_IN_ONE = re.compile(r"[2-6]\d{14}(?<![\w.+/-]\d{15})(?:\d|(?<=3[47]\d{13}))(?![\w-]|\.\d)")
_CARD_WORDS = re.compile(r"card|visa|amex|credit|debit|payment|pan\b", re.IGNORECASE)
_IBAN = re.compile(r"[A-Z]{2}\d{2}(?<![\w-].{4})(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![\w-])")
_HANDBOOK = frozenset(
    str.split(
        "4111111111111111 4242424242424242 4012888888881881 4000056655665556 5555555555554444 5105105105105100"
        " 5200828282828210 2223003122003222 378282246310005 371449635398431 378734493671000 6011111111111117"
        " 6011000990139424 3566002020360505 4539578763621486 4532015112830366 GB82WEST12345698765432"
        " DE89370400440532013000 FR1420041010050500013M02606 GB29NWBK60161331926819 NL91ABNA0417164300"
    )
)
"""Numbers of test environments and of handbooks."""


def _accounts(text: str) -> Iterator[Personal]:
    for match in _cards(text):
        digits = re.sub(r"\D", "", match.group())
        if digits not in _HANDBOOK and _luhn(digits) and not _SEQUENCE.search(digits):
            yield _account(match, "payment card number")
    for match in _IBAN.finditer(text):
        plain = match.group().replace(" ", "")
        if 15 <= len(plain) <= 34 and plain not in _HANDBOOK and _mod_97(plain):
            yield _account(match, "bank account number (IBAN)")


def _cards(text: str) -> Iterator[re.Match[str]]:
    """What is written as a card number, or has as many digits and stands after a word for one."""
    yield from _CARD.finditer(text)
    for match in _CARD_IN_ONE.finditer(text):
        if _CARD_WORDS.search(text, max(0, match.start() - 80), match.start()):
            yield match


def _account(match: re.Match[str], name: str) -> Personal:
    start = match.start()
    head = 2 if name.startswith("bank") else 1
    return Personal(
        start, match.end(), Kind.ACCOUNT, name, f"{match.group()[:head]}…", ((start, start + head),)
    )


def _luhn(digits: str) -> bool:
    total = sum(sum(divmod(int(digit) * (1 + place % 2), 10)) for place, digit in enumerate(reversed(digits)))
    return total % 10 == 0 and digits[0] != "0"


def _mod_97(iban: str) -> bool:
    return int("".join(str(int(character, 36)) for character in iban[4:] + iban[:4])) % 97 == 1
