"""A small OpenID Connect server: everybody who asks is Thandiwe."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

PERSON = {
    "sub": "248289761001",
    "name": "Thandiwe Banda",
    "email": "thandiwe@gender.example",
    "email_verified": True,
}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        address = urlsplit(self.path)
        if address.path == "/.well-known/openid-configuration":
            return self.answer(
                {
                    "issuer": self.here,
                    "authorization_endpoint": f"{self.here}/authorize",
                    "token_endpoint": f"{self.here}/token",
                    "userinfo_endpoint": f"{self.here}/userinfo",
                    "jwks_uri": f"{self.here}/keys",
                }
            )
        if address.path == "/authorize":
            asked = parse_qs(address.query)
            back = urlencode({"code": "letmein", "state": asked["state"][0]})
            self.send_response(302)
            self.send_header("Location", f"{asked['redirect_uri'][0]}?{back}")
            return self.end_headers()
        if address.path == "/userinfo" and self.headers["Authorization"] == "Bearer the-token":
            return self.answer(PERSON)
        return self.send_error(404)

    def do_POST(self):
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        if self.path != "/token" or form["code"] != ["letmein"] or "code_verifier" not in form:
            return self.send_error(400)
        return self.answer({"access_token": "the-token", "token_type": "Bearer", "expires_in": 60})

    @property
    def here(self):
        return f"http://{self.headers['Host']}"

    def answer(self, data):
        body = json.dumps(data).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args):
        pass


@contextmanager
def open_id_server():
    """The address of a running server."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
