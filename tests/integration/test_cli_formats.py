"""Articles as they come: files of many kinds into one index, furniture set aside, copies found."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.integration.conftest import FERRY, Cli

LOCK = (
    "The harbour board of Orme voted on Tuesday to close the northern lock for eleven weeks."
    " Divers had found cracks in two of its four gates during the yearly inspection in May."
    " Barges bound for the paper mill will have to take the longer way round through Selby."
    " Repairs are to cost 3.4 million crowns, a third of what the harbour earns in a year."
)
PAGE = f"""<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>Northern lock to close for eleven weeks - Orme Courier</title>
<meta property="og:site_name" content="Orme Courier">
<meta property="article:published_time" content="2031-05-06T09:00:00+02:00">
<link rel="canonical" href="https://orme.example/2031/05/lock"></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<article><h1>Northern lock to close for eleven weeks</h1><p>{LOCK}</p></article>
<aside class="newsletter"><p>Sign up for our morning newsletter</p></aside>
<footer><p>© 2031 Orme Courier. All rights reserved.</p></footer></body></html>"""
WIRE = (
    f"{LOCK.replace('on Tuesday', 'late on Tuesday')}\n\n"
    "© 2031 Selby Press Agency. All rights reserved.\n"
)
RECORDS = [
    {"id": 1, "title": "Choirs sing the spring in", "text": "Choirs from nine villages met.\n"},
    {"id": 2, "title": "Bakery opens", "text": "A bakery opened in Wexcombe. It sells rye bread."},
]


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    folder = tmp_path / "mixed"
    folder.mkdir()
    (folder / "ferry.txt").write_text(FERRY)
    (folder / "lock.html").write_text(PAGE, encoding="utf-8")
    (folder / "wire.txt").write_text(WIRE, encoding="utf-8")
    lines = [*(json.dumps(record) for record in RECORDS), '{"id": 3, "text": ']
    (folder / "export.jsonl").write_text("\n".join(lines))
    (folder / "broken.pdf").write_bytes(b"MZ this is no PDF")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    return folder


def listed(cli: Cli, index: Path) -> dict[str, dict[str, Any]]:
    lines = cli("articles", "--json", "--index", index).stdout.splitlines()
    return {summary["title"]: summary for summary in map(json.loads, lines)}


def test_every_file_is_read_or_refused_with_its_reason_and_gets_a_line_in_the_report(
    cli: Cli, mixed: Path, tmp_path: Path
) -> None:
    index, report = tmp_path / "index", tmp_path / "report.jsonl"
    result = cli("index", mixed, "--index", index, "--report", report)
    assert result.exit_code == 1
    added = "5 added, 0 unchanged, 0 replaced, 2 failed, 1 files of other kinds left out"
    assert result.stdout == f"{index}: {added}\n"
    failures = [line for line in result.stderr.splitlines() if line.startswith("failed: ")]
    assert len(failures) == 2
    assert any("broken.pdf" in line and "PDF" in line for line in failures)
    assert any("export.jsonl, line 3" in line for line in failures)
    written = {Path(line["file"]).name: line for line in map(json.loads, report.open())}
    assert {name: line["outcome"] for name, line in written.items()} == {
        **dict.fromkeys(["ferry.txt", "lock.html", "wire.txt", "export.jsonl"], "read"),
        "broken.pdf": "refused",
        "picture.png": "left out",
    }
    (lock,) = written["lock.html"]["articles"]
    assert lock["outcome"] == "added"
    assert lock["set_aside_chars"] > 60
    assert lock["published_from"] == "meta"
    assert len(written["export.jsonl"]["articles"]) == 2
    assert len(written["export.jsonl"]["reasons"]) == 1


def test_reading_again_changes_nothing_and_a_changed_page_is_a_new_version(
    cli: Cli, mixed: Path, tmp_path: Path
) -> None:
    index = tmp_path / "index"
    cli("index", mixed, "--index", index)
    again = cli("index", mixed, "--index", index)
    assert "0 added, 5 unchanged, 0 replaced" in again.stdout
    (mixed / "lock.html").unlink()
    (mixed / "saved-later.html").write_text(PAGE.replace("3.4 million", "3.9 million"))
    assert "0 added, 4 unchanged, 1 replaced" in cli("index", mixed, "--index", index).stdout
    assert "the same report" not in cli("show", "nothing", "--index", index).stdout


def test_page_furniture_is_neither_found_nor_shown_unless_asked_for(
    cli: Cli, mixed: Path, tmp_path: Path
) -> None:
    index = tmp_path / "index"
    cli("index", mixed, "--index", index)
    lock = listed(cli, index)["Northern lock to close for eleven weeks"]
    assert (lock["outlet"], lock["published"]) == ("Orme Courier", "2031-05-06T09:00:00+02:00")
    shown = cli("show", lock["id"], "--index", index).stdout
    marked = cli("show", lock["id"], "--marked", "--index", index).stdout
    for furniture in ("Sport", "newsletter", "All rights reserved"):
        assert furniture not in shown
        assert furniture in marked
    assert "characters set aside; --marked shows them" in shown
    answer = cli("ask", "Who has all rights reserved?", "--json", "--index", index).stdout
    assert "All rights reserved" not in answer


def test_a_report_that_two_outlets_carry_is_one_story(
    cli: Cli, mixed: Path, tmp_path: Path
) -> None:
    index = tmp_path / "index"
    cli("index", mixed, "--index", index)
    articles = listed(cli, index)
    lock = articles["Northern lock to close for eleven weeks"]
    (wire,) = [a for a in articles.values() if Path(a["source"]).name == "wire.txt"]
    assert lock["story_id"] == wire["story_id"]
    assert (lock["copies"], wire["copies"]) == (1, 1)
    shown = cli("show", wire["id"], "--index", index).stdout
    assert "The same report is carried by:" in shown
    assert lock["id"] in shown
    (copy,) = json.loads(cli("show", wire["id"], "--json", "--index", index).stdout)["copies"]
    assert copy["article_id"] == lock["id"]
    assert copy["shared"] > 0.8


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """An export whose names nobody could guess, as JSON lines and as a table."""
    folder = tmp_path / "export"
    folder.mkdir()
    record = {
        "zzz": {"prose": ["The organ of Wexcombe was sold."]},
        "kopf": "An organ",
        "am": "2031-05-06",
    }
    (folder / "a.jsonl").write_text(json.dumps(record))
    (folder / "b.csv").write_text(
        "kopf,zzz.prose.0,am\nA bell,The bell of Selby cracked.,2031-05-07\n"
    )
    return folder


FIELDS = ("text=zzz.prose.0", "title=kopf", "published = am")


def test_fields_by_other_names_are_told_on_the_command_line(
    cli: Cli, export: Path, tmp_path: Path
) -> None:
    index = tmp_path / "index"
    refused = cli("index", export, "--index", index)
    assert refused.exit_code == 1
    assert "has no text" in refused.stderr
    fields = [word for field in FIELDS for word in ("--field", field)]
    assert cli("sync", export, "--index", index, *fields).exit_code == 0
    found = listed(cli, index)
    assert {title: found[title]["published"] for title in found} == {
        "An organ": "2031-05-06",
        "A bell": "2031-05-07",
    }


def test_fields_by_other_names_are_told_in_a_settings_file(
    cli: Cli, export: Path, tmp_path: Path
) -> None:
    index, settings = tmp_path / "index", tmp_path / "settings.toml"
    settings.write_text(f"[indexing]\nfield = {json.dumps(FIELDS)}\n")
    result = cli("--config", settings, "index", export / "a.jsonl", "--index", index)
    assert result.exit_code == 0
    assert set(listed(cli, index)) == {"An organ"}


def test_a_part_has_one_path(cli: Cli) -> None:
    result = cli("index", "news", "--field", "text=a", "--field", "text=b")
    assert result.exit_code == 2
    assert "text is given twice, a and b" in result.stderr


@pytest.mark.parametrize("field", ["text", "=a", "text=", "prose=a"])
def test_what_names_no_part_and_path_is_refused_with_the_parts(cli: Cli, field: str) -> None:
    result = cli("index", "news", "--field", field)
    assert result.exit_code == 2
    assert "the parts are text, title, published" in " ".join(result.stderr.split())


def test_the_files_own_bytes_are_kept_on_request_until_the_article_is_removed(
    cli: Cli, mixed: Path, tmp_path: Path
) -> None:
    index = tmp_path / "index"
    cli("index", mixed, "--index", index)
    ids = {title: summary["id"] for title, summary in listed(cli, index).items()}
    lock, bakery = ids["Northern lock to close for eleven weeks"], ids["Bakery opens"]
    refused = cli("show", lock, "--original", "--index", index)
    assert refused.exit_code == 1
    assert "--keep-originals" in refused.stderr
    assert cli("sync", mixed, "--keep-originals", "--index", index).exit_code == 1  # two are broken
    original = cli("show", lock, "--original", "--index", index)
    assert original.stdout_bytes == (mixed / "lock.html").read_bytes()
    original = cli("show", bakery, "--original", "--index", index)
    assert original.stdout_bytes == (mixed / "export.jsonl").read_bytes()
    assert cli("show", lock, "--original", "--json", "--index", index).exit_code == 2
    cli("remove", lock, "--index", index)
    (mixed / "lock.html").rename(tmp_path / "lock.html")
    cli("index", tmp_path / "lock.html", "--index", index)
    assert cli("show", lock, "--original", "--index", index).exit_code == 1


def test_what_is_not_kept_stops_neither_sync_nor_a_name_that_is_no_text(
    cli: Cli, mixed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("corpus.keeping.MAX_ORIGINAL_BYTES", 600)  # the page is longer
    index = tmp_path / "index"
    (mixed / "broken.pdf").unlink()
    (mixed / "export.jsonl").write_text(json.dumps(RECORDS[1]))
    Path(os.fsdecode(os.fsencode(mixed) + b"/caf\xe9.txt")).write_text("A cafe opened in Selby.")
    first = cli("sync", mixed, "--keep-originals", "--index", index)
    assert first.exit_code == 0
    assert "lock.html was read but is not kept" in first.stderr
    (mixed / "export.jsonl").unlink()
    second = cli("sync", mixed, "--keep-originals", "--index", index, "--json")
    assert json.loads(second.stdout)["removed"] == 1
