"""DICOM with asyncio: a thin face on `upper_layer.Association`. No thread, no polling.

`connect` opens an association, `serve` answers those of others. What an end may say, and when, is
decided by the association; here are the addresses, the contexts and the limits.

This file is copied as it is from `templates/upper_layer/root/aio.py`. Do not edit the copy.
"""

from __future__ import annotations

import asyncio
import ssl as tls
from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final

from .upper_layer import (
    A_ASSOCIATE,
    Association,
    Policy,
    UserDataSubItem,
    user_information,
)
from .upper_layer._addresses import NO_ADDRESS, address
from .upper_layer._async_association import AsyncAssociation
from .upper_layer._connection_errors import AssociationAborted, AssociationRejected
from .upper_layer._facts import APPLICATION_CONTEXT_NAME
from .upper_layer._handlers import Handler, Handlers
from .upper_layer._limits import Limits
from .upper_layer._negotiation import MAXIMUM_LENGTH
from .upper_layer._performing import Operation
from .upper_layer._proposing import accepted_syntaxes, proposed_contexts
from .upper_layer._server import Judge, Server

__all__ = [
    "AssociationAborted",
    "AssociationRejected",
    "AsyncAssociation",
    "Operation",
    "Server",
    "connect",
    "serve",
]

_NO_ROLES: Final[Mapping[str, tuple[bool, bool]]] = MappingProxyType({})
_NO_HANDLERS: Final[Mapping[type[Any], Handler]] = MappingProxyType({})


async def connect(
    host: str,
    port: int,
    *,
    contexts: Iterable[tuple[str, Iterable[str]]],
    calling_ae_title: str = "DIMSEPRIMITIVES",
    called_ae_title: str = "ANY-SCP",
    ssl: tls.SSLContext | None = None,
    roles: Mapping[str, tuple[bool, bool]] = _NO_ROLES,
    handlers: Mapping[type[Any], Handler] = _NO_HANDLERS,
    maximum_length: int = MAXIMUM_LENGTH,
    maximum_operations: tuple[int, int] | None = None,
    user_items: Iterable[UserDataSubItem] = (),
    timeout: float = 30.0,
    spool_threshold: int | None = 1 << 24,
    max_data_set: int | None = None,
) -> AsyncAssociation:
    """Open an association and return it.

    Parameters
    ----------
    host : str
        Name or address of the peer.
    port : int
        Its port, 104 or 11112 as a rule.
    contexts : iterable of (str, iterable of str)
        Abstract syntax and transfer syntaxes of each presentation context, at most 128.
    calling_ae_title, called_ae_title : str, optional
        The titles of this end and of the peer, at most 16 characters each.
    ssl : ssl.SSLContext, optional
        For TLS.
    roles : mapping of str to (bool, bool), optional
        SOP class to whether this end wants to be SCU and SCP, where it is not SCU only.
    handlers : mapping of class to callable, optional
        What answers requests of the peer, such as the C-STORE of a C-GET; see `serve`.
    maximum_length : int, optional
        The longest variable field of a P-DATA-TF PDU that is received, in bytes; 0 for any.
    maximum_operations : (int, int), optional
        How many operations to invoke and perform at once, to be negotiated; one by default.
    user_items : iterable of UserDataSubItem, optional
        Further user information, such as a user identity.
    timeout : float, optional
        Seconds to wait for the connection, for the answer and for the release, and of silence where
        a response is due; a day at most.
    spool_threshold : int or None, optional
        A data set of more bytes that is received goes into a temporary file; None for never.
    max_data_set : int or None, optional
        The most bytes that a data set may have that is received; None for any number.

    Raises
    ------
    AssociationRejected
        With result, source and reason.
    AssociationAborted
        With source and reason.
    TimeoutError
        If nothing came of it in time.
    OSError
        If there is no connection.
    TypeError, ValueError
        If titles, contexts, handlers or limits are none, or contexts more than have identifiers;
        `InvalidPrimitiveError`, if they break a rule of PS3.8 7.1.1. Nothing is connected then.
    """
    limits = Limits(timeout, spool_threshold, max_data_set)
    request = A_ASSOCIATE.request(
        application_context_name=APPLICATION_CONTEXT_NAME,
        calling_ae_title=calling_ae_title,
        called_ae_title=called_ae_title,
        user_information=user_information(
            maximum_length=maximum_length,
            maximum_operations=maximum_operations,
            roles=roles,
            further=user_items,
        ),
        calling_presentation_address=NO_ADDRESS,
        called_presentation_address=(host, port),
        presentation_context_definition_list=proposed_contexts(contexts),
    )
    association = Association.requestor(request, reassembler=limits.reassembler())

    def begin(_: AsyncAssociation, transport: asyncio.BaseTransport) -> Association:
        request.calling_presentation_address = address(transport, "sockname")
        request.called_presentation_address = address(transport, "peername")
        return association

    connection = AsyncAssociation(begin, Handlers(handlers), limits)
    try:
        await asyncio.wait_for(_open(connection, host, port, ssl), timeout)
    except asyncio.TimeoutError:
        connection.give_up()
        raise TimeoutError(f"no association with {host}:{port} in {timeout:g} s") from None
    except BaseException:
        connection.give_up()
        raise
    return connection


async def _open(
    connection: AsyncAssociation, host: str, port: int, ssl: tls.SSLContext | None
) -> None:
    await asyncio.get_running_loop().create_connection(lambda: connection, host, port, ssl=ssl)
    await connection.opened()


async def serve(
    handlers: Mapping[type[Any], Handler],
    host: str | None,
    port: int,
    *,
    contexts: Iterable[tuple[str, Iterable[str]]],
    ssl: tls.SSLContext | None = None,
    roles: Mapping[str, tuple[bool, bool]] = _NO_ROLES,
    ae_title: str | None = None,
    calling_ae_titles: Collection[str] | None = None,
    maximum_length: int = MAXIMUM_LENGTH,
    maximum_operations: tuple[int, int] = (1, 1),
    max_associations: int = 1000,
    timeout: float = 60.0,
    spool_threshold: int | None = 1 << 24,
    max_data_set: int | None = None,
    accept: Judge | None = None,
) -> Server:
    """Listen, and answer requests with `handlers`.

    Parameters
    ----------
    handlers : mapping of class to callable
        Class of a primitive to ``async def handler(request) -> response``, or to an asynchronous
        generator of responses; either may take an `Operation` as second argument, one without a
        default. A handler that raises, or gives something else, is answered with 0110H and logged,
        a request without a handler with 0211H (N-services) or 0122H.
    host : str or None
        The address to listen on; None for all.
    port : int
        The port; 0 for one that is free, `Server.port` says which.
    contexts : iterable of (str, iterable of str)
        The abstract syntaxes that are accepted, with the transfer syntaxes; of an abstract syntax
        that is there twice, those of both.
    ssl : ssl.SSLContext, optional
        For TLS.
    roles : mapping of str to (bool, bool), optional
        Abstract syntax to whether the requestor may be SCU and SCP, where it is not SCU only.
    ae_title : str, optional
        The only Called AE Title that is recognized; any by default.
    calling_ae_titles : collection of str, optional
        The Calling AE Titles that are recognized; any by default.
    maximum_length : int, optional
        The longest variable field of a P-DATA-TF PDU that is received, in bytes; 0 for any.
    maximum_operations : (int, int), optional
        How many operations a requestor may invoke and perform at once, where it asks.
    max_associations : int, optional
        So many at once; one more is rejected (transient, local-limit-exceeded).
    timeout : float, optional
        Seconds of silence that are borne; within twice that an association is aborted.
    spool_threshold, max_data_set
        As for `connect`.
    accept : callable, optional
        ``def accept(request, response) -> response`` gets each A-ASSOCIATE indication, and what is
        to be answered by the parameters above. It returns that, or more user information in it, or
        a `rejection`. It is no coroutine.

    Raises
    ------
    OSError
        If the address cannot be listened on.
    TypeError, ValueError
        If contexts, handlers or limits are none.
    """
    policy = Policy(
        contexts=accepted_syntaxes(contexts),
        roles=roles,
        ae_title=ae_title,
        calling_ae_titles=calling_ae_titles,
        maximum_length=maximum_length,
        maximum_operations=maximum_operations,
    )
    limits = Limits(timeout, spool_threshold, max_data_set)
    server = Server(policy, Handlers(handlers), limits, max_associations, accept)
    loop = asyncio.get_running_loop()
    patience = None if ssl is None else timeout
    try:
        server._listening = await loop.create_server(
            server._connection, host, port, ssl=ssl, ssl_handshake_timeout=patience
        )
    except OverflowError as error:
        raise ValueError(f"{host}:{port} cannot be listened on: {error}") from None
    server.port = server._listening.sockets[0].getsockname()[1]
    return server
