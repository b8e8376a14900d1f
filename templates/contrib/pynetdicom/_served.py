"""Who answers the requests of private services.

This file is copied as it is from `templates/contrib/pynetdicom/_served.py`. Do not edit the copy.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

HANDLERS: Final[dict[str, Callable[[Any], Any]]] = {}
"""What gives the response to a request, by the name of the class of both."""
