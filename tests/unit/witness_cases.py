"""Two versions of a schema that differ in a few places, and what is generated from them."""

from __future__ import annotations

import builtins
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import SimpleNamespace

from dimsegen.dimse.compare import compare
from dimsegen.dimse.loader import load_schema
from dimsegen.dimse.model import Role, Row, Schema, Service
from dimsegen.dimse.package import render_package
from dimsegen.dimse.witness import VerifyResult, assess, verify
from dimsegen.sets.finding import Finding
from dimsegen.sets.report import Counterexample, Version
from dimsegen.table.condition import Condition, Present, StatusIn
from dimsegen.table.row import Cell
from dimsegen.table.usage import Usage
from dimsegen.witness.packages import Package, imported

from ..conftest import ROOT
from ..printed import printed_schema

TEMPLATES = ROOT / "templates"
_VALUES: Mapping[str, int | str] = {
    "AE": "STORE_SCP",
    "LO": "a comment",
    "UI": "1.2.840.10008.1.1",
    "US": 2,
}
_SUCCESS = StatusIn(frozenset({0}), "Success")


@dataclass(frozen=True)
class Change:
    """A schema before and after, with what is generated from each."""

    old: Schema
    new: Schema
    old_files: Mapping[str, bytes]
    new_files: Mapping[str, bytes]

    @property
    def versions(self) -> tuple[Version, Version, Mapping[str, bytes], Mapping[str, bytes]]:
        return Version("old", self.old), Version("new", self.new), self.old_files, self.new_files

    @property
    def findings(self) -> tuple[Finding, ...]:
        return compare(self.old, self.new)

    def examples(self, *findings: Finding) -> Iterator[Counterexample]:
        for each in assess(findings or self.findings, *self.versions):
            yield from each.counterexamples.values()

    def verify(self, *findings: Finding) -> VerifyResult:
        return verify(findings or self.findings, *self.versions)


@cache
def schema() -> Schema:
    return printed_schema()


@cache
def rendered(*services: str) -> tuple[Schema, Mapping[str, bytes]]:
    part = only(schema(), *services)
    return part, render_package(part, TEMPLATES)


def only(whole: Schema, *services: str) -> Schema:
    """Return `whole` with some of its services; with all where none is named."""
    kept = tuple(each for each in whole.services if each.name in services or not services)
    return replace(whole, services=kept)


def changed(service: str, edit: Callable[[Service], Service]) -> Change:
    """Return the change of one service, without the others."""
    old, old_files = rendered(service)
    new = replace(old, services=tuple(map(edit, old.services)))
    return Change(old, new, old_files, render_package(new, TEMPLATES))


def rewritten(folder: Path, file: str, old: str, new: str) -> Change:
    """Return the change of one text in a copy of the schemas."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, text.count(old)
    path.write_text(text.replace(old, new), encoding="utf-8")
    after = load_schema(folder)
    before, before_files = rendered()
    return Change(before, after, before_files, render_package(after, TEMPLATES))


def on_row(keyword: str, edit: Callable[[Row], Row]) -> Callable[[Service], Service]:
    """Return an edit of one row."""

    def apply(service: Service) -> Service:
        assert keyword in {row.keyword for row in service.rows}
        rows = (edit(row) if row.keyword == keyword else row for row in service.rows)
        return replace(service, rows=tuple(rows))

    return apply


def flip(service: Service, keyword: str, column: str, usage: Usage) -> Service | None:
    """Return `service` with another code in one cell, None where the table would not be legal."""
    row = next(row for row in service.rows if row.keyword == keyword)
    if not _is_legal(service, row, column, usage):
        return None
    is_equal = row.cells[column].is_equal_to_left and not usage.is_forbidden
    cells = {**row.cells, column: Cell(usage, is_equal)}
    value = _VALUES.get(row.parameter.vr or "") if usage.is_fixed else row.value
    new = replace(row, cells=cells, value=value)
    if usage.is_conditional and not _is_decided(service, new, column):
        new = replace(new, required_when=_condition(service, row, column))
    return on_row(keyword, lambda _: new)(service)


def _is_decided(service: Service, row: Row, column: str) -> bool:
    return bool(row.conditions_in(service.columns[column]))


def _is_legal(service: Service, row: Row, column: str, usage: Usage) -> bool:
    parameter = row.parameter
    carried = {item.parameter.keyword for item in service.messages[column].fields}
    if parameter.is_data_set and (usage.is_fixed or parameter.keyword not in carried):
        return False
    if usage.is_fixed and parameter.vr not in _VALUES:
        return False
    if parameter.role is Role.STATUS and (usage.is_fixed or usage.is_conditional):
        return False
    return usage is not row.cells[column].usage


def _condition(service: Service, row: Row, column: str) -> Condition:
    if column == list(service.columns)[1]:
        return _SUCCESS
    other = next(
        each
        for each in service.rows
        if each is not row and not each.cells[column].usage.is_forbidden
    )
    return Present(other.keyword)


def run_in(package: Package, code: str) -> int | None:
    """Run `code` with the generated package; return the line that raised, None if none did."""

    def fetch(name: str, *arguments: object) -> object:
        if name != "dimse_primitives":
            return builtins.__import__(name, *arguments)  # type: ignore[arg-type]
        names = arguments[2]
        assert isinstance(names, tuple)
        return SimpleNamespace(**{each: package.find(each) for each in names})

    space = {"__builtins__": {**vars(builtins), "__import__": fetch}}
    try:
        exec(compile(code, "<example>", "exec"), space)
    except (AttributeError, TypeError, ValueError) as error:
        frames = traceback.extract_tb(error.__traceback__)
        return next(frame.lineno for frame in frames if frame.filename == "<example>")
    return None


def check(change: Change, example: Counterexample) -> None:
    """Run a counterexample with both versions: only the last line of it fails, and only in one."""
    files = {"old": change.old_files, "new": change.new_files}
    assert {example.accepted_by, example.rejected_by} == {"old", "new"}
    with imported(files[example.accepted_by]) as package:
        assert run_in(package, example.code) is None, example.code
    with imported(files[example.rejected_by]) as package:
        assert run_in(package, example.code) == len(example.code.split("\n")), example.code
    assert example.words
