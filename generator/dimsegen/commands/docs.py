"""`dimsegen docs`: write the reference pages, or say how they differ from what the schemas give."""

from __future__ import annotations

import argparse

from ..families import families_in
from ..render import PAGE_BANNER, RenderError, render_pages
from ..witness.packages import imported
from . import DONE, CommandError, counted, load, output
from .rule_page import rule_page


def run(options: argparse.Namespace) -> int:
    """Render everything in memory, then write or compare."""
    files = _render(options)
    if options.check:
        return output.check(files, options.output, PAGE_BANNER, "dimsegen docs")
    drift = output.write(files, options.output, PAGE_BANNER)
    print(f"{counted(len(files), 'page')}, {len(drift.changed)} written, {drift.same} unchanged")
    return DONE


def _render(options: argparse.Namespace) -> dict[str, bytes]:
    """Return the pages of every family by their paths; the first page of each is its index.

    Raises
    ------
    CommandError
        If a template is wrong.
    """
    families = families_in(options.schemas, "pages", extends=options.extends)
    (first, schema), *others = [
        (each, load(each, options.schemas, extends=options.extends)) for each in families
    ]
    try:
        files = first.step("package").render_package(schema, options.templates)
        with imported(files, options.package) as package:
            further = [
                list(each.step("pages").pages_of(layer, options.package)) for each, layer in others
            ]
            index = [pages[0].path.removesuffix(".rst") for pages in further]
            explored = {
                name: each
                for family, layer in others
                if family.has("explored")
                for name, each in family.step("explored").explored(layer, options.package).items()
            }
            own = first.step("pages").pages_of(schema, package, index, explored)
            return render_pages(
                [*own, rule_page(), *(page for pages in further for page in pages)],
                options.templates,
            )
    except RenderError as error:
        raise CommandError(f"{error}\nnothing was written") from error
