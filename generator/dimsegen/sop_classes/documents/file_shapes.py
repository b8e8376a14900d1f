"""The shapes of a file of SOP classes, with its tables, statuses and states, and of macros."""

from __future__ import annotations

from ...reading.shapes import Choice, Key, ListOf, MapOf, Record, Text
from ...table.terms import CODE as STATUS_CODE
from ...table.terms import MULTIPLICITY
from .example_shapes import EXAMPLES
from .row_shapes import ROWS
from .vocabulary import (
    ATTRIBUTE,
    ATTRIBUTE_NAME,
    COLUMNS,
    CREATOR,
    KNOWN_SOP_CLASS,
    LEVEL,
    MEMBER,
    PAIR,
    PRINTED,
    PRIVATE_TAG,
    PRIVATE_VRS,
    PROSE,
    SECTION,
    SERVICE,
    SOME_OF_THE_FILE,
    SOP_CLASS,
    STATE,
    TABLE,
    TYPE_ID,
    UID,
)

TYPE = Record(
    "type",
    {
        "name": Key(PRINTED, "Its name, as printed."),
        "rows": Key(ROWS, "The rows of its information.", is_required=False),
    },
)
TYPES = MapOf(TYPE_ID, TYPE, needs_one=True)

ATTRIBUTE_TABLE = Record(
    "table",
    {
        "name": Key(PRINTED, "The name of a macro, as printed.", is_required=False),
        "section": Key(SECTION, "The section that it is in."),
        "level": Key(LEVEL, "The Query/Retrieve Level that it is about.", is_required=False),
        "columns": Key(
            Record(
                "columns",
                {
                    column: Key(PRINTED, "Its heading, as printed.", is_required=False)
                    for column in COLUMNS
                },
                needs_one=True,
            ),
            "Its columns, with the printed headings.",
        ),
        "sop_classes": SOME_OF_THE_FILE,
        "also": Key(
            MapOf(SERVICE, SECTION, needs_one=True),
            "Services that it is about too, and the clauses that say so.",
            is_required=False,
        ),
        "rows": Key(ROWS, "Its rows, in printed order.", is_required=False),
        "event_types": Key(TYPES, "Its parts, one for each event type.", is_required=False),
        "action_types": Key(TYPES, "Its parts, one for each action type.", is_required=False),
    },
)

STATUS = Record(
    "status",
    {
        "code": Key(STATUS_CODE, "Its code, as printed."),
        "class": Key(
            Choice(("Success", "Warning", "Failure", "Cancel", "Pending")), "Its class, as printed."
        ),
        "meaning": Key(PROSE, "Its meaning, as printed.", is_required=False),
        "name": Key(MEMBER, "The name of the constant that it is.", is_required=False),
        "fields": Key(ListOf(ATTRIBUTE), "The related fields.", is_required=False),
        "comment": Key(PRINTED, "The Error Comment that it has.", is_required=False),
        "error_id": Key(STATUS_CODE, "The Error ID that it has.", is_required=False),
    },
)

STATUS_TABLE = Record(
    "statuses",
    {
        "section": Key(SECTION, "The section that it is in."),
        "services": Key(
            ListOf(SERVICE, or_one=True, needs_one=True), "The services whose responses have them."
        ),
        "sop_classes": SOME_OF_THE_FILE,
        "type": Key(TYPE_ID, "The only action type that it is about.", is_required=False),
        "rows": Key(ListOf(STATUS, needs_one=True), "The statuses, in printed order."),
    },
)

TRANSITION = Record(
    "transition",
    {
        "event": Key(PRINTED, "The event, as printed."),
        "service": Key(SERVICE, "The service whose request it is."),
        "type": Key(TYPE_ID, "The action type.", is_required=False),
        "value": Key(STATE, "The state that is asked for.", is_required=False),
        "transaction": Key(
            Choice(("correct", "other")),
            "Whether the Transaction UID is that of the instance.",
            is_required=False,
        ),
        "from": Key(
            MapOf(STATE, Text("the next state, a status, or both", r".*"), needs_one=True),
            "What comes of it in each state.",
        ),
        "see": Key(SECTION, "The clause that says so.", is_required=False),
    },
)

STATES = Record(
    "states",
    {
        "attribute": Key(ATTRIBUTE, "The attribute that holds the state."),
        "section": Key(SECTION, "The section that it is in."),
        "tables": Key(ListOf(TABLE, needs_one=True), "The tables in it."),
        "states": Key(
            MapOf(STATE, Choice(("open", "final")), needs_one=True),
            "The states; whether nothing follows them.",
        ),
        "transitions": Key(ListOf(TRANSITION, needs_one=True), "What leads to which state."),
    },
)

FILE = Record(
    "sop_class",
    {
        "sop_classes": Key(
            MapOf(
                SOP_CLASS,
                Record(
                    "sop_class",
                    {
                        "uid": Key(UID, "Its UID, if it is a private one.", is_required=False),
                        "name": Key(
                            PRINTED, "Its name, if it is a private one.", is_required=False
                        ),
                        "section": Key(SECTION, "The section that describes it."),
                        "table": Key(TABLE, "Its DIMSE service group.", is_required=False),
                        "services": Key(
                            MapOf(SERVICE, PAIR, needs_one=True),
                            "The services; SCU/SCP.",
                            is_required=False,
                        ),
                        "action_types": Key(
                            MapOf(TYPE_ID, PAIR, needs_one=True),
                            "The types of N-ACTION that it has, if not all; SCU/SCP.",
                            is_required=False,
                        ),
                        "consists_of": Key(
                            MapOf(KNOWN_SOP_CLASS, PAIR, needs_one=True),
                            "The SOP classes that a Meta SOP class consists of; SCU/SCP.",
                            is_required=False,
                        ),
                        "stands_for": Key(
                            ListOf(KNOWN_SOP_CLASS, needs_one=True),
                            "SOP classes in whose messages it is named.",
                            is_required=False,
                        ),
                    },
                ),
                needs_one=True,
            ),
            "The SOP classes that the file is about.",
        ),
        "private_attributes": Key(
            MapOf(
                ATTRIBUTE_NAME,
                Record(
                    "private_attribute",
                    {
                        "creator": Key(CREATOR, "Who has reserved its block of elements."),
                        "tag": Key(PRIVATE_TAG, "Group and element; xx for the block."),
                        "vr": Key(Choice(PRIVATE_VRS), "Value Representation."),
                        "vm": Key(MULTIPLICITY, "Value Multiplicity."),
                        "name": Key(PRINTED, "Its name, as printed."),
                    },
                ),
                needs_one=True,
            ),
            "The private attributes that tables may have, in any file.",
            is_required=False,
        ),
        "tables": Key(
            MapOf(TABLE, ATTRIBUTE_TABLE, needs_one=True),
            "Their attribute tables.",
            is_required=False,
        ),
        "statuses": Key(
            MapOf(TABLE, STATUS_TABLE, needs_one=True), "Their statuses.", is_required=False
        ),
        "statuses_of": Key(
            MapOf(TABLE, SECTION, needs_one=True),
            "Tables of statuses in other files that hold here too, and the clauses that say so.",
            is_required=False,
        ),
        "levels": Key(
            Record(
                "levels",
                {
                    "attribute": Key(ATTRIBUTE, "The attribute that names the level."),
                    "section": Key(SECTION, "The section that asks for it."),
                },
            ),
            "What says which of the tables with a level is meant.",
            is_required=False,
        ),
        "states": Key(STATES, "The states of an instance.", is_required=False),
        "examples": EXAMPLES,
    },
)

MACROS = Record(
    "macros", {"macros": Key(MapOf(TABLE, ATTRIBUTE_TABLE, needs_one=True), "The macros.")}
)
