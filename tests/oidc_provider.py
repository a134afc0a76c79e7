"""A small OpenID Connect provider on loopback: discovery, authorisation, token and keys, as the protocol has them."""

import base64
import hashlib
import json
import secrets
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "proofgate", "client-secret"


@contextmanager
def provider():
    """Runs one and gives it; `signs_in` is the e-mail address of whoever signs in next, without a question."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        server.issuer = f"http://127.0.0.1:{server.server_port}"
        server.key = RSAKey.generate_key(2048, {"kid": "1", "use": "sig", "alg": "RS256"})
        server.codes = {}
        server.signs_in = ""
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        path, asked = urlsplit(self.path).path, parse_qs(urlsplit(self.path).query)
        if path == "/.well-known/openid-configuration":
            issuer = self.server.issuer
            self._json(
                {
                    "issuer": issuer,
                    "authorization_endpoint": f"{issuer}/authorize",
                    "token_endpoint": f"{issuer}/token",
                    "jwks_uri": f"{issuer}/keys",
                    "id_token_signing_alg_values_supported": ["RS256"],
                    "response_types_supported": ["code"],
                    "subject_types_supported": ["public"],
                }
            )
        elif path == "/keys":
            self._json({"keys": [self.server.key.as_dict(private=False)]})
        elif path == "/authorize" and asked["client_id"] == [CLIENT] and asked["response_type"] == ["code"]:
            code = secrets.token_urlsafe()
            self.server.codes[code] = {name: values[0] for name, values in asked.items()}
            self.send_response(302)
            back = urlencode({"code": code, "state": asked["state"][0]})
            self.send_header("Location", f"{asked['redirect_uri'][0]}?{back}")
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            self.send_error(404)

    def do_POST(self):
        sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        asked = self.server.codes.pop(sent["code"][0], None)
        if asked is None or self.headers["Authorization"] != f"Basic {basic}" or not _proves(sent, asked):
            self.send_error(400)
            return
        now = int(time.time())
        claims = {
            "iss": self.server.issuer,
            "aud": CLIENT,
            "sub": hashlib.sha256(self.server.signs_in.encode()).hexdigest(),
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
            "email": self.server.signs_in,
        }
        token = jwt.encode({"alg": "RS256", "kid": "1"}, claims, self.server.key)
        self._json({"access_token": "access", "token_type": "Bearer", "expires_in": 300, "id_token": token})

    def _json(self, value):
        body = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def _proves(sent, asked):
    """Whether the verifier fits the challenge, where the client set one."""
    if "code_challenge" not in asked:
        return True
    digest = hashlib.sha256(sent["code_verifier"][0].encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == asked["code_challenge"]
