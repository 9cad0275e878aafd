"""Hard negatives: what the retriever returns for a question and does not answer it."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from bench.squad import squad_pages
from training import hard_negatives

TEXTS = {
    "squad_train_du/gates/0": "The gates of Port Hallam weigh 940 tonnes each.",
    "squad_train_du/gates/1": "The gates of Port Hallam were painted by hand.",
    "squad_train_du/gates/2": "A gate of 940 tonnes is hard to paint.",
    "squadshifts_reddit/x/0": "The gates of Port Hallam weigh a lot, they say.",
}

QUESTION = "What do the gates of Port Hallam weigh?"


def test_texts_with_the_answer_and_noisy_sources_are_left_out(tmp_path: Path) -> None:
    pages: dict[str, list[dict[str, object]]] = {}
    for name, text in TEXTS.items():
        gold = {"text": "940 tonnes", "answer_start": text.find("940")}
        answers = [gold] if name.endswith("gates/0") else []
        asked = [{"id": name, "question": QUESTION, "answers": answers}]
        title = name.rpartition("/")[0]
        pages.setdefault(title, []).append({"context": text, "qas": asked})
    data, out = tmp_path / "train.json", tmp_path / "negatives.json.gz"
    data.write_text(json.dumps({"data": [{"title": t, "paragraphs": p} for t, p in pages.items()]}))
    result = CliRunner().invoke(
        hard_negatives.main, ["--data", str(data), "--out", str(out)], catch_exceptions=False
    )
    assert result.exit_code == 0
    mined = [paragraph for page in squad_pages(out) for paragraph in page["paragraphs"]]
    assert [paragraph["context"] for paragraph in mined] == [TEXTS["squad_train_du/gates/1"]]
    assert [(q["question"], q["answers"]) for q in mined[0]["qas"]] == [(QUESTION, [])]
