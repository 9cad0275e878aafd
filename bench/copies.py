"""Are copies of a report found, and only they? Labelled pairs, groups, and time at many articles.

    python -m bench.copies [--part dev|test|both] [--articles N] [--out JSON]

Pairs: `bench.copy_pairs`. Groups: all texts of the part are added one after the other, as a store
would, and a story is wrong if it holds two reports. Time: N articles made of pieces of sentences,
one in ten an edited copy of an earlier one, in an SQLite table of keys.
"""

from __future__ import annotations

import random
import sqlite3
import statistics
import tempfile
import time
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import click

from bench.copy_pairs import Pair, events, labelled_pairs
from bench.record import record
from corpus.copies import compare
from corpus.copies.groups import (
    MIN_SHARED_KEYS,
    Link,
    band_keys,
    signature,
    stories_of,
)

MOST_CANDIDATES = 20
MOST_OF_A_KEY = 200
"""Only so many articles of a key are read, the oldest: a stock phrase is in very many."""


class Keys:
    """The table of keys that a store would have."""

    def __init__(self, path: str = ":memory:") -> None:
        self.connection = sqlite3.connect(path)
        self.connection.execute("PRAGMA synchronous = OFF")
        self.connection.execute(
            "CREATE TABLE key (key INTEGER, article INTEGER, PRIMARY KEY (key, article))"
            " STRICT, WITHOUT ROWID"
        )

    def close(self) -> None:
        """Close the database."""
        self.connection.close()

    def add(self, article: int, keys: Iterable[int]) -> None:
        """Insert the keys of an article."""
        rows = [(key, article) for key in keys]
        self.connection.executemany("INSERT INTO key VALUES (?, ?)", rows)

    def candidates(self, keys: Sequence[int]) -> list[int]:
        """Return the articles that share enough keys, the likeliest first."""
        shared: Counter[int] = Counter()
        for key in keys:
            rows = self.connection.execute(
                "SELECT article FROM key WHERE key = ? LIMIT ?", (key, MOST_OF_A_KEY)
            ).fetchall()
            shared.update(article for (article,) in rows)
        return [
            article
            for article, count in shared.most_common(MOST_CANDIDATES)
            if count >= MIN_SHARED_KEYS
        ]


def on_pairs(pairs: Sequence[Pair]) -> dict[str, Any]:
    """Return precision and recall of "one report", counts by kind, and every error."""
    counts: Counter[str] = Counter()
    by_kind: dict[str, Counter[str]] = defaultdict(Counter)
    errors, lost_keys = [], 0
    for pair in pairs:
        relation = compare(pair.text_a, pair.text_b)
        counts[f"{'copy' if pair.is_copy else 'other'} {relation.is_copy}"] += 1
        by_kind[pair.kind][relation.kind] += 1
        if pair.is_copy != relation.is_copy:
            errors.append([pair.kind, pair.name, round(relation.shared, 2), relation.explanation])
        keys = [set(band_keys(signature(text))) for text in (pair.text_a, pair.text_b)]
        lost_keys += pair.is_copy and len(keys[0] & keys[1]) < MIN_SHARED_KEYS
    found, copies = counts["copy True"], counts["copy True"] + counts["copy False"]
    return {
        "pairs": len(pairs),
        "copies": copies,
        "precision": round(found / (found + counts["other True"]), 4),
        "recall": round(found / copies, 4),
        "recall_of_candidates": round(1 - lost_keys / copies, 4),
        "by_kind": {kind: dict(relations) for kind, relations in by_kind.items()},
        "errors": errors,
    }


def on_groups(part: str, pairs: Sequence[Pair], seed: int) -> dict[str, Any]:
    """Add all texts of all reports in some order; return which stories came of them."""
    reports = _texts_by_report(part, pairs)
    texts = [(name, text) for name, listed in reports.items() for text in listed]
    random.Random(seed).shuffle(texts)
    stories: dict[int, int] = {}
    links: dict[int, list[Link]] = defaultdict(list)
    with closing(Keys()) as keys:
        for number, (_, text) in enumerate(texts):
            for other in keys.candidates(band_keys(signature(text))):
                relation = compare(text, texts[other][1])
                if relation.is_copy:
                    link = Link(number, other, relation.of_a, relation.of_b)
                    links[number].append(link)
                    links[other].append(link)
            stories |= stories_of(*_connected(number, links))
            keys.add(number, band_keys(signature(text)))
    anew = stories_of(range(len(texts)), {link for listed in links.values() for link in listed})
    members: dict[int, Counter[str]] = defaultdict(Counter)
    for number, story in stories.items():
        members[story][texts[number][0]] += 1
    return {
        "texts": len(texts),
        "reports": len(reports),
        "stories": len(members),
        "stories_of_several_reports": [dict(m) for m in members.values() if len(m) > 1],
        "texts_away_from_their_report": len(texts) - sum(_largest(members.values()).values()),
        "same_when_computed_anew": anew == stories,
    }


def _largest(stories: Iterable[Counter[str]]) -> Counter[str]:
    """Return of each report how many of its texts are together in one story."""
    largest: Counter[str] = Counter()
    for story in stories:
        largest |= story
    return largest


def _connected(number: int, links: dict[int, list[Link]]) -> tuple[list[int], set[Link]]:
    """Return all articles that links lead to from one, and these links."""
    reached, queue, found = {number}, [number], set()
    while queue:
        for link in links[queue.pop()]:
            found.add(link)
            new = {link.a, link.b} - reached
            reached |= new
            queue += new
    return sorted(reached), found


def _texts_by_report(part: str, pairs: Sequence[Pair]) -> dict[str, list[str]]:
    texts: dict[str, dict[str, None]] = defaultdict(dict)
    for pair in pairs:
        if pair.is_copy:
            texts[pair.name] |= {pair.text_a: None, pair.text_b: None}
        elif pair.label == "event" and "borrowed" not in pair.kind and "edited" not in pair.kind:
            texts[pair.name] |= {pair.text_a: None}
            texts[f"{pair.name}, other"] |= {pair.text_b: None}
        elif pair.label in ("digest", "series"):
            texts[f"{pair.label} {zlib.crc32(pair.text_b.encode())}"] |= {pair.text_b: None}
    assert set(texts) >= {event.name for event in events(part)}
    return {name: list(listed) for name, listed in texts.items()}


def made_articles(n_articles: int, part: str, seed: int = 0) -> Iterable[tuple[str, int | None]]:
    """Yield articles made of pieces of sentences; every tenth is an earlier one, cut."""
    rng = random.Random(seed)
    sentences = [
        sentence.split()
        for event in events(part)
        if event.language == "en"
        for paragraph in event.report + event.other
        for sentence in paragraph
    ]

    def sentence() -> str:
        pieces: list[str] = []
        while len(pieces) < 18:
            words = rng.choice(sentences)
            start = rng.randrange(len(words))
            pieces += words[start : start + rng.randint(2, 6)]
        return " ".join(pieces).rstrip(".,") + "."

    recent: list[tuple[int, list[str]]] = []
    for number in range(n_articles):
        if number % 10 == 9:
            origin, lines = rng.choice(recent)
            kept = lines[: rng.randint(len(lines) // 3 + 1, len(lines))]
            yield "\n".join([*kept, sentence(), sentence()]), origin
            continue
        lines = [sentence() for _ in range(rng.randint(12, 30))]
        recent = [*recent[-999:], (number, lines)]
        yield "\n".join(lines), None


def on_time(n_articles: int, part: str) -> dict[str, Any]:
    """Sign, look up and insert so many articles; return rates, and how many copies were found."""
    spent: dict[str, float] = defaultdict(float)
    lookups_ms, candidates, found, copies = [], 0, 0, 0

    with tempfile.TemporaryDirectory() as folder, closing(Keys(f"{folder}/keys.db")) as keys:
        for number, (text, origin) in enumerate(made_articles(n_articles, part)):
            began = time.perf_counter()
            own = band_keys(signature(text))
            signed = time.perf_counter()
            others = keys.candidates(own)
            looked_up = time.perf_counter()
            keys.add(number, own)
            spent["sign"] += signed - began
            spent["insert"] += time.perf_counter() - looked_up
            lookups_ms.append((looked_up - signed) * 1000)
            candidates += len(others)
            if origin is not None:
                copies, found = copies + 1, found + (origin in others)
        keys.connection.commit()
        size = Path(f"{folder}/keys.db").stat().st_size
    last = lookups_ms[-len(lookups_ms) // 10 :]
    return {
        "articles": n_articles,
        "signatures_per_s": round(n_articles / spent["sign"]),
        "inserts_per_s": round(n_articles / spent["insert"]),
        "lookup_ms_p50": round(statistics.median(last), 3),
        "lookup_ms_p95": round(statistics.quantiles(last, n=20)[-1], 3),
        "candidates_per_article": round(candidates / n_articles, 2),
        "copies_among_candidates": f"{found} of {copies}",
        "bytes_per_article": size // n_articles,
    }


def comparisons_ms(pairs: Sequence[Pair]) -> float:
    """Return the median time of one comparison."""
    times = []
    for pair in pairs:
        began = time.perf_counter()
        compare(pair.text_a, pair.text_b)
        times.append((time.perf_counter() - began) * 1000)
    return round(statistics.median(times), 2)


@click.command(help=__doc__)
@click.option("--part", type=click.Choice(["dev", "test", "both"]), default="dev")
@click.option("--articles", type=int, multiple=True, help="Measure time at so many articles.")
@click.option("--out", type=click.Path(path_type=Path))
def main(part: str, articles: tuple[int, ...], out: Path | None) -> None:
    result: dict[str, Any] = {}
    for name in ("dev", "test") if part == "both" else (part,):
        pairs = labelled_pairs(name)
        result[name] = on_pairs(pairs)
        result[name]["groups"] = [on_groups(name, pairs, seed) for seed in range(2)]
        result[name]["comparison_ms"] = comparisons_ms(pairs)
    result["time"] = [on_time(number, "dev") for number in articles]
    record("copies", result, out)


if __name__ == "__main__":
    main()
