"""The usage codes of service tables, and the states of a parameter that each allows.

PS3.7 Section 5 and PS3.8 Section 5 say what they mean; a family of tables declares which of them
its tables have. This is the only place in Python where a usage code is written. Everything that
tells `M` from `U` (checks, documentation, comparison) follows from `STATES`.
"""

from __future__ import annotations

from enum import Enum


class State(Enum):
    """What can be found where a parameter may stand in a message."""

    ABSENT = "absent"
    FIXED = "present with the fixed value"
    OTHER = "present with another value"


class Usage(Enum):
    """A usage code; its value is the code as printed."""

    MANDATORY = "M"
    MANDATORY_FIXED = "MF"
    OPTIONAL = "U"
    OPTIONAL_FIXED = "UF"
    CONDITIONAL = "C"
    NOT_APPLICABLE = "-"
    NOT_USED = "NU"
    PROVIDER = "P"
    BLANK = ""

    @property
    def is_mandatory(self) -> bool:
        """Whether the parameter can never be absent."""
        return State.ABSENT not in STATES[self]

    @property
    def is_forbidden(self) -> bool:
        """Whether the parameter can never be present."""
        return STATES[self] == {State.ABSENT}

    @property
    def is_fixed(self) -> bool:
        """Whether only one value is allowed."""
        return State.FIXED in STATES[self] and State.OTHER not in STATES[self]

    @property
    def is_optional(self) -> bool:
        """Whether the parameter can be absent and can be present."""
        return not (self.is_mandatory or self.is_forbidden)

    @property
    def is_conditional(self) -> bool:
        """Whether a condition decides which states are allowed."""
        return self is Usage.CONDITIONAL


# For C the widest set; its conditions narrow it.
STATES: dict[Usage, frozenset[State]] = {
    Usage.MANDATORY: frozenset({State.FIXED, State.OTHER}),
    Usage.MANDATORY_FIXED: frozenset({State.FIXED}),
    Usage.OPTIONAL: frozenset(State),
    Usage.OPTIONAL_FIXED: frozenset({State.ABSENT, State.FIXED}),
    Usage.CONDITIONAL: frozenset(State),
    Usage.NOT_APPLICABLE: frozenset({State.ABSENT}),
    Usage.NOT_USED: frozenset({State.ABSENT}),
    # AA-4 of PS3.8: a transport connection that is lost has given no reason.
    Usage.PROVIDER: frozenset(State),
    Usage.BLANK: frozenset({State.ABSENT}),
}

EQUAL_TO_LEFT = "(=)"
