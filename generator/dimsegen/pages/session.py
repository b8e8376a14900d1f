"""Run the lines that a page shows, and show what they print.

No output on a page is written by hand. The package that runs was rendered from the same schema as
the page, in memory.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..witness.packages import Package


class Session:
    """An interactive session with a package.

    Parameters
    ----------
    package : Package
        The package, in memory.
    """

    def __init__(self, package: Package) -> None:
        self._package = package
        self._names: dict[str, object] = {}
        self._lines: list[str] = []

    def imports(self, *names: str) -> None:
        """Import names from the package, and show it as users do it."""
        self._names |= {name: self._package.find(name) for name in names}
        self._lines.append(f">>> from {self._package.import_name} import {', '.join(names)}")

    def run(self, source: str) -> object:
        """Run a statement and show it, or evaluate an expression and show it with its value."""
        first, *others = source.split("\n")
        self._lines += [f">>> {first}", *(f"... {line}" for line in others)]
        try:
            program = compile(source, "<page>", "eval")
        except SyntaxError:
            exec(compile(source, "<page>", "exec"), self._names)
            return None
        value = eval(program, self._names)
        if value is not None:
            self._lines.append(repr(value))
        return value

    def take(self) -> str:
        """Return what has been shown since the last time."""
        shown, self._lines = "\n".join(self._lines), []
        return shown


def call(target: str, arguments: Sequence[tuple[str, str]]) -> str:
    """Return an assignment or a call with a keyword argument a line."""
    lines = [f"    {name}={value}," for name, value in arguments]
    return "\n".join([f"{target}(", *lines, ")"]) if lines else f"{target}()"
