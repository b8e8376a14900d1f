"""How a change is told: about what, where it is printed, and with its verdicts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...reading.position import Position
from ...sets.diff_rules import stated
from ...sets.finding import Actor, Finding
from ...sets.verdicts import Verdicts
from ...table.parameter import Parameter
from ..family import FAMILY

_NOTHING = "nothing"


@dataclass(frozen=True)
class Subject:
    """What a finding is about.

    Attributes
    ----------
    name : str
        What a person calls it.
    owner : str
        The table, or the SOP class.
    part : str
        The path of a row in the table; empty where the finding is about no single one.
    column : str
        The column of the table.
    actors : tuple of Actor, or None
        Who sends the data set, and who receives it.
    """

    name: str
    owner: str
    reference: str
    position: Position | None
    part: str = ""
    column: str = ""
    actors: tuple[Actor, Actor] | None = None

    def finding(
        self, rule: str, message: str, old: str, new: str, verdicts: Verdicts | None = None
    ) -> Finding:
        """Return a finding; its verdicts are those that the rule states, unless computed."""
        found = verdicts or stated(rule)
        return Finding(
            rule,
            message,
            self.owner,
            self.column,
            Parameter(self.part, self.part, "") if self.part else None,
            old,
            new,
            found.senders,
            found.receivers,
            self.reference,
            self.position,
            self.actors,
        )

    def edited(self, what: str, old: str, new: str) -> Iterator[Finding]:
        """Yield that a text was edited, if it was."""
        if old != new:
            message = f"The {what} of {self.name} was edited"
            yield self.finding("documentation-edited", message, old or _NOTHING, new or _NOTHING)


def reference_of(section: str, table: str = "") -> str:
    """Return where something is printed."""
    return f"{FAMILY.part} {section}{f', Table {table}' if table else ''}"
