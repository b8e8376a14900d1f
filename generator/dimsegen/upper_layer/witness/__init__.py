"""Primitives, PDUs and transitions on which two versions of the generated code differ.

Whatever is shown was run: the code of a counterexample is what was executed, in both packages.
"""

from __future__ import annotations

from .assessment import assess, tried
from .verification import VerifyResult, verify

__all__ = ["VerifyResult", "assess", "tried", "verify"]
