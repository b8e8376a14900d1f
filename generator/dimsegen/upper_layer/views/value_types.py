"""How a kind of value is stored in a primitive: its type, and what coerces it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..model import ValueKind


@dataclass(frozen=True)
class ValueType:
    """How a kind of value is stored: its type, what a setter takes, and what coerces that.

    `what` says it to people; what stands in braces there, the tables say.
    """

    type: str
    taken: str
    coerce: str
    what: str


VALUE_TYPES: Mapping[ValueKind, ValueType] = {
    ValueKind.UID: ValueType("UID", "UIDLike", "to_uid", "A UID of at most 64 characters"),
    ValueKind.AE_TITLE: ValueType("str", "str", "to_title", "At most {width} characters"),
    ValueKind.ADDRESS: ValueType("Address", "Address", "to_address", "Host and port"),
    ValueKind.TEXT: ValueType("str", "str", "to_words", "A text"),
    ValueKind.CODE: ValueType("int", "int", "to_code", "A code"),
    ValueKind.DIAGNOSTIC: ValueType("int", "int", "to_code", "A code of {table}, by {source}"),
    ValueKind.USER_DATA: ValueType(
        "tuple[UserDataSubItem, ...]",
        "Iterable[UserDataSubItem]",
        "to_user_data",
        "The user data sub-items",
    ),
    ValueKind.CONTEXT_DEFINITIONS: ValueType(
        "tuple[PresentationContextDefinition, ...]",
        "Iterable[DefinitionLike]",
        "to_definitions",
        "The presentation contexts that are proposed",
    ),
    ValueKind.CONTEXT_RESULTS: ValueType(
        "tuple[PresentationContextResult, ...]",
        "Iterable[ResultLike]",
        "to_results",
        "A result for each presentation context that was proposed",
    ),
    ValueKind.DATA_VALUES: ValueType(
        "tuple[PresentationDataValueItem, ...]",
        "Iterable[PresentationDataValueItem]",
        "to_data_values",
        "The presentation data values",
    ),
    ValueKind.UNUSED: ValueType("object", "object", "to_any", "Not used"),
}
