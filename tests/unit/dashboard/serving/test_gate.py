"""The gate before a small application that tells what reached it."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from dashboard.serving import gate as gates
from dashboard.serving.address import Address
from dashboard.serving.gate import Gate
from dashboard.serving.keys import InMemory, Keys
from quality.errors import HardwareError

HOST = "127.0.0.1:8501"
OWN = (b"origin", f"http://{HOST}".encode())


async def echo(scope, receive, send):
    """Answers with the name it was told; keeps a websocket open until the client leaves."""
    told = [value for name, value in scope["headers"] if name == b"x-proofgate-user"]
    if scope["type"] == "http":
        await send(
            {
                "type": "http.response.start",
                "status": 200,
                "headers": [(b"access-control-allow-origin", b"*")],
            }
        )
        await send({"type": "http.response.body", "body": b",".join(told)})
        return
    await receive()
    await send({"type": "websocket.accept"})
    await send({"type": "websocket.send", "bytes": b",".join(told)})
    while (await receive())["type"] != "websocket.disconnect":
        pass


class Places(InMemory):
    """Sessions that a test can take away, or that cannot be read."""

    broken = False

    def session(self, secret):
        if self.broken:
            raise HardwareError("the disk fails")
        return super().session(secret)


@pytest.fixture
def places():
    return Places()


@pytest.fixture
def gate(places):
    return Gate(echo, Address("127.0.0.1", 8501, (HOST,)), Keys(places, "Ada"))


def scope(kind="http", path="/rows", *headers, host=HOST, **more):
    given = [(b"host", host.encode()), *headers]
    return {"type": kind, "path": path, "method": "GET", "query_string": b"", "headers": given, **more}


def signed_in(places, name="Güneş \u2014 Işığı"):
    places.start("s3cret", name, datetime.now(UTC) + timedelta(hours=1))
    return b"cookie", b"other=1; proofgate_8501=s3cret"


def ask(gate, of):
    """The messages of the answer."""
    sent = []

    async def receive():
        return {"type": "http.request", "body": b""}

    async def send(message):
        sent.append(message)

    asyncio.run(gate(of, receive, send))
    return sent


def test_what_passes_carries_the_name_of_the_session_and_no_other(gate, places):
    cookie = signed_in(places)
    forged = (b"X-Proofgate-User", b"Mallory")
    start, body = ask(gate, scope("http", "/rows", cookie, forged))
    assert start["status"] == 200
    assert body["body"] == b"G%C3%BCne%C5%9F%20%E2%80%94%20I%C5%9F%C4%B1%C4%9F%C4%B1"
    assert b"access-control-allow-origin" not in dict(start["headers"])


@pytest.mark.parametrize(
    "headers",
    [
        [(b"cookie", b"proofgate_8501=guess")],
        [(b"cookie", b"proofgate_8502=s3cret")],
        [(b"cookie", b"proofgate_8501=guess; proofgate_8501=s3cret")],
        [(b"authorization", b"s3cret")],
    ],
)
def test_what_is_no_session_passes_nowhere(gate, places, headers):
    signed_in(places)
    assert ask(gate, scope("http", "/rows", *headers))[0]["status"] == 401
    assert ask(gate, scope("websocket", "/_stcore/stream", OWN, *headers)) == [
        {"type": "websocket.close", "code": gates.NO_SESSION}
    ]


def test_two_hosts_are_none(gate, places):
    twice = scope("http", "/", signed_in(places), (b"host", HOST.encode()))
    assert ask(gate, twice)[0]["status"] == 421


def test_an_expired_session_is_none(gate, places):
    places.start("s3cret", "Ada", datetime.now(UTC) - timedelta(seconds=1))
    assert ask(gate, scope("http", "/", (b"cookie", b"proofgate_8501=s3cret")))[0]["status"] == 401


def test_what_cannot_be_looked_up_passes_nowhere(gate, places):
    cookie = signed_in(places)
    places.broken = True
    assert ask(gate, scope("http", "/rows", cookie))[0]["status"] == 503
    assert ask(gate, scope("websocket", "/_stcore/stream", OWN, cookie))[0]["type"] == "websocket.close"


def unreadable(secret):
    raise RuntimeError("a bug")


@pytest.mark.parametrize("fail", [False, True])
def test_a_session_that_is_taken_or_in_doubt_ends_its_open_websocket(gate, places, monkeypatch, fail):
    monkeypatch.setattr(gates, "LOOK_AGAIN_S", 0.01)
    cookie = signed_in(places, "Ada")
    sent = []

    async def receive():
        if sent:
            await asyncio.Event().wait()  # the client says nothing more
        return {"type": "websocket.connect"}

    async def send(message):
        sent.append(message)
        if message["type"] == "websocket.send":
            places._sessions.clear()
            if fail:
                places.session = unreadable

    async def wait():
        await asyncio.wait_for(gate(scope("websocket", "/_stcore/stream", OWN, cookie), receive, send), 10)

    asyncio.run(wait())
    assert [message["type"] for message in sent] == ["websocket.accept", "websocket.send", "websocket.close"]
    assert sent[1]["bytes"] == b"Ada"
    assert sent[2]["code"] == gates.NO_SESSION


@pytest.mark.parametrize("target", ["//evil.example/x", "/\\evil.example"])
def test_a_link_of_another_site_leads_nowhere_else(gate, target):
    from_there = ((b"sec-fetch-site", b"cross-site"), (b"sec-fetch-mode", b"navigate"))
    start, body = ask(gate, scope("http", target, *from_there, raw_path=target.encode()))
    assert start["status"] == 200
    assert b"url=/evil.example" in body["body"]


def test_behind_tls_the_cookie_and_the_browser_stay_there(places):
    keys = Keys(places, "Ada")
    gate = Gate(echo, Address("127.0.0.1", 8501, ("grades.uni.example",), tls=True), keys)
    token = keys.own_token().encode()
    of = scope("http", "/", host="Grades.Uni.Example", query_string=b"token=" + token)
    said = dict(ask(gate, of)[0]["headers"])
    assert said[b"set-cookie"].endswith(b"; Secure")
    assert b"max-age" in said[b"strict-transport-security"]
    assert ask(gate, of)[0]["status"] == 401  # it opened once


def test_what_is_neither_http_nor_websocket_reaches_nothing(gate):
    assert ask(gate, {"type": "webtransport", "path": "/", "headers": []}) == []


def test_a_link_for_another_person_is_not_opened_as_who_is_signed_in(places):
    class Inviting(Places):
        def invitation(self, secret):
            return self.start("invited", "Grace", datetime.now(UTC) + timedelta(hours=1))

    places = Inviting()
    keys = Keys(places, "Ada")
    gate = Gate(echo, Address("127.0.0.1", 8501, (HOST,)), keys)

    def opened(token, cookie):
        of = scope("http", "/", cookie, query_string=f"token={token}".encode())
        start, page = ask(gate, of)
        return start["status"], page["body"], dict(start["headers"]).get(b"set-cookie")

    status, page, cookie = opened("hers", signed_in(places, "Mallory <b>"))
    assert (status, cookie) == (200, None)
    assert b"signed in as <strong>Mallory &lt;b&gt;</strong>" in page
    assert opened("hers", signed_in(places, "Grace"))[0] == 303  # she is in already
    own = keys.own_token()
    status, _, cookie = opened(own, signed_in(places, "Grace"))
    assert status == 303
    assert b"proofgate_8501=" in cookie
