"""Primitives as JSON: readable, checked when read, and described by a JSON Schema."""

from __future__ import annotations

import json
from importlib.resources import files
from io import BytesIO
from typing import Any

import dimse_primitives
import pytest
from dimse_primitives import C_CANCEL, N_CREATE, N_GET
from jsonschema import Draft202012Validator

SCHEMA = json.loads((files(dimse_primitives) / "primitives.schema.json").read_text("utf-8"))


def test_json_shows_what_is_set() -> None:
    primitive = N_GET(
        MessageIDBeingRespondedTo=1,
        AttributeIdentifierList=["PatientName"],
        AttributeList=BytesIO(b"\0\1\2"),
        Status=0x0107,
    )
    assert primitive.to_json_dict() == {
        "service": "N-GET",
        "MessageIDBeingRespondedTo": 1,
        "AttributeIdentifierList": ["00100010"],
        "AttributeList": "AAEC",
        "Status": 0x0107,
    }
    assert json.loads(primitive.to_json()) == primitive.to_json_dict()
    for source in (primitive.to_json(), primitive.to_json().encode(), primitive.to_json_dict()):
        assert N_GET.from_json(source) == primitive


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("{", "Expecting"),
        ("[]", "N_GET is a JSON object, not list"),
        ({}, "service is None, not 'N-GET'"),
        ({"service": "N-SET"}, "service is 'N-SET', not 'N-GET'"),
        ({"service": "N-GET", "Priority": 1}, "Priority is no parameter of N-GET"),
        ({"service": "N-GET", "MessageID": 65536}, "Message ID must be from 0 to 65535"),
        ({"service": "N-GET", "MessageID": "1"}, "MessageID: Message ID must be an int"),
        ({"service": "N-GET", "AttributeList": "%"}, "AttributeList: "),
        ({"service": "N-GET", "AttributeList": 5}, "AttributeList: "),
        ({"service": "N-GET", "AttributeIdentifierList": ["zz"]}, "Attribute Identifier List"),
    ],
)
def test_json_that_is_no_n_get(source: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        N_GET.from_json(source)


@pytest.mark.parametrize("depth", [900, 100_000])
@pytest.mark.parametrize("around", ["%s", '{"service": "N-GET", "AttributeIdentifierList": %s}'])
def test_json_that_is_nested_deeply(depth: int, around: str) -> None:
    with pytest.raises(ValueError, match=r"nested too deeply|not list|must be one tag"):
        N_GET.from_json(around % ("[" * depth + "]" * depth))


@pytest.mark.parametrize(
    "source",
    [
        '{"service": "N-GET", "MessageID": 1, "MessageID": 2}',
        '{"service": "N-GET", "MessageID": 1, "MessageID": 1}',
        '{"service": "N-SET", "service": "N-GET"}',
    ],
)
def test_json_with_a_key_twice(source: str) -> None:
    with pytest.raises(ValueError, match="stands there twice"):
        N_GET.from_json(source)


def test_the_json_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    validator = Draft202012Validator(SCHEMA)
    assert validator.is_valid(C_CANCEL(MessageIDBeingRespondedTo=1).to_json_dict())
    assert validator.is_valid(N_CREATE(AttributeList=BytesIO(b"abc")).to_json_dict())
    assert not validator.is_valid({"service": "N-GET", "Priority": 1})
    assert not validator.is_valid({"service": "N-GET", "MessageID": 65536})
    assert not validator.is_valid({"service": "C-FIND", "Priority": 3})
    assert not validator.is_valid({"MessageID": 1})
