"""The same fragments as pynetdicom, but where it sends odd ones."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import dimse_primitives
import pytest
from dimse_primitives import (
    N_GET,
    Reassembler,
    fragment,
    read_pdvs,
)
from pynetdicom.dimse_messages import C_STORE_RQ, N_GET_RQ, DIMSEMessage
from pynetdicom.dimse_primitives import C_STORE as PYNETDICOM_C_STORE
from pynetdicom.dimse_primitives import N_GET as PYNETDICOM_N_GET
from pynetdicom.pdu import P_DATA_TF

from .fragment_samples import (
    DATA_SET,
    STORE,
    feed_all,
)


def pynetdicom_message(kind: type[DIMSEMessage], primitive: Any) -> DIMSEMessage:
    message = kind()
    message.primitive_to_message(primitive)
    return message


def pynetdicom_store() -> DIMSEMessage:
    primitive = PYNETDICOM_C_STORE()
    primitive.MessageID = 7
    primitive.AffectedSOPClassUID = "1.2.840.10008.5.1.4.1.1.7"
    primitive.AffectedSOPInstanceUID = "1.2.3"
    primitive.Priority = 0
    primitive.DataSet = BytesIO(DATA_SET * 40)
    return pynetdicom_message(C_STORE_RQ, primitive)


def pynetdicom_get() -> DIMSEMessage:
    primitive = PYNETDICOM_N_GET()
    primitive.MessageID = 7
    primitive.RequestedSOPClassUID = "1.2.840.10008.5.1.1.16"
    primitive.RequestedSOPInstanceUID = "1.2.840.10008.5.1.1.17"
    return pynetdicom_message(N_GET_RQ, primitive)


def our_get() -> bytes:
    return N_GET.request(
        MessageID=7,
        RequestedSOPClassUID="1.2.840.10008.5.1.1.16",
        RequestedSOPInstanceUID="1.2.840.10008.5.1.1.17",
    ).encode_request()


MESSAGES = pytest.mark.parametrize(
    ("theirs", "ours", "data_set"),
    [
        pytest.param(pynetdicom_store, STORE, DATA_SET * 40, id="C-STORE"),
        pytest.param(pynetdicom_get, our_get(), None, id="N-GET"),
    ],
)


@MESSAGES
@pytest.mark.parametrize("max_pdu", [0, 8, 16, 128, 16382, 16384])
def test_the_same_pdus_as_pynetdicom(
    theirs: Callable[[], DIMSEMessage], ours: bytes, data_set: bytes | None, max_pdu: int
) -> None:
    expected = []
    for primitive in theirs().encode_msg(5, max_pdu):
        pdu = P_DATA_TF()
        pdu.from_primitive(primitive)
        expected.append(pdu.encode()[6:])
    assert [pdv.to_bytes() for pdv in fragment(ours, data_set, max_pdu, 5)] == expected


@MESSAGES
@pytest.mark.parametrize("max_pdu", [9, 17, 129, 16383])
def test_with_an_odd_limit_pynetdicom_sends_odd_fragments(
    theirs: Callable[[], DIMSEMessage], ours: bytes, data_set: bytes | None, max_pdu: int
) -> None:  # E.1: "Each fragment of a message shall consist of an even number of bytes."
    values = [
        value
        for primitive in theirs().encode_msg(5, max_pdu)
        for _, value in primitive.presentation_data_value_list
    ]
    pdvs = list(fragment(ours, data_set, max_pdu, 5))
    for headers in ((1, 3), (0, 2)):
        whole = b"".join(value[1:] for value in values if value[0] in headers)
        assert b"".join(pdv.data for pdv in pdvs if pdv.header in headers) == whole
    if any(len(value) % 2 == 0 for value in values):
        assert max(len(pdv.data) for pdv in pdvs) == max_pdu - 7
    assert all(len(pdv.data) % 2 == 0 for pdv in pdvs)


@MESSAGES
def test_we_read_what_pynetdicom_sends_with_an_odd_limit(
    theirs: Callable[[], DIMSEMessage], ours: bytes, data_set: bytes | None
) -> None:
    items = b""
    for primitive in theirs().encode_msg(5, 17):
        pdu = P_DATA_TF()
        pdu.from_primitive(primitive)
        items += pdu.encode()[6:]
    (received,) = feed_all(Reassembler(), read_pdvs(items, strict=True))
    assert received.command == ours
    assert (received.data_set.read() if received.data_set else None) == data_set


def test_pynetdicom_reads_what_we_send() -> None:
    pdu = P_DATA_TF()
    items = b"".join(pdv.to_bytes() for pdv in fragment(STORE, DATA_SET, 32, 5))
    pdu.decode(b"\x04\x00" + len(items).to_bytes(4, "big") + items)
    message = DIMSEMessage()
    assert message.decode_msg(pdu.to_primitive())
    primitive = message.message_to_primitive()
    assert isinstance(primitive, PYNETDICOM_C_STORE)
    assert primitive.DataSet is not None
    assert primitive.DataSet.getvalue() == DATA_SET


def test_all_is_found_at_the_root_of_the_package() -> None:
    names = {"PDV", "FragmentError", "Reassembler", "fragment", "read_pdvs"}
    assert names <= set(dimse_primitives.__all__)
