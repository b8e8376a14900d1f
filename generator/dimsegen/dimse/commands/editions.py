"""`dimsegen editions`: write the page about what changed between editions of PS3.7."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from ...commands import DONE, CommandError, counted, output
from ...commands import load as load_any
from ...document.unreadable import DocumentError
from ...families import families_in
from ...pages.edition_steps import BANNER
from ...reading.regular import read_regular
from ...render import Printed, RenderError, render_pages
from ..docbook import Part, read_part, whole
from ..model import Schema
from ..pages.edition_page import Edition, editions_page
from . import load

_FILES = "part07*.xml"


def run(options: argparse.Namespace) -> int:
    """Read every edition, then write or compare."""
    editions = sorted(
        _read(options.folder, load(options.schemas, extends=options.extends)),
        key=lambda each: each.name,
    )
    names = [each.name for each in editions]
    if again := [name for name in names if names.count(name) > 1]:
        raise CommandError(f"{options.folder}: PS3.7 {again[0]} is there twice: leave one of them")
    if len(editions) < 2:
        text = f"{options.folder}: {counted(len(editions), 'edition')} in files named {_FILES}"
        raise CommandError(f"{text}, here and below: two at least can be compared")
    try:
        others = list(_of_others(options))
        files = render_pages([editions_page(editions), *others], options.templates)
    except RenderError as error:
        raise CommandError(f"{error}\nnothing was written") from error
    if options.check:
        remedy = f"dimsegen editions {options.folder}"
        return output.check(files, options.output, BANNER, remedy)
    drift = output.write(files, options.output, BANNER)
    written = f"{len(drift.changed)} written, {drift.same} unchanged"
    print(f"{counted(len(editions), 'edition')} → {counted(len(files), 'page')}, {written}")
    return DONE


def _of_others(options: argparse.Namespace) -> Iterator[Printed]:
    """Yield the pages about editions of other parts, of the families that have such."""
    for family in families_in(options.schemas, "edition_pages", extends=options.extends):
        schema = load_any(family, options.schemas, extends=options.extends)
        try:
            yield from family.step("edition_pages").pages(options.folder, schema, BANNER)
        except OSError as error:
            raise CommandError(f"{options.folder}: {error.strerror}") from error
        except DocumentError as error:
            raise CommandError(error.explain()) from error


def _read(folder: Path, known: Schema) -> Iterator[Edition]:
    """Yield the editions in `folder`.

    Raises
    ------
    CommandError
        If one of them cannot be read, or is not whole.
    """
    for path in sorted(folder.rglob(_FILES)):
        try:
            part: Part = read_part(read_regular(path), path.as_posix(), known)
            yield Edition(part.edition, whole(part, known))
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        except DocumentError as error:
            raise CommandError(error.explain()) from error
