"""``python -m benchmarks.echo MODE ASSOCIATIONS``: exchange C-ECHO over loopback, and time it.

Invariant: requestor and acceptor are threads of this process, so that its CPU time is that of both
sides. Nothing is logged, and nothing is measured before the associations are established.

It prints, as JSON, nanoseconds a C-ECHO: CPU time, time on the wall, and the part of the CPU time
that sending and receiving messages takes.
"""

from __future__ import annotations

import argparse
import json
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from dimse_primitives.contrib import pynetdicom as standin
from pynetdicom import AE
from pynetdicom.dimse import DIMSEServiceProvider

VERIFICATION = "1.2.840.10008.1.1"
MODES = ("stock", "classes", "codec")
# A response that pynetdicom loses in a race is given up after this many seconds.
PATIENCE = 2.0
LOST = 3

_parts: Counter[str] = Counter()


def main() -> int:
    """Run the exchange that the command line names; `LOST` if a response did not arrive."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.echo", description=__doc__)
    parser.add_argument("mode", choices=MODES)
    parser.add_argument("associations", type=int)
    parser.add_argument("--number", type=int, default=400, help="C-ECHOs in all (400)")
    parser.add_argument("--parts", action="store_true", help="time sending and receiving, too")
    options = parser.parse_args()
    if options.mode != "stock":
        standin.install(codec=options.mode == "codec")
    if options.parts:
        _time("send_msg")
        _time("receive_primitive")
    with _associations(options.associations) as associations:
        _exchange(associations, 10)
        _parts.clear()
        times = _exchange(associations, options.number // options.associations)
    if times is None:
        return LOST
    number = options.number // options.associations * options.associations
    processor, wall = (nanoseconds / number for nanoseconds in times)
    parts = {name: nanoseconds / number for name, nanoseconds in _parts.items()}
    print(json.dumps({"processor": processor, "wall": wall, "parts": parts}))
    return 0


def _time(name: str) -> None:
    """Add up the CPU time of a method, in whichever thread it runs."""
    method: Callable[..., None] = getattr(DIMSEServiceProvider, name)

    def timed(*arguments: Any) -> None:
        start = time.thread_time_ns()
        try:
            method(*arguments)
        finally:
            _parts[name] += time.thread_time_ns() - start

    setattr(DIMSEServiceProvider, name, timed)


@contextmanager
def _associations(number: int) -> Iterator[list[Any]]:
    acceptor, requestor = AE(), AE()
    acceptor.add_supported_context(VERIFICATION)
    requestor.add_requested_context(VERIFICATION)
    requestor.dimse_timeout = PATIENCE
    server: Any = acceptor.start_server(("127.0.0.1", 0), block=False)
    port = server.socket.getsockname()[1]
    made = [requestor.associate("127.0.0.1", port) for _ in range(number)]
    try:
        yield made
    finally:
        for association in made:
            association.abort()
        server.shutdown()


def _exchange(associations: list[Any], number: int) -> tuple[int, int] | None:
    """Return CPU time and time on the wall of so many C-ECHOs over each association at once."""
    lost: list[object] = []

    def echo(association: Any) -> None:
        for message_id in range(1, number + 1):
            if "Status" not in association.send_c_echo(message_id):
                lost.append(association)
                return

    threads = [threading.Thread(target=echo, args=(each,)) for each in associations]
    processor, wall = time.process_time_ns(), time.perf_counter_ns()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times = time.process_time_ns() - processor, time.perf_counter_ns() - wall
    return None if lost else times


if __name__ == "__main__":
    sys.exit(main())
