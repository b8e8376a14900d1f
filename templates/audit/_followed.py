"""The SOP Instances of a capture and their states, whichever association tells of them.

Invariant: an instance is known by who keeps it and by its UID. Where messages may be missing,
nothing is held against anybody, and what was known before is not any more.
"""

from __future__ import annotations

from typing import Any, Final

from pydicom.uid import ImplicitVRLittleEndian

from .._messages import NORMALIZED
from .._status import StatusClass, status_class
from . import _rules as rules
from ._finding import ACCEPTOR, OTHER
from ._record import Association, SentMessage

_SYNTAX: Final = ImplicitVRLittleEndian
# Whoever has more outstanding is not after answers.
_MOST_ASKED: Final = 4096


class Followed:
    """What one association tells of the instances.

    Parameters
    ----------
    instances : Instances or None
        Those of the capture; None where the package has no rules of SOP classes.
    association : Association
        The record of the association.
    """

    __slots__ = ("_asked", "_association", "_instances", "_is_certain")

    def __init__(self, instances: Any, association: Association) -> None:
        self._instances, self._association = instances, association
        # Requests that are not answered yet, by their sender and Message ID.
        self._asked: dict[tuple[str, int], Any] = {}
        self._is_certain = True

    def take(
        self, sent: SentMessage, primitive: Any, syntax: str | None, *, is_certain: bool
    ) -> None:
        """Follow what a message says of an instance, and write into `sent` what is wrong."""
        if self._instances is None or primitive.msg_type not in NORMALIZED:
            return
        if self._is_certain and not is_certain:
            self._is_certain = False
            self._lose()
            self._instances.forget(self._name_of(ACCEPTOR))
        # What was not kept, or is in a transfer syntax that is not known, tells nothing.
        data_set = (sent.data_set if syntax else None) if sent.data_set_bytes else b""
        if sent.kind.endswith("-RQ"):
            self._ask(sent, primitive, data_set, syntax or _SYNTAX)
        elif sent.message_id is not None:
            self._answer(sent, sent.message_id, primitive, data_set, syntax or _SYNTAX)

    def _ask(self, sent: SentMessage, primitive: Any, data_set: bytes | None, syntax: str) -> None:
        sender, number = sent.place.sender, sent.message_id
        server = sender if type(primitive) in rules.INVOKED_BY_SCP else OTHER[sender]
        asked = self._instances.ask(self._name_of(server), primitive, data_set, syntax)
        if asked is None:
            return
        if asked.unknown:
            sent.not_checked += (asked.unknown,)
        if self._is_certain:
            sent.violations += asked.violations
        before = self._asked.pop((sender, number), None) if number is not None else None
        if before is not None:
            self._instances.lose(before)
        if number is None or not self._is_certain or len(self._asked) >= _MOST_ASKED:
            self._instances.lose(asked)
        else:
            self._asked[sender, number] = asked

    def _answer(
        self,
        sent: SentMessage,
        number: int,
        primitive: Any,
        data_set: bytes | None,
        syntax: str,
    ) -> None:
        key = (OTHER[sent.place.sender], number)
        asked = self._asked.get(key)
        status = sent.status
        if asked is None or status is None or status_class(status) is StatusClass.PENDING:
            return
        del self._asked[key]
        found = self._instances.answer(asked, primitive, data_set, syntax)
        sent.state = asked.instance.state or ""
        if self._is_certain:
            sent.violations += found

    def _name_of(self, party: str) -> str:
        """Return who a party is, for whatever comes in another association."""
        association = self._association
        address = getattr(association, party)
        called = association.called_ae_title if address == association.acceptor else ""
        return f"{called} {address}"

    def _lose(self) -> None:
        for each in self._asked.values():
            self._instances.lose(each)
        self._asked.clear()

    def end(self) -> None:
        """Take note that no more will come of the association: what is not answered never is."""
        self._lose()
