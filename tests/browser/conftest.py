"""A headless Chromium for the tests of a module. Nothing that a page asks for leaves this machine."""

import shutil
from urllib.parse import urlsplit

import pytest

from tests import served

FLAGS = (
    "--no-sandbox --disable-dev-shm-usage --disable-gpu --disable-background-networking --disable-component-update "
    "--disable-sync"
)
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


@pytest.fixture(scope="module")
def browser():
    """Chromium, driven by playwright; gone after the module, as are its event loop and its processes."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        one = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        yield one
        one.close()


@pytest.fixture
def new_page(browser):
    """Makes a page of a browser of its own, without cookies.

    Asserts that no page asked beyond this machine, or for more than its content security policy allows.

    What it is given goes to the context, such as `viewport`, `color_scheme`, `storage_state`.
    """
    contexts, elsewhere, refused = [], [], []

    def guard(route):
        if urlsplit(route.request.url).hostname in LOOPBACK:
            route.continue_()
        else:
            elsewhere.append(route.request.url)
            route.abort()

    def listen(said):
        if "Content Security Policy" in said.text:
            refused.append(said.text)

    def make(**options):
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        context.route(lambda url: urlsplit(url).scheme in ("http", "https", "ws", "wss"), guard)
        context.on("console", listen)
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()
    assert elsewhere == []
    assert refused == []  # what our own pages do is what their policy allows


@pytest.fixture
def page(new_page):
    """One such page."""
    return new_page()


@pytest.fixture(scope="session")
def _cookies():
    return {}


@pytest.fixture
def visit(new_page, _cookies):
    """Opens a served site signed in, by its URL with the token, as often as wanted: `visit(url, "/rows", **context)`.

    The token opens once; the first visit's cookie serves the later ones. Two visits of one test are two browsers of the
    same person; for a second person, open an invitation's link in a `new_page()`.
    """

    def go(url, path="/", **options):
        base = url.partition("/?")[0]
        page = new_page(storage_state=_cookies.get(base), **options)
        if base not in _cookies:
            page.goto(url)
            served.opened(page)
            _cookies[base] = page.context.storage_state()
        if page.url != base + path:
            page.goto(base + path)
            served.opened(page)
        return page

    return go
