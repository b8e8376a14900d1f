"""What must hold for `decode_pdu`, whatever the bytes are.

Invariant: nothing is expected that depends on where the bytes come from. A property that does not
hold is an `AssertionError`, an exception that `decode_pdu` must not raise passes through.
"""

from __future__ import annotations

from dimse_primitives import DecodeError
from dimse_primitives.upper_layer import DecodedPDU, decode_pdu, split_pdus


def check(data: bytes) -> DecodedPDU | None:
    """Decode `data` in every way that there is, and return the PDU, None if there is none."""
    offset = _refused_at(data, strict=False)
    if offset is not None:
        assert 0 <= offset <= len(data)
        assert _refused_at(data, strict=True) is not None
        return None
    decoded = decode_pdu(data)
    assert decode_pdu(bytearray(data)) == decode_pdu(memoryview(data)) == decoded
    assert (_refused_at(data, strict=True) is not None) == bool(decoded.anomalies)
    offsets = [anomaly.offset for anomaly in decoded.anomalies]
    assert offsets == sorted(offsets)
    for anomaly in decoded.anomalies:
        assert 0 <= anomaly.offset <= len(data)
        assert anomaly.message.isprintable()
    for item in decoded.unknown:
        assert item.data in data
    _check_written(decoded)
    for pdu in split_pdus(data):
        assert data.find(pdu) >= 0
    return decoded


def _refused_at(data: bytes, *, strict: bool) -> int | None:
    try:
        decode_pdu(data, strict=strict)
    except DecodeError as error:
        return error.offset
    return None


def _check_written(decoded: DecodedPDU) -> None:
    """What was read can be shown, written and judged, and reads the same again."""
    pdu = decoded.pdu
    assert repr(pdu)
    assert decode_pdu(pdu.encode()).pdu == pdu
    primitive = pdu.to_primitive()
    assert repr(primitive)
    for column in ("request", "indication", "response", "confirmation"):
        judge = getattr(primitive, f"{column}_violations", None)
        if judge is not None:
            assert all(str(violation).isprintable() for violation in judge())
