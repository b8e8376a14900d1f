"""`python -m dimse_primitives inspect` reads PDUs: one, or what went over a connection."""

from __future__ import annotations

import json
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from dimse_primitives import C_ECHO, C_FIND, fragment
from dimse_primitives.__main__ import main
from dimse_primitives._inspect import Input, InputError
from dimse_primitives._inspect_pdus import inspect_pdus, is_pdus
from dimse_primitives.upper_layer import (
    A_ABORT_PDU,
    A_ASSOCIATE,
    A_ASSOCIATE_RJ,
    A_RELEASE_RP,
    A_RELEASE_RQ,
    P_DATA_TF,
    ImplementationClassUIDSubItem,
    MaximumLengthSubItem,
    PresentationDataValueItem,
)
from hypothesis import given
from hypothesis import strategies as st

VERIFICATION = "1.2.840.10008.1.1"
REQUEST = A_ASSOCIATE.request(
    application_context_name="1.2.840.10008.3.1.1.1",
    calling_ae_title="ECHOSCU",
    called_ae_title="ANY-SCP",
    user_information=[MaximumLengthSubItem(16384), ImplementationClassUIDSubItem("1.2.826.0.1")],
    calling_presentation_address=("here", 1),
    called_presentation_address=("there", 104),
    presentation_context_definition_list=[(1, VERIFICATION, ["1.2.840.10008.1.2"])],
).to_pdu()
ECHO = C_ECHO.request(MessageID=7, AffectedSOPClassUID=VERIFICATION)


def data(command: bytes, data_set: bytes | None = None, most: int = 0) -> list[P_DATA_TF]:
    """Return the PDUs of a message, a fragment each."""
    pdvs = fragment(command, None if data_set is None else BytesIO(data_set), most, 1)
    return [
        P_DATA_TF(
            (PresentationDataValueItem(1, pdv.is_command | pdv.is_last << 1, bytes(pdv.data)),)
        )
        for pdv in pdvs
    ]


def inspected(*content: bytes) -> tuple[str, int]:
    return inspect_pdus(Input("stream", b"".join(content)))


def test_an_association_request_with_all_that_it_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "rq.bin"
    file.write_bytes(REQUEST.encode())
    assert main(["inspect", str(file)]) == 0
    assert capsys.readouterr().out == (
        f"A-ASSOCIATE-RQ: {len(REQUEST.encode())} bytes\n"
        "\n"
        "  called ae title                      'ANY-SCP'\n"
        "  calling ae title                     'ECHOSCU'\n"
        "  Application Context Item             1.2.840.10008.3.1.1.1 (DICOM Application Context "
        "Name)\n"
        "  Presentation Context Item\n"
        "    presentation context id            1\n"
        "    Abstract Syntax Sub-Item           1.2.840.10008.1.1 (Verification SOP Class)\n"
        "    Transfer Syntax Sub-Item           1.2.840.10008.1.2 (Implicit VR Little Endian)\n"
        "  User Information Item\n"
        "    Maximum Length Sub-Item            16384\n"
        "    Implementation Class UID Sub-Item  1.2.826.0.1\n"
        "  protocol version                     1\n"
        "\n"
        "conforms: no rule is broken\n"
        "\n"
        "1 PDU: 0 violations, 0 anomalies.\n"
        "Checked: PS3.7 and PS3.8.\n"
    )


def test_a_stream_is_read_to_its_end_with_the_messages_in_it() -> None:
    pdus = [REQUEST, *data(ECHO.encode_request(), most=40), A_RELEASE_RQ(), A_RELEASE_RP()]
    text, code = inspected(*(pdu.encode() for pdu in pdus))
    assert code == 0
    names = [
        line.partition(":")[0].partition(" at ")[0] for line in text.split("\n") if "bytes" in line
    ]
    fragments = len(pdus) - 3
    assert fragments > 1
    assert [name for name in names if not name.startswith(" ")] == [
        "1. A-ASSOCIATE-RQ",
        *(f"{number}. P-DATA-TF" for number in range(2, 2 + fragments)),
        "C-ECHO-RQ",
        f"{2 + fragments}. A-RELEASE-RQ",
        f"{3 + fragments}. A-RELEASE-RP",
    ]
    assert f"\n\n{len(pdus)} PDUs, 1 message: 0 violations, 0 anomalies.\n" in text


def test_the_words_of_a_code_are_said() -> None:
    assert (
        "reason diag  6 (invalid-PDU-parameter value)" in inspected(A_ABORT_PDU(2, 6).encode())[0]
    )
    assert "7 (called-AE-title-not-recognized)" in inspected(A_ASSOCIATE_RJ(1, 1, 7).encode())[0]


def test_an_anomaly_and_a_violation_have_their_clause() -> None:
    sent = REQUEST.encode().replace(b"\x20\0\0\x2e\x01", b"\x20\0\0\x2e\x02")
    text, code = inspected(sent)
    assert code == 1
    assert "presentation context id            2" in text
    assert "1 violation\n  invalid-value: " in text
    assert "(PS3.8 9.3.2.2, Table 9-13)" in text
    assert "1 anomaly\n  invalid-value at offset" in text


def test_an_unknown_item_is_shown_and_is_no_fault() -> None:
    encoded = REQUEST.encode() + b"\x70\0\0\x02ab"
    sent = encoded[:2] + (len(encoded) - 6).to_bytes(4, "big") + encoded[6:]
    text, code = inspected(sent)
    assert code == 0
    assert "1 unknown item, skipped (PS3.8 9.3.1)\n  70H at byte " in text
    assert " in A-ASSOCIATE-RQ: 61 62\n" in text


def test_what_no_byte_carries_is_not_missed() -> None:
    assert "presentation address" not in inspected(REQUEST.encode())[0]


def test_a_message_in_fragments_is_judged() -> None:
    request = C_FIND.request(
        MessageID=1, AffectedSOPClassUID=VERIFICATION, Priority=0, Identifier=BytesIO(b"12")
    )
    wrong = C_FIND.response(MessageIDBeingRespondedTo=2, Status=0)
    stream = b"".join(pdu.encode() for pdu in data(wrong.encode_response()))
    asked = Input("asked", b"".join(p.encode() for p in data(request.encode_request(), b"12")))
    for source in (asked, Input("asked", request.encode_request())):
        text, code = inspect_pdus(Input("stream", stream), source)
        assert code == 1
        assert "not-equal: Message ID Being Responded To" in text
    assert inspected(stream)[1] == 0


def test_a_stream_that_is_cut_off_is_shown_up_to_there() -> None:
    text, code = inspected(A_RELEASE_RQ().encode(), REQUEST.encode()[:20])
    assert code == 1
    assert text.startswith("1. A-RELEASE-RQ: 10 bytes\n")
    size = len(REQUEST.encode())
    cut = f"20 bytes left, and an A-ASSOCIATE-RQ that announces {size} is cut off"
    assert f"\n\n2. byte 10: 20 bytes, not decodable: {cut}\n\n1 PDU: " in text
    assert "a PDU has 6 at least\n" in inspected(A_RELEASE_RQ().encode(), b"\1\0")[0]
    with pytest.raises(InputError, match=f"stream: not decodable: {cut}"):
        inspected(REQUEST.encode()[:20])


def test_of_a_pdu_that_is_cut_off_the_items_that_are_whole_are_shown() -> None:
    encoded = REQUEST.encode()
    context = encoded.index(b"\x20\0\0\x2e")
    user = encoded.index(b"\x50\0")
    for end in range(74, len(encoded)):
        text, code = inspected(encoded[:end])
        assert code == 1
        assert "\nA-ASSOCIATE-RQ, what stands before that\n\n  called ae title " in text
        assert ("  Application Context Item " in text) is (end >= context)
        assert ("  Presentation Context Item\n" in text) is (end >= user)
        assert "Maximum Length" not in text


def test_of_a_pdu_that_cannot_be_read_what_stands_before_is_in_the_json_too() -> None:
    encoded = bytearray(REQUEST.encode())
    encoded[encoded.index(b"\x40\0\0\x11") + 3] = 0x99
    text, code = inspect_pdus(Input("stream", bytes(encoded)), as_json=True)
    assert code == 1
    said = json.loads(text)
    assert said["trouble"].startswith("Presentation Context Item ends within an item (at offset ")
    assert said["begun"]["pdu"] == "A-ASSOCIATE-RQ"
    assert said["begun"]["fields"]["calling_ae_title"] == "ECHOSCU"
    assert said["begun"]["fields"]["presentation_contexts"] == []


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (b"\x99\0\0\0\0\4abcd", "99H is no PDU-type"),
        (b"\1", "looks like the start of a PDU: its header alone has 6 bytes"),
        (b"\1\0\0\0", "looks like the start of a PDU: its header alone has 6 bytes"),
        (b"\xd4\xc3\xb2\xa1" + bytes(20), "looks like a capture: python -m dimse_primitives audit"),
        (b"\n\r\r\n" + bytes(24), "looks like a capture: "),
        (b"\x16\3\1\2\0\1\0\1\xfc\3\3" + bytes(40), "looks like TLS: what it carries is encrypted"),
        (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", "looks like text: give bytes, or what tools print"),
        (b"A-ASSOCIATE-RJ: 03 00 00", "looks like text: give bytes, or what tools print"),
        (b"", "nothing is there"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_what_is_no_pdu_is_named(
    given: bytes, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "given"
    file.write_bytes(given)
    assert main(["inspect", str(file)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith(f"{file}: not decodable: {said}")


def test_after_a_pdu_that_nobody_can_read_the_next_one_is() -> None:
    text, code = inspected(A_RELEASE_RQ().encode(), b"\x09\0\0\0\0\1z", A_RELEASE_RP().encode())
    assert code == 1
    assert "\n2. byte 10: 7 bytes, not decodable: 09H is no PDU-type" in text
    assert "A-RELEASE-RP at byte 17: 10 bytes" in text


def test_fragments_that_make_no_message_are_said_to() -> None:
    (pdu,) = data(ECHO.encode_request())
    (item,) = pdu.presentation_data_value_items
    rest = P_DATA_TF((PresentationDataValueItem(1, 0, item.fragment),))
    text, code = inspected(rest.encode(), pdu.encode())
    assert code == 1
    assert "\nnot decodable: " in text
    assert "C-ECHO-RQ: " in text
    half = P_DATA_TF((PresentationDataValueItem(1, 1, item.fragment),))
    assert "\nnot decodable: the last message is not complete" in inspected(half.encode())[0]


def test_json_says_the_same() -> None:
    stream = [REQUEST.encode(), *(each.encode() for each in data(ECHO.encode_request())), b"\1\0"]
    text, code = inspect_pdus(Input("stream", b"".join(stream), "hex"), as_json=True)
    assert code == 1
    request, transfer, broken = json.loads(text)
    assert request["pdu"] == "A-ASSOCIATE-RQ"
    assert request["fields"]["called_ae_title"] == "ANY-SCP"
    (context,) = request["fields"]["presentation_contexts"]
    assert context["abstract_syntax"]["abstract_syntax_name"] == VERIFICATION
    assert (request["violations"], request["anomalies"], request["unknown"]) == ([], [], [])
    assert transfer["messages"][0]["message_type"] == "C-ECHO-RQ"
    assert (broken["pdu"], broken["offset"]) == (None, sum(map(len, stream[:-1])))
    assert {each["taken_for"] for each in (request, transfer, broken)} == {"hex"}
    alone = json.loads(inspect_pdus(Input("stream", REQUEST.encode()), as_json=True)[0])
    assert alone["pdu"] == "A-ASSOCIATE-RQ"


def test_a_request_without_a_message_is_refused() -> None:
    with pytest.raises(InputError, match="there is no message in its PDUs"):
        inspect_pdus(Input("stream", REQUEST.encode()), Input("asked", A_RELEASE_RQ().encode()))


def test_what_a_peer_wrote_does_not_write_on_the_terminal() -> None:
    sent = REQUEST.encode().replace(b"ECHOSCU", b"\x1b[2JXYZ")
    assert "\x1b" not in inspected(sent)[0]


@given(st.lists(st.binary(max_size=40), max_size=4), st.integers(1, 7))
def test_any_bytes_get_an_answer_or_are_refused(parts: list[bytes], kind: int) -> None:
    heads = [bytes([kind, 0]) + len(each).to_bytes(4, "big") + each for each in parts]
    stream = b"".join(heads) + b"\1"
    if is_pdus(stream):
        for as_json in (False, True):
            with suppress(InputError):
                inspect_pdus(Input("any", stream), as_json=as_json)
