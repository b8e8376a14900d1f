"""The files of the package that the tables of PS3.4 make up."""

from __future__ import annotations

from pathlib import Path

from ..render import finished, folder_texts, once
from .family import FAMILY
from .model import Row, SOPClasses
from .views.files import files_of


@once
def render_package(schema: SOPClasses, templates: Path) -> dict[str, bytes]:
    """Return every file of the package's folder ``sop_classes`` by its path in the package.

    Raises
    ------
    RenderError
        If a template is missing or wrong, or renders to something that does not compile.
    """
    return finished(folder_texts(FAMILY.folder, files_of(schema), templates))


def contents(schema: SOPClasses) -> tuple[tuple[int, str], ...]:
    """Return how much the tables hold, for a person: numbers, and of what."""
    tables = [table for file in schema.files for table in file.tables]
    rows = sum(
        isinstance(what, Row)
        for table in (*tables, *schema.macros.values())
        for _, what in table.lines
    )
    return (len(schema.sop_classes), "SOP class"), (rows, "attribute row")
