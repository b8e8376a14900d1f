"""`dimsegen editions`: write the pages about what changed between editions of the standard."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..command_line.loading import loaded
from ..command_line.options import CHECK, SCHEMAS, TEMPLATES, Command, Option, output_folder
from ..command_line.outcome import CommandError
from ..table.notation import counted

COMMAND = Command(
    "Write the page about what changed between editions of PS3.7, for all neighbours in a "
    "folder of editions, that about PS3.8, and the one about how editions of PS3.4 differ from "
    "the schemas.",
    ("dimsegen editions docbook",),
    (
        Option(
            "folder",
            type=Path,
            metavar="FOLDER",
            help="folder of editions in DocBook: EDITION/part07.xml, part08.xml, part04.xml",
        ),
        *SCHEMAS,
        TEMPLATES,
        output_folder("docs/editions", "folder to put the page in"),
        CHECK,
    ),
)


def run(options: argparse.Namespace) -> int:
    """Read every edition, then write or compare."""
    from ..command_line.write_or_check import write_or_check, written
    from ..document.unreadable import DocumentError
    from ..pages.edition_steps import BANNER
    from ..render import RenderError, render_pages

    folder: Path = options.folder
    known = dict(loaded(options, "edition_pages"))
    try:
        pages = [
            page
            for family, schema in known.items()
            for page in family.step("edition_pages").pages(folder, schema)
        ]
        files = render_pages(pages, options.templates)
    except OSError as error:
        raise CommandError(f"{error.filename or folder}: {error.strerror}") from error
    except DocumentError as error:
        raise CommandError(error.explain()) from error
    except RenderError as error:
        raise CommandError(f"{error}\nnothing was written") from error
    # An edition of the standard has several parts.
    number = max(len(family.editions_in(folder)) for family in known)
    return write_or_check(
        files,
        options.output,
        lambda drift: f"{counted(number, 'edition')} → {written(drift, 'page')}",
        remedy=f"dimsegen editions {folder}",
        check=options.check,
        banner=BANNER,
    )
