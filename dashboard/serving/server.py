"""The server: it answers at once, and opens the file or course beside."""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys
import threading
import traceback
import webbrowser
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType
from typing import TYPE_CHECKING, Any, NoReturn

from dashboard import site as sites
from dashboard.serving import plain_pages, settings
from dashboard.serving.address import Address
from quality import console
from quality.errors import ProofgateError, in_words

if TYPE_CHECKING:
    from dashboard.serving.keys import Keys
    from dashboard.serving.sign_on import SignOn
    from dashboard.site import Opening, Site

SCRIPT = Path(__file__).with_name("script.py")
PATIENCE_S = 2
"""Seconds that open pages and the opening have to come to an end."""
TERMINATED = 128 + signal.SIGTERM

Open = Callable[[ExitStack, Callable[[], str], "Callable[[Opening], None]"], "Site"]
"""Opens what is looked at: what to close at the end, who looks, whom to tell how far it is."""


@dataclass(frozen=True, slots=True)
class Door:
    """How the server is reached and by whom."""

    socket: socket.socket
    address: Address
    keys: Keys
    sign_on: SignOn | None = None


class _Ended(Exception):
    """Nobody waits any longer for what is being opened."""


def serve(door: Door, open_site: Open, *, show: bool) -> None:
    """Prints the link and serves until it is told to end.

    Args:
        show: Opens the link in the user's browser.

    Raises:
        SystemExit: The site could not be opened, as has been said; with that error's exit code.
        KeyboardInterrupt: Ctrl-C.
    """
    server = _server(door)
    link = f"{door.address.url}/?token={door.keys.own_token()}"
    over = threading.Event()
    opening = threading.Thread(target=_open, args=(open_site, over), name="opening", daemon=True)
    with _ends_on_sigterm(), _browser(link, show=show):
        console.emit(f"{link}\n")
        console.say("the link opens once, in one browser; Ctrl-C ends the dashboard")
        opening.start()
        try:
            server.run(sockets=[door.socket])
        except KeyboardInterrupt:
            pass
        finally:
            over.set()
            opening.join(PATIENCE_S)
    state = sites.held()
    if isinstance(state, ProofgateError):
        sys.exit(state.exit_code)
    raise KeyboardInterrupt


def _server(door: Door) -> Any:
    settings.apply(door.address, None if door.sign_on is None else door.sign_on.file)
    import uvicorn
    from streamlit import App

    from dashboard.serving.gate import Gate

    app: Any = App(SCRIPT, on_script_error=_in_words)
    config = uvicorn.Config(
        Gate(app, door.address, door.keys, door.sign_on),
        access_log=False,
        log_level="warning",
        proxy_headers=False,  # who is who is the gate's word, whatever a client forwards
        server_header=False,
        timeout_graceful_shutdown=PATIENCE_S,
        use_colors=False,
        ws="websockets-sansio",
    )
    return uvicorn.Server(config)


def _open(open_site: Open, over: threading.Event) -> None:
    """Opens the site for the pages and keeps it open until it is over."""
    from dashboard.serving.identity import who

    def tell(how_far: Opening) -> None:
        if over.is_set():
            raise _Ended
        sites.hold(how_far)

    with ExitStack() as stack:
        try:
            sites.hold(open_site(stack, who, tell))
            _settle()
        except _Ended:
            return
        except ProofgateError as error:
            _failed(error)
        except Exception as error:  # as `console.run` does: a user gets a sentence, on the page too
            _failed(_bug(error))
        over.wait()


def _settle() -> None:
    """Takes what stays anyway out of the garbage collection that Streamlit asks for after every run of a page."""
    for library in (
        "pandas",
        "altair",
    ):  # the pages' own: loaded later, they would be looked through each time
        import_module(library)
    gc.collect()
    gc.freeze()


def _failed(error: ProofgateError) -> None:
    sites.hold(error)
    console.say_error(error)


def _bug(error: Exception) -> ProofgateError:
    if os.environ.get("PROOFGATE_DEBUG") == "1":
        traceback.print_exception(error)
    return ProofgateError(
        f"this is a bug of proofgate: {in_words(error)}; please report it",
        remedy="with PROOFGATE_DEBUG=1 the command shows where it happened",
    )


def _in_words(error: Exception) -> bool:
    """Tells on the page what could not be done; what is a bug stays with Streamlit's own words, without details."""
    if not isinstance(error, ProofgateError):
        return False
    from dashboard import shown

    shown.trouble(error)
    return True


@contextmanager
def _ends_on_sigterm() -> Generator[None]:
    """What is to be closed is closed then, too."""

    def end(_number: int, _frame: FrameType | None) -> NoReturn:
        sys.exit(TERMINATED)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _browser(link: str, *, show: bool) -> Generator[None]:
    """Opens the link by way of a file that only the user can read: others of this machine see command lines."""
    if not show:
        yield
        return
    with TemporaryDirectory(prefix="proofgate-") as folder:
        page = Path(folder, "open.html")
        page.write_bytes(plain_pages.page("Opening", "", refresh=link))
        if not (_has_screen() and webbrowser.open(page.as_uri())):
            console.say("no browser was found here: open the link yourself")
        yield


def _has_screen() -> bool:
    """Whether a browser would open a window; one for terminals would take this one."""
    named = ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY")
    return sys.platform in ("darwin", "win32") or any(map(os.environ.get, named))
