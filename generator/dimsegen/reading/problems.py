"""What can be wrong in a schema file, and how it is said.

Every problem has a place, says what is wrong there and what to do about it, and has a rule in
`RULES`. Nothing is raised before all files are read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from .mistakes import ADVICE, RULES
from .position import Position
from .spelling import MAYBE_MEANT, did_you_mean

# As YAML counts lines; an editor does the same.
_LINE_BREAK = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake in one place.

    Attributes
    ----------
    position : Position
        Where it is.
    rule : str
        Identifier of the rule that is broken, a key of `RULES` or of `style.objections.RULES`.
    message : str
        What is wrong, and what to do.
    """

    position: Position
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.position}: {self.message}"


class Report:
    """Collects the problems of one run.

    Parameters
    ----------
    rules : mapping of str to str, optional
        The rules that can be broken beside those of reading, and what is said then.
    advice : mapping of str to str, optional
        What to do about a name that is like no other, by rule.
    """

    def __init__(
        self,
        rules: Mapping[str, str] = MappingProxyType({}),
        advice: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self._rules = {**RULES, **rules}
        self._advice = {**ADVICE, **advice}
        self._problems: set[Problem] = set()

    def add(self, position: Position, rule: str, **facts: object) -> Problem:
        """Note that `rule` is broken at `position`; `facts` fill in its text."""
        problem = Problem(position, rule, _printable(self._rules[rule].format(**facts)))
        self._problems.add(problem)
        return problem

    def add_unknown(
        self,
        position: Position,
        rule: str,
        name: str,
        known: Iterable[str],
        facts: Mapping[str, object] | None = None,
        likeness: float = MAYBE_MEANT,
    ) -> Problem:
        """Note that `name` is none of `known`, with the one that may be meant or else advice."""
        names = tuple(known)
        otherwise = self._advice[rule].format(known=listed(names))
        hint = did_you_mean(name, names, otherwise, likeness=likeness)
        return self.add(position, rule, name=name, hint=hint, **(facts or {}))

    def include(self, problems: Iterable[Problem]) -> None:
        """Note problems that were found already."""
        self._problems.update(problems)

    def has_any_at(self, position: Position) -> bool:
        """Return whether anything is wrong at `position`."""
        return any(problem.position == position for problem in self._problems)

    def withdraw(self, problems: Iterable[Problem]) -> None:
        """Forget `problems`, because their cause is known to be another."""
        self._problems.difference_update(problems)

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

    def explain(self, outcome: str = "nothing was written") -> str:
        """Return every problem with its line and a mark under the place, and what came of it."""
        count = len(self.problems)
        shown = show_problems(self.problems, self.sources)
        return "\n".join([*shown, f"{count} error{'s' if count > 1 else ''}; {outcome}"])


def show_problems(
    problems: Iterable[Problem],
    sources: Mapping[str, str],
    shown_problem: Callable[[Problem], str] = str,
) -> list[str]:
    """Return every problem with its line and a mark under the place.

    Parameters
    ----------
    problems : iterable of Problem
        The problems.
    sources : mapping of str to str
        The text of each file, by the path that positions name.
    shown_problem : callable, optional
        Gives the first line of a problem.
    """
    lines = {file: lines_of(text) for file, text in sources.items()}
    shown: list[str] = []
    for problem in problems:
        position = problem.position
        shown.append(shown_problem(problem))
        known = lines.get(position.file, ())
        line = known[position.line - 1] if position.line <= len(known) else ""
        if line.strip():
            shown += [f"    {_printable(line)}", f"    {_mark(line, position.column)}"]
    return shown


def lines_of(text: str) -> list[str]:
    """Return the lines of `text` without their ends."""
    return _LINE_BREAK.split(text)


def _printable(line: str) -> str:
    """Return `line` without anything that a terminal would take for a command."""
    return "".join(char if char == "\t" or char.isprintable() else "\ufffd" for char in line)


def _mark(line: str, column: int) -> str:
    # A tab stays one, or the mark would not stand below its place.
    return "".join("\t" if char == "\t" else " " for char in line[: column - 1]) + "^"


def listed(words: Iterable[object]) -> str:
    """Return `words` as ``a, b or c``."""
    items = [str(word) for word in words]
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} or {items[-1]}"
