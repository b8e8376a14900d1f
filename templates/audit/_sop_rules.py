"""The rules of SOP classes (PS3.4), where the package has them: `dimse_primitives.sop_classes`.

Invariant: this is the only module that knows whether it has. Without them, it says so.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final

from pydicom.uid import UID, ImplicitVRLittleEndian

from .._rows import Violation
from .._status import status_class

_NAME: Final = f"{(__package__ or '').rpartition('.')[0]}.sop_classes"
_sop_classes: Final[Any] = import_module(_NAME) if find_spec(_NAME) is not None else None
#: The service whose data sets are counted and not kept: they have pixels.
C_STORE: Final = "C-STORE"
_WITHOUT: Final = "data sets: this package has no rules of SOP classes"
_NO_RULES: Final = "data sets of SOP classes without rules"
_UNREADABLE: Final = "data sets that cannot be read"
_NOT_KEPT: Final = "data sets that are not whole, or of more than a mebibyte"
_UNKNOWN_SYNTAX: Final = "data sets in a transfer syntax that is not known"


def instances() -> Any:
    """Return what follows SOP Instances through their states; None without rules of SOP classes."""
    return _sop_classes.Instances() if _sop_classes is not None else None


def has_rules() -> bool:
    """Return whether the package has rules of SOP classes."""
    return _sop_classes is not None


def needs_data_set(sop_class: str | None, service: str) -> bool:
    """Return whether a rule is about the data sets of a service of a SOP class."""
    return service != C_STORE and _known(sop_class) is not None


def _known(sop_class: str | None) -> Any:
    return _sop_classes.sop_class(sop_class) if _sop_classes is not None and sop_class else None


@lru_cache(maxsize=1024)
def status_text(sop_class: str | None, service: str, status: int) -> str:
    """Return what a status means, for the SOP class or else in general."""
    found = status_class(status)
    text = found.value if found is not None else "in no status class"
    known = _known(sop_class)
    if known is None:
        return text
    special = known.statuses(service).get(status)
    meaning = getattr(special, "meaning", "")
    return f"{text}: {meaning}" if meaning and meaning != text else text


def check(
    primitive: Any,
    data_set: bytes | None,
    *,
    request: Any,
    sop_class: str,
    transfer_syntax: UID | None,
    size: int,
) -> tuple[tuple[Violation, ...], str]:
    """Return the rules of its SOP class that a message breaks, and what was not checked, if any."""
    if _sop_classes is None:
        return (), _WITHOUT if size else ""
    if _known(sop_class) is None:
        return (), _NO_RULES if size else ""
    if size and data_set is None:
        return (), _NOT_KEPT
    if size and not (transfer_syntax and transfer_syntax.is_transfer_syntax):
        return (), _UNKNOWN_SYNTAX
    syntax = transfer_syntax or ImplicitVRLittleEndian
    try:
        found = _sop_classes.check(
            primitive, data_set or None, request=request, transfer_syntax=syntax
        )
    except _sop_classes.DataSetError:
        return (), _UNREADABLE
    return tuple(found), ""
