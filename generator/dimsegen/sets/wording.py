"""Words for cells, conditions and values, as messages of findings use them."""

from __future__ import annotations

from collections.abc import Mapping

from ..table.condition import Condition, Leaf, StatusIn, with_leaves
from ..table.notation import hex4
from ..table.row import P, Row
from ..table.status_codes import show
from ..table.usage import Usage
from ..table.words import EFFECTS, in_words

BLANK = "blank"


def adjective(usage: Usage) -> str:
    """Return `usage` in a word or two, e.g. ``optional``."""
    if usage.is_forbidden:
        return "not used" if usage is Usage.NOT_USED else "not applicable"
    if usage.is_conditional:
        return "conditional"
    fixed = " with a fixed value" if usage.is_fixed else ""
    return ("mandatory" if usage.is_mandatory else "optional") + fixed


def usage_in_words(row: Row[P] | None, column: str) -> str:
    """Return a cell of `row`, e.g. ``optional (U)``."""
    if row is None:
        return "not in the table"
    usage = row.cells[column].usage
    return f"{adjective(usage)} ({usage.value or BLANK})"


def conditions_in_words(conditions: Mapping[str, Condition], names: Mapping[str, str]) -> str:
    """Return `conditions`, by what they do, with the names of the parameters."""
    written = [f"{EFFECTS[effect]} {in_words(each, names)}" for effect, each in conditions.items()]
    return ", ".join(written) or "free of conditions"


def with_codes(conditions: Mapping[str, Condition]) -> dict[str, Condition]:
    """Return `conditions` in words that name the codes of each status."""
    return {effect: with_leaves(each, _with_codes) for effect, each in conditions.items()}


def _with_codes(leaf: Leaf) -> Leaf:
    if isinstance(leaf, StatusIn):
        return StatusIn(leaf.codes, f"{leaf.words} ({show(leaf.codes)})")
    return leaf


def value_in_words(value: int | str | None) -> str:
    """Return a fixed value as the schema writes it."""
    return hex4(value) if isinstance(value, int) else f'"{value}"'
