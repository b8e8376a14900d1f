"""What a folder says otherwise than the standard that it extends, a line each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ..families import Family, base_folder


def overrides(schemas: Mapping[Family, Any], folder: Path, *, extends: bool) -> Iterator[str]:
    """Yield a line for each thing of the standard that `folder` replaces.

    Parameters
    ----------
    schemas : mapping of Family to Any
        What the folder says of each family.
    folder : pathlib.Path
        The folder.
    extends : bool
        Whether it extends the standard though it does not say so.
    """
    base = base_folder(folder, extends=extends)
    for family, schema in schemas.items():
        if family.is_laid_over:
            yield from (f"{each.position}: {each.name}" for each in schema.overrides)
        elif base and family.is_in(folder) and family.is_in(base):
            yield f"{(folder / family.folder).as_posix()}: all of {family.part}"


def overrides_in_words(schemas: Mapping[Family, Any], folder: Path, *, extends: bool) -> list[str]:
    """Return the lines to print; none where the folder replaces nothing."""
    lines = list(overrides(schemas, folder, extends=extends))
    return ["replaces what the standard says:", *(f"  {line}" for line in lines)] if lines else []
