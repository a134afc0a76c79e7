"""A hub on this machine that answers as the real one does: its paths, status codes and headers, over HTTP."""

import hashlib
import json
import threading
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

COMMIT = "0123456789abcdef0123456789abcdef01234567"
GATED = "Access to model is restricted. You must have access to it and be authenticated to access it."


NARROW = "Please enable access to public gated repositories in your fine-grained token settings."


class Hub:
    """What is asked of it, and where it listens.

    Attributes:
        seen: (method, path, authorization) of each question.
    """

    def __init__(self, models: dict[str, Path]) -> None:
        self.models = models
        self.seen: list[tuple[str, str, str | None]] = []
        self.url = ""


@contextmanager
def serve(models: dict[str, Path]) -> Generator[Hub]:
    """A hub that has these models.

    The owner decides how it answers: `meta-llama` is gated, `forbidden` too although a token is sent, for `narrow` the
    token may not read gated models, `token` rejects it, `broken` fails, and what `huge` has is larger than any disk.
    """
    hub = Hub(models)
    server = _Server(("127.0.0.1", 0), _Handler)
    server.hub = hub
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    hub.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield hub
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Server(ThreadingHTTPServer):
    hub: Hub


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def log_message(self, *arguments: object) -> None:
        """Says nothing."""

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        path = self.path.partition("?")[0]
        self.server.hub.seen.append((self.command, self.path, self.headers.get("Authorization")))
        name = "/".join(path.removeprefix("/api/models/").strip("/").split("/")[:2])
        if name.startswith("broken/"):
            self._send(500, b"{}")
        elif name.startswith("narrow/"):
            self._send(403, b"{}", {"X-Error-Message": NARROW})
        elif name.startswith("token/"):
            self._send(401, b"{}", {"X-Error-Message": "Invalid credentials in Authorization header"})
        elif name not in self.server.hub.models:
            # as the hub does for names that do not exist, so that private ones cannot be guessed
            said = {"X-Error-Code": "RepoNotFound", "X-Error-Message": "Repository not found"}
            self._send(401, b"{}", said)
        elif path.startswith("/api/models/"):
            self._api(name, path)
        else:
            self._file(name, path)

    def _api(self, name: str, path: str) -> None:
        files = sorted(self.server.hub.models[name].iterdir())
        if "/tree/" in path:
            self._json([_entry(file) for file in files])
        else:
            times = 10**12 if name.startswith("huge/") else 1
            siblings = [{"rfilename": file.name, "size": file.stat().st_size * times} for file in files]
            self._json({"id": name, "sha": COMMIT, "siblings": siblings})

    def _file(self, name: str, path: str) -> None:
        file = self.server.hub.models[name] / path.rpartition("/")[2]
        if name.startswith(("meta-llama/", "forbidden/")):
            code = 403 if name.startswith("forbidden/") else 401
            self._send(code, b"", {"X-Error-Code": "GatedRepo", "X-Error-Message": GATED})
        elif not file.is_file():
            self._send(404, b"", {"X-Error-Code": "EntryNotFound"})
        else:
            content = file.read_bytes()
            digest = hashlib.sha256(content).hexdigest()
            headers = {"X-Repo-Commit": COMMIT, "ETag": f'"{digest}"', "Accept-Ranges": "bytes"}
            self._send(200, content, headers)

    def _json(self, value: object) -> None:
        self._send(200, json.dumps(value).encode(), {"Content-Type": "application/json"})

    def _send(self, code: int, content: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(code)
        for key, value in (headers or {}).items():
            self.send_header(key, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(content)


def _entry(file: Path) -> dict[str, object]:
    content = file.read_bytes()
    entry: dict[str, object] = {"type": "file", "path": file.name, "size": len(content)}
    entry["oid"] = hashlib.sha1(content, usedforsecurity=False).hexdigest()
    if file.suffix == ".safetensors":
        entry["lfs"] = {"oid": hashlib.sha256(content).hexdigest(), "size": len(content), "pointerSize": 134}
    return entry
