"""The generated rules and an independent reading of the tables find the same violations.

Invariant: what is expected comes from `interpreter` alone. Patterns of presence are tried out to
the last one, with valid values; values are drawn at random.

A response is compared with every status of Annex C and some that it does not have. The subsets of
status fields take turns over the patterns; a test of its own tries every one with every status. So
do the requests that are answered: each meets every pattern, with every third status.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from functools import cache, partial
from typing import Any, TypeAlias

import pytest
from dimse_primitives import InvalidPrimitiveError, Violation
from hypothesis import given, settings
from hypothesis import strategies as st

from ..conftest import ROOT
from ..printed import printed_folder
from . import interpreter
from .interpreter import RULES, Values
from .samples import class_of, primitive, random_values, subsets, valid_values
from .tables import CANCEL, Direction, Tables

TABLES = Tables(ROOT / "schemas")
PRINTED = Tables(printed_folder())
PATTERNS = {
    "C-ECHO": 16,
    "C-FIND": 64,
    "C-GET": 1024,
    "C-MOVE": 2048,
    "C-STORE": 512,
    "N-ACTION": 1024,
    "N-CREATE": 64,
    "N-DELETE": 128,
    "N-EVENT-REPORT": 256,
    "N-GET": 512,
    "N-SET": 512,
}
"""How many patterns of presence the rows of a table have in one direction."""

OTHER_CODES = (0x0199, 0x0200, 0x1234, 0xA700, 0xB007, 0xC0FF, 0xFF02, 0xFFFF)
"""Codes of no type, of no class, and inside a range."""

STATUSES = (*TABLES.codes(), *OTHER_CODES)
EDGES = (0x9FFF, 0xA000, 0xAFFF, 0xB000, 0xBFFF, 0xC000, 0xCFFF, 0xD000, 0xFDFF, 0xFE00, 0xFE01)
EVERY_KIND_OF_CODE = (*range(0x400), *EDGES, 0xFEFF, 0xFF00, 0xFF01, 0xFF02, 0xFFFF)

Request: TypeAlias = tuple[Values | None, Any]
"""What is present in a request, and the request."""
NO_REQUEST: Request = (None, None)

each_service = pytest.mark.parametrize("service", PATTERNS)


def test_the_patterns_are_those_of_the_eleven_tables() -> None:
    assert {service: 2 ** len(PRINTED.rows(service)) for service in PRINTED.services} == PATTERNS
    assert sum(PATTERNS.values()) == 6160
    assert len(STATUSES) == len(set(STATUSES))
    assert len(PRINTED.codes()) == 30


@pytest.mark.parametrize("service", [*PATTERNS, CANCEL])
def test_a_class_has_what_its_table_has(service: str) -> None:
    kind = class_of(service)
    parameters = list(inspect.signature(kind).parameters)
    assert parameters == [*TABLES.rows(service), *TABLES.status_fields(service)]
    assert tuple(kind.PARAMETERS) == TABLES.rows(service)
    assert TABLES.status_elements(service) == kind.STATUS_OPTIONAL_KEYWORDS
    assert interpreter.mandatory(TABLES, service, "request") == kind.REQUEST_KEYWORDS
    assert interpreter.mandatory(TABLES, service, "response") == kind.RESPONSE_KEYWORDS


@each_service
def test_status_fields_of_every_kind_of_status_code(service: str) -> None:
    fields = class_of(service).STATUS_FIELDS
    for status in EVERY_KIND_OF_CODE:
        if TABLES.is_listed(service, status):
            assert len(fields[status]) == len(set(fields[status]))
            assert set(fields[status]) == TABLES.permitted(service, status), status
        else:
            assert status not in fields


@each_service
def test_every_pattern_of_a_request(service: str) -> None:
    seen: set[str] = set()
    patterns = subsets(TABLES.rows(service))
    fields = subsets(TABLES.status_fields(service))
    for number, present in enumerate(patterns):
        for chosen in fields:
            values = valid_values(TABLES, present + chosen)
            if "Status" in present:
                values["Status"] = STATUSES[number % len(STATUSES)]
            seen |= _compare_request(service, values)
    assert len(patterns) == PATTERNS[service]
    assert seen == {"missing-mandatory", "must-be-absent"}


@each_service
def test_every_pattern_of_a_response_with_every_status(service: str) -> None:
    seen: set[str] = set()
    compared = 0
    fields = subsets(TABLES.status_fields(service))
    for number, present in enumerate(subsets(TABLES.rows(service))):
        for turn, status in enumerate(STATUSES if "Status" in present else (None,)):
            chosen = fields[(number + turn) % len(fields)]
            values = _with_status(valid_values(TABLES, present + chosen), status)
            # Without a status all requests, with each status another one: 38 for three of them.
            none, *others = _requests(service)
            own = others if status is None else [others[(number + turn) % len(others)]]
            seen |= _compare_response(service, values, none, *own)
            compared += 1
    assert compared == PATTERNS[service] // 2 * (len(STATUSES) + 1)
    assert seen == _rules_of_a_response(service)


@each_service
def test_every_subset_of_status_fields_with_every_status(service: str) -> None:
    compared = 0
    others = tuple(keyword for keyword in TABLES.rows(service) if keyword != "Status")
    for chosen in subsets(TABLES.status_fields(service)):
        for status in (None, *STATUSES):
            for present in ((), others):
                values = _with_status(valid_values(TABLES, present + chosen), status)
                _compare_response(service, values, NO_REQUEST)
                compared += 1
    assert compared == 2 ** len(TABLES.status_fields(service)) * 2 * (1 + len(STATUSES))


@each_service
def test_every_kind_of_status_code(service: str) -> None:
    keywords = TABLES.rows(service) + TABLES.status_fields(service)
    full = valid_values(TABLES, keywords)
    for status in EVERY_KIND_OF_CODE:
        _compare_response(service, full | {"Status": status}, *_requests(service))
        _compare_response(service, {"Status": status}, *_requests(service))


@each_service
@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_random_primitives(service: str, data: st.DataObject) -> None:
    values = data.draw(random_values(TABLES, service), "values")
    request = data.draw(st.none() | random_values(TABLES, service), "request")
    _compare_request(service, values)
    _compare_response(service, values, _request(service, request))


@pytest.mark.parametrize("character", [chr(code) for code in (*range(0x20), 0x5C, 0x7F)])
@pytest.mark.parametrize(
    ("service", "direction", "keyword"),
    [
        ("C-MOVE", "request", "MoveDestination"),
        ("C-STORE", "request", "MoveOriginatorApplicationEntityTitle"),
        ("N-GET", "response", "ErrorComment"),
    ],
)
def test_every_character_that_text_may_not_have(
    service: str, direction: Direction, keyword: str, character: str
) -> None:
    values: dict[str, object] = {keyword: f"A{character}B"}
    if direction == "request":
        _compare_request(service, values)
    else:
        _compare_response(service, values | {"Status": 0x0110}, NO_REQUEST)


@pytest.mark.parametrize("value", ["1.02", "1..2", "1.", ".1", "abc", "01", "1.-2"])
def test_a_malformed_uid_that_shall_be_absent_breaks_two_rules(value: str) -> None:
    values: dict[str, object] = {"RequestedSOPClassUID": value, "Status": 0}
    _compare_response("N-GET", values, NO_REQUEST)
    _compare_request("N-GET", {"AffectedSOPClassUID": value})


def test_c_cancel_is_the_cancel_column() -> None:
    seen: set[str] = set()
    for present in subsets(TABLES.rows(CANCEL)):
        seen |= _compare_request(CANCEL, valid_values(TABLES, present))
    assert TABLES.rows(CANCEL) == ("MessageIDBeingRespondedTo",)
    assert seen == {"missing-mandatory"}
    assert primitive(CANCEL, {"MessageIDBeingRespondedTo": 1}).is_valid_response is False


def _compare_request(service: str, values: Values) -> set[str]:
    """Compare a request and return the rules that it breaks."""
    expected = interpreter.breaches(TABLES, service, "request", values)
    built = primitive(service, values)
    found = built.request_violations()
    assert _pairs(found) == expected, (service, values)
    assert built.is_valid_request == interpreter.is_valid(TABLES, service, "request", values)
    _check(service, "request", found, expected, built.validate_request)
    return {rule for rule, _ in expected}


def _compare_response(service: str, values: Values, *requests: Request) -> set[str]:
    """Compare a response to each of `requests` and return the rules that it breaks."""
    built = primitive(service, values)
    assert built.is_valid_response == interpreter.is_valid(TABLES, service, "response", values)
    broken: set[str] = set()
    for request, answered in requests:
        expected = interpreter.breaches(TABLES, service, "response", values, request)
        found = built.response_violations(answered)
        assert _pairs(found) == expected, (service, values, request)
        _check(service, "response", found, expected, partial(built.validate_response, answered))
        broken.update(rule for rule, _ in expected)
    return broken


def _pairs(violations: Iterable[Violation]) -> list[interpreter.Breach]:
    return [(violation.rule, violation.parameter) for violation in violations]


_RAISED: set[tuple[str, Direction, tuple[interpreter.Breach, ...]]] = set()


def _check(
    service: str,
    direction: Direction,
    found: tuple[Violation, ...],
    pairs: list[interpreter.Breach],
    validate: Callable[[], None],
) -> None:
    """Check that each violation is complete and comes once, and that `validate` raises them.

    Whether they are raised does not depend on the values in them: each list of rules and
    parameters is raised once.
    """
    for each in found:
        _check_words(service, direction, each.rule, each.parameter, each.message, each.reference)
    raised = service, direction, tuple(pairs)
    if raised in _RAISED:
        return
    _RAISED.add(raised)
    assert len(set(pairs)) == len(found)
    error = _error_of(validate)
    assert (error.violations if error else ()) == found
    lines = str(error).splitlines() if error else []
    assert len(lines) == len(found), lines
    assert all(each.reference in line for each, line in zip(found, lines, strict=True))


def _error_of(validate: Callable[[], None]) -> InvalidPrimitiveError | None:
    try:
        validate()
    except InvalidPrimitiveError as error:
        return error
    return None


@cache
def _check_words(
    service: str, direction: Direction, rule: str, parameter: str, message: str, reference: str
) -> None:
    """Check that a violation has a rule, the name and cell as printed, and where it stands."""
    assert rule in RULES
    assert len(f"{message}{reference}".splitlines()) == 1
    assert TABLES.name(parameter) in message
    cell = TABLES.cells(service, direction).get(parameter)
    assert cell is None or f"it is {cell} in " in message
    assert reference.startswith("PS3.7 ")
    for place in TABLES.references(service, parameter):
        assert place in reference


def _with_status(values: dict[str, object], status: int | None) -> dict[str, object]:
    return values if status is None else values | {"Status": status}


def _request(service: str, values: Values | None) -> Request:
    return values, None if values is None else primitive(service, values)


@cache
def _requests(service: str) -> tuple[Request, ...]:
    """Return no request, one that agrees with the response, one that never does, an empty one."""
    keywords = [key for key, cell in TABLES.cells(service, "request").items() if cell != "-"]
    same, other = (valid_values(TABLES, keywords, choice) for choice in (0, 1))
    return NO_REQUEST, *(_request(service, values) for values in (same, other, {}))


def _rules_of_a_response(service: str) -> set[str]:
    """Return the rules that some pattern of a response breaks, valid as its values are."""
    words = {word for key in TABLES.rows(service) for word in TABLES.row(service, key)}
    found = {"missing-mandatory", "not-equal", "unknown-status", "status-not-listed"}
    found |= {"must-be-absent"} & _when("-" in TABLES.cells(service, "response").values())
    found |= {"missing-conditional"} & _when("required_when" in words)
    found |= {"forbidden-conditional"} & _when("only_when" in words)
    return found | ({"status-field-not-permitted"} & _when(bool(TABLES.status_fields(service))))


def _when(condition: bool) -> frozenset[str]:
    return RULES if condition else frozenset()
