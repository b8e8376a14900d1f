"""The shape of usages.yaml: what each column is about, and what each code means."""

from __future__ import annotations

from ...reading.shapes import Choice, Key, ListOf, MapOf, Record, Text
from ...table.terms import CODE as STATUS_CODE
from ...table.terms import RULE, SECTION
from ..model import REQUEST, RESPONSE, SCP, SCU, ColumnKind, Presence
from .vocabulary import ATTRIBUTE, COLUMN, PARAMETER, PRINTED, SERVICE, STATE

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

REQUEST_PARAMETERS = Record(
    "request",
    {
        "sop_class": Key(PARAMETER, "The parameter that names the SOP class."),
        "type": Key(PARAMETER, "The parameter with the event or action type.", is_required=False),
        "asks": Key(
            PARAMETER, "The parameter that lists what shall be returned.", is_required=False
        ),
        "query": Key(
            PARAMETER,
            "The parameter with a data set of the keys that shall be returned.",
            is_required=False,
        ),
        "status": Key(STATUS_CODE, "The usual status of a response that has a data set."),
    },
)

ATTRIBUTES = Record(
    "attributes",
    {
        "sop_class": Key(ATTRIBUTE, "The UID of the SOP class."),
        "sop_instance": Key(ATTRIBUTE, "The UID of the SOP Instance."),
        "level": Key(ATTRIBUTE, "The level of a query."),
        "transaction": Key(ATTRIBUTE, "The UID that whoever has locked an instance knows."),
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
        "requests": Key(
            MapOf(SERVICE, REQUEST_PARAMETERS),
            "Which parameters of a request say what data sets are about.",
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
        "attributes": Key(ATTRIBUTES, "What is the same attribute in every data set."),
    },
)
