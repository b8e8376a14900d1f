"""The files of the package that audits captured dialogues."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

from ..render import Printed, finished, folder_texts, once, read, root_texts
from .family import FAMILY
from .model import Rules
from .views import rules_view

# Printed as they are, beside the modules.
_AS_THEY_ARE = ("page.html", "page.css", "page.js", "audit.schema.json")


@once
def render_package(rules: Rules, templates: Path) -> dict[str, bytes]:
    """Return every file of the package's folder ``audit``, and what stands beside it, by its path.

    Raises
    ------
    RenderError
        If a template is missing or wrong, or renders to something that does not compile.
    """
    folder = FAMILY.folder
    module = Printed.within(folder, "_rules.py", "_rules.py.j2", view=rules_view(rules))
    as_they_are = ((f"{folder}/{name}", read(templates / folder / name)) for name in _AS_THEY_ARE)
    texts = folder_texts(folder, [module], templates)
    return finished(chain(texts, root_texts(folder, templates), as_they_are))


def contents(rules: Rules) -> tuple[tuple[int, str], ...]:
    """Return how much there is, for a person: numbers, and of what."""
    return ((len(rules.rules), "dialogue rule"),)
