"""The JavaScript client is that of the present API, as it was generated."""

from __future__ import annotations

import hashlib
import json
import re
import runpy
from pathlib import Path
from typing import Any

import pytest

CLIENT = Path(__file__).parents[2] / "clients" / "javascript"
GENERATED = CLIENT / "generated"
AGAIN = "make the client anew, see clients/javascript/README.md"


@pytest.fixture(scope="module")
def record() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((GENERATED / "record.json").read_text("utf-8"))
    return found


@pytest.fixture(scope="module")
def describe() -> dict[str, Any]:
    return runpy.run_path(str(CLIENT / "describe.py"))


def test_the_client_was_generated_from_the_present_document(
    record: dict[str, Any], describe: dict[str, Any]
) -> None:
    assert record["document_sha256"] == describe["digest"](describe["described"]()), AGAIN


def test_another_document_has_another_digest(describe: dict[str, Any]) -> None:
    document = describe["described"]()
    before = describe["digest"](document)
    document["paths"]["/v1/ask"]["post"]["description"] += " "
    assert describe["digest"](document) != before


def test_nobody_has_edited_what_was_generated(record: dict[str, Any]) -> None:
    found = {
        path.relative_to(GENERATED).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in GENERATED.rglob("*")
        if path.is_file() and path.name != "record.json"
    }
    assert found == record["files_sha256"], AGAIN


def test_every_operation_has_its_function(describe: dict[str, Any]) -> None:
    code = (GENERATED / "pullquote.js").read_text("utf-8")
    for path, operations in describe["described"]()["paths"].items():
        for operation in operations.values():
            if operation["tags"] != ["Description"]:
                assert f'url: "{path}"' in code, path


def test_types_name_each_other_as_modules_without_a_build_step_do() -> None:
    for path in GENERATED.rglob("*.d.ts"):
        for name in re.findall(r"from '(\.[^']+)'", path.read_text("utf-8")):
            assert (path.parent / name.replace(".js", ".d.ts")).is_file(), f"{path.name}: {name}"


def test_it_is_one_small_module_without_dependencies() -> None:
    code = (GENERATED / "pullquote.js").read_text("utf-8")
    assert not re.search(r"^\s*import\b|\brequire\(|\bimport\(", code, re.MULTILINE)
    assert len(code) < 32_000
    package = json.loads((CLIENT / "package.json").read_text("utf-8"))
    assert "dependencies" not in package
    assert package["license"] == "Apache-2.0"
