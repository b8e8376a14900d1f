"""The shape of an example: a message, and the attributes of its data set."""

from __future__ import annotations

from ...reading.shapes import Key, ListOf, MapOf, Record, Text, ValueOrItems
from .vocabulary import ATTRIBUTE, PRINTED, SOME_OF_THE_FILE, TYPE_ID

MESSAGE = Text("a message such as N-CREATE request", r"[CN](-[A-Z]+)+ (request|response)")
DATA = Text('a value in one line, "" if it is empty; bytes as hexadecimal digits', r'[^"\n]*')
DATA_SET: MapOf = MapOf(ATTRIBUTE, ValueOrItems(DATA, lambda: DATA_SET))

EXAMPLE = Record(
    "example",
    {
        "title": Key(PRINTED, "What it says, in a few words."),
        "message": Key(MESSAGE, "The message that has the data set."),
        "type": Key(TYPE_ID, "The event or action type.", is_required=False),
        "sop_classes": SOME_OF_THE_FILE,
        "data_set": Key(DATA_SET, "Its attributes, in any order."),
    },
)
EXAMPLES = Key(
    ListOf(EXAMPLE, needs_one=True), "Data sets that keep every rule.", is_required=False
)
