"""Run the code of an example in the package of one version.

Invariant: what is run is what is shown, but for the name of the package. Whatever it raises is an
answer; only a result without an error accepts the example.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass

from ...witness.packages import Package

PACKAGE = "upper_layer"
_FIRST_WIDTH = 88


@dataclass(frozen=True)
class Example:
    """Python without its imports; its last line is the call that is rejected."""

    body: str
    size: int = 0

    @property
    def code(self) -> str:
        """The same with its imports."""
        nodes = [node for node in ast.walk(ast.parse(self.body)) if isinstance(node, ast.Name)]
        made = {node.id for node in nodes if isinstance(node.ctx, ast.Store)}
        used = {node.id for node in nodes} - made - {"bytes"}
        where = f"from dimse_primitives.{PACKAGE} import"
        line = f"{where} {', '.join(sorted(used))}"
        if len(line) > _FIRST_WIDTH:
            names = "".join(f"    {name},\n" for name in sorted(used))
            line = f"{where} (\n{names})"
        return f"{line}\n\n{self.body}"


@dataclass(frozen=True)
class Refusal:
    """What the code of a version says against an example.

    Attributes
    ----------
    words : str
        A violation or an error, in its own words.
    parameter : str
        The parameter that it is about; empty where it names none.
    """

    words: str
    parameter: str = ""


def refusals(example: Example, package: Package) -> tuple[Refusal, ...]:
    """Return all that the code of a version says against an example; nothing if it accepts it."""
    namespace = dict(vars(package.module(PACKAGE)))
    try:
        exec(compile(example.body, "<example>", "exec"), namespace)
    except Exception as error:  # a version can refuse in any way
        if violations := getattr(error, "violations", ()):
            return tuple(Refusal(str(each), each.parameter) for each in violations)
        text = str(error) or type(error).__name__
        return (Refusal(f"{type(error).__name__}: {text}"),)
    return ()
