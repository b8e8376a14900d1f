"""The package of the tables that are explained, to run examples."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..data import folder_of
from ..families import Family, families


def files_of(family: Family, schema: Any, templates: Path) -> dict[str, bytes]:
    """Return the package of these tables, with what it imports from the other families.

    Raises
    ------
    RenderError
        If a template is wrong.
    """
    files: dict[str, bytes] = {}
    for other in families():
        if other.name != family.name and not other.folder and other.has("package"):
            standard = other.step("loader").load_schema(folder_of("schemas"))
            files |= other.step("package").render_package(standard, templates)
    own: dict[str, bytes] = family.step("package").render_package(schema, templates)
    return files | own
