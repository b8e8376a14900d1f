"""What the log says of data sets in pynetdicom, and what a handler returns."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
from dimse_primitives.contrib import pynetdicom as standin
from dimse_primitives.contrib.pynetdicom import refusal

from .messages import MPPS, encode, mpps

IMPLICIT = "1.2.840.10008.1.2"
LOGGER = "dimse_primitives.sop_classes"


@pytest.fixture
def installed() -> Iterator[Any]:
    standin.install()
    from dimse_primitives.contrib.pynetdicom import _data_sets

    yield _data_sets
    standin.uninstall()


def provider() -> Any:
    context = SimpleNamespace(transfer_syntax=[IMPLICIT])
    return SimpleNamespace(assoc=SimpleNamespace(_accepted_cx={1: context}))


def request(data: bytes) -> Any:
    from pynetdicom.dimse_primitives import N_CREATE

    made = N_CREATE()
    made.MessageID, made.AffectedSOPClassUID = 1, MPPS
    made.AttributeList = BytesIO(data)
    return made


def test_a_request_that_lacks_an_attribute(
    installed: Any, caplog: pytest.LogCaptureFixture
) -> None:
    made = mpps()
    installed.tell(provider(), request(encode(made)), 1)
    assert caplog.records == []
    del made.PatientID, made.PatientSex
    installed.tell(provider(), request(encode(made)), 1)
    (record,) = caplog.records
    assert (record.name, record.levelname) == (LOGGER, "WARNING")
    said = record.getMessage()
    assert said.startswith("N-CREATE request (Message ID 1, context 1): missing-attribute: ")
    assert said.endswith("; 1 more: missing-attribute PatientSex")


def test_what_cannot_be_read_is_told_and_no_more(
    installed: Any, caplog: pytest.LogCaptureFixture
) -> None:
    installed.tell(provider(), request(b"\1\2\3"), 1)
    assert "the data set cannot be read: the data set ends" in caplog.records[0].getMessage()
    caplog.clear()
    installed.tell(SimpleNamespace(), request(b""), 1)
    assert [record.levelname for record in caplog.records if record.levelname != "DEBUG"] == []


def test_a_peer_forges_no_line(installed: Any, caplog: pytest.LogCaptureFixture) -> None:
    data = encode(mpps()).replace(b"IN PROGRESS ", b"IN\nPROGRESS ")
    installed.tell(provider(), request(data), 1)
    assert "\n" not in caplog.records[0].getMessage()


def test_a_logger_that_is_not_heard_costs_nothing(
    installed: Any, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installed, "_tables", lambda: pytest.fail("it was looked at"))
    with caplog.at_level(logging.CRITICAL, LOGGER):
        installed.tell(provider(), request(b"\1"), 1)
    assert caplog.records == []


@pytest.mark.parametrize("is_installed", [True, False])
def test_a_handler_refuses_in_three_lines(is_installed: bool) -> None:
    if is_installed:
        standin.install()
    try:
        made = mpps()
        del made.PatientID
        event = SimpleNamespace(
            request=request(encode(made)), context=SimpleNamespace(transfer_syntax=IMPLICIT)
        )
        refused = refusal(event)
        assert refused is not None
        status, data_set = refused
        assert (status.Status, data_set) == (0x0120, None)
        assert status.AttributeIdentifierList == 0x00100020
        event.request = request(encode(mpps()))
        assert refusal(event, state="") is None
        assert refusal(event, state="IN PROGRESS")[0].Status == 0x0111  # type: ignore[index]
    finally:
        standin.uninstall()
