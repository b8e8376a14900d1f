"""`dimsegen docs`: write the reference pages, or say how they differ from what the schemas give."""

from __future__ import annotations

import argparse

from ..dimse.model import Schema
from ..dimse.pages.site import pages_of
from ..render import PAGE_BANNER, RenderError, render_package, render_pages
from ..upper_layer.model import UpperLayer
from ..upper_layer.pages import pages_of as upper_layer_pages
from ..witness.packages import imported
from . import DONE, CommandError, counted, load, load_upper, output


def run(options: argparse.Namespace) -> int:
    """Render everything in memory, then write or compare."""
    files = render(load(options.schemas), options, load_upper(options.schemas))
    if options.check:
        return output.check(files, options.output, PAGE_BANNER, "dimsegen docs")
    drift = output.write(files, options.output, PAGE_BANNER)
    print(f"{counted(len(files), 'page')}, {len(drift.changed)} written, {drift.same} unchanged")
    return DONE


def render(
    schema: Schema, options: argparse.Namespace, layer: UpperLayer | None = None
) -> dict[str, bytes]:
    """Return the pages of `schema`, and of the Upper Layer if there is one, by their paths.

    Raises
    ------
    CommandError
        If a template is wrong.
    """
    try:
        with imported(render_package(schema, options.templates), options.package) as package:
            others = list(upper_layer_pages(layer)) if layer else []
            index = [page.path.removesuffix(".rst") for page in others[:1]]
            pages = [*pages_of(schema, package, index), *others]
            return render_pages(pages, options.templates)
    except RenderError as error:
        raise CommandError(f"{error}\nnothing was written") from error
