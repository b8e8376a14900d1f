"""What is raised where an association does not come about, or ends before its time.

This file is copied as it is from `templates/upper_layer/_connection_errors.py`.
Do not edit the copy.
"""

from __future__ import annotations

from ._association_events import Aborted, Rejected
from ._enumerations import AbortReason, AbortSource


class AssociationRejected(ConnectionError):  # noqa: N818 - the name is the contract's
    """The peer rejected the association.

    Attributes
    ----------
    result, source, reason : int
        The fields of the A-ASSOCIATE-RJ PDU (PS3.8 9.3.4); the text says them in words.
    """

    __module__ = f"{__package__.rpartition('.')[0]}.aio"  # tracebacks name it as it is imported

    def __init__(self, event: Rejected) -> None:
        super().__init__(event.text)
        self.result, self.source, self.reason = event.result, event.source, event.reason


class AssociationAborted(ConnectionError):  # noqa: N818 - the name is the contract's
    """The association was aborted, or its connection was lost.

    Attributes
    ----------
    source, reason : int
        The fields of the A-ABORT PDU (PS3.8 9.3.8); the text says them in words.
    """

    __module__ = f"{__package__.rpartition('.')[0]}.aio"  # tracebacks name it as it is imported

    def __init__(self, event: Aborted) -> None:
        super().__init__(event.text)
        self.source, self.reason = event.source, event.reason


def aborted_here(text: str) -> AssociationAborted:
    """Return the error of an association that this end aborts."""
    source, reason = AbortSource.SERVICE_USER, AbortReason.REASON_NOT_SPECIFIED
    return AssociationAborted(Aborted(source, reason, text, is_local=True))
