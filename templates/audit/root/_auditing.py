"""What the command `audit` takes; what it does is imported when it runs.

This file is copied as it is from `templates/audit/root/_auditing.py`. Do not edit the copy.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import Any


def add_command(commands: Any) -> None:
    """Add `audit` to the sub-parsers of the package's command line."""
    command = commands.add_parser(
        "audit",
        help="say who said what in a capture, and which rules it breaks",
        description="Follow every association in captures (pcap or pcapng, also packed with gzip; "
        "folders of them; PDUs or what tools print for them), and say which rules of PS3.7, PS3.8 "
        "and PS3.4 are broken, with the clause and who is to mend it. Values of data sets are not "
        "printed. Exit code 0: nothing found; 1: something; 2: a file cannot be read.",
    )
    command.epilog = (
        f"examples::\n\n  {command.prog} vendor.pcap --html page.html\n"
        f"  {command.prog} captures/ --jobs 0 --json -"
    )
    command.add_argument(
        "captures", metavar="CAPTURE", nargs="+", help="a file or a folder; - for the input"
    )
    command.add_argument("--json", metavar="FILE", help="write JSON; - prints nothing else")
    command.add_argument(
        "--html", metavar="FILE", type=Path, help="write a page with a sequence chart, to be sent"
    )
    command.add_argument("--sarif", metavar="FILE", type=Path, help="write SARIF 2.1.0")
    command.add_argument(
        "--port", metavar="N", type=_port, help="look at this port only, and take it for DICOM"
    )
    command.add_argument(
        "--only", choices=("violations",), help="leave out anomalies and what is missing"
    )
    command.add_argument(
        "--values", action="store_true", help="print values of data sets, too: patient data"
    )
    command.add_argument(
        "--jobs", metavar="N", type=_jobs, default=1, help="files read at once; 0: as cores are"
    )
    command.add_argument(
        "--cluster",
        metavar="ADDRESS",
        help="read the files on a Dask scheduler, which sees them by the same names, and write "
        "JSON lines as they come; needs the extra [cluster]",
    )
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from .audit._running import run

    return run(options)


def _port(text: str) -> int:
    number = int(text) if text.isdecimal() else 0
    if not 1 <= number <= 65535:
        raise argparse.ArgumentTypeError(f"{text}: a port is a number from 1 to 65535")
    return number


def _jobs(text: str) -> int:
    if not text.isdecimal() or int(text) > 1024:
        raise argparse.ArgumentTypeError(f"{text}: a number from 0 to 1024")
    return int(text) or os.cpu_count() or 1
