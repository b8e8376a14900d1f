"""The shapes of the schema files of the SOP classes.

This is the whole vocabulary. A key that is not here is an error in a file, and a key that is here
has a builder that reads it.
"""

from __future__ import annotations

from ...table.errata_file import ERRATA
from .file_shapes import FILE, MACROS
from .legend_shapes import USAGES
from .vocabulary import EVERY

__all__ = ["DOCUMENTS", "EVERY"]

DOCUMENTS = {"sop_class": FILE, "macros": MACROS, "usages": USAGES, "errata": ERRATA}
