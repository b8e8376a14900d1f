"""The shape of the table of a service, and of its parameters."""

from __future__ import annotations

from collections.abc import Sequence

from ...reading.shapes import Cell, Choice, Key, ListOf, MapOf, Record, Text
from ...table.terms import COLUMN, SECTION, SENTENCE
from ..family import CELLS, EQUAL_TO
from ..model import End, Requestor, ValueKind
from .vocabulary import (
    CLAUSE,
    CONDITION,
    ENUMERATION,
    FIXED,
    PART_OF_TABLE,
    PRINTED,
    SERVICE,
    TABLE,
    VALUES,
)


def _may_equal(columns: Sequence[str]) -> Sequence[str]:
    return [column for column in columns if column in EQUAL_TO]


_CONVEYS = Key(
    PRINTED,
    "What of the primitive it conveys: a parameter, or a part of one.",
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

_END = Choice(tuple(each.value for each in End))
_LONGEST_END = max(len(each.value) for each in End)
ISSUED = Record(
    "issued",
    {
        "by": Key(_END, "Who issues it.", stop=_LONGEST_END),
        "to": Key(_END, "Who receives it.", stop=_LONGEST_END),
        "see": Key(CLAUSE, "The clause that says so."),
    },
)

SERVICE_TABLE = Record(
    "service",
    {
        "service": Key(SERVICE, "The name of the service."),
        "type": Key(
            Record(
                "type",
                {
                    "text": Key(PRINTED, "Whether it is confirmed, as printed."),
                    "see": Key(TABLE, "The table that prints it."),
                },
            ),
            "Of which type it is.",
        ),
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
        "requestor": Key(
            Choice(tuple(each.value for each in Requestor)),
            "Which end of an association its requestor is; none if nobody requests it.",
            is_required=False,
        ),
        "issued": Key(
            MapOf(COLUMN, ISSUED, needs_one=True, stop=len("confirmation")),
            "Who issues the primitive of each column.",
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
        "values": VALUES,
    },
)
