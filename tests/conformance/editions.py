"""PS3.7 as NEMA publishes it, edition by edition, where the files are at hand.

A file is ``EDITION/part07.xml`` in a folder that lies beside the repository, or that
``$PS37_DOCBOOK`` names. It is NEMA's text: nothing of it is in the repository.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest
from dimsegen.dimse.docbook import Part, read_part, whole
from dimsegen.dimse.model import Schema

from ..conftest import ROOT
from ..printed import printed_schema

FILE = "part07.xml"
FOLDER = Path(os.environ.get("PS37_DOCBOOK") or ROOT.parent / "shared" / "docbook")
# The file of each edition, oldest first.
EDITIONS = {path.parent.name: path for path in sorted(FOLDER.glob(f"*/{FILE}"))}
NEIGHBOURS = list(zip(EDITIONS, list(EDITIONS)[1:], strict=False))

HOW = "put EDITION/part07.xml of dicom.nema.org into a folder, and name it in PS37_DOCBOOK"
needs_editions = pytest.mark.skipif(not EDITIONS, reason=f"no edition of PS3.7 is at hand: {HOW}")


def require(*editions: str) -> None:
    """Skip the test where one of `editions` is not at hand."""
    lacking = [each for each in editions if each not in EDITIONS]
    if lacking:
        pytest.skip(f"PS3.7 {' and '.join(lacking)} is not at hand: {HOW}")


@cache
def schemas() -> Schema:
    """Return what the schemas say."""
    return printed_schema()


@cache
def part_of(edition: str) -> Part:
    """Return what an edition prints."""
    path = EDITIONS[edition]
    return read_part(path.read_bytes(), path.as_posix(), schemas())


@cache
def schema_of(edition: str) -> Schema:
    """Return what an edition prints, as `dimsegen diff` compares it."""
    return whole(part_of(edition), schemas())
