"""What a reviewer would object to in the schemas of PS3.7."""

from __future__ import annotations

from ...style.canonical import Review
from .objections import RULES
from .review import lint, review

__all__ = ["RULES", "Review", "lint", "review"]
