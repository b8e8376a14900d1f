"""Lay out code as the formatter would, so that what is rendered is final.

No line that can be broken is wider than `WIDTH`.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

WIDTH = 100
# What `help()` indents shall still fit a terminal.
_TEXT_WIDTH = 92


def bracketed(before: str, items: Sequence[str], after: str, indent: int) -> str:
    """Return ``before(items)after`` in one line if it fits, else with a line an item.

    `before` ends with the opening bracket and `after` starts with the closing one.
    """
    pad = " " * indent
    lone = "," if len(items) == 1 and before.endswith("= (") else ""
    line = f"{pad}{before}{', '.join(items)}{lone}{after}"
    if len(line) <= WIDTH:
        return line
    lines = [f"{pad}{before}", *(f"{pad}    {item}," for item in items), f"{pad}{after}"]
    return "\n".join(lines)


def strings(values: Sequence[str]) -> tuple[str, ...]:
    """Return each of `values` as a string literal in double quotes."""
    return tuple(literal(value) for value in values)


def literal(value: object) -> str:
    """Return `value` as the formatter writes it: strings in double quotes."""
    if not isinstance(value, str):
        return repr(value)
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    if '"' in value and "'" not in value:
        return "'" + value.replace("\\", "\\\\") + "'"
    return f'"{escaped}"'


def tuple_of(items: Sequence[str]) -> str:
    """Return a tuple display of `items`, in one line."""
    return f"({', '.join(items)}{',' if len(items) == 1 else ''})"


def branch(keyword: str, tests: Sequence[str], indent: int, operator: str = "and") -> str:
    """Return ``if a and b:``, over several lines if need be."""
    return _operation(f"{keyword} ", tests, ":", indent, operator)


def returned(tests: Sequence[str], indent: int) -> str:
    """Return ``return a and b``, over several lines if need be; True without tests."""
    return _operation("return ", tests or ("True",), "", indent, "and")


def _operation(before: str, operands: Sequence[str], after: str, indent: int, operator: str) -> str:
    pad = " " * indent
    line = f"{pad}{before}{f' {operator} '.join(operands)}{after}"
    if len(line) <= WIDTH:
        return line
    first, *others = operands
    inside = [f"{pad}    {first}", *(f"{pad}    {operator} {other}" for other in others)]
    lines = [
        line if len(line) <= WIDTH else line.replace(" != ", f"\n{pad}    != ") for line in inside
    ]
    return "\n".join([f"{pad}{before}(", *lines, f"{pad}){after}"])


def call(before: str, arguments: Sequence[str], after: str, indent: int) -> str:
    """Return ``before(arguments)after``, the arguments on a line of their own if need be.

    `before` ends with the opening bracket, or several, and `after` starts with the closing ones.
    """
    pad = " " * indent
    inside = ", ".join(arguments)
    line = f"{pad}{before}{inside}{after}"
    return line if len(line) <= WIDTH else f"{pad}{before}\n{pad}    {inside}\n{pad}{after}"


def assignment(name: str, value: str, indent: int) -> str:
    """Return ``name = value``, the value in brackets if the line is too long for it."""
    line = f"{' ' * indent}{name} = {value}"
    return line if len(line) <= WIDTH else call(f"{name} = (", [value], ")", indent)


def nested_call(outer: str, inner: str, argument: str, indent: int) -> str:
    """Return ``outer(inner(argument))``, breaking the outer brackets first."""
    text = call(f"{outer}(", [f"{inner}({argument})"], ")", indent)
    lines = text.split("\n")
    if all(len(line) <= WIDTH for line in lines):
        return text
    return "\n".join([lines[0], call(f"{inner}(", [argument], ")", indent + 4), lines[2]])


def wrapped(text: str, indent: int, hanging: int = 0) -> str:
    """Return `text` in lines of at most `WIDTH`; the first line comes without indent."""
    pad = " " * indent
    lines = textwrap.wrap(
        text,
        _TEXT_WIDTH - indent,
        subsequent_indent=" " * hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return f"\n{pad}".join(lines)


def comment(text: str, indent: int) -> str:
    """Return `text` as comment lines."""
    pad = " " * indent
    lines = textwrap.wrap(text, WIDTH - indent - 2, break_long_words=False, break_on_hyphens=False)
    return "\n".join(f"{pad}# {line}" for line in lines)


def import_from(module: str, names: set[str]) -> str:
    """Return the import of `names` from a module of the package, or from one with its dots."""
    ordered = sorted(names, key=import_order)
    dots = "" if module.startswith(".") else "."
    line = f"from {dots}{module} import {', '.join(ordered)}"
    if len(line) <= WIDTH:
        return line
    return "\n".join([f"from {dots}{module} import (", *(f"    {name}," for name in ordered), ")"])


def import_order(name: str) -> tuple[bool, bool, str]:
    """Return the rank of `name` in an import: constants, then classes, then functions."""
    return (not name.isupper(), name[0].islower(), name.lower())


def export_order(name: str) -> tuple[bool, bool, str]:
    """Return the rank of `name` in ``__all__``, where capitals come before small letters."""
    return (not name.isupper(), name[0].islower(), name)


def import_modules(package: str, names: Sequence[str]) -> str:
    """Return the import of modules of a package, over lines if need be; nothing without any."""
    if not names:
        return ""
    line = f"from {package} import {', '.join(names)}"
    if len(line) <= WIDTH:
        return line
    return "\n".join([f"from {package} import (", *(f"    {name}," for name in names), ")"])


def alias(name: str, types: Sequence[str]) -> str:
    """Return the assignment of a type alias: the union of `types`, over lines if need be."""
    line = f"{name}: TypeAlias = {' | '.join(types)}"
    if len(line) <= WIDTH:
        return line
    first, *others = types
    lines = [f"{name}: TypeAlias = (", f"    {first}", *(f"    | {other}" for other in others), ")"]
    return "\n".join(lines)
