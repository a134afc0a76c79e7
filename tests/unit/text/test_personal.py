"""What is somebody's is found with its place; what is nobody's is left alone."""

import base64
import json

import pytest

from quality.text.personal import Kind, personal_data

BODY = "kQvTzWbR2LmNcXpJdGsHfA7UoIqPwZtKaB"
HEAD = base64.urlsafe_b64encode(json.dumps({"typ": "JWT", "alg": "RS256"}).encode()).decode().rstrip("=")
KEY = f"-----BEGIN EC PRIVATE KEY-----\n{BODY}{BODY}\n-----END EC PRIVATE KEY-----"

SOMEBODYS = {
    "jane.m.doe@posteo.net": (Kind.EMAIL, "j…@…"),
    "k@posteo.net": (Kind.EMAIL, "…@…"),
    "(415) 273-9164": (Kind.PHONE, "(4…"),
    "1-415-273-9164": (Kind.PHONE, "1…"),
    "415.273.9164": (Kind.PHONE, "4…"),
    "+44 20 7183 8750": (Kind.PHONE, "+4…"),
    "+491715478923": (Kind.PHONE, "+4…"),
    f"hf_{BODY}": (Kind.SECRET, "hf_…"),
    f"sk-{BODY}": (Kind.SECRET, "sk-…"),
    f"sk-ant-api03-{BODY}": (Kind.SECRET, "sk-ant-api03-…"),
    f"ghp_{BODY}7z": (Kind.SECRET, "ghp_…"),
    "AKIAQ3EGRT5KZ7LMWPXN": (Kind.SECRET, "AKIA…"),
    f"xoxb-2847561930-{BODY}": (Kind.SECRET, "xoxb-…"),
    f"{HEAD}.{BODY}.{BODY}": (Kind.SECRET, "eyJ…"),
    KEY: (Kind.SECRET, "-----BEGIN …"),
    "4929 6418 3571 2063": (Kind.ACCOUNT, "4…"),
    "DE44 5001 0517 5407 3249 31": (Kind.ACCOUNT, "DE…"),
}


def luhn(digits):
    return next(digits[:-1] + last for last in "0123456789" if _valid(digits[:-1] + last))


def _valid(digits):
    return sum(sum(divmod(int(d) * (1 + n % 2), 10)) for n, d in enumerate(reversed(digits))) % 10 == 0


@pytest.mark.parametrize("value", SOMEBODYS, ids=lambda value: value[:20])
@pytest.mark.parametrize("around", ["{}", "Use {} now.", "(“{}”)", "a: {}\nb", "`{}`,"])
def test_what_is_somebodys_is_found(value, around):
    kind, shown = SOMEBODYS[value]
    if kind is Kind.ACCOUNT and value[0] == "4":
        digits = luhn(value.replace(" ", ""))
        value = " ".join(digits[at : at + 4] for at in range(0, 16, 4))
    text = around.format(value)
    (found,) = personal_data(text)
    assert (text[found.start : found.end], found.kind, found.shown) == (value, kind, shown)


@pytest.mark.parametrize(
    "text",
    [
        "jane@example.com or jane@mail.example.org",
        "your.name@gmail.com, firstname.lastname@corp.com, user1@corp.com",
        "info@posteo.net, Support@posteo.net, git@github.com:owner/repo.git",
        "jane@company.com, jane@yourdomain.co.uk, jane@email.com",
        "icon@2x.png bootstrap@5.1.3 @someone x@y",
        "555-0123, (415) 555-0123, 415-555-2671, 1-800-273-8255, +44 20 7946 0958, +1 (123) 456-7890",
        "2023-04-05, 10.1000/182, 1,234,567.89, 192.168.100.200, 978-3-16-148410-0, 123-45-6789",
        "3.141592653589793, 0.4242640687119285, 1234567890123456, 4503599627370496",
        "hf_your_token_here hf_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx sk-... sk-your-api-key-goes-in-this-place",
        "AKIAIOSFODNN7EXAMPLE sk-learn sk-your-key-goes-here-1234",
        "api_key = 'your_api_key_here', SECRET_KEY = os.environ['SECRET_KEY']",
        "token = tokenizer.encode_with_special_tokens_and_padding(text)",
        f"eyJub3QiOiJhIGp3dCJ9.{BODY}.{BODY}",
        "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----",
        "-----BEGIN PUBLIC KEY-----\n" + BODY * 3 + "\n-----END PUBLIC KEY-----",
        "4111 1111 1111 1111, 4242-4242-4242-4242, GB82 WEST 1234 5698 7654 32, DE00 5001 0517 5407 3249 31",
        "",
    ],
)
def test_what_is_nobodys_is_left_alone(text):
    assert personal_data(text) == []


def test_a_token_that_text_was_run_together_with_is_found():
    (found,) = personal_data(f"myhf_{BODY}")
    assert (found.start, found.name) == (2, "Hugging Face token")


def test_a_password_is_seen_where_it_is_called_one():
    (found,) = personal_data(f'{{"db_password": "{BODY}"}}')
    assert found.name == "assigned secret"
    assert found.shown == "…"
    assert personal_data(f"The sum is {BODY}") == []


@pytest.mark.parametrize(
    "piece",
    [
        "@",
        "a@",
        "a.",
        "+1",
        "(415",
        "AB12 ",
        "eyJ",
        "-----BEGIN PRIVATE KEY-----",
        "token=",
        "sk-a1-",
        "\u0301@",
    ],
)
def test_a_hostile_text_is_read_to_its_end(piece):
    text = (piece * 100_000)[:100_000]
    assert personal_data(f"{text}\nhf_{BODY}")[-1].name == "Hugging Face token"


@pytest.mark.parametrize(
    "token", ["sk-1234567890abcdef1234567890abcdef", "hf_" + "abcdefghijklmnopqrstuvwxyzABCDEFGH"]
)
def test_a_token_in_alphabetical_order_is_taken_for_one(token):
    assert [one.kind for one in personal_data(f"My token is {token}.")] == [Kind.SECRET]
