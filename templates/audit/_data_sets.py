"""A data set as text, for who asks for values: it is patient data."""

from __future__ import annotations

from io import BytesIO

from pydicom.filereader import read_dataset
from pydicom.uid import UID, ImplicitVRLittleEndian


def shown_data_set(data: bytes, transfer_syntax: str | None) -> str:
    """Return the elements of a data set, a line each; why not, if it cannot be read."""
    syntax = UID(transfer_syntax) if transfer_syntax else ImplicitVRLittleEndian
    if not syntax.is_transfer_syntax or syntax.is_deflated:
        return "(the data set is in a transfer syntax that is not shown)"
    try:
        found = read_dataset(BytesIO(data), syntax.is_implicit_VR, syntax.is_little_endian)
        return str(found)
    except Exception as error:  # whatever pydicom makes of any bytes
        return f"(the data set cannot be read: {error})"
