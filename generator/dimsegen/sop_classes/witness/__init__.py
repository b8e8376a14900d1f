"""Data sets that one version of the tables accepts and the other rejects. Each was checked in both.

What is shown is what was run: the code of a counterexample, in the packages of both versions.
"""

from __future__ import annotations

from .assessed import assess

__all__ = ["assess"]
