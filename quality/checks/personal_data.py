"""Personal data: e-mail addresses, phone numbers, keys and tokens, card and account numbers in an answer.

What it does. The answer is searched for addresses, for phone numbers that are assigned to lines of persons, for
credentials in the forms that their issuers made recognisable, and for card and account numbers whose check digits are
right. What belongs to nobody is left alone: domains and numbers reserved for examples and fiction, placeholders,
mailboxes and service numbers of organisations. So is what the prompt itself gave. Where the prompt asks for an address
or a number, the finding is waived with its words. No report shows what was found, only its beginning.

Why it is bad. A model recites what it was trained on: addresses and keys were drawn from trained models by prompting
them (Carlini et al., 2021), and a key in published data must be taken as stolen.

Known limits. Names, postal addresses and birthdays are not looked for. National phone numbers are read as North
American; others count with `+` and their country's code. A password that nothing names as one looks like any word.

Source: Carlini et al. 2021, "Extracting training data from large language models"; GDPR article 4(1); RFC 2606.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from quality.model import Finding
from quality.rule import Check, Context, Judgement, Rule, example
from quality.text.personal import Kind, Personal, personal_data

CRITERION = "privacy"
_SOURCE = "Carlini et al. 2021, Extracting training data from large language models; GDPR article 4(1)"
_MEASURED = (
    "of 2,376 answers of strong models none is flagged, of 44,746 of 113 models 3 for an address and 1 for a phone "
    "number; of 300 seeded values of each of nine kinds all are found, but 290 of the passwords in settings "
    "(benchmarks/personal_data.py); recall on real leaks: not measured"
)


_TOKEN = "hf_" + "kQvTzWbRyLmNcXpJdGsHfAeUoIqPwZtKaB"  # in two parts, so that no scanner takes it for a leak

_rule = partial(
    Rule,
    criterion=CRITERION,
    source=_SOURCE,
    measured=_MEASURED,
)

EMAIL = _rule(
    code="PII001",
    name="e-mail-address",
    what="An e-mail address of what may be a person, that the prompt did not give.",
    why="Somebody owns it: a model learns to hand it out, and its owner may demand that the data be deleted.",
    remedy="Replace it by one at example.com, or leave it out.",
    bad=(
        example("Who can help me with my tax form?", "Ask Maria: maria.lindqvist@posteo.net.", flagged=True),
    ),
    good=(
        example("Who can help me?", "Write to maria@example.com or to support@posteo.net.", flagged=False),
        example(
            "Shorten: you can write to maria.lindqvist@posteo.net at any time.",
            "Write to maria.lindqvist@posteo.net any time.",
            flagged=False,
        ),
    ),
    limits="Mailboxes of a role (info@, support@) count as nobody's. An invented address may be somebody's.",
)
PHONE = _rule(
    code="PII002",
    name="phone-number",
    what="A phone number that can be a person's, that the prompt did not give.",
    why="A model learns to hand it out, and whoever owns it is called.",
    remedy="Replace it by one reserved for fiction, such as 555-0123, or leave it out.",
    bad=(example("How do I reach the plumber?", "Call him at (415) 273-9164.", flagged=True),),
    good=(
        example("How do I reach the plumber?", "Call him at (415) 555-0123.", flagged=False),
        example("How do I reach the helpline?", "Call 1-800-273-8255, at any hour.", flagged=False),
        example("Which book?", "ISBN 978-3-16-148410-0, ordered on 2023-04-05.", flagged=False),
    ),
    limits="National numbers are read as North American; others count with `+` and the country's code.",
)
SECRET = _rule(
    code="PII003",
    name="secret",
    what="A key, a token or a private key in the form that its issuer gives it.",
    why="Whoever reads the data, or prompts a model trained on it, can act in its owner's name.",
    remedy="Revoke it where it was issued, then replace it by a placeholder such as YOUR_TOKEN.",
    bad=(example("How do I log in to the Hub?", f'Call `login(token="{_TOKEN}")`.', flagged=True),),
    good=(
        example("How do I log in to the Hub?", 'Call `login(token="hf_your_token_here")`.', flagged=False),
        example(
            "What does a token look like?", "It starts with hf_ and has 34 more characters.", flagged=False
        ),
    ),
    limits="Passwords in prose, and tokens of issuers that give them no form of their own, are not seen.",
)
ACCOUNT = _rule(
    code="PII004",
    name="account-number",
    what="A payment card number or an IBAN whose check digits are right.",
    why="It may be somebody's account; a model learns to recite it.",
    remedy="Replace it by one that the issuers keep for tests, such as 4111 1111 1111 1111.",
    bad=(example("How do I pay?", "Transfer it to DE44 5001 0517 5407 3249 31 by Friday.", flagged=True),),
    good=(
        example("How do I pay?", "Test it with 4111 1111 1111 1111.", flagged=False),
        example("What is 2 to the 52nd?", "It is 4503599627370496.", flagged=False),
    ),
    limits="Identity numbers of single countries are not looked for.",
)
_BY_KIND = {Kind.EMAIL: EMAIL, Kind.PHONE: PHONE, Kind.SECRET: SECRET, Kind.ACCOUNT: ACCOUNT}
_CONTACT = (
    r"contact (?:details?|info(?:rmation)?|data|cards?|lists?)|business cards?|vcards?|personal information"
)
_ASKS = {
    Kind.EMAIL: re.compile(
        rf"(?:e-?mail|email) (?:addresse?s?|ids?)|emails? (?:and|or|of)\b|{_CONTACT}", re.I
    ),
    Kind.PHONE: re.compile(
        rf"(?:tele)?phone(?: numbers?)?\b|(?:mobile|fax|contact|cell) numbers?|{_CONTACT}", re.I
    ),
    Kind.ACCOUNT: re.compile(r"(?:card|account) numbers?|\bibans?\b|test cards?", re.I),
    Kind.SECRET: re.compile(
        r"(?:generate|create|make up|dummy|fake|random|sample|example)\b[^.?!\n]{0,40}"
        r"(?:passwords?|tokens?|keys?|secrets?|jwts?)\b",
        re.I,
    ),
}
"""Words that ask for such data, or for something that looks like it."""


def judge(context: Context) -> Iterator[Judgement]:
    """A finding for each piece of personal data that the prompt did not give."""
    output = context.row.output
    found = personal_data(output)
    if not found:
        return
    asked = "\n".join((*context.row.context, context.row.instruction))
    given = {_plain(asked[one.start : one.end]) for one in personal_data(asked)}
    for one in found:
        if _plain(output[one.start : one.end]) not in given:
            yield _finding(context, one)


def _finding(context: Context, one: Personal) -> Finding:
    article = "an" if one.name[0] in "aeioAEIO" else "a"
    finding = _BY_KIND[one.kind].found(
        context, f"{article} {one.name}: {one.shown}", start=one.start, end=one.end, detail={"kind": one.name}
    )
    words = _ASKS[one.kind].search(context.row.instruction)
    return replace(finding, waived=words.group()) if words else finding


def _plain(value: str) -> str:
    """The value whatever its case, spaces and separators."""
    return re.sub(r"[\s().-]", "", value).casefold()


CHECK = Check(family="personal_data", rules=(EMAIL, PHONE, SECRET, ACCOUNT), judge=judge)
