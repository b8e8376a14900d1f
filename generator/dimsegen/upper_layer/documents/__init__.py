"""The shapes of the schema files of the Upper Layer.

This is the whole vocabulary. A key that is not here is an error in a file, and a key that is here
has a builder that reads it.
"""

from __future__ import annotations

from ...reading.merging import partials
from ...table.errata_file import ERRATA
from .machine_shapes import STATES
from .service_shapes import SERVICE_TABLE
from .structure_shapes import STRUCTURE

__all__ = ["DOCUMENTS", "EXTENDING"]

DOCUMENTS = {"service": SERVICE_TABLE, "pdu": STRUCTURE, "states": STATES, "errata": ERRATA}

# The files of a folder that extends the standard say what they add and replace, and no more.
EXTENDING = partials(DOCUMENTS)
