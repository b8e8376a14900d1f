"""The files of the package that the tables of PS3.8 make up."""

from __future__ import annotations

from pathlib import Path

from ..render import Renderer, copied, finished
from .model import UpperLayer
from .views.files import FOLDER, files_of


def render_package(layer: UpperLayer, templates: Path) -> dict[str, bytes]:
    """Return every file of the package's folder ``upper_layer`` by its path in the package.

    Raises
    ------
    RenderError
        If a template is missing or wrong, or renders to something that does not compile.
    """
    rendered = Renderer(templates)
    files = {each.path: rendered(each.template, each.values) for each in files_of(layer)}
    for path in sorted((templates / FOLDER).glob("*.py")):
        files[f"{FOLDER}/{path.name}"] = copied(path)
    # What stands on the folder, and beside it.
    for path in sorted((templates / FOLDER / "root").glob("*.py")):
        files[path.name] = copied(path)
    return finished(files.items())


def contents(layer: UpperLayer) -> tuple[tuple[int, str], ...]:
    """Return how much the tables hold, for a person: numbers, and of what."""
    return (len(layer.structures), "PDU structure"), (len(layer.services), "Upper Layer service")
