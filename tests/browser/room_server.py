"""The reading room over the sample articles and a hostile one; a process of its own for tests."""

import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from corpus import Article, find_articles, read_article
from corpus.sample import SAMPLE_ARTICLES

SLOWLY = "Very slowly now"
"""A question that begins so is read slowly."""

HOSTILE = Article(
    id="odd/Ünïcode.id-1 2%",
    title="<b>Zanzibar</b> lantern</script><script>window.broken=1</script> *bold* ${7*7}",
    outlet="<i>Evil</i> & Sons",
    published="2025-05-05T10:00:00Z",
    source="hostile.md",
    text=(
        "Two 😀🎉 emoji come first.\n\n"
        "The zanzibar lantern was lit by Quentin Ashgrove <img src=x onerror=window.broken=2> "
        "${window.broken=3} {{7*7}} *not bold* _x_ `code` $a$ [l](javascript:window.broken=4) "
        "<script>window.broken=5</script> a\\b  two  spaces https://evil.example/x "
        "\u202eturned\u202c &amp; done.\n\n" + "The rest is of no interest. " * 60
    ),
)
REPLACED = Article(
    id="fobble",
    title="A bridge for Fobble",
    outlet="Fobble Post",
    published="2025-06-01",
    source="fobble.md",
    text="The Fobble bridge cost 5 million euros. It is red and was built in the year 1999.",
)


def main(folder: Path, port: int = 0) -> None:
    # Not when pytest looks for doctests here: they are heavy.
    from qa import Answer, Assistant, Hit, build_index
    from qa.interfaces.web import serve

    class Reading(Assistant):
        """Takes its time over what was found, where it is told to."""

        def ask(self, question: str, **given: Any) -> Answer:
            found = given.pop("found", lambda hits, articles: None)

            def slowly(hits: Sequence[Hit], articles: Mapping[str, Article]) -> None:
                found(hits, articles)
                time.sleep(6 if question.startswith(SLOWLY) else 0)

            return super().ask(question, found=slowly, **given)

    paths = find_articles([SAMPLE_ARTICLES]).paths
    build_index(folder, [*(read_article(path).article for path in paths), HOSTILE, REPLACED])
    with Reading.open(folder) as assistant:
        serve(assistant, port=port)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:]))
