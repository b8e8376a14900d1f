"""What a data set, or a response, breaks of what its SOP class asks.

This file is copied as it is from `templates/sop_classes/_violations.py`. Do not edit the copy.
"""

from __future__ import annotations

from dataclasses import dataclass

from .._rows import Violation


@dataclass(frozen=True)
class SOPClassViolation(Violation):
    """A rule of PS3.4 that a message breaks.

    Attributes
    ----------
    path : str
        Where in the data set: ``ScheduledStepAttributesSequence[1].StudyInstanceUID``, items
        counted from 1; empty if it is about the message.
    status : int or None
        The status with which the peer answers, e.g. ``0x0120``; None if the message is itself a
        response.
    tags : tuple of int
        The tags on the way to the attribute, its own last; of a private one, that which it has in
        the data set.
    """

    path: str = ""
    status: int | None = None
    tags: tuple[int, ...] = ()
