"""A page that nobody has open leaves the processor alone."""

from __future__ import annotations

import asyncio

import pytest

from qa import Assistant
from qa.interfaces.web.keeper import Keeper
from qa.interfaces.web.page import LOOK_EVERY_S, build_demo
from qa.interfaces.web.talk import Talk


def test_a_queue_without_questions_is_looked_after_seldom(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    sleep, seconds = asyncio.sleep, 0.4
    waits: list[float] = []

    async def counted(delay: float, result: object = None) -> object:
        waits.append(delay)
        return await sleep(delay, result)

    async def idle() -> None:
        demo = build_demo(Talk(assistant), Keeper(), visitor_of=lambda _: None)
        demo._queue.start()
        await sleep(seconds)
        demo._queue.close()

    monkeypatch.setattr(asyncio, "sleep", counted)
    asyncio.run(idle())
    assert 3 < len(waits) <= 2 * seconds / LOOK_EVERY_S
