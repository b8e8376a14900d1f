"""The DIMSE operations that are under way on an association, by Message ID (PS3.7 D.3.3.3).

A Message ID is in use from its request to its final response; the side that invokes chooses it.

This file is copied as it is from `templates/upper_layer/_operations.py`. Do not edit the copy.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from .._codec import Message
from .._runtime import DIMSEPrimitive
from .._status import StatusClass, status_class
from ..c_cancel import C_CANCEL
from ._negotiation import PresentationContext


class OperationError(Exception):
    """A message that does not fit what was agreed on; text and clause say why."""

    def __init__(self, text: str, reference: str) -> None:
        super().__init__(text)
        self.reference = reference


@dataclass(slots=True)
class Operations:
    """Which operations each side has invoked and not yet seen the end of.

    Attributes
    ----------
    most_invoked, most_performed : int
        How many each side may have outstanding at once; 0 for any number.
    invoked : dict of int to int
        Message ID to presentation context, of the operations that this side has invoked.
    performing : dict of int to list of int
        The same of the operations that the peer has invoked; one that uses a Message ID twice at
        once gets both answers.
    """

    most_invoked: int = 1
    most_performed: int = 1
    invoked: dict[int, int] = field(default_factory=dict)
    performing: dict[int, list[int]] = field(default_factory=dict)

    def context_of(
        self, primitive: Any, context_id: int | None, contexts: Mapping[int, PresentationContext]
    ) -> int:
        """Return the presentation context to send a message on.

        Raises
        ------
        OperationError
            If it cannot be sent.
        """
        answered = primitive.MessageIDBeingRespondedTo
        if answered is not None:
            under_way = self._answered(answered, is_cancel=isinstance(primitive, C_CANCEL))
            found = under_way if context_id is None else context_id
        else:
            self._check_request(primitive.MessageID)
            found = _of_sop_class(primitive, contexts) if context_id is None else context_id
        if found not in contexts:
            raise OperationError(f"presentation context {found} was not accepted", "PS3.8 7.1.1.14")
        return found

    def _answered(self, message_id: int, *, is_cancel: bool) -> int:
        if is_cancel and message_id in self.invoked:
            return self.invoked[message_id]
        if not is_cancel and message_id in self.performing:
            return self.performing[message_id][0]
        raise OperationError(
            f"no operation of {'this end' if is_cancel else 'the peer'} with Message ID "
            f"{message_id} is under way",
            "PS3.7 9.3.2.3" if is_cancel else "PS3.7 7.5.1",
        )

    def _check_request(self, message_id: int | None) -> None:
        if message_id in self.invoked:
            raise OperationError(
                f"Message ID {message_id} is in use until its final response", "PS3.7 9.1.1.1.1"
            )
        if self.most_invoked and len(self.invoked) >= self.most_invoked:
            raise OperationError(
                f"{len(self.invoked)} of at most {self.most_invoked} operations are outstanding",
                "PS3.7 D.3.3.3",
            )

    def sent(self, primitive: Any, context_id: int) -> None:
        """Note a message of this side."""
        if primitive.MessageIDBeingRespondedTo is None:
            self.invoked[primitive.MessageID] = context_id
        elif not isinstance(primitive, C_CANCEL) and is_final(primitive):
            contexts = self.performing[primitive.MessageIDBeingRespondedTo]
            del contexts[0]
            if not contexts:
                del self.performing[primitive.MessageIDBeingRespondedTo]

    def received(self, message: Message, context_id: int) -> None:
        """Note a message of the peer."""
        primitive: Any = message.primitive
        if message.message_type.endswith("-RSP"):
            if is_final(primitive):
                self.invoked.pop(primitive.MessageIDBeingRespondedTo, None)
        elif not isinstance(primitive, C_CANCEL) and primitive.MessageID is not None:
            self.performing.setdefault(primitive.MessageID, []).append(context_id)


def is_final(response: Any) -> bool:
    """Return whether no further response follows; Pending says that one does (PS3.7 C.3)."""
    status = response.Status
    return status is None or status_class(status) is not StatusClass.PENDING


def sop_class_of(primitive: Any) -> str | None:
    """Return the SOP class that a request is for."""
    kind: Any = type(primitive)
    keyword = _sop_class_keyword(kind)
    found: str | None = getattr(primitive, keyword) if keyword is not None else None
    return found


@cache
def _sop_class_keyword(kind: type[DIMSEPrimitive]) -> str | None:
    """Return what says the SOP class: in every table, the first UID that a request has to have.

    C-CANCEL has none.
    """
    uids = (each for each in kind.REQUEST_KEYWORDS if kind.PARAMETERS[each].vr == "UI")
    return next(uids, None)


def _of_sop_class(primitive: Any, contexts: Mapping[int, PresentationContext]) -> int:
    sop_class = sop_class_of(primitive)
    for context in contexts.values():
        if context.abstract_syntax == sop_class:
            return context.context_id
    raise OperationError(
        f"no presentation context was accepted for the SOP class {sop_class}; of a Meta SOP Class, "
        "give context_id",
        "PS3.8 7.1.1.14",
    )
