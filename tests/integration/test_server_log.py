"""The log of a real server: a line for each request, and no word of what was asked."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.integration.conftest import PATIENCE_S

ASKED = "Who sold the penguins zanzibar"
SECRETS = ("zanzibar", "penguins")


@contextmanager
def api(
    environment: dict[str, str],
    index: Path,
    log: Path,
    *flags: str,
    beside: tuple[str, ...] = ("--no-page",),
) -> Iterator[str]:
    """Serve the API with its log in a file; give its address."""
    command = [sys.executable, "-m", "qa.interfaces.cli", *flags]
    command += ["serve", "--api", *beside, "--port", "0", "--index", str(index)]
    with log.open("wb") as errors:
        process = subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=errors, text=True
        )
    assert process.stdout
    try:
        address = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
        assert address, log.read_text()
        yield address[0]
    finally:
        process.terminate()
        process.wait(PATIENCE_S)
        process.stdout.close()


def call(address: str, body: dict[str, Any] | None = None) -> int:
    data = json.dumps(body).encode() if body is not None else None
    headers = {"content-type": "application/json", "x-request-id": "test-1"}
    request = urllib.request.Request(address, data, headers)
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE_S) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        return error.code


def ask_in_every_way(address: str) -> list[int]:
    asked = urllib.parse.urlencode({"question": ASKED})
    return [
        call(f"{address}/v1/retrieve?{asked}"),
        call(f"{address}/v1/ask", {"question": ASKED}),
        call(f"{address}/v1/ask", {"question": ASKED * 500}),
        call(f"{address}/v1/ask", {"question": [ASKED]}),
        call(f"{address}/v1/{urllib.parse.quote(ASKED)}"),
        call(f"{address}/{urllib.parse.quote(ASKED)}?{asked}"),
    ]


@pytest.mark.parametrize("form", ["json", "text"])
def test_no_word_of_a_question_is_in_the_log_of_a_server_at_its_most_talkative(
    environment: dict[str, str], news_index: Path, tmp_path: Path, form: str
) -> None:
    log = tmp_path / "log"
    flags = ("--log-format", form, "--log-level", "debug")
    with api(environment, news_index, log, *flags) as address:
        assert ask_in_every_way(address) == [200, 200, 422, 422, 404, 404]
    told = log.read_text()
    assert not any(secret in told.lower() for secret in SECRETS)
    if form == "json":
        lines = [json.loads(line) for line in told.splitlines()]
        requests = [line for line in lines if line["logger"] == "qa.requests"]
        assert [line["status"] for line in requests] == [200, 200, 422, 422, 404, 404]
        assert [line["route"] for line in requests[:2]] == ["/v1/retrieve", "/v1/ask"]
        assert [line["method"] for line in requests[:2]] == ["GET", "POST"]
        assert all(line["request_id"] == "test-1" and line["seconds"] > 0 for line in requests)
    else:
        assert told.count(" qa.requests: ") == 6


def test_a_server_without_log_settings_stays_silent(
    environment: dict[str, str], news_index: Path, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    with api(environment, news_index, log) as address:
        ask_in_every_way(address)
    assert log.read_text() == ""


@pytest.mark.parametrize("page", [(), ("--no-page",)], ids=["beside the page", "alone"])
def test_an_operator_who_wants_questions_in_the_log_finds_them(
    environment: dict[str, str], news_index: Path, tmp_path: Path, page: tuple[str, ...]
) -> None:
    log = tmp_path / "log"
    flags = ("--log-format", "json", "--log-questions")
    with api(environment, news_index, log, *flags, beside=page) as address:
        assert call(f"{address}/v1/ask", {"question": ASKED}) == 200
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    told = [line["question"] for line in lines if line["logger"] == "qa.questions"]
    assert told == [ASKED]
