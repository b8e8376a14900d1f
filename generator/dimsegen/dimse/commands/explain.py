"""`dimsegen explain`: say what a rule, a cell or whatever a message cites means, with examples."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from difflib import get_close_matches

from ...commands import DONE, CommandError
from ...commands.blocks import Block
from ...commands.explanation import markdown, text
from ...render import RenderError
from ...sets.report import Version
from ...witness.packages import Package, imported
from ..compare import compare
from ..explain.asked import Subject, UnknownSubjectError, is_cell, subjects
from ..explain.catalogue import Entry, Group, entries
from ..explain.cell import explain_cell
from ..explain.changes import change_for
from ..explain.cited import cited_blocks, names_of
from ..explain.irregular import irregular
from ..explain.tell import anomaly_blocks, cell_blocks, change_blocks, rule_blocks, violation_blocks
from ..explain.violations import breaking
from ..model import Schema
from ..package import render_package
from ..witness import assess
from . import load

_MOST_MEANT = 3


def run(options: argparse.Namespace) -> int:
    """Print the explanation in the format that is asked for."""
    words = " ".join(options.subject)
    rules = {rule.identifier: rule for rule in entries()}
    schema = load(options.schemas)
    blocks = cited_blocks(words, schema)
    if not (words in rules or blocks or is_cell(words, schema)):
        raise CommandError(_unknown(words, [*rules, *names_of(schema)]))
    try:
        if words in rules:
            blocks = list(_rule(rules[words], schema, options))
        elif not blocks:
            blocks = list(_cell(subjects(words, schema), schema, options))
    except (RenderError, UnknownSubjectError) as error:
        raise CommandError(str(error)) from error
    print({"text": text, "markdown": markdown}[options.format](blocks))
    return DONE


def _unknown(name: str, known: list[str]) -> str:
    spelled = {each.lower(): each for each in known}
    found = get_close_matches(name.lower(), spelled, _MOST_MEANT)
    close = [spelled[each] for each in found]
    hint = f" (did you mean {' or '.join(close)}?)" if close else ""
    return (
        f"{name}: no such rule{hint}: see dimsegen rules, or name a cell as SERVICE.PARAMETER, "
        "a status, an element or an erratum"
    )


def _cell(
    found: tuple[Subject, ...], schema: Schema, options: argparse.Namespace
) -> Iterator[Block]:
    with imported(render_package(schema, options.templates)) as package:
        yield from cell_blocks([explain_cell(each, schema, package) for each in found])


def _rule(entry: Entry, schema: Schema, options: argparse.Namespace) -> Iterator[Block]:
    yield from rule_blocks(entry)
    if entry.group is Group.DIFF:
        yield from _change(entry, schema, options)
    elif entry.group in (Group.VIOLATION, Group.ANOMALY):
        with imported(render_package(schema, options.templates)) as package:
            yield from _example(entry, schema, package)


def _example(entry: Entry, schema: Schema, package: Package) -> Iterator[Block]:
    if entry.group is Group.ANOMALY:
        found = irregular(entry.identifier, schema, package)
        yield from anomaly_blocks(found) if found else ()
        return
    yield from violation_blocks(breaking(entry.identifier, schema, package))


def _change(entry: Entry, schema: Schema, options: argparse.Namespace) -> Iterator[Block]:
    change = change_for(entry.identifier, schema)
    if change is None:
        return
    findings = [f for f in compare(change.old, change.new) if f.rule == entry.identifier]
    files = [render_package(each, options.templates) for each in (change.old, change.new)]
    assessed = assess(findings, Version("old", change.old), Version("new", change.new), *files)
    examples = [item for each in assessed for item in each.counterexamples.items()]
    yield from change_blocks(change, examples)
