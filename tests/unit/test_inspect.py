"""`python -m dimse_primitives inspect`: one line answers which parameter is missing."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from dimse_primitives import C_ECHO, C_FIND, N_ACTION, N_GET, fragment
from dimse_primitives.__main__ import main

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
    assert "0112H (Failure)" in out


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
    half = write(tmp_path / "half.pdv", pdvs[0].to_bytes())
    assert main(["inspect", half]) == 2
    assert "the last message is not complete" in capsys.readouterr().err


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


def test_it_runs_as_a_module_without_the_generator(request_file: str) -> None:
    code = (
        "import runpy, sys; sys.argv = ['x', 'inspect', sys.argv[1]]\n"
        "try: runpy.run_module('dimse_primitives', run_name='__main__')\n"
        "except SystemExit as end: assert end.code == 0, end.code\n"
        "assert not {'jinja2', 'yaml', 'dimsegen'} & set(sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, request_file], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("N-GET-RQ")
