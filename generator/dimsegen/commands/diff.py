"""`dimsegen diff`: say whom a change of the schemas breaks, with which message, and what to do."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from typing import TYPE_CHECKING

from ..command_line.options import AUDIENCE, REPORTS, VERSIONS, Command, Option, flag
from ..command_line.outcome import DONE, DRIFT

if TYPE_CHECKING:
    from ..sets.report import Report

COMMAND = Command(
    "Say whom a change of the schemas breaks, and how: by the sets of messages that either "
    "version allows, with a message that was run on the code of both. OLD and NEW are each "
    "a folder of schemas, a service file, an edition in DocBook, REV (the schemas of a "
    "revision) or REV:PATH; A..B compares two revisions, A...B what B has changed since it "
    "left A. Without NEW, the working tree is new. Without both, what the working tree has "
    "changed since it left the default branch. Exit code 0: nothing fails; 1: findings that "
    "nobody waived; 2: no comparison was possible.",
    (
        "dimsegen diff",
        "dimsegen diff v1.0 -o markdown",
        "dimsegen diff 2020a/part07.xml 2020b/part07.xml",
        "dimsegen diff main...HEAD -o text -o sarif=diff.sarif",
    ),
    (
        *VERSIONS,
        *AUDIENCE,
        Option(
            "--verify",
            choices=("counterexamples", "exhaustive", "none"),
            default="counterexamples",
            help="run a message for each finding, or every pattern of presence of the "
            "services that changed, up to 4096 of a direction (a sample beyond is said to "
            "be one), or nothing (default: counterexamples)",
        ),
        REPORTS,
        flag("--json-schema", "print the JSON Schema of -o json, and no more"),
    ),
)


def run(options: argparse.Namespace) -> int:
    """Compare, and print the report in every format that is asked for."""
    from ..command_line.destinations import TEXT, outputs_of, write
    from ..reporting import audience_of, report_of, request_of
    from ..reports import FORMATS
    from ..reports.json import json_schema

    if options.json_schema:
        print(json.dumps(json_schema(), indent=2))
        return DONE
    outputs = outputs_of(options.output or [TEXT])
    audience = audience_of(options)
    report = report_of(request_of(options, options.inputs, options.verify, audience))

    def on_screen(name: str) -> str:
        is_for_a_person = name == TEXT and sys.stdout.isatty()
        return _on_terminal(report) if is_for_a_person else FORMATS[name](report)

    write(outputs, lambda name: FORMATS[name](report), on_screen)
    return DONE if report.is_clean else DRIFT


def _on_terminal(report: Report) -> str:
    from ..command_line.terminal import is_coloured
    from ..reports import text

    width = min(shutil.get_terminal_size().columns, 100)
    return text.render(report, colour=is_coloured(), width=width)
