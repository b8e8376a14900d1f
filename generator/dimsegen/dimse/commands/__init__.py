"""The commands that only the tables of PS3.7 have, one module each, like those of `commands`."""

from __future__ import annotations

from pathlib import Path

from ... import commands
from ..family import FAMILY
from ..model import Schema


def load(folder: Path, *, extends: bool = False) -> Schema:
    """Return the schema in `folder`, with the standard if it extends that.

    Raises
    ------
    CommandError
        With every problem, if it cannot be used.
    """
    schema = commands.load(FAMILY, folder, extends=extends)
    assert isinstance(schema, Schema)
    return schema
