"""The commands that only the tables of PS3.7 have, one module each, like those of `commands`."""

from __future__ import annotations

from pathlib import Path

from ... import commands
from ..family import FAMILY
from ..model import Schema


def load(folder: Path) -> Schema:
    """Return the schema in `folder`.

    Raises
    ------
    CommandError
        With every problem, if it cannot be used.
    """
    schema = commands.load(FAMILY, folder)
    assert isinstance(schema, Schema)
    return schema
