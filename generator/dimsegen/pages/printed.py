"""What a template is given: every file that is rendered is one of these."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Printed:
    """A file to print: its path, its template, and what the template prints."""

    path: str
    template: str
    values: Mapping[str, object]
