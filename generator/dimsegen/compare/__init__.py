"""Compare two schemas by set arithmetic.

It imports the model and, for what contains what, the table of VRs; nothing else of ours.
"""

from .schemas import compare

__all__ = ["compare"]
