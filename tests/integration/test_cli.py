"""The command line with the real model: every command, and the JSON that all doors speak."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from qa import Assistant
from qa.interfaces.cli import main
from tests.integration.conftest import TIDES, Cli

QUESTION = "How much did the tidal barrier at Port Hallam cost?"
SENTENCE = "The tidal barrier at Port Hallam cost 612 million crowns."
WORDS = "612 million crowns"
QUESTIONS = (
    QUESTION,
    "Who won the mayoral election?",
    "Which language do penguins speak in Peru?",
    "How many passengers did the lifeboat save?",
)

ANSWER_KEYS = ["question", "text", "confidence", "citations", "offset_unit"]
CITATION_KEYS = [
    *("article_id", "title", "outlet", "published", "source", "start", "end", "text"),
    *("highlight", "before", "after", "version"),
]


@pytest.fixture(scope="module")
def answers(cli: Cli, news_index: Path) -> list[dict[str, Any]]:
    """What `ask --json` prints for each of the questions."""
    printed = [cli("ask", question, "--json", "--index", news_index) for question in QUESTIONS]
    assert [result.exit_code for result in printed] == [0] * len(QUESTIONS)
    return [json.loads(result.stdout) for result in printed]


def test_help_names_every_command_and_fits_a_screen(cli: Cli) -> None:
    text = cli("--help").stdout
    for command in main.commands:
        assert f"  {command} " in text
        lines = cli(command, "--help").stdout.splitlines()
        assert 4 <= len(lines) <= 24
        assert max(len(line) for line in lines) <= 80
    assert len(text.splitlines()) <= 28  # 19 commands, a line each


def test_index_reports_what_was_added_left_and_replaced(
    cli: Cli, news: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "index"
    first = cli("index", news, "--index", folder)
    assert (first.exit_code, first.stderr) == (0, "")
    assert first.stdout == f"{folder}: 3 added, 0 unchanged, 0 replaced, 0 failed\n"

    (news / "ferry.txt").write_text("The ferry Aurora was raised from the sea bed on Monday.")
    (news / "extra.txt").write_text("A new bakery opened in Wexcombe. It sells rye bread.")
    (news / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    second = cli("index", news, "--index", folder)
    assert second.exit_code == 0
    assert "1 added, 2 unchanged, 1 replaced, 0 failed" in second.stdout
    assert "1 files of other kinds left out" in second.stdout

    changed = cli("ask", "When was the ferry Aurora raised?", "--json", "--index", folder)
    answer = json.loads(changed.stdout)
    first_seen = answer if answer["text"] else answer["alternatives"][0]
    assert first_seen["text"] == "Monday"
    (cited,) = first_seen["citations"]
    assert cited["text"] == "The ferry Aurora was raised from the sea bed on Monday."


def test_two_files_with_one_id_are_pointed_out(cli: Cli, news: Path, tmp_path: Path) -> None:
    (news / "zz-copy.md").write_text(TIDES.replace("612", "586"), encoding="utf-8")
    result = cli("index", news, "--index", tmp_path / "index")
    assert result.exit_code == 0
    warning = "zz-copy.md has the id 'tides' of "
    assert warning in result.stderr
    assert "give it an id of its own" in result.stderr
    shown = cli("show", "tides", "--index", tmp_path / "index").stdout
    assert "586 million" in shown
    assert "612 million" not in shown


def test_an_answer_has_the_keys_of_the_contract(answers: list[dict[str, Any]]) -> None:
    answer = answers[0]
    assert sorted(answer) == sorted([*ANSWER_KEYS, "alternatives", "debug", "timeframe", "outside"])
    assert answer["debug"] == {"passages_found": 3, "passages_read": 3}
    assert answer["question"] == QUESTION
    assert answer["text"] == WORDS
    assert 0 < answer["confidence"] < 1
    assert answer["offset_unit"] == "codepoint"
    assert 1 <= len(answer["alternatives"]) <= 4
    assert all(sorted(other) == sorted(ANSWER_KEYS) for other in answer["alternatives"])
    (citation,) = answer["citations"]
    assert citation["text"] == SENTENCE
    assert sorted(citation) == sorted(CITATION_KEYS)
    assert citation["article_id"] == "tides"
    assert citation["title"] == "Barrier to close in March"
    assert citation["outlet"] == "The Harbour Courier"
    assert citation["published"] == "2025-02-18"
    assert citation["source"].endswith("tides.md")
    assert sorted(citation["highlight"]) == ["end", "start"]


def test_every_offset_is_a_slice_of_the_article_that_show_prints(
    cli: Cli, news_index: Path, answers: list[dict[str, Any]]
) -> None:
    checked = 0
    for answer in answers:
        for part in (answer, *answer["alternatives"]):
            for citation in part["citations"]:
                shown = cli("show", citation["article_id"], "--json", "--index", news_index)
                text = json.loads(shown.stdout)["text"]
                start, end, mark = citation["start"], citation["end"], citation["highlight"]
                assert text[start:end] == citation["text"]
                assert start <= mark["start"] < mark["end"] <= end
                assert text[mark["start"] : mark["end"]] == part["text"]
                assert text[:start].endswith(citation["before"])
                assert text[end:].startswith(citation["after"])
                checked += 1
    assert checked > len(answers)


def test_no_answer_is_null_with_the_closest_sentences_and_no_error(
    answers: list[dict[str, Any]],
) -> None:
    answer = answers[2]
    assert answer["text"] is None
    assert answer["citations"] == []
    assert all(other["text"] and other["citations"] for other in answer["alternatives"])
    assert answer["alternatives"]


def test_a_batch_gives_what_single_questions_give_in_their_order(
    cli: Cli, news_index: Path, answers: list[dict[str, Any]], tmp_path: Path
) -> None:
    lines = "\n".join(json.dumps({"question": question}) for question in QUESTIONS)
    file = tmp_path / "questions.jsonl"
    file.write_text("\ufeff" + lines + "\n\n", encoding="utf-8")
    from_file = cli("ask", "--batch", file, "--json", "--index", news_index)
    from_stdin = cli("ask", "--batch", "-", "--json", "--index", news_index, stdin=lines)
    assert [json.loads(line) for line in from_file.stdout.splitlines()] == answers
    assert from_stdin.stdout == from_file.stdout
    assert (from_file.exit_code, from_file.stderr) == (0, "")


def test_a_follow_up_is_completed_from_what_was_asked_before(cli: Cli, news_index: Path) -> None:
    asked = ("Who won the mayoral election?", "And by how much?")
    alone = cli("ask", asked[1], "--json", "--index", news_index)
    after = cli("ask", asked[1], "--after", asked[0], "--json", "--index", news_index)
    line = json.dumps({"question": asked[1], "history": [asked[0]]})
    batch = cli("ask", "--batch", "-", "--json", "--index", news_index, stdin=line)
    assert json.loads(alone.stdout)["question"] == asked[1]
    assert "mayoral election" in json.loads(after.stdout)["question"]
    assert batch.stdout == after.stdout


def test_days_that_a_question_names_are_passed_over_on_request(cli: Cli, news_index: Path) -> None:
    asked = "Who won the election in March 1999?"
    line = json.dumps({"question": asked, "any_time": True})
    dated = json.loads(cli("ask", asked, "--json", "--index", news_index).stdout)
    undated = cli("ask", asked, "--any-time", "--json", "--index", news_index)
    batch = cli("ask", "--batch", "-", "--json", "--index", news_index, stdin=line)
    line = json.dumps({"question": asked})
    given = ("ask", "--batch", "-", "--any-time", "--json", "--index", news_index)
    assert cli(*given, stdin=line).stdout == undated.stdout
    assert dated["outside"]["phrase"] == "in March 1999"
    assert json.loads(undated.stdout)["outside"] is None
    assert batch.stdout == undated.stdout


def test_a_batch_takes_what_belongs_to_a_question_from_its_lines(
    cli: Cli, news_index: Path
) -> None:
    given = ("ask", "--batch", "-", "--index", news_index)
    assert "say it on each line" in cli(*given, "--after", "Who?", stdin="").stderr
    lines = ['{"question": "Who?", "history": "x"}', '{"question": "Who?", "any_time": 1}']
    result = cli(*given, stdin="\n".join(lines))
    assert result.exit_code == 1
    assert "the history is no list of strings" in result.stderr
    assert "any_time is neither true nor false" in result.stderr


def test_a_batch_goes_on_after_broken_lines_and_fails(cli: Cli, news_index: Path) -> None:
    good = json.dumps({"question": QUESTION}).encode()
    bad = [b"{", b'{"question": 3}', b'["x"]', b'{"q": "x"}', b'{"question": "caf\xe9 a b"}']
    stdin = b"\n".join([good, *bad, b'{"question": " "}', good])
    result = cli("ask", "--batch", "-", "--json", "--index", news_index, stdin=stdin)
    printed = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 1
    assert [line.get("line") for line in printed] == [None, 2, 3, 4, 5, 6, 7, None]
    assert printed[0] == printed[-1]
    assert printed[1]["error"] == 'not a JSON object of the form {"question": "..."}'
    assert [line.split(":")[0] for line in result.stderr.splitlines()] == [
        f"line {n}" for n in range(2, 8)
    ]


def test_answers_for_people_quote_and_cite_without_control_characters(
    cli: Cli, news_index: Path
) -> None:
    found = cli("ask", QUESTION, "--index", news_index).stdout
    assert found.startswith(f"“{SENTENCE}”\n  — The Harbour Courier · Barrier")
    assert "\x1b" not in found
    missing = cli("ask", QUESTIONS[2], "--index", news_index).stdout
    assert missing.startswith("The articles here don’t say.\n\nThe closest sentences:\n")
    batch = json.dumps({"question": QUESTION})
    many = cli("ask", "--batch", "-", "--index", news_index, stdin=batch).stdout
    assert many == f"{QUESTION}\n\n{found}\n"


def test_the_sentence_reader_can_be_asked_for_and_an_unknown_one_is_refused(
    cli: Cli, news_index: Path, tmp_path: Path
) -> None:
    chosen = cli("ask", QUESTION, "--reader", "sentence", "--json", "--index", news_index)
    assert json.loads(chosen.stdout)["text"] == SENTENCE
    missing = cli("ask", QUESTION, "--reader", tmp_path / "none", "--index", news_index)
    assert missing.exit_code == 1
    assert "`span`, `sentence` or the path of a folder" in missing.stderr


def test_articles_are_listed_newest_first(cli: Cli, news_index: Path) -> None:
    lines = cli("articles", "--index", news_index).stdout.splitlines()
    assert lines[0] == "2025-02-18  tides  The Harbour Courier  Barrier to close in March"
    assert len(lines) == 3
    assert all(line.startswith("undated  ") for line in lines[1:])
    listed = cli("articles", "--json", "--index", news_index).stdout.splitlines()
    rows = [json.loads(line) for line in listed]
    assert [row["id"] for row in rows] == [line.split()[1] for line in lines]
    assert rows[0]["passages"] == 1
    assert sorted(rows[0]) == sorted(
        ["id", "title", "outlet", "published", "source", "chars", "passages", "story_id", "copies"]
    )


def test_show_prints_the_article_as_it_is_stored(cli: Cli, news_index: Path) -> None:
    shown = cli("show", "tides", "--index", news_index).stdout
    assert shown.startswith("Barrier to close in March\nThe Harbour Courier · 2025-02-18 · ")
    stored = json.loads(cli("show", "tides", "--json", "--index", news_index).stdout)
    assert shown.endswith(stored["text"] + "\n") or stored["text"].strip() in shown
    assert stored["text"].startswith("🌊 Café talk aside")


def test_stats_tell_what_the_index_holds(cli: Cli, news_index: Path) -> None:
    facts = json.loads(cli("stats", "--json", "--index", news_index).stdout)
    assert (facts["articles"], facts["passages"], facts["generation"]) == (3, 3, 1)
    assert facts["first_published"] == facts["last_published"] == "2025-02-18"
    assert facts["encoder"] == "pullquote-encoder-1"
    printed = cli("stats", "--index", news_index).stdout
    assert f"{'articles':20} 3\n" in printed
    assert len(printed.splitlines()) == len(facts)


def test_removed_articles_are_gone_and_unknown_ids_are_named(cli: Cli, own_index: Path) -> None:
    result = cli("remove", "tides", "nosuch", "--index", own_index)
    assert result.exit_code == 1
    assert result.stdout == f"{own_index}: 1 removed\n"
    assert "no article 'nosuch'" in result.stderr
    assert f"pullquote articles --index {own_index}" in result.stderr
    assert cli("show", "tides", "--index", own_index).exit_code == 1
    answer = json.loads(cli("ask", QUESTION, "--json", "--index", own_index).stdout)
    cited = [
        c["article_id"] for part in (answer, *answer["alternatives"]) for c in part["citations"]
    ]
    assert cited
    assert "tides" not in cited


def test_an_index_that_was_moved_still_answers_and_grows(
    cli: Cli, own_index: Path, news: Path, answers: list[dict[str, Any]], tmp_path: Path
) -> None:
    moved = Path(shutil.move(own_index, tmp_path / "elsewhere" / "näher"))
    again = cli("ask", QUESTION, "--json", "--index", moved)
    assert json.loads(again.stdout) == answers[0]
    assert cli("index", news / "tides.md", "--index", moved).exit_code == 0


def test_the_command_line_says_what_python_says(
    news_index: Path, answers: list[dict[str, Any]], one_model: None
) -> None:
    with Assistant.open(news_index) as assistant:
        assert [assistant.ask(question).to_dict() for question in QUESTIONS] == answers
