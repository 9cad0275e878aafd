"""Ask from an asyncio program, many questions at once: python examples/ask_async.py [INDEX]."""

import asyncio
import sys

from qa import AsyncAssistant

QUESTIONS = ["How much did the tidal barrier cost?", "Who found the leak in the tidal barrier?"]


async def main() -> None:
    """Ask in tasks of their own; each may be cancelled, or given a time limit."""
    async with await AsyncAssistant.open(sys.argv[1] if len(sys.argv) > 1 else "index") as articles:
        answers = await articles.ask_many(QUESTIONS)
        async with asyncio.timeout(60):
            hits = await articles.retrieve(QUESTIONS[0], k=2)
    for answer in answers:
        print(f"{answer.question}\n  {answer.text or 'The articles do not say.'}")
    print("passages of", ", ".join(hit.passage.article_id for hit in hits))


asyncio.run(main())
