"""What a reviewer would object to in the schemas of the Upper Layer."""

from __future__ import annotations

from .judged import review

__all__ = ["review"]
