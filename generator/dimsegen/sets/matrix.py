"""The change of a usage code: its rule, and what it does where nothing else is known.

None of the cells of the matrix is written anywhere; each is `compare_slots` of two slots that have
a usage code and nothing else, a C being one whose condition only prose states.
"""

from __future__ import annotations

from functools import cache

from ..table.usage import STATES, Usage
from .slots import Table
from .states import Slot
from .verdicts import Verdicts, compare_slots

_SOME = "Some"
_WORDS = {Usage.NOT_APPLICABLE: "na", Usage.BLANK: "blank"}


def usage_rule(old: Usage, new: Usage) -> str:
    """Return the identifier of the rule on a change from `old` to `new`, e.g. ``usage-u-to-m``."""
    return f"usage-{_word(old)}-to-{_word(new)}"


@cache
def usage_verdicts(old: Usage, new: Usage, *, tolerant: bool = False) -> Verdicts:
    """Return what a change from `old` to `new` does, in a cell without conditions."""
    before, after = (Table({_SOME: _slot(usage)}) for usage in (old, new))
    return compare_slots(before, after, _SOME, tolerant=tolerant)


def _slot(usage: Usage) -> Slot:
    return Slot(STATES[usage], is_prose=usage.is_conditional)


def _word(usage: Usage) -> str:
    return _WORDS.get(usage) or usage.value.lower()
