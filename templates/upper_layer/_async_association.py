"""An association on an asyncio transport, for whoever invokes operations on it, and ends it.

This file is copied as it is from `templates/upper_layer/_async_association.py`. Do not edit the
copy.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from typing import IO, Any, Final

from .._codec import Buffer
from .._runtime import DIMSEPrimitive
from ..c_cancel import C_CANCEL
from ._association import Association
from ._connection import Connection
from ._handlers import Handlers
from ._invocations import Answers
from ._limits import Limits
from ._negotiation import PresentationContext
from ._operations import is_final
from ._performing import Performer
from ._states import State
from .a_associate import A_ASSOCIATE

_LOGGER: Final = logging.getLogger("dimse_primitives.aio")


class AsyncAssociation(Connection):
    """An association that is established: what `connect` returns, and handlers are given.

    As a context manager it is released at the end, or aborted if the block raises.
    """

    def __init__(
        self,
        begin: Callable[[AsyncAssociation, asyncio.BaseTransport], Association],
        handlers: Handlers,
        limits: Limits,
        ended: Callable[[AsyncAssociation], None] | None = None,
    ) -> None:
        super().__init__(begin, Performer(self, handlers), limits, ended)

    # What is known of it.

    @property
    def state(self) -> State:
        """The state of PS3.8 Table 9-10."""
        return self._machine.state

    @property
    def is_established(self) -> bool:
        """Whether it was accepted, and has not ended."""
        return self._opened.done() and self.error is None

    @property
    def request(self) -> A_ASSOCIATE | None:
        """The A-ASSOCIATE primitive that asked for it: titles, addresses, user information."""
        return self._machine.request

    @property
    def response(self) -> A_ASSOCIATE | None:
        """The A-ASSOCIATE primitive that answered."""
        return self._machine.response

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        """Return what asyncio knows of the connection: ``"peername"``, ``"peercert"``, ..."""
        return self._transport.get_extra_info(name, default)

    @property
    def calling_ae_title(self) -> str:
        """The title of the end that asked for the association."""
        request = self._machine.request
        return "" if request is None else request.calling_ae_title or ""

    @property
    def called_ae_title(self) -> str:
        """The title that it asked for."""
        request = self._machine.request
        return "" if request is None else request.called_ae_title or ""

    @property
    def contexts(self) -> Mapping[int, PresentationContext]:
        """The presentation contexts that were accepted, by ID."""
        return self._machine.contexts

    # Invoking operations.

    async def exchange(
        self,
        request: Any,
        data_set: Buffer | IO[bytes] | None = None,
        *,
        context_id: int | None = None,
    ) -> Any:
        """Send a request and return its final response.

        Parameters
        ----------
        request : DIMSEPrimitive
            The request. Without a Message ID it gets one that is free.
        data_set : bytes, bytearray, memoryview or binary file, optional
            Its data set, where it is not the parameter of the request.
        context_id : int, optional
            The presentation context; by default the first accepted for its SOP class.

        Raises
        ------
        LocalProtocolError, InvalidPrimitiveError
            If it cannot be sent.
        TypeError
            If it is no request that is answered, or the data set has no bytes to read.
        AssociationAborted
            If the association ends before the response, or the data set cannot be read any more.
        """
        answers = await self._invoke(request, data_set, context_id)
        try:
            while not is_final(response := await answers.get()):
                pass
        finally:
            answers.close()
        return response

    async def responses(
        self,
        request: Any,
        data_set: Buffer | IO[bytes] | None = None,
        *,
        context_id: int | None = None,
    ) -> AsyncIterator[Any]:
        """Send a request and yield its responses, the pending ones too; see `exchange`.

        Who takes them slowly has few of them kept: the peer is not read from meanwhile. Leaving the
        loop early does not end the operation: `cancel` asks for that.
        """
        answers = await self._invoke(request, data_set, context_id)
        try:
            is_last = False
            while not is_last:
                response = await answers.get()
                is_last = is_final(response)
                yield response
        finally:
            answers.close()

    async def _invoke(
        self, request: Any, data_set: Buffer | IO[bytes] | None, context_id: int | None
    ) -> Answers:
        """Send a request when it is its turn, and return what its responses come to."""
        _check_request(request)
        if self.error is not None:
            raise self.error
        await self._invoked.take_turn()
        if request.MessageID is None:
            request.MessageID = self._invoked.free_message_id()
        try:
            self.send(request, context_id, data_set)
        except BaseException:
            self._invoked.give_turn()
            raise
        return self._invoked.begin(request.MessageID)

    async def cancel(self, request: Any) -> None:
        """Ask the peer to end an operation (C-CANCEL, PS3.7 9.3.2.3); its responses still come.

        An operation whose final response has come meanwhile is let be.
        """
        if self.error is None and request.MessageID not in self._invoked:
            return
        self.send(C_CANCEL(MessageIDBeingRespondedTo=request.MessageID))
        await self.drain()

    # Its end.

    async def __aenter__(self) -> AsyncAssociation:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            self.give_up()
        await self.release()

    async def release(self) -> None:
        """Release the association, and wait until its connection is closed.

        A peer that does not agree within `timeout` seconds is let go, as it is when the task is
        cancelled that waits here.
        """
        if self._machine.state is State.Sta6:
            self._machine.release()
            self.settle()
        try:
            await asyncio.wait((self._closed,), timeout=self._limits.timeout)
            if not self._closed.done():
                _LOGGER.warning("the release was not answered in %g s", self._limits.timeout)
        finally:
            self.give_up()

    async def opened(self) -> None:
        """Wait until the association is established.

        Raises
        ------
        AssociationRejected, AssociationAborted
            If it is not.
        """
        await asyncio.shield(self._opened)

    async def wait_closed(self) -> None:
        """Wait until its connection is closed."""
        await asyncio.shield(self._closed)


def _check_request(request: Any) -> None:
    if not isinstance(request, DIMSEPrimitive):
        raise TypeError(f"a request is a primitive such as C_ECHO, not {type(request).__name__}")
    if isinstance(request, C_CANCEL):
        raise TypeError("C-CANCEL has no response: cancel(request) sends it")
    if getattr(request, "MessageIDBeingRespondedTo", None) is not None:
        raise TypeError(f"{request.msg_type} with a Message ID Being Responded To is no request")
