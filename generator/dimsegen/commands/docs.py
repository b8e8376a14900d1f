"""`dimsegen docs`: write the reference pages, or say how they differ from what the schemas give."""

from __future__ import annotations

import argparse

from ..dimse.model import Schema
from ..dimse.pages.site import pages_of
from ..render import PAGE_BANNER, RenderError, render_package, render_pages
from ..witness.packages import imported
from . import DONE, CommandError, counted, load, output


def run(options: argparse.Namespace) -> int:
    """Render everything in memory, then write or compare."""
    files = render(load(options.schemas), options)
    if options.check:
        return output.check(files, options.output, PAGE_BANNER, "dimsegen docs")
    drift = output.write(files, options.output, PAGE_BANNER)
    print(f"{counted(len(files), 'page')}, {len(drift.changed)} written, {drift.same} unchanged")
    return DONE


def render(schema: Schema, options: argparse.Namespace) -> dict[str, bytes]:
    """Return the pages of `schema` by their paths.

    Raises
    ------
    CommandError
        If a template is wrong.
    """
    try:
        with imported(render_package(schema, options.templates)) as package:
            return render_pages(list(pages_of(schema, package)), options.templates)
    except RenderError as error:
        raise CommandError(f"{error}\nnothing was written") from error
