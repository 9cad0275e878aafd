"""How right are articles read? The labelled set, read in this process and scored.

``python -m bench.extraction [--part dev|test] [--kind html] [--out JSON] [--errors]``
"""

from __future__ import annotations

import argparse
import importlib
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import chain
from pathlib import Path
from typing import Any

from bench.extraction_scores import FACTS, Score, overlap, runs, score, unread
from bench.labelled.make import PARTS, write
from bench.labelled.records import Saved
from bench.record import record
from corpus.decoding import decode_text
from corpus.errors import ArticleError
from corpus.extracted import BadRecord, Extracted
from corpus.formats import MODULES, load_extractor
from corpus.markdown import markdown_to_text
from corpus.titles import find_headline


def read(path: Path) -> list[Extracted]:
    """Return the articles of a file, finished.

    Raises:
        ArticleError: The file cannot be read.
        ImportError: There is no module yet for its format.
    """
    suffix = path.suffix.lower()
    if suffix in (".txt", ".md"):
        return [_read_text(path)]
    if suffix not in MODULES:
        raise ImportError(f"no extractor for {suffix}")
    with path.open("rb") as file:
        found = list(load_extractor(suffix)(file, path.name))
    return [_finish()(article) for article in found if not isinstance(article, BadRecord)]


def _read_text(path: Path) -> Extracted:
    text = decode_text(path.read_bytes(), path.name).text
    if path.suffix == ".md":
        plain = markdown_to_text(text)
        found = Extracted(text=plain.text, title=plain.title, headings=plain.headings)
    else:
        found = Extracted(text=text)
    found = _finish()(found)
    unmarked = "\n\n".join(runs(found))
    headline = None if found.title else find_headline(unmarked)
    if headline is None:
        return found
    values = {name: getattr(found, name) for name in Extracted.__slots__}
    return Extracted(**values | {"title": headline.of(unmarked)})


def _finish() -> Callable[[Extracted], Extracted]:
    try:
        module = importlib.import_module("corpus.finishing")
    except ModuleNotFoundError:
        return lambda extracted: extracted
    finish: Callable[[Extracted], Extracted] = module.finish
    return finish


def score_file(saved: Saved, path: Path) -> tuple[list[Score], int, float]:
    """Read a file and score its articles.

    Returns:
        A score for each label, the number of articles that no label is for, and the seconds.
    """
    names = {"file": saved.name, "kind": saved.kind, "system": saved.system}
    start = time.perf_counter()
    try:
        found = read(path)
    except (ArticleError, ImportError) as error:
        reason = f"{type(error).__name__}: {error}"
        return [unread(label, reason, **names) for label in saved.articles], 0, 0.0
    except Exception as error:  # the bench counts what no extractor may let through
        reason = f"uncaught {type(error).__name__}: {error}"
        return [unread(label, reason, **names) for label in saved.articles], 0, 0.0
    seconds = time.perf_counter() - start
    out, left = [], list(found)
    for label in saved.articles:
        best = max(left, key=lambda article: overlap(article, label), default=None)
        if best is None or (len(saved.articles) > 1 and not overlap(best, label)):
            out.append(unread(label, "no such article in what was read", **names))
            continue
        left.remove(best)
        out.append(score(best, label, **names))
    return out, len(left), seconds


def summary(scores: list[Score]) -> dict[str, Any]:
    """Return counts and shares over some articles."""
    sentences = sum(one.n_sentences for one in scores)
    out: dict[str, Any] = {
        "articles": len(scores),
        "unread": sum(one.error is not None for one in scores),
        "furniture_lines": sum(one.n_furniture for one in scores),
        "furniture_kept": sum(len(one.kept) for one in scores),
        "sentences": sentences,
        "lost": sum(len(one.lost) for one in scores),
        "lost_share": round(sum(len(one.lost) for one in scores) / sentences, 4),
        "broken": sum(len(one.broken) for one in scores),
        "reworded": sum(one.n_reworded for one in scores),
        "dates_invented": sum(one.n_invented_dates for one in scores),
    }
    for name in FACTS:
        judged = [one for one in scores if name in one.judged]
        right = sum(name not in one.wrong for one in judged)
        out[f"{name}_right"] = round(right / len(judged), 4) if judged else None
    return out


def _grouped(scores: Iterable[Score], name: str) -> dict[str, list[Score]]:
    groups: defaultdict[str, list[Score]] = defaultdict(list)
    for one in scores:
        groups[getattr(one, name)].append(one)
    return dict(groups)


def print_errors(scores: list[Score]) -> None:
    """Print what is wrong, file by file."""
    for one in scores:
        lines = [f"  error: {one.error}"] if one.error else []
        if not one.error:
            lines += [f"  lost: {sentence}" for sentence in one.lost]
            lines += [f"  broken: {sentence}" for sentence in one.broken]
            lines += [f"  kept: {line}" for line in one.kept]
            lines += [
                f"  {name}: {read!r} instead of {label!r}"
                for name, (label, read) in one.wrong.items()
            ]
        if lines:
            print(one.file, *lines, sep="\n")


def print_table(groups: dict[str, list[Score]]) -> None:
    """Print one line for each group."""
    facts = "".join(f"{name[:6]:>7}" for name in FACTS)
    print(f"{'':22}{'n':>4}{'unread':>7}{'kept':>6}{'lost%':>7}{'broken':>7}{'reword':>7}{facts}")
    for name, scores in groups.items():
        one = summary(scores)
        shares = "".join(
            f"{'-' if one[f'{fact}_right'] is None else format(one[f'{fact}_right'], '.2f'):>7}"
            for fact in FACTS
        )
        print(
            f"{name:22}{one['articles']:4}{one['unread']:7}{one['furniture_kept']:6}"
            f"{one['lost_share'] * 100:7.1f}{one['broken']:7}{one['reworded']:7}{shares}"
        )


def run(part: str, kind: str | None, folder: Path) -> tuple[list[Score], dict[str, Any]]:
    """Make one part of the set, read it and return the scores and the result."""
    files = [file for file in write(folder, part) if kind in (None, file.kind)]
    for file in {Path(file.name).suffix: file for file in files}.values():
        score_file(file, folder / part / file.name)  # imports are not what is measured
    read_files = [score_file(file, folder / part / file.name) for file in files]
    scores = list(chain.from_iterable(found for found, _, _ in read_files))
    seconds = sum(seconds for _, _, seconds in read_files)
    n_read = sum(one.error is None for one in scores)
    result = {
        "part": part,
        "files": len(files),
        **summary(scores),
        "articles_too_many": sum(extra for _, extra, _ in read_files),
        "articles_per_s": round(n_read / seconds, 1) if seconds else None,
        "kinds": {name: summary(group) for name, group in _grouped(scores, "kind").items()},
        "systems": {name: summary(group) for name, group in _grouped(scores, "system").items()},
    }
    return scores, result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=PARTS, default="dev")
    parser.add_argument("--kind", help="only files of this kind, such as html or dump")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--errors", action="store_true", help="print what is wrong in each file")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        scores, result = run(args.part, args.kind, Path(folder))
    if args.errors:
        print_errors(scores)
    print_table(_grouped(scores, "system") | _grouped(scores, "kind") | {"all": scores})
    record("extraction", result, args.out)


if __name__ == "__main__":
    main()
