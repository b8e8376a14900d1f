"""What `dimsegen explain` says of the tables of PS3.7: of rules, of cells, of what is cited."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ...explanation.blocks import Block
from ...explanation.rule_entries import Entry, Group, rule_blocks
from ...sets.report import Version
from ...witness.packages import Package, imported
from ..compare import compare
from ..model import Schema
from ..package import render_package
from ..witness import assess
from .asked import Subject, is_cell, subjects
from .catalogue import entries
from .cell import explain_cell
from .changes import change_for
from .cited import cited_blocks, names_of
from .irregular import irregular
from .tell import anomaly_blocks, cell_blocks, change_blocks, violation_blocks
from .violations import breaking

__all__ = ["answer", "names_of"]


def answer(words: str, schema: Schema, templates: Path) -> Sequence[Block]:
    """Return what there is to say of `words`; nothing if it is not known here.

    Parameters
    ----------
    words : str
        A rule, a cell, or what a message cites.
    templates : pathlib.Path
        The folder of templates, for the code that is run.

    Raises
    ------
    UnknownSubjectError
        If it is about a service or a parameter that there is not.
    """
    rules = {rule.identifier: rule for rule in entries()}
    if words in rules:
        return list(_rule(rules[words], schema, templates))
    if blocks := cited_blocks(words, schema):
        return blocks
    if is_cell(words, schema):
        return list(_cell(subjects(words, schema), schema, templates))
    return []


def _cell(found: tuple[Subject, ...], schema: Schema, templates: Path) -> Iterator[Block]:
    with imported(render_package(schema, templates)) as package:
        yield from cell_blocks([explain_cell(each, schema, package) for each in found])


def _rule(entry: Entry, schema: Schema, templates: Path) -> Iterator[Block]:
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
