"""Audits of captures: C-STORE traffic a megabyte, small messages each, memory for any size.

Invariant: the captures are made by the tests' builder; a large one is made while it is read, and
never kept. Time is the time of the processor.

Reading a message with pynetdicom (PDU, command set, primitive) is the least that any tool does with
it; an audit also reads frames and TCP, and holds the message against its tables, its request, the
states of both sides and what was negotiated.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

from dimse_primitives.audit import audit
from pynetdicom.dimse_messages import C_ECHO_RQ, C_ECHO_RSP
from pynetdicom.pdu import P_DATA_TF
from pynetdicom.pdu_primitives import P_DATA

from tests.unit.audit.captures import (
    ACCEPTOR,
    CT_STORAGE,
    REQUESTOR,
    Wire,
    echo_request,
    echoes,
    established,
    frames,
    p_data,
    pcap,
    released,
    store_request,
)

from .interpreter import run_fresh
from .measure import fastest
from .result import Measure, Result, Unit

_MB, _SECOND = 10**6, 1e9
# 200 MB and 20 000 small messages a second, of one core.
SLOWEST_MB, SLOWEST_MESSAGE = _SECOND / 200, _SECOND / 20_000
# How much the most memory may grow from a capture of 20 MB to one of 2 GB.
_GROWTH = 1.2
SMALL, LARGE = 20 * _MB, 2000 * _MB
_STORED, _ECHOES = 8 * _MB, 2000
# Half-open associations: what is kept of them at once has an end, and their memory with it.
_FEW_OPEN, _MANY_OPEN, _OPEN_GROWTH = 5000, 20_000, 2.0


def measure_audit() -> Iterator[Result]:
    """Audit C-STOREs in small and in large segments, C-ECHOs, and 2 GB."""
    for what, mss in (("1448 bytes", 1448), ("64 KiB", 65_000)):
        data = pcap(frames(released(_stored(established(Wire(mss=mss), (1, CT_STORAGE))))))
        (taken,) = fastest([_audits(data)], rounds=5)
        name = f"audit: C-STORE in segments of {what}, a MB"
        yield Result(
            name, taken / (len(data) / _MB), None, Unit.NANOSECONDS, Measure.OURS, SLOWEST_MB
        )
    data = pcap(frames(released(echoes(established(Wire()), _ECHOES))))
    ours, theirs = fastest([_audits(data), _decodes(_ECHOES)], rounds=5)
    count = 2 * _ECHOES
    yield Result(
        "audit: a small message, at most",
        ours / count,
        None,
        Unit.NANOSECONDS,
        Measure.OURS,
        SLOWEST_MESSAGE,
    )
    yield Result(
        "audit: a small message, against reading it",
        ours / count,
        theirs / count,
        Unit.NANOSECONDS,
        Measure.TIMES,
        1.0,
    )
    small, large = (json.loads(run_fresh(_MEMORY, str(size))) for size in (SMALL, LARGE))
    assert large["stored"] >= LARGE, large
    yield Result(
        "audit: memory for 2 GB, of that for 20 MB",
        large["peak"],
        small["peak"],
        Unit.BYTES,
        Measure.SHARE,
        _GROWTH,
    )
    few, many = (json.loads(run_fresh(_OPEN, str(count))) for count in (_FEW_OPEN, _MANY_OPEN))
    assert many["associations"] == _MANY_OPEN, many
    assert few["let_go"] == 0 < many["let_go"], (few, many)
    yield Result(
        f"audit: memory for {_MANY_OPEN} open associations, of that for {_FEW_OPEN}",
        many["peak"],
        few["peak"],
        Unit.BYTES,
        Measure.SHARE,
        _OPEN_GROWTH,
    )


def _stored(wire: Wire) -> Wire:
    request = store_request()
    wire.send(REQUESTOR, p_data(request.encode_request(), bytes(_STORED)))
    return wire.send(ACCEPTOR, p_data(request.respond(Status=0).encode_response()))


def _audits(data: bytes) -> Callable[[int], object]:
    assert audit(data).summary.is_faultless

    def run(count: int) -> None:
        for _ in range(count):
            audit(data)

    return run


def _decodes(count: int) -> Callable[[int], object]:
    """Return what reads as many requests and responses with pynetdicom."""
    request = echo_request()
    pairs = [
        (C_ECHO_RQ, p_data(request.encode_request())),
        (C_ECHO_RSP, p_data(request.respond(Status=0).encode_response())),
    ]

    def run(times: int) -> None:
        for _ in range(times * count):
            for kind, data in pairs:
                _decode(kind, data)

    return run


def _decode(kind: Any, data: bytes) -> Any:
    pdu = P_DATA_TF()
    pdu.decode(data)
    primitive: P_DATA = pdu.to_primitive()
    message = kind()
    message.decode_msg(primitive)
    return message.message_to_primitive()


class Endless:
    """A capture of C-STOREs that is made while it is read, until it has `size` bytes of them."""

    def __init__(self, size: int) -> None:
        self._parts = self._made(size)
        self._rest = BytesIO()

    def read(self, size: int, /) -> bytes:
        """Return at most `size` bytes."""
        while not (data := self._rest.read(size)):
            part = next(self._parts, None)
            if part is None:
                return b""
            self._rest = BytesIO(part)
        return data

    def _made(self, size: int) -> Iterator[bytes]:
        wire = established(Wire(mss=65_000), (1, CT_STORAGE))
        head = len(pcap([]))
        yield pcap(frames(wire))
        for _ in range(-(-size // _STORED)):
            wire.packets.clear()
            yield pcap(frames(_stored(wire)))[head:]
        wire.packets.clear()
        yield pcap(frames(released(wire)))[head:]


class HalfOpen(Endless):
    """A capture of as many associations, each of a client of its own, that do not end."""

    def _made(self, size: int) -> Iterator[bytes]:
        wire = echoes(established(Wire()), 2)
        head, found = len(pcap([])), frames(wire)
        yield pcap([])
        for number in range(size):
            client = (0x0B000000 + number).to_bytes(4, "big")
            yield pcap((time, each.replace(b"\x0a\0\0\x01", client)) for time, each in found)[head:]


_OPEN = """
import json, resource, sys
from benchmarks.audit import HalfOpen
from dimse_primitives.audit._files import FileReader, Options
reader = FileReader("open", Options())
found = sum(1 for _ in reader.read(HalfOpen(int(sys.argv[1]))))
let_go = sum(n for what, n in reader.file.not_checked.items() if "from where they" in what)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
print(json.dumps({"peak": peak, "associations": found, "let_go": let_go}))
"""
_MEMORY = """
import json, resource, sys
from benchmarks.audit import Endless
from dimse_primitives.audit import audit
found = audit(Endless(int(sys.argv[1])))
assert found.summary.is_faultless, found.summary
(association,) = found.associations
stored = sum(message.data_set_bytes for message in association.messages)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
print(json.dumps({"peak": peak, "stored": stored}))
"""
