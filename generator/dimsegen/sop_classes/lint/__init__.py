"""What a reviewer would object to in the schemas of the SOP classes."""

from __future__ import annotations

from .review import RULES, review

__all__ = ["RULES", "review"]
