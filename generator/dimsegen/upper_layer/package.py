"""The files of the package that the tables of PS3.8 make up."""

from __future__ import annotations

import json
from itertools import chain
from pathlib import Path

from ..render import finished, folder_texts, once, root_texts
from .family import FAMILY
from .model import UpperLayer
from .views.files import files_of
from .views.json_forms import json_schema_of


@once
def render_package(layer: UpperLayer, templates: Path) -> dict[str, bytes]:
    """Return every file of the package's folder ``upper_layer`` by its path in the package.

    Raises
    ------
    RenderError
        If a template is missing or wrong, or renders to something that does not compile.
    """
    texts = folder_texts(FAMILY.folder, files_of(layer), templates)
    schema = json.dumps(json_schema_of(layer), indent=2)
    forms = [(f"{FAMILY.folder}/{FAMILY.folder}.schema.json", f"{schema}\n")]
    return finished(chain(texts, root_texts(FAMILY.folder, templates), forms))


def contents(layer: UpperLayer) -> tuple[tuple[int, str], ...]:
    """Return how much the tables hold, for a person: numbers, and of what."""
    return (len(layer.structures), "PDU structure"), (len(layer.services), "Upper Layer service")
