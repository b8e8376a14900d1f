"""How a change is told: about what, where it is printed, and with the verdicts of its rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..reading.position import Position
from ..table.parameter import Parameter
from .diff_rules import stated
from .finding import Ends, Finding
from .verdicts import Verdicts

_NOTHING = "nothing"


@dataclass(frozen=True)
class Subject:
    """What a finding is about.

    Attributes
    ----------
    name : str
        What a person calls it.
    service : str
        What has it: a service, a structure, a table, a SOP class; empty for what none of them has.
    part : str
        The row, field, item or cell in it; empty where the finding is about no single one.
    direction : str
        The column of the table.
    actors : tuple of (Actor, Actor)
        Who sends it, and who receives it; see `Finding`.
    """

    name: str
    service: str
    reference: str
    position: Position | None
    part: str = ""
    direction: str = ""
    actors: tuple[Ends, ...] = ()

    def finding(
        self,
        rule: str,
        message: str,
        change: Iterable[str],
        verdicts: Verdicts | None = None,
    ) -> Finding:
        """Return a finding; its verdicts are those that the rule states, unless computed.

        Parameters
        ----------
        change : iterable of str
            What is written before, and after.
        """
        old, new = change
        found = verdicts or stated(rule)
        return Finding(
            rule,
            message,
            self.service,
            self.direction,
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
            yield self.finding("documentation-edited", message, (old or _NOTHING, new or _NOTHING))
