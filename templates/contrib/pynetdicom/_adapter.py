"""What the twelve classes that stand in for those of pynetdicom have in common.

Invariant: an adapter stores what its native class stores, in the same slots, and what pynetdicom
notes on every primitive besides; no rule of PS3.7 is changed here.

This file is copied as it is from `templates/contrib/pynetdicom/_adapter.py`. Do not edit the copy.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, ClassVar, Final, TypeVar

from pynetdicom import dimse_primitives

from ..._runtime import DIMSEPrimitive

NOTES = ("_context_id", "_dataset_path", "_dataset_file", "_is_request")
_A = TypeVar("_A", bound="Adapter")


class _StatusOptionalKeywords:
    """The status fields that pynetdicom copies from a response into the status its user gets.

    An instance has those that pynetdicom always copies, and those that Annex C permits with its
    status: a UID that a response merely repeats is none. A class has all of them.
    """

    def __get__(self, instance: Adapter | None, owner: Any) -> tuple[str, ...]:
        if instance is None or owner._STATUS is None:
            return _merged(owner, super(Adapter, owner).STATUS_OPTIONAL_KEYWORDS)  # type: ignore[misc]
        status = getattr(instance, owner._STATUS)
        if status is None or status not in owner.STATUS_FIELDS:
            return _merged(owner, ())
        return _merged(owner, owner.STATUS_FIELDS[status])


# Taken before the classes are replaced: this module is imported by the first installation.
_THEIRS: Final = {
    name: value.STATUS_OPTIONAL_KEYWORDS
    for name, value in vars(dimse_primitives).items()
    if isinstance(value, type) and hasattr(value, "STATUS_OPTIONAL_KEYWORDS")
}

# What its objects have from the beginning: it acts on a message that lacks that.
DEFAULTS: Final[dict[str, dict[str, Any]]] = {
    name: {
        word: default
        for word in vars(value)["REQUEST_KEYWORDS"]
        if (default := getattr(value(), word)) is not None
    }
    for name, value in vars(dimse_primitives).items()
    if isinstance(value, type) and "REQUEST_KEYWORDS" in vars(value)
}


@cache
def _merged(owner: Any, ours: tuple[str, ...]) -> tuple[str, ...]:
    """Return the fields that pynetdicom copies, then those of `ours` that are elements.

    One of its classes lists a field that it does not have.
    """
    theirs = [word for word in _THEIRS.get(owner.__name__, ()) if hasattr(owner, word)]
    elements = [word for word in ours if word in owner.RESPONSE_ELEMENTS]
    return tuple(dict.fromkeys((*theirs, *elements)))


class Adapter(DIMSEPrimitive):
    """A primitive with the attributes that pynetdicom sets on it.

    Attributes
    ----------
    _context_id : int or None
        The presentation context that a received message came on.
    _dataset_path : path, (path, int) or None
        Where the data set is, or the file and the offset at which it starts, if in a file.
    _dataset_file : file or None
        The temporary file at that path.
    _is_request : bool or None
        Whether the message that it came in is a request; None if it did not come in one.
    """

    __slots__ = ()

    _context_id: int | None
    _dataset_path: Path | tuple[Path, int] | None
    _dataset_file: Any
    _is_request: bool | None
    _DATA_SETS: ClassVar[tuple[str, ...]] = ()

    STATUS_OPTIONAL_KEYWORDS = _StatusOptionalKeywords()

    def __init__(self, **values: Any) -> None:
        for name in NOTES:
            setattr(self, name, None)
        super().__init__(**values)

    @classmethod
    def of(cls: type[_A], native: DIMSEPrimitive) -> _A:
        """Return what `native`, an object of the native class of this one, holds."""
        made = cls.__new__(cls)
        slots: tuple[str, ...] = type(native).__slots__
        for slot in slots:
            setattr(made, slot, getattr(native, slot))
        for name in NOTES:
            setattr(made, name, None)
        return made

    def native(self) -> Any:
        """Return an object of the native class of this one, which holds the same."""
        kind: Any = next(base for base in type(self).__bases__ if base is not Adapter)
        made = kind.__new__(kind)
        for slot in kind.__slots__:
            setattr(made, slot, getattr(self, slot))
        return made

    @property
    def _dataset(self) -> Any:
        """The data set, whichever parameter it is."""
        values = (getattr(self, slot) for slot in self._DATA_SETS)
        return next((value for value in values if value is not None), None)

    @_dataset.setter
    def _dataset(self, value: Any) -> None:
        if not self._DATA_SETS:
            raise AttributeError(f"{self.msg_type} has no data set")
        setattr(self, self._DATA_SETS[0], value)
