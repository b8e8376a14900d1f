"""What hostile PDUs cost: at most what SECURITY.md says."""

from __future__ import annotations

import tracemalloc
from struct import pack

import pytest
from dimse_primitives.upper_layer import Association, decode_pdu

MOST, MOST_OF_USER_INFORMATION = 40, 100
LONGEST = 1 << 18


def item(kind: int, content: bytes) -> bytes:
    return pack(">BxH", kind, len(content)) + content


def request(items: bytes) -> bytes:
    body = pack(">H2x16s16s32x", 1, b"ANY-SCP".ljust(16), b"PEER".ljust(16)) + items
    return pack(">BxI", 1, len(body)) + body


def context(names: list[bytes]) -> bytes:
    syntaxes = b"".join(item(0x40, name) for name in names)
    return item(0x20, b"\1\0\0\0" + item(0x30, b"1.2") + syntaxes)


NAMES = [str(number).encode() for number in range(30_000)]
CONTEXTS = {
    "names that differ": b"".join(
        context(NAMES[each : each + 5000]) for each in range(0, 30_000, 5000)
    ),
    "names of nothing": b"".join(context([b""] * 10_000) for _ in range(6)),
    "contexts of nothing": item(0x20, b"\1\0\0\0") * 32_000,
    "contexts that differ": b"".join(item(0x20, pack(">I", each << 8)) for each in range(32_000)),
    "items of unknown types": item(0x77, b"") * 64_000,
}
USER_DATA = {
    "related SOP Classes": item(0x57, b"\0" * 4 + pack(">H", 60_000) + bytes(60_000)),
    "extended negotiations": item(0x56, b"\0\0") * 10_000,
    "roles": b"".join(item(0x54, b"\0\1%d\0\0" % (each % 10)) for each in range(7000)),
    "lengths": b"".join(item(0x51, pack(">I", each)) for each in range(8000)),
}


def cost(data: bytes) -> float:
    """Return the most bytes that decoding takes, and the primitive, for each byte of `data`."""
    decode_pdu(request(b""))
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        kept = decode_pdu(data).pdu.to_primitive()
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept is not None
    return (most - before) / len(data)


@pytest.mark.parametrize("name", CONTEXTS)
def test_what_contexts_cost(name: str) -> None:
    data = request(CONTEXTS[name])
    assert len(data) > 120_000
    assert cost(data) < MOST


@pytest.mark.parametrize("name", USER_DATA)
def test_what_user_information_costs(name: str) -> None:
    assert cost(request(item(0x50, USER_DATA[name]))) < MOST_OF_USER_INFORMATION


def test_a_longer_request_is_refused_at_its_header() -> None:
    association = Association.acceptor()
    assert association.receive_data(pack(">BxI", 1, LONGEST)) == []
    association = Association.acceptor()
    # In Sta2 there is nobody to tell; the peer is told (AA-1).
    assert association.receive_data(pack(">BxI", 1, LONGEST + 1)) == []
    sent = b"".join(bytes(each) for each in association.data_to_send())
    assert decode_pdu(sent).pdu.NAME == "A-ABORT"
