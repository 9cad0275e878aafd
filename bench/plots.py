"""Draw the reliability diagram and the risk-coverage curve from a result of closed_collection.

python -m bench.plots [--result bench/results/closed_collection.json] [--out docs/images]
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
@click.option(
    "--result", type=click.Path(path_type=Path), default=RESULTS / "closed_collection.json"
)
@click.option("--out", type=click.Path(path_type=Path), default=Path("docs/images"))
def main(result: Path, out: Path) -> None:
    mpl.use("Agg")
    measured = json.loads(result.read_text(encoding="utf-8"))["result"]
    _reliability(measured, out / "reliability.png")
    _risk_coverage(measured, out / "risk-coverage.png")


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
