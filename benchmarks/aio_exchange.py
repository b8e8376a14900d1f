"""``python -m benchmarks.aio_exchange WHAT``: exchange messages with asyncio over loopback.

Invariant: both ends are tasks of this process, so that its CPU time is that of both, as in
`exchange`. It prints, as JSON, nanoseconds an exchange, or bytes an association.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import resource
import sys
import time
from typing import Any

from dimse_primitives import C_ECHO, C_STORE
from dimse_primitives.aio import AsyncAssociation, connect, serve

VERIFICATION = "1.2.840.10008.1.1"
CT_IMAGE_STORAGE = "1.2.840.10008.5.1.4.1.1.2"
IMPLICIT = "1.2.840.10008.1.2"
CONTEXTS = [(VERIFICATION, [IMPLICIT]), (CT_IMAGE_STORAGE, [IMPLICIT])]
IDLE = 1000


async def _answer(request: Any) -> Any:
    return request.respond(Status=0x0000)


async def _echo(association: AsyncAssociation, number: int) -> None:
    for message_id in range(1, number + 1):
        await association.exchange(
            C_ECHO.request(MessageID=message_id, AffectedSOPClassUID=VERIFICATION)
        )


async def _store(association: AsyncAssociation, number: int) -> None:
    content = bytes(8192)
    for message_id in range(1, number + 1):
        request = C_STORE(
            MessageID=message_id,
            AffectedSOPClassUID=CT_IMAGE_STORAGE,
            AffectedSOPInstanceUID="1.2.3",
            Priority=0,
        )
        await association.exchange(request, content)


async def _exchange(what: str, number: int) -> dict[str, float]:
    action = {"echo": _echo, "store": _store}[what]
    handlers: dict[type[Any], Any] = {C_ECHO: _answer, C_STORE: _answer}
    async with (
        await serve(handlers, "127.0.0.1", 0, contexts=CONTEXTS) as server,
        await connect("127.0.0.1", server.port, contexts=CONTEXTS) as association,
    ):
        await action(association, 50)
        processor, wall = time.process_time_ns(), time.perf_counter_ns()
        await action(association, number)
        times = time.process_time_ns() - processor, time.perf_counter_ns() - wall
    return {"processor": times[0] / number, "wall": times[1] / number}


async def _idle() -> dict[str, float]:
    """Return the bytes that idle associations take, both ends of each, above the empty process."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, 4 * IDLE)), hard))
    handlers: dict[type[Any], Any] = {C_ECHO: _answer}
    async with await serve(
        handlers, "127.0.0.1", 0, contexts=CONTEXTS, max_associations=2 * IDLE
    ) as server:
        async with await connect("127.0.0.1", server.port, contexts=CONTEXTS) as first:
            await _echo(first, 1)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        each = [await connect("127.0.0.1", server.port, contexts=CONTEXTS) for _ in range(IDLE)]
        taken = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        await asyncio.gather(*(one.release() for one in each))
    return {"bytes": taken * 1024}


def main() -> int:
    """Run what the command line names."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.aio_exchange", description=__doc__)
    parser.add_argument("what", choices=("echo", "store", "idle"))
    parser.add_argument("--number", type=int, default=3000, help="exchanges (3000)")
    options = parser.parse_args()
    work = _idle() if options.what == "idle" else _exchange(options.what, options.number)
    print(json.dumps(asyncio.run(work)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
