"""The data set of a C-STORE request in a file, while it is received.

Invariant: a file is made only for a request that can be served, and is gone if its message never
becomes complete, or is refused. What comes of any other request is thrown away, for nobody will
look at it.

This file is copied as it is from `templates/contrib/pynetdicom/_storing.py`. Do not edit the copy.
"""

from __future__ import annotations

from contextlib import suppress
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Any
from weakref import finalize

from pydicom.filewriter import write_file_meta_info
from pynetdicom.dsutils import create_file_meta

_UIDS = ("AffectedSOPClassUID", "AffectedSOPInstanceUID")


class _Nowhere(BytesIO):
    """Takes a data set that nobody will look at."""

    def write(self, data: Any) -> int:
        """Forget `data`."""
        return len(data)


def open_file(message: Any, assoc: Any, context_id: int) -> None:
    """Have the data set written to a file, in the DICOM File Format (PS3.10 7.1)."""
    class_uid, instance_uid = (_value(message, word) for word in _UIDS)
    context = assoc._accepted_cx.get(context_id)
    if not class_uid or not instance_uid or context is None:
        message.data_set = _Nowhere()
        return
    # Who serves the request removes the file. Where nobody does, as the association has ended, it
    # goes with the message.
    file: Any = NamedTemporaryFile(delete=False, mode="wb", suffix=".dcm")  # noqa: SIM115
    file.remove = finalize(file, _remove, file.file, file.name)
    message._data_set_file = file
    message._data_set_path = Path(file.name)
    file.write(b"\x00" * 128 + b"DICM")
    write_file_meta_info(
        file,
        create_file_meta(
            sop_class_uid=class_uid,
            sop_instance_uid=instance_uid,
            transfer_syntax=context.transfer_syntax[0],
        ),
    )


def _value(message: Any, keyword: str) -> Any:
    """Return what the reader of `message` made of an element."""
    received = getattr(message, "_received", None)
    if received is not None:
        return getattr(received.primitive, keyword)
    return message.command_set.get(keyword)


def close_file(message: Any) -> None:
    """Remove the file of a message that nobody gets."""
    file, message._data_set_file = message._data_set_file, None
    if file is not None:
        file.remove()


def remove_file(request: Any) -> None:
    """Remove the file of a request that has been served, whoever still has the request."""
    remove = getattr(getattr(request, "_dataset_file", None), "remove", None)
    if remove is not None:
        remove()


def keep_file(request: Any) -> None:
    """Leave the file of `request` to its handler: pynetdicom does not remove it after C-GET."""
    remove = getattr(request._dataset_file, "remove", None)
    if remove is not None:
        remove.detach()


def _remove(file: IO[bytes], path: str) -> None:
    file.close()
    with suppress(OSError):
        Path(path).unlink()
