"""Nothing but protocol is on the output, whatever a library prints, logs or leaves for the end."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.integration.conftest import PATIENCE_S, ROOT

LOUD = """
import atexit, logging, os, sys
from pathlib import Path
from typing import Any

from qa import Answer, Assistant
from qa.interfaces.mcp.server import build_server
from qa.interfaces.mcp.stdio import quiet_output, serve_stdio
from qa.sentence_reader import SentenceReader
from tests.fakes import HashingEncoder, plain_calibration

logging.basicConfig(stream=sys.stdout, level=logging.DEBUG)
atexit.register(print, "NOISE in the end")
atexit.register(os.system, "echo NOISE in the end, from a child")


class Loud(Assistant):
    def ask(self, question: str, **given: Any) -> Answer:
        print("NOISE printed")
        os.write(1, b"NOISE of a native library\\n")
        os.system("echo NOISE from a child")
        logging.getLogger("a library").warning("NOISE logged")
        return super().ask(question, **given)


encoder = HashingEncoder()
reader = SentenceReader(encoder, plain_calibration())
with Loud.open(Path(sys.argv[1]), encoder=encoder, reader=reader) as assistant:
    with quiet_output():
        print("NOISE while it opens")
        server = build_server(assistant)
    serve_stdio(server)
    print("NOISE behind the session")
"""
NOISES = 8


def request(number: int, method: str, **params: Any) -> str:
    return json.dumps({"jsonrpc": "2.0", "id": number, "method": method, "params": params})


def test_what_libraries_print_and_log_is_not_on_the_output(index_folder: Path) -> None:
    client = {"name": "a test", "version": "1"}
    session = [
        request(
            *(1, "initialize"), protocolVersion="2025-06-18", capabilities={}, clientInfo=client
        ),
        '{"jsonrpc": "2.0", "method": "notifications/initialized"}',
        request(2, "tools/call", name="ask", arguments={"question": "What did it cost?"}),
    ]
    process = subprocess.Popen(
        [sys.executable, "-c", LOUD, str(index_folder)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdin
    assert process.stdout
    process.stdin.write("\n".join(session) + "\n")
    process.stdin.flush()
    lines = [process.stdout.readline(), process.stdout.readline()]
    rest, said = process.communicate(timeout=PATIENCE_S)  # closes the input: the session's end
    assert [json.loads(line)["id"] for line in [*lines, *rest.splitlines()]] == [1, 2]
    assert "isError" not in lines[1] or not json.loads(lines[1])["result"]["isError"]
    assert process.returncode == 0, said
    assert said.count("NOISE") == NOISES
