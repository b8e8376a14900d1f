"""What is wrong with a document, so that it cannot be compared.

Every problem says where, what, and what to do; all of them come at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..reading.position import Position


@dataclass(frozen=True)
class Problem:
    """Something in a document that nobody can read; `text` says what it is and what to do."""

    position: Position
    text: str

    def __str__(self) -> str:
        return f"{self.position}: {self.text}"


class DocumentError(Exception):
    """A document cannot be compared."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems

    def explain(self) -> str:
        """Return the problems in the order of the document, and that there is no answer."""
        lines = [str(each) for each in _ascending(self.problems)]
        number = f"{len(lines)} problem{'' if len(lines) == 1 else 's'}"
        return "\n".join([*lines, f"{number}; nothing was compared"])


def _ascending(problems: Iterable[Problem]) -> list[Problem]:
    return sorted(dict.fromkeys(problems), key=lambda each: (each.position, each.text))
