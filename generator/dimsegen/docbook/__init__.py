"""Read PS3.7 as NEMA publishes it, DocBook 5, and hold it against the schemas.

Invariant: only `tree` reads XML, and nothing here is written for one edition: what an edition has
otherwise is a finding, and what nobody can read is an error with its place.
"""

from __future__ import annotations

from pathlib import Path

from ..data import folder_of
from ..loader import load_schema
from ..model.schema import Schema
from .part import Part, read_part
from .problems import DocumentError
from .verify import Verification, verify

__all__ = ["DocumentError", "Part", "Verification", "load", "read_part", "verify"]


def load(path: Path) -> Schema:
    """Return what an edition of PS3.7 prints, for a comparison with another edition.

    Parameters
    ----------
    path : pathlib.Path
        The DocBook file.

    Raises
    ------
    DocumentError
        If the file is no edition of PS3.7, or something in its tables cannot be read.
    SchemaError
        If the schemas that came with this generator do not load: they give keywords their names.
    """
    return read_part(path, load_schema(folder_of("schemas"))).schema
