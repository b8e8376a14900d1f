"""Compare two schemas by set arithmetic. It imports the model and nothing else of ours."""

from .schemas import compare

__all__ = ["compare"]
