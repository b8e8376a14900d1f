"""The generated primitives in place of those of pynetdicom.

>>> from dimse_primitives.contrib import pynetdicom as ours
>>> ours.install()  # doctest: +SKIP

From then on every association of this process makes, sends and receives primitives of this
package: invalid messages are explained on the logger ``dimse_primitives``, and defects of
pynetdicom that only show on the wire are gone. With ``install(codec=True)`` messages are also
encoded and decoded by the generated codec, and the threads of an association are told of their
work instead of looking for it, which takes less than half the CPU time and many times the rate.

Invariant: nothing of pynetdicom is imported before `install` is called, none of its files is
changed, and `uninstall` leaves it as it was.

This file is copied as it is from `templates/contrib/pynetdicom/__init__.py`. Do not edit the copy.
"""

from __future__ import annotations

import re
import threading
import warnings
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from ._handlers import refusal

if TYPE_CHECKING:
    from ._installation import Installation

SUPPORTED = ("3.0.0", "3.0.1", "3.0.3", "3.0.4", "3.1.0.dev0")
"""Versions of pynetdicom that this package was tried with; 3.0 and 3.1 are supported."""

_OLDEST = (3, 0)
_UNTRIED = (3, 2)
_warned: set[str] = set()

__all__ = [
    "SUPPORTED",
    "UnsupportedVersionError",
    "install",
    "is_installed",
    "refusal",
    "uninstall",
]

_lock = threading.Lock()
_current: Installation | None = None


class UnsupportedVersionError(ImportError):
    """pynetdicom is missing, or is a version that is not supported."""


def install(*, codec: bool = False) -> None:
    """Put the classes of this package in place of those of pynetdicom.

    Call it before the first association; what pynetdicom has made by then keeps its classes. It
    may be called again, also to change `codec`.

    Parameters
    ----------
    codec : bool, optional
        Encode and decode messages with the generated codec, too, let no thread wait until it
        looks for work, and no PDU until the one before is acknowledged (TCP_NODELAY).

    Raises
    ------
    UnsupportedVersionError
        If pynetdicom is missing or older than 3.0; nothing is changed then.

    Warns
    -----
    RuntimeWarning
        Once, if pynetdicom is newer than what was tried: 3.2 or later.
    """
    global _current
    _check_version()
    from ._installation import Installation

    with _lock:
        if _current is not None and _current.codec != codec:
            _current.undo()
            _current = None
        if _current is None:
            _current = Installation(codec=codec)


def uninstall() -> None:
    """Put the classes of pynetdicom back; without an `install` this does nothing."""
    global _current
    with _lock:
        if _current is not None:
            _current.undo()
            _current = None


def is_installed(*, codec: bool = False) -> bool:
    """Return whether the classes of this package are in place; with `codec`, its codec too."""
    current = _current
    return current is not None and (current.codec or not codec)


def _check_version() -> None:
    try:
        found = version("pynetdicom")
    except PackageNotFoundError:
        raise UnsupportedVersionError(
            "pynetdicom is not installed: pip install 'pynetdicom>=3.0,<3.2'"
        ) from None
    match = re.match(r"(\d+)\.(\d+)", found)
    release = (int(match[1]), int(match[2])) if match else (0, 0)
    if release < _OLDEST:
        raise UnsupportedVersionError(
            f"pynetdicom {found} is not supported, only 3.0 and newer: "
            "pip install 'pynetdicom>=3.0,<3.2'"
        )
    if release >= _UNTRIED and found not in _warned:
        _warned.add(found)
        warnings.warn(
            f"pynetdicom {found} has not been tried with this package, neither its classes nor its "
            f"codec, only {', '.join(SUPPORTED)} have; where something fails: "
            "pip install 'pynetdicom>=3.0,<3.2'",
            RuntimeWarning,
            stacklevel=3,
        )
