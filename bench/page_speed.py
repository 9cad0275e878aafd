"""How long until a reader sees the page, may type, and has an answer? Measured inside a browser.

A first view is one with an empty cache. `input` is when the field takes a question that reaches
the page's own script, `answer` the time from Enter to the answer's words on the screen.

    python -m bench.page_speed --out bench/results/page-speed.json
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from bench.page_clients import sample_questions
from bench.record import record
from bench.servers import sample_server
from bench.timing import milliseconds

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
TIMES = 20
WARM_UP = 3
PATIENCE_MS = 60_000

# Moments of the page's own clock, which begins with the navigation.
_PAINTED = """() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0"""
_USABLE = """() => new Promise((done) => {
  const look = () => {
    const field = document.querySelector("#question textarea");
    const ready = document.getElementById("scope-bar") && field && !field.disabled;
    if (ready) done(performance.now());
    else requestAnimationFrame(look);
  };
  look();
})"""
_ASKED = """() => {
  const field = document.querySelector("#question textarea");
  const before = document.querySelectorAll("#chat .card:not(.pending)").length;
  window.answered = new Promise((done) => {
    field.addEventListener("keydown", () => {
      const began = performance.now();
      const look = () => {
        const cards = document.querySelectorAll("#chat .card:not(.pending)");
        if (cards.length > before) done(performance.now() - began);
        else requestAnimationFrame(look);
      };
      look();
    }, { once: true });
  });
}"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=TIMES, help="views, and questions")
    parser.add_argument("--index", type=Path, help="a folder to keep the index in")
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        index = given.index or Path(folder) / "index"
        with sample_server("page", index) as server, sync_playwright() as playwright:
            path = os.environ.get("CHROMIUM") or shutil.which("chromium")
            browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
            result = measure(browser, server.url, given.times)
            browser.close()
    record("page_speed", result, given.out)


def measure(browser: Browser, url: str, times: int) -> dict[str, Any]:
    """Measure first views, then answers on one page; the first few of both are thrown away."""
    views = [first_view(browser, url) for _ in range(WARM_UP + times)][WARM_UP:]
    questions = sample_questions()
    answers = list(islice(answer_times(browser, url, questions), WARM_UP + times))[WARM_UP:]
    return {
        "times": times,
        "painted_ms": milliseconds([painted for painted, _ in views]),
        "input_ms": milliseconds([usable for _, usable in views]),
        "answer_ms": milliseconds(answers),
    }


def first_view(browser: Browser, url: str) -> tuple[float, float]:
    """Return after how many seconds something is seen, and the field can be used."""
    page = new_page(browser)
    page.goto(url, wait_until="commit")
    usable = float(page.evaluate(_USABLE))
    page.wait_for_load_state("load")
    painted = float(page.evaluate(_PAINTED))
    page.context.close()
    if not painted:
        raise RuntimeError("the browser tells no first paint; give another one by CHROMIUM")
    return painted / 1000, usable / 1000


def answer_times(browser: Browser, url: str, questions: Iterator[str]) -> Iterator[float]:
    """Yield how many seconds each question takes, each in a new conversation of one page."""
    page = new_page(browser)
    page.goto(url)
    field = page.locator("#question textarea")
    page.locator("#collection p").wait_for()
    for question in questions:
        field.fill(question)
        page.evaluate(_ASKED)
        field.press("Enter")
        yield float(page.evaluate("window.answered")) / 1000
        page.evaluate("document.getElementById('new').click()")
        page.locator("#chat .card").wait_for(state="detached")


def new_page(browser: Browser) -> Page:
    """Open a page of a browser that has seen nothing yet."""
    page = browser.new_context(locale="en-GB").new_page()
    page.set_default_timeout(PATIENCE_MS)
    return page


if __name__ == "__main__":
    main()
