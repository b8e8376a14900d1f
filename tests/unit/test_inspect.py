"""`python -m dimse_primitives inspect`: one line answers which parameter is missing."""

from __future__ import annotations

import io
import json
import re
import struct
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from dimse_primitives import C_ECHO, C_FIND, N_ACTION, N_GET, DecodeError, decode, fragment
from dimse_primitives.__main__ import main
from dimse_primitives._looks_like import looks_like
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.command_sets import KEYWORDS, VRS, Kind, elements_of, regular
from tests.fuzz.strategies import Values, command_sets

REQUEST = N_GET.request(
    MessageID=7,
    RequestedSOPClassUID="1.2.840.10008.5.1.1.16",
    RequestedSOPInstanceUID="1.2.840.10008.5.1.1.17",
)


def write(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    return str(path)


@pytest.fixture
def request_file(tmp_path: Path) -> str:
    return write(tmp_path / "request.bin", REQUEST.encode_request())


def test_a_conformant_request(request_file: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", request_file]) == 0
    assert capsys.readouterr().out == (
        "N-GET-RQ: 102 bytes, no data set\n"
        "\n"
        "  Tag          Parameter                   Value\n"
        "  (0000,0003)  Requested SOP Class UID     1.2.840.10008.5.1.1.16 (Printer SOP Class)\n"
        "  (0000,0110)  Message ID                  7 (0007H)\n"
        "  (0000,1001)  Requested SOP Instance UID  1.2.840.10008.5.1.1.17 (Printer SOP Instance)\n"
        "\n"
        "conforms: no rule is broken\n"
        "\n"
        "1 message: 0 violations, 0 anomalies.\n"
        "Checked: PS3.7 and PS3.4.\n"
    )


def test_the_missing_parameter_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:  # pynetdicom 993, 994, 548
    action = N_ACTION(MessageID=1, RequestedSOPClassUID="1.2", RequestedSOPInstanceUID="1.3")
    file = write(tmp_path / "action.bin", action.encode_request(allow_invalid=True))
    assert main(["inspect", file]) == 1
    out = capsys.readouterr().out
    assert "1 violation\n  missing-mandatory: Action Type ID is missing: it is M in an " in out
    assert "PS3.7 10.1.4.1.5, Table 10.1-4" in out


def test_a_response_is_held_against_its_request(
    tmp_path: Path, request_file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    other = N_GET(MessageIDBeingRespondedTo=8, Status=0x0112).encode_response()
    file = write(tmp_path / "response.bin", other)
    assert main(["inspect", file]) == 0
    capsys.readouterr()
    assert main(["inspect", file, "--request", request_file]) == 1
    out = capsys.readouterr().out
    assert "not-equal: Message ID Being Responded To" in out
    assert "0112H No such SOP Instance (Failure)" in out


def test_anomalies_are_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wire = bytearray(C_ECHO.request(MessageID=1, AffectedSOPClassUID="1.2").encode_request())
    wire[8] += 2
    assert main(["inspect", write(tmp_path / "echo.bin", bytes(wire))]) == 1
    out = capsys.readouterr().out
    assert "1 anomaly\n  group-length at offset 0: Command Group Length (0000,0000) says" in out


def test_hexadecimal_text_from_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = REQUEST.encode_request().hex(" ", 8) + "\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(BytesIO(text.encode())))
    assert main(["inspect", "-"]) == 0
    assert capsys.readouterr().out.startswith("N-GET-RQ: 102 bytes")


def test_messages_as_presentation_data_values(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    find = C_FIND.response(MessageIDBeingRespondedTo=1, Status=0xFF00, Identifier=BytesIO(b"1234"))
    pdvs = [*fragment(find.encode_response(), BytesIO(b"1234"), 32, 1)]
    final = C_FIND.response(MessageIDBeingRespondedTo=1, Status=0).encode_response()
    pdvs += fragment(final, None, 0, 1)
    file = write(tmp_path / "find.pdv", b"".join(pdv.to_bytes() for pdv in pdvs))
    assert main(["inspect", file]) == 0
    out = capsys.readouterr().out
    assert out.count("C-FIND-RSP: ") == 2
    assert "a data set follows" in out
    assert out.startswith("1. C-FIND-RSP: ")
    assert "\n\n2. C-FIND-RSP: " in out
    assert "\n\n2 messages: 0 violations, 0 anomalies.\n" in out
    half = write(tmp_path / "half.pdv", pdvs[0].to_bytes())
    assert main(["inspect", half]) == 2
    assert "the last message is not complete" in capsys.readouterr().err


def test_what_comes_before_a_cut_is_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    find = C_FIND.response(MessageIDBeingRespondedTo=1, Status=0xFF00, Identifier=BytesIO(b"1234"))
    whole = b"".join(
        pdv.to_bytes() for pdv in fragment(find.encode_response(), BytesIO(b"1234"), 0, 1)
    )
    for cut, shown in ((len(whole) - 2, 1), (len(whole) + 20, 1), (2 * len(whole) - 2, 2)):
        file = write(tmp_path / "cut.pdv", (whole * 2)[:cut])
        assert main(["inspect", file]) == 2
        said = capsys.readouterr()
        assert said.out.count("C-FIND-RSP: ") == shown
        assert f"\n\n{shown} message" in said.out
        assert said.err.startswith(f"{file}: not decodable: ")
        assert main(["inspect", "--json", file]) == 2
        content = json.loads(capsys.readouterr().out)
        assert (len(content) if isinstance(content, list) else 1) == shown


def test_a_command_set_alone_does_not_miss_its_data_set(tmp_path: Path) -> None:
    find = C_FIND.response(MessageIDBeingRespondedTo=1, Status=0xFF00, Identifier=BytesIO(b"1234"))
    assert main(["inspect", write(tmp_path / "find.bin", find.encode_response())]) == 0


def test_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    response = REQUEST.respond(Status=0)
    file = write(tmp_path / "response.bin", response.encode_response())
    assert main(["inspect", "--json", file]) == 1
    content = json.loads(capsys.readouterr().out)
    assert content["message_type"] == "N-GET-RSP"
    assert N_GET.from_json(content["primitive"]) == response
    assert [item["parameter"] for item in content["violations"]] == ["AttributeList"]
    assert content["anomalies"] == content["unknown"] == []


def explicit(data: bytes, order: str) -> bytes:
    """Return the elements of a command set in Explicit VR."""
    pack = {"little": "<", "big": ">"}[order]
    vrs = {"UL": "L", "US": "H"}
    found = b""
    for tag, raw in elements_of(data):
        vr = "UL" if tag == 0 else VRS[KEYWORDS[tag]]
        if vr in vrs:
            raw = struct.pack(pack + vrs[vr], int.from_bytes(raw, "little"))
        found += struct.pack(f"{pack}HH2sH", tag >> 16, tag & 0xFFFF, vr.encode(), len(raw)) + raw
    return found


def big_endian(data: bytes) -> bytes:
    return b"".join(
        struct.pack(">HHL", tag >> 16, tag & 0xFFFF, len(raw))
        + (raw[::-1] if tag == 0 or VRS[KEYWORDS[tag]] == "US" else raw)
        for tag, raw in elements_of(data)
    )


SENT = REQUEST.encode_request()
ITEMS = b"".join(pdv.to_bytes() for pdv in fragment(SENT, None, 0, 1))
P_DATA_TF = b"\4\0" + len(ITEMS).to_bytes(4, "big") + ITEMS
ASSOCIATE = b"\1\0" + (78).to_bytes(4, "big") + b"\0\1\0\0" + b"ANY-SCP         " * 2 + bytes(42)
OTHERS = {
    "a command set in Explicit VR Little Endian": explicit(SENT, "little"),
    "a command set in Explicit VR Big Endian": explicit(SENT, "big"),
    "a command set in Big Endian": big_endian(SENT),
    "an A-ASSOCIATE-RQ PDU (PS3.8 9.3.2)": ASSOCIATE,
    "an A-ASSOCIATE-AC PDU (PS3.8 9.3.3)": b"\2" + ASSOCIATE[1:],
    "an A-ASSOCIATE-RJ PDU (PS3.8 9.3.4)": b"\3\0\0\0\0\4\0\1\1\1",
    "a P-DATA-TF PDU (PS3.8 9.3.5)": P_DATA_TF,
    "an A-RELEASE-RQ PDU (PS3.8 9.3.6)": b"\5\0\0\0\0\4" + bytes(4),
    "an A-RELEASE-RP PDU (PS3.8 9.3.7)": b"\6\0\0\0\0\4" + bytes(4),
    "an A-ABORT PDU (PS3.8 9.3.8)": b"\7\0\0\0\0\4" + bytes(4),
    "a DICOM file (PS3.10)": bytes(128) + b"DICM" + bytes(20),
    "a data set": bytes.fromhex("0800050002000000") + b"AB",
    "a data set in Explicit VR Little Endian": bytes.fromhex("0800050043530200") + b"AB",
}


@pytest.mark.parametrize("what", OTHERS)
@pytest.mark.parametrize("form", [bytes, lambda data: data.hex(" ").encode()])
def test_what_was_given_instead_is_named(
    what: str, form: Callable[[bytes], bytes], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(tmp_path / "other.bin", form(OTHERS[what]))
    if " PDU " not in what:  # those are read, as what they are
        assert main(["inspect", file]) == 2
        assert capsys.readouterr().err.startswith(f"{file}: not decodable: looks like {what}: ")
    for twice in (OTHERS[what], OTHERS[what] * 2):
        with pytest.raises(DecodeError, match=re.escape(f"looks like {what}: ")):
            decode(twice)


@pytest.mark.parametrize(
    ("sent", "what"),
    [
        (SENT.hex().encode(), "hexadecimal text: bytes.fromhex"),
        (SENT.hex(":").encode(), "hexadecimal text: bytes.fromhex"),
        (b", ".join(b"0x%02x" % byte for byte in SENT), "hexadecimal text: bytes.fromhex"),
        (SENT.hex().encode()[:-1], f"hexadecimal text: it has {2 * len(SENT) - 1} digits"),
        (ITEMS, "presentation data values (PS3.8 9.3.5.1): read_pdvs"),
    ],
)
def test_what_inspect_may_read_decode_names(sent: bytes, what: str) -> None:
    with pytest.raises(DecodeError, match=re.escape(f"looks like {what}")):
        decode(sent)


@given(command_sets(), st.data())
def test_no_command_set_looks_like_anything_else(
    drawn: tuple[Kind, Values], data: st.DataObject
) -> None:
    sent = regular(*drawn)
    assert looks_like(sent) == ""
    assert "PDU" not in looks_like(sent[: data.draw(st.integers(0, len(sent)))])


def test_an_odd_number_of_digits(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = write(tmp_path / "odd.txt", b"00 00 00 0\n00 00 00")
    assert main(["inspect", file]) == 2
    assert "looks like hexadecimal text: it has 13 digits, an odd number" in capsys.readouterr().err


def test_a_value_with_a_backslash_is_shown_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    response = REQUEST.respond(Status=0x0110, ErrorComment=r"D:\store\1.dcm")
    assert main(["inspect", write(tmp_path / "response.bin", response.encode_response())]) == 1
    out = capsys.readouterr().out
    assert r"Error Comment                  'D:', the first of 'D:\store\1.dcm'" in out
    assert r"the first is used: 'D:\\store\\1.dcm'" in out
    response.ErrorComment = "\\\\server\\share"
    assert main(["inspect", write(tmp_path / "response.bin", response.encode_response())]) == 1
    assert r"nothing, the first of '\\server\share'" in capsys.readouterr().out


@pytest.mark.parametrize("content", [b"", b"\0" * 7, b"not a command set", b"abc"])
def test_what_cannot_be_decoded(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(tmp_path / "no.bin", content)
    assert main(["inspect", file]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith(f"{file}: not decodable: ")


def test_a_file_that_is_not_there(request_file: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", request_file, "--request", "missing.bin"]) == 2
    assert capsys.readouterr().err == "missing.bin: No such file or directory\n"


def test_a_response_to_another_service(
    tmp_path: Path, request_file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    echo = C_ECHO.response(MessageIDBeingRespondedTo=1, Status=0).encode_response()
    file = write(tmp_path / "echo.bin", echo)
    assert main(["inspect", file, "--request", request_file]) == 2
    assert "C-ECHO-RSP is no answer to the N-GET request" in capsys.readouterr().err


def test_it_runs_as_a_module_without_the_generator_and_the_upper_layer(request_file: str) -> None:
    code = (
        "import runpy, sys; sys.argv = ['x', 'inspect', sys.argv[1]]\n"
        "try: runpy.run_module('dimse_primitives', run_name='__main__')\n"
        "except SystemExit as end: assert end.code == 0, end.code\n"
        "others = {'jinja2', 'yaml', 'dimsegen', 'dimse_primitives.upper_layer'}\n"
        "assert not others & set(sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, request_file], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("N-GET-RQ")


def test_what_was_checked_is_said_of_each_message(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stored = C_ECHO.request(MessageID=1, AffectedSOPClassUID="1.2.3").encode_request()
    known, unknown = (
        b"".join(pdv.to_bytes() for pdv in fragment(each, None, 0, 1))
        for each in (REQUEST.encode_request(), stored)
    )
    for data, said in (
        (known, "Checked: PS3.7 and PS3.4."),
        (unknown, "Checked: PS3.7 only: no SOP class of PS3.4 is known, or no data set is here."),
        (known + unknown, "Checked: PS3.7; PS3.4 for 1 of 2 messages: of the others "),
    ):
        main(["inspect", write(tmp_path / "messages.pdv", data)])
        assert f"\n{said}" in capsys.readouterr().out
