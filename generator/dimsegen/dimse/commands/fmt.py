"""`dimsegen fmt`: write schema files in their canonical form, or say how they differ from it.

Invariant: if one file cannot be read, none is written.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from ...commands import DONE, CommandError, counted, output
from ...reading.problems import Report
from ...style import format_text, longest_keyword
from ..documents import DOCUMENTS
from ..loader import Problem, SchemaError
from ..loader.folder import Source, read_file, read_folder

# The files are YAML: none of them is an orphan by its first line.
_NO_BANNER = "\0"
_ELEMENTS = "elements"


def run(options: argparse.Namespace) -> int:
    """Format everything in memory, then write or compare."""
    files: Sequence[Path] = options.files
    schemas: Path = options.schemas
    folder = _common_folder(files) if files else schemas
    formatted = {
        os.path.relpath(file, folder): text.encode()
        for file, text in _format(files, schemas).items()
    }
    if options.check:
        words = map(str, files) if files else ("--schemas", str(schemas))
        remedy = " ".join(["dimsegen fmt", *words])
        return output.check(formatted, folder, _NO_BANNER, remedy)
    drift = output.write(formatted, folder, _NO_BANNER)
    print(
        f"{counted(len(formatted), 'file')}, {len(drift.changed)} written, {drift.same} unchanged"
    )
    return DONE


def _common_folder(files: Sequence[Path]) -> Path:
    folder = Path(os.path.commonpath([path.parent.absolute() for path in files]))
    return Path(os.path.relpath(folder)) if folder.is_relative_to(Path.cwd()) else folder


def _format(files: Sequence[Path], schemas: Path) -> Mapping[str, str]:
    """Return the canonical form of each file by its path.

    Raises
    ------
    CommandError
        With every problem of every file, if one of them cannot be read.
    """
    report = Report()
    read = [read_file(path, report) for path in dict.fromkeys(files)]
    sources = [source for source in read if source] if files else read_folder(schemas, report)
    problems: set[Problem] = set(report.problems)
    texts = {source.file: source.text for source in sources}
    found: dict[str, str] = {}
    widths: dict[Path, int] = {}
    for source in sources:
        elements = _elements_for(source, schemas)
        try:
            width = widths[elements] = widths.get(elements) or _width(elements)
            found[source.file] = format_text(
                DOCUMENTS, source.kind, source.text, width, source.file
            )
        except SchemaError as error:
            problems.update(error.problems)
            texts.update(error.sources)
    if problems:
        raise CommandError(SchemaError(tuple(sorted(problems)), texts).explain())
    return found


def _elements_for(source: Source, schemas: Path) -> Path:
    """Return the ``elements.yaml`` whose keywords `source` uses."""
    near = Path(source.file).parent
    places = [folder / f"{_ELEMENTS}.yaml" for folder in (near, near / "..", schemas)]
    return next((place for place in places if place.is_file()), places[-1])


def _width(elements: Path) -> int:
    report = Report()
    source = read_file(elements, report)
    if source is None:
        raise SchemaError(report.problems, {})
    return longest_keyword(DOCUMENTS, source.text, source.file)
