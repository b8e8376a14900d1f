"""``python -m benchmarks.exchange WHAT MODE``: exchange messages over loopback, and time it.

Invariant: requestor and acceptor are threads of this process, so that its CPU time is that of both
sides. Nothing is logged, and nothing is measured before the associations are established.

It prints, as JSON, nanoseconds an exchange (a second, if WHAT is idle): CPU time, time on the wall,
and the part of the CPU time that sending and receiving messages takes.
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
from functools import cache
from typing import Any

from dimse_primitives.contrib import pynetdicom as standin
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import ImplicitVRLittleEndian
from pynetdicom import AE, evt
from pynetdicom.dimse import DIMSEServiceProvider

VERIFICATION = "1.2.840.10008.1.1"
CT_IMAGE_STORAGE = "1.2.840.10008.5.1.4.1.1.2"
MODES = ("stock", "classes", "codec")
# How large the data set of a C-STORE is, in bytes, but for some elements.
SIZE = 8192
# A response that pynetdicom loses in a race is given up after this many seconds.
PATIENCE = 2.0
LOST = 3

_parts: Counter[str] = Counter()


def main() -> int:
    """Run the exchange that the command line names; `LOST` if a response did not arrive."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.exchange", description=__doc__)
    parser.add_argument("what", choices=ACTIONS)
    parser.add_argument("mode", choices=MODES)
    parser.add_argument("--associations", type=int, default=1, help="at once (1)")
    parser.add_argument("--number", type=int, default=400, help="exchanges in all (400)")
    parser.add_argument("--parts", action="store_true", help="time sending and receiving, too")
    options = parser.parse_args()
    if options.mode != "stock":
        standin.install(codec=options.mode == "codec")
    if options.parts:
        _time("send_msg")
        _time("receive_primitive")
    action = ACTIONS[options.what]
    each = options.number // options.associations
    with _associations(options.associations) as associations:
        _exchange(associations, action, min(10, each))
        _parts.clear()
        times = _exchange(associations, action, each)
    if times is None:
        return LOST
    number = each * options.associations
    processor, wall = (nanoseconds / number for nanoseconds in times)
    parts = {name: nanoseconds / number for name, nanoseconds in _parts.items()}
    print(json.dumps({"processor": processor, "wall": wall, "parts": parts}))
    return 0


def _echo(association: Any, message_id: int) -> bool:
    return "Status" in association.send_c_echo(message_id)


def _store(association: Any, message_id: int) -> bool:
    return "Status" in association.send_c_store(_image(), message_id)


def _idle(association: Any, message_id: int) -> bool:
    time.sleep(1)
    return True


ACTIONS: dict[str, Callable[[Any, int], bool]] = {"echo": _echo, "store": _store, "idle": _idle}


@cache
def _image() -> Dataset:
    made = Dataset()
    made.SOPClassUID, made.SOPInstanceUID = CT_IMAGE_STORAGE, "1.2.3"
    made.BitsAllocated = 16
    made.add_new("PixelData", "OW", bytes(SIZE))
    made.file_meta = FileMetaDataset()
    made.file_meta.TransferSyntaxUID = ImplicitVRLittleEndian
    return made


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
    for uid in (VERIFICATION, CT_IMAGE_STORAGE):
        acceptor.add_supported_context(uid, ImplicitVRLittleEndian)
        requestor.add_requested_context(uid, ImplicitVRLittleEndian)
    requestor.dimse_timeout = PATIENCE
    server: Any = acceptor.start_server(
        ("127.0.0.1", 0), block=False, evt_handlers=[(evt.EVT_C_STORE, lambda event: 0x0000)]
    )
    port = server.socket.getsockname()[1]
    made = [requestor.associate("127.0.0.1", port) for _ in range(number)]
    try:
        yield made
    finally:
        for association in made:
            association.abort()
        server.shutdown()


def _exchange(
    associations: list[Any], action: Callable[[Any, int], bool], number: int
) -> tuple[int, int] | None:
    """Return CPU time and time on the wall of so many exchanges over each association at once."""
    lost: list[object] = []

    def exchange(association: Any) -> None:
        for message_id in range(1, number + 1):
            try:
                is_answered = action(association, message_id)
            except RuntimeError:
                # What pynetdicom raises where the association is gone.
                is_answered = False
            if not is_answered:
                lost.append(association)
                return

    threads = [threading.Thread(target=exchange, args=(each,)) for each in associations]
    processor, wall = time.process_time_ns(), time.perf_counter_ns()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times = time.process_time_ns() - processor, time.perf_counter_ns() - wall
    return None if lost else times


if __name__ == "__main__":
    sys.exit(main())
