"""Run the code of an example in the package of one version.

Invariant: what is run is what is shown, but for the name of the package. Whatever it raises is an
answer; only a result without an error accepts the example.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ...witness.packages import Package

PACKAGE = "upper_layer"
_FIRST_WIDTH = 88
_BUILT_IN = {"bytes", "bytearray", "memoryview", "hasattr"}


@dataclass(frozen=True)
class Example:
    """Python without its imports; its last line is the call that is rejected."""

    body: str
    size: int = 0

    @cached_property
    def imported(self) -> tuple[str, ...]:
        """The names that it imports."""
        nodes = [node for node in ast.walk(ast.parse(self.body)) if isinstance(node, ast.Name)]
        made = {node.id for node in nodes if isinstance(node.ctx, ast.Store)}
        return tuple(sorted({node.id for node in nodes} - made - _BUILT_IN))

    @property
    def code(self) -> str:
        """The same with its imports."""
        where = f"from dimse_primitives.{PACKAGE} import"
        line = f"{where} {', '.join(self.imported)}"
        if len(line) > _FIRST_WIDTH:
            names = "".join(f"    {name},\n" for name in self.imported)
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


def is_usable(package: Package) -> bool:
    """Return whether the code of a version can be imported.

    An association needs all five services, and the reasons that it gives: without them, it is not.
    """
    try:
        package.module(PACKAGE)
    except (ImportError, AttributeError, TypeError):
        return False
    return True


def refusals(example: Example, package: Package) -> tuple[Refusal, ...]:
    """Return all that the code of a version says against an example; nothing if it accepts it."""
    namespace = dict(vars(package.module(PACKAGE)))
    if missing := [name for name in example.imported if name not in namespace]:
        text = f"cannot import name {missing[0]!r} from 'dimse_primitives.{PACKAGE}'"
        return (Refusal(f"ImportError: {text}"),)
    try:
        exec(compile(example.body, "<example>", "exec"), namespace)
    except Exception as error:  # a version can refuse in any way
        if violations := getattr(error, "violations", ()):
            return tuple(Refusal(str(each), each.parameter) for each in violations)
        text = str(error) or type(error).__name__
        return (Refusal(f"{type(error).__name__}: {text}"),)
    return ()


def result(example: Example, package: Package) -> Any:
    """Return the PDU that the last line of an example gives, None if the version refuses it."""
    namespace = dict(vars(package.module(PACKAGE)))
    *lines, last = example.body.split("\n")
    try:
        exec(compile("\n".join(lines), "<example>", "exec"), namespace)
        return eval(compile(last, "<example>", "eval"), namespace).pdu
    except Exception:  # a version can refuse in any way
        return None
