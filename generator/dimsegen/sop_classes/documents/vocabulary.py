"""The words of a schema file of SOP classes: labels, keywords, codes and texts."""

from __future__ import annotations

from ...reading.shapes import Key, ListOf, Text
from ...table.terms import DOCUMENT_NAME

_LINE = r'[^\s"\\]([^"\\\n]*[^\s"\\])?'
_LABEL = r"([A-Z0-9]+(\.[0-9]+)*|[0-9]+)-[0-9]+[a-z]?"

PRINTED = Text("text as printed, without double quotes", _LINE)
PROSE = Text("a few words, without double quotes", _LINE, is_prose=True)
TABLE = Text('a table such as "F.7.2-1"', _LABEL, is_quoted=True)
MACRO = Text("a table of macros.yaml", _LABEL, is_quoted=True, is_looked_up=True)
SOP_CLASS = Text("the keyword of a SOP class", r"[A-Z][A-Za-z0-9]*")
UID = Text("a UID of at most 64 characters", r"(?=.{1,64}$)(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*))+")
KNOWN_SOP_CLASS = Text("the keyword of a SOP class", SOP_CLASS.pattern, is_looked_up=True)
ATTRIBUTE = Text("the keyword of an attribute", r"[A-Za-z][A-Za-z0-9]*", is_looked_up=True)
ATTRIBUTE_NAME = Text(
    "a keyword: a capital, then letters and digits", r"[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*"
)
CREATOR = Text(
    "a private creator of at most 64 characters", r'[^\s"\\](?=.{0,63}$)([^"\\\n]*[^\s"\\])?'
)
PRIVATE_TAG = Text('a tag such as "(0041,xx01)"', r"\([0-9A-F]{4},xx[0-9A-F]{2}\)", is_quoted=True)
PRIVATE_VRS = (
    *("AE", "AS", "AT", "CS", "DA", "DS", "DT", "FD", "FL", "IS", "LO", "LT", "OB", "OD", "OF"),
    *("OL", "OV", "OW", "PN", "SH", "SL", "SQ", "SS", "ST", "SV", "TM", "UC", "UI", "UL", "UN"),
    *("UR", "US", "UT", "UV"),
)
SECTION = Text(
    'a section such as "F.7", after its document if that is not PS3.4',
    rf"({DOCUMENT_NAME.pattern} )?[A-Z0-9]+(\.[0-9]+)*",
    is_quoted=True,
)
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
MEMBER = Text("a name in capitals", r"[A-Z][A-Z0-9_]*")
STATE = Text("a state", r"[A-Za-z][A-Za-z ]*")
LEVEL = Text("a Query/Retrieve Level", r"[A-Z]+")
PARAMETER = Text("the keyword of a parameter", r"[A-Z]\w*")
SOME_OF_THE_FILE = Key(
    ListOf(KNOWN_SOP_CLASS, or_one=True, needs_one=True),
    "Those SOP classes of the file that it is about, if not all.",
    is_required=False,
)

# Stands for every column of usages.
EVERY = "every"
COLUMNS = (
    *("create", "create_reply", "set", "final", "get", "action", "action_reply"),
    *("event", "event_reply", "usage", "matching", "return", "key", "query", "answer"),
)
# The codes of these columns vary in length, and have a stop after the longest usual one.
STOPS = {
    **dict.fromkeys(("create", "set", "get"), len("not-allowed")),
    **dict.fromkeys(("usage", "action", "event"), len("1C/1C")),
    **dict.fromkeys(("final", "matching", "return"), len('"1C"')),
}
