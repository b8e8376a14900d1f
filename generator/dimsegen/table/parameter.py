"""What a row of a table is about."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..reading.position import Position


@dataclass(frozen=True)
class Parameter:
    """A parameter of some table; a family of tables says more of its own.

    Attributes
    ----------
    keyword : str
        The name by which schemas and programs call it, e.g. ``MessageID``.
    name, description : str
        Its name as printed, and what it is.
    tag : int or None
        Its tag, None for what is no element.
    equals : str or None
        Keyword of the parameter of what is answered that every answer repeats here.
    renamed_from : str or None
        The keyword it had in the version before.
    """

    keyword: str
    name: str
    description: str
    tag: int | None = None
    equals: str | None = None
    renamed_from: str | None = None
    position: Position | None = field(default=None, compare=False)
