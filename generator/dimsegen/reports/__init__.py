"""The formats of a report, by the name that `-o` gives them.

A format prints a `Report` and decides nothing; a new one is a module and an entry here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..sets.report import Report
from . import github, json, markdown, sarif, text

FORMATS: Mapping[str, Callable[[Report], str]] = {
    "text": text.render,
    "markdown": markdown.render,
    "json": json.render,
    "github": github.render,
    "sarif": sarif.render,
}
