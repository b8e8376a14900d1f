"""The handlers with which pynetdicom logs every message, when somebody listens.

Invariant: what is logged does not change, and looking at a message in order to log it leaves the
message as it was. A message that lacks what its handler wants to show is no error of the program.

This file is copied as it is from `templates/contrib/pynetdicom/_logging.py`. Do not edit the copy.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from pynetdicom import _handlers

from ._diagnosis import LOGGER

_STATE = ("_wire", "_received", "_command_set")


def _unless_unheard(theirs: Callable[[Any], list[str]]) -> Callable[[Any], list[str]]:
    def handler(event: Any) -> list[str]:
        if not _handlers.LOGGER.isEnabledFor(logging.INFO):
            return []
        kept = {name: value for name, value in vars(event.message).items() if name in _STATE}
        try:
            return theirs(event)
        except Exception as error:
            LOGGER.debug("%s cannot be shown: %s", type(event.message).__name__, error)
            return []
        finally:
            vars(event.message).update(kept)

    handler.__name__ = theirs.__name__
    handler.__doc__ = theirs.__doc__
    return handler


HANDLERS: dict[str, tuple[object, object]] = {
    theirs.__name__: (theirs, _unless_unheard(theirs))
    for theirs in (_handlers.standard_dimse_recv_handler, _handlers.standard_dimse_sent_handler)
}
