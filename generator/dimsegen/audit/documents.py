"""The shape of the schema file of captured dialogues.

This is the whole vocabulary. A key that is not here is an error in a file, and a key that is here
has a builder that reads it.
"""

from __future__ import annotations

from ..reading.shapes import Choice, Key, ListOf, MapOf, Record, Text
from .model import About, Mends

IDENTIFIER = Text("words in small letters, joined by hyphens", r"[a-z]+(-[a-z]+)*")
CLASS = Text("the class of a PDU", r"[A-Z][A-Za-z]*(_[A-Z]+)*")
EVENT = Text("an event: capitals, digits and _", r"[A-Z][A-Z0-9_]*")
PRIMITIVE = Text("a primitive such as N_GET", r"[A-Z]+(_[A-Z]+)*")
WORDS = Text("words in quotes, in one line, without double quotes", r'[^"\\\n]+', is_quoted=True)
CLAUSE = Text('a clause with its part, such as "PS3.8 9.2.3"', r'[^"\\\n]+', is_quoted=True)

RULE = Record(
    "rule",
    {
        "about": Key(Choice(tuple(each.value for each in About)), "What it is about."),
        "mends": Key(Choice(tuple(each.value for each in Mends)), "Who is to mend it."),
        "text": Key(WORDS, "What was found, with {facts} of the case."),
        "advice": Key(WORDS, "What to do about it."),
        "see": Key(CLAUSE, "Where the rule stands."),
    },
)

RULES = Record(
    "rules",
    {
        "sent_by": Key(
            MapOf(CLASS, EVENT, needs_one=True),
            "The event of PS3.8 Table 9-10 by which each PDU is sent.",
        ),
        "invoked_by_scp": Key(ListOf(PRIMITIVE), "The primitives that an SCP invokes."),
        "rules": Key(MapOf(IDENTIFIER, RULE, needs_one=True), "The rules, a line each."),
    },
)

DOCUMENTS = {"rules": RULES}
