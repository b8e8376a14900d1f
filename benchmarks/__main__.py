"""The command ``python -m benchmarks``: measure, print the table, say whether targets are met.

Invariant: 0 is that every target is met, 1 that one is missed. A subject that cannot be measured
ends the run with its traceback; no line is ever left out.
"""

from __future__ import annotations

import argparse
import platform
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from textwrap import fill
from time import perf_counter

from .registry import SUBJECTS, Subject
from .result import Result
from .table import render, to_json

PACKAGES = ("dimse-primitives", "pynetdicom", "pydicom")
WIDTH = 100


def main(arguments: Sequence[str] | None = None, subjects: Sequence[Subject] = SUBJECTS) -> int:
    """Run the command line and return the exit code.

    Parameters
    ----------
    arguments : sequence of str, optional
        The words after ``python -m benchmarks``; those of the process by default.
    subjects : sequence of Subject, optional
        What there is to measure.
    """
    options = _parser(subjects).parse_args(arguments)
    chosen = [subject for subject in subjects if options.only in (None, subject.name)]
    started = perf_counter()
    results = _measure(chosen)
    print(render(results))
    for subject in chosen:
        print(f"\n{fill(f'{subject.name}: {subject.note}', WIDTH, subsequent_indent='  ')}")
    versions = _versions()
    print(f"\n{', '.join(f'{name} {number}' for name, number in versions.items())}")
    if options.json is not None:
        options.json.write_text(to_json(results, versions), encoding="utf-8")
    missed = [result.name for result in results if result.passed is False]
    judged = sum(result.passed is not None for result in results)
    print(f"{judged} targets, {len(missed)} missed ({perf_counter() - started:.0f} s)")
    return 1 if missed else 0


def _parser(subjects: Sequence[Subject]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="Measure dimse_primitives against pynetdicom."
    )
    names = [subject.name for subject in subjects]
    parser.add_argument(
        "--only", choices=names, metavar="NAME", help=f"run one: {', '.join(names)}"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the results to FILE too")
    return parser


def _measure(subjects: Sequence[Subject]) -> list[Result]:
    results: list[Result] = []
    for number, subject in enumerate(subjects, 1):
        print(f"[{number}/{len(subjects)}] {subject.name}", file=sys.stderr, flush=True)
        results.extend(subject.measure())
    return results


def _versions() -> dict[str, str]:
    return {"Python": platform.python_version()} | {name: version(name) for name in PACKAGES}


if __name__ == "__main__":
    sys.exit(main())
