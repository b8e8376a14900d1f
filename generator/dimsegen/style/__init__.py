"""How schema files are written: their canonical form, and what a reviewer would object to.

Invariant: the form of a file follows from its shape and the model; nothing here changes what a
schema means. Of the rooms outside the loader this one alone imports yaml.
"""

from __future__ import annotations

from .formatting import format_text, longest_keyword
from .review import Review, lint, review

__all__ = ["Review", "format_text", "lint", "longest_keyword", "review"]
