"""Cells and rules of PS3.7, explained with messages that were run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ...explanation.blocks import Block
from ...explanation.rule_entries import Entry, Group, rule_blocks
from ...sets.report import Version
from ...witness.packages import Package, imported
from ..compare import compare
from ..model import Schema
from ..package import render_package
from ..witness import assess
from .asked import Subject
from .cell import explain_cell
from .changes import change_for
from .irregular import irregular
from .tell import anomaly_blocks, cell_blocks, change_blocks, violation_blocks
from .violations import breaking


def cells(found: tuple[Subject, ...], schema: Schema, templates: Path) -> Iterator[Block]:
    """Yield what cells mean, with messages that keep them and that break them."""
    with imported(render_package(schema, templates)) as package:
        yield from cell_blocks([explain_cell(each, schema, package) for each in found])


def rule(entry: Entry, schema: Schema, templates: Path) -> Iterator[Block]:
    """Yield what a rule says, with a message or a change that breaks it."""
    yield from rule_blocks(entry)
    if entry.group is Group.DIFF:
        yield from _change(entry, schema, templates)
    elif entry.group in (Group.VIOLATION, Group.ANOMALY):
        with imported(render_package(schema, templates)) as package:
            yield from _example(entry, schema, package)


def _example(entry: Entry, schema: Schema, package: Package) -> Iterator[Block]:
    if entry.group is Group.ANOMALY:
        found = irregular(entry.identifier, schema, package)
        yield from anomaly_blocks(found) if found else ()
        return
    yield from violation_blocks(breaking(entry.identifier, schema, package))


def _change(entry: Entry, schema: Schema, templates: Path) -> Iterator[Block]:
    change = change_for(entry.identifier, schema)
    if change is None:
        return
    findings = [f for f in compare(change.old, change.new) if f.rule == entry.identifier]
    files = [render_package(each, templates) for each in (change.old, change.new)]
    assessed = assess(findings, Version("old", change.old), Version("new", change.new), *files)
    examples = [item for each in assessed for item in each.counterexamples.items()]
    yield from change_blocks(change, examples)
