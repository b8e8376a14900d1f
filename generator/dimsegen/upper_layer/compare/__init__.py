"""What differs between two versions of the tables of the Upper Layer, and whom it breaks."""

from __future__ import annotations

from .schemas import compare

__all__ = ["compare"]
