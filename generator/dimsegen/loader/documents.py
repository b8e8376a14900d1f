"""The shapes of the four kinds of schema files.

Invariant: this is the whole vocabulary. A key that is not here is an error in a file, and a key
that is here has a builder that reads it.
"""

from __future__ import annotations

from ..model.schema import Role
from .shapes import Choice, Condition, FixedValue, Hex, Key, ListOf, MapOf, Record, Text

KEYWORD = Text("a DICOM keyword such as MessageID", r"[A-Z][A-Za-z0-9]*")
SERVICE = Text("a service name such as N-GET", r"[A-Z]+(-[A-Z]+)*")
IDENTIFIER = Text("an identifier in lower case such as no_such_argument", r"[a-z][a-z0-9_]*")
SENTENCE = Text("a sentence")
NAME = Text("a name as printed")
SECTION = Text('a section number such as "10.1.2"', r"[A-Z0-9]+(\.[0-9]+)*", is_quoted=True)
TABLE = Text('a table number such as "10.1-2"', r"[A-Z0-9]+(\.[0-9]+)*-[0-9]+", is_quoted=True)
TAG = Text('a tag such as "(0000,0110)"', r"\([0-9A-Fa-f]{4},[0-9A-Fa-f]{4}\)", is_quoted=True)
CODE = Text(
    'a status code such as "0107" or "Bxxx"',
    r"[0-9A-F]{4}|[0-9A-F]{2}xx|[0-9A-F]xxx",
    is_quoted=True,
)
CELL = Text('a usage code such as M, "-" or "U(=)"')
COLUMN = Text("a column name such as response", r"[a-z]+")

REFERENCE = Record(
    "reference",
    {
        "section": Key(SECTION, "The section of the standard."),
        "table": Key(TABLE, "The table in it."),
    },
)

ELEMENT = Record(
    "element",
    {
        "tag": Key(TAG, "Group and element number, as printed."),
        "vr": Key(Text("a value representation such as US", r"[A-Z]{2}"), "Value Representation."),
        "vm": Key(
            Text('a value multiplicity such as "1"', r"[0-9]+(-([0-9]+|n))?", is_quoted=True),
            "Value Multiplicity.",
        ),
        "name": Key(NAME, "The name, as printed."),
        "role": Key(
            Choice(tuple(role.value for role in Role)),
            "The part the element plays in every message.",
            is_required=False,
        ),
        "values": Key(
            MapOf(Text("a name in upper case such as HIGH", r"[A-Z][A-Z0-9_]*"), Hex()),
            "The only values that the text allows.",
            is_required=False,
        ),
        "equals": Key(
            KEYWORD, "The element of the request that every response repeats.", is_required=False
        ),
        "none": Key(Hex(), "The value that says no data set follows.", is_required=False),
        "present": Key(Hex(), "The value to write where one follows.", is_required=False),
    },
)

ELEMENTS = Record(
    "elements",
    {
        "elements": Key(MapOf(KEYWORD, ELEMENT), "The command elements, ascending by tag."),
        "data_sets": Key(
            MapOf(KEYWORD, Record("data_set", {"name": Key(NAME, "The name, as printed.")})),
            "The parameters that travel as a data set.",
        ),
        "descriptions": Key(MapOf(KEYWORD, SENTENCE), "What each of them is."),
    },
)

STATUS_FIELD = Record(
    "status_field",
    {
        "response": Key(
            ListOf(
                Text('"any" or a service name such as N-GET', rf"any|{SERVICE.pattern}"),
                or_one=True,
            ),
            "The services whose responses may have the field; any for all.",
        )
    },
)

STATUSES = Record(
    "statuses",
    {
        "classes": Key(
            MapOf(
                IDENTIFIER,
                Record(
                    "status_class",
                    {
                        "name": Key(NAME, "The name, as printed."),
                        "codes": Key(ListOf(CODE), "The codes of the class, as printed."),
                        "except": Key(ListOf(CODE), "Those it leaves out.", is_required=False),
                        "see": Key(SECTION, "The clause."),
                    },
                ),
            ),
            "The status classes of Annex C.",
        ),
        "types": Key(
            MapOf(
                IDENTIFIER,
                Record(
                    "status_type",
                    {
                        "type": Key(
                            Record(
                                "status_type_head",
                                {
                                    "name": Key(NAME, "The name, as printed."),
                                    "class": Key(IDENTIFIER, "The status class."),
                                    "codes": Key(ListOf(CODE), "The code, or the range."),
                                    "see": Key(SECTION, "The clause."),
                                },
                            ),
                            "What the status is.",
                        ),
                        "fields": Key(MapOf(KEYWORD, STATUS_FIELD), "What it permits."),
                    },
                ),
            ),
            "The status types of Annex C.",
        ),
    },
)

# The other keys of a row are the columns of its service.
ROW = Record(
    "row",
    {
        "value": Key(FixedValue(), "The fixed value of an MF or UF cell.", is_required=False),
        "equals": Key(
            KEYWORD, "The parameter of the request to be repeated (prose).", is_required=False
        ),
        "required_when": Key(Condition(), "When it shall be present.", is_required=False),
        "forbidden_when": Key(Condition(), "When it shall be absent.", is_required=False),
        "only_when": Key(Condition(), "When alone it may be present.", is_required=False),
        "permitted_when": Key(
            Condition(), "When the text says it may be present; forbids nothing.", is_required=False
        ),
        "see": Key(SECTION, "The clause that describes the parameter.", is_required=False),
    },
    others=CELL,
)

MESSAGE_FIELD = Record(
    "message_field",
    {
        "usage": Key(
            Text('a usage code, or "parameter" where the service table decides'),
            "M or MF; parameter where the service table decides.",
        ),
        "value": Key(Hex(), "The fixed value of MF.", is_required=False),
        "not": Key(Hex(), "A value that is not allowed.", is_required=False),
    },
)

MESSAGE = Record(
    "message",
    {
        "name": Key(SERVICE, "The name of the message, as printed."),
        "primitive": Key(SERVICE, "The primitive of a cancel message.", is_required=False),
        "reference": Key(REFERENCE, "Where its table is."),
        "fields": Key(MapOf(KEYWORD, MESSAGE_FIELD), "The rows of its table, as printed."),
    },
)

DOCUMENT = Record(
    "service",
    {
        "service": Key(SERVICE, "The name of the service."),
        "summary": Key(SENTENCE, "What the service is for."),
        "reference": Key(REFERENCE, "Where its service table is."),
        "columns": Key(MapOf(COLUMN, NAME), "The columns of the table and their headings."),
        "parameters": Key(MapOf(KEYWORD, ROW), "The rows of the service table, as printed."),
        "messages": Key(MapOf(COLUMN, MESSAGE), "The message table of each column."),
        "statuses": Key(ListOf(IDENTIFIER), "The status types, as its Status clause lists them."),
        "descriptions": Key(
            MapOf(KEYWORD, SENTENCE), "What a parameter is for here.", is_required=False
        ),
    },
)

ERRATA = Record(
    "errata",
    {
        "errata": Key(
            MapOf(
                Text("an identifier such as S1", r"[A-Z]+[0-9]+"),
                Record(
                    "erratum",
                    {
                        "title": Key(SENTENCE, "The contradiction in a few words."),
                        "clause": Key(SENTENCE, "What one clause says."),
                        "other_clause": Key(SENTENCE, "What the other says."),
                        "decision": Key(SENTENCE, "What the schemas do."),
                        "applies_to": Key(
                            ListOf(
                                Text(
                                    "a cell such as N-GET.Status",
                                    rf"{SERVICE.pattern}\.{KEYWORD.pattern}",
                                )
                            ),
                            "The cells whose rule it shapes.",
                        ),
                    },
                ),
            ),
            "The errata, by identifier.",
        )
    },
)

DOCUMENTS = {"elements": ELEMENTS, "statuses": STATUSES, "service": DOCUMENT, "errata": ERRATA}
