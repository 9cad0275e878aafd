"""The question box's script as it is served: to every site, from one address, in one piece."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from qa import Assistant
from qa.interfaces.rest.api_settings import ApiSettings
from qa.interfaces.rest.app import build_api
from qa.interfaces.rest.keys import new_key
from qa.interfaces.rest.widget import PARTS, STATIC, widget_script
from qa.interfaces.strings import LANGUAGES, strings

_IMPORT = re.compile(r"^import \{.+\} from \"\./(\w+\.js)\";$", re.MULTILINE)
_SAID = re.compile(r"\"((?:widget|card|talk|library)_[a-z_]+)\"")


@pytest.fixture
def client(assistant: Assistant, tmp_path: Path) -> Iterator[TestClient]:
    """An API with keys, as a site sees it that has none and is on no list."""
    path = tmp_path / "keys"
    path.write_text(new_key("somebody", ["read"])[1])
    path.chmod(0o600)
    app = build_api(assistant, ApiSettings(keys_file=path))
    with TestClient(app, base_url="http://localhost") as opened:
        yield opened


def test_every_page_may_load_it_without_a_key(client: TestClient) -> None:
    reply = client.get("/v1/widget.js", headers={"sec-fetch-site": "cross-site"})
    assert reply.status_code == 200
    assert reply.headers["content-type"] == "text/javascript; charset=utf-8"
    assert reply.headers["cross-origin-resource-policy"] == "cross-origin"
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.text == widget_script()


def test_nothing_else_may_be_loaded_by_other_sites(client: TestClient) -> None:
    for path in ("/v1/health", "/v1/docs", "/v1/nothing"):
        assert client.get(path).headers["cross-origin-resource-policy"] == "same-origin"


def test_browsers_keep_it_and_ask_whether_it_has_changed(client: TestClient) -> None:
    first = client.get("/v1/widget.js")
    assert first.headers["cache-control"] == "public, max-age=600"
    again = client.get(
        "/v1/widget.js", headers={"if-none-match": f'"x", W/{first.headers["etag"]}'}
    )
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert again.headers["cross-origin-resource-policy"] == "cross-origin"
    other = client.get("/v1/widget.js", headers={"if-none-match": '"x"'})
    assert other.status_code == 200
    assert client.head("/v1/widget.js").headers["etag"] == first.headers["etag"]


def test_parts_import_only_those_before_them() -> None:
    assert {path.name for path in STATIC.glob("widget*.js")} == set(PARTS)
    for place, part in enumerate(PARTS):
        code = (STATIC / part).read_text("utf-8")
        found = _IMPORT.findall(code)
        assert len(found) == len(re.findall(r"^\s*import\b", code, re.MULTILINE)), part
        assert set(found) <= set(PARTS[:place]), part


def test_nothing_of_a_module_is_left_and_nothing_that_runs_text() -> None:
    code = widget_script().partition("\n// Words")[2]
    assert len(code) > 5_000
    assert not re.search(r"^\s*(import|export)\b", code, re.MULTILINE)
    assert not re.search(
        r"innerHTML|insertAdjacentHTML|\beval\b|new Function|\.style\.|\"style\"", code
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_that_it_says_is_in_the_script(language: str) -> None:
    script = widget_script()
    said = {key for part in PARTS for key in _SAID.findall((STATIC / part).read_text("utf-8"))}
    assert len(said) > 20
    for key in said:
        assert f'"{key}": ' in script
        assert strings(language)[key] in script.replace('\\"', '"')
    unused = {key for key in strings(language) if key.startswith("widget_")} - said
    assert unused == {"widget_articles_one", "widget_busy_one"}  # twins
