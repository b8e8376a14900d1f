"""The shape of statuses.yaml."""

from __future__ import annotations

from ...reading.shapes import Key, ListOf, MapOf, Record
from ...table.terms import (
    CODE,
    IDENTIFIER,
    KNOWN_IDENTIFIER,
    KNOWN_KEYWORD,
    NAME,
    RESPONDER,
    SECTION,
)
from .element_shapes import IN_DOCUMENT

STATUS_CLASS = Record(
    "status_class",
    {
        "name": Key(NAME, "The name, as printed."),
        "codes": Key(ListOf(CODE, needs_one=True), "The codes of the class, as printed."),
        "except": Key(ListOf(CODE), "Those it leaves out.", is_required=False),
        "see": Key(SECTION, "The clause."),
        "document": IN_DOCUMENT,
    },
)

STATUS_TYPE_HEAD = Record(
    "status_type_head",
    {
        "name": Key(NAME, "The name, as printed."),
        "class": Key(KNOWN_IDENTIFIER, "The status class."),
        "codes": Key(ListOf(CODE, needs_one=True), "The code, or the range."),
        "see": Key(SECTION, "The clause."),
        "document": IN_DOCUMENT,
    },
)

STATUS_FIELD = Record(
    "status_field",
    {
        "response": Key(
            ListOf(
                RESPONDER,
                or_one=True,
                needs_one=True,
            ),
            "The services whose responses may have the field; any for all.",
        )
    },
)

STATUS_TYPE = Record(
    "status_type",
    {
        "type": Key(STATUS_TYPE_HEAD, "What the status is."),
        "fields": Key(MapOf(KNOWN_KEYWORD, STATUS_FIELD), "What it permits."),
    },
)

STATUSES = Record(
    "statuses",
    {
        "classes": Key(
            MapOf(IDENTIFIER, STATUS_CLASS, needs_one=True), "The status classes of Annex C."
        ),
        "types": Key(
            MapOf(IDENTIFIER, STATUS_TYPE, needs_one=True), "The status types of Annex C."
        ),
    },
)
