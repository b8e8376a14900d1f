"""The shape of a row of an attribute table, and of a condition that a data set decides."""

from __future__ import annotations

from ...reading.shapes import Choice, Condition, Key, ListOf, MapOf, Record, Shape, Tree
from ..model import ConditionKind
from .vocabulary import (
    ATTRIBUTE,
    CODE,
    COLUMN,
    COLUMNS,
    EVERY,
    ITEMS,
    MACRO,
    PATH,
    PRINTED,
    SECTION,
    STOPS,
    VALUE,
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
            column: Key(
                CODE,
                f"The usage code below {column}.",
                is_required=False,
                stop=STOPS.get(column, 0),
            )
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
