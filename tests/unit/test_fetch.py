"""Fetching: which addresses are refused, what a host may do to us, and how hosts are treated.

A server on this machine answers. Only the last step is bent to reach it: names are looked up in a
table and every connection ends at the server, but all checks see public addresses and usual ports.
"""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import UnreadableArticle
from corpus.fetching import (
    MAX_URLS,
    FetchCache,
    Fetched,
    FetchLimits,
    Network,
    check_url,
    expand,
    fetch,
    is_public,
    user_agent,
)
from corpus.fetching.answers import Unpacker

PUBLIC = "93.184.216.34"
PAGE = b"<html><body><p>The gates closed.</p></body></html>"
Reply = Callable[["Handler"], None]


def reply(
    body: bytes = PAGE, status: int = 200, kind: str | None = "text/html", **headers: str
) -> Reply:
    """Return what answers with these; a header's name has "_" for "-"."""

    def answer(handler: Handler) -> None:
        handler.send_response(status)
        if kind is not None:
            handler.send_header("Content-Type", kind)
        sent = {"Content_Length": str(len(body))} | headers
        for name, value in sent.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def moved(to: str, status: int = 302) -> Reply:
    return reply(b"", status, Location=to)


class Handler(BaseHTTPRequestHandler):
    """Answers from the server's table, by host and path."""

    server: Any

    def do_GET(self) -> None:
        self.server.world.requests.append((self.headers["Host"], self.path, dict(self.headers)))
        key = f"{self.headers['Host']}{self.path}"
        answer = self.server.world.replies.get(key, reply(b"", 404))
        try:
            answer(self)
        except OSError:  # the other side has had enough
            self.close_connection = True

    def log_message(self, *_: Any) -> None:
        pass


@dataclass
class World:
    """A small internet: names, answers, a clock; and what was asked of it."""

    address: tuple[str, int]
    replies: dict[str, Reply] = field(default_factory=dict)
    names: dict[str, list[list[str]]] = field(default_factory=dict)
    requests: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    looked_up: list[str] = field(default_factory=list)
    connected: list[tuple[str, int]] = field(default_factory=list)
    slept: list[float] = field(default_factory=list)
    now: float | None = 1000.0

    def look_up(self, host: str, port: int) -> list[str]:
        self.looked_up.append(host)
        answers = self.names.get(host, [[PUBLIC]])
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def connect(self, address: str, port: int, timeout_s: float) -> socket.socket:
        self.connected.append((address, port))
        return socket.create_connection(self.address, timeout_s)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now = (self.now or 0) + seconds

    def now_s(self) -> float:
        return time.monotonic() if self.now is None else self.now

    @property
    def network(self) -> Network:
        return Network(
            look_up=self.look_up, connect=self.connect, now_s=self.now_s, sleep=self.sleep
        )

    def fetch(self, url: str, **options: Any) -> Fetched:
        return fetch(url, network=self.network, **options)

    def refuse(self, url: str, **options: Any) -> str:
        with pytest.raises(UnreadableArticle) as caught:
            self.fetch(url, **options)
        return str(caught.value)

    @property
    def asked(self) -> list[str]:
        return [host + path for host, path, _ in self.requests]


@pytest.fixture(scope="module")
def server() -> Iterator[Any]:
    made: Any = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.daemon_threads = True
    thread = threading.Thread(
        target=made.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
    )
    thread.start()
    yield made
    made.shutdown()
    made.server_close()


@pytest.fixture
def world(server: Any) -> World:
    server.world = World(server.server_address)
    server.world.replies["orme.example/a"] = reply()
    return server.world  # type: ignore[no-any-return]


PRIVATE = """
127.0.0.1 127.255.255.254 0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.254
169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.170 192.0.2.1 192.88.99.1 192.168.0.1
198.18.0.1 198.19.255.255 198.51.100.7 203.0.113.9 224.0.0.1 224.0.1.1 239.255.255.250 240.0.0.1
255.255.255.255 ::1 :: ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254
::ffff:0:127.0.0.1 64:ff9b::127.0.0.1 64:ff9b::a00:1 64:ff9b:1::1 100::1 2001::1 2001:db8::1
2001:0:4136:e378:8000:63bf:3fff:fdd2 2002:7f00:1:: 2002:a00:1:: 2002:808:808:: 3fff::1 5f00::1
fc00::1 fd00::8 fd12:3456:789a::1 fe80::1 fe80::1%eth0 fec0::1 ff02::1 ff0e::1 2130706433 0x7f.1
127.1 0177.0.0.1 localhost 2606:4700::1111%eth0
""".split()


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_that_is_not_public_is_known(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", [PUBLIC, "1.1.1.1", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"]
)
def test_a_public_address_is_known(address: str) -> None:
    assert is_public(address)


FORBIDDEN = r"""
http://127.0.0.1/ http://127.0.0.1:80/ http://127.1/ http://127.0.1/ http://2130706433/ http://0x7f000001/
http://0x7f.0.0.1/ http://0x7f.1/ http://0177.0.0.1/ http://017700000001/ http://00000177.1/
http://127.0.0.1./ http://127.000.000.001/ http://0/ http://0.0.0.0/ http://[::1]/ http://[::]/
http://[0:0:0:0:0:0:0:1]/ http://[::ffff:127.0.0.1]/ http://[::ffff:7f00:1]/ http://[::127.0.0.1]/
http://[64:ff9b::7f00:1]/ http://[2002:7f00:1::]/ http://[fe80::1]/ http://[fe80::1%25eth0]/
http://[fd00::8]/ http://[ff02::1]/ http://169.254.169.254/latest/meta-data/ http://2852039166/
http://0xa9fea9fe/ http://0251.0376.0251.0376/ http://100.64.0.1/ http://10.0.0.1/ http://192.168.1.1/
http://172.16.0.1/ http://224.0.0.1/ http://255.255.255.255/ http://localhost/ http://localhost./
http://LOCALHOST/ http://a.localhost/ http://printer.local/ http://metadata.google.internal/
http://router.lan/ http://intranet/ http://orme/ http://1.0.0.127.in-addr.arpa/ http://x.onion/
http://user@orme.example/ http://user:word@orme.example/ http://orme.example@127.0.0.1/
http://127.0.0.1@orme.example/ http://@orme.example/ http://orme.example:8080/ http://orme.example:22/
http://orme.example:0/ http://orme.example:443/ https://orme.example:80/ http://orme.example:/
http://orme.example:99999/ http://orme.example:x/ http://orme.example\@127.0.0.1/
http://orme.example\.evil.example/ http:\\127.0.0.1\ file:///etc/passwd ftp://orme.example/
gopher://orme.example/ data:text/html,x javascript:alert(1) ws://orme.example/ //orme.example/ /a
http:/// http://// http://[::1 http://..example/ http://.orme.example/ http://orme..example/
http://-orme.example/ http://or%6de.example/ http://①②⑦.⓪.⓪.① http://127。0。0。1/ http://１２７.0.0.1/
http://ⓛocalhost/ http://localhost。/ http://orme.example/"quoted" http://orme.example/<x>
""".split()


ODD = [
    "",
    " http://orme.example/",
    "http://orme.example/\n",
    "http://orme.example/\0",
    "http://orme.example/a b",
    "http://or\tme.example/",
    "http://o\u202erme.example/",
    f"http://{'a' * 64}.example/",
    f"http://orme.example/{'a' * 2000}",
]


@pytest.mark.parametrize("url", FORBIDDEN + ODD)
def test_a_forbidden_address_is_refused_before_anything_is_sent(url: str, world: World) -> None:
    world.refuse(url)

    assert not world.connected
    assert not world.looked_up


def test_the_table_of_forbidden_addresses_is_long() -> None:
    assert len(FORBIDDEN) >= 60


@given(st.text(max_size=60) | st.text("htp:/[]@.%0127afx\\", max_size=40).map("http://".__add__))
def test_an_address_is_checked_or_refused_and_means_the_same_again(url: str) -> None:
    try:
        place = check_url(url)
    except UnreadableArticle:
        return
    assert check_url(place.url) == place
    assert place.url.isascii()


@pytest.mark.parametrize("address", [a for a in PRIVATE if "." in a or ":" in a])
def test_a_name_that_leads_to_a_private_address_is_refused(address: str, world: World) -> None:
    world.names["orme.example"] = [[PUBLIC, address]]

    assert "is not public" in world.refuse("http://orme.example/a")
    assert world.connected == []


def test_the_connection_goes_to_the_address_that_was_checked(world: World) -> None:
    # The second look-up of a rebinding name leads inside; there is none for one connection.
    world.names["orme.example"] = [["1.1.1.1"], ["127.0.0.1"]]

    world.refuse("http://orme.example/a")

    assert world.connected == [("1.1.1.1", 80)]  # for robots.txt; then the name had changed


@pytest.mark.parametrize(
    "target",
    ["http://127.0.0.1/", "http://inside.example/", "http://[::ffff:10.0.0.1]/", "file:///etc/passwd",
     "//169.254.169.254/latest", "http://orme.example:8080/", "http://u@orme.example/a", "ftp://a.example/",
     "https://localhost/", "http://0x7f.1/", "http://[::1]/", "http://[::1", "//["],
)  # fmt: skip
def test_a_redirect_is_checked_like_the_first_address(target: str, world: World) -> None:
    world.names["inside.example"] = [["10.0.0.1"]]
    world.replies["orme.example/moved"] = moved(target)

    world.refuse("http://orme.example/moved")

    assert world.asked == ["orme.example/robots.txt", "orme.example/moved"]
    assert set(world.connected) == {(PUBLIC, 80)}


def test_redirects_are_followed_up_to_a_number(world: World) -> None:
    for number in range(6):
        world.replies[f"orme.example/{number}"] = moved(f"/{number + 1}", 301 + number % 3)
    world.replies["orme.example/6"] = reply()

    assert world.fetch("http://orme.example/1").final_url == "http://orme.example/6"
    assert "redirected more than 5 times" in world.refuse("http://orme.example/0")


def test_a_page_is_fetched_with_an_honest_name_and_nothing_else(world: World) -> None:
    world.replies["orme.example/a?b=%C3%A9"] = reply(ETag='"1"', Last_Modified="Mon, 01 Jan 2029")

    fetched = world.fetch("http://Orme.example./a?b=é#part")

    assert fetched == Fetched(
        url="http://Orme.example./a?b=é#part",
        final_url="http://orme.example/a?b=%C3%A9",
        media_type="text/html",
        data=PAGE,
        etag='"1"',
        last_modified="Mon, 01 Jan 2029",
    )
    _, _, headers = world.requests[-1]
    assert headers["User-Agent"] == user_agent()
    assert user_agent().startswith("pullquote/")
    assert headers.keys() == {"Host", "User-Agent", "Connection", "Accept", "Accept-Encoding"}


def test_what_has_not_changed_is_not_sent_again(world: World) -> None:
    def answer(handler: Handler) -> None:
        known = handler.headers["If-None-Match"] == '"1"' and handler.headers["If-Modified-Since"]
        new = reply(ETag='"1"', Last_Modified="Mon, 01 Jan 2029 00:00:00 GMT")
        (reply(b"", 304, None) if known else new)(handler)

    world.replies["orme.example/a"] = answer
    cache = FetchCache()

    first, second = (world.fetch("http://orme.example/a", cache=cache) for _ in range(2))

    assert not first.not_modified
    assert second.not_modified
    assert (second.data, second.etag) == (b"", '"1"')
    assert cache.validators == {"http://orme.example/a": (first.etag, first.last_modified)}


def test_a_host_is_asked_politely(world: World) -> None:
    cache = FetchCache()
    for _ in range(3):
        world.fetch("http://orme.example/a", cache=cache)
    world.replies["slow.example/robots.txt"] = reply(b"User-agent: *\nCrawl-delay: 7\n")
    world.replies["slow.example/a"] = reply()
    for _ in range(2):
        world.fetch("http://slow.example/a", cache=cache)

    assert world.slept == [1, 1, 7]
    assert world.asked.count("orme.example/robots.txt") == 1


ROBOTS = b"User-agent: *\nDisallow: /private\n\nUser-agent: pullquote\nDisallow: /not-you\n"


def test_robots_txt_is_obeyed_also_after_a_redirect(world: World) -> None:
    world.replies["orme.example/robots.txt"] = reply(ROBOTS, kind="text/plain")
    world.replies["other.example/moved"] = moved("http://orme.example/not-you")

    for url in ("http://orme.example/not-you/a", "http://other.example/moved"):
        assert "robots.txt of its host does not allow" in world.refuse(url)
    assert world.fetch("http://orme.example/a").data == PAGE
    assert "orme.example/not-you" not in world.asked


@pytest.mark.parametrize(
    ("status", "is_allowed"), [(404, True), (403, True), (500, False), (503, False)]
)
def test_robots_txt_that_is_not_there(status: int, is_allowed: bool, world: World) -> None:
    world.replies["orme.example/robots.txt"] = reply(b"", status)
    if is_allowed:
        assert world.fetch("http://orme.example/a").data == PAGE
    else:
        cache = FetchCache()
        for _ in range(2):
            assert "robots.txt" in world.refuse("http://orme.example/a", cache=cache)
        assert world.asked == ["orme.example/robots.txt"]


def test_robots_txt_may_not_lead_inside(world: World) -> None:
    world.replies["orme.example/robots.txt"] = moved("http://169.254.169.254/")

    assert "not a public address" in world.refuse("http://orme.example/a")
    assert world.asked == ["orme.example/robots.txt"]


SMALL = FetchLimits(max_bytes=50_000)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (reply(b"x" * 50_001), "more than"),
        (reply(gzip.compress(b"x" * 50_001), Content_Encoding="gzip"), "more than"),
        (reply(gzip.compress(bytes(10_000_000)), Content_Encoding="gzip"), "more than"),
        (reply(gzip.compress(PAGE)[:-9], Content_Encoding="gzip"), "cut off"),
        (reply(b"no gzip at all", Content_Encoding="gzip"), "could not be fetched"),
        (reply(Content_Encoding="br"), "sent in a way that is not read: br"),
        (reply(Content_Encoding="gzip, gzip"), "sent in a way"),
        (reply(Content_Length="5000"), "cut off"),
        (reply(kind="video/mp4"), "of a kind that is not read"),
        (reply(kind="application/octet-stream"), "of a kind"),
        (reply(kind=None), "of a kind"),
        (reply(status=404), "answered 404"),
        (reply(status=500), "answered 500"),
        (reply(status=206), "answered 206"),
        (reply(status=304), "answered 304"),
        (reply(status=302), "answered 302"),
        (lambda handler: handler.wfile.write(b"SSH-2.0-OpenSSH\r\n"), "could not be fetched"),
        (lambda handler: handler.wfile.write(b"HTTP/1.1 200 " + b"x" * 70_000), "could not be"),
        (
            lambda handler: handler.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200),
            "could not",
        ),
        (lambda _: None, "could not be fetched"),
    ],
)
def test_an_answer_that_is_not_right_is_refused(answer: Reply, reason: str, world: World) -> None:
    world.replies["orme.example/b"] = answer

    assert reason in world.refuse("http://orme.example/b", limits=SMALL)


def test_a_bomb_is_not_unpacked_to_see_its_size(world: World) -> None:
    bomb = gzip.compress(bytes(40_000_000))
    world.replies["orme.example/b"] = reply(bomb, Content_Encoding="gzip")

    tracemalloc.start()
    try:
        world.refuse("http://orme.example/b", limits=SMALL)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 5_000_000


def test_an_answer_in_pieces_and_packed_is_read(world: World) -> None:
    packed = gzip.compress(PAGE)
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(p), p) for p in (packed[:7], packed[7:]))

    def answer(handler: Handler) -> None:
        head = b"Content-Type: text/html; charset=x\r\nTransfer-Encoding: chunked\r\n"
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n" + head + b"\r\n")
        handler.wfile.write(chunks + b"0\r\n\r\n")

    world.replies["orme.example/b"] = answer
    fetched = world.fetch("http://orme.example/b")

    assert (fetched.data, fetched.media_type) == (PAGE, "text/html")


def drip(head: bytes) -> Reply:
    def answer(handler: Handler) -> None:
        handler.wfile.write(head)
        for _ in range(100):
            handler.wfile.write(b"a")
            handler.wfile.flush()
            time.sleep(0.02)

    return answer


@pytest.mark.parametrize(
    "head", [b"", b"HTTP/1.1 200 OK\r\nA: ", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"]
)
def test_a_host_that_drips_is_left_when_the_time_is_up(head: bytes, world: World) -> None:
    world.now = None
    world.replies["orme.example/b"] = drip(head)

    began = time.monotonic()
    assert "took more than 0.3 s" in world.refuse(
        "http://orme.example/b", limits=FetchLimits(total_s=0.3)
    )
    assert time.monotonic() - began < 1.5


def test_a_look_up_that_hangs_is_left_when_the_time_is_up(world: World) -> None:
    release = threading.Event()
    network = Network(look_up=lambda *_: [str(release.wait(5))], connect=world.connect)

    with pytest.raises(UnreadableArticle, match=r"took more than 0\.1 s"):
        fetch("http://orme.example/a", network=network, limits=FetchLimits(total_s=0.1))
    release.set()


def test_a_name_that_is_unknown_or_has_no_address_is_told(world: World) -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise socket.gaierror(-2, "Name or service not known")

    world.names["empty.example"] = [[]]
    assert "has no address" in world.refuse("http://empty.example/")
    with pytest.raises(UnreadableArticle, match="Name or service not known"):
        fetch("http://orme.example/a", network=Network(look_up=unknown, connect=world.connect))


def test_the_next_address_is_tried_where_one_does_not_answer(world: World) -> None:
    def connect(address: str, port: int, timeout_s: float) -> socket.socket:
        if ":" in address:
            raise OSError("no route")
        return world.connect(address, port, timeout_s)

    network = Network(look_up=lambda *_: ["2606:4700::1111", PUBLIC], connect=connect)

    assert fetch("http://orme.example/a", network=network).data == PAGE


def test_certificates_are_checked_for_the_name(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def wrap(context: ssl.SSLContext, _: socket.socket, server_hostname: str) -> ssl.SSLSocket:
        seen.append((context.verify_mode, context.check_hostname, server_hostname))
        raise ssl.SSLCertVerificationError("certificate verify failed")

    monkeypatch.setattr(ssl.SSLContext, "wrap_socket", wrap)

    assert "certificate verify failed" in world.refuse("https://orme.example/a")
    assert seen == [(ssl.CERT_REQUIRED, True, "orme.example")]


def test_over_tls_the_name_is_asked_for() -> None:
    hello: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            connection, _ = listener.accept()
            with connection:
                hello.append(connection.recv(4096))
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")

        thread = threading.Thread(target=serve)
        thread.start()
        network = Network(
            look_up=lambda *_: [PUBLIC],
            connect=lambda _, port, s: socket.create_connection(listener.getsockname(), s),
        )
        with pytest.raises(UnreadableArticle, match="could not be fetched"):
            fetch("https://orme.example/a", network=network)
        thread.join()
    assert b"orme.example" in hello[0]


FEED = b"""<rss version="2.0"><channel><title>Orme</title><link>https://orme.example</link>
<item><title>a</title><link>/a</link></item><item><link>https://orme.example/b</link></item>
<item><link>/a</link></item></channel></rss>"""


def sitemap(*addresses: str, kind: str = "urlset") -> bytes:
    inner = {"urlset": "url", "sitemapindex": "sitemap"}[kind]
    entries = "".join(f"<{inner}><loc>{address}</loc></{inner}>" for address in addresses)
    return (
        f'<{kind} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</{kind}>'.encode()
    )


def expanded(world: World, url: str, **options: Any) -> list[str]:
    return list(expand(url, network=world.network, **options))


def test_a_feed_is_expanded_to_its_addresses(world: World) -> None:
    world.replies["orme.example/feed"] = reply(FEED, kind="application/rss+xml")

    assert expanded(world, "http://orme.example/feed") == [
        "http://orme.example/a",
        "https://orme.example/b",
    ]


def test_a_list_of_sitemaps_is_expanded_and_one_that_is_broken_costs_no_other(world: World) -> None:
    index = sitemap(
        *(f"http://orme.example/{name}" for name in ("1.xml", "gone.xml", "2.xml.gz", "index.xml")),
        "http://10.0.0.1/inside.xml",
        kind="sitemapindex",
    )
    packed = gzip.compress(sitemap("http://orme.example/b", "http://orme.example/a"))
    world.replies |= {
        "orme.example/index.xml": reply(index, kind="text/xml", ETag='"i"'),
        "orme.example/1.xml": reply(sitemap("http://orme.example/a"), kind="application/xml"),
        "orme.example/2.xml.gz": reply(packed, kind="application/gzip"),
    }
    cache = FetchCache()

    found = expanded(world, "http://orme.example/index.xml", cache=cache)

    assert found == ["http://orme.example/a", "http://orme.example/b"]
    assert world.asked.count("orme.example/index.xml") == 1
    assert "http://orme.example/index.xml" not in cache.validators


def test_what_is_expanded_is_bounded(world: World) -> None:
    many = sitemap(*(f"http://orme.example/{n}" for n in range(MAX_URLS + 5)))
    bomb = gzip.compress(sitemap("http://orme.example/1") + b" " * 60_000)
    world.replies["orme.example/many.xml"] = reply(many, kind="text/xml")
    world.replies["orme.example/bomb.gz"] = reply(bomb, kind="application/gzip")

    assert len(expanded(world, "http://orme.example/many.xml")) == MAX_URLS
    with pytest.raises(UnreadableArticle, match="more than"):
        expanded(world, "http://orme.example/bomb.gz", limits=SMALL)


def test_a_page_is_not_expanded(world: World) -> None:
    with pytest.raises(UnreadableArticle, match="is no feed"):
        expanded(world, "http://orme.example/a")


def test_a_body_of_several_packed_members_is_read_whole(world: World) -> None:
    members = b"".join(gzip.compress(part) for part in (PAGE[:9], b"", PAGE[9:]))
    world.replies["orme.example/m"] = reply(members + bytes(9), Content_Encoding="gzip")
    assert world.fetch("http://orme.example/m").data == PAGE
    world.replies["orme.example/cut"] = reply(members[:-9], Content_Encoding="gzip")
    assert "cut off" in world.refuse("http://orme.example/cut")


def test_very_many_members_are_unpacked_in_linear_time() -> None:
    began = time.perf_counter()
    assert Unpacker("gzip", 1000, "a").all_of(gzip.compress(b"") * 200_000) == b""
    assert time.perf_counter() - began < 5


def test_that_an_answer_cannot_be_unpacked_is_said_in_plain_words(world: World) -> None:
    world.replies["orme.example/bad"] = reply(b"no gzip at all", Content_Encoding="gzip")
    assert "the answer cannot be unpacked" in world.refuse("http://orme.example/bad")
