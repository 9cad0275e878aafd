"""Index articles that are not files: from memory, a database, a feed."""

import tempfile

from qa import Article, Assistant, build_index

ARTICLES = [
    Article(
        id="bridge-1",
        title="Bridge to reopen in May",
        text="The old bridge will reopen on 4 May. Repairs have cost 3.2 million euros.",
        source="https://news.example/bridge-1",
        outlet="The Example",
        published="2026-03-02",
    ),
    Article(
        id="library-1",
        title="Library lends tools",
        text="The town library now lends drills and ladders. Ann Moor, its head, had the idea.",
        source="https://news.example/library-1",
    ),
]

with tempfile.TemporaryDirectory() as folder:
    report = build_index(folder, ARTICLES)
    print(f"{len(report.added)} added, {len(report.failed)} failed")
    with Assistant.open(folder) as assistant:
        answer = assistant.ask("When will the old bridge reopen?")
        print(answer.text, [citation.source for citation in answer.citations])
