"""One rule is one cell in one line of YAML, and its consequences stay with it.

A usage code is flipped in a copy of the schemas. In the output only the modules of that table may
change, and each hunk of the diff must be about that parameter, as a reviewer sees it: it names the
parameter, or stands below a line that does, or is part of what lists the mandatory parameters.
Only what a module imports, and how it unpacks several elements at once, may follow without a word.
"""

from __future__ import annotations

import difflib
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from dimsegen.code.naming import slot
from dimsegen.dimse.loader import load_schema
from dimsegen.dimse.model import Parameter
from dimsegen.dimse.package import render_package

from ..conftest import ROOT


@dataclass(frozen=True)
class Flip:
    """Write `new` in a cell where `old` is printed."""

    service: str
    keyword: str
    column: str
    old: str
    new: str


# What lists the mandatory parameters of a direction, whatever their number.
_LISTS = re.compile(r"(REQUEST|RESPONSE)_KEYWORDS: |def is_valid_(request|response)\(")
# What follows from the rest: imports, and the layouts of several elements in a row.
_SILENT = re.compile(r"(from|import) |\) *$|_(un)?pack_\w+: Final")
_CANCEL = tuple(
    Flip(service, "MessageIDBeingRespondedTo", "cancel", "M", "U")
    for service in ("c_find", "c_get", "c_move")
)
FLIPS = [
    (Flip("n_get", "AttributeIdentifierList", "request", "U", "M"),),
    (Flip("c_store", "Priority", "request", "M", "U"),),
    (Flip("n_set", "AffectedSOPInstanceUID", "response", "U", "M"),),
    (Flip("n_delete", "Status", "response", "M", "U"),),
    (Flip("c_echo", "AffectedSOPClassUID", "response", '"U(=)"', '"M(=)"'),),
    (Flip("c_echo", "MessageID", "response", "U", '"-"'),),
    (Flip("n_action", "ActionReply", "response", "C", "U"),),
    _CANCEL,
]


def modules_of(flips: tuple[Flip, ...]) -> set[str]:
    """Return the modules that print the table: that of the service, and the one for cancelling."""
    names = {f"{flip.service}.py" for flip in flips}
    return names | {"c_cancel.py"} if flips[0].column == "cancel" else names


def flip_cell(text: str, flip: Flip) -> str:
    """Return `text` with one cell changed, in its place."""
    pattern = re.compile(rf"^(  {flip.keyword}: .*\b{flip.column}: ){re.escape(flip.old)}", re.M)
    assert len(pattern.findall(text)) == 1, flip
    return pattern.sub(rf"\g<1>{flip.new}", text)


@cache
def before() -> tuple[dict[str, Parameter], dict[str, bytes]]:
    schema = load_schema(ROOT / "schemas")
    return dict(schema.parameters), render_package(schema, ROOT / "templates")


def unified(name: str, old: str, new: str) -> str:
    before, after = (text.splitlines(keepends=True) for text in (old, new))
    return "".join(difflib.unified_diff(before, after, name, name, n=1))


@dataclass(frozen=True)
class Side:
    """One side of a hunk: the lines of the whole file, and which of them it shows and changes."""

    lines: list[str]
    shown: range
    changed: list[int]


def hunks(old: list[str], new: list[str]) -> Iterator[tuple[Side, Side]]:
    """Yield the hunks of the unified diff, each with three lines around it."""
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for group in matcher.get_grouped_opcodes(3):
        codes = [code for code in group if code[0] != "equal"]
        first, last = group[0], group[-1]
        yield (
            Side(old, range(first[1], last[2]), [n for c in codes for n in range(c[1], c[2])]),
            Side(new, range(first[3], last[4]), [n for c in codes for n in range(c[3], c[4])]),
        )


def headings(lines: list[str], number: int) -> Iterator[str]:
    """Yield a line and those it stands below, as in an outline."""
    line = lines[number]
    yield line
    indent = len(line) - len(line.lstrip())
    for above in reversed(lines[:number]):
        depth = len(above) - len(above.lstrip())
        if above.strip() and depth < indent:
            yield above
            indent = depth


def words_for(parameter: Parameter) -> tuple[str, ...]:
    """Return how generated code calls `parameter`."""
    name = slot(parameter.name)
    return parameter.keyword, parameter.name, name, name.upper()


def mentions(text: str, parameter: Parameter) -> bool:
    for word in words_for(parameter):
        for other in before()[0].values():
            # "Message ID Being Responded To" is not about "Message ID".
            for longer in words_for(other):
                text = text.replace(longer, "") if word in longer and word != longer else text
        if word in text:
            return True
    return False


def is_about(parameter: Parameter, *sides: Side) -> bool:
    above = [list(headings(side.lines, n)) for side in sides for n in side.changed]
    if all(_SILENT.match(lines[-1]) or not lines[0].strip() for lines in above):
        return True
    if any(_LISTS.search(line) for lines in above for line in lines):
        return True
    seen = [side.lines[number] for side in sides for number in side.shown]
    return mentions("\n".join([*seen, *(line for lines in above for line in lines)]), parameter)


@pytest.mark.parametrize("flips", FLIPS, ids=lambda flips: f"{flips[0].service}-{flips[0].keyword}")
def test_one_cell_is_one_line_and_changes_only_what_is_about_it(
    tmp_path: Path, flips: tuple[Flip, ...]
) -> None:
    schemas = Path(shutil.copytree(ROOT / "schemas", tmp_path / "schemas"))
    for flip in flips:
        file = schemas / "services" / f"{flip.service}.yaml"
        old = file.read_text(encoding="utf-8")
        new = flip_cell(old, flip)
        file.write_text(new, encoding="utf-8")
        differing = list(zip(old.split("\n"), new.split("\n"), strict=True))
        assert len([one for one, two in differing if one != two]) == 1

    parameters, was = before()
    now = render_package(load_schema(schemas), ROOT / "templates")
    assert list(now) == list(was)
    changed = [name for name in was if was[name] != now[name]]
    shown = "".join(unified(name, was[name].decode(), now[name].decode()) for name in changed)
    assert set(changed) == modules_of(flips), shown

    parameter = parameters[flips[0].keyword]
    strangers = []
    for name in changed:
        old_lines, new_lines = (files[name].decode().split("\n") for files in (was, now))
        for sides in hunks(old_lines, new_lines):
            if not is_about(parameter, *sides):
                lines = [side.lines[number] for side in sides for number in side.changed]
                strangers += [f"{name}: {line}" for line in lines]
    assert not strangers, "\n".join([*strangers, shown])


@pytest.mark.parametrize(
    ("number", "expected"),
    [(1, True), (2, True), (3, False), (4, False), (6, True), (8, True), (9, False), (11, True)],
)
def test_a_hunk_about_another_parameter_would_be_seen(number: int, expected: bool) -> None:
    lines = [
        "class C_ECHO:",
        "    def MessageID(self) -> int | None:",
        "        return 1",
        "    def MessageIDBeingRespondedTo(self) -> int | None:",
        "        return 2",
        "    REQUEST_KEYWORDS: ClassVar = (",
        '        "Priority",',
        "    )",
        "_REQUEST_MESSAGE_ID_MISSING = 1",
        "_REQUEST_PRIORITY_MISSING = 1",
        "from ._coercion import (",
        "    to_us,",
        ")",
    ]
    side = Side(lines, range(number, number + 1), [number])
    assert is_about(before()[0]["MessageID"], side) is expected
