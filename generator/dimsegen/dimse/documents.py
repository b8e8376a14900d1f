"""The shapes of the five kinds of schema files.

This is the whole vocabulary. A key that is not here is an error in a file, and a key that is here
has a builder that reads it.
"""

from __future__ import annotations

from ..reading.merging import partial
from ..reading.problems import listed
from ..reading.shapes import Choice, Condition, Hex, HexOr, Key, ListOf, MapOf, Record, Shape
from ..table.terms import (
    CODE,
    COLUMN,
    EDITION,
    ERRATUM_NAME,
    ERRATUM_ROW,
    FIXED_TEXT,
    IDENTIFIER,
    KEYWORD,
    KNOWN_COLUMN,
    KNOWN_IDENTIFIER,
    KNOWN_KEYWORD,
    LINK,
    MULTIPLICITY,
    NAME,
    OLD_KEYWORD,
    RESPONDER,
    ROW_KEYWORD,
    SECTION,
    SENTENCE,
    SERVICE,
    STANDARD_TABLES,
    STATUS_CLASS_NAME,
    TABLE,
    TAG,
    TITLE,
    VALUE_NAME,
    VR_NAME,
    cell_of,
)
from ..table.vr import VRS
from ..table.waivers import WAIVERS
from .family import USAGES
from .model import DEFAULT_REPERTOIRE, Role

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

_RENAMED_FROM = Key(OLD_KEYWORD, "The keyword it had in the version before.", is_required=False)

ELEMENT = Record(
    "element",
    {
        "tag": Key(TAG, "Group and element number, as printed."),
        "vr": Key(Choice(tuple(VRS)), "Value Representation."),
        "vm": Key(MULTIPLICITY, "Value Multiplicity."),
        "name": Key(NAME, "The name, as printed."),
        "role": Key(
            Choice(tuple(role.value for role in Role)),
            "The part the element plays in every message.",
            is_required=False,
        ),
        "values": Key(
            MapOf(VALUE_NAME, Hex(), needs_one=True),
            "The only values that the text allows.",
            is_required=False,
        ),
        "repertoire": Key(
            Choice((DEFAULT_REPERTOIRE,)),
            "The characters, where the text itself restricts them.",
            is_required=False,
        ),
        "equals": Key(
            KNOWN_KEYWORD,
            "The element of the request that every response repeats.",
            is_required=False,
        ),
        "none": Key(Hex(), "The value that says no data set follows.", is_required=False),
        "present": Key(Hex(), "The value to write where one follows.", is_required=False),
        "renamed_from": _RENAMED_FROM,
    },
)

RETIRED = Record(
    "retired_element",
    {
        "tag": Key(TAG, "Group and element number, as printed."),
        "vr": Key(VR_NAME, "Value Representation."),
        "vm": Key(MULTIPLICITY, "Value Multiplicity."),
        "name": Key(NAME, "The name, as printed."),
        "allowed_by": Key(
            SECTION, "The clause that lets a sender write it nevertheless.", is_required=False
        ),
    },
)

DATA_SET = Record(
    "data_set",
    {"name": Key(NAME, "The name, as printed."), "renamed_from": _RENAMED_FROM},
)

ELEMENTS = Record(
    "elements",
    {
        "edition": Key(
            EDITION, "The edition of the standard that all files state.", is_required=False
        ),
        "elements": Key(
            MapOf(KEYWORD, ELEMENT, needs_one=True), "The command elements, ascending by tag."
        ),
        "retired": Key(
            MapOf(KEYWORD, RETIRED),
            "The retired elements, ascending by tag.",
            is_required=False,
        ),
        "data_sets": Key(
            MapOf(KEYWORD, DATA_SET),
            "The parameters that travel as a data set.",
        ),
        "descriptions": Key(MapOf(KNOWN_KEYWORD, SENTENCE), "What each of them is."),
    },
)

STATUS_CLASS = Record(
    "status_class",
    {
        "name": Key(NAME, "The name, as printed."),
        "codes": Key(ListOf(CODE, needs_one=True), "The codes of the class, as printed."),
        "except": Key(ListOf(CODE), "Those it leaves out.", is_required=False),
        "see": Key(SECTION, "The clause."),
    },
)

STATUS_TYPE_HEAD = Record(
    "status_type_head",
    {
        "name": Key(NAME, "The name, as printed."),
        "class": Key(KNOWN_IDENTIFIER, "The status class."),
        "codes": Key(ListOf(CODE, needs_one=True), "The code, or the range."),
        "see": Key(SECTION, "The clause."),
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
        "renamed_from": _RENAMED_FROM,
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
        "reference": Key(REFERENCE, "Where its service table is."),
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

ERRATUM = Record(
    "erratum",
    {
        "title": Key(TITLE, "The contradiction in a few words."),
        "clause": Key(SENTENCE, "What one clause says."),
        "other_clause": Key(SENTENCE, "What the other says."),
        "decision": Key(SENTENCE, "What the schemas do."),
        "applies_to": Key(
            ListOf(ERRATUM_ROW),
            "The cells whose rule it shapes.",
        ),
        "explains": Key(
            ListOf(SENTENCE),
            "The differences from the printed page that `dimsegen verify` lets pass for it: "
            "rule, cell, what is printed and what the schemas say.",
            is_required=False,
        ),
    },
)

ERRATA = Record(
    "errata",
    {
        "errata": Key(
            MapOf(ERRATUM_NAME, ERRATUM),
            "The errata, by identifier.",
        )
    },
)

PRINTED_IN = Record(
    "standard",
    {
        "name": Key(NAME, "What references call it."),
        "edition": Key(TITLE, "Its edition.", is_required=False),
        "link": Key(
            LINK,
            "Its address; {place} in it stands for the section or the table of a reference.",
            is_required=False,
        ),
    },
)

PACKAGE = Record(
    "package",
    {
        "summary": Key(
            SENTENCE, "What the package is, for whoever asks for help.", is_required=False
        ),
        "standard": Key(
            PRINTED_IN, "The document that the tables of this folder are in.", is_required=False
        ),
        "extends": Key(
            Choice((STANDARD_TABLES,)),
            "standard: all tables of the standard count, too, but for what this folder replaces.",
            is_required=False,
        ),
    },
)

DOCUMENTS = {
    "elements": ELEMENTS,
    "statuses": STATUSES,
    "service": DOCUMENT,
    "errata": ERRATA,
    "waivers": WAIVERS,
    "package": PACKAGE,
}

# The files of a folder that extends the standard say what they add and replace, and no more.
EXTENDING = {
    **DOCUMENTS,
    **{kind: partial(DOCUMENTS[kind]) for kind in ("elements", "statuses", "service", "errata")},
}
