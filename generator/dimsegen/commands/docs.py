"""`dimsegen docs`: write the reference pages, or say how they differ from what the schemas give."""

from __future__ import annotations

import argparse

from ..command_line.loading import loaded
from ..command_line.options import CHECK, SCHEMAS, TEMPLATES, Command, output_folder, package
from ..command_line.outcome import CommandError

COMMAND = Command(
    "Write the reference pages from the schemas, and the explorer with them: a page a "
    "primitive, with its table, its rules and its bytes.",
    ("dimsegen docs", "dimsegen docs --schemas mine --output pages --package mine"),
    (
        *SCHEMAS,
        TEMPLATES,
        output_folder("docs/reference"),
        package("import name of the package that they are about"),
        CHECK,
    ),
)


def run(options: argparse.Namespace) -> int:
    """Render everything in memory, then write or compare."""
    from ..command_line.write_or_check import write_or_check, written
    from ..render import PAGE_BANNER

    return write_or_check(
        _render(options),
        options.output,
        lambda drift: written(drift, "page"),
        remedy="dimsegen docs",
        check=options.check,
        banner=PAGE_BANNER,
    )


def _render(options: argparse.Namespace) -> dict[str, bytes]:
    """Return the pages of every family by their paths; the first page of each is its index.

    Raises
    ------
    CommandError
        If a template is wrong.
    """
    from ..explanation.rule_page import rule_page
    from ..render import RenderError, render_pages
    from ..witness.packages import imported

    (first, schema), *others = loaded(options, "pages")
    try:
        files = first.step("package").render_package(schema, options.templates)
        with imported(files, options.package) as made:
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
            own = first.step("pages").pages_of(schema, made, index, explored)
            return render_pages(
                [*own, rule_page(), *(page for pages in further for page in pages)],
                options.templates,
            )
    except RenderError as error:
        raise CommandError(f"{error}\nnothing was written") from error
