"""Fetching from the web what somebody else named: only from public addresses, within a time and a size.

A name is resolved here and the connection goes to the very address that was checked, so a name that answers
differently the second time gains nothing. Every redirect is checked like the first address.
"""

import ipaddress
import socket
import ssl
import time
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

import certifi
import httpcore
import idna
from django.conf import settings

SECONDS = 20
CONNECT_SECONDS = 8
MOST_BYTES = 20 * 1024 * 1024
MOST_REDIRECTS = 5
REDIRECTS = {301, 302, 303, 307, 308}
AGENT = "Mozilla/5.0 (compatible; {name}; +{url})"
NAT64 = ipaddress.ip_network("64:ff9b::/96")
SCHEMES = {"http", "https"}


class Unreachable(Exception):
    """No answer. `code`: address, private, name, refused, timeout, tls, redirects, protocol, too_large."""

    def __init__(self, code, detail=""):
        super().__init__(f"{code} {detail}".strip())
        self.code, self.detail = code, str(detail)[:200]


@dataclass(frozen=True)
class Answer:
    """An answer. `url` is where the redirects led; header names are in lower case."""

    status: int
    url: str
    headers: dict
    body: bytes = b""
    moved_for_good: bool = False


def fetch(url, *, method="GET", headers=None, seconds=SECONDS, most_bytes=MOST_BYTES, whole=True):
    """The answer to a request. Unreachable where there is none.

    whole=False: only the first `most_bytes` of the body are read, and a longer one is no mistake.
    """
    deadline = time.monotonic() + seconds
    for_good = True
    context = ssl.create_default_context(cafile=certifi.where())
    with httpcore.ConnectionPool(
        ssl_context=context, network_backend=GuardedBackend(deadline), retries=0
    ) as pool:
        for hop in range(MOST_REDIRECTS + 1):
            answer = ask(pool, method, normal(url), headers, deadline, most_bytes, whole)
            target = answer.headers.get("location", "")
            if answer.status not in REDIRECTS or not target:
                moved = for_good and hop > 0
                return Answer(answer.status, url, answer.headers, answer.body, moved)
            for_good = for_good and answer.status in (301, 308)
            url = urljoin(url, target)
    raise Unreachable("redirects")


def normal(url):
    """The address as it goes over the wire: the name in ASCII, other characters escaped. Unreachable for what is none."""
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise Unreachable("address", error) from error
    if parts.scheme.lower() not in SCHEMES or not host:
        raise Unreachable("address")
    if port is not None and port < 1024 and port not in (80, 443):
        raise Unreachable("private", port)
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode()
        except idna.IDNAError as error:
            raise Unreachable("address", error) from error
    host = f"[{host}]" if ":" in host else host
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    return f"{parts.scheme.lower()}://{host}{f':{port}' if port else ''}{path}{f'?{query}' if query else ''}"


def ask(pool, method, url, headers, deadline, most_bytes, whole):
    """One request, no redirect followed."""
    sent = {
        "Host": urlsplit(url).netloc,
        "User-Agent": AGENT.format(name=ascii_name(settings.SITE_NAME), url=settings.SITE_URL),
        "Accept": "*/*",
        "Accept-Encoding": "identity",
        "Connection": "close",
        **(headers or {}),
    }
    wait = dict.fromkeys(("connect", "read", "write", "pool"), CONNECT_SECONDS)
    try:
        with pool.stream(method, url, headers=list(sent.items()), extensions={"timeout": wait}) as response:
            found = {
                name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers
            }
            body = bytearray()
            if method != "HEAD":
                for chunk in response.iter_stream():
                    body += chunk
                    if len(body) > most_bytes:
                        if whole:
                            raise Unreachable("too_large", most_bytes)
                        break
                    if time.monotonic() > deadline:
                        raise Unreachable("timeout")
            return Answer(response.status, url, found, bytes(body[:most_bytes]))
    except (httpcore.TimeoutException, TimeoutError) as error:
        raise Unreachable("timeout") from error
    except httpcore.ConnectError as error:
        raise Unreachable(
            "tls" if "SSL" in str(error) or "certificate" in str(error).lower() else "refused", error
        ) from error
    except (httpcore.NetworkError, ConnectionError, OSError) as error:
        raise Unreachable("refused", error) from error
    except (httpcore.ProtocolError, httpcore.UnsupportedProtocol, ValueError) as error:
        raise Unreachable("protocol", error) from error


def ascii_name(text):
    return (
        text.encode("ascii", "ignore").decode().replace("(", "").replace(")", "").replace(";", "").strip()
        or "portal"
    )


def addresses_of(host, port):
    """The addresses a name leads to that may be fetched from. Unreachable where there are none."""
    try:
        found = [info[4][0] for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError) as error:
        raise Unreachable("name", host) from error
    if host.lower() in settings.FETCH_INSIDE:
        return found
    public = [address for address in found if is_public(address)]
    if not public:
        raise Unreachable("private", host)
    return public


def is_public(address):
    """Whether an address belongs to the public internet, also where it carries another one inside."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if ip.version == 6:
        inner = ip.ipv4_mapped or ip.sixtofour
        if ip in NAT64:
            inner = ipaddress.ip_address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if ip.teredo:
            return False
    return ip.is_global and not ip.is_multicast


class GuardedBackend(httpcore.NetworkBackend):
    """Connects only where it is allowed, and lets nothing go on beyond the deadline."""

    def __init__(self, deadline):
        self.deadline = deadline
        self.inner = httpcore.SyncBackend()

    def connect_tcp(self, host, port, timeout=None, local_address=None, socket_options=None):
        last = None
        for address in addresses_of(host.strip("[]"), port)[:3]:
            left = left_of(self.deadline, timeout)
            try:
                stream = self.inner.connect_tcp(address, port, left, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                last = error
                continue
            return TimedStream(stream, self.deadline)
        raise last or Unreachable("refused", host)

    def connect_unix_socket(self, path, timeout=None, socket_options=None):
        raise Unreachable("private", path)

    def sleep(self, seconds):
        self.inner.sleep(seconds)


class TimedStream(httpcore.NetworkStream):
    """A connection each of whose waits ends at the deadline: a server that drips bytes holds nobody."""

    def __init__(self, stream, deadline):
        self.stream, self.deadline = stream, deadline

    def read(self, max_bytes, timeout=None):
        return self.stream.read(max_bytes, left_of(self.deadline, timeout))

    def write(self, buffer, timeout=None):
        self.stream.write(buffer, left_of(self.deadline, timeout))

    def close(self):
        self.stream.close()

    def start_tls(self, ssl_context, server_hostname=None, timeout=None):
        tls = self.stream.start_tls(ssl_context, server_hostname, left_of(self.deadline, timeout))
        return TimedStream(tls, self.deadline)

    def get_extra_info(self, info):
        return self.stream.get_extra_info(info)


def left_of(deadline, timeout):
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout
    return min(left, timeout) if timeout else left
