"""What a reviewer would object to in the schemas of the Upper Layer."""

from __future__ import annotations

from .judged import review
from .objections import RULES

__all__ = ["RULES", "review"]
