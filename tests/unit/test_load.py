"""Files to articles: what is found, what an article is made of, and what is refused."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from corpus.errors import ArticleError, ArticleNotFound, UnreadableArticle, UnsupportedFormat
from corpus.load import MAX_ARTICLE_BYTES, find_articles, read_article, read_bytes
from corpus.titles import MAX_TITLE_CHARS, find_headline, shorten, title_from_text

PAGE = (
    "Watch CBS News\n\nPompeo Meets With N. Korea's Kim Yong Chol To Talk Summit Plans\n\n"
    "NEW YORK (CBSNews) – The U.S. and North Korea talk.\n"
)
HEADLINE = "Pompeo Meets With N. Korea's Kim Yong Chol To Talk Summit Plans"
MARKDOWN = (
    "---\nid: talks-1\ntitle: Talks go on\noutlet: CBS\npublished: 2018-06-01\nauthor: Kim\n---\n"
    "# Another heading\n\nThe talks\nwent on.\n\n## Later\n\nThey ended.\n"
)


@contextmanager
def somebody() -> Iterator[None]:
    """Act as a user without rights: root may read every file, whatever its mode."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def write(path: Path, content: str | bytes = "Kim left the talks.\n") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_a_text_file_keeps_its_text_and_gets_its_headline_as_title(tmp_path: Path) -> None:
    path = write(tmp_path / "page.txt", PAGE)
    loaded = read_article(path)
    article = loaded.article
    assert loaded.warnings == ()
    assert (article.text, article.title) == (PAGE, HEADLINE)
    assert [heading.of(article.text) for heading in article.headings] == [HEADLINE]
    assert article.source == str(path.resolve())
    assert article.published is None


def test_a_markdown_file_gives_its_front_matter_and_headings(tmp_path: Path) -> None:
    path = write(tmp_path / "talks.md", MARKDOWN)
    article = read_article(path).article
    assert article.text == "Another heading\n\nThe talks went on.\n\nLater\n\nThey ended."
    assert (article.id, article.title, article.outlet) == ("talks-1", "Talks go on", "CBS")
    assert (article.published, article.metadata) == ("2018-06-01", {"author": "Kim"})
    headings = [heading.of(article.text) for heading in article.headings]
    assert headings == ["Another heading", "Later"]
    assert article.source == str(path.resolve())


def test_front_matter_names_the_source(tmp_path: Path) -> None:
    path = write(tmp_path / "a.md", "---\nurl: https://example.org/a\n---\nKim left.")
    assert read_article(path).article.source == "https://example.org/a"


def test_without_a_title_the_first_heading_is_the_title(tmp_path: Path) -> None:
    path = write(tmp_path / "a.md", "## Politics\n\n# Talks *go* on\n\nKim left.")
    assert read_article(path).article.title == "Talks go on"


def test_markdown_without_headings_gets_a_title_like_plain_text(tmp_path: Path) -> None:
    path = write(tmp_path / "a.md", "Talks go on in Rome\n\nKim left.")
    article = read_article(path).article
    assert article.title == "Talks go on in Rome"
    assert [heading.of(article.text) for heading in article.headings] == ["Talks go on in Rome"]


def test_a_text_file_has_no_front_matter(tmp_path: Path) -> None:
    article = read_article(write(tmp_path / "a.txt", MARKDOWN)).article
    assert article.text == MARKDOWN
    assert article.id != "talks-1"


def test_a_headline_without_body_is_no_heading(tmp_path: Path) -> None:
    article = read_article(write(tmp_path / "a.txt", "Talks go on in Rome\n")).article
    assert (article.title, article.headings) == ("Talks go on in Rome", ())


def test_the_id_is_made_of_the_name_and_the_whole_path(tmp_path: Path) -> None:
    first = write(tmp_path / "one" / "Über Kim & Co.txt")
    second = write(tmp_path / "two" / "Über Kim & Co.txt")
    ids = [read_article(path).article.id for path in (first, first, second)]
    assert ids[0] == ids[1] != ids[2]
    assert all(len(id) == len("uber-kim-co-") + 8 for id in ids)
    assert all(id.startswith("uber-kim-co-") for id in ids)


def test_the_id_is_the_same_through_a_link_and_a_relative_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "a.txt")
    (tmp_path / "link.txt").symlink_to(path)
    monkeypatch.chdir(tmp_path)
    ids = {read_article(p).article.id for p in (path, Path("a.txt"), Path("link.txt"))}
    assert len(ids) == 1


def test_a_name_without_letters_still_gives_an_id(tmp_path: Path) -> None:
    assert read_article(write(tmp_path / "金正恩.txt")).article.id.startswith("article-")


def test_a_file_name_that_is_not_utf_8_is_no_trouble(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9\n.txt"))
    write(path)
    (found,) = find_articles([tmp_path]).paths
    article = read_article(found).article
    assert article.id.startswith("caf-")
    assert article.source.endswith("caf\ufffd\ufffd.txt")
    assert article.source.encode()


def test_a_guessed_encoding_reaches_the_caller(tmp_path: Path) -> None:
    loaded = read_article(write(tmp_path / "a.txt", "Le café est fermé.".encode("cp1252")))
    assert loaded.article.text == "Le café est fermé."
    assert "cp1252" in loaded.warnings[0]


def test_warnings_of_the_front_matter_and_the_parser_reach_the_caller(tmp_path: Path) -> None:
    loaded = read_article(write(tmp_path / "a.md", "---\ndate: June\n---\n" + "> " * 99 + "deep"))
    assert len(loaded.warnings) == 2
    assert "June" in loaded.warnings[0]
    assert "nesting" in loaded.warnings[1]


@pytest.mark.parametrize("content", [b"", b" \n\t\n", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_an_empty_file_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    with pytest.raises(UnreadableArticle, match=r"a\.(txt|md) has no text in it"):
        read_article(write(tmp_path / name, content))


def test_front_matter_alone_is_no_article(tmp_path: Path) -> None:
    with pytest.raises(UnreadableArticle, match="has no text in it"):
        read_article(write(tmp_path / "a.md", "---\ntitle: Talks\n---\n"))


def test_a_file_that_is_too_large_is_refused_with_size_and_limit(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(MAX_ARTICLE_BYTES + 600_000)
    with pytest.raises(UnreadableArticle, match=r"has 10\.6 MB; the limit is 10 MB\. Split it"):
        read_article(path)


def test_a_file_of_the_largest_size_is_read(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", b"Kim left. " * (MAX_ARTICLE_BYTES // 10))
    assert len(read_article(path).article.text) == MAX_ARTICLE_BYTES // 10 * 10


def test_a_missing_file_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(ArticleNotFound, match=r"no file or folder .*gone\.txt"):
        read_article(tmp_path / "gone.txt")


@pytest.mark.parametrize("name", ["a\0b.txt", "\ud800.txt", "x" * 300 + ".txt"])
def test_a_name_no_file_can_have_is_not_found(tmp_path: Path, name: str) -> None:
    with pytest.raises(ArticleNotFound):
        read_article(tmp_path / name)
    (failure,) = find_articles([tmp_path / name]).failures
    assert isinstance(failure.error, ArticleNotFound)


def test_another_kind_of_file_is_unsupported_and_the_message_lists_the_kinds(
    tmp_path: Path,
) -> None:
    with pytest.raises(UnsupportedFormat, match=r"\.txt, \.text, \.md, \.markdown"):
        read_article(write(tmp_path / "a.png"))


def test_a_folder_and_a_pipe_are_no_article_files(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(UnreadableArticle, match="is a folder"):
        read_article(tmp_path)
    with pytest.raises(UnreadableArticle, match="is not a regular file"):
        read_article(tmp_path / "pipe.txt")


def test_a_closed_file_is_unreadable() -> None:
    with tempfile.TemporaryDirectory() as folder:  # pytest's own folder is closed to others
        Path(folder).chmod(0o755)
        path = write(Path(folder) / "a.txt")
        path.chmod(0)
        reason = r"cannot be opened \(Permission denied\)"
        with somebody(), pytest.raises(UnreadableArticle, match=reason):
            read_article(path)


def test_a_file_that_the_system_does_not_open_is_unreadable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = write(tmp_path / "a.txt")
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(UnreadableArticle, match=r"a\.txt cannot be opened \(Permission denied\)"):
        read_article(path)


def test_an_upload_is_named_by_the_last_part_of_its_name() -> None:
    for name in ("../../etc/talks.md", "C:\\news\\talks.md", "talks.md", "talks.MD"):
        article = read_bytes(b"# Talks\n\nKim left.", name).article
        assert article.id.startswith("talks-")
        assert article.source.lower() == "talks.md"


def test_an_upload_is_the_same_article_only_with_the_same_content() -> None:
    first, again = read_bytes(b"Kim left.", "a.txt"), read_bytes(b"Kim left.", "a.txt")
    other = read_bytes(b"Kim stayed.", "a.txt")
    assert first.article.id == again.article.id != other.article.id


def test_an_upload_is_checked_like_a_file() -> None:
    with pytest.raises(UnsupportedFormat):
        read_bytes(b"Kim left.", "a.docx")
    with pytest.raises(UnsupportedFormat):
        read_bytes(b"Kim left.", "")
    with pytest.raises(UnreadableArticle, match="10 MB"):
        read_bytes(b"x" * (MAX_ARTICLE_BYTES + 1), "a.txt")
    with pytest.raises(UnreadableArticle, match="PDF"):
        read_bytes(b"%PDF-1.4 Kim", "a.txt")
    assert read_bytes(b"Kim left.", "a\ud800\n.txt").article.source == "a\ufffd\ufffd.txt"


def test_a_folder_is_searched_with_all_below_it_in_order(tmp_path: Path) -> None:
    names = ["b.md", "a.txt", "z/c.MARKDOWN", "z/y/d.text"]
    expected = sorted(write(tmp_path / name) for name in names)
    for name in (".hidden.txt", ".git/e.txt", "picture.png", "z/table.xlsx"):
        write(tmp_path / name)
    found = find_articles([tmp_path])
    assert found.paths == tuple(expected)
    left_out = (tmp_path / "picture.png", tmp_path / "z" / "table.xlsx")
    assert (found.failures, found.left_out) == ((), left_out)


def test_a_file_is_found_once_in_the_order_of_the_arguments(tmp_path: Path) -> None:
    first, second = write(tmp_path / "a.txt"), write(tmp_path / "b.txt")
    (tmp_path / "c.txt").symlink_to(first)
    assert find_articles([second, tmp_path, first, tmp_path]).paths == (second, first)


def test_links_are_followed_only_inside_the_folder(tmp_path: Path) -> None:
    outside = write(tmp_path / "outside" / "a.txt")
    root = tmp_path / "root"
    target = write(root / ".data" / "b.txt")
    (root / "in.txt").symlink_to(target)
    (root / "out.txt").symlink_to(outside)
    (root / "dangling.txt").symlink_to(root / "gone.txt")
    (root / "loop").symlink_to(root)
    (root / "loop.txt").symlink_to(root / "loop.txt")
    found = find_articles([root])
    assert found.paths == (root / "in.txt",)
    assert (found.failures, len(found.left_out)) == ((), 4)


def test_special_files_in_a_folder_are_skipped(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    path = write(tmp_path / "a.txt")
    found = find_articles([tmp_path])
    assert (found.paths, found.left_out) == ((path,), (tmp_path / "pipe.txt",))


def test_a_bad_path_is_a_failure_and_stops_no_other(tmp_path: Path) -> None:
    path, picture = write(tmp_path / "a.txt"), write(tmp_path / "b.png")
    pipe, empty = tmp_path / "pipe.txt", tmp_path / "empty"
    os.mkfifo(pipe)
    empty.mkdir()
    found = find_articles([tmp_path / "gone", picture, empty, pipe, path])
    kinds: list[tuple[Path, type[ArticleError]]] = [
        (tmp_path / "gone", ArticleNotFound),
        (picture, UnsupportedFormat),
        (empty, ArticleNotFound),
        (pipe, UnreadableArticle),
    ]
    assert [(failure.path, type(failure.error)) for failure in found.failures] == kinds
    assert found.paths == (path,)


def test_a_folder_without_articles_says_what_is_looked_for(tmp_path: Path) -> None:
    write(tmp_path / "b.png")
    (failure,) = find_articles([tmp_path]).failures
    assert "holds no article" in str(failure.error)
    assert ".txt, .text, .md, .markdown" in str(failure.error)


def test_a_folder_that_cannot_be_opened_is_a_failure_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "a.txt")
    closed = tmp_path / "closed"
    closed.mkdir()
    scandir = os.scandir

    def refuse(folder: Path) -> object:
        if folder == closed:
            raise PermissionError(13, "Permission denied")
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", refuse)
    found = find_articles([tmp_path])
    assert found.paths == (path,)
    assert [failure.path for failure in found.failures] == [closed]
    assert isinstance(found.failures[0].error, UnreadableArticle)


HEADLINES = {
    "page": (PAGE, HEADLINE),
    "first line": ("Talks go on in Rome\nKim left.", "Talks go on in Rome"),
    "too short": ("Talks go on\n\nKim left.", None),
    "too long": ("word " * 31 + "\n\nKim left.", None),
    "too many characters": ("word" * 50 + " a b c\n\nKim left.", None),
    "a sentence": ("The talks go on.\n\nKim left.", None),
    "a question": ("Will the talks go on?\n\nKim left.", None),
    "a colon": ("The main points are these:\n\nKim left.", None),
    "too late": ("A.\n\nB.\n\nC.\n\nTalks go on in Rome\n\nD.", None),
    "byline": ("By John Smith, Staff Writer\n\nKim left.", None),
    "date": ("Updated 5 June 2018 at noon\n\nKim left.", None),
    "list item": ("- Talks go on in Rome\n\nKim left.", None),
    "wrapped": ("The delegations met in Rome\nand had dinner there.", None),
    "quotation": ("‘It came out of the white’\n\nKim left.", "‘It came out of the white’"),
}


@pytest.mark.parametrize(("text", "headline"), HEADLINES.values(), ids=HEADLINES.keys())
def test_a_headline_is_a_line_near_the_top_that_is_no_sentence(
    text: str, headline: str | None
) -> None:
    span = find_headline(text)
    assert (span.of(text) if span else None) == headline


def test_a_title_from_the_text_is_its_first_sentence_cut_at_a_word() -> None:
    assert title_from_text(" Kim\nTrump stayed.") == "Kim"
    assert title_from_text("Mr. Kim left. Trump stayed.") == "Mr. Kim left."
    assert title_from_text("*** ---") is None
    title = title_from_text("The negotiators talked, " * 9)
    assert title == "The negotiators talked, " * 3 + "The negotiators…"
    assert len(title) <= MAX_TITLE_CHARS


def test_a_giant_word_is_cut_inside() -> None:
    assert shorten("x" * 100, 90) == "x" * 89 + "…"


def test_a_text_without_letters_is_titled_by_its_file_name(tmp_path: Path) -> None:
    assert read_article(write(tmp_path / "signs.txt", "*** ---")).article.title == "signs"
