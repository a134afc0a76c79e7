"""The client against a real server on this machine: whatever that says, the client ends, and says why in own words."""

import gzip
import json
import socket
import threading
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from quality.llm_judge import framing
from quality.llm_judge.client import Client, Patience
from quality.llm_judge.endpoint import Endpoint
from quality.llm_judge.replies import seconds_to_wait
from quality.llm_judge.verdicts import Fault
from tests.judge_server import JudgeServer, Said, faults, message
from tests.patience import ended, until

RECORD = framing.record(((), "Name a colour.", "Blue."))
QUICK = Patience(timeout_s=5, tries=3, first_wait_s=0.01, longest_wait_s=0.2)
KEY = "sk-very-secret-123"


@pytest.fixture
def server():
    server = JudgeServer()
    yield server
    server.close()


@pytest.fixture
def client(server):
    client = Client(Endpoint(server.url, "small"), KEY, "the task", QUICK)
    yield client
    client.close()


def in_turn(*answers):
    """Answers one after another, the last one for good."""
    left = list(answers)
    return lambda asked: left.pop(0) if len(left) > 1 else left[0]


def test_a_question_holds_the_model_the_task_and_a_strict_schema(server, client):
    server.answer = lambda asked: faults(("tone", "Blue", "It is curt."))
    reply = client.settle(RECORD)
    assert reply.faults == (Fault("tone", "Blue", "It is curt."),)
    (asked,) = server.asked
    assert asked.path == "/v1/chat/completions"
    assert asked.headers["Authorization"] == f"Bearer {KEY}"
    assert asked.body["model"] == "small"
    assert asked.body["temperature"] == 0
    assert isinstance(asked.body["seed"], int)
    assert [m["role"] for m in asked.body["messages"]] == ["system", "user"]
    assert asked.body["messages"][0]["content"] == "the task"
    assert asked.body["response_format"]["json_schema"]["strict"] is True


def test_without_a_key_none_is_sent(server):
    client = Client(Endpoint(server.url, "small"), "", "the task", QUICK)
    assert client.settle(RECORD).faults == ()
    client.close()
    assert "Authorization" not in server.asked[0].headers


@pytest.mark.parametrize("status", [400, 422, 500])
@pytest.mark.parametrize("takes", ["json_object", "nothing", "no temperature"])
def test_a_server_that_refuses_a_parameter_is_asked_in_another_form(server, client, status, takes):
    def answer(asked):
        form = asked.body.get("response_format", {}).get("type")
        if takes == "json_object":
            fits = form == "json_object"
        elif takes == "nothing":
            fits = form is None
        else:
            fits = "temperature" not in asked.body
        return faults() if fits else Said(status)

    server.answer = answer
    assert client.settle(RECORD).faults == ()
    before = len(server.asked)
    assert client.ask(RECORD).faults == ()
    assert len(server.asked) == before + 1, "the form is settled once"


def test_a_server_that_refuses_every_form_is_not_asked_for_ever(server, client):
    server.answer = lambda asked: Said(400)
    reply = client.settle(RECORD)
    assert reply.faults is None
    assert not reply.final, "it may be this text alone"
    assert "HTTP 400" in reply.problem
    assert len(server.asked) == 5


def test_a_busy_server_is_waited_for(server, client):
    server.answer = in_turn(Said(429, headers={"Retry-After": "0"}), Said(503), faults())
    assert client.settle(RECORD).faults == ()
    assert len(server.asked) == 3


def test_a_server_that_stays_busy_is_left_after_a_few_tries(server, client):
    server.answer = lambda asked: Said(503)
    reply = client.ask(RECORD)
    assert reply.problem.endswith("answers with HTTP 503")
    assert len(server.asked) == QUICK.tries


def test_a_server_that_wants_an_hour_is_not_waited_for(server, client):
    server.answer = lambda asked: Said(429, headers={"Retry-After": "3600"})
    assert "wants to be left alone" in ended(lambda: client.ask(RECORD)).problem
    assert len(server.asked) == 1


def test_what_one_question_is_told_to_wait_all_wait(server):
    client = Client(Endpoint(server.url, "small"), "", "the task", Patience(longest_wait_s=5))
    came, answers = [], in_turn(Said(429, headers={"Retry-After": "1"}), faults())

    def answer(asked):
        came.append(time.monotonic())
        return answers(asked)

    server.answer = answer
    first = threading.Thread(target=client.ask, args=(RECORD,))
    first.start()
    until(lambda: server.asked)
    until(lambda: client._pause_until)
    pause_until = client._pause_until
    assert client.ask(RECORD).faults == ()
    first.join()
    client.close()
    assert len(came) == 3
    assert all(moment >= pause_until - 0.01 for moment in came[1:])


@pytest.mark.parametrize(
    ("status", "word"),
    [(401, "key"), (403, "key"), (404, "no such address or model"), (405, "no such address")],
)
def test_what_no_other_question_can_change_is_final(server, client, status, word):
    server.answer = lambda asked: Said(status, body=b"incorrect key sk-very-secret-123")
    reply = client.settle(RECORD)
    assert reply.final
    assert word in reply.problem
    assert KEY not in reply.problem
    assert len(server.asked) == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_to_another_host_is_not_followed(server, client, status):
    other = JudgeServer()
    server.answer = lambda asked: Said(status, headers={"Location": f"{other.url}/chat/completions"})
    reply = client.settle(RECORD)
    other.close()
    assert reply.final
    assert "redirect" in reply.problem
    assert str(other.port) not in reply.problem
    assert other.asked == []


def test_nobody_there_is_final_at_once(server):
    server.close()
    client = Client(Endpoint(server.url, "small"), "", "the task", Patience(first_wait_s=3_600))
    reply = ended(lambda: client.settle(RECORD))
    client.close()
    assert reply.final
    assert f"127.0.0.1:{server.port} cannot be reached" in reply.problem


def test_a_connection_that_breaks_is_tried_again(server, client):
    server.answer = in_turn(Said(0), faults())
    assert client.settle(RECORD).faults == ()
    server.answer = lambda asked: Said(0)
    assert "broke the connection off" in client.ask(RECORD).problem


@pytest.mark.parametrize("said", [Said(delay_s=600), Said(body=b" " * 6_000, drip_s=0.1)])
def test_a_slow_answer_is_given_up(server, said):
    server.answer = lambda asked: said
    client = Client(Endpoint(server.url, "small"), "", "the task", Patience(timeout_s=0.5))
    reply = ended(lambda: client.settle(RECORD))
    client.close()
    assert "took longer than 0.5 s" in reply.problem
    assert len(server.asked) == 1


def test_a_huge_answer_is_not_read_to_its_end(server, client):
    server.answer = lambda asked: Said(body=b" " * (8 << 20))
    assert "more than 1,048,576 bytes" in client.settle(RECORD).problem


def test_a_packed_answer_is_not_unpacked(server, client):
    bomb = gzip.compress(b" " * (50 << 20))
    server.answer = lambda asked: Said(body=bomb, headers={"Content-Encoding": "gzip"})
    assert "packed" in client.settle(RECORD).problem
    assert server.asked[0].headers["Accept-Encoding"] == "identity"


@pytest.mark.parametrize(
    "said",
    [
        Said(body=b""),
        Said(body=b"<html>It works!</html>"),
        Said(body=b"[" * 100_000),
        Said(body=b'{"choices": []}'),
        Said(body=b'{"choices": [{"message": {"content": null, "refusal": "no"}}]}'),
        Said(body=b'\xff\xfe{"choices": 3}'),
        message("The answer is correct. 100 points."),
        message('{"verdict": "correct", "score": 100}'),
        message('{"faults": "none"}'),
        message('{"faults": [{"criterion": "score", "quote": "", "why": "100"}]}'),
        message('{"faults": [{"criterion": "tone"}]}'),
        message('{"faults": [' + '{"a":' * 5000),
        message('{"faults": []}', finish="length"),
        message('{"faults": [], "n": ' + "9" * 100_000 + "}"),
    ],
)
def test_what_is_not_of_the_form_is_garbled(server, client, said):
    server.answer = lambda asked: said
    reply = client.settle(RECORD)
    assert (reply.faults, reply.garbled, reply.final) == (None, True, False)
    assert "answers, but its answer" in reply.problem or "answers, but a fault" in reply.problem
    assert len(server.asked) == 1


def test_a_second_attempt_has_another_seed(server, client):
    client.settle(RECORD)
    client.ask(RECORD, 1)
    first, second = (asked.body for asked in server.asked)
    assert first["seed"] != second["seed"]
    assert {**first, "seed": 0} == {**second, "seed": 0}


def test_a_server_that_says_the_key_is_not_quoted(server, client):
    server.answer = lambda asked: faults(("tone", "", f"Your key is {KEY}."))
    assert client.settle(RECORD).faults == (Fault("tone", "", "Your key is [key]."),)


def test_no_proxy_of_the_environment_gets_the_texts(server, monkeypatch):
    proxy = JudgeServer()
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
    monkeypatch.setenv("no_proxy", "")
    client = Client(Endpoint(server.url, "small"), "", "the task", QUICK)
    assert client.settle(RECORD).faults == ()
    client.close()
    proxy.close()
    assert proxy.asked == []
    assert len(server.asked) == 1


def test_close_breaks_a_wait_off(server):
    client = Client(Endpoint(server.url, "small"), "", "the task", Patience(first_wait_s=3_600))
    server.answer = lambda asked: Said(503)
    threading.Thread(target=lambda: (until(lambda: server.asked), client.close())).start()
    assert ended(lambda: client.ask(RECORD)).final


def test_a_server_that_speaks_no_http_is_a_broken_connection():
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def babble():
            for _ in range(QUICK.tries):
                peer, _ = listener.accept()
                peer.recv(65536)
                peer.sendall(b"HELO sk-very-secret-123\r\n\r\n")
                peer.close()

        thread = threading.Thread(target=babble, daemon=True)
        thread.start()
        port = listener.getsockname()[1]
        client = Client(Endpoint(f"http://127.0.0.1:{port}/v1", "small"), KEY, "the task", QUICK)
        reply = client.settle(RECORD)
        client.close()
        thread.join(5)
    assert "broke the connection off" in reply.problem
    assert KEY not in json.dumps(reply.problem)


def test_retry_after_is_a_number_or_a_date():
    assert seconds_to_wait("7") == 7
    assert seconds_to_wait("-7") == 0
    assert seconds_to_wait("") is None
    assert seconds_to_wait("inf") is None
    assert seconds_to_wait("soon") is None
    later = datetime.now(UTC) + timedelta(days=2)
    assert 86_400 < seconds_to_wait(format_datetime(later, usegmt=True)) <= 2 * 86_400
    assert seconds_to_wait("Mon, 01 Jan 2001 00:00:00 GMT") == 0
