"""Which request each response answers, and what is outstanding (PS3.7 7.5, 9.1, 10.1, D.3.3.3).

Invariant: an operation is outstanding from its request to its final response. What is kept is
bounded by the number of Message IDs there are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from .._status import StatusClass, status_class
from . import _rules as rules
from ._finding import ACCEPTOR, OTHER, REQUESTOR, Finding
from ._record import SentMessage

# Whoever has more is not after answers.
_MOST_OUTSTANDING: Final = 4096


@dataclass(slots=True)
class Operation:
    """A request and how far it has been answered."""

    message: SentMessage
    primitive: Any
    size: int
    has_pending: bool = False


class Operations:
    """The operations of an association, by who invoked them and by Message ID.

    Attributes
    ----------
    most : dict of str to int
        How many each side may have outstanding at once; 0 for any number.
    held : int
        How many bytes of data sets of outstanding requests are kept.
    """

    __slots__ = ("_finished", "_outstanding", "held", "most")

    def __init__(self, most: dict[str, int]) -> None:
        self.most, self.held = most, 0
        self._outstanding: dict[str, dict[int, Operation]] = {REQUESTOR: {}, ACCEPTOR: {}}
        # Of those that are over: the type of the request, and where its final response ended.
        self._finished: dict[str, dict[int, tuple[str, int]]] = {REQUESTOR: {}, ACCEPTOR: {}}

    def request(self, message: SentMessage, primitive: Any, size: int) -> Iterator[Finding]:
        """Take a request with `size` bytes of data set; yield what is wrong with when it comes."""
        place, number = message.place, message.message_id
        mine = self._outstanding[place.sender]
        if number is None:
            return
        if number in mine:
            yield rules.message_id_in_use(place, message=message.kind, message_id=number)
        if len(mine) < _MOST_OUTSTANDING:
            if number in mine:
                self.held -= mine[number].size
            mine[number] = Operation(message, primitive, size)
            self.held += size
        self._finished[place.sender].pop(number, None)
        most = self.most[place.sender]
        if most and len(mine) > most:
            yield rules.window_exceeded(place, count=len(mine), most=most)

    def cancel(self, message: SentMessage, acknowledged: int) -> Iterator[Finding]:
        """Take a cancellation; `acknowledged` is how much of the peer's bytes its sender has."""
        place, number = message.place, message.message_id
        if number is None or number in self._outstanding[place.sender]:
            return
        over = self._finished[place.sender].get(number)
        # One that crosses the final response is nobody's fault.
        if over is None or over[1] <= acknowledged:
            yield rules.cancel_of_nothing(place, message_id=number)

    def operation_of(self, sender: str, number: int | None) -> Operation | None:
        """Return the outstanding operation that a response of `sender` is about."""
        return None if number is None else self._outstanding[OTHER[sender]].get(number)

    def response(self, message: SentMessage, position: int) -> Iterator[Finding]:
        """Take a response that ends at a position of its sender's bytes."""
        place, number = message.place, message.message_id
        if number is None:
            return
        theirs = self._outstanding[OTHER[place.sender]]
        operation = theirs.get(number)
        if operation is None:
            is_over = number in self._finished[OTHER[place.sender]]
            rule = rules.response_after_final if is_over else rules.response_without_request
            yield rule(place, message=message.kind, message_id=number)
            return
        request = operation.message
        if request.kind.removesuffix("-RQ") != message.kind.removesuffix("-RSP"):
            yield rules.other_response(
                place, message=message.kind, message_id=number, request=request.kind
            )
        if request.context_id != message.context_id:
            yield rules.response_on_other_context(
                place,
                message=message.kind,
                context_id=message.context_id,
                other=request.context_id,
            )
        status = message.status
        if status is not None and status_class(status) is StatusClass.PENDING:
            operation.has_pending = True
            return
        self.held -= theirs.pop(number).size
        self._finished[OTHER[place.sender]][number] = request.kind, position

    def unanswered(self) -> Iterator[Finding]:
        """Yield every request that has no final response."""
        for outstanding in self._outstanding.values():
            for number, operation in outstanding.items():
                message = operation.message
                rule = (
                    rules.pending_without_final
                    if operation.has_pending
                    else rules.request_unanswered
                )
                yield rule(message.place, message=message.kind, message_id=number)
