"""PDUs, items and primitives as JSON: whatever is written is read again, and nothing else is."""

from __future__ import annotations

import json
from dataclasses import fields
from importlib.resources import files
from typing import Any

import dimse_primitives
import pytest
from dimse_primitives import upper_layer
from dimse_primitives.upper_layer import (
    A_ABORT,
    A_ASSOCIATE,
    A_P_ABORT,
    A_RELEASE,
    P_DATA,
    PDU,
    AssociateResult,
    Item,
    MaximumLengthSubItem,
    PresentationDataValueItem,
    UpperLayerPrimitive,
)
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from ...unit.associations import POLICY, associate
from . import samples

SCHEMA = json.loads(
    (files(dimse_primitives) / "upper_layer" / "upper_layer.schema.json").read_text("utf-8")
)
VALID = Draft202012Validator(SCHEMA)


@given(samples.pdus)
def test_every_pdu_comes_back(pdu: PDU) -> None:
    text = pdu.to_json()
    assert type(pdu).from_json(text) == pdu
    assert PDU.from_json(json.loads(text)) == pdu
    assert PDU.from_json(text).encode() == pdu.encode()


@given(samples.pdus)
@settings(max_examples=20)
def test_what_is_written_is_what_the_json_schema_says(pdu: PDU) -> None:
    assert VALID.is_valid(pdu.to_json_dict())
    assert VALID.is_valid(pdu.to_primitive().to_json_dict())


@given(samples.pdus)
def test_every_primitive_of_a_pdu_comes_back(pdu: PDU) -> None:
    primitive = pdu.to_primitive()
    assert type(primitive).from_json(primitive.to_json()) == primitive


REQUEST = associate()
PRIMITIVES: list[UpperLayerPrimitive] = [
    REQUEST,
    POLICY(REQUEST),
    REQUEST.respond(result=AssociateResult.REJECTED_PERMANENT, diagnostic=1),
    A_RELEASE(reason="normal"),
    A_RELEASE().respond(),
    A_ABORT(abort_source=0),
    A_P_ABORT(provider_reason=2),
    P_DATA(presentation_data_value_list=[PresentationDataValueItem(1, 3, memoryview(b"ab"))]),
]


@pytest.mark.parametrize("primitive", PRIMITIVES, ids=lambda each: each.SERVICE)
def test_every_primitive_comes_back(primitive: UpperLayerPrimitive) -> None:
    text = primitive.to_json()
    VALID.validate(json.loads(text))
    assert json.loads(text)["service"] == primitive.SERVICE
    assert type(primitive).from_json(text) == primitive
    assert type(primitive).from_json(text.encode()) == primitive


def test_the_keys_are_the_attributes() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    for name, form in SCHEMA["$defs"].items():
        kind = getattr(upper_layer, name)
        own = (
            [*kind.PARAMETERS]
            if issubclass(kind, UpperLayerPrimitive)
            else [each.name for each in fields(kind) if each.name != "encoded"]
        )
        key = "service" if issubclass(kind, UpperLayerPrimitive) else "type"
        assert [*form["properties"]] == [key, *own]
    named = {each["$ref"].rpartition("/")[2] for each in SCHEMA["oneOf"]}
    classes = {*PDU.__subclasses__(), *UpperLayerPrimitive.__subclasses__()}
    assert named == {each.__name__ for each in classes}


@pytest.mark.parametrize(
    "content",
    [
        {"type": "A_ABORT_PDU", "source": 256, "reason_diag": 0},
        {"type": "A_ABORT_PDU"},
        {"type": "A_ABORT_PDU", "source": 0, "raison": 0},
        {"type": "A_RELEASE"},
        {"service": "A-ASSOCIATE", "calling_ae_title": "A" * 17},
        {"service": "A-ASSOCIATE", "calling_presentation_address": ["here"]},
        {"service": "A-ASSOCIATE", "user_information": [{"type": "A_RELEASE_RQ"}]},
        {
            "service": "P-DATA",
            "presentation_data_value_list": [
                {
                    "type": "PresentationDataValueItem",
                    "presentation_context_id": 2,
                    "message_control_header": 3,
                    "fragment": "",
                }
            ],
        },
    ],
    ids=str,
)
def test_what_is_refused_by_the_json_schema_is_by_from_json(content: dict[str, Any]) -> None:
    assert not VALID.is_valid(content)
    service = content.get("service")
    names = {each.SERVICE: each for each in UpperLayerPrimitive.__subclasses__()}
    with pytest.raises((ValueError, TypeError)):
        (names[service] if service else PDU).from_json(content)


def test_what_it_looks_like() -> None:
    assert A_ASSOCIATE(
        calling_ae_title="A",
        calling_presentation_address=("localhost", 104),
        user_information=[MaximumLengthSubItem(16384)],
        presentation_context_definition_list=[(1, "1.2", ["1.3"])],
    ).to_json_dict() == {
        "service": "A-ASSOCIATE",
        "calling_ae_title": "A",
        "user_information": [{"type": "MaximumLengthSubItem", "maximum_length_received": 16384}],
        "calling_presentation_address": ["localhost", 104],
        "presentation_context_definition_list": [
            {
                "type": "PresentationContextDefinition",
                "presentation_context_id": 1,
                "abstract_syntax_name": "1.2",
                "transfer_syntax_names": ["1.3"],
            }
        ],
    }


@pytest.mark.parametrize(
    ("kind", "source", "said"),
    [
        (A_ASSOCIATE, "[]", "A_ASSOCIATE is a JSON object, not list"),
        (A_ASSOCIATE, "{", "Expecting property name"),
        (A_ASSOCIATE, '{"service": "A-ABORT"}', "service is 'A-ABORT', not 'A-ASSOCIATE'"),
        (A_ASSOCIATE, {"service": "A-ASSOCIATE", "x": 1}, "x is no parameter of A-ASSOCIATE"),
        (A_ASSOCIATE, {"service": "A-ASSOCIATE", "result": "1"}, "result must be an int"),
        (A_RELEASE, '{"service": "A-RELEASE", "service": "A-RELEASE"}', "stands there twice"),
        (PDU, {"type": "os"}, "type is 'os', which is none that can be here"),
        (PDU, {"type": "MaximumLengthSubItem"}, "which is none that can be here"),
        (PDU, {"type": "PDU"}, "which is none that can be here"),
        (PDU, {"type": ["A_RELEASE_RQ"]}, "which is none that can be here"),
        (PDU, {"type": "A_ABORT_PDU", "source": 0, "encoded": ""}, "encoded is no attribute"),
        (PDU, {"type": "A_ABORT_PDU"}, "missing 1 required positional argument: 'source'"),
        (Item, {"type": "UserIdentitySubItemAC", "server_response": "*"}, "server_response: "),
        (Item, {"type": "UserIdentitySubItemAC", "server_response": 1}, "server_response: "),
        (Item, '{"type": ' * 5000, ""),
    ],
)
def test_what_is_none_is_a_value_error(kind: type[Any], source: Any, said: str) -> None:
    with pytest.raises(ValueError, match=said.replace("[", r"\[") or None):
        kind.from_json(source)
