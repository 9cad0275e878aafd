"""Add, remove and follow a folder while questions are asked: python examples/change_articles.py."""

import tempfile
from pathlib import Path

from qa import Article, Assistant, build_index

BRIDGE = Article(
    id="bridge-1",
    title="Bridge to reopen in May",
    text="The old bridge will reopen on 4 May. Repairs have cost 3.2 million euros.",
    source="https://news.example/bridge-1",
)
QUESTION = "When will the old bridge reopen?"

with tempfile.TemporaryDirectory() as folder:
    build_index(folder, [])  # makes it
    with Assistant.open(folder) as assistant:
        report = assistant.add([BRIDGE], progress=lambda article_id: print("done:", article_id))
        print(report.added, "→", assistant.ask(QUESTION).text)
        print(assistant.remove(["bridge-1"]), "→", assistant.ask(QUESTION).text)

        news = Path(folder) / "news"
        news.mkdir()
        (news / "bridge.md").write_text("# Bridge\n\nThe old bridge will reopen on 9 June.\n")
        report = assistant.sync(news)
        print(
            f"{len(report.added)} added, {len(report.removed)} removed, {len(report.failed)} failed"
        )
        print("→", assistant.ask(QUESTION).text)
