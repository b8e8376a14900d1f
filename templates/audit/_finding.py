"""What is found in a capture: which rule, where, and who is to mend it.

Invariant: a finding is made by a rule, and rules are generated; none is worded here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

REQUESTOR, ACCEPTOR = "requestor", "acceptor"
OTHER: Final = {REQUESTOR: ACCEPTOR, ACCEPTOR: REQUESTOR, "": ""}
_SENDER, _RECEIVER = "sender", "receiver"


class Place(NamedTuple):
    """Where in a capture something is.

    Attributes
    ----------
    sender : str
        Whose bytes they are: ``requestor``, ``acceptor``, or empty where that is not known.
    time : int or None
        Nanoseconds since 1970.
    frame : int
        The number of the frame, from 1; 0 where there are no frames.
    """

    sender: str
    time: int | None
    frame: int


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that is broken, or something that is missing, in a dialogue.

    Attributes
    ----------
    rule : str
        Identifier of the rule, which `dimsegen explain` knows.
    about : str
        What it is about: ``capture``, ``pdu``, ``state``, ``message`` or ``dialogue``.
    message : str
        What was found.
    advice : str
        What to do about it.
    reference : str
        The clause.
    mends : str
        Who is to mend it: ``requestor``, ``acceptor``, or ``capture`` for whoever captured.
    place : Place
        Where it is.
    """

    rule: str
    about: str
    message: str
    advice: str
    reference: str
    mends: str
    place: Place

    def __str__(self) -> str:
        return f"{self.rule}: {self.message}; {self.advice} ({self.reference})"


class Rule(NamedTuple):
    """A rule of a dialogue; `mends` may be the sender or the receiver of what breaks it."""

    identifier: str
    about: str
    mends: str
    advice: str
    reference: str

    def found(self, place: Place, message: str) -> Finding:
        """Return the finding at a place."""
        mends = self.mends
        if mends == _SENDER:
            mends = place.sender
        elif mends == _RECEIVER:
            mends = OTHER[place.sender]
        return Finding(
            self.identifier, self.about, message, self.advice, self.reference, mends, place
        )
