"""Fragments back to messages (PS3.8 Annex E): presentation data values in, messages out.

Invariant: a message that a `Reassembler` gives is, byte for byte, one that was fed as fragments of
one context, the command set before the data set, each ended by its last fragment. Everything else
is a `FragmentError`, after which nothing comes out until `reset()`.

This file is copied as it is from `templates/_reassembler.py`. Do not edit the copy.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from tempfile import TemporaryFile
from typing import IO

from ._codec import DecodeError, Message
from ._fragments import PDV, FragmentError, check_context
from ._messages import decode


@dataclass(frozen=True, slots=True)
class ReceivedMessage:
    """A whole message.

    Attributes
    ----------
    message : Message
        What `decode` makes of it. A data set in memory is the parameter of the primitive, too.
    context_id : int
        The presentation context it came on.
    command : bytes
        The command set.
    data_set : io.BytesIO, binary file or None
        The data set, at its start, the receiver's to close; None if the command announced none.
    """

    message: Message
    context_id: int
    command: bytes
    data_set: IO[bytes] | None


@dataclass(kw_only=True, eq=False)
class Reassembler:
    """Makes messages of the fragments that one association receives.

    Attributes
    ----------
    max_command, max_data_set : int, int or None
        The most bytes that a command set and a data set may have; None for any number.
    spool_threshold : int or None
        A data set of more bytes goes into a temporary file; None keeps all in memory.
    spool_to : callable or None
        Called with the message and its context ID when a command set is complete that announces a
        data set. Returns the file to write it to, from its position on, or None for none.
    """

    max_command: int = 1 << 20
    max_data_set: int | None = None
    spool_threshold: int | None = None
    spool_to: Callable[[Message, int], IO[bytes] | None] | None = None

    def __post_init__(self) -> None:
        self._refused = ""
        self._begin()

    def _begin(self, without_data_set: str = "") -> None:
        self._without_data_set = without_data_set
        self._context_id = 0
        self._command = bytearray()
        self._message: Message | None = None
        self._memory = BytesIO()
        self._file: IO[bytes] | None = None
        self._start = self._size = 0

    @property
    def unfinished(self) -> bool:
        """Whether a message is half received."""
        return self._context_id != 0

    def reset(self) -> None:
        """Forget an error, and a message that is half received; its file is closed."""
        if self._file is not None:
            with suppress(OSError):
                self._file.close()
        self.__post_init__()

    def feed(self, pdv: PDV) -> ReceivedMessage | None:
        """Return the message that this fragment completes, if it completes one.

        An empty or odd fragment, which PS3.8 E.1 forbids to send, is taken.

        Raises
        ------
        FragmentError
            If the fragment cannot follow those before it, exceeds a limit, or ends a command set
            that cannot be decoded. After this or any other error, always until `reset()`.
        OSError
            If the file that a data set goes to (`spool_threshold`, `spool_to`) cannot be made or
            written, e.g. because the disk is full. The peer is not to blame. The file is closed.
        """
        if self._refused:
            text = f"nothing is taken until reset(), because of {self._refused}"
            raise FragmentError("unusable", text, pdv.context_id)
        try:
            check_context(pdv.context_id)
            if self._context_id not in (0, pdv.context_id):
                text = f"the message on context {self._context_id} is not complete (PS3.8 E.1)"
                raise FragmentError("interleaved", text, pdv.context_id)
            return self._take_command(pdv) if pdv.is_command else self._take_data(pdv)
        except BaseException as error:
            self.reset()
            self._refused = str(error) or type(error).__name__
            raise

    def _take_command(self, pdv: PDV) -> ReceivedMessage | None:
        if self._message is not None:
            text = f"the data set of {self._message.message_type} is not complete (PS3.8 E.1)"
            raise FragmentError("command-in-data-set", text, pdv.context_id)
        self._context_id = pdv.context_id
        self._command += pdv.data
        if len(self._command) > self.max_command:
            text = f"a command set of more than {self.max_command} bytes"
            raise FragmentError("command-too-long", text, pdv.context_id)
        if not pdv.is_last:
            return None
        try:
            message = decode(bytes(self._command))
        except DecodeError as error:
            raise FragmentError("command-undecodable", str(error), pdv.context_id) from error
        if not message.has_data_set:
            return self._complete(message, None)
        self._message = message
        self._file = self.spool_to(message, pdv.context_id) if self.spool_to is not None else None
        self._start = self._file.tell() if self._file is not None else 0
        return None

    def _take_data(self, pdv: PDV) -> ReceivedMessage | None:
        if self._message is None:
            reason, text = "data-before-command", "its command set is not complete (PS3.7 6.3)"
            if self._without_data_set and not self.unfinished:
                reason = "data-unannounced"
                text = f"the {self._without_data_set} before it announced none (PS3.7 E.1)"
            raise FragmentError(reason, text, pdv.context_id)
        self._size += len(pdv.data)
        if self.max_data_set is not None and self._size > self.max_data_set:
            text = f"a data set of more than {self.max_data_set} bytes"
            raise FragmentError("data-set-too-long", text, pdv.context_id)
        threshold = self.spool_threshold
        if self._file is None and threshold is not None and self._size > threshold:
            self._file = TemporaryFile()  # noqa: SIM115 - whoever gets the message closes it
            self._file.write(self._memory.getvalue())
            self._memory = BytesIO()
        stream = self._memory if self._file is None else self._file
        if stream.write(pdv.data) != len(pdv.data):
            raise OSError("the file of the data set did not take a whole fragment")
        if not pdv.is_last:
            return None
        stream.seek(self._start)
        if self._file is not None:
            return self._complete(self._message, stream)
        return self._complete(decode(bytes(self._command), self._memory), stream)

    def _complete(self, message: Message, data_set: IO[bytes] | None) -> ReceivedMessage:
        received = ReceivedMessage(message, self._context_id, bytes(self._command), data_set)
        self._begin(without_data_set="" if message.has_data_set else message.message_type)
        return received
