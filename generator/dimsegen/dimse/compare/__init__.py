"""Compare two schemas by set arithmetic."""

from .schemas import compare

__all__ = ["compare"]
