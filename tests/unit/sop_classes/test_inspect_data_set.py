"""`inspect` holds the data set of a message against its SOP class, and names statuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from dimse_primitives import C_MOVE, N_CREATE, fragment
from dimse_primitives.__main__ import main
from dimse_primitives._data_set_rules import status_in_words
from pydicom.uid import ExplicitVRLittleEndian

from ...property.sop_classes.data_sets import encoded
from .messages import create, mpps

Captured = pytest.CaptureFixture[str]
MISSING = "missing-attribute: Patient ID is missing: it is 2/2 in an N-CREATE request"


@pytest.fixture
def request_() -> N_CREATE:
    made = mpps()
    del made.PatientID
    return create(made)


def written(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    return str(path)


def test_a_data_set_from_a_file(tmp_path: Path, request_: N_CREATE, capsys: Captured) -> None:
    command = written(tmp_path / "request.bin", request_.encode_request())
    assert request_.AttributeList is not None
    data_set = written(tmp_path / "data.bin", request_.AttributeList.getvalue())
    assert main(["inspect", command]) == 0
    assert "conforms" in capsys.readouterr().out
    assert main(["inspect", command, "--data-set", data_set]) == 1
    assert MISSING in capsys.readouterr().out
    assert main(["inspect", command, "--data-set", data_set, "--json"]) == 1
    (violation,) = json.loads(capsys.readouterr().out)["violations"]
    assert (violation["path"], violation["status"]) == ("PatientID", "0120")


def test_explicit_vr_is_seen_or_said(tmp_path: Path, capsys: Captured) -> None:
    command = written(tmp_path / "request.bin", create(mpps()).encode_request())
    data_set = written(tmp_path / "data.bin", encoded(mpps(), ExplicitVRLittleEndian))
    assert main(["inspect", command, "--data-set", data_set]) == 0
    capsys.readouterr()
    arguments = ["inspect", command, "--data-set", data_set]
    assert main([*arguments, "--transfer-syntax", "1.2.840.10008.1.2"]) == 1
    assert "unreadable-data-set: the data set cannot be read" in capsys.readouterr().out


def test_the_data_set_of_a_whole_message(
    tmp_path: Path, request_: N_CREATE, capsys: Captured
) -> None:
    assert request_.AttributeList is not None
    pdvs = fragment(request_.encode_request(), request_.AttributeList.getvalue(), 0, 1)
    file = written(tmp_path / "message.bin", b"".join(pdv.to_bytes() for pdv in pdvs))
    assert main(["inspect", file]) == 1
    assert MISSING in capsys.readouterr().out


def test_a_message_that_has_no_data_set_lacks_everything(tmp_path: Path, capsys: Captured) -> None:
    bare = N_CREATE.request(MessageID=1, AffectedSOPClassUID="1.2.840.10008.3.1.2.3.3")
    assert main(["inspect", written(tmp_path / "request.bin", bare.encode_request())]) == 1
    assert "missing-attribute: Scheduled Step Attributes Sequence" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (0x0000, "0000H Sub-operations Complete - No Failures (Success)"),
        (0x0120, "0120H Missing Attribute (Failure)"),
        (0x0122, "0122H Refused: SOP Class not supported (Failure)"),
        (0xA801, "A801H Refused: Move Destination unknown (Failure)"),
        (0xC999, "C999H Failed: Unable to process (Failure)"),
        (0xB111, "B111H (Warning)"),
        (0x7777, "7777H (in no status class)"),
    ],
)
def test_statuses_have_names(status: int, said: str) -> None:
    move = C_MOVE(MessageIDBeingRespondedTo=1, AffectedSOPClassUID="1.2.840.10008.5.1.4.1.2.2.2")
    assert status_in_words(move, status).lower() == said.lower()
