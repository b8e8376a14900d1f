"""The shapes of the schema files of the SOP classes.

This is the whole vocabulary. A key that is not here is an error in a file, and a key that is here
has a builder that reads it.
"""

from __future__ import annotations

from ..reading.shapes import Choice, Condition, Key, ListOf, MapOf, Record, Shape, Text, Tree
from ..table.errata_file import ERRATA
from ..table.terms import CODE as STATUS_CODE
from ..table.terms import RULE, SECTION
from .model import REQUEST, RESPONSE, SCP, SCU, ColumnKind, ConditionKind, Presence

_LINE = r'[^\s"\\]([^"\\\n]*[^\s"\\])?'
_LABEL = r"([A-Z0-9]+(\.[0-9]+)*|[0-9]+)-[0-9]+[a-z]?"

PRINTED = Text("text as printed, without double quotes", _LINE)
PROSE = Text("a few words, without double quotes", _LINE, is_prose=True)
TABLE = Text('a table such as "F.7.2-1"', _LABEL, is_quoted=True)
MACRO = Text("a table of macros.yaml", _LABEL, is_quoted=True, is_looked_up=True)
SOP_CLASS = Text("the keyword of a SOP class", r"[A-Z][A-Za-z0-9]*")
KNOWN_SOP_CLASS = Text("the keyword of a SOP class", SOP_CLASS.pattern, is_looked_up=True)
ATTRIBUTE = Text("the keyword of an attribute", r"[A-Za-z][A-Za-z0-9]*", is_looked_up=True)
PATH = Text(
    "the keyword of an attribute, after ../ for each level up and the sequences on the way down",
    r"(\.\./)*([A-Z]\w*/)*[A-Z]\w*",
)
SERVICE = Text("a service such as N-CREATE", r"[CN](-[A-Z]+)+")
PAIR = Text("the usage of SCU and SCP such as M/M", r"[MU]/[MU]")
CODE = Text("a usage code of usages.yaml", r"[^\s]*", is_looked_up=True)
COLUMN = Text("a column", r"[a-z_]+")
VALUE = Text("a value", _LINE)
ITEMS = Text('how many items such as "1" or "1-n", in quotes', r"[0-9]+(-(n|[0-9]+))?", True)
TYPE_ID = Text("the number of a type, in quotes", r"[0-9]+", is_quoted=True)
STATE = Text("a state", r"[A-Za-z][A-Za-z ]*")
LEVEL = Text("a Query/Retrieve Level", r"[A-Z]+")

# Stands for every column of usages.
EVERY = "every"
COLUMNS = (
    *("create", "create_reply", "set", "final", "get", "action", "action_reply"),
    *("event", "event_reply", "usage", "matching", "return", "key", "query", "answer"),
)


def _condition() -> Record:
    return CONDITION


_SOME_CONDITIONS = ListOf(Condition(_condition), or_one=True, needs_one=True)
_CONDITION_SHAPES: dict[ConditionKind, tuple[Shape, str]] = {
    ConditionKind.ABSENT: (ListOf(PATH, or_one=True, needs_one=True), "None of them is there."),
    ConditionKind.PRESENT: (ListOf(PATH, or_one=True, needs_one=True), "All of them are there."),
    ConditionKind.WITH_VALUE: (
        ListOf(PATH, or_one=True, needs_one=True),
        "All of them are there, and none is empty.",
    ),
    ConditionKind.VALUE: (
        MapOf(PATH, ListOf(VALUE, or_one=True, needs_one=True), needs_one=True),
        "Each has one of these values.",
    ),
    ConditionKind.NOT_VALUE: (
        MapOf(PATH, ListOf(VALUE, or_one=True, needs_one=True), needs_one=True),
        "Each is there, and has none of these values.",
    ),
    ConditionKind.NONZERO: (
        ListOf(PATH, or_one=True, needs_one=True),
        "All of them are there, and none is 0.",
    ),
    ConditionKind.CHARACTERS: (
        Choice(("extended",)),
        "A text has characters beyond the default repertoire.",
    ),
    ConditionKind.ANY: (_SOME_CONDITIONS, "One of these conditions holds."),
    ConditionKind.ALL: (_SOME_CONDITIONS, "All of these conditions hold."),
    ConditionKind.NOT: (Condition(_condition), "This condition does not hold."),
}
CONDITION = Record(
    "condition",
    {
        **{
            kind.value: Key(shape, doc, is_required=False)
            for kind, (shape, doc) in _CONDITION_SHAPES.items()
        },
        **{
            column: Key(Condition(_condition), f"What holds for {column} alone.", is_required=False)
            for column in COLUMNS
        },
    },
    needs_one=True,
)


def _by_column(name: str, shape: Shape, doc: str) -> Key:
    record = Record(
        name,
        {
            EVERY: Key(shape, "That of every column of usages.", is_required=False),
            **{column: Key(shape, f"That of {column}.", is_required=False) for column in COLUMNS},
        },
        needs_one=True,
    )
    return Key(record, doc, is_required=False)


ROW = Record(
    "row",
    {
        "table": Key(MACRO, "include: the macro that stands here.", is_required=False),
        "of": Key(PRINTED, "others: what they are the attributes of.", is_required=False),
        **{
            column: Key(CODE, f"The usage code below {column}.", is_required=False)
            for column in COLUMNS
        },
        "required_when": Key(
            Condition(_condition), "When a conditional cell requires it.", is_required=False
        ),
        "only_when": Key(Condition(_condition), "When alone it may be there.", is_required=False),
        "values": _by_column(
            "values", ListOf(VALUE, or_one=True, needs_one=True), "The only values."
        ),
        "items": _by_column("items", ITEMS, "How many items there shall be."),
        "empty": Key(
            ListOf(COLUMN, or_one=True, needs_one=True),
            "The columns for which it shall have no value.",
            is_required=False,
        ),
        "demanded": Key(
            ListOf(COLUMN, or_one=True, needs_one=True),
            "The columns for which it shall be there, whatever the code.",
            is_required=False,
        ),
        "condition": Key(PRINTED, "What only a person can decide.", is_required=False),
        "see": Key(SECTION, "The section that says more.", is_required=False),
    },
)
ROWS = Tree(MapOf(ATTRIBUTE, ROW, needs_one=True))

TYPE = Record(
    "type",
    {
        "name": Key(PRINTED, "Its name, as printed."),
        "rows": Key(ROWS, "The rows of its information.", is_required=False),
    },
)
TYPES = MapOf(TYPE_ID, TYPE, needs_one=True)

_SOME_OF_THE_FILE = Key(
    ListOf(KNOWN_SOP_CLASS, or_one=True, needs_one=True),
    "Those SOP classes of the file that it is about, if not all.",
    is_required=False,
)

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
        "sop_classes": _SOME_OF_THE_FILE,
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
        "sop_classes": _SOME_OF_THE_FILE,
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
    },
)

MACROS = Record(
    "macros", {"macros": Key(MapOf(TABLE, ATTRIBUTE_TABLE, needs_one=True), "The macros.")}
)

USAGE = Record(
    "usage",
    {
        "scu": Key(Choice(tuple(each.value for each in Presence)), "What the SCU does."),
        "scp": Key(Choice(tuple(each.value for each in Presence)), "What the SCP does."),
        "empty": Key(Choice(("permitted", "forbidden")), "Whether it may have no value."),
        "text": Key(PRINTED, "What it means, in a few words."),
        "states": Key(
            ListOf(STATE, or_one=True, needs_one=True),
            "The final states that it is about, if not all.",
            is_required=False,
        ),
        "see": Key(SECTION, "The section that says so."),
    },
)

USAGES = Record(
    "usages",
    {
        "columns": Key(
            MapOf(
                COLUMN,
                Record(
                    "column",
                    {
                        "kind": Key(
                            Choice(tuple(each.value for each in ColumnKind)), "What its cells say."
                        ),
                        "legend": Key(COLUMN, "The legend of its codes."),
                        "services": Key(
                            ListOf(SERVICE, or_one=True),
                            "The services whose data sets it is about.",
                            is_required=False,
                        ),
                        "direction": Key(
                            Choice((REQUEST, RESPONSE)),
                            "The message that has them.",
                            is_required=False,
                        ),
                        "sender": Key(Choice((SCU, SCP)), "Who sends them.", is_required=False),
                    },
                ),
                needs_one=True,
            ),
            "What each column is about.",
        ),
        "legends": Key(
            MapOf(COLUMN, MapOf(Text("a usage code", r"[^\s]+"), USAGE, needs_one=True)),
            "The usage codes of each legend.",
        ),
        "answers": Key(
            MapOf(
                RULE,
                Record(
                    "answer",
                    {
                        "status": Key(STATUS_CODE, "The status of the response."),
                        "see": Key(
                            Text("a clause with its part", r"PS3\.[0-9]+ [A-Z0-9.]+"),
                            "The clause that says so.",
                        ),
                    },
                ),
            ),
            "The status with which an SCP answers what breaks a rule.",
        ),
    },
)

DOCUMENTS = {"sop_class": FILE, "macros": MACROS, "usages": USAGES, "errata": ERRATA}
