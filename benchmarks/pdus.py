"""PDUs from bytes and to bytes: ours and pynetdicom's.

Invariant: both read the same bytes and write them again to the same; that is looked at before
anything is timed.

pynetdicom decodes a P-DATA-TF in 2.5 µs, a copy of the fragment included: a twentieth of that is
the time of two calls of Python, so that those lines have no target of 20. What cannot be left out
(a function is called, the two headers are unpacked, the fragment is cut out, one object is made;
of an encoder, the headers are packed and a list is made) is measured in the same run, as 'least'.
pynetdicom decodes to items of bytes, ours to views of what was received. What it does on an
association is more: a primitive becomes a PDU and that its bytes, bytes become a PDU and that a
primitive. Those are lines of their own, 'as a primitive'.

The items of an A-ASSOCIATE-RQ are remembered by their bytes, for a peer says the same each time,
and that is what is timed here: the second association of a peer and those after it. An item never
changes and is encoded when it is made, so that to encode a PDU joins them; what it takes to make
them, too, is in the lines 'as a primitive', where each becomes a PDU and that its bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import repeat
from typing import Any

from dimse_primitives.upper_layer import P_DATA_TF, decode_pdu
from dimse_primitives.upper_layer._facts import ONE_FRAGMENT_HEADS
from pynetdicom import StoragePresentationContexts, build_context, pdu
from pynetdicom.pdu_primitives import (
    A_ASSOCIATE,
    ImplementationClassUIDNotification,
    MaximumLengthNotification,
)

from .measure import Batch, fastest
from .result import Measure, Result, Unit

ROUNDS = 60
AIM = 20
_unpack_heads, _pack_heads = ONE_FRAGMENT_HEADS.unpack_from, ONE_FRAGMENT_HEADS.pack
FRAGMENT = 16 * 1024


def measure_pdus() -> Iterator[Result]:
    """Decode and encode an A-ASSOCIATE-RQ with few and many contexts, and a P-DATA-TF."""
    for count in (1, 20, 128):
        name = f"A-ASSOCIATE-RQ with {count} context{'s' if count > 1 else ''}"
        yield from _request(name, count)
    yield from _data()


def _request(name: str, count: int) -> Iterator[Result]:
    theirs = pdu.A_ASSOCIATE_RQ()
    theirs.from_primitive(_primitive(count))
    data = theirs.encode()
    ours = decode_pdu(data, strict=True).pdu
    _require_equal(ours.encode(), data)
    pairs = {
        "decode": (_calls(decode_pdu, data), _calls(_decode_request, data)),
        "encode": (_calls(type(ours).encode, ours), _calls(pdu.A_ASSOCIATE_RQ.encode, theirs)),
    }
    for what, (our_batch, their_batch) in pairs.items():
        quick, slow = fastest((our_batch, their_batch), ROUNDS)
        yield _times(f"pdu: {what} {name}", quick, slow, AIM)
    primitives = ours.to_primitive(), _primitive(count)
    quick, slow = fastest(
        (_calls(_our_request, primitives[0]), _calls(_their_request, primitives[1])), ROUNDS
    )
    yield _times(f"pdu: encode {name}, as a primitive", quick, slow, None)


def _data() -> Iterator[Result]:
    header = b"\x01\x02"
    item = (len(header) + FRAGMENT).to_bytes(4, "big") + header + bytes(FRAGMENT)
    data = b"\x04\0" + len(item).to_bytes(4, "big") + item
    ours = decode_pdu(data).pdu
    assert isinstance(ours, P_DATA_TF)
    theirs = pdu.P_DATA_TF()
    theirs.decode(data)
    _require_equal(ours.encode(), data)
    _require_equal(theirs.encode(), data)
    our_primitive, their_primitive = ours.to_primitive(), theirs.to_primitive()
    name = "P-DATA-TF of 16 KiB"
    cases: dict[str, tuple[Batch, Batch]] = {
        f"decode {name}": (_calls(decode_pdu, data), _calls(_decode_data, data)),
        f"encode {name}": (_calls(P_DATA_TF.encode, ours), _calls(pdu.P_DATA_TF.encode, theirs)),
        f"encode {name}, as buffers": (
            _calls(P_DATA_TF.buffers, ours),
            _calls(pdu.P_DATA_TF.encode, theirs),
        ),
        f"decode {name}, least": (_calls(_least_decoder, data), _calls(_decode_data, data)),
        f"encode {name}, least": (
            _calls(_least_encoder, data),
            _calls(pdu.P_DATA_TF.encode, theirs),
        ),
        f"decode {name}, as a primitive": (
            _calls(_our_primitive, data),
            _calls(_their_primitive, data),
        ),
        f"encode {name}, as a primitive": (
            _calls(_our_buffers, our_primitive),
            _calls(_their_bytes, their_primitive),
        ),
    }
    for what, batches in cases.items():
        quick, slow = fastest(batches, ROUNDS)
        yield _times(f"pdu: {what}", quick, slow, None)


def _primitive(count: int) -> A_ASSOCIATE:
    primitive = A_ASSOCIATE()
    primitive.application_context_name = "1.2.840.10008.3.1.1.1"
    primitive.calling_ae_title = "CALLING"
    primitive.called_ae_title = "CALLED"
    contexts = []
    for number, known in zip(range(count), StoragePresentationContexts, strict=False):
        context = build_context(known.abstract_syntax or "", [*known.transfer_syntax])
        context.context_id = 2 * number + 1
        contexts.append(context)
    primitive.presentation_context_definition_list = contexts
    length, implementation = MaximumLengthNotification(), ImplementationClassUIDNotification()
    length.maximum_length_received = 16382
    implementation.implementation_class_uid = "1.2.826.0.1.3680043.9.3811.3.0.4"
    primitive.user_information = [length, implementation]
    return primitive


def _our_request(primitive: Any) -> bytes:
    encoded: bytes = primitive.to_pdu().encode()
    return encoded


def _their_request(primitive: Any) -> bytes:
    theirs = pdu.A_ASSOCIATE_RQ()
    theirs.from_primitive(primitive)
    encoded: bytes = theirs.encode()
    return encoded


def _decode_request(data: bytes) -> None:
    pdu.A_ASSOCIATE_RQ().decode(data)


def _decode_data(data: bytes) -> None:
    pdu.P_DATA_TF().decode(data)


def _least_decoder(data: bytes) -> object:
    _unpack_heads(data)
    memoryview(data)[ONE_FRAGMENT_HEADS.size :]
    return object()


def _least_encoder(data: bytes) -> list[bytes]:
    return [_pack_heads(4, len(data), len(data), 1, 2), data]


def _their_primitive(data: bytes) -> Any:
    theirs = pdu.P_DATA_TF()
    theirs.decode(data)
    return theirs.to_primitive()


def _our_primitive(data: bytes) -> Any:
    ours = decode_pdu(data).pdu
    assert isinstance(ours, P_DATA_TF)
    return ours.to_primitive()


def _their_bytes(primitive: Any) -> bytes:
    theirs = pdu.P_DATA_TF()
    theirs.from_primitive(primitive)
    return theirs.encode()


def _our_buffers(primitive: Any) -> Any:
    return primitive.to_pdu().buffers()


def _calls(function: Callable[[Any], object], argument: Any) -> Batch:
    def work(count: int) -> None:
        for value in repeat(argument, count):
            function(value)

    return work


def _require_equal(ours: bytes, theirs: bytes) -> None:
    if ours != theirs:
        raise AssertionError("the two do not write the same bytes")


def _times(name: str, ours: float, theirs: float, limit: float | None) -> Result:
    return Result(name, ours, theirs, Unit.NANOSECONDS, Measure.TIMES, limit)
