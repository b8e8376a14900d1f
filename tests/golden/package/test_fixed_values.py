"""MF and UF, which PS3.7 explains and its tables never use: Chapter 5.

MF is mandatory and has a fixed value; UF may be absent, and has that value where it is present.
In the tiny schemas Ping Type (US), Protocol UID (UI) and Greeting (LO) have one each direction.
"""

from __future__ import annotations

import inspect
from types import ModuleType
from typing import Any

import pytest

REQUEST: dict[str, Any] = {
    "MessageID": 1,
    "RouteUID": "1.2",
    "PingType": 1,
    "ProtocolUID": "1.2.3",
    "Fallback": 0,
}
RESPONSE: dict[str, Any] = {
    "MessageIDBeingRespondedTo": 1,
    "Greeting": "KNOCK",
    "Status": 0x0000,
    "Hops": 3,
}
MANDATORY_IN_REQUEST = {"PingType": 2, "ProtocolUID": "1.2.30"}
OPTIONAL_IN_REQUEST = {"Greeting": "KNOCK KNOCK"}
MANDATORY_IN_RESPONSE = OPTIONAL_IN_REQUEST
OPTIONAL_IN_RESPONSE = MANDATORY_IN_REQUEST

Rules = list[tuple[str, str]]


def of_request(ping: ModuleType, **changes: object) -> Rules:
    violations = ping.X_PING(**REQUEST | changes).request_violations()
    return [(each.rule, each.parameter) for each in violations]


def of_response(ping: ModuleType, **changes: object) -> Rules:
    violations = ping.X_PING(**RESPONSE | changes).response_violations()
    return [(each.rule, each.parameter) for each in violations]


def test_the_right_values_break_nothing(ping: ModuleType) -> None:
    assert of_request(ping) == []
    assert of_request(ping, Greeting="KNOCK") == []
    assert of_response(ping) == []
    assert of_response(ping, PingType=1, ProtocolUID="1.2.3") == []


@pytest.mark.parametrize("keyword", MANDATORY_IN_REQUEST)
def test_mf_in_a_request_is_missing(ping: ModuleType, keyword: str) -> None:
    assert of_request(ping, **{keyword: None}) == [("missing-mandatory", keyword)]


@pytest.mark.parametrize("keyword", MANDATORY_IN_RESPONSE)
def test_mf_in_a_response_is_missing(ping: ModuleType, keyword: str) -> None:
    assert of_response(ping, **{keyword: None}) == [("missing-mandatory", keyword)]


@pytest.mark.parametrize(("keyword", "other"), MANDATORY_IN_REQUEST.items())
def test_mf_in_a_request_has_another_value(ping: ModuleType, keyword: str, other: object) -> None:
    assert of_request(ping, **{keyword: other}) == [("wrong-fixed-value", keyword)]


@pytest.mark.parametrize(("keyword", "other"), MANDATORY_IN_RESPONSE.items())
def test_mf_in_a_response_has_another_value(ping: ModuleType, keyword: str, other: object) -> None:
    assert of_response(ping, **{keyword: other}) == [("wrong-fixed-value", keyword)]


@pytest.mark.parametrize(("keyword", "other"), OPTIONAL_IN_REQUEST.items())
def test_uf_in_a_request_has_another_value(ping: ModuleType, keyword: str, other: object) -> None:
    assert of_request(ping, **{keyword: other}) == [("wrong-fixed-value", keyword)]


@pytest.mark.parametrize(("keyword", "other"), OPTIONAL_IN_RESPONSE.items())
def test_uf_in_a_response_has_another_value(ping: ModuleType, keyword: str, other: object) -> None:
    assert of_response(ping, **{keyword: other}) == [("wrong-fixed-value", keyword)]


def test_the_message_has_the_cell_the_value_and_what_was_found(ping: ModuleType) -> None:
    violations = ping.X_PING(**REQUEST | {"PingType": 2, "Greeting": "HELLO"}).request_violations()
    assert [(each.message, each.reference) for each in violations] == [
        (
            "Ping Type shall be 0x0001: it is MF in an X-PING request; set it to 0x0001 "
            "(the value is 2)",
            "PS3.7 Z.1.2, Table Z.1-1",
        ),
        (
            'Greeting shall be "KNOCK": it is UF in an X-PING request; set it to "KNOCK" '
            "(the value is HELLO)",
            "PS3.7 Z.1.2, Table Z.1-1",
        ),
    ]


def test_validity_asks_for_mf_and_not_for_its_value(ping: ModuleType) -> None:
    """`is_valid_*` is about presence, as it is in pynetdicom."""
    assert ping.X_PING.REQUEST_KEYWORDS == ("MessageID", "RouteUID", "PingType", "ProtocolUID")
    assert ping.X_PING.RESPONSE_KEYWORDS == ("MessageIDBeingRespondedTo", "Greeting", "Status")
    for keyword, other in MANDATORY_IN_REQUEST.items():
        assert ping.X_PING(**REQUEST | {keyword: other}).is_valid_request
        assert not ping.X_PING(**REQUEST | {keyword: None}).is_valid_request
    for keyword, other in MANDATORY_IN_RESPONSE.items():
        assert ping.X_PING(**RESPONSE | {keyword: other}).is_valid_response
        assert not ping.X_PING(**RESPONSE | {keyword: None}).is_valid_response


def test_a_request_cannot_be_made_without_mf_and_can_without_uf(ping: ModuleType) -> None:
    assert ping.X_PING.request(**REQUEST).request_violations() == ()
    for keyword in MANDATORY_IN_REQUEST:
        others = {key: value for key, value in REQUEST.items() if key != keyword}
        with pytest.raises(TypeError, match=f"required keyword-only argument: '{keyword}'"):
            ping.X_PING.request(**others)


@pytest.mark.parametrize("method", ["response", "respond"])
def test_a_response_cannot_be_made_without_mf_and_can_without_uf(
    ping: ModuleType, method: str
) -> None:
    parameters = inspect.signature(getattr(ping.X_PING, method)).parameters
    assert parameters["Greeting"].default is inspect.Parameter.empty
    assert {parameters[keyword].default for keyword in OPTIONAL_IN_RESPONSE} == {None}


def test_a_service_that_nothing_answers_has_fixed_values_too(ping: ModuleType) -> None:
    def rules(**values: object) -> Rules:
        violations = ping.X_TELL(MessageID=1, **values).request_violations()
        return [(each.rule, each.parameter) for each in violations]

    assert rules(Greeting="KNOCK") == rules(Greeting="KNOCK", Urgency=1) == []
    assert rules() == [("missing-mandatory", "Greeting")]
    assert rules(Greeting="NOCK", Urgency=0) == [
        ("wrong-fixed-value", "Greeting"),
        ("wrong-fixed-value", "Urgency"),
    ]


def test_a_status_may_be_fixed(bare: ModuleType) -> None:
    def rules(status: int | None) -> Rules:
        violations = bare.X_NOD(Number=1, Outcome=status).response_violations()
        return [(each.rule, each.parameter) for each in violations]

    assert rules(0x0000) == []
    assert rules(None) == [("missing-mandatory", "Outcome")]
    assert rules(0x0001) == [("wrong-fixed-value", "Outcome")]
