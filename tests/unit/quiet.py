"""Run a test of asyncio that leaves nothing behind: no task, no exception, no warning."""

from __future__ import annotations

import asyncio
import gc
import warnings
from collections.abc import Awaitable, Callable
from typing import Any


def run_quietly(test: Callable[[], Awaitable[None]], *, debug: bool = False) -> None:
    """Run a test, for 20 seconds at most, and let it fail for what it leaves behind."""
    told: list[dict[str, Any]] = []

    async def watched() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _, context: told.append(context))
        await asyncio.wait_for(test(), 20)
        gc.collect()
        # What is collected or cancelled ends in the next steps.
        for _ in range(3):
            await asyncio.sleep(0)
        left = asyncio.all_tasks() - {asyncio.current_task()}
        assert not left, left

    # What the tests before have left is neither told here nor looked through.
    gc.freeze()
    try:
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always")
            asyncio.run(watched(), debug=debug)
            gc.collect()
    finally:
        gc.unfreeze()
    assert not told, told
    assert not warned, [str(each.message) for each in warned]
