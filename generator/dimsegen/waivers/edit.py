"""Change the text of `waivers.yaml`, and leave every other line of it as it is.

An entry is added below the last one, or its lines are taken out; comments, order and blanks of all
that stays are kept. Whoever calls this reads the result again before it is written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from ..sets.finding import Finding
from ..table.waiver import Waiver

_HEAD = "# yaml-language-server: $schema=json-schema/waivers.json\nwaivers:\n"
_EMPTY = re.compile(r"^waivers:[ \t]*(\[[ \t]*\])?[ \t]*$", re.MULTILINE)
_ITEM = re.compile(r"( *)- ")
_NOT_IN_QUOTES = re.compile(r'["\\\n\r]')


class EditError(ValueError):
    """The file cannot be changed as asked; the text says why and what to do."""


def add(
    text: str, finding: Finding, reason: str, reference: str = "", expires: date | None = None
) -> str:
    """Return `text` with an entry that waives `finding`.

    Parameters
    ----------
    text : str
        The file as it is, empty where there is none.
    finding : Finding
        What is accepted.
    reason, reference : str
        Why, and where that was decided.
    expires : datetime.date, optional
        The last day on which it counts.

    Raises
    ------
    EditError
        If a text cannot be written in one line, in double quotes.
    """
    entry = _entry(finding, reason, reference, expires)
    if not text.strip():
        return _HEAD + _indented(entry, "  ")
    emptied = _EMPTY.search(text)
    items = [match for line in text.split("\n") if (match := _ITEM.match(line))]
    if emptied and not items:
        return (
            text[: emptied.start()] + "waivers:\n" + _indented(entry, "  ") + _after(text, emptied)
        )
    if not items:
        raise EditError("waivers: no list, an entry a line, to add to: write it as 'waivers:'")
    ending = "" if text.endswith("\n") else "\n"
    return text + ending + _indented(entry, items[0][1])


def prune(text: str, waivers: Sequence[Waiver]) -> str:
    """Return `text` without the entries of `waivers`; the comments above them go with them."""
    lines = text.split("\n")
    starts = {waiver.position.line - 1 for waiver in waivers}
    gone: set[int] = set()
    for start in starts:
        match = _ITEM.match(lines[start])
        if match is None:
            raise EditError(f"line {start + 1}: no entry starts this line: remove it by hand")
        gone |= set(_lines_of_entry(lines, start, len(match[1])))
    kept = [line for number, line in enumerate(lines) if number not in gone]
    pruned = "\n".join(kept)
    if not any(_ITEM.match(line) for line in kept):
        pruned = re.sub(r"^waivers:[ \t]*$", "waivers: []", pruned, flags=re.MULTILINE)
    return pruned


def _lines_of_entry(lines: Sequence[str], start: int, indent: int) -> range:
    """Return the numbers of the lines of an entry and of the comment right above it."""
    end = start + 1
    while end < len(lines) and len(lines[end]) - len(lines[end].lstrip()) > indent:
        end += 1
    while start and lines[start - 1].startswith(" " * indent + "#"):
        start -= 1
    return range(start, end)


def _entry(finding: Finding, reason: str, reference: str, expires: date | None) -> list[str]:
    return [
        *([f"cell: {finding.cell}"] if finding.cell else []),
        f"rule: {finding.rule}",
        f"change: {_quoted('the change', finding.change)}",
        f"reason: {_quoted('--reason', reason)}",
        *([f"reference: {_quoted('--reference', reference)}"] if reference else []),
        *([f'expires: "{expires.isoformat()}"'] if expires else []),
    ]


def _quoted(what: str, text: str) -> str:
    if _NOT_IN_QUOTES.search(text):
        raise EditError(
            f"{what}: {text!r}: write it in one line without double quotes and backslashes"
        )
    if not text.strip():
        raise EditError(f"{what}: nothing is said: say why the change is accepted")
    return f'"{text.strip()}"'


def _indented(entry: Sequence[str], indent: str) -> str:
    first, *rest = entry
    return "".join([f"{indent}- {first}\n", *(f"{indent}  {line}\n" for line in rest)])


def _after(text: str, match: re.Match[str]) -> str:
    """Return what follows the line of `match`."""
    return text[match.end() :].removeprefix("\n")
