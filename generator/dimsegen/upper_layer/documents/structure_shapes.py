"""The shape of a PDU, an item or a sub-item: its fields, and what stands in it."""

from __future__ import annotations

from ...reading.shapes import Choice, Key, ListOf, MapOf, Record, Text
from ...table.terms import COLUMN, DOCUMENT_NAME, SECTION, SENTENCE
from ..model import Contents, Kind, Occurs, Order, Parity
from .service_shapes import _CONVEYS
from .vocabulary import (
    ATTRIBUTE,
    BYTES,
    CLASS,
    CLAUSE,
    CONDITION,
    KNOWN_CLASS,
    MEMBER,
    NUMBER,
    OCTETS,
    PRINTED,
    SERVICE,
    SPAN,
    TABLE,
    UID,
    VALUES,
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
        "parity": Key(
            Choice(tuple(each.value for each in Parity)),
            "context_id: of its value; fragment: of how many bytes it has.",
            is_required=False,
        ),
        "well_known": Key(UID, "The UID that the standard itself gives it.", is_required=False),
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
                        "part": Key(DOCUMENT_NAME, "The part, or another document."),
                        "section": Key(SECTION, "The section."),
                        "table": Key(TABLE, "The table in it."),
                    },
                ),
                needs_one=True,
            ),
            "Where its table is; more than one where the standard prints it again.",
        ),
        "fields": Key(
            ListOf(FIELD, needs_one=True, told_by=("bytes", "field")),
            "The rows of its table, as printed.",
        ),
        "values": VALUES,
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
