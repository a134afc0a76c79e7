"""The gate before everything that the server serves, http and websocket alike.

A request passes when it names one of our hosts, comes from our own page where it could change something, and carries a
known session. What passes is told whose it is; what a client says of that itself is thrown away.

It is plain ASGI: what a framework calls middleware sees no websocket, and Streamlit's pages come through one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs

from dashboard.serving import headers, plain_pages
from dashboard.serving.address import Address
from dashboard.serving.identity import HEADER, encoded
from dashboard.serving.keys import Keys
from dashboard.serving.request import Request, form
from dashboard.serving.sign_on import SignOn
from quality.errors import ProofgateError

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
LOOK_AGAIN_S = 20.0
"""After so many seconds an open websocket's session is looked up again."""
FREE_GUESSES = 20
"""So many wrong tokens a minute are answered at once."""
NO_SESSION = 4401
WRONG_PLACE = 4403


class Gate:
    """The server's application with the gate before it.

    Args:
        app: What is guarded.
        sign_on: The organisation's log-in, where one is configured.
    """

    def __init__(self, app: App, address: Address, keys: Keys, sign_on: SignOn | None = None) -> None:
        self._app = app
        self._address = address
        self._keys = keys
        self._sign_on = sign_on
        self._guesses: list[float] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request, or lets it through."""
        if scope["type"] == "http":
            await self._http(Request(scope), receive, send)
        elif scope["type"] == "websocket":
            await self._websocket(Request(scope), receive, send)
        elif scope["type"] == "lifespan":
            await self._app(scope, receive, send)

    async def _http(self, request: Request, receive: Receive, send: Send) -> None:
        if request.host not in self._address.hosts:
            await self._answer(request, send, 421, plain_pages.wrong_address())
        elif request.method not in SAFE and not self._is_own_page(request):
            await self._answer(request, send, 403, plain_pages.not_signed_in())
        elif request.path == "/" and request.method == "POST":
            await self._open_invitation(request, receive, send)
        elif request.path == "/" and request.method == "GET" and request.token is not None:
            await self._token(request, request.token, send)
        elif self._sign_on is not None and request.path in self._sign_on.paths:
            await self._through(request, "", receive, send)
        else:
            await self._guarded(request, receive, send)

    async def _guarded(self, request: Request, receive: Receive, send: Send) -> None:
        try:
            name = await self._name(request)
        except ProofgateError:
            await self._answer(request, send, 503, plain_pages.out_of_order())
            return
        if name is not None:
            await self._through(request, name, receive, send)
        elif request.is_from_elsewhere and request.method == "GET":
            await self._answer(request, send, 200, plain_pages.onwards(request.target))
        else:
            await self._answer(request, send, 401, self._refusal(request))

    async def _websocket(self, request: Request, receive: Receive, send: Send) -> None:
        if request.host not in self._address.hosts or not self._is_own_page(request):
            await send({"type": "websocket.close", "code": WRONG_PLACE})
            return
        try:
            name = await self._name(request)
        except ProofgateError:
            name = None
        if name is None:
            await send({"type": "websocket.close", "code": NO_SESSION})
            return
        await self._while_known(request, name, receive, send)

    async def _while_known(self, request: Request, name: str, receive: Receive, send: Send) -> None:
        """Serves the websocket until it ends, or its session does."""
        over = asyncio.Event()

        async def hear() -> Message:
            hearing, ending = asyncio.ensure_future(receive()), asyncio.ensure_future(over.wait())
            done, _ = await asyncio.wait({hearing, ending}, return_when=asyncio.FIRST_COMPLETED)
            ending.cancel()
            if hearing in done:
                return hearing.result()
            hearing.cancel()
            return {"type": "websocket.disconnect", "code": NO_SESSION}

        async def tell(message: Message) -> None:
            if not over.is_set():
                await send(message)

        watching = asyncio.ensure_future(self._watch(request, over))
        try:
            await self._app(_named(request.scope, name), hear, tell)
        finally:
            watching.cancel()
        if over.is_set():
            await send({"type": "websocket.close", "code": NO_SESSION})

    async def _watch(self, request: Request, over: asyncio.Event) -> None:
        while not over.is_set():
            await asyncio.sleep(LOOK_AGAIN_S)
            try:
                known = await self._name(request)
            except ProofgateError:
                continue  # a book that is busy for once throws nobody out
            except Exception:  # whatever it is, nobody stays in unchecked
                known = None
            if known is None:
                over.set()

    async def _name(self, request: Request) -> str | None:
        """Whose session the request carries; None: nobody's.

        Raises:
            ProofgateError: It cannot be looked up.
        """
        session = request.cookies.get(self._address.cookie)
        if session:
            # a page has a hundred files that are the same for everybody, and asks for them at once
            name = self._keys.remembered(session) if request.path.startswith(headers.STATIC) else None
            name = name or await asyncio.to_thread(self._keys.name, session)
            if name is not None:
                return name
        return None if self._sign_on is None else self._sign_on.name(request.cookies, self._address)

    async def _token(self, request: Request, token: str, send: Send) -> None:
        """A link was opened: the owner's lets in at once, an invitation shows its button.

        Whoever is signed in already goes on, with a spent link too; but not as another person than the link is for.
        """
        try:
            known = None if request.is_glance else await self._name(request)
            if self._keys.is_own(token) and not request.is_glance and known != self._keys.owner:
                await self._enter(request, token, send)
                return
            name = await asyncio.to_thread(self._keys.invited, token)
            if name is not None and name != known:
                page = plain_pages.invitation(name, token, instead_of=known)
                await self._answer(request, send, 200, page, referrer="same-origin")
            elif known is not None:
                await self._onwards(request, send, [])
            else:
                await self._wrong(request, send)
        except ProofgateError:
            await self._answer(request, send, 503, plain_pages.out_of_order())

    async def _open_invitation(self, request: Request, receive: Receive, send: Send) -> None:
        tokens = parse_qs((await form(receive)).decode("latin-1")).get("token", [])
        try:
            if len(tokens) == 1:
                await self._enter(request, tokens[0], send)
            else:
                await self._wrong(request, send)
        except ProofgateError:
            await self._answer(request, send, 503, plain_pages.out_of_order())

    async def _enter(self, request: Request, token: str, send: Send) -> None:
        entered = await asyncio.to_thread(self._keys.enter, token)
        if entered is None:
            await self._wrong(request, send)
            return
        session, given = entered
        seconds = int((given.expires - given.made).total_seconds())
        cookie = f"{self._address.cookie}={session}; Path=/; HttpOnly; SameSite=Strict; Max-Age={seconds}"
        if self._address.tls:
            cookie += "; Secure"
        await self._onwards(request, send, [(b"set-cookie", cookie.encode("latin-1"))])

    async def _onwards(self, request: Request, send: Send, extra: headers.Headers) -> None:
        """To the first page, without the token in the address."""
        if request.is_from_elsewhere:  # such as a web mailer: after a redirect the cookie would be kept back
            await self._answer(request, send, 200, plain_pages.onwards("/"), extra)
        else:
            await self._answer(request, send, 303, b"", [*extra, (b"location", b"/")])

    async def _wrong(self, request: Request, send: Send) -> None:
        now = asyncio.get_running_loop().time()
        self._guesses = [at for at in self._guesses[-FREE_GUESSES:] if now - at < 60] + [now]
        if len(self._guesses) > FREE_GUESSES:
            await asyncio.sleep(1)
        await self._answer(request, send, 401, plain_pages.spent())

    def _refusal(self, request: Request) -> bytes:
        if self._sign_on is None:
            return plain_pages.not_signed_in()
        known = self._sign_on.known_as(request.cookies, self._address)
        return plain_pages.log_in(self._sign_on.start()) if known is None else plain_pages.not_named(known)

    def _is_own_page(self, request: Request) -> bool:
        return request.host is not None and request.origin == self._address.origin(request.host)

    async def _through(self, request: Request, name: str, receive: Receive, send: Send) -> None:
        policy = headers.policy(request.host or "", tls=self._address.tls)

        async def secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = message.get("headers", ())
                message = dict(message)
                message["headers"] = headers.secured(given, request.path, policy, tls=self._address.tls)
            await send(message)

        await self._app(_named(request.scope, name), receive, secured)

    async def _answer(
        self,
        request: Request,
        send: Send,
        status: int,
        page: bytes,
        extra: headers.Headers | None = None,
        referrer: str = "no-referrer",
    ) -> None:
        given = [(b"content-type", b"text/html; charset=utf-8"), (b"content-length", str(len(page)).encode())]
        said = headers.secured(
            [*given, *(extra or [])], "/", headers.BARE_POLICY, tls=self._address.tls, referrer=referrer
        )
        await send({"type": "http.response.start", "status": status, "headers": said})
        await send({"type": "http.response.body", "body": b"" if request.method == "HEAD" else page})


def _named(scope: Scope, name: str) -> Scope:
    """The request as from that person, whatever it said itself."""
    named = dict(scope)
    named["headers"] = [pair for pair in scope["headers"] if pair[0].lower() != HEADER.encode()]
    if name:
        named["headers"].append((HEADER.encode(), encoded(name)))
    return named
