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
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from ._handlers import refusal
from ._served import HANDLERS

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
    "exchange",
    "install",
    "is_installed",
    "refusal",
    "serve",
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


def exchange(association: Any, request: Any, context_id: int | None = None) -> Any:
    """Send a request of a service that pynetdicom has no method for, and return the response.

    Parameters
    ----------
    association : pynetdicom.association.Association
        An association that is established.
    request : DIMSEPrimitive
        The request, e.g. of a private service of this package.
    context_id : int, optional
        The presentation context; by default an accepted one of the SOP Class of the request.

    Returns
    -------
    DIMSEPrimitive or None
        The response; None if none came in time, and the association was aborted for that.

    Raises
    ------
    RuntimeError
        If the classes of this package are not in place, or the association is not established.
    ValueError
        If there is no presentation context for the request.
    """
    if not is_installed():
        raise RuntimeError("the classes of this package are not in place: call install() first")
    from ._private import exchange as exchanged

    return exchanged(association, request, context_id)


def serve(primitive: type[Any], handler: Callable[[Any], Any] | None) -> None:
    """Let `handler` answer the requests of a service that pynetdicom does not know.

    Parameters
    ----------
    primitive : type
        The class of a private service of this package, e.g. ``X_LOCK``.
    handler : callable or None
        Gets a request that is valid and on an accepted presentation context, and returns the
        response, e.g. ``request.respond(Status=0)``. Where it raises, a failure is returned. None
        for no handler any more.

    Raises
    ------
    ValueError
        If pynetdicom serves that primitive itself.
    """
    from ._primitives import ADAPTERS

    name = primitive.__name__
    if name in {each.__name__ for each in ADAPTERS}:
        raise ValueError(f"{name}: pynetdicom serves it itself: bind a handler to its event")
    if handler is None:
        HANDLERS.pop(name, None)
    else:
        HANDLERS[name] = handler


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
