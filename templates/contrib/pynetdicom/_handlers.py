"""What a handler of pynetdicom answers to a request that is not as its SOP class asks.

This file is copied as it is from `templates/contrib/pynetdicom/_handlers.py`. Do not edit the copy.
"""

from __future__ import annotations

from importlib import import_module
from io import BytesIO
from typing import Any, Final

from pydicom.dataset import Dataset

_PACKAGE: Final = __name__.rpartition(".contrib.")[0]


def refusal(event: Any, state: str | Dataset | None = None) -> tuple[Dataset, None] | None:
    """Return what a handler returns to refuse a request, None if there is nothing against it.

    For the handlers of ``EVT_N_ACTION``, ``EVT_N_CREATE``, ``EVT_N_EVENT_REPORT`` and
    ``EVT_N_SET``. It needs no `install`, but without it pynetdicom leaves out fields that it does
    not know.

    Parameters
    ----------
    event : pynetdicom.events.Event
        What the handler was called with.
    state : str or pydicom.dataset.Dataset, optional
        The state of the SOP Instance, or all its attributes: see `sop_classes.check`.

    Returns
    -------
    tuple of Dataset and None, or None
        The status with everything that Annex C of PS3.7 permits with it, and no data set.

    Raises
    ------
    DataSetError
        If the data set of the request cannot be read.
    """
    sop_classes: Any = import_module(f"{_PACKAGE}.sop_classes")
    request = _of_this_package(event.request)
    syntax = event.context.transfer_syntax
    found = sop_classes.check(request, transfer_syntax=syntax, state=state)
    if not found:
        return None
    response = sop_classes.refuse(request, found, transfer_syntax=syntax)
    status = Dataset()
    for keyword in ("Status", *type(response).STATUS_OPTIONAL_KEYWORDS):
        value = getattr(response, keyword)
        if value is not None and not keyword.startswith("Affected"):
            setattr(status, keyword, value)
    return status, None


def _of_this_package(request: Any) -> Any:
    """Return a request of pynetdicom as a primitive of this package."""
    made = getattr(import_module(_PACKAGE), type(request).__name__)()
    for keyword in made.PARAMETERS:
        value = getattr(request, keyword, None)
        if value is not None:
            # The handler reads its own copy.
            is_data_set = isinstance(value, BytesIO)
            setattr(made, keyword, BytesIO(value.getvalue()) if is_data_set else value)
    return made
