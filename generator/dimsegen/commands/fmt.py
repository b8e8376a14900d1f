"""`dimsegen fmt`: write schema files in their canonical form, or say how they differ from it.

If one file cannot be read, none is written.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..command_line.options import CHECK, SCHEMAS, Command, Option
from ..command_line.outcome import CommandError
from ..families import Family, base_folder, families_in, family_of

if TYPE_CHECKING:
    from ..reading.problems import Problem
    from ..reading.sources import Source

COMMAND = Command(
    "Write schema files in their canonical form: a row a line, cells under each other. What "
    "they say does not change.",
    ("dimsegen fmt", "dimsegen fmt --check", "dimsegen fmt schemas/services/n_get.yaml"),
    (
        Option(
            "files",
            type=Path,
            metavar="FILE",
            nargs="*",
            help="schema files (default: all those of the folder)",
        ),
        *SCHEMAS,
        CHECK,
    ),
)


def run(options: argparse.Namespace) -> int:
    """Format everything in memory, then write or compare."""
    from ..command_line.write_or_check import write_or_check, written

    files: Sequence[Path] = options.files
    schemas: Path = options.schemas
    folder = _common_folder(files) if files else schemas
    formatted = {
        os.path.relpath(file, folder): text.encode()
        for file, text in _format(files, schemas, bool(options.extends)).items()
    }
    words = map(str, files) if files else ("--schemas", str(schemas))
    return write_or_check(
        formatted,
        folder,
        lambda drift: written(drift, "file"),
        remedy=" ".join(["dimsegen fmt", *words]),
        check=options.check,
    )


def _common_folder(files: Sequence[Path]) -> Path:
    folder = Path(os.path.commonpath([path.parent.absolute() for path in files]))
    return Path(os.path.relpath(folder)) if folder.is_relative_to(Path.cwd()) else folder


def _format(files: Sequence[Path], schemas: Path, extends: bool) -> Mapping[str, str]:
    """Return the canonical form of each file by its path.

    Raises
    ------
    CommandError
        With every problem of every file, if one of them cannot be read.
    """
    from ..reading.problems import SchemaError
    from ..style import format_text

    problems: set[Problem] = set()
    sources = list(_sources(files, schemas, problems, extends))
    texts = {source.file: source.text for _, source in sources}
    found: dict[str, str] = {}
    for family, source in sources:
        try:
            step = family.step("form")
            width = step.width_for(source, schemas, extends=extends)
            documents = step.shapes_for(source, schemas, extends=extends)
            found[source.file] = format_text(
                documents, source.kind, source.text, width, source.file
            )
        except SchemaError as error:
            problems.update(error.problems)
            texts.update(error.sources)
    if problems:
        raise CommandError(SchemaError(tuple(sorted(problems)), texts).explain())
    return found


def _left_as_it_is(path: Path) -> Iterable[Problem]:
    """Say that a file has no canonical form; return what keeps it from being read.

    It is no mistake to name it: a hook names every file, also those that are left out of a folder.
    """
    from ..reading.places import Disk
    from ..reading.problems import Report
    from ..reading.sources import read_source

    report = Report()
    if read_source("", Disk(path.parent), path.name, report):
        print(f"note: {path.as_posix()}: has no canonical form, left as it is")
    return report.problems


def _sources(
    files: Sequence[Path], schemas: Path, problems: set[Problem], extends: bool
) -> Iterator[tuple[Family, Source]]:
    """Yield the files that are named, or all those of the folder, with the family of each.

    What keeps one from being read is added to `problems`; one without a canonical form is left out.
    """
    from ..reading.problems import Report

    for path in dict.fromkeys(files):
        family = family_of(path)
        if not family.has("form"):
            problems.update(_left_as_it_is(path))
            continue
        step = family.step("form")
        report = Report(step.RULES)
        source = step.read_file(path, report)
        problems.update(report.problems)
        if source is not None:
            yield family, source
    if not files:
        is_partial = base_folder(schemas, extends=extends) is not None
        for family in families_in(schemas, "form", extends=extends):
            step = family.step("form")
            report = Report(step.RULES)
            found = step.read_folder(schemas, report, extends=is_partial)
            yield from ((family, each) for each in found)
            problems.update(report.problems)
