"""What can be wrong in a schema file, and how it is said.

Invariant: every problem has a place, says what is wrong there and what to do about it, and has
a rule in `RULES`. Nothing is raised before all files are read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from ..model.schema import Position
from .rules import RULES


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake in one place.

    Attributes
    ----------
    position : Position
        Where it is.
    rule : str
        Identifier of the rule that is broken, a key of `RULES`.
    message : str
        What is wrong, and what to do.
    """

    position: Position
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.position}: {self.message}"


class Report:
    """Collects the problems of one run."""

    def __init__(self) -> None:
        self._problems: set[Problem] = set()

    def add(self, position: Position, rule: str, **facts: object) -> None:
        """Note that `rule` is broken at `position`; `facts` fill in its text."""
        self._problems.add(Problem(position, rule, RULES[rule].format(**facts)))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All problems, by file and place."""
        return tuple(sorted(self._problems))


class SchemaError(ValueError):
    """A folder of schemas that cannot be used.

    Attributes
    ----------
    problems : tuple of Problem
        Everything that is wrong, by place.
    sources : mapping of str to str
        The text of each file, by the path that positions name.
    """

    def __init__(self, problems: tuple[Problem, ...], sources: Mapping[str, str]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems
        self.sources = sources

    def explain(self) -> str:
        """Return every problem with its line and a mark under the place."""
        shown: list[str] = []
        for problem in self.problems:
            shown.append(str(problem))
            lines = self.sources.get(problem.position.file, "").split("\n")
            if 0 < problem.position.line <= len(lines):
                line = lines[problem.position.line - 1].rstrip("\r")
                if line.strip():
                    shown.append(f"    {line}")
                    shown.append("    " + " " * (problem.position.column - 1) + "^")
        count = len(self.problems)
        shown.append(f"{count} error{'s' if count > 1 else ''}; nothing was written")
        return "\n".join(shown)


def listed(words: object) -> str:
    """Return `words` as ``a, b or c``."""
    items = [str(word) for word in words]  # type: ignore[attr-defined]
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} or {items[-1]}"


def hint(word: str, known: object) -> str:
    """Return `` (did you mean X?)`` if one of `known` is close to `word`, else nothing."""
    close = get_close_matches(word, [str(item) for item in known], 1)  # type: ignore[attr-defined]
    return f" (did you mean {close[0]}?)" if close else ""
