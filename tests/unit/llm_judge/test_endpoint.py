import pytest

from quality.config import judge_url
from quality.errors import ConfigError, EngineUnavailable
from quality.llm_judge import endpoint
from quality.llm_judge.endpoint import KEY, Endpoint, ready


@pytest.mark.parametrize(
    ("url", "local"),
    [
        ("http://127.0.0.1:8080/v1", True),
        ("http://127.9.9.9/v1", True),
        ("http://localhost:11434/v1", True),
        ("http://[::1]:8080/v1", True),
        ("http://127.0.0.1.example.org/v1", False),
        ("http://localhost.example.org/v1", False),
        ("http://10.0.0.7:8080/v1", False),
        ("https://api.example.org/v1", False),
        ("http://0.0.0.0:8080/v1", False),
    ],
)
def test_only_this_machine_is_local(url, local):
    assert Endpoint(url, "small").is_local is local


def test_a_key_does_not_travel_in_the_clear(monkeypatch):
    monkeypatch.setenv(KEY, "sk-secret")
    ready(Endpoint("https://api.example.org/v1", "small"))
    ready(Endpoint("http://127.0.0.1:1/v1", "small"))
    with pytest.raises(ConfigError, match="unencrypted") as caught:
        ready(Endpoint("http://judge.example.org/v1", "small"))
    assert "sk-secret" not in str(caught.value)
    monkeypatch.delenv(KEY)
    ready(Endpoint("http://judge.example.org/v1", "small"))


@pytest.mark.parametrize("value", ["two words", "new\nline", "schlüssel", "a\x7f"])
def test_a_key_that_no_header_can_carry_is_refused_unsaid(monkeypatch, value):
    monkeypatch.setenv(KEY, value)
    with pytest.raises(ConfigError) as caught:
        endpoint.key()
    assert value not in str(caught.value)


def test_the_key_is_in_no_representation_of_the_endpoint(monkeypatch):
    monkeypatch.setenv(KEY, "sk-secret")
    assert "sk-secret" not in repr(Endpoint("https://api.example.org/v1", "small"))


def test_a_missing_extra_is_said_before_anything_is_read(monkeypatch):
    monkeypatch.setattr(endpoint, "find_spec", lambda name: None)
    with pytest.raises(EngineUnavailable) as caught:
        ready(Endpoint("http://127.0.0.1:1/v1", "small"))
    assert "proofgate[judge]" in caught.value.remedy


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080/v1"),
        ("http://127.0.0.1:8080/", "http://127.0.0.1:8080/v1"),
        ("https://api.example.org/v1/", "https://api.example.org/v1"),
        ("https://api.example.org/openai/v1", "https://api.example.org/openai/v1"),
        ("https://api.example.org/v1/chat/completions", "https://api.example.org/v1"),
    ],
)
def test_an_address_is_the_base_of_the_endpoint(text, url):
    assert judge_url(text) == url


@pytest.mark.parametrize(
    "text", ["", "api.example.org", "file:///etc/passwd", "https://user:key@host/v1", "https://host/v1?key=1"]
)
def test_what_is_no_address_or_holds_a_secret_is_refused(text):
    with pytest.raises(ValueError, match="it "):
        judge_url(text)
