"""Ask follow-up questions over the sample corpus: are they understood, found and answered?

    python -m bench.follow_ups --part dev|test|sample [--misses] [--out FILE]

Each line of `questions/follow_ups.jsonl` is the end of a conversation: the earlier questions, the
question, whether it `follows` from them, the same question written by hand so that it stands alone,
and the sentences that answer it. Four ways to understand it are measured in one run: the question
alone, with the earlier topic's words in brackets (what pullquote did before it resolved pronouns),
as `qa.conversation.understand` reads it, and as written by hand. The earlier questions are put to
the same assistant, so that what is carried over from answers is what a reader would have seen.
`sample` are the follow-ups of the sample corpus, which nothing was tuned on.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

import click

from bench.questions import Asked, load_questions
from bench.record import record
from corpus import find_articles, read_article
from corpus.sample import SAMPLE_ARTICLES, TEST_QUESTIONS
from qa import Answer, Assistant, build_index
from qa.conversation import Turn, Understanding, understand
from qa.retriever import Retriever
from qa.settings import Settings

QUESTIONS = Path(__file__).parent / "questions" / "follow_ups.jsonl"
PASSAGES = 40

UNHURRIED = Settings(reading_seconds=60)
"""A busy machine must not change what is found."""

Ask = Callable[[str], Answer]
Rank = Callable[[dict[str, Any], str], int]
Reading = Callable[[dict[str, Any], Sequence[Turn]], Understanding]


@click.command(help=__doc__)
@click.option("--part", type=click.Choice(["dev", "test", "sample"]), default="dev")
@click.option("--misses", is_flag=True, help="Print each question that was not answered.")
@click.option("--out", type=click.Path(path_type=Path))
def main(part: str, misses: bool, out: Path | None) -> None:
    questions = _questions(part)
    with tempfile.TemporaryDirectory() as folder:
        articles = (read_article(path).article for path in find_articles([SAMPLE_ARTICLES]).paths)
        build_index(folder, articles)
        with (
            Assistant.open(folder, settings=UNHURRIED) as assistant,
            Retriever.open(folder) as retriever,
        ):
            ask, rank = cache(assistant.ask), partial(_rank, retriever)
            turns = [_turns(ask, gold["history"]) for gold in questions]
            results = {
                name: _measure(ask, rank, questions, turns, reading, misses)
                for name, reading in READINGS.items()
            }
    record("follow_ups", {"part": part, "questions": len(questions), **results}, out)


def _questions(part: str) -> list[dict[str, Any]]:
    if part != "sample":
        return [gold for gold in load_questions([QUESTIONS]) if gold["part"] == part]
    asked = [gold for gold in load_questions(TEST_QUESTIONS) if gold["kind"] == "follow-up"]
    return [{**gold, "follows": True} for gold in asked]


def _turns(ask: Ask, history: Sequence[str]) -> list[Turn]:
    """Hold the earlier conversation, each question as understood at that point."""
    turns: list[Turn] = []
    for question in history:
        answer = ask(understand(question, turns).question)
        titles = tuple(citation.title for citation in answer.citations)
        turns.append(Turn(question=question, answer=answer.text, titles=titles))
    return turns


def _measure(
    ask: Ask,
    rank: Rank,
    questions: Sequence[dict[str, Any]],
    turns: Sequence[Sequence[Turn]],
    reading: Reading,
    misses: bool,
) -> dict[str, Any]:
    understood = [reading(gold, held) for gold, held in zip(questions, turns, strict=True)]
    pairs = list(zip(questions, understood, strict=True))
    ranks = [rank(gold, u.question) for gold, u in pairs]
    asked = [Asked(gold=gold, answer=ask(u.question)) for gold, u in pairs]
    if misses:
        print(f"--- {reading.__name__}")
        for one, u, found, held in zip(asked, understood, ranks, turns, strict=True):
            if not one.right_first or u.follows != one.gold["follows"]:
                _print_miss(one, u, found, held)
    scores = {}
    for name, follows in (("follow_ups", True), ("new_topics", False)):
        of = [i for i, gold in enumerate(questions) if gold["follows"] == follows]
        if of:
            scores[name] = {
                "questions": len(of),
                "article_first": _share([ranks[i] == 1 for i in of]),
                "article_in_5": _share([ranks[i] <= 5 for i in of]),
                "right_first": _share([asked[i].right_first for i in of]),
                "right_given": _share([asked[i].right_first and asked[i].given for i in of]),
                "right_shown": _share([asked[i].right_shown for i in of]),
            }
    told = [(u.follows, gold["follows"]) for gold, u in pairs]
    return {**scores, "follows": _precision_and_recall(told)}


def _rank(retriever: Retriever, gold: dict[str, Any], question: str) -> int:
    """Return the rank of the first article that holds evidence, among distinct articles."""
    wanted = {evidence["article_id"] for evidence in gold["evidence"]}
    found = dict.fromkeys(
        hit.passage.article_id for hit in retriever.retrieve(question[:1000], PASSAGES)
    )
    return next((rank for rank, name in enumerate(found, 1) if name in wanted), PASSAGES + 1)


def _print_miss(one: Asked, u: Understanding, rank: int, held: Sequence[Turn]) -> None:
    print(f"{one.gold['id']} [{'follows' if u.follows else 'new'}] rank {rank}: {u.question}")
    print(f"    after:  {[(turn.question, turn.answer) for turn in held]}")
    best = [one.answer] if one.given else list(one.answer.alternatives[:1])
    print(f"    wanted: {one.gold['answers']}   best: {[answer.text for answer in best]}")


def _precision_and_recall(told: Sequence[tuple[bool, bool]]) -> dict[str, float]:
    both = sum(said and true for said, true in told)
    return {
        "precision": round(both / max(1, sum(said for said, _ in told)), 4),
        "recall": round(both / max(1, sum(true for _, true in told)), 4),
    }


def _share(values: Sequence[bool]) -> float:
    return round(sum(values) / len(values), 4)


def alone(gold: dict[str, Any], turns: Sequence[Turn]) -> Understanding:
    """Leave the question as it was typed."""
    return Understanding(question=gold["question"], follows=False, carried=())


def by_hand(gold: dict[str, Any], turns: Sequence[Turn]) -> Understanding:
    """Take the question that a person wrote so that it stands alone: what is to be reached."""
    text = gold.get("standalone", gold["question"])
    return Understanding(question=text, follows=gold["follows"], carried=())


def resolved(gold: dict[str, Any], turns: Sequence[Turn]) -> Understanding:
    """Understand the question as the product does."""
    return understand(gold["question"], turns)


def bracketed(gold: dict[str, Any], turns: Sequence[Turn]) -> Understanding:
    """Add the words of the earlier topic in brackets, as pullquote did until version 0.1."""
    topic: list[str] = []
    for turn in turns:
        own = _carrying_words(turn.question)
        if topic and _leans(turn.question):
            own = [w for w in topic if w.casefold() not in {o.casefold() for o in own}] + own
        topic = own[-12:]
    question = gold["question"]
    if not topic or not _leans(question):
        return Understanding(question=question, follows=False, carried=())
    known = {word.casefold() for word in _WORD.findall(question)}
    added = [word for word in topic if word.casefold() not in known]
    text = f"{question} ({' '.join(added)})" if added else question
    return Understanding(question=text, follows=True, carried=tuple(added))


_WORD = re.compile(r"[^\W_]+(?:[-.'’][^\W_]+)*")
_REFERS = frozenset(
    "he she it they him her them his hers its their theirs this these those there then one ones"
    " former latter same".split()
)
_LEADS_ON = re.compile(r"^\s*(?:and|but|or|so|what about|how about|since when|why not)\b", re.I)
_EMPTY = frozenset(
    "a an and are as at be been but by can could did do does for from get got had has have how i"
    " if in into is many me much my of on or our say said says should so tell than that the to us"
    " was we were what when where which who whom whose why will with would you your about exactly"
    " happened happen long often old".split()
)


def _carrying_words(question: str) -> list[str]:
    words = _WORD.findall(question)
    return [w for w in words if w.casefold() not in _EMPTY and w.casefold() not in _REFERS]


def _leans(question: str) -> bool:
    words = _WORD.findall(question)
    if _LEADS_ON.match(question) or any(word.casefold() in _REFERS for word in words):
        return True
    return len(_carrying_words(question)) < 2 and not any(w[0].isupper() for w in words[1:])


READINGS: dict[str, Reading] = {
    "question_alone": alone,
    "words_in_brackets": bracketed,
    "understood": resolved,
    "by_hand": by_hand,
}

if __name__ == "__main__":
    main()
