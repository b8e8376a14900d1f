"""Run the code generated from both versions of a schema against what a comparison says.

`assess` gives each finding the smallest message that shows it; `verify` tries every presence
pattern and reports where findings and generated code disagree. Neither imports the renderer: both
take the rendered files.
"""

from __future__ import annotations

from ...witness.proof import ContradictionError
from .assessment import assess
from .verification import VerifyResult, verify

__all__ = ["ContradictionError", "VerifyResult", "assess", "verify"]
