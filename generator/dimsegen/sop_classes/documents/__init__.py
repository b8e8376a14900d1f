"""The shapes of the schema files of the SOP classes.

This is the whole vocabulary. A key that is not here is an error in a file, and a key that is here
has a builder that reads it.
"""

from __future__ import annotations

from ...reading.merging import partials
from ...table.errata_file import ERRATA
from .file_shapes import FILE, MACROS
from .legend_shapes import USAGES
from .vocabulary import EVERY

__all__ = ["DOCUMENTS", "EVERY", "EXTENDING"]

DOCUMENTS = {"sop_class": FILE, "macros": MACROS, "usages": USAGES, "errata": ERRATA}

# The files of a folder that extends the standard say what they add and replace, and no more.
EXTENDING = partials(DOCUMENTS)
