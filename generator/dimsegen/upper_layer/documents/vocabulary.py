"""The words of a schema file of the Upper Layer: names, clauses, codes and bytes."""

from __future__ import annotations

from ...reading.shapes import Key, ListOf, MapOf, Record, Text
from ...table.terms import DOCUMENT_NAME

_LINE = r'[^\s"\\]([^"\\\n]*[^\s"\\])?'

PRINTED = Text("a name as printed, without double quotes", _LINE)
WORDS = Text("text as printed, in one line, without double quotes", _LINE)
DEFINITION = Text(WORDS.what, WORDS.pattern, has_quotes=True)
SERVICE = Text("a service name: words in capitals, joined by hyphens", r"[A-Z]+(-[A-Z]+)*")
CLASS = Text("the name of a class", r"[A-Z][A-Za-z]*(_[A-Z]+)*")
PRIMITIVE = Text(
    "a primitive such as A-RELEASE indication", f"{SERVICE.pattern} [a-z]+", is_looked_up=True
)
KNOWN_CLASS = Text("the class of a structure", CLASS.pattern, is_looked_up=True)
ENUMERATION = Text("the name of an enumeration", r"[A-Z][A-Za-z]+")
ATTRIBUTE = Text("an attribute: small letters, digits and _", r"[a-z][a-z0-9_]*")
MEMBER = Text("a name in capitals", r"[A-Z][A-Z0-9_]*")
TABLE = Text('a table such as "9-11"', r"([A-Z]\.[0-9]+|[0-9]+)-[0-9]+", is_quoted=True)
PART_OF_TABLE = Text(TABLE.what, TABLE.pattern, has_quotes=True)
CLAUSE = Text(
    'a section such as "7.1.1.2", after its document if that is not PS3.8',
    rf"({DOCUMENT_NAME.pattern} )?[A-Z0-9]+(\.[0-9]+)*",
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
        "see": Key(
            CLAUSE, "The clause, if the tables of the field do not have it.", is_required=False
        ),
    },
)
VALUES = Key(
    MapOf(PRINTED, ListOf(VALUE, needs_one=True, told_by=("code", "when", "table"))),
    "The values that are printed for a field, in printed order.",
    is_required=False,
)
