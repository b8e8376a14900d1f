"""Where the open files of a process end: what pynetdicom does there, done without loss.

Invariant: a connection that can be opened is served, whatever its number; one that cannot be served
is refused, and while nothing can be done no thread runs in circles. Who is refused has an
A-ASSOCIATE-RJ, transient, local limit exceeded (PS3.8 9.3.4). Where the hard limit leaves no file
for that, all are those of associations, and the port is closed until one has ended.

This file is copied as it is from `templates/contrib/pynetdicom/_limits.py`. Do not edit the copy.
"""

from __future__ import annotations

import errno
import logging
import socket
import ssl
import threading
import time
import weakref
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Final

from pynetdicom import evt
from pynetdicom.transport import AssociationServer, AssociationSocket, RequestHandler

from ._bells import WATCHER, readable
from ._diagnosis import LOGGER
from ._open_files import one_more_file

_NO_MORE_FILES: Final = (errno.EMFILE, errno.ENFILE)
# Rejected transient, by the provider (presentation related), local limit exceeded.
_LIMIT_EXCEEDED: Final = (2, 3, 2)
# Seconds for a peer that is refused to ask for its association and to take the answer.
_FOR_REFUSED: Final = 2.0
# Seconds until a server that cannot accept a connection tries again.
_UNTIL_NEXT: Final = 0.02
# Taken before anything is replaced: this module is imported by the first installation.
_THEIR_GET_REQUEST: Final[Any] = AssociationServer.get_request
_THEIR_CREATE: Final[Any] = RequestHandler._create_association


def replacements() -> Iterator[tuple[Any, str, object]]:
    """Yield what takes the place of which attribute of which class."""
    yield AssociationSocket, "ready", property(_is_ready)
    yield AssociationServer, "get_request", _accept
    yield RequestHandler, "_create_association", _create_association


def _is_ready(wrapper: Any) -> bool:
    """Stand in for ``AssociationSocket.ready``, which knows file numbers up to 1023 only."""
    connection = wrapper.socket
    if connection is None or wrapper._is_connected is False:
        return False
    try:
        is_readable = bool(readable([connection], 0))
    except (OSError, ValueError):
        # Evt17: transport connection closed.
        wrapper.event_queue.put("Evt17")
        return False
    # What TLS has deciphered already nobody waits for any more.
    is_tls = isinstance(connection, ssl.SSLSocket)
    return is_readable or (is_tls and bool(connection.pending()))


class _Refusal:
    """The one connection that is refused now, with the open file that the watcher has lent."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.connection: socket.socket | None = None
        self.association: Any = None
        self._until = 0.0

    def is_over(self) -> bool:
        """Return whether nobody is being refused; if so, the watcher has its file again."""
        if self.connection is None:
            return True
        association = self.association
        if association is None:
            is_busy = time.monotonic() < self._until
        else:
            is_busy = association.is_alive() or association.dul.is_alive()
        if not is_busy:
            self.end()
        return not is_busy

    def begin(self, connection: socket.socket) -> None:
        """Refuse `connection`."""
        self.connection, self._until = connection, time.monotonic() + _FOR_REFUSED

    def end(self) -> None:
        """Give the watcher its file back, if it can have one."""
        if self.connection is not None:
            self.connection.close()
        self.connection = self.association = None
        if WATCHER is not None:
            WATCHER.take_back()


_refusal = _Refusal()
# The servers whose port is closed until there is a file for a connection.
_closed: Final[weakref.WeakSet[Any]] = weakref.WeakSet()


def _accept(server: Any) -> tuple[Any, Any]:
    """Stand in for ``AssociationServer.get_request``."""
    with _refusal.lock:
        if server in _closed or not _refusal.is_over():
            time.sleep(_UNTIL_NEXT)
            raise OSError(errno.EMFILE, "connections are being refused")
        try:
            accepted: tuple[Any, Any] = _THEIR_GET_REQUEST(server)
            return accepted
        except OSError as error:
            if error.errno not in _NO_MORE_FILES:
                raise
            return _accept_at_the_limit(server)


def _accept_at_the_limit(server: Any) -> tuple[Any, Any]:
    """Accept a connection with the file of the watcher: to refuse it, if there is one for that."""
    has_lent = WATCHER is not None and WATCHER.lend()
    try:
        with one_more_file() as number:
            if number is None and not has_lent:
                _close_port(server)
            accepted: tuple[Any, Any] = _THEIR_GET_REQUEST(server)
    except BaseException:
        time.sleep(_UNTIL_NEXT)
        _refusal.end()
        raise
    if number is not None:
        _refusal.begin(accepted[0])
    else:
        # It is served, as pynetdicom would; the watcher has a file again once one is free.
        _refusal.end()
    return accepted


def _close_port(server: Any) -> None:
    """Refuse whoever connects, and who has connected, until there is a file for a connection.

    Raises
    ------
    OSError
        Always: there is nobody to accept.
    """
    # Linux takes a socket that listens out of service; its file stays open.
    server.socket.shutdown(socket.SHUT_RD)
    _closed.add(server)
    LOGGER.warning(
        "Connections to port %s are refused until an association ends: this process may open no "
        "more files",
        server.server_address[1],
    )
    threading.Thread(
        target=_open_port_later, args=(server,), name="dimse_primitives port", daemon=True
    ).start()
    raise OSError(errno.EMFILE, "connections are refused")


def _open_port_later(server: Any) -> None:
    """Listen again as soon as there is a file for a connection, unless the server is closed."""
    listener = server.socket
    while listener.fileno() >= 0:
        with suppress(OSError):
            _keep_port(listener, server.server_address)
            if WATCHER is None or not WATCHER.has_file():
                listener.dup().close()
            listener.listen(server.request_queue_size)
            _closed.discard(server)
            return
        time.sleep(_UNTIL_NEXT)


def _keep_port(listener: socket.socket, address: Any) -> None:
    """Bind the socket again, if its port was of the system's choice: such a one it has lost."""
    try:
        listener.bind(address)
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise


def _create_association(handler: Any) -> Any:
    """Stand in for ``RequestHandler._create_association``."""
    association = _THEIR_CREATE(handler)
    if handler.request is _refusal.connection:
        _refusal.association = association
        association.acse_timeout = min(association.acse_timeout or _FOR_REFUSED, _FOR_REFUSED)
        association.bind(evt.EVT_REQUESTED, _refuse)
    return association


def _refuse(event: Any) -> None:
    association = event.assoc
    LOGGER.log(
        logging.WARNING,
        "An association with %s is rejected, local limit exceeded: this process may open no more "
        "files",
        association.remote["address"],
    )
    association.acse.send_reject(*_LIMIT_EXCEEDED)
    evt.trigger(association, evt.EVT_REJECTED, {})
    association.kill()
