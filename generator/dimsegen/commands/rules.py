"""`dimsegen rules`: list every rule that can be reported."""

from __future__ import annotations

import argparse

from ..command_line.options import Command, Option, formats
from ..command_line.outcome import DONE, CommandError

COMMAND = Command(
    "List every rule that can be reported, with what it means: of the loader, of lint, of "
    "diff, of the primitives (violations), of the decoders (anomalies, pdu) and of audit "
    "(dialogue).",
    ("dimsegen rules", "dimsegen rules violation --format json"),
    (
        Option(
            "kind",
            metavar="KIND",
            nargs="?",
            help="loader, lint, diff, violation, anomaly, pdu or dialogue (default: all)",
        ),
        formats("text", "json", "markdown"),
    ),
)


def run(options: argparse.Namespace) -> int:
    """Print the catalogue in the format that is asked for."""
    from ..explanation.rule_entries import Group, every_entry
    from ..explanation.rule_lists import FORMATS

    kinds = [group.word for group in Group]
    if options.kind not in (None, *kinds):
        raise CommandError(f"{options.kind}: no such kind: use one of {', '.join(kinds)}")
    rules = [each for each in every_entry() if options.kind in (None, each.group.word)]
    print(FORMATS[options.format](rules))
    return DONE
