"""The library over HTTP: adding, removing, undoing, and every limit, without a model."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from fastapi import FastAPI, Request
from starlette.testclient import TestClient

from corpus import Article, IndexLocked, StoreError
from qa import Assistant, build_index
from qa.indexer import IndexReport
from qa.interfaces.library import trash, uploads
from qa.interfaces.library.library import Library
from qa.interfaces.library.library_health import is_locked
from qa.interfaces.library.library_routes import library_routes
from qa.interfaces.library.trash import Trash
from qa.interfaces.library.upload_reading import clean_file_name, clean_line
from qa.interfaces.library.uploads import Gate, Refused, UploadLimits
from qa.write_lock import write_lock
from tests.fakes import HashingEncoder, make_article

Reply = Any  # of whichever client library the test client is made
KIB = 1024

PAGE = """<html><head><title>Lock gates jam | Orme Courier</title>
<link rel="canonical" href="https://courier.example/lock-gates">
<meta property="article:published_time" content="2031-06-01T08:00:00Z"></head><body><article>
<h1>Lock gates jam</h1>
<p>{text} The lock gates of the old canal jammed on Sunday morning, and forty boats had to wait.</p>
<p>Engineers freed the gates in the evening, and the first boats passed before night fell again.</p>
<p>The canal trust said that the gates are ninety years old and will be replaced in the winter.</p>
</article></body></html>"""


class Clock:
    """Time that passes when told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def library(assistant: Assistant, tmp_path: Path) -> Library:
    limits = UploadLimits(file_bytes=200 * KIB, articles=3, free_bytes=0, paste_bytes=10 * KIB)
    return Library(assistant, tmp_path / "data", limits=limits)


def visitor_of(request: Request) -> str | None:
    return request.headers.get("x-visitor")


def serve(library: Library, *, may_write: bool = True) -> TestClient:
    app = FastAPI()
    routes = library_routes(library, visitor_of=visitor_of, may_write=lambda _: may_write)
    app.include_router(routes)
    return TestClient(app)


@pytest.fixture
def client(library: Library) -> Iterator[TestClient]:
    with serve(library) as opened:
        yield opened


def send(client: TestClient, name: str, content: str | bytes, **headers: str) -> Reply:
    return client.post(
        "/v1/articles", content=content, headers={"x-file-name": quote(name), **headers}
    )


def detail(reply: Reply) -> str:
    assert reply.headers["content-type"] == "application/problem+json"
    problem = reply.json()
    assert problem["status"] == reply.status_code
    return str(problem["detail"])


def statuses(reply: Reply) -> list[str]:
    assert reply.status_code == 200, reply.text
    return [article["status"] for article in reply.json()["articles"]]


def left_behind(library: Library) -> list[str]:
    return [path.name for path in library._incoming.iterdir()]


# -- list ----------------------------------------------------------------------------------------


def test_the_list_is_what_is_asked_for(client: TestClient) -> None:
    page = client.get("/v1/articles").json()
    assert [a["id"] for a in page["articles"]] == ["fishing", "barrier", "mayor", "ferry"]
    assert (page["total"], page["page"], page["pages"]) == (4, 1, 1)
    assert page["articles"][1] == {
        "id": "barrier",
        "title": "Tidal barrier opens",
        "outlet": "Orme Courier",
        "published": "2031-05-06",
        "source": "barrier.txt",
        "chars": 157,
        "passages": 1,
        "story_id": "barrier",
        "copies": 0,
    }
    asked = {"query": "courier", "outlet": "Orme Courier", "sort": "title", "order": "desc"}
    assert client.get("/v1/articles", params=asked).json()["total"] == 1
    second = client.get("/v1/articles", params={"page_size": 1, "page": 2}).json()
    assert ([a["id"] for a in second["articles"]], second["pages"]) == (["barrier"], 4)
    outlets = [{"name": "Orme Courier", "articles": 1}, {"name": "The Ledger", "articles": 1}]
    assert client.get("/v1/outlets").json() == {"outlets": outlets}


@pytest.mark.parametrize(
    "asked", ["sort=size", "order=up", "page=0", "page=x", "page_size=101", "page=²", "page=1e3"]
)
def test_a_list_that_cannot_be_is_refused(client: TestClient, asked: str) -> None:
    assert detail(client.get(f"/v1/articles?{asked}")).startswith(asked.partition("=")[0])


# -- add -----------------------------------------------------------------------------------------


def test_an_uploaded_page_is_indexed_and_can_be_asked(
    client: TestClient, library: Library, assistant: Assistant
) -> None:
    reply = send(client, "gates.html", PAGE.format(text=""))
    (article,) = reply.json()["articles"]
    assert (article["title"], article["published"]) == (
        "Lock gates jam",
        "2031-06-01T08:00:00+00:00",
    )
    assert statuses(reply) == ["added"]
    assert assistant.article(article["id"]).source == "https://courier.example/lock-gates"
    assert "jammed on Sunday" in str(assistant.ask("When did the lock gates jam?").text)
    assert left_behind(library) == []


def test_the_same_file_again_is_there_already_and_new_text_is_a_new_version(
    client: TestClient, assistant: Assistant
) -> None:
    first = send(client, "gates.html", PAGE.format(text=""))
    assert statuses(send(client, "other.html", PAGE.format(text=""))) == ["unchanged"]
    second = send(client, "gates.html", PAGE.format(text="Correction."))
    assert statuses(second) == ["replaced"]
    assert second.json()["articles"][0]["id"] == first.json()["articles"][0]["id"]
    assert len(assistant.versions(first.json()["articles"][0]["id"])) == 2


def test_a_text_file_has_its_name_as_source_and_an_id_by_its_content(
    client: TestClient, assistant: Assistant
) -> None:
    one = send(client, "../../notes\u202e.txt", "A bridge was built at Fobble in 1999.")
    (article,) = one.json()["articles"]
    stored = assistant.article(article["id"])
    assert stored.source == one.json()["name"] == "notes.txt"
    assert article["id"].startswith("notes-")
    assert statuses(send(client, "notes.txt", stored.text)) == ["unchanged"]
    assert statuses(send(client, "notes.txt", "Another bridge was built.")) == ["added"]


def test_text_is_read_in_the_other_process_too(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def here(*_: object) -> None:
        raise AssertionError("read in the server")

    monkeypatch.setattr("corpus.plain.read_plain", here)
    monkeypatch.setattr("corpus.formats.plain.read_plain", here)
    reply = send(
        client, "a.md", "---\nid: own-id\noutlet: Post\n---\n# Head\n\nA bridge was built."
    )
    assert statuses(reply) == ["added"]
    (article,) = reply.json()["articles"]
    assert (article["id"], article["title"], article["outlet"]) == ("own-id", "Head", "Post")


def test_of_many_articles_the_good_ones_are_added_and_the_bad_ones_reported(
    client: TestClient,
) -> None:
    good = {"title": "Bells", "text": "The bells of Fobble rang on Sunday.", "url": "x"}
    lines = f"{json.dumps(good)}\nno json\n{json.dumps({**good, 'title': 'B', 'url': 'y'})}\n"
    reply = send(client, "dump.jsonl", lines)
    assert statuses(reply) == ["added", "added"]
    (problem,) = reply.json()["problems"]
    assert problem["where"] == "line 2"


def test_no_more_articles_of_a_file_than_may_be(client: TestClient) -> None:
    texts = [f"The bells of Fobble rang {n} times." for n in range(9)]
    lines = "\n".join(json.dumps({"title": f"Bells {n}", "text": t}) for n, t in enumerate(texts))
    reply = send(client, "dump.jsonl", lines)
    assert statuses(reply) == ["added"] * 3
    assert "more than 3 articles" in reply.json()["problems"][0]["reason"]


@pytest.mark.parametrize(
    ("name", "content", "status", "words"),
    [
        ("a.exe", b"MZ", 415, "not one of the kinds"),
        ("noname", b"text", 415, "not one of the kinds"),
        ("crawl.warc.gz", b"x", 415, "not one of the kinds"),
        ("", b"text", 415, "upload is not one"),
        ("a.txt", b"", 422, "a.txt has no text"),
        ("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(200), 422, "a.txt"),
        ("a.pdf", b"%PDF-1.4 broken", 422, "a.pdf"),
        ("a.json", b"[" * 5000, 422, "a.json"),
        ("a.txt", b"x" * (201 * KIB), 413, "larger than 0 MB"),
    ],
)
def test_what_cannot_be_added_is_refused_with_the_reason(
    client: TestClient, library: Library, name: str, content: bytes, status: int, words: str
) -> None:
    reply = send(client, name, content)
    assert reply.status_code == status
    assert words in detail(reply)
    assert client.get("/v1/articles").json()["total"] == 4
    assert left_behind(library) == []


def test_a_body_that_lies_about_its_size_is_cut_off(client: TestClient, library: Library) -> None:
    def chunks() -> Iterator[bytes]:
        for _ in range(300):
            yield b"x" * KIB

    reply = client.post("/v1/articles", content=chunks(), headers={"x-file-name": "a.txt"})
    assert reply.status_code == 413
    assert left_behind(library) == []


def test_what_a_form_of_another_site_can_send_is_refused(client: TestClient) -> None:
    assert client.post("/v1/articles", content="text").status_code == 415
    plain = {"content-type": "text/plain"}
    undo = client.post("/v1/articles/undo", content='{"undo": "x"}', headers=plain)
    assert undo.status_code == 415


def test_a_pasted_text_is_an_article_with_the_facts_that_were_given(
    client: TestClient, assistant: Assistant
) -> None:
    pasted = {
        "title": "<b>Bells</b>\n\u202ering",
        "outlet": "Fobble Post",
        "published": "2026-03-17",
        "text": "The bells of Fobble rang on Sunday. Nobody knows why.",
    }
    reply = client.post("/v1/articles", json=pasted)
    (article,) = reply.json()["articles"]
    assert statuses(reply) == ["added"]
    stored = assistant.article(article["id"])
    assert (stored.title, stored.outlet) == ("<b>Bells</b> ring", "Fobble Post")
    assert (stored.published, stored.text) == ("2026-03-17", pasted["text"])
    assert statuses(client.post("/v1/articles", json=pasted)) == ["unchanged"]


@pytest.mark.parametrize(
    ("pasted", "status"),
    [
        ({"text": "   "}, 422),
        ({"text": "A bell rang.", "published": "yesterday"}, 422),
        ({"text": "A bell rang.", "published": "2026-02-30"}, 422),
        ({"text": 7}, 422),
        ([], 422),
        ({"text": "bell " * 5000}, 413),
    ],
)
def test_a_pasted_text_that_cannot_be_is_refused(
    client: TestClient, pasted: object, status: int
) -> None:
    reply = client.post("/v1/articles", json=pasted)
    assert reply.status_code == status
    assert detail(reply)


def test_a_text_with_characters_that_cannot_be_stored_is_harmless(client: TestClient) -> None:
    body = '{"title": "a\\ud800b\\u0000c", "text": "A bell\\ud800 rang \\u0000 on Sunday."}'
    reply = client.post("/v1/articles", content=body, headers={"content-type": "application/json"})
    assert statuses(reply) == ["added"]
    assert reply.json()["articles"][0]["title"] == "a b c"


# -- remove and undo -------------------------------------------------------------------------------


def test_what_was_removed_comes_back_with_its_earlier_versions(
    client: TestClient, assistant: Assistant, articles: list[Article]
) -> None:
    barrier = articles[0]
    newer = replace(barrier, text=barrier.text.replace("412", "415"))
    build_index(assistant.folder, [newer], encoder=assistant.encoder)
    removed = client.delete("/v1/articles/barrier").json()
    assert removed["title"] == barrier.title
    assert client.get("/v1/articles", params={"query": "barrier"}).json()["total"] == 0
    assert assistant.versions("barrier") == []
    undone = client.post("/v1/articles/undo", json={"undo": removed["undo"]})
    assert undone.json()["articles"][0]["id"] == "barrier"
    assert [v.version for v in assistant.versions("barrier")] == [newer.version, barrier.version]
    assert assistant.article("barrier") == newer
    assert assistant.article("barrier", version=barrier.version) == barrier
    assert "415 million" in str(assistant.ask("What did the barrier cost?").text)
    again = client.post("/v1/articles/undo", json={"undo": removed["undo"]})
    assert again.status_code == 404


def test_an_undo_that_another_writer_stops_halfway_can_be_finished(
    client: TestClient,
    library: Library,
    assistant: Assistant,
    articles: list[Article],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    barrier = articles[0]
    newer = replace(barrier, text=barrier.text.replace("412", "415"))
    build_index(assistant.folder, [newer], encoder=assistant.encoder)
    token = client.delete("/v1/articles/barrier").json()["undo"]
    index, held = library._index, iter([False, True])

    def index_unless_held(some: Sequence[Article]) -> IndexReport:
        if next(held, False):
            raise IndexLocked("another process is writing")
        return index(some)

    monkeypatch.setattr(library, "_index", index_unless_held)
    assert client.post("/v1/articles/undo", json={"undo": token}).status_code == 409
    assert assistant.article("barrier") == barrier
    assert client.post("/v1/articles/undo", json={"undo": token}).status_code == 200
    assert assistant.article("barrier") == newer
    assert [v.version for v in assistant.versions("barrier")] == [newer.version, barrier.version]


def test_marks_and_headings_survive_the_trash(tmp_path: Path) -> None:
    article = replace(
        make_article("Menu\nHead\nText.", headings=["Head"], marked=["Menu"]),
        metadata={"url": "https://x.example"},
    )
    kept = Trash(tmp_path / "trash")
    assert kept.versions(kept.put([article])) == [article]
    assert kept.versions("../../etc/passwd") is None


def test_the_trash_is_emptied_in_time_and_at_every_start(tmp_path: Path) -> None:
    clock = Clock()
    kept = Trash(tmp_path, clock)
    first, article = kept.put([make_article("One.")]), make_article("Two.")
    clock.now = trash.KEPT_S - 1
    second = kept.put([article])
    clock.now = trash.KEPT_S + 1
    assert kept.versions(first) is None
    assert kept.versions(second) == [article]
    assert len(list(tmp_path.iterdir())) == 1
    Trash(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_trash_holds_no_more_than_it_may(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trash, "MAX_KEPT", 2)
    kept = Trash(tmp_path)
    tokens = [kept.put([make_article("One.")]) for _ in range(4)]
    assert [kept.versions(token) is None for token in tokens] == [True, True, False, False]
    assert len(list(tmp_path.iterdir())) == 2


def test_an_undo_never_takes_the_place_of_what_came_meanwhile(
    client: TestClient, assistant: Assistant, articles: list[Article]
) -> None:
    token = client.delete("/v1/articles/barrier").json()["undo"]
    newer = replace(articles[0], text="Another text altogether.")
    build_index(assistant.folder, [newer], encoder=assistant.encoder)
    assert client.post("/v1/articles/undo", json={"undo": token}).status_code == 404
    assert assistant.article("barrier") == newer


@pytest.mark.parametrize("article_id", ["nobody", "a%2Fb%20%C3%9C", "%00", "..%2F..%2Fx"])
def test_an_article_that_is_not_there_cannot_be_removed(
    client: TestClient, article_id: str
) -> None:
    assert client.delete(f"/v1/articles/{article_id}").status_code == 404


def test_an_odd_id_can_be_removed(client: TestClient, assistant: Assistant) -> None:
    odd = make_article("A bell rang.", id="odd/Ünïcode.id-1 2%")
    build_index(assistant.folder, [odd], encoder=assistant.encoder)
    assert client.delete(f"/v1/articles/{quote(odd.id, safe='')}").status_code == 200


# -- limits ----------------------------------------------------------------------------------------


def test_where_nothing_may_be_written_nothing_is(library: Library) -> None:
    with serve(library, may_write=False) as client:
        for reply in (
            send(client, "a.txt", "A bell rang."),
            client.post("/v1/articles", json={"text": "A bell rang."}),
            client.delete("/v1/articles/barrier"),
            client.post("/v1/articles/undo", json={"undo": "x"}),
        ):
            assert reply.status_code == 403
            assert "reading only" in detail(reply)
        health = client.get("/v1/library").json()
        assert (health["writable"], health["why"]) == (False, "read_only")
        assert client.get("/v1/articles").json()["total"] == 4


def test_while_another_process_writes_one_is_asked_to_wait(
    client: TestClient, library: Library, assistant: Assistant
) -> None:
    with write_lock(assistant.folder):
        for reply in (
            send(client, "a.txt", "A bell rang."),
            client.delete("/v1/articles/barrier"),
        ):
            assert reply.status_code == 409
            assert int(reply.headers["retry-after"]) > 0
            assert detail(reply)
    assert statuses(send(client, "a.txt", "A bell rang.")) == ["added"]
    assert list(library._trash._folder.iterdir()) == []


def test_two_at_once_are_written_one_after_the_other(
    library: Library, assistant: Assistant
) -> None:
    replies: list[Reply] = []

    def add(client: TestClient, n: int) -> None:
        replies.append(send(client, f"{n}.txt", f"Bell {n} rang.", **{"x-visitor": str(n)}))

    with serve(library) as client:
        threads = [threading.Thread(target=add, args=(client, n)) for n in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert [statuses(reply) for reply in replies] == [["added"], ["added"]]
    assert assistant.listing().total == 6


def refused(action: Callable[[], object]) -> Refused:
    with pytest.raises(Refused) as caught:
        action()
    return caught.value


def test_the_gate_lets_in_one_of_each_and_few_in_all(tmp_path: Path) -> None:
    gate = Gate(tmp_path, UploadLimits(at_once=2, free_bytes=0))
    with gate.let_in("a", 1):
        assert refused(gate.let_in("a", 1).__enter__).status == 429
        with gate.let_in("b", 1):
            third = refused(gate.let_in("c", 1).__enter__)
            assert (third.status, third.retry_after) == (503, 5)
        with gate.let_in("c", 1):
            pass
    with gate.let_in("a", 1):
        pass


def test_the_gate_counts_bytes_for_an_hour(tmp_path: Path) -> None:
    clock = Clock()
    limits = UploadLimits(visitor_bytes=100, all_bytes=150, free_bytes=0)
    gate = Gate(tmp_path, limits, clock)
    gate.count("a", 60)
    clock.now = 600
    own = refused(gate.let_in("a", 50).__enter__)
    assert (own.status, own.retry_after) == (429, 3000)
    gate.count("b", 60)
    assert refused(gate.let_in("c", 50).__enter__).status == 429  # all of them
    clock.now = 3601
    with gate.let_in("a", 50):
        assert len(gate._spent) == 1


def test_a_disk_that_is_nearly_full_takes_nothing(
    client: TestClient, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = UploadLimits(free_bytes=2**62)
    monkeypatch.setattr(library.gate, "_limits", full)
    monkeypatch.setattr(library, "limits", replace(library.limits, free_bytes=2**62))
    reply = send(client, "a.txt", "A bell rang.")
    assert (reply.status_code, reply.headers["retry-after"]) == (503, "600")
    assert client.get("/v1/library").json()["why"] == "disk_full"


def test_uploads_of_a_visitor_are_counted_whatever_becomes_of_them(
    client: TestClient, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library.gate, "_limits", UploadLimits(visitor_bytes=100, free_bytes=0))
    broken = b"%PDF-1.4" + bytes(72)
    assert send(client, "a.pdf", broken, **{"x-visitor": "v"}).status_code == 422
    assert send(client, "a.pdf", broken, **{"x-visitor": "v"}).status_code == 429
    assert send(client, "a.pdf", broken, **{"x-visitor": "w"}).status_code == 422


# -- health ----------------------------------------------------------------------------------------


def test_health_tells_figures_and_findings(client: TestClient, assistant: Assistant) -> None:
    health: dict[str, Any] = client.get("/v1/library").json()
    assert (health["articles"], health["passages"], health["outlets"]) == (4, 5, 2)
    assert (health["first_published"], health["last_published"]) == ("2030-11-02", "2031-05-07")
    assert (health["without_date"], health["without_outlet"]) == (1, 2)
    assert (health["encoder"], health["recall_at_10"]) == ("hashing", 1.0)
    assert health["bytes"] > 4096
    assert (health["writable"], health["why"], health["busy"]) == (True, None, False)
    kinds = {finding["kind"]: finding for finding in health["findings"]}
    assert kinds["without_date"]["count"] == 1
    assert all(finding["text"] for finding in health["findings"])
    assert ".pdf" in health["limits"]["suffixes"]
    assert health["generation"] == assistant.stats().generation


@pytest.mark.skipif(not Path("/proc/locks").exists(), reason="the system tells nothing of locks")
def test_health_sees_another_writer_without_taking_its_lock(folder: Path) -> None:
    folder.mkdir()
    assert not is_locked(folder)
    with write_lock(folder):
        assert is_locked(folder)
    assert not is_locked(folder)


def test_leftovers_of_a_killed_server_are_gone_at_the_next_start(
    assistant: Assistant, tmp_path: Path
) -> None:
    for name in ("incoming", "trash"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "left").write_text("x")
    Library(assistant, tmp_path)
    assert not [path for path in tmp_path.rglob("left")]


def test_a_second_server_over_one_index_leaves_alone_what_the_first_has_in_hand(
    client: TestClient, library: Library, assistant: Assistant, tmp_path: Path
) -> None:
    token = client.delete("/v1/articles/barrier").json()["undo"]
    with library.incoming_file(".txt") as path:
        path.write_text("on its way")
        second = Library(assistant, tmp_path / "data")
        assert path.exists()
    assert client.post("/v1/articles/undo", json={"undo": token}).status_code == 200
    assert assistant.article("barrier")
    assert (library._presence.alone, second._presence.alone) == (True, False)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("../../../etc/evil name\u202e.html", "evil name.html"),
        ("C:\\Users\\me\\a.txt", "a.txt"),
        ("a\x00\x1b[31m\nb.txt", "a [31m b.txt"),
        ("<img src=x onerror=alert(1)>.txt", "<img src=x onerror=alert(1)>.txt"),
        ("x" * 5000 + ".pdf", "x" * 146 + ".pdf"),
        ("/", "upload"),
        ("\ud800.txt", ".txt"),
    ],
)
def test_a_file_name_is_cleaned(name: str, expected: str) -> None:
    assert clean_file_name(name) == expected


def test_a_line_keeps_what_can_be_seen() -> None:
    assert clean_line(" שלום \u2067x\u2069 😀\u200d👩 \u2028é ", 99) == "שלום x 😀\u200d👩 é"


def test_limits_stand_in_one_place() -> None:
    limits = uploads.UploadLimits()
    assert (limits.file_bytes, limits.articles, limits.at_once) == (25 * 2**20, 100, 2)
    assert limits.free_bytes == 500 * 2**20


def test_nothing_is_loaded_twice(client: TestClient, encoder: HashingEncoder) -> None:
    before = len(encoder.passages_encoded)
    assert statuses(send(client, "a.txt", "A bell rang.")) == ["added"]
    assert len(encoder.passages_encoded) == before + 1


def test_nobody_is_told_where_the_index_is_on_this_machine(
    client: TestClient, library: Library, assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise StoreError(f"{assistant.folder}: cannot be read; run: pullquote rebuild")

    replies = [client.delete("/v1/articles/nobody")]
    monkeypatch.setattr(library, "listing", broken)
    monkeypatch.setattr(library, "remove", broken)
    with serve(library) as second:
        replies += [second.get("/v1/articles"), second.delete("/v1/articles/barrier")]
    assert [reply.status_code for reply in replies] == [404, 503, 503]
    assert not [reply for reply in replies if str(assistant.folder) in reply.text]
