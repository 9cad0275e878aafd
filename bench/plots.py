"""Draw what docs/benchmarks.md shows from the results in a folder.

python -m bench.plots [--results bench/results] [--out docs/images]

Reliability and risk-coverage come from closed_collection.json, growth from scale.json, the bars of
retrieval from retrieval.json; what is not there is left out.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
import matplotlib as mpl
from matplotlib import pyplot as plt

from bench.record import RESULTS

INK, QUIET = "#7a1f1f", "#8a8a8a"


@click.command(help=__doc__)
@click.option("--results", type=click.Path(path_type=Path), default=RESULTS)
@click.option("--out", type=click.Path(path_type=Path), default=Path("docs/images"))
def main(results: Path, out: Path) -> None:
    mpl.use("Agg")
    drawn = {
        "closed_collection": {"reliability": _reliability, "risk-coverage": _risk_coverage},
        "scale": {"scale": _scale},
        "retrieval": {"retrieval": _retrieval},
    }
    for result, plots in drawn.items():
        path = results / f"{result}.json"
        if path.exists():
            measured = json.loads(path.read_text(encoding="utf-8"))["result"]
            for name, plot in plots.items():
                plot(measured, out / f"{name}.png")


def _reliability(measured: dict[str, Any], path: Path) -> None:
    bins = measured["reliability"]
    figure, axes = _axes("confidence", "share right")
    axes.plot([0, 1], [0, 1], color=QUIET, linestyle="--", linewidth=1)
    axes.plot([b["confidence"] for b in bins], [b["right"] for b in bins], "o-", color=INK)
    for b in bins:
        axes.annotate(
            f"{b['askings']:,}", (b["confidence"], b["right"]), (4, -12),
            textcoords="offset points", fontsize=8, color=QUIET,
        )  # fmt: skip
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    axes.set_title(
        f"Reliability (ECE {measured['ece']:.3f}); small: number of askings", fontsize=10
    )
    _save(figure, path)


def _risk_coverage(measured: dict[str, Any], path: Path) -> None:
    curve = measured["risk_coverage"]
    figure, axes = _axes("share of questions answered", "share wrong among the answered")
    axes.plot([p["coverage"] for p in curve], [p["risk"] for p in curve], color=INK)
    chosen = min(curve, key=lambda p: abs(p["confidence"] - measured["threshold"]))
    axes.plot(chosen["coverage"], chosen["risk"], "o", color=INK)
    axes.annotate(
        f"shipped threshold {measured['threshold']:.2f}",
        (chosen["coverage"], chosen["risk"]), (8, -14), textcoords="offset points", fontsize=9,
    )  # fmt: skip
    axes.axhline(0.05, color=QUIET, linestyle="--", linewidth=1)
    axes.annotate("5 % risk", (0.99, 0.055), ha="right", fontsize=8, color=QUIET)
    axes.axvline(0.5, color=QUIET, linestyle=":", linewidth=1)
    axes.annotate("half the askings have no answer", (0.505, 0.46), fontsize=8, color=QUIET)
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 0.7)
    axes.set_title(f"Risk and coverage (AUROC {measured['auroc']:.3f})", fontsize=10)
    _save(figure, path)


def _scale(measured: dict[str, Any], path: Path) -> None:
    rows = measured["sizes"]
    sizes = [row["passages"] for row in rows]
    building = [row.get("build_with_encoding_s", row["build_s"]) / 60 for row in rows]
    lines: dict[str, dict[str, list[float]]] = {
        "question to passages, ms": {
            "95 %": [row["retrieval_ms"]["p95"] for row in rows],
            "median": [row["retrieval_ms"]["p50"] for row in rows],
        },
        "building, minutes": {"with encoding": building},
        "memory, MB": {
            "building": [row["building_mb"] for row in rows],
            "serving, beside the models": [row["serving_mb"] for row in rows],
        },
        "disk, bytes a passage": {
            part: [row["disk_bytes_per_passage"][part] for row in rows]
            for part in ("all", "store", "vectors", "words")
        },
    }
    figure, panels = plt.subplots(1, 4, figsize=(13, 3.4), dpi=130)
    for axes, (title, drawn) in zip(panels, lines.items(), strict=True):
        for (name, values), style in zip(drawn.items(), ("o-", "s--", "^:", "v-."), strict=False):
            color = INK if name in ("median", "all", "with encoding", "building") else QUIET
            axes.plot(sizes, values, style, color=color, label=name)
        axes.set_xscale("log")
        axes.set_title(title, fontsize=10)
        axes.set_xlabel("passages")
        axes.spines[["top", "right"]].set_visible(False)
        if "minutes" in title:
            axes.set_yscale("log")
        else:
            axes.set_ylim(0)
        axes.legend(fontsize=7, frameon=False)
    _save(figure, path)


def _retrieval(measured: dict[str, Any], path: Path) -> None:
    rows = list(reversed(measured["first_stage"].items()))
    figure, axes = plt.subplots(figsize=(7, 0.34 * len(rows) + 1), dpi=130)
    for place, (name, scores) in enumerate(rows):
        color = INK if name == "pullquote" else QUIET
        axes.barh(place, scores["recall@5"], color=color, alpha=0.35)
        axes.barh(place, scores["recall@1"], color=color)
        axes.annotate(
            f"{scores['recall@1']:.3f}", (scores["recall@1"], place), (-4, -3), ha="right",
            textcoords="offset points", fontsize=8, color="white",
        )  # fmt: skip
    axes.set_yticks(range(len(rows)), [name for name, _ in rows], fontsize=8)
    axes.set_xlim(0, 1)  # bars are read by their length
    axes.set_title("the right passage first (dark) and among five (light)", fontsize=10)
    axes.spines[["top", "right"]].set_visible(False)
    _save(figure, path)


def _axes(x: str, y: str) -> tuple[Any, Any]:
    figure, axes = plt.subplots(figsize=(5, 4.2), dpi=130)
    axes.set_xlabel(x)
    axes.set_ylabel(y)
    axes.spines[["top", "right"]].set_visible(False)
    return figure, axes


def _save(figure: Any, path: Path) -> None:
    figure.tight_layout()
    figure.savefig(path)
    plt.close(figure)


if __name__ == "__main__":
    main()
