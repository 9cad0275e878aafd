"""The API keeps to its own description, whatever is sent: requests generated from the document.

`PULLQUOTE_GENERATED` is how many are made up for each operation that fit, and how many that do not;
20 by default.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import positive_data_acceptance
from schemathesis.core.result import Ok

from qa import Assistant, build_index
from qa.interfaces.rest.api_settings import ApiSettings
from qa.interfaces.rest.app import build_api
from qa.interfaces.wall.limits import Limits, Rate
from qa.sentence_reader import SentenceReader
from tests.conftest import ARTICLES
from tests.fakes import HashingEncoder, plain_calibration

GENERATED = int(os.environ.get("PULLQUOTE_GENERATED", "20"))
OFTEN = Rate(10_000, 100_000)

OPERATIONS = [
    *(("POST", "/v1/ask"), ("POST", "/v1/retrieve"), ("GET", "/v1/retrieve")),
    *(("GET", "/v1/stories"), ("GET", "/v1/stories/{article_id}")),
    *(("GET", "/v1/articles"), ("POST", "/v1/articles"), ("POST", "/v1/articles/undo")),
    *(("GET", "/v1/articles/{article_id}"), ("DELETE", "/v1/articles/{article_id}")),
    *(("GET", "/v1/outlets"), ("GET", "/v1/library"), ("GET", "/v1/health")),
    *(("GET", "/v1/ready"), ("GET", "/metrics")),
    *(("GET", "/v1/openapi.json"), ("GET", "/v1/docs")),
]

MALFORMED = {
    *(("POST", "/v1/ask"), ("POST", "/v1/retrieve"), ("GET", "/v1/retrieve")),
    *(("GET", "/v1/stories"), ("GET", "/v1/articles")),
    *(("POST", "/v1/articles"), ("POST", "/v1/articles/undo")),
}
"""Those of which something can be sent that does not fit."""

TOO_LARGE = {413, 431}
"""Good refusals that schemathesis does not know of."""

# What is well-formed may still be no question ("?!"), no file that can be read, no kept token.
EXCLUDED = [positive_data_acceptance]


@pytest.fixture(scope="module")
def seen() -> Counter[int]:
    """The statuses that were answered, counted."""
    return Counter()


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Iterator[schemathesis.BaseSchema]:
    """The document of an API that is asked as often as a test likes."""
    folder, encoder = tmp_path_factory.mktemp("described") / "index", HashingEncoder()
    build_index(folder, ARTICLES, encoder=encoder)
    reader = SentenceReader(encoder, plain_calibration())
    limits = Limits(questions=OFTEN, writes=OFTEN, reads=OFTEN)
    with Assistant.open(folder, encoder=encoder, reader=reader) as assistant:
        app = build_api(assistant, ApiSettings(hosts=["testserver"], limits=limits))
        yield schemathesis.openapi.from_asgi("/v1/openapi.json", app)


def _fills_fields(case: schemathesis.Case[Any]) -> bool:
    """Say whether no field is empty: the page's form leaves them so, and means nothing by it."""
    sent = (case.query or {}).values()
    return all(value not in ("", None) and not isinstance(value, dict | list) for value in sent)


@pytest.mark.parametrize(
    ("method", "path", "mode"),
    [
        *((*operation, GenerationMode.POSITIVE) for operation in OPERATIONS),
        *(
            (*operation, GenerationMode.NEGATIVE)
            for operation in OPERATIONS
            if operation in MALFORMED
        ),
    ],
)
def test_the_api_does_what_its_document_says(
    described: schemathesis.BaseSchema,
    seen: Counter[int],
    method: str,
    path: str,
    mode: GenerationMode,
) -> None:
    requests = described[path][method].as_strategy(generation_mode=mode)
    if (method, path) == ("GET", "/v1/articles"):
        requests = requests.filter(_fills_fields)

    @given(case=requests)
    @settings(
        max_examples=GENERATED,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    def keeps_its_word(case: schemathesis.Case[Any]) -> None:
        response = case.call()
        seen[response.status_code] += 1
        if response.status_code not in TOO_LARGE:
            case.validate_response(response, excluded_checks=EXCLUDED)

    keeps_its_word()


def test_every_operation_was_tried_and_much_was_answered(
    described: schemathesis.BaseSchema, seen: Counter[int]
) -> None:
    found = [each.ok() for each in described.get_all_operations() if isinstance(each, Ok)]
    operations = {(each.method.upper(), each.path) for each in found}
    assert operations == set(OPERATIONS) - {("GET", "/v1/openapi.json")}  # which it has read
    assert seen[200] > 3 * GENERATED
    assert seen[422] > 3 * GENERATED
    assert not [status for status in seen if status >= 500], seen
