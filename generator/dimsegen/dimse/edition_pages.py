"""The page that says what changed between editions of PS3.7: they are read, and compared."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..command_line.outcome import CommandError
from ..reading.regular import read_regular
from ..render import Printed
from ..table.notation import counted
from .docbook import read_part, whole
from .family import FAMILY
from .model import Schema
from .pages.edition_page import Edition, editions_page


def pages(folder: Path, known: Schema) -> Iterator[Printed]:
    """Yield the page about the editions in `folder`.

    Raises
    ------
    CommandError
        If there are fewer than two, or one of them twice.
    OSError
        If a file cannot be read.
    DocumentError
        If it is no such edition, or is not whole.
    """
    editions = sorted(_read(folder, known), key=lambda each: each.name)
    names = [each.name for each in editions]
    if again := [name for name in names if names.count(name) > 1]:
        text = f"{folder}: {FAMILY.part} {again[0]} is there twice: leave one of them"
        raise CommandError(text)
    if len(editions) < 2:
        found = f"{counted(len(editions), 'edition')} in files named {FAMILY.documents}"
        text = f"{folder}: {found}, here and below: two at least can be compared"
        raise CommandError(text)
    yield editions_page(editions)


def _read(folder: Path, known: Schema) -> Iterator[Edition]:
    for path in FAMILY.editions_in(folder):
        part = read_part(read_regular(path), path.as_posix(), known)
        yield Edition(part.edition, whole(part, known))
