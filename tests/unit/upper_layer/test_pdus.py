"""PDUs to bytes and back, held against the examples that pynetdicom's own tests encode."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from pathlib import Path

import pytest
from dimse_primitives import DecodeError, upper_layer
from dimse_primitives.upper_layer import (
    A_ABORT_PDU,
    A_ASSOCIATE_AC,
    A_ASSOCIATE_RJ,
    A_ASSOCIATE_RQ,
    A_RELEASE_RQ,
    P_DATA_TF,
    AbstractSyntaxSubItem,
    ApplicationContextItem,
    Event,
    ImplementationClassUIDSubItem,
    MaximumLengthSubItem,
    PresentationContextItemAC,
    PresentationContextItemRQ,
    PresentationDataValueItem,
    TransferSyntaxSubItem,
    UserInformationItem,
    decode_pdu,
    split_pdus,
)
from pynetdicom.tests import encoded_pdu_items

VERIFICATION = "1.2.840.10008.1.1"
IMPLICIT = "1.2.840.10008.1.2"

EXAMPLES = {
    name: value
    for name, value in vars(encoded_pdu_items).items()
    if isinstance(value, bytes) and name.startswith(("a_", "p_"))
}
PEERS = sorted(Path(__file__).with_name("peers").glob("*.bin"))
"""What one side of an association sent: DCMTK 3.6.7 and Orthanc 1.10.1, recorded on the wire."""
WRONG_LENGTH = "a_associate_ac_user"
"""Its PDU-length is 184, and 198 bytes follow."""


def request(**values: object) -> A_ASSOCIATE_RQ:
    context = PresentationContextItemRQ(
        1, AbstractSyntaxSubItem(VERIFICATION), (TransferSyntaxSubItem(IMPLICIT),)
    )
    pdu = A_ASSOCIATE_RQ(
        "CALLED",
        "CALLING",
        ApplicationContextItem("1.2.840.10008.3.1.1.1"),
        (context,),
        UserInformationItem((MaximumLengthSubItem(16384), ImplementationClassUIDSubItem("1.2.3"))),
    )
    return replace(pdu, **values)  # type: ignore[arg-type]


def kinds(data: bytes) -> list[str]:
    return [anomaly.kind for anomaly in decode_pdu(data).anomalies]


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_pynetdicom_encodes_is_decoded_and_encoded_to_the_same_bytes(name: str) -> None:
    data = EXAMPLES[name]
    decoded = decode_pdu(data)
    if name == WRONG_LENGTH:
        assert kinds(data) == ["length"]
        data = data[:2] + (198).to_bytes(4, "big") + data[6:]
    assert decoded.pdu.encode() == data
    assert decoded.unknown == ()
    assert len(EXAMPLES) == 20


@pytest.mark.parametrize("path", PEERS, ids=lambda path: path.stem)
def test_what_peers_send_is_regular_and_written_again_to_the_same_bytes(path: Path) -> None:
    data = path.read_bytes()
    pdus = list(split_pdus(data))
    assert b"".join(pdus) == data
    assert len(pdus) >= 3
    assert len(PEERS) == 6
    for pdu in pdus:
        decoded = decode_pdu(pdu, strict=True)
        assert decoded.unknown == ()
        assert decoded.pdu.encode() == pdu


def test_a_pdu_says_what_it_holds() -> None:
    pdu = decode_pdu(request().encode()).pdu
    assert pdu == request()
    assert isinstance(pdu, A_ASSOCIATE_RQ)
    assert pdu.application_context_name == "1.2.840.10008.3.1.1.1"
    assert pdu.presentation_contexts[0].abstract_syntax_name == VERIFICATION
    assert pdu.presentation_contexts[0].transfer_syntax_names == (IMPLICIT,)
    assert pdu.user_information is not None
    assert pdu.user_information.maximum_length == MaximumLengthSubItem(16384)
    assert pdu.RECEIVED is Event.A_ASSOCIATE_RQ_PDU


def test_a_pdu_is_frozen_and_takes_no_other_attribute() -> None:
    pdu = A_RELEASE_RQ()
    assert not hasattr(request(), "__dict__")
    with pytest.raises((FrozenInstanceError, TypeError, AttributeError)):
        request().called_ae_title = "OTHER"  # type: ignore[misc]
    with pytest.raises((FrozenInstanceError, TypeError, AttributeError)):
        pdu.reason = 1  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("make", "error", "text"),
    [
        (lambda: request(called_ae_title="A" * 17), ValueError, "Called-AE-title must have at"),
        (lambda: request(calling_ae_title="Ä"), ValueError, "Calling-AE-title must be ASCII"),
        (lambda: request(user_information=5), TypeError, "must be a UserInformationItem or None"),
        (lambda: request(presentation_contexts=5), TypeError, "must be a sequence of items"),
        (lambda: request(protocol_version=True), TypeError, "Protocol-version must be an int"),
        (lambda: PresentationContextItemRQ(2), ValueError, "must be an odd number from 1 to 255"),
        (lambda: MaximumLengthSubItem(1 << 32), ValueError, "must be from 0 to 4294967295"),
        (lambda: AbstractSyntaxSubItem("1" * 65), ValueError, "at most 64 characters"),
        (lambda: A_ASSOCIATE_RJ(1, 256, 1), ValueError, "Source must be from 0 to 255"),
        (lambda: PresentationDataValueItem(1, 3, "x"), TypeError, "Fragment must be bytes"),  # type: ignore[arg-type]
    ],
)
def test_a_constructor_names_the_field(make: object, error: type[Exception], text: str) -> None:
    with pytest.raises(error, match=text):
        make()  # type: ignore[operator]


def test_an_item_that_is_too_long_is_said_to_be() -> None:
    many = tuple(TransferSyntaxSubItem(f"1.2.{number}" + ".1" * 20) for number in range(2000))
    with pytest.raises(ValueError, match="Presentation Context Item is longer than"):
        PresentationContextItemRQ(1, AbstractSyntaxSubItem("1.2"), many)


def test_an_unknown_item_is_skipped_and_kept() -> None:
    """PS3.8 9.3.1: items of unrecognized types shall be ignored and skipped."""
    data = request().encode()
    unknown = b"\x60\x00\x00\x02hi"
    data = data[:2] + (len(data) - 6 + len(unknown)).to_bytes(4, "big") + data[6:] + unknown
    decoded = decode_pdu(data, strict=True)
    assert decoded.pdu == request()
    assert decoded.anomalies == ()
    (item,) = decoded.unknown
    assert (item.item_type, item.data, item.within) == (0x60, b"hi", "A-ASSOCIATE-RQ")
    assert data[item.offset : item.offset + 1] == b"\x60"


def test_reserved_bytes_are_not_tested() -> None:
    data = bytearray(request().encode())
    data[1] = data[8] = data[9] = 0xFF
    assert decode_pdu(data, strict=True).pdu == request()


def test_the_bytes_that_an_acceptor_sends_back_are_kept() -> None:
    reserved = bytes(range(32))
    data = request(reserved_43_74=reserved).encode()
    pdu = decode_pdu(data).pdu
    assert isinstance(pdu, A_ASSOCIATE_RQ)
    answer = A_ASSOCIATE_AC(pdu.called_ae_title, pdu.calling_ae_title, reserved_43_74=reserved)
    assert answer.encode()[10:74] == data[10:74]


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"application_context": None}, "missing"),
        ({"presentation_contexts": ()}, "missing"),
        ({"user_information": UserInformationItem()}, "missing"),
        ({"protocol_version": 2}, "protocol-version"),
        ({"called_ae_title": ""}, "invalid-value"),
        (
            {"user_information": UserInformationItem(
                (MaximumLengthSubItem(0), MaximumLengthSubItem(1),
                 ImplementationClassUIDSubItem("1.2")))},
            "duplicate",
        ),
    ],
)  # fmt: skip
def test_what_is_irregular_is_an_anomaly(change: dict[str, object], kind: str) -> None:
    data = request(**change).encode()
    assert set(kinds(data)) == {kind}
    with pytest.raises(DecodeError, match=f"^{kind}: "):
        decode_pdu(data, strict=True)


def test_a_flood_of_items_is_counted_and_not_listed() -> None:
    data = request().encode() + b"\x60\x00\x00\x00" * 100_000 + b"\x10\x00\x00\x00" * 100_000
    data = data[:2] + (len(data) - 6).to_bytes(4, "big") + data[6:]
    decoded = decode_pdu(data)
    assert decoded.pdu == request()
    assert len(decoded.anomalies) + len(decoded.unknown) == 257
    last = decoded.anomalies[-1]
    assert last.kind == "further"
    assert "more are not listed: 100000 duplicate" in last.message


def test_order_of_items_is_an_anomaly_and_they_are_read() -> None:
    good = request()
    first = good.application_context
    assert first is not None
    body = good.encode()[74:]
    size = len(first.encode())
    data = good.encode()[:74] + body[size:] + body[:size]
    assert decode_pdu(data).pdu == good
    assert kinds(data) == ["order"]


def test_a_padded_uid_is_read_without_its_padding() -> None:
    item = b"\x10\x00\x00\x161.2.840.10008.3.1.1.1\0"
    data = request(application_context=None).encode()
    data = data[:2] + (len(data) - 6 + len(item)).to_bytes(4, "big") + data[6:74] + item + data[74:]
    pdu = decode_pdu(data).pdu
    assert isinstance(pdu, A_ASSOCIATE_RQ)
    assert pdu.application_context_name == "1.2.840.10008.3.1.1.1"
    assert kinds(data) == ["padding"]


def test_a_rejected_context_has_a_transfer_syntax_that_is_not_tested() -> None:
    """Table 9-18: not significant, and not tested when received."""
    context = b"\x21\x00\x00\x08\x01\x00\x03\x00\x40\x00\x00\x63"
    pdu = A_ASSOCIATE_AC(
        "A", "B", ApplicationContextItem("1.2"), (), request().user_information
    ).encode()
    size = len(ApplicationContextItem("1.2").encode())
    data = pdu[:74] + pdu[74 : 74 + size] + context + pdu[74 + size :]
    data = data[:2] + (len(data) - 6).to_bytes(4, "big") + data[6:]
    decoded = decode_pdu(data, strict=True)
    assert isinstance(decoded.pdu, A_ASSOCIATE_AC)
    assert decoded.pdu.presentation_contexts == (PresentationContextItemAC(1, 3),)
    assert decoded.pdu.presentation_contexts[0].result_reason_text.startswith("abstract-syntax-not")


@pytest.mark.parametrize(
    ("data", "offset"),
    [
        (b"", 0),
        (b"\x05\x00\x00\x00\x00", 5),
        (b"\x09\x00\x00\x00\x00\x00", 0),
        (b"\x05\x00\x00\x00\x00\x04\x00\x00", 8),
        (b"\x03\x00\x00\x00\x00\x02\x00\x01", 8),
        (b"\x04\x00\x00\x00\x00\x06\x00\x00\x00\x63\x01\x03", 6),
    ],
)
def test_what_cannot_be_read_is_an_error_with_its_offset(data: bytes, offset: int) -> None:
    with pytest.raises(DecodeError) as caught:
        decode_pdu(data)
    assert caught.value.offset == offset


def test_fragments_are_not_copied() -> None:
    data = P_DATA_TF((PresentationDataValueItem(1, 3, b"abcd"),)).encode()
    pdu = decode_pdu(data).pdu
    assert isinstance(pdu, P_DATA_TF)
    (item,) = pdu.presentation_data_value_items
    assert isinstance(item.fragment, memoryview)
    assert item.fragment.obj is data
    assert (item.is_command, item.is_last) == (True, True)
    assert item.presentation_data_value == b"\x03abcd"
    assert pdu.buffers()[-1] is item.fragment
    assert b"".join(pdu.buffers()) == data


def test_codes_have_their_printed_texts() -> None:
    rejection = A_ASSOCIATE_RJ(1, 1, 7)
    assert rejection.result_text == "rejected-permanent"
    assert rejection.source_text == "DICOM UL service-user"
    assert rejection.reason_diag_text == "called-AE-title-not-recognized"
    assert A_ASSOCIATE_RJ(1, 3, 1).reason_diag_text == "temporary-congestion"
    assert A_ABORT_PDU(2, 6).reason_diag_text == "invalid-PDU-parameter value"
    assert A_ABORT_PDU(2, 3).reason_diag_text == "reserved"
    assert decode_pdu(A_ABORT_PDU(0, 9).encode()).anomalies == ()  # not significant then


def test_a_stream_is_split_where_pdus_end() -> None:
    pdus = [request().encode(), A_RELEASE_RQ().encode(), A_ABORT_PDU(0).encode()]
    stream = b"".join(pdus)
    assert list(split_pdus(stream)) == pdus
    assert list(split_pdus(stream[:-1])) == pdus[:-1]
    assert upper_layer.read_pdu_header(stream) == (1, len(pdus[0]))
    assert upper_layer.read_pdu_header(b"\x01\x00\x00") is None


@pytest.mark.parametrize("names", [1, 40], ids=["remembered", "too long for that"])
def test_items_that_come_again_are_read_the_same(names: int) -> None:
    """Items are remembered by their bytes; what is irregular is told each time, at its place."""
    item = PresentationContextItemRQ(
        1,
        AbstractSyntaxSubItem(VERIFICATION),
        [TransferSyntaxSubItem(f"{IMPLICIT}.{number}") for number in range(names)],
    )
    data = replace(request(), presentation_contexts=(item, replace(item))).encode()
    first, again = decode_pdu(data), decode_pdu(data)
    assert first == again
    assert first.pdu.encode() == data
    assert isinstance(first.pdu, A_ASSOCIATE_RQ)
    contexts = first.pdu.presentation_contexts
    assert contexts == (item, item)
    assert (contexts[0] is contexts[1]) == (names == 1)
    odd = data.replace(b"\x01\0\0\0\x30", b"\x02\0\0\0\x30")
    found = [decode_pdu(odd).anomalies for _ in range(2)]
    assert found[0] == found[1]
    assert [each.kind for each in found[0]] == ["invalid-value"] * 2
    assert [odd[each.offset] for each in found[0]] == [2, 2]
