"""`dimsegen diff`: say whom a change of the schemas breaks, with which message, and what to do."""

from __future__ import annotations

import argparse
import json
import shutil
import sys

from ..reports import FORMATS, text
from ..reports.json import json_schema
from ..sets.report import Report
from . import DONE, DRIFT
from .destinations import TEXT, outputs_of, write
from .reporting import report_of, request_of
from .terminal import is_coloured


def run(options: argparse.Namespace) -> int:
    """Compare, and print the report in every format that is asked for."""
    if options.json_schema:
        print(json.dumps(json_schema(), indent=2))
        return DONE
    outputs = outputs_of(options.output or [TEXT])
    report = report_of(request_of(options))
    write(outputs, lambda name: FORMATS[name](report), lambda name: _printed(report, name))
    return DONE if report.is_clean else DRIFT


def _printed(report: Report, name: str) -> str:
    if name != TEXT or not sys.stdout.isatty():
        return FORMATS[name](report)
    width = min(shutil.get_terminal_size().columns, 100)
    return text.render(report, colour=is_coloured(), width=width)
