"""The pictures of the page in docs/, taken anew: python -m bench.screenshots.

Needs Chromium (CHROMIUM names it, if it is not on the PATH) and the sample articles, nothing else.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

IMAGES = Path(__file__).parents[1] / "docs" / "images"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
DESKTOP = {"viewport": {"width": 1440, "height": 900}}
LAPTOP = {"viewport": {"width": 1024, "height": 720}}
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
LEAK = "Who found the leak beneath gate No. 4?"
MAYOR = "Why did Sunniva Ravndal resign as mayor of Port Hallam?"
COLOURS = 128


def main() -> None:
    with room() as url, sync_playwright() as playwright:
        path = os.environ.get("CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        expect.set_options(timeout=60_000)
        for name, kind, flow in (
            ("desktop", DESKTOP, source),
            ("phone", PHONE, source),
            ("dark", {**LAPTOP, "color_scheme": "dark"}, source),
            ("empty", LAPTOP, empty),
            ("follow-up", LAPTOP, follow_up),
            ("time", LAPTOP, time_chip),
            ("changed", LAPTOP, changed),
            ("narrow", LAPTOP, narrow),
            ("quotation", LAPTOP, quotation),
            ("feedback", LAPTOP, feedback),
            ("library", LAPTOP, library),
            ("history", LAPTOP, history),
            ("german", {**PHONE, "locale": "de-DE"}, ask_in_german),
        ):
            page = opened(browser, url, kind)
            flow(page)
            save(page, name)
            page.context.close()
        browser.close()


@contextmanager
def room() -> Iterator[str]:
    """Serve the sample articles from a folder of their own."""
    with tempfile.TemporaryDirectory() as folder:
        pullquote = [sys.executable, "-m", "qa.interfaces.cli"]
        sample = "corpus/sample/articles"
        subprocess.run([*pullquote, "index", sample, "--index", f"{folder}/index"], check=True)
        serve = [*pullquote, "serve", "--index", f"{folder}/index", "--port", "0"]
        with subprocess.Popen(serve, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout
            ready = re.search(r"Open (http://\S+)", process.stdout.readline())
            assert ready, "the page did not start"
            try:
                yield ready[1]
            finally:
                process.terminate()


def opened(browser: Browser, url: str, kind: dict[str, Any]) -> Page:
    context = browser.new_context(reduced_motion="reduce", **{"locale": "en-GB", **kind})
    page = context.new_page()
    page.goto(url)
    expect(page.locator("#collection")).not_to_be_empty()
    expect(page.locator("#examples button").first).to_be_visible()
    return page


def save(page: Page, name: str) -> None:
    """Take the picture, in few colours: it is text."""
    page.wait_for_timeout(600)
    path = IMAGES / f"{name}.png"
    page.screenshot(path=path)
    with Image.open(path) as picture:
        picture.convert("RGB").quantize(COLOURS).save(path, optimize=True)
    print(f"{path.name}: {path.stat().st_size:,} bytes")


def ask(page: Page, question: str) -> None:
    cards = page.locator("#chat .card:not(.pending)")
    before = cards.count()
    page.locator("#question textarea").fill(question)
    page.locator("#question textarea").press("Enter")
    expect(cards).to_have_count(before + 1)


def empty(page: Page) -> None:
    del page


def source(page: Page) -> None:
    ask(page, LEAK)
    page.locator("#chat .quote .chip").first.click()
    expect(page.locator("#cited")).to_be_visible()


def follow_up(page: Page) -> None:
    ask(page, MAYOR)
    ask(page, "And when did she resign?")


def time_chip(page: Page) -> None:
    ask(page, "Who found the leak beneath gate No. 4 in May 2025?")


def changed(page: Page) -> None:
    ask(page, "What changed about the tidal barrier between January and March 2025?")


def narrow(page: Page) -> None:
    page.get_by_role("button", name="Narrow the search").click()
    page.get_by_role("checkbox").first.check()


def quotation(page: Page) -> None:
    source(page)
    page.locator("#pane").get_by_role("button", name="▾").or_(
        page.locator("#pane [aria-haspopup=menu]")
    ).first.click()


def feedback(page: Page) -> None:
    ask(page, LEAK)
    page.get_by_role("button", name="Wrong", exact=True).click()


def library(page: Page) -> None:
    page.locator("#nav-library").click()
    expect(page.locator("#library li").first).to_be_visible()


def history(page: Page) -> None:
    ask(page, LEAK)
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator("#chat .card")).to_have_count(0)
    ask(page, MAYOR)
    page.locator("#nav-history").click()
    expect(page.get_by_role("dialog")).to_contain_text(LEAK)


def ask_in_german(page: Page) -> None:
    ask(page, LEAK)


if __name__ == "__main__":
    main()
