"""The client, the places and the pieces, against real sockets but no LanguageTool; that one is in tests/e2e."""

import json
import os
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.engines import Unreadable, languagetool
from quality.engines.languagetool import install, places
from quality.engines.languagetool.client import Client, matches_of
from quality.engines.languagetool.ownership import Address
from quality.engines.pieces import pieces
from quality.errors import EngineGone, EngineUnavailable

CLEAN = {"matches": [], "warnings": {"incompleteResults": False}}


class Listener:
    """A real HTTP server that keeps all it is sent and answers as it is told."""

    def __init__(self, status=200, body=None, headers=(), hang_up_after=0):
        self.got: list[tuple[str, str]] = []
        self.connections = 0
        self.open = threading.Event()
        listener = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle(self):
                listener.connections += 1
                super().handle()

            def answer(self):
                size = int(self.headers.get("Content-Length", 0))
                listener.got.append((self.path, self.rfile.read(size).decode("ascii")))
                content = json.dumps(CLEAN if body is None else body).encode()
                if body == "wait":
                    listener.open.wait(10)
                self.send_response(status)
                for name, value in headers:
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)
                self.close_connection = bool(hang_up_after) and len(listener.got) % hang_up_after == 0

            do_GET = do_POST = do_CONNECT = answer  # noqa: N815

            def log_message(self, *_):
                """Silent."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def stop(self):
        self.open.set()
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def listen():
    listeners, clients = [], []

    def start(**parts):
        listeners.append(Listener(**parts))
        return listeners[-1]

    def client(listener, **parts):
        clients.append(Client(Address(listener.url + "/v2", **parts), timeout_s=5))
        return clients[-1]

    start.client = client
    yield start
    for each in clients:
        each.close()
    for listener in listeners:
        listener.stop()


def found(start: int, length: int, **parts) -> dict:
    rule = {"id": "SOME_RULE", "category": {"id": "GRAMMAR"}}
    return {"offset": start, "length": length, "message": "Wrong.", "replacements": [], "rule": rule, **parts}


def test_text_goes_to_the_address_and_comes_back_as_matches(listen):
    suggested = [{"value": str(n)} for n in range(9)]
    server = listen(body={"matches": [found(11, 3, replacements=suggested), found(3, 4)]})
    first, second = listen.client(server).check("He have 😀 an bear.", "en-US")
    assert (first.start, first.end, first.kind, first.rule) == (3, 7, "GRAMMAR", "SOME_RULE")
    assert (second.start, second.end, second.suggestions) == (10, 13, ("0", "1", "2"))
    ((path, body),) = server.got
    assert path == "/v2/check"
    sent = parse_qs(body)
    assert (sent["language"], sent["text"], sent["level"]) == (
        ["en-US"],
        ["He have 😀 an bear."],
        ["default"],
    )


@given(st.text(st.characters(exclude_categories=()), max_size=30), st.data())
def test_utf16_offsets_become_code_points(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    units = [len(part.encode("utf-16-le", "surrogatepass")) // 2 for part in (text[:start], text[start:end])]
    (match,) = matches_of({"matches": [found(*units)]}, text)
    assert (match.start, match.end) == (start, end)


def test_what_no_encoding_has_is_sent_as_unknown_characters_of_the_same_length(listen):
    server = listen()
    listen.client(server).check("a\ud800b\udc00\ud83d\ude00\0c", "en-US")
    assert parse_qs(server.got[0][1])["text"] == ["a\ufffdb\ufffd\ufffd\ufffd\0c"]


def test_a_redirect_is_not_followed(listen):
    elsewhere = listen()
    server = listen(status=302, headers=[("Location", f"{elsewhere.url}/v2/check")])
    with pytest.raises(Unreadable, match="302"):
        listen.client(server).check("Secret.", "en-US")
    assert len(server.got) == 1
    assert not elsewhere.got


def test_proxy_variables_are_ignored(listen, monkeypatch):
    proxy, server = listen(), listen()
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, proxy.url)
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    assert listen.client(server).check("Secret.", "en-US") == ()
    assert len(server.got) == 1
    assert proxy.connections == 0


def test_a_stranger_on_the_port_gets_no_text(listen):
    psutil = pytest.importorskip("psutil")
    stranger = listen()
    parent = psutil.Process(os.getppid())  # who does not listen there
    client = listen.client(stranger, pid=parent.pid, created=parent.create_time())
    with pytest.raises(EngineGone, match="another process"):
        client.check("Secret.", "en-US")
    assert not stranger.got


def test_a_process_number_that_was_used_again_is_a_stranger(listen):
    psutil = pytest.importorskip("psutil")
    server = listen()
    own = psutil.Process().create_time()
    assert listen.client(server, pid=os.getpid(), created=own).check("Mine.", "en-US") == ()
    with pytest.raises(EngineGone, match="another process"):
        listen.client(server, pid=os.getpid(), created=own - 1).check("Secret.", "en-US")
    assert len(server.got) == 1


def test_a_port_that_the_whole_network_reaches_is_not_ours():
    psutil = pytest.importorskip("psutil")
    with socket.create_server(("0.0.0.0", 0)) as open_to_all:
        url = f"http://127.0.0.1:{open_to_all.getsockname()[1]}/v2"
        client = Client(Address(url, os.getpid(), psutil.Process().create_time()))
        with pytest.raises(EngineGone, match="another process"):
            client.check("Secret.", "en-US")


def test_a_connection_is_kept_and_made_anew_when_the_server_hangs_up(listen):
    server = listen(hang_up_after=3)
    client = listen.client(server)
    for _ in range(7):
        assert client.check("Some text.", "en-US") == ()
    assert server.connections == 3
    assert len(server.got) == 7


def test_nobody_there_is_gone():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        url = f"http://127.0.0.1:{probe.getsockname()[1]}/v2"
    with pytest.raises(EngineGone, match="does not answer"):
        Client(Address(url)).check("Some text.", "en-US")


@pytest.mark.parametrize(
    ("status", "passing"), [(400, False), (413, False), (429, True), (500, True), (503, True)]
)
def test_a_refused_text_is_unreadable(listen, status, passing):
    with pytest.raises(Unreadable, match=str(status)) as caught:
        listen.client(listen(status=status, body="no")).check("Some text.", "en-US")
    assert caught.value.passing is passing


def test_half_an_answer_is_none(listen):
    half = listen(body={"matches": [], "warnings": {"incompleteResults": True}})
    with pytest.raises(Unreadable, match="gave up") as caught:
        listen.client(half).check("Some text.", "en-US")
    assert caught.value.passing


@pytest.mark.parametrize("body", ["text", [], {}, {"matches": [{}]}, {"matches": 1}])
def test_another_service_is_no_languagetool(listen, body):
    with pytest.raises(EngineGone, match="no LanguageTool"):
        listen.client(listen(body=body)).check("Some text.", "en-US")


def test_no_answer_in_time_is_unreadable(listen):
    client = Client(Address(listen(body="wait").url), timeout_s=0.2)
    with pytest.raises(Unreadable, match=r"longer than 0\.2 s") as caught:
        client.check("Some text.", "en-US")
    assert caught.value.passing


def test_an_answer_without_end_is_cut(listen, monkeypatch):
    monkeypatch.setattr("quality.engines.languagetool.client.MAX_ANSWER_BYTES", 10)
    with pytest.raises(Unreadable, match="longer"):
        listen.client(listen()).check("Some text.", "en-US")


def test_a_named_server_says_its_version_and_languages(listen):
    assert Address.read(str(Address("http://h/v2", 7, 1.5))) == Address("http://h/v2", 7, 1.5)
    listed = [{"code": "en", "longCode": "en-US"}, {"code": "de-DE"}]
    assert listen.client(listen(body=listed)).languages() == {"en", "de"}
    about = {"software": {"name": "LanguageTool", "version": "6.8"}}
    assert listen.client(listen(body=about)).software() == "LanguageTool 6.8"
    with pytest.raises(EngineUnavailable, match="no LanguageTool"):
        languagetool.version(listen(body={}).url)


@given(st.text(st.sampled_from("ab. \n"), max_size=200), st.integers(2, 20))
def test_pieces_are_the_text(text, most):
    cut = list(pieces(text, most))
    assert "".join(piece for _, piece in cut) == text
    assert all(text[start:].startswith(piece) and 0 < len(piece) <= most for start, piece in cut)


def test_a_text_is_cut_between_paragraphs():
    assert [piece for _, piece in pieces("One two.\n\nThree four. Five.", 16)] == [
        "One two.\n\n",
        "Three four. ",
        "Five.",
    ]


@pytest.fixture
def bare(tmp_path, monkeypatch):
    """A machine with nothing on it."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("LTP_PATH", raising=False)
    return tmp_path


def test_without_java_the_remedy_is_to_install_it(bare):
    pytest.importorskip("language_tool_python")
    with pytest.raises(EngineUnavailable, match="no Java") as caught:
        places.find()
    assert "openjdk-17" in caught.value.remedy


def test_without_jars_the_remedy_names_both_ways(bare, monkeypatch):
    monkeypatch.setattr(places, "_need_extra", lambda: None)
    monkeypatch.setattr(places, "java", lambda: "java")
    with pytest.raises(EngineUnavailable, match="jars are not here") as caught:
        places.find()
    assert "make languagetool" in caught.value.remedy
    assert "LTP_PATH" in caught.value.remedy


def laid_out(folder, version, *languages):
    home = folder / f"LanguageTool-{version}"
    for language in languages:
        (home / "org/languagetool/rules" / language).mkdir(parents=True)
        (home / "org/languagetool/rules" / language / "grammar.xml").write_text("<rules/>")
    (home / places.SERVER_JAR).write_bytes(b"")
    return home


def test_the_variable_counts_before_the_data_folder_and_the_newest_version_there(bare, monkeypatch):
    monkeypatch.setattr(places, "_need_extra", lambda: None)
    monkeypatch.setattr(places, "java", lambda: "java")
    own = laid_out(places.own_folder(), "6.8", "en", "de")
    here = places.find()
    assert (here.folder, here.version, here.languages) == (own, "6.8", {"en", "de"})
    laid_out(bare / "other", "6.8", "en")
    newest = laid_out(bare / "other", "6.10", "en", "fr")
    monkeypatch.setenv("LTP_PATH", str(bare / "other"))
    assert (places.find().folder, places.find().source) == (newest, "$LTP_PATH")
    assert languagetool.version() == "LanguageTool 6.10 (en, fr)"


def test_the_pom_is_pinned_to_the_version_that_is_looked_for():
    pom = install.POM.read_text()
    assert f"<languagetool>{places.VERSION}</languagetool>" in pom
    assert pom.count("<version>") == 2 + pom.count("<version>${languagetool}</version>") + 1
    assert {"en", "de", "fr", "ca", "es", "pt"} <= set(install.known_languages())


def test_an_unknown_language_or_no_maven_is_said(bare):
    with pytest.raises(EngineUnavailable, match="no language xx"):
        install.install(["en", "xx"], bare)
    with pytest.raises(EngineUnavailable, match="Maven is not here"):
        install.install(["en"], bare / "data")
    assert not list((bare / "data").iterdir())
