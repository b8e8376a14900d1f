"""The shape of a service file: its rows with their conditions, and its messages."""

from __future__ import annotations

from ...reading.problems import listed
from ...reading.shapes import Choice, Condition, Hex, HexOr, Key, ListOf, MapOf, Record, Shape
from ...table.terms import (
    COLUMN,
    FIXED_TEXT,
    KNOWN_COLUMN,
    KNOWN_IDENTIFIER,
    KNOWN_KEYWORD,
    NAME,
    ROW_KEYWORD,
    SECTION,
    SENTENCE,
    SERVICE,
    STATUS_CLASS_NAME,
    TABLE,
    cell_of,
)
from ..family import USAGES
from .element_shapes import IN_DOCUMENT, RENAMED_FROM

# Only a response repeats its request, and it is the second column.
CELL = cell_of(USAGES, lambda columns: columns[1:2])
_FIXED = [usage.value for usage in USAGES if usage.is_fixed]
# What a message table says of its own; all else is a matter of the service table.
FROM_TABLE = "parameter"
_FIELD_USAGE = Choice((FROM_TABLE, *(usage.value for usage in USAGES if usage.is_mandatory)))

REFERENCE = Record(
    "reference",
    {
        "section": Key(SECTION, "The section of the standard."),
        "table": Key(TABLE, "The table in it."),
    },
)

_CONDITION = Condition(lambda: CONDITION)
_STATUS = HexOr(STATUS_CLASS_NAME)
_TESTS: dict[str, tuple[Shape, str]] = {
    "status": (
        ListOf(_STATUS, or_one=True, needs_one=True),
        "The status class, or the code, or a list of them.",
    ),
    "present": (ROW_KEYWORD, "The parameter that is present in the same message."),
    "absent": (ROW_KEYWORD, "The parameter that is absent from the same message."),
    "request": (
        Choice(("absent", "present")),
        "absent or present: whether the request had this parameter.",
    ),
    "not": (_CONDITION, "A condition that does not hold."),
    "any": (ListOf(_CONDITION, needs_one=True), "A list of conditions of which one holds."),
}
# The tests of a condition: all that are written must hold.
CONDITION: Record = Record(
    "condition",
    {key: Key(shape, doc, is_required=False) for key, (shape, doc) in _TESTS.items()},
    needs_one=True,
)

# What editors offer; a table may have other columns.
_COLUMNS = ("request", "response", "cancel")

# The other keys of a row are the columns of its service.
ROW = Record(
    "row",
    {
        "value": Key(
            HexOr(FIXED_TEXT),
            f"The fixed value, where a cell is {listed(_FIXED)}.",
            is_required=False,
        ),
        "equals": Key(
            ROW_KEYWORD, "The parameter of the request to be repeated (prose).", is_required=False
        ),
        "required_when": Key(_CONDITION, "When it shall be present.", is_required=False),
        "forbidden_when": Key(_CONDITION, "When it shall be absent.", is_required=False),
        "only_when": Key(_CONDITION, "When alone it may be present.", is_required=False),
        "permitted_when": Key(
            _CONDITION, "When the text says it may be present; forbids nothing.", is_required=False
        ),
        "see": Key(SECTION, "The clause that describes the parameter.", is_required=False),
        "renamed_from": RENAMED_FROM,
    },
    others=CELL,
    named_under="columns",
    usual=_COLUMNS,
)

MESSAGE_FIELD = Record(
    "message_field",
    {
        "usage": Key(
            _FIELD_USAGE,
            f"{FROM_TABLE} where the service table decides, else the message's own usage code.",
        ),
        "value": Key(Hex(), "The fixed value, where the usage code wants one.", is_required=False),
        "not": Key(Hex(), "A value that is not allowed.", is_required=False),
    },
)

MESSAGE = Record(
    "message",
    {
        "name": Key(SERVICE, "The name of the message, as printed."),
        "primitive": Key(SERVICE, "The primitive of a cancel message.", is_required=False),
        "reference": Key(REFERENCE, "Where its table is."),
        "fields": Key(
            MapOf(KNOWN_KEYWORD, MESSAGE_FIELD, needs_one=True),
            "The rows of its table, as printed.",
        ),
    },
)

DOCUMENT = Record(
    "service",
    {
        "service": Key(SERVICE, "The name of the service."),
        "summary": Key(SENTENCE, "What the service is for."),
        "reference": Key(
            Record("table_reference", {**REFERENCE.keys, "document": IN_DOCUMENT}),
            "Where its service table is; its messages are in the same document.",
        ),
        "columns": Key(
            MapOf(COLUMN, NAME, needs_one=True, usual=_COLUMNS),
            "The columns of the table and their headings.",
        ),
        "parameters": Key(
            MapOf(KNOWN_KEYWORD, ROW, needs_one=True), "The rows of the service table, as printed."
        ),
        "messages": Key(
            MapOf(KNOWN_COLUMN, MESSAGE, needs_one=True, usual=_COLUMNS),
            "The message table of each column.",
        ),
        "statuses": Key(
            ListOf(KNOWN_IDENTIFIER), "The status types, as its Status clause lists them."
        ),
        "descriptions": Key(
            MapOf(KNOWN_KEYWORD, SENTENCE), "What a parameter is for here.", is_required=False
        ),
        "examples": Key(
            MapOf(KNOWN_COLUMN, MapOf(KNOWN_KEYWORD, HexOr(FIXED_TEXT)), usual=_COLUMNS),
            "The values of a typical message of a column, for the reference pages: text in quotes, "
            "a number as 0x and four digits, tags as printed, a data set as its bytes in hex.",
            is_required=False,
        ),
    },
)
