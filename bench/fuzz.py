"""Random and mutated input for splitter, readers and extractors: does any of it break them?

    python -m bench.fuzz --cases 100000 [--seed 1] [--target html ...] [--processes 1] [--out FILE]
    python -m bench.fuzz --case 4711 [--seed 1]          repeat one case, with its traceback
    python -m bench.fuzz --atheris html --seconds 600    guided by coverage of `corpus`

Every case has its own seed. An error is any exception but `ArticleError`, which is how a file is
refused, and any offset that is not as promised: spans inside the text, sentences that tile, marks
in order and apart. The limits of `corpus.parsing` are not in force here; a case that takes more
than 20 seconds is an error. `errors` and `deaths` must be 0.
"""

from __future__ import annotations

import io
import itertools
import json
import multiprocessing
import random
import re
import signal
import sys
import tempfile
import time
import traceback
import warnings
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click

from bench.fuzz_inputs import make, seeds

# The product is imported in functions, so that atheris can instrument it first.
LONGEST_CASE_S = 20
AT_ONCE = 500
_ISO = re.compile(r"\d{4}(-\d\d(-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?)?)?\Z")
Target = Callable[[bytes], None]


def sentences(data: bytes) -> None:
    """Split: the sentences tile the text."""
    from corpus import split_sentences

    text = data.decode(errors="replace")
    _tile([(span.start, span.end) for span in split_sentences(text)], 0, len(text))


def passages(data: bytes) -> None:
    """Chunk an article with headings and marks anywhere: passages are slices, sentences tile."""
    from corpus import Article, Mark, Span, chunk_article

    text, rng = data.decode(errors="replace"), random.Random(zlib.crc32(data))
    cuts = sorted(rng.sample(range(len(text) + 1), min(len(text) + 1, 8)))
    spans = [Span(a, b) for a, b in itertools.pairwise(cuts)][::2]
    headings = [span for span in spans if rng.random() < 0.5]
    marks = tuple(Mark(span, "menu") for span in spans if span not in headings)
    article = Article(
        id="a", title=text[:50], text=text, source="", headings=tuple(headings), marks=marks
    )
    max_tokens = rng.choice([8, 40, 250])
    for passage in chunk_article(article, _count_words, max_tokens=max_tokens):
        assert passage.text == passage.span.of(text), "not a slice"
        _tile([(s.start, s.end) for s in passage.sentences], passage.span.start, passage.span.end)
        assert not any(passage.span.overlaps(mark.span) for mark in marks), (
            "marked text in a passage"
        )
        assert sum(_count_words([passage.text, passage.heading])) <= max_tokens, "over the budget"


def headline(data: bytes) -> None:
    """Find the headline and make a title: inside the text, and of its length."""
    from corpus.titles import MAX_TITLE_CHARS, find_headline, title_from_text

    text = data.decode(errors="replace")
    span = find_headline(text)
    assert span is None or span.end <= len(text), "a headline outside the text"
    assert len(title_from_text(text) or "") <= MAX_TITLE_CHARS, "a title too long"


def markdown(data: bytes) -> None:
    """Turn Markdown into text: headings inside, in order."""
    from corpus.markdown import markdown_to_text

    plain = markdown_to_text(data.decode(errors="replace"))
    _apart([(span.start, span.end) for span in plain.headings], len(plain.text))


def furniture(data: bytes) -> None:
    """Mark furniture: in order, apart, inside."""
    find = import_module("corpus.furniture").furniture
    text = data.decode(errors="replace").replace("\0", "\ufffd")
    _apart([(mark.span.start, mark.span.end) for mark in find(text)], len(text))


def terms(data: bytes) -> None:
    """Analyse for the word index: every term short enough to be kept."""
    from qa.lexical import content_terms

    found = content_terms(data.decode(errors="replace"))
    assert all(0 < len(term.encode()) < 40 for term in found), "a term that tantivy drops"


def text_file(data: bytes) -> None:
    """Read a text file with whatever front matter and encoding."""
    from corpus.load import read_bytes

    read_bytes(data, "a.md")


def _extractor(suffix: str) -> Target:
    def extract(data: bytes) -> None:
        from corpus.extracted import Extracted
        from corpus.formats import load_extractor

        for found in itertools.islice(load_extractor(suffix)(io.BytesIO(data), f"a{suffix}"), 200):
            if isinstance(found, Extracted):
                check(found)

    return extract


def check(found: Any) -> None:
    """Raise `AssertionError` if an `Extracted` does not keep what it promises."""
    from corpus import is_text, split_sentences

    text = found.text
    assert is_text(text), "NUL or a lone surrogate"
    assert "\r" not in text, "a carriage return"
    _apart([(span.start, span.end) for span in found.headings], len(text))
    _apart([(mark.span.start, mark.span.end) for mark in found.marks], len(text))
    for fact in (found.published, found.updated):
        assert fact is None or _ISO.match(fact.value), f"no ISO 8601 date: {fact.value!r}"
    same = type(found).from_dict(json.loads(json.dumps(found.to_dict())))
    assert same == found, "not the same after JSON"
    _tile([(s.start, s.end) for s in split_sentences(text)], 0, len(text))


def _apart(spans: Sequence[tuple[int, int]], length: int) -> None:
    places = [0, *itertools.chain.from_iterable(spans), length]
    assert places == sorted(places), f"spans out of order, overlapping or outside: {places[:9]}"


def _tile(spans: Sequence[tuple[int, int]], start: int, end: int) -> None:
    places = [start, *itertools.chain.from_iterable(spans), end]
    pairs = zip(places[::2], places[1::2], strict=True)
    assert all(a == b for a, b in pairs), "sentences do not tile"


def _count_words(texts: Sequence[str]) -> list[int]:
    return [len(text.split()) for text in texts]


TEXT_TARGETS: dict[str, Target] = {
    "sentences": sentences, "passages": passages, "headline": headline, "markdown": markdown,
    "furniture": furniture, "terms": terms, "text_file": text_file,
}  # fmt: skip
FORMATS = {
    "html": (".html", "html"), "json": (".json", "records"), "jsonl": (".jsonl", "records"),
    "feeds": (".xml", "feeds"), "tables": (".csv", "tables"), "mail": (".eml", "mail"),
    "pdf": (".pdf", "pdf"), "docx": (".docx", "docx"), "epub": (".epub", "epub"),
    "warc": (".warc", "warc"),
}  # fmt: skip


def targets() -> dict[str, Target]:
    """Return what can be fuzzed, by name: the modules that are there."""
    there = {n: s for n, (s, module) in FORMATS.items() if find_spec(f"corpus.formats.{module}")}
    texts = {
        n: t for n, t in TEXT_TARGETS.items() if n != "furniture" or find_spec("corpus.furniture")
    }
    return texts | {name: _extractor(suffix) for name, suffix in there.items()}


def make_case(seed: int, case: int, names: Sequence[str]) -> tuple[str, bytes]:
    """Return the target and the input of a case."""
    rng = random.Random(f"{seed}/{case}")
    name = names[case % len(names)]
    return name, make(FORMATS[name][0] if name in FORMATS else ".md", rng)


def run_case(seed: int, case: int, names: Sequence[str]) -> dict[str, Any]:
    """Run one case.

    Returns:
        Its target, the seconds it took, and of an error what and where, and the traceback.
    """
    from corpus import ArticleError

    name, data = make_case(seed, case, names)
    outcome: dict[str, Any] = {"target": name, "case": case, "refused": False}
    started = time.perf_counter()
    try:
        with _time_limit(), warnings.catch_warnings(action="ignore"):
            targets()[name](data)
    except ArticleError:
        outcome["refused"] = True
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{Path(last.filename).name}:{last.lineno}"
        outcome |= {"error": f"{type(error).__name__}: {error}"[:200], "at": place}
        outcome["traceback"] = traceback.format_exc()
    return outcome | {"s": time.perf_counter() - started}


@contextmanager
def _time_limit() -> Iterator[None]:
    def give_up(*_: object) -> None:
        raise TimeoutError(f"more than {LONGEST_CASE_S} s")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(LONGEST_CASE_S)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def run_cases(seed: int, cases: Sequence[int], names: Sequence[str]) -> list[dict[str, Any]]:
    """Run some cases in this process, quietly."""
    import logging

    logging.disable(logging.CRITICAL)
    try:
        return [run_case(seed, case, names) for case in cases]
    finally:
        logging.disable(logging.NOTSET)


def fuzz(seed: int, n_cases: int, names: Sequence[str], processes: int) -> dict[str, Any]:
    """Run all cases in other processes; sum up by target, and list each kind of error once."""
    started, deaths = time.perf_counter(), list[int]()
    outcomes: list[dict[str, Any]] = []
    pending = [range(i, min(i + AT_ONCE, n_cases)) for i in range(0, n_cases, AT_ONCE)]
    while pending:
        batch, pending = pending[:processes], pending[processes:]
        with ProcessPoolExecutor(processes, multiprocessing.get_context("spawn")) as pool:
            futures = [(cases, pool.submit(run_cases, seed, cases, names)) for cases in batch]
            for cases, future in futures:
                try:
                    outcomes += future.result()
                except BrokenProcessPool:  # find the one by halves
                    middle = len(cases) // 2
                    halves = [cases[:middle], cases[middle:]]
                    deaths += cases if len(cases) == 1 else []
                    pending += halves if len(cases) > 1 else []
    return summary(outcomes, deaths) | {
        "seed": seed,
        "cases_per_s": round(n_cases / (time.perf_counter() - started), 1),
    }


def summary(outcomes: Sequence[dict[str, Any]], deaths: Sequence[int]) -> dict[str, Any]:
    """Count by target; of each kind of error, give the first case."""
    kinds: dict[str, dict[str, Any]] = {}
    for outcome in outcomes:
        if "error" in outcome:
            kind = f"{outcome['target']} {outcome['error'].partition(':')[0]} {outcome['at']}"
            first = kinds.setdefault(kind, {**outcome, "times": 0})
            first["times"] += 1
    by_target = {
        name: {
            "cases": len(own := [o for o in outcomes if o["target"] == name]),
            "refused": sum(o["refused"] for o in own),
            "errors": sum("error" in o for o in own),
            "slowest_s": round(max(o["s"] for o in own), 3),
        }
        for name in Counter(outcome["target"] for outcome in outcomes)
    }
    return {
        "cases": len(outcomes) + len(deaths),
        "errors": sum("error" in outcome for outcome in outcomes),
        "deaths": list(deaths),
        "targets": by_target,
        "kinds": list(kinds.values()),
    }


def fuzz_guided(name: str, seconds: int) -> None:
    """Let atheris look for inputs that reach new branches of `corpus`; ends the process."""
    import atheris

    folder = Path(tempfile.mkdtemp(prefix=f"fuzz-{name}-"))
    suffix = FORMATS[name][0] if name in FORMATS else ".md"
    for number in range(200):
        data = make(suffix, random.Random(number))
        (folder / f"seed-{number}").write_bytes(data)
    with atheris.instrument_imports(include=["corpus"]):
        target = targets()[name]
        import corpus

        for data in [*seeds(".md"), *(f.read_bytes() for f in folder.iterdir())][:40]:
            _ignore_refusal(target, data, corpus.ArticleError)  # imports what it needs
    argv = [sys.argv[0], f"-max_total_time={seconds}", f"-timeout={LONGEST_CASE_S}"]
    argv += ["-max_len=20000", f"-artifact_prefix={folder}/", str(folder)]
    atheris.Setup(argv, lambda data: _ignore_refusal(target, data, corpus.ArticleError))
    atheris.Fuzz()


def _ignore_refusal(target: Target, data: bytes, refusal: type[Exception]) -> None:
    try:
        with warnings.catch_warnings(action="ignore"):
            target(data)
    except refusal:
        pass


@click.command()
@click.option("--cases", default=100_000)
@click.option("--seed", default=1)
@click.option("--target", "names", multiple=True, help="Only these.")
@click.option("--case", "one_case", type=int, help="Run this one alone and show its traceback.")
@click.option("--processes", default=1)
@click.option("--atheris", "guided", help="The target to fuzz guided by coverage.")
@click.option("--seconds", default=600, help="With --atheris: for how long.")
@click.option("--out", type=click.Path(path_type=Path), help="Write the result here, as JSON.")
def main(
    cases: int, seed: int, names: tuple[str, ...], one_case: int | None, processes: int,
    guided: str | None, seconds: int, out: Path | None,
) -> None:  # fmt: skip
    """Fuzz the readers of articles."""
    if guided:
        fuzz_guided(guided, seconds)  # first of all: nothing of the product may be imported yet
    chosen = [name for name in targets() if not names or name in names]
    if one_case is not None:
        print(make_case(seed, one_case, chosen)[1])
        outcome = run_case(seed, one_case, chosen)
        print(outcome.pop("traceback", ""), outcome)
    else:
        from bench.record import record

        record("fuzz", fuzz(seed, cases, chosen, processes), out)


if __name__ == "__main__":
    main()
