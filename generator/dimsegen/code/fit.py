"""Break a statement that is too long, where the formatter would.

What comes out has the same tokens, but for brackets around an operation and commas at the end of a
list; no line that can be broken is wider than `layout.WIDTH`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .layout import WIDTH

_TERNARY = re.compile(r"((?:\w+ = |return ))(.*) if (.*) else (.*)")
_ASSIGNED = re.compile(r"(?:[\w., ()]+ = |return )")


def fitted(lines: Iterable[str], indent: int) -> tuple[str, ...]:
    """Return `lines`, which stand at `indent` and have their own indents, none of them too long."""
    return tuple(part for line in lines for part in _broken(line, indent))


def _broken(line: str, indent: int) -> Iterator[str]:
    text = line.lstrip(" ")
    own = len(line) - len(text)
    if indent + len(line) <= WIDTH or "\n" in line:
        yield line
        return
    for part in _parts(text, WIDTH - indent - own):
        yield " " * own + part


def _parts(text: str, width: int) -> list[str]:
    if ternary := _TERNARY.fullmatch(text):
        before, value, condition, other = ternary.groups()
        inside = [f"{value} if {condition} else {other}"]
        if len(inside[0]) + 4 > width:
            inside = [value, f"if {condition}", f"else {other}"]
        return _in_brackets(before, inside)
    if text.startswith("if ") and text.endswith(":"):
        return _condition(_split(text[3:-1], " and "), width)
    before = assigned[0] if (assigned := _ASSIGNED.match(text)) else ""
    terms = _split(text[len(before) :], " + ")
    if before and len(terms) > 1:
        inside = [" + ".join(terms)]
        if len(inside[0]) + 4 > width:
            inside = [terms[0], *(f"+ {term}" for term in terms[1:])]
        return _in_brackets(before, inside)
    if text[-1] not in ")]":
        return _in_brackets(before, [text[len(before) :]]) if before else [text]
    if before and _opening(text) + 1 > width:
        return _in_brackets(before, _within(text[len(before) :], width - 4))
    return _call(text, width)


def _condition(tests: list[str], width: int) -> list[str]:
    lines = [tests[0], *(f"and {test}" for test in tests[1:])]
    inside: list[str] = []
    for line in lines:
        left, unequal, right = line.partition(" != ")
        is_long = len(line) + 4 > width and unequal
        inside += [left, f"!= {right}"] if is_long else [line]
    return [*_in_brackets("if ", inside)[:-1], "):"]


def _in_brackets(before: str, inside: list[str]) -> list[str]:
    return [f"{before}(", *(f"    {line}" for line in inside), ")"]


def _within(text: str, width: int) -> list[str]:
    return [text] if len(text) <= width else _call(text, width)


def _call(text: str, width: int) -> list[str]:
    """Break the call that ends `text`: its arguments in a line of their own, or each in one."""
    start = _opening(text)
    before, inner = text[: start + 1], text[start + 1 : -1]
    parts = _split(inner)
    # A list that does not fit takes a line an item, a call first tries one for all of them.
    if len(inner) + 4 <= width and text[-1] == ")":
        return [before, f"    {inner}", text[-1]]
    if len(parts) == 1:
        pieces = re.split(r" (?=for |if )", inner) if " for " in inner else _parts(inner, width - 4)
        return [before, *(f"    {piece}" for piece in pieces), text[-1]]
    lines = [line for part in parts for line in _argument(part, width - 4)]
    return [before, *(f"    {line}" for line in lines), text[-1]]


def _argument(text: str, width: int) -> list[str]:
    if len(text) + 1 <= width or not text.endswith(")"):
        return [f"{text},"]
    *lines, last = _call(text, width)
    return [*lines, f"{last},"]


def _opening(text: str) -> int:
    """Return where the bracket opens that closes at the end of `text`."""
    depth = 0
    for index in range(len(text) - 1, -1, -1):
        depth += (text[index] in ")]}") - (text[index] in "([{")
        if depth == 0:
            return index
    return 0


def _split(text: str, separator: str = ", ") -> list[str]:
    """Return the parts of `text` between separators that are outside of brackets and strings."""
    parts, depth, start = [], 0, 0
    in_string = False
    for index, char in enumerate(text):
        in_string ^= char == '"'
        depth += 0 if in_string else (char in "([{") - (char in ")]}")
        if depth == 0 and not in_string and text.startswith(separator, index) and index >= start:
            parts.append(text[start:index])
            start = index + len(separator)
    return [*parts, text[start:]]
