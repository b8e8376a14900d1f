"""What listens with asyncio: it accepts associations, knows those that are open, and ends them.

Of what a peer asks for, `Policy` decides; whoever made the server may judge after it.
"""

from __future__ import annotations

import asyncio
import inspect
import logging
from collections.abc import Callable
from functools import partial
from typing import Final, TypeAlias

from ._addresses import address
from ._association import Association
from ._async_association import AsyncAssociation
from ._enumerations import (
    AssociateResult,
    RejectReasonServiceProviderPresentation,
    RejectReasonServiceUser,
    RejectSource,
)
from ._handlers import Handlers
from ._limits import Limits
from ._negotiation import Policy, rejection
from .a_associate import A_ASSOCIATE

Judge: TypeAlias = Callable[[A_ASSOCIATE, A_ASSOCIATE], A_ASSOCIATE]
_LOGGER: Final = logging.getLogger("dimse_primitives.aio")


class Server:
    """What `serve` returns. As a context manager it is closed at the end.

    Attributes
    ----------
    port : int
        The port that is listened on; of several addresses, the first one's.
    associations : set of AsyncAssociation
        Those that are open, or whose handlers have not ended.
    """

    _listening: asyncio.Server
    port: int

    def __init__(
        self,
        policy: Policy,
        handlers: Handlers,
        limits: Limits,
        max_associations: int,
        judge: Judge | None,
    ) -> None:
        if inspect.iscoroutinefunction(judge):
            raise TypeError("accept answers at once: define it without async")
        self._policy, self._handlers, self._limits = policy, handlers, limits
        self._max_associations, self._judge = max_associations, judge
        self.associations: set[AsyncAssociation] = set()
        self._is_closing, self._all_ended = asyncio.Event(), asyncio.Event()
        self._all_ended.set()

    def _connection(self) -> AsyncAssociation:
        return AsyncAssociation(self._begin, self._handlers, self._limits, self._ended)

    def _begin(self, connection: AsyncAssociation, transport: asyncio.BaseTransport) -> Association:
        # Not before: asyncio does not tell of a connection whose TLS handshake fails.
        self.associations.add(connection)
        self._all_ended.clear()
        if self._is_closing.is_set():
            # Its handshake has outlasted the server.
            asyncio.get_running_loop().call_soon(connection.give_up)
        return Association.acceptor(
            accept=partial(self._accept, transport), reassembler=self._limits.reassembler()
        )

    def _accept(self, transport: asyncio.BaseTransport, request: A_ASSOCIATE) -> A_ASSOCIATE:
        request.calling_presentation_address = address(transport, "peername")
        request.called_presentation_address = address(transport, "sockname")
        # Who only has a connection, and says nothing, keeps nobody out.
        if sum(each.is_established for each in self.associations) >= self._max_associations:
            return rejection(
                request,
                result=AssociateResult.REJECTED_TRANSIENT,
                source=RejectSource.SERVICE_PROVIDER_PRESENTATION,
                diagnostic=RejectReasonServiceProviderPresentation.LOCAL_LIMIT_EXCEEDED,
            )
        response = self._policy(request)
        return response if self._judge is None else self._judged(self._judge, request, response)

    def _judged(self, judge: Judge, request: A_ASSOCIATE, response: A_ASSOCIATE) -> A_ASSOCIATE:
        try:
            judged = judge(request, response)
            if not isinstance(judged, A_ASSOCIATE):
                given = type(judged).__name__
                raise TypeError(f"accept returned {given}, not the response or a rejection")
            judged.to_pdu()
        except Exception:
            _LOGGER.exception("accept failed; the association is rejected for now")
            return rejection(
                request,
                result=AssociateResult.REJECTED_TRANSIENT,
                source=RejectSource.SERVICE_USER,
                diagnostic=RejectReasonServiceUser.NO_REASON_GIVEN,
            )
        return judged

    def _ended(self, connection: AsyncAssociation) -> None:
        self.associations.discard(connection)
        if not self.associations:
            self._all_ended.set()

    def close(self) -> None:
        """Listen no more; the associations that are open go on to their end."""
        self._is_closing.set()
        self._listening.close()

    def abort(self) -> None:
        """Abort every association that is open; their handlers are cancelled."""
        for connection in tuple(self.associations):
            connection.give_up()

    async def wait_closed(self) -> None:
        """Wait until the last association and its handlers have ended."""
        await self._all_ended.wait()

    async def serve_forever(self) -> None:
        """Go on until `close` is called, or the task is cancelled, by an interrupt for example."""
        await self._is_closing.wait()

    async def __aenter__(self) -> Server:
        return self

    async def __aexit__(self, *_: object) -> None:
        self.close()
        self.abort()
        await self.wait_closed()
