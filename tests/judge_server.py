"""A judge's server on this machine: real HTTP, answers that a test decides, a list of what was asked."""

import json
import sys
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Asked:
    """One request."""

    path: str
    headers: dict[str, str]
    body: dict

    @property
    def record(self) -> dict:
        """The record under review, as the request holds it."""
        _, data, _, _ = self.body["messages"][1]["content"].split("\n")
        return json.loads(data)


@dataclass
class Said:
    """One answer; a status of 0 closes the connection without a word."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    delay_s: float = 0.0
    drip_s: float = 0.0


def message(content: str, finish: str = "stop") -> Said:
    choice = {"index": 0, "message": {"role": "assistant", "content": content}, "finish_reason": finish}
    return Said(body=json.dumps({"object": "chat.completion", "choices": [choice]}).encode())


def faults(*listed: tuple[str, str, str]) -> Said:
    """A well-formed answer with these (criterion, quote, why)."""
    keys = ("criterion", "quote", "why")
    return message(json.dumps({"faults": [dict(zip(keys, one, strict=True)) for one in listed]}))


class _Quiet(ThreadingHTTPServer):
    """Says nothing of clients that gave up."""

    def handle_error(self, request, client_address):
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class JudgeServer:
    """Listens on a port of its own until it is closed.

    Attributes:
        answer: From a request to what is said.
        asked: Every request so far.
        most_at_once: How many were under way at the same time, at most.
    """

    def __init__(self):
        self.answer = lambda asked: faults()
        self.asked: list[Asked] = []
        self.most_at_once = self._now = 0
        self._lock = threading.Lock()
        self._server = _Quiet(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        ).start()

    @property
    def port(self) -> int:
        return self._server.server_address[1]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def close(self):
        self._server.shutdown()
        self._server.server_close()

    def _handler(self):
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                asked = Asked(self.path, dict(self.headers), json.loads(body))
                with server._lock:
                    server.asked.append(asked)
                    server._now += 1
                    server.most_at_once = max(server.most_at_once, server._now)
                try:
                    self._say(server.answer(asked))
                except OSError:  # the client gave up
                    self.close_connection = True
                finally:
                    with server._lock:
                        server._now -= 1

            def _say(self, said):
                time.sleep(said.delay_s)
                if not said.status:
                    self.close_connection = True
                    return
                self.send_response(said.status)
                for name, value in {"Content-Length": str(len(said.body)), **said.headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                if not said.drip_s:
                    self.wfile.write(said.body)
                    return
                for at in range(len(said.body)):
                    self.wfile.write(said.body[at : at + 1])
                    self.wfile.flush()
                    time.sleep(said.drip_s)

            def log_message(self, *given):
                pass

        return Handler
