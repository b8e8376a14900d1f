"""Facts that a document prints again where the model has them once.

A mention is what is printed there and nothing else, so that it can be held against the one fact of
the schemas.
"""

from __future__ import annotations

from dataclasses import dataclass

from ...reading.position import Position


@dataclass(frozen=True)
class ElementMention:
    """An element as a message table or a table of Annex C prints it.

    Attributes
    ----------
    service, direction : str
        Whose message it is; both empty in Annex C.
    where : str
        The table, e.g. ``Table 9.3-1``.
    """

    service: str
    direction: str
    where: str
    keyword: str
    tag: int | None
    vr: str | None
    vm: str | None
    position: Position


@dataclass(frozen=True)
class StatusMention:
    """A status as the Status clause of a service prints it.

    Attributes
    ----------
    where : str
        The clause, e.g. ``10.1.2.1.9``.
    code : str or None
        Its code, in four digits.
    is_open : bool
        Whether the clause leaves the code to the Service Classes.
    """

    service: str
    where: str
    identifier: str
    name: str
    code: str | None
    is_open: bool
    position: Position

    @property
    def has_code(self) -> bool:
        """Whether the clause says anything about the code."""
        return self.is_open or self.code is not None
