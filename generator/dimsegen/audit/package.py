"""The files of the package that audits captured dialogues."""

from __future__ import annotations

from pathlib import Path

from ..render import Renderer, copied, finished, read
from .model import Rules
from .views import rules_view

FOLDER = "audit"
# Printed as they are, beside the modules.
_AS_THEY_ARE = ("page.html", "page.css", "page.js", "audit.schema.json")


def render_package(rules: Rules, templates: Path) -> dict[str, bytes]:
    """Return every file of the package's folder ``audit`` by its path in the package.

    Raises
    ------
    RenderError
        If a template is missing or wrong, or renders to something that does not compile.
    """
    rendered = Renderer(templates)
    template = f"{FOLDER}/_rules.py"
    files = {template: rendered(f"{template}.j2", {"view": rules_view(rules)})}
    for path in sorted((templates / FOLDER).glob("*.py")):
        files[f"{FOLDER}/{path.name}"] = copied(path)
    for name in _AS_THEY_ARE:
        files[f"{FOLDER}/{name}"] = read(templates / FOLDER / name)
    return finished(files.items())


def contents(rules: Rules) -> tuple[tuple[int, str], ...]:
    """Return how much there is, for a person: numbers, and of what."""
    return ((len(rules.rules), "dialogue rule"),)
