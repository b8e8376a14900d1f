"""Whether a folder of schemas takes the standard tables that came with this generator.

Invariant: a folder says so in one line of one file, whatever else it has, so that it can be told
before anything of it is read.
"""

from __future__ import annotations

import re
from pathlib import Path

from .places import Disk, Place

PACKAGE_FILE = "package.yaml"
_EXTENDS = re.compile(rb"^(?:\xef\xbb\xbf)?extends:", re.MULTILINE)


def says_extends(place: Place | Path) -> bool:
    """Return whether the folder at `place` extends other tables, as far as it can be read."""
    folder = Disk(place) if isinstance(place, Path) else place
    try:
        content = folder.read(PACKAGE_FILE)
    except OSError:
        return False
    return bool(content and _EXTENDS.search(content))


def base_of(place: Place | Path, base: Path, *, extends: bool = False) -> Place | None:
    """Return where the tables are that the folder at `place` extends; None if it is whole.

    Parameters
    ----------
    place : Place or pathlib.Path
        The folder.
    base : pathlib.Path
        The standard tables.
    extends : bool, optional
        Whether it is to extend them though it does not say so.
    """
    folder = Disk(place) if isinstance(place, Path) else place
    if isinstance(folder, Disk) and folder.folder.resolve() == base.resolve():
        return None
    return Disk(base) if extends or says_extends(folder) else None
