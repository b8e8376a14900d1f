"""Every PDU survives its bytes, and no bytes break the decoder."""

from __future__ import annotations

import pytest
from dimse_primitives import DecodeError
from dimse_primitives.upper_layer import PDU, DecodedPDU, decode_pdu, split_pdus
from hypothesis import given
from hypothesis import strategies as st

from . import samples


@given(samples.pdus)
def test_a_pdu_is_read_from_its_bytes_as_it_was(pdu: PDU) -> None:
    data = pdu.encode()
    assert decode_pdu(data, strict=True) == DecodedPDU(pdu)
    assert decode_pdu(bytearray(data)) == decode_pdu(memoryview(data)) == DecodedPDU(pdu)


@given(samples.hostile() | st.binary(max_size=120))
def test_any_bytes_are_a_pdu_or_a_decode_error(data: bytes) -> None:
    offset = None
    try:
        decoded = decode_pdu(data)
    except DecodeError as error:
        offset = error.offset
    if offset is not None:
        assert 0 <= offset <= len(data)
        return
    for anomaly in decoded.anomalies:
        assert 0 <= anomaly.offset <= len(data)
        assert anomaly.message.isprintable()
    assert list(decoded.anomalies) == sorted(decoded.anomalies, key=lambda each: each.offset)
    if decoded.anomalies:
        with pytest.raises(DecodeError):
            decode_pdu(data, strict=True)
    else:
        assert decode_pdu(data, strict=True) == decoded
    # What was read can be written, and reads the same again.
    again = decode_pdu(decoded.pdu.encode())
    assert again.pdu == decoded.pdu


@given(st.lists(samples.pdus, max_size=4), st.integers(0, 300))
def test_a_stream_is_split_wherever_it_was_cut(pdus: list[PDU], cut: int) -> None:
    encoded = [pdu.encode() for pdu in pdus]
    stream = b"".join(encoded)[:cut]
    found = list(split_pdus(stream))
    assert found == encoded[: len(found)]
    rest = sum(map(len, found))
    assert len(found) == len(encoded) or rest + len(encoded[len(found)]) > len(stream)
