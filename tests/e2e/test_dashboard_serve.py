"""The real server with raw clients: what it lets through, what it says, what a stray configuration changes."""

import html
import http.client
import json
import os
import re
import signal
from urllib.parse import urlencode, urlsplit

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from quality.console import INTERRUPTED
from tests import oidc_provider
from tests.command import grading
from tests.served import dashboard, running

SHEET = "id,instruction,output,fail_mode\n1,Say hi.,hi their,\n2,Name a color.,bleu,\n"
STRAY = """\
[server]
enableXsrfProtection = false
enableCORS = false
enableStaticServing = true
port = 1
address = "0.0.0.0"
[browser]
gatherUsageStats = true
[client]
toolbarMode = "developer"
this is no TOML
"""
OIDC = """\
[auth]
redirect_uri = "http://localhost:{{port}}/oauth2callback"
cookie_secret = "0123456789abcdef0123456789abcdef"
client_id = "proofgate"
client_secret = "client-secret"
server_metadata_url = "{issuer}/.well-known/openid-configuration"
[proofgate]
allow = ["grace@uni.example", "@staff.uni.example"]
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course folder without hand-ins, with settings of Streamlit beside it that nobody named."""
    home = tmp_path_factory.mktemp("home")
    (home / "sheet.csv").write_text(SHEET)
    (home / "test.csv").write_text("id,instruction\n1,Say hi.\n")
    folder = home / "course"
    done = grading("init", folder, "--sheet", home / "sheet.csv", "--test", home / "test.csv")
    assert done.returncode == 0, done.stderr
    (folder / ".streamlit").mkdir()
    (folder / ".streamlit" / "config.toml").write_text(STRAY)
    (folder / ".streamlit" / "secrets.toml").write_text(STRAY)
    return folder


@pytest.fixture(scope="module")
def provider():
    with oidc_provider.provider() as one:
        yield one


class Client:
    """A browser's requests without a browser: raw, each on a connection of its own."""

    def __init__(self, url):
        self.link = url
        self.netloc = urlsplit(url).netloc
        self.cookie = ""

    def ask(self, path, method="GET", body=None, **headers):
        connection = http.client.HTTPConnection(self.netloc, timeout=30)
        if self.cookie:
            headers = {"Cookie": self.cookie, **headers}
        connection.request(
            method, path, body, {name.replace("_", "-"): value for name, value in headers.items()}
        )
        answer = connection.getresponse()
        answer.text = answer.read().decode("utf-8", "replace")
        connection.close()
        return answer

    def enter(self, token, **headers):
        """Opens a link, and presses the invitation's button; keeps the cookie."""
        answer = self.ask(f"/?token={token}", **headers)
        if 'method="post"' in answer.text:
            form = {"Origin": f"http://{self.netloc}", "Content-Type": "application/x-www-form-urlencoded"}
            answer = self.ask("/", "POST", urlencode({"token": token}), **form)
        if answer.headers["Set-Cookie"]:
            self.cookie = answer.headers["Set-Cookie"].partition(";")[0]
        return answer

    def stream(self, **headers):
        """A websocket as Streamlit's page opens it."""
        origin = headers.pop("origin", f"http://{self.netloc}")
        return connect(
            f"ws://{self.netloc}/_stcore/stream",
            origin=origin,
            additional_headers={"Cookie": self.cookie, **headers},
            subprotocols=["streamlit"],
            open_timeout=30,
        )


@pytest.fixture(scope="module")
def server(course, provider):
    secrets = course / "oidc.toml"
    secrets.write_text(OIDC.format(issuer=provider.issuer))
    with running(course, "--oidc", secrets, cwd=course) as (one, url):
        yield url
        one.send_signal(signal.SIGINT)  # Ctrl-C, with whatever the tests left open
        assert one.wait(timeout=30) == INTERRUPTED
    assert not list(course.glob(".dashboard*"))


@pytest.fixture(scope="module")
def owner(server):
    """The owner's browser, signed in by the printed link."""
    client = Client(server)
    token = client.link.partition("token=")[2]
    glance = client.ask(f"/?token={token}", Sec_Purpose="prefetch")
    assert "Set-Cookie" not in glance.headers  # looking ahead opens nothing
    entered = client.enter(token)
    assert (entered.status, entered.headers["Location"]) == (303, "/")
    said = entered.headers["Set-Cookie"]
    assert all(word in said for word in ("; HttpOnly", "; SameSite=Strict", "; Path=/"))
    assert Client(client.link).enter(token).status == 401  # the token opens once, in one browser
    assert client.enter(token).status == 303  # and again where it was opened
    return client


@pytest.fixture
def stranger(owner):
    return Client(owner.link)


PATHS = (
    "/",
    "/rows",
    "/_stcore/health",
    "/_stcore/host-config",
    "/static/js/x.js",
    "/media/x",
    "/docs",
)


@pytest.mark.parametrize("path", PATHS)
def test_without_a_session_nothing_is_served(stranger, path):
    answer = stranger.ask(path)
    assert answer.status == 401
    assert "streamlit" not in answer.text.lower()
    assert stranger.ask(path, "POST", b"", Origin=f"http://{stranger.netloc}").status == 401
    assert stranger.ask(path, Cookie=f"proofgate_{stranger.netloc.partition(':')[2]}=guess").status == 401


def test_a_websocket_without_a_session_gets_nothing(stranger):
    with pytest.raises(InvalidStatus) as refused:
        stranger.stream().__enter__()
    assert refused.value.response.status_code == 403


@pytest.mark.parametrize("origin", [None, "http://evil.example", "null", "http://localhost:1"])
def test_a_websocket_from_another_page_gets_nothing(owner, origin):
    with pytest.raises(InvalidStatus) as refused:
        owner.stream(origin=origin).__enter__()
    assert refused.value.response.status_code == 403


def test_the_owner_gets_the_page_and_its_stream(owner):
    page = owner.ask("/")
    assert page.status == 200
    assert "<title>Streamlit</title>" in page.text
    with owner.stream() as stream:
        assert stream.subprotocol == "streamlit"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "localhost:1", "127.0.0.1.evil.example", ""])
def test_under_another_name_nothing_is_served(owner, host):
    assert owner.ask("/", Host=host).status == 421


@pytest.mark.parametrize("origin", ["http://evil.example", "null", ""])
def test_another_page_can_change_nothing(owner, origin):
    assert owner.ask("/_stcore/upload_file/a/b", "PUT", b"x", Origin=origin).status == 403
    assert owner.ask("/", "POST", b"token=x", Origin=origin).status == 403


def test_every_answer_forbids_what_a_page_does_not_need(owner, stranger):
    answers = [
        owner.ask("/"),
        owner.ask("/_stcore/health"),
        stranger.ask("/"),
        owner.ask("/", Host="evil.example"),
    ]
    for answer in answers:
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "'unsafe-eval'" not in policy
        assert "script-src 'self' 'wasm-unsafe-eval' 'sha256-" in policy or "script-src" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Access-Control-Allow-Origin"] is None


def test_a_name_that_a_client_gives_itself_is_thrown_away(owner, stranger):
    assert stranger.ask("/", X_Proofgate_User="Ada").status == 401


def test_a_link_on_another_site_leads_in_with_the_cookie(owner):
    from_mail = Client(owner.link).ask("/rows?a=1", Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="navigate")
    assert from_mail.status == 200
    assert 'content="0;url=/rows?a=1"' in from_mail.text
    assert "streamlit" not in from_mail.text.lower()


def test_an_invitation_opens_once_and_is_taken_back(owner, course):
    def invite(*arguments):
        return dashboard("invite", *arguments, "--course", course)

    made = invite("Grace Hopper")
    assert made.stdout.startswith(f"http://{owner.netloc}/?token=")
    token = made.stdout.strip().partition("token=")[2]
    grace, other = Client(owner.link), Client(owner.link)
    assert "Grace Hopper" in grace.ask(f"/?token={token}").text  # a program that looks at links opens nothing
    assert grace.enter(token).status == 303
    assert other.enter(token).status == 401
    assert grace.ask("/").status == 200
    assert (course / "grading.db").read_bytes().count(token.encode()) == 0
    assert "Grace Hopper: signed in, until" in invite("--list").stdout
    with grace.stream():
        assert invite("--revoke", "Grace Hopper").returncode == 0
        assert invite("--revoke", "Grace Hopper").returncode == 2
    assert grace.ask("/").status == 401
    with pytest.raises(InvalidStatus):
        grace.stream().__enter__()
    assert invite("Two\nlines").returncode == 2


def sign_in(stranger, provider, email):
    """Follows the log-in from page to page, as a browser does with its cookies."""
    provider.signs_in = email
    jar, host = {}, f"localhost:{stranger.netloc.partition(':')[2]}"

    def go(path):
        answer = stranger.ask(
            path, Host=host, Cookie="; ".join(f"{name}={value}" for name, value in jar.items())
        )
        for said in answer.headers.get_all("Set-Cookie", []):
            name, _, value = said.partition(";")[0].partition("=")
            jar[name] = value
        return answer

    start = html.unescape(re.search('href="(/auth/login[^"]+)"', go("/").text)[1])
    to_provider = urlsplit(go(start).headers["Location"])
    asked = http.client.HTTPConnection(to_provider.netloc, timeout=30)
    asked.request("GET", f"{to_provider.path}?{to_provider.query}")
    back = urlsplit(asked.getresponse().headers["Location"])
    asked.close()
    assert go(f"{back.path}?{back.query}").status in (302, 303, 307)
    return go("/"), jar


def test_the_organisations_log_in_lets_in_whom_the_owner_named(stranger, provider):
    for email in ("grace@uni.example", "Alan@Staff.Uni.Example"):
        page, jar = sign_in(stranger, provider, email)
        assert page.status == 200
        assert "<title>Streamlit</title>" in page.text
        stranger.cookie = "; ".join(f"{name}={value}" for name, value in jar.items())
        host = f"localhost:{stranger.netloc.partition(':')[2]}"
        assert stranger.ask("/_stcore/health", Host=host).status == 200
        signed = next(value for name, value in jar.items() if name == "_streamlit_user")
        stranger.cookie = f"_streamlit_user={signed[:-3]}AAA"
        assert stranger.ask("/_stcore/health", Host=host).status == 401
        stranger.cookie = ""


@pytest.mark.parametrize(
    "email", ["mallory@uni.example", "grace@uni.example.evil.example", "a@b@staff.uni.example", ""]
)
def test_an_account_that_the_owner_did_not_name_gets_nothing(stranger, provider, email):
    page, _ = sign_in(stranger, provider, email)
    assert page.status == 401
    assert "streamlit" not in page.text.lower()


def test_where_it_runs_is_for_the_owners_eyes(owner, course):
    (told,) = course.glob(".dashboard*")
    assert json.loads(told.read_text())["url"] == f"http://{owner.netloc}"
    if os.name != "nt":
        assert told.stat().st_mode & 0o777 == 0o600


def test_what_is_found_wrong_only_when_the_server_is_there_is_said_once(tmp_path):
    (tmp_path / "data.csv").write_text(SHEET)
    (tmp_path / "mine.db").write_text("no database, and longer than the header of one" * 100)
    with running(tmp_path / "data.csv", "--reviews", tmp_path / "mine.db") as (one, _):
        said = [one.stderr.readline() for _ in range(2)]
        assert "error: " in said[1]
        one.send_signal(signal.SIGINT)
        assert one.wait(timeout=30) == 2
        assert "error: " not in one.stderr.read()


def test_a_port_in_use_is_told_in_a_sentence(owner, course):
    done = dashboard(course, "--port", owner.netloc.partition(":")[2], "--no-browser")
    assert (done.returncode, done.stdout) == (2, "")
    assert "another program uses the port" in done.stderr
