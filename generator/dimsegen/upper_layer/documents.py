"""The shapes of the schema files of the Upper Layer.

This is the whole vocabulary. A key that is not here is an error in a file, and a key that is here
has a builder that reads it.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..reading.shapes import Cell, Choice, Key, ListOf, MapOf, Record, Text
from ..table.errata_file import ERRATA
from ..table.terms import COLUMN, SECTION, SENTENCE
from .family import CELLS, EQUAL_TO
from .model import Contents, Kind, Occurs, Order, ValueKind

_LINE = r'[^\s"\\]([^"\\\n]*[^\s"\\])?'

PRINTED = Text("a name as printed, without double quotes", _LINE)
WORDS = Text("text as printed, in one line, without double quotes", _LINE)
DEFINITION = Text(WORDS.what, WORDS.pattern, has_quotes=True)
SERVICE = Text("a service name: words in capitals, joined by hyphens", r"[A-Z]+(-[A-Z]+)*")
CLASS = Text("the name of a class", r"[A-Z][A-Za-z]*(_[A-Z]+)*")
KNOWN_CLASS = Text("the class of a structure", CLASS.pattern, is_looked_up=True)
ENUMERATION = Text("the name of an enumeration", r"[A-Z][A-Za-z]+")
ATTRIBUTE = Text("an attribute: small letters, digits and _", r"[a-z][a-z0-9_]*")
MEMBER = Text("a name in capitals", r"[A-Z][A-Z0-9_]*")
TABLE = Text('a table such as "9-11"', r"([A-Z]\.[0-9]+|[0-9]+)-[0-9]+", is_quoted=True)
PART_OF_TABLE = Text(TABLE.what, TABLE.pattern, has_quotes=True)
CLAUSE = Text(
    'a section such as "7.1.1.2", after its part if that is not PS3.8',
    r"(PS3\.[0-9]+ )?[A-Z0-9]+(\.[0-9]+)*",
    has_quotes=True,
)
BYTES = Text('the bytes as printed, in quotes, such as "3-6"', r"[0-9a-z()+ -]+", is_quoted=True)
OCTETS = Text("a value as printed, such as 01H", r"([0-9A-F]{2})+H")
FIXED = Text("text in quotes", _LINE, is_quoted=True)
CODES = Text('a code or a range such as "4-6", in quotes', r"[0-9]+(-[0-9]+)?", is_quoted=True)
NUMBER = Text("a number in quotes", r"[0-9]+", is_quoted=True)
UID = Text("a UID", r"[0-9]+(\.[0-9]+)+")
SPAN = Text("a range such as 1-16", r"[0-9]+-[0-9]+")
STATE = Text("a state such as Sta1", r"Sta[0-9]+")
KNOWN_STATE = Text("a state", STATE.pattern, is_looked_up=True)
ACTION = Text("an action such as AE-1", r"[A-Z]{2}-[0-9]+")
EVENT = Text("an event: capitals, digits and _", MEMBER.pattern)
KNOWN_EVENT = Text("an event", MEMBER.pattern, is_looked_up=True)
TRANSITION = Text('an action and the next state, as printed, or "" for a blank cell', r".*")

# How long the names of states and actions, and of events, may be.
_SHORT, _EVENT = len("Sta13"), 34


def _may_equal(columns: Sequence[str]) -> Sequence[str]:
    return [column for column in columns if column in EQUAL_TO]


CONDITION = MapOf(PRINTED, ListOf(Text("a value", r"[A-Z0-9_]+"), or_one=True, needs_one=True))

VALUE = Record(
    "value",
    {
        "code": Key(CODES, "The code, or the range of codes.", stop=len('"8-10"')),
        "when": Key(CONDITION, "The value of the field that it depends on.", is_required=False),
        "table": Key(
            TABLE,
            "The table that prints it, if not all do.",
            is_required=False,
            stop=len('"D.3-10"'),
        ),
        "name": Key(MEMBER, "Its name in the enumeration.", is_required=False),
        "text": Key(WORDS, "What it means, as printed."),
    },
)
_CONVEYS = Key(
    PRINTED,
    "What of the primitive it conveys: a parameter, or a part of one.",
    is_required=False,
)
_VALUES = Key(
    MapOf(PRINTED, ListOf(VALUE, needs_one=True)),
    "The values that are printed for a field, in printed order.",
    is_required=False,
)

PARAMETER = Record(
    "parameter",
    {
        "is": Key(Choice(tuple(kind.value for kind in ValueKind)), "What kind of value it has."),
        "of": Key(ENUMERATION, "The enumeration of its codes.", is_required=False),
        "value": Key(FIXED, "The fixed value.", is_required=False),
        "same_as": Key(PRINTED, "The parameter whose value is its fixed value.", is_required=False),
        "repeats": Key(
            Text("yes, in quotes", "yes", is_quoted=True),
            "That a response repeats the value of the indication, unless it is given another.",
            is_required=False,
        ),
        "unless": Key(CONDITION, "When a mandatory cell does not hold.", is_required=False),
        "only_when": Key(CONDITION, "When alone it may be present.", is_required=False),
        "see": Key(CLAUSE, "The clause that describes it.", is_required=False),
    },
    others=Cell(CELLS, quoted=("",), equal_in=_may_equal),
    named_under="columns",
    usual=("request", "indication", "response", "confirmation"),
)

SERVICE_TABLE = Record(
    "service",
    {
        "service": Key(SERVICE, "The name of the service."),
        "summary": Key(SENTENCE, "What it is for."),
        "reference": Key(
            Record(
                "reference",
                {
                    "section": Key(SECTION, "The section of PS3.8."),
                    "tables": Key(ListOf(TABLE, needs_one=True), "The tables in it."),
                },
            ),
            "Where its table is, in one part or more.",
        ),
        "columns": Key(
            MapOf(COLUMN, PRINTED, needs_one=True), "The columns and their printed headings."
        ),
        "parameters": Key(
            MapOf(
                PART_OF_TABLE, MapOf(PRINTED, PARAMETER, needs_one=True, stop=45), needs_one=True
            ),
            "The rows as printed, under the table that prints them.",
        ),
        "values": _VALUES,
    },
)

FIELD = Record(
    "field",
    {
        "bytes": Key(BYTES, "Its bytes, as printed.", stop=len('"75-xxx"')),
        "field": Key(PRINTED, "Its name, as printed.", stop=45),
        "is": Key(
            Choice(tuple(kind.value for kind in Contents)), "What it holds.", stop=len("reserved")
        ),
        "value": Key(OCTETS, "The fixed value, as printed.", is_required=False),
        "of": Key(
            PRINTED,
            "length: the field whose length it is, else that of all that follows; code: the "
            "enumeration; echo: the structure whose same bytes come back.",
            is_required=False,
        ),
        "bit": Key(Text("a bit", "[0-7]"), "The bit that is tested.", is_required=False),
        "default": Key(NUMBER, "The value that a constructor takes for it.", is_required=False),
        "characters": Key(SPAN, "How many characters it may have.", is_required=False),
        "kept": Key(
            Text("yes, in quotes", "yes", is_quoted=True),
            "reserved: that what is received is sent again.",
            is_required=False,
        ),
        "conveys": _CONVEYS,
        "without": Key(MEMBER, "The value that is sent without that.", is_required=False),
        "only_when": Key(CONDITION, "When alone it is significant.", is_required=False),
        "see": Key(CLAUSE, "The clause that describes it.", is_required=False),
    },
)

CONTAINED = Record(
    "contained",
    {
        "occurs": Key(
            Choice(tuple(each.value for each in Occurs)),
            "How often it stands there.",
            stop=len("at most one"),
        ),
        "as": Key(ATTRIBUTE, "What the structure calls it."),
        "conveys": _CONVEYS,
        "without": Key(
            UID, "The UID that is sent without that, where none counts.", is_required=False
        ),
        "in": Key(KNOWN_CLASS, "The only PDU that may have it.", is_required=False),
        "one_for": Key(
            PRINTED, "The field of which no two of them have the same value.", is_required=False
        ),
        "answers": Key(
            KNOWN_CLASS, "What of the request it answers, and only that.", is_required=False
        ),
        "asked_by": Key(
            PRINTED, "The field of what it answers that asks for it, if not 0.", is_required=False
        ),
        "at_most": Key(
            ListOf(PRINTED, needs_one=True),
            "The fields that are at most those of what it answers.",
            is_required=False,
        ),
        "no_limit": Key(NUMBER, "The value of those that is no limit.", is_required=False),
        "see": Key(CLAUSE, "The clause that describes it."),
    },
)

STRUCTURE = Record(
    "pdu",
    {
        "structure": Key(PRINTED, "Its name, as the title of its section has it."),
        "class": Key(CLASS, "The name of its class."),
        "kind": Key(Choice(tuple(kind.value for kind in Kind)), "What it is."),
        "summary": Key(SENTENCE, "What it is for."),
        "primitive": Key(
            Record(
                "primitive",
                {
                    "becomes": Key(
                        ListOf(SERVICE, or_one=True, needs_one=True), "The service, or services."
                    ),
                    "as": Key(
                        COLUMN, "The column of its receiver, if not indication.", is_required=False
                    ),
                    "sets": Key(
                        MapOf(PRINTED, MEMBER),
                        "The parameters that it does not carry, and what it says they are.",
                        is_required=False,
                    ),
                    "takes": Key(
                        ListOf(PRINTED),
                        "The parameters that its receiver knows from elsewhere.",
                        is_required=False,
                    ),
                },
            ),
            "The primitive that a PDU conveys.",
            is_required=False,
        ),
        "references": Key(
            ListOf(
                Record(
                    "place",
                    {
                        "part": Key(Text("a part such as PS3.8", r"PS3\.[0-9]+"), "The part."),
                        "section": Key(SECTION, "The section."),
                        "table": Key(TABLE, "The table in it."),
                    },
                ),
                needs_one=True,
            ),
            "Where its table is; more than one where the standard prints it again.",
        ),
        "fields": Key(ListOf(FIELD, needs_one=True), "The rows of its table, as printed."),
        "values": _VALUES,
        "order": Key(
            Choice(tuple(order.value for order in Order)),
            "The order of what it contains.",
            is_required=False,
        ),
        "contains": Key(
            MapOf(KNOWN_CLASS, CONTAINED, needs_one=True, stop=40),
            "The items in it, ascending by type.",
            is_required=False,
        ),
    },
)

STATES = Record(
    "states",
    {
        "reference": Key(
            Record(
                "where",
                {
                    "section": Key(SECTION, "The section of PS3.8."),
                    "table": Key(TABLE, "The table of transitions."),
                },
            ),
            "Where the state machine is.",
        ),
        "states": Key(
            MapOf(
                STATE,
                Record(
                    "state",
                    {
                        "text": Key(DEFINITION, "Its definition, as printed."),
                        "see": Key(TABLE, "The table that defines it."),
                    },
                ),
                needs_one=True,
                stop=_SHORT,
            ),
            "The states.",
        ),
        "actions": Key(
            MapOf(
                ACTION,
                Record(
                    "action",
                    {
                        "text": Key(DEFINITION, "Its definition, as printed."),
                        "next": Key(
                            ListOf(KNOWN_STATE, or_one=True, needs_one=True),
                            "The state that it ends in, or those that it may end in.",
                        ),
                        "see": Key(TABLE, "The table that defines it."),
                    },
                ),
                needs_one=True,
                stop=_SHORT,
            ),
            "The actions.",
        ),
        "events": Key(
            MapOf(
                EVENT,
                Record(
                    "event",
                    {
                        "text": Key(DEFINITION, "The heading of its row, as printed."),
                        "pdu": Key(KNOWN_CLASS, "The PDU that is received.", is_required=False),
                    },
                ),
                needs_one=True,
                stop=_EVENT,
            ),
            "The events, in printed order.",
        ),
        "transitions": Key(
            MapOf(
                KNOWN_EVENT,
                Record("transitions", {}, others=TRANSITION, named_under="states", is_grid=True),
                needs_one=True,
                stop=_EVENT,
            ),
            "The rows of the table, every state in each.",
        ),
    },
)

DOCUMENTS = {"service": SERVICE_TABLE, "pdu": STRUCTURE, "states": STATES, "errata": ERRATA}
