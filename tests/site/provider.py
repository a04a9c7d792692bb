"""A small OpenID provider on this machine, which can be told to misbehave.

Discovery, authorization (through the address it is sent to), token with a signed ID token, keys.
"""

import base64
import hashlib
import json
import threading
import time
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "probatum-test", "the client's secret"


class Provider:
    """One person waits to sign in, `claims`; a fault changes what goes out."""

    def __init__(self) -> None:
        self.key, self.stranger = _key("its own"), _key("a stranger's")
        self.claims: dict[str, Any] = {"sub": "248-ruth"}
        self.published: dict[str, Any] = {}
        self.algorithm, self.signing = "RS256", self.key
        self.answer: tuple[int, Any] | None = None
        self.codes: dict[str, dict[str, str]] = {}
        self.refused: list[str] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.issuer = f"http://127.0.0.1:{self.server.server_port}/realm"
        threading.Thread(target=self.server.serve_forever, args=[0.01], daemon=True).start()

    def close(self) -> None:
        """Nobody answers there any more."""
        self.server.shutdown()
        self.server.server_close()

    def discovery(self) -> dict[str, Any]:
        """What it says about itself."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            **self.published,
        }

    def keys(self) -> dict[str, Any]:
        """Its public keys, one of them of no use for signing."""
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {
            "keys": [
                {**public, "kid": "one", "use": "sig", "alg": "RS256"},
                {**public, "kid": "two", "use": "enc"},
            ]
        }

    def arrives(self, address: str) -> str:
        """A person signs in at the address; the query that they are sent back with."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked
        return f"code={code}&state={asked['state']}"

    def token(self, form: dict[str, str], authorization: str) -> tuple[int, Any]:
        """The ID token for a code, once the client has proved itself (PKCE too)."""
        given = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        asked = self.codes.pop(form.get("code", ""), None)
        made = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(made).rstrip(b"=").decode()
        if authorization != f"Basic {given}":
            self.refused.append("client")
        if asked is None or asked.get("code_challenge") != challenge:
            self.refused.append("code")
        if self.refused or asked is None:
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
            **self.claims,
        }
        headers = {"kid": "one"}
        token = jwt.encode(
            {name: value for name, value in claims.items() if value is not None},
            self.signing if self.algorithm != "none" else None,  # type: ignore[arg-type]
            algorithm=self.algorithm,
            headers=headers,
        )
        return 200, {"access_token": "an access token", "token_type": "Bearer", "id_token": token}


@cache
def _key(whose: str) -> rsa.RSAPrivateKey:
    """A key made once, because making one is slow."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _handler(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            pages = {
                "/realm/.well-known/openid-configuration": provider.discovery,
                "/realm/keys": provider.keys,
            }
            made = pages.get(self.path)
            self.send(*(provider.answer or ((200, made()) if made else (404, {}))))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            self.send(*provider.token(form, self.headers.get("Authorization", "")))

        def send(self, status: int, body: Any) -> None:
            text = (body if isinstance(body, str) else json.dumps(body)).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_: object) -> None:
            """Nothing on the terminal."""

    return Handler
