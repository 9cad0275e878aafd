"""Ask over the Model Context Protocol: python examples/mcp_client.py [INDEX]."""

import asyncio
import os
import sys

from mcp import Client, StdioServerParameters

INDEX = sys.argv[1] if len(sys.argv) > 1 else "index"
SERVER = StdioServerParameters(
    command=sys.executable,
    args=["-m", "qa.interfaces.cli", "mcp", "--index", INDEX],
    env=dict(os.environ),  # the settings of pullquote among it
)


async def main() -> None:
    """Start the server, ask, and read the article that was quoted."""
    async with Client(SERVER) as client:
        asked = {"question": "How much did the tidal barrier cost?"}
        reply = await client.call_tool("ask", asked)
        answer = reply.structured_content
        print(answer["text"], f"({answer['confidence']:.0%})")
        for citation in answer["citations"]:
            where = {"id": citation["article_id"], "version": citation["version"]}
            article = await client.call_tool("get_article", where)
            text = article.structured_content["text"]
            print(f"  {citation['title']}: {text[citation['start'] : citation['end']]}")


asyncio.run(main())
