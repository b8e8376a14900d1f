"""What a folder says otherwise than the standard that it extends, a line each."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..families import Family, base_folder


def overrides_in_words(schemas: Mapping[Family, Any], folder: Path, *, extends: bool) -> list[str]:
    """Return a line for each thing that `folder` replaces of what it extends, below a heading.

    Parameters
    ----------
    schemas : mapping of Family to Any
        What the folder says of each family.
    """
    base = base_folder(folder, extends=extends)
    lines: list[str] = []
    for family, schema in schemas.items():
        if family.is_laid_over:
            lines += [f"  {each.position}: {each.name}" for each in schema.overrides]
        elif base and family.is_in(folder) and family.is_in(base):
            place = (folder / family.folder).as_posix()
            lines.append(f"  {place}: all of {family.part or family.name}")
    return ["replaces what the standard says:", *lines] if lines else []
