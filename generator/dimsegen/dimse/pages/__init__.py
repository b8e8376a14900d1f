"""The reader's pages: the same model as the package, other views and other templates.

No fact about a service is written here or in `docs/`; what a page shows of code was run.
"""

from __future__ import annotations

from .site import pages_of

__all__ = ["pages_of"]
