"""How schema files are written: their canonical form.

The form of a file follows from its shape and from the usage codes; nothing here changes what a
schema means.
"""

from __future__ import annotations

from .formatting import format_text, longest_key

__all__ = ["format_text", "longest_key"]
