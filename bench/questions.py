"""Ask a set of questions with known answers; by default the held-out ones of the sample corpus.

    python -m bench.questions [--articles PATH] [--questions FILE...] [--misses] [--out FILE]

Each line of a question file holds `question`, `history`, `kind` (answerable, follow-up or
unanswerable), `answers` (short strings) and `evidence` (article_id, sentence). A quoted sentence is
right if it holds one of the answers and, where evidence is given, comes from one of its articles.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from bench.record import record
from corpus import find_articles, read_article
from corpus.sample import SAMPLE_ARTICLES, TEST_QUESTIONS
from qa import Answer, Assistant, build_index


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question of a file, and what came back."""

    gold: dict[str, Any]
    answer: Answer

    @property
    def right_first(self) -> bool:
        """The best sentence is right, whether or not it was confident enough to be given."""
        candidates = self._candidates()
        return bool(candidates) and self._holds(candidates[0])

    @property
    def right_shown(self) -> bool:
        """The answer or one of its alternatives is right."""
        return any(self._holds(candidate) for candidate in self._candidates())

    @property
    def given(self) -> bool:
        """An answer was given."""
        return self.answer.text is not None

    def _candidates(self) -> list[Answer]:
        return [*([self.answer] if self.given else []), *self.answer.alternatives]

    def _holds(self, candidate: Answer) -> bool:
        articles = {evidence["article_id"] for evidence in self.gold["evidence"]}
        return any(
            (not articles or citation.article_id in articles)
            and any(answer in citation.text for answer in self.gold["answers"])
            for citation in candidate.citations
        )


def load_questions(files: Sequence[Path]) -> list[dict[str, Any]]:
    """Read question files, one JSON object a line."""
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    return [json.loads(line) for line in lines if line.strip()]


@click.command(help=__doc__)
@click.option("--articles", type=click.Path(path_type=Path, exists=True), default=SAMPLE_ARTICLES)
@click.option("--questions", "files", type=click.Path(path_type=Path, exists=True), multiple=True)
@click.option("--misses", is_flag=True, help="Print each question that ended badly.")
@click.option("--out", type=click.Path(path_type=Path))
def main(articles: Path, files: tuple[Path, ...], misses: bool, out: Path | None) -> None:
    questions = load_questions(files or TEST_QUESTIONS)
    with tempfile.TemporaryDirectory() as folder:
        build_index(
            folder, (read_article(path).article for path in find_articles([articles]).paths)
        )
        with Assistant.open(folder) as assistant:
            asked = [
                Asked(gold=gold, answer=assistant.ask(gold["question"], history=gold["history"]))
                for gold in questions
            ]
            total = assistant.stats().articles
    if misses:
        _print_misses(asked)
    names = [file.name for file in files or TEST_QUESTIONS]
    record("questions", {"articles": total, "questions": names, **scores(asked)}, out)


def scores(asked: Sequence[Asked]) -> dict[str, Any]:
    """Score each kind of question."""
    result: dict[str, Any] = {}
    for kind in ("answerable", "follow-up"):
        rows = [a for a in asked if a.gold["kind"] == kind]
        if rows:
            result[kind] = {
                "questions": len(rows),
                "right_first": _share([a.right_first for a in rows]),
                "right_given": _share([a.right_first and a.given for a in rows]),
                "right_shown": _share([a.right_shown for a in rows]),
            }
    rows = [a for a in asked if a.gold["kind"] == "unanswerable"]
    if rows:
        silent = _share([not a.given for a in rows])
        result["unanswerable"] = {"questions": len(rows), "silent": silent}
    given = [a for a in asked if a.given]
    result["right_if_given"] = _share([a.right_first for a in given])
    return result


def _share(values: Sequence[bool]) -> float:
    return round(sum(values) / len(values), 4) if values else 0.0


def _print_misses(asked: Sequence[Asked]) -> None:
    for one in asked:
        wanted = one.gold["kind"] != "unanswerable"
        if (one.right_first and one.given) != wanted or (not wanted and one.given):
            print(f"{one.gold['kind']}: {one.answer.question} ({one.answer.confidence:.2f})")
            print(f"   wanted: {one.gold['answers']}")
            for citation in one.answer.citations[:1]:
                print(f"   given:  {citation.text} [{citation.article_id}]")
            for other in one.answer.alternatives[:1]:
                print(f"   next:   {other.text} [{other.citations[0].article_id}]")


if __name__ == "__main__":
    main()
