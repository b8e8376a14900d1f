"""The Upper Layer: the tables of PS3.8, and of Annex D of PS3.7, that are not DIMSE.

`load_upper_layer` reads them, `model` is what they say, `views` is what is printed of it.
"""

from __future__ import annotations

from .build import has_upper_layer, load_upper_layer

__all__ = ["has_upper_layer", "load_upper_layer"]
