"""The shape of states.yaml: states, events, actions and transitions."""

from __future__ import annotations

from ...reading.shapes import Choice, Key, ListOf, MapOf, Record
from ...table.terms import EDITION, SECTION
from ..model import End
from .vocabulary import (
    ACTION,
    DEFINITION,
    EVENT,
    KNOWN_CLASS,
    KNOWN_EVENT,
    KNOWN_STATE,
    PRIMITIVE,
    STATE,
    TABLE,
    TRANSITION,
)

# How long the names of states and actions, and of events, may be.
_SHORT, _EVENT = len("Sta13"), 34

STATES = Record(
    "states",
    {
        "edition": Key(
            EDITION, "The edition of the standard that all files state.", is_required=False
        ),
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
                        "side": Key(
                            Choice((End.REQUESTOR.value, End.ACCEPTOR.value)),
                            "The only end of an association that can be in it.",
                            is_required=False,
                        ),
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
                        "sends": Key(
                            ListOf(KNOWN_CLASS, or_one=True, needs_one=True),
                            "The PDU that it sends to the peer, or those that it may send.",
                            is_required=False,
                        ),
                        "issues": Key(
                            ListOf(PRIMITIVE, or_one=True, needs_one=True),
                            "What it issues to the local user, or what it may issue.",
                            is_required=False,
                        ),
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
                        "primitive": Key(
                            PRIMITIVE, "What the local user issues.", is_required=False
                        ),
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
