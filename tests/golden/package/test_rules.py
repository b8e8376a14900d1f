"""Every other kind of rule, in the package that the tiny schemas give."""

from __future__ import annotations

import importlib
import shutil
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from dimsegen.cli import main

from .conftest import HERE
from .test_fixed_values import REQUEST, RESPONSE, Rules, of_request, of_response

TRACE = BytesIO(b"trace")


def against(ping: ModuleType, asked: dict[str, Any], **changes: object) -> Rules:
    request = ping.X_PING(**REQUEST | asked)
    violations = ping.X_PING(**RESPONSE | changes).response_violations(request)
    return [(each.rule, each.parameter) for each in violations]


@pytest.mark.parametrize(
    ("changes", "broken"),
    [
        # Jitter: required_when {present: Rate, absent: Stops}
        ({"Rate": 1, "Fallback": None}, [("missing-conditional", "Jitter")]),
        ({"Rate": 1, "Fallback": None, "Jitter": 1}, []),
        ({"Rate": 1, "Fallback": None, "Stops": [0x00100010]}, []),
        ({"Jitter": 1}, []),
        # Fallback: required_when {absent: Rate}, forbidden_when {present: Rate}
        ({"Fallback": None}, [("missing-conditional", "Fallback")]),
        ({"Rate": 1, "Jitter": 1}, [("forbidden-conditional", "Fallback")]),
        # -
        ({"Hops": 1}, [("must-be-absent", "Hops")]),
        ({"Trace": TRACE}, [("must-be-absent", "Trace")]),
        ({"ErrorComment": "no"}, [("must-be-absent", "ErrorComment")]),
        # the VR
        ({"RouteUID": "1.02"}, [("invalid-value", "RouteUID")]),
        ({"Sender": "A\\B"}, [("invalid-value", "Sender")]),
        # several at once, in the order of the table
        (
            {"MessageID": None, "Status": 0, "Fallback": None},
            [
                ("missing-mandatory", "MessageID"),
                ("missing-conditional", "Fallback"),
                ("must-be-absent", "Status"),
            ],
        ),
    ],
)
def test_rules_of_a_request(ping: ModuleType, changes: dict[str, Any], broken: Rules) -> None:
    assert of_request(ping, **changes) == broken


@pytest.mark.parametrize(
    ("changes", "broken"),
    [
        # Hops: required_when {status: [success, pending]}, permitted_when {status: warning}
        ({"Hops": None}, [("missing-conditional", "Hops")]),
        ({"Hops": None, "Status": 0xFF01}, [("missing-conditional", "Hops")]),
        ({"Hops": None, "Status": 0xB007}, []),
        ({"Status": 0xC123}, []),
        # Lost Hops: only_when {status: [warning, 0xC001]}
        (
            {"LostHops": 1},
            [("forbidden-conditional", "LostHops"), ("missing-conditional", "Trace")],
        ),
        ({"LostHops": 1, "Status": 0xC001, "Trace": TRACE}, []),
        (
            {"LostHops": 1, "Status": 0xC002, "Trace": TRACE},
            [("forbidden-conditional", "LostHops")],
        ),
        # Remark, a U cell: forbidden_when {status: pending}
        ({"Remark": "slow"}, []),
        ({"Remark": "slow", "Status": 0xFF00}, [("forbidden-conditional", "Remark")]),
        # Trace: required_when {any: [{status: cancel}, {present: LostHops}], not: {status: 0x0107}}
        ({"Status": 0xFE00}, [("missing-conditional", "Trace")]),
        ({"Status": 0xFE00, "Trace": TRACE}, []),
        ({"LostHops": 1, "Status": 0xB000}, [("missing-conditional", "Trace")]),
        ({"LostHops": 1, "Status": 0x0107}, []),
        # - but for the statuses that permit it
        ({"Stops": [0x00100010]}, [("must-be-absent", "Stops")]),
        ({"Stops": [0x00100010], "Status": 0x0107}, []),
        # fields without a row
        ({"ErrorComment": "no", "Status": 0x0122}, []),
        ({"ErrorComment": "no"}, [("status-field-not-permitted", "ErrorComment")]),
        (
            {"OffendingElement": [0x00001002], "Status": 0x0122},
            [("status-field-not-permitted", "OffendingElement")],
        ),
        # the status
        ({"Status": None}, [("missing-mandatory", "Status")]),
        ({"Status": 0xA700}, [("unknown-status", "Status")]),
        ({"Status": 0x0110}, [("status-not-listed", "Status")]),
    ],
)
def test_rules_of_a_response(ping: ModuleType, changes: dict[str, Any], broken: Rules) -> None:
    assert of_response(ping, **changes) == broken


@pytest.mark.parametrize(
    ("asked", "changes", "broken"),
    [
        ({}, {}, []),
        # (=), equals, and the Message ID of the request; absent is fine
        ({}, {"RouteUID": "1.3"}, [("not-equal", "RouteUID")]),
        ({}, {"RouteUID": "1.2", "EchoUID": "1.2"}, []),
        ({}, {"EchoUID": "1.3"}, [("not-equal", "EchoUID")]),
        (
            {},
            {"MessageIDBeingRespondedTo": 2},
            [("not-equal", "MessageIDBeingRespondedTo")],
        ),
        # Token: required_when {request: present}, forbidden_when {request: absent}, C(=)
        ({"Token": 7}, {}, [("missing-conditional", "Token")]),
        ({"Token": 7}, {"Token": 7}, []),
        ({"Token": 7}, {"Token": 8}, [("not-equal", "Token")]),
        ({}, {"Token": 7}, [("forbidden-conditional", "Token")]),
    ],
)
def test_rules_that_look_back_at_the_request(
    ping: ModuleType, asked: dict[str, Any], changes: dict[str, Any], broken: Rules
) -> None:
    assert against(ping, asked, **changes) == broken


def test_without_a_request_rules_that_look_back_are_silent(ping: ModuleType) -> None:
    assert of_response(ping, Token=7, RouteUID="1.3", EchoUID="1.4") == []


def test_a_response_repeats_what_the_table_wants_repeated(ping: ModuleType) -> None:
    request = ping.X_PING(**REQUEST, Token=7)
    response = request.respond(Status=0x0000, Greeting="KNOCK", Hops=1)
    assert response.response_violations(request) == ()
    assert response == ping.X_PING(
        MessageIDBeingRespondedTo=1,
        RouteUID="1.2",
        EchoUID="1.2",
        Token=7,
        Status=0x0000,
        Greeting="KNOCK",
        Hops=1,
    )


def test_the_cancel_column_is_a_primitive_of_its_own(ping: ModuleType) -> None:
    assert tuple(ping.X_CANCEL.PARAMETERS) == ("MessageIDBeingRespondedTo", "Sender")
    assert ping.X_CANCEL.REQUEST_KEYWORDS == ("MessageIDBeingRespondedTo",)
    assert ping.X_CANCEL.RESPONSE_KEYWORDS == ()
    assert ping.X_CANCEL(MessageIDBeingRespondedTo=1).is_valid_request
    assert not ping.X_CANCEL(Sender="ME").is_valid_request
    assert not ping.X_CANCEL(MessageIDBeingRespondedTo=1).is_valid_response
    assert not hasattr(ping.X_CANCEL, "response")


def test_parameters_are_the_rows_with_their_cells(ping: ModuleType) -> None:
    cells = {
        keyword: (row.request, row.response, row.cancel)
        for keyword, row in ping.X_PING.PARAMETERS.items()
    }
    assert len(cells) == 20
    assert cells["RouteUID"] == ("M", "U(=)", "-")
    assert cells["PingType"] == ("MF", "UF", "-")
    assert cells["Token"] == ("U", "C(=)", "-")
    assert ping.X_PING.PARAMETERS["EchoUID"].equals == "RouteUID"
    assert ping.X_TELL.PARAMETERS["Greeting"].response is None


def test_named_values_come_with_the_package_that_has_some(
    ping: ModuleType, bare: ModuleType
) -> None:
    assert [(item.name, item.value) for item in ping.Urgency] == [("CALM", 0), ("LOUD", 1)]
    with pytest.raises(ValueError, match=r"0 \(CALM\), 1 \(LOUD\), not 2"):
        ping.X_PING(Urgency=2)
    assert not hasattr(bare, "_values")


def test_a_status_may_be_optional(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    schemas = shutil.copytree(HERE / "bare" / "schemas", tmp_path / "schemas")
    file = schemas / "services" / "x_nod.yaml"
    text = file.read_text(encoding="utf-8")
    text = text.replace("response: MF,     value: 0x0000}", "response: U}")
    file.write_text(text, encoding="utf-8")
    arguments = ["generate", "--schemas", str(schemas), "--output", str(tmp_path)]
    assert main([*arguments, "--package", "optional_primitives"]) == 0

    monkeypatch.syspath_prepend(tmp_path)
    nod = importlib.import_module("optional_primitives").X_NOD
    assert nod(Number=1).response_violations() == ()
    assert nod(Number=1, Outcome=0x0000).response_violations() == ()
    broken = nod(Outcome=0x0001).response_violations()
    assert [each.rule for each in broken] == ["missing-mandatory", "unknown-status"]
