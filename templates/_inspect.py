"""Say what a command set holds, which rules it breaks, and how it is irregular.

Invariant: what is shown was decoded by `decode` and judged by the generated rules; nothing is
judged here.

This file is copied as it is from `templates/_inspect.py`. Do not edit the copy.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from ._codec import DecodeError, Message
from ._data_set_rules import data_set_violations, is_looked_into
from ._dumps import PastedError
from ._fragments import FragmentError, read_pdvs
from ._inspect_text import Finding, counted, finding_as_json, finding_as_text, numbered, summary
from ._messages import decode
from ._pasted import read_pasted
from ._reassembler import Reassembler
from ._rows import Violation

CONFORMS, BREAKS = 0, 1


class InputError(ValueError):
    """The input holds no message that can be decoded, or ends within one.

    Attributes
    ----------
    shown : str
        What could be decoded before, ready to print; empty if there is nothing.
    """

    def __init__(self, text: str, shown: str = "") -> None:
        super().__init__(text)
        self.shown = shown


@dataclass(frozen=True)
class Input:
    """Bytes, and the name of the file they are from.

    Attributes
    ----------
    taken_for : str
        What the text was taken for that the bytes were in; empty if they are as they were.
    """

    name: str
    data: bytes
    taken_for: str = ""


def read_input(name: str, data: bytes) -> Input:
    """Return the bytes of a file: as they are, or those that it is hexadecimal text for.

    Raises
    ------
    InputError
        If it is such text, and contradicts itself.
    """
    try:
        pasted = read_pasted(data)
    except PastedError as error:
        raise InputError(f"{name}: not decodable: {error}") from error
    return Input(name, pasted.data, pasted.form)


@dataclass(frozen=True)
class DataSet:
    """What is known of the data sets of messages, and is not in the messages.

    Attributes
    ----------
    data : bytes or None
        The data set of a message that came without.
    transfer_syntax : str or None
        The UID of the transfer syntax; without it the bytes tell.
    """

    data: bytes | None = None
    transfer_syntax: str | None = None


def inspect(
    source: Input,
    request: Input | None = None,
    *,
    as_json: bool = False,
    data_set: DataSet | None = None,
) -> tuple[str, int]:
    """Return what to print, and the exit code.

    Parameters
    ----------
    source : Input
        A command set, or messages as presentation data values (PS3.8 9.3.5.1).
    request : Input, optional
        The same for the request that the message answers.
    as_json : bool, optional
        Return JSON instead of text.
    data_set : DataSet, optional
        The data set of the message, and its transfer syntax.

    Raises
    ------
    InputError
        If a message cannot be decoded; it has what was decoded before.
    """
    asked = first_message(request) if request is not None else None
    found: list[Finding] = []
    try:
        for message, size in _messages(source):
            found.append(finding_of(message, size, asked, data_set))
    except InputError as error:
        raise InputError(str(error), _answer(source, found, as_json)) from error
    code = CONFORMS if all(finding.is_conformant for finding in found) else BREAKS
    return _answer(source, found, as_json), code


def _answer(source: Input, found: Sequence[Finding], as_json: bool) -> str:
    if not found:
        return ""
    if as_json:
        taken = {"taken_for": source.taken_for} if source.taken_for else {}
        content = [{**finding_as_json(finding), **taken} for finding in found]
        return json.dumps(content[0] if len(content) == 1 else content, indent=2)
    parts = numbered(list(map(finding_as_text, found)))
    counts = [counted(len(found), "message")]
    return "\n\n".join([*parts, summary(source.taken_for, counts, found, found)])


def first_message(source: Input) -> Message:
    """Return the first message of `source`.

    Raises
    ------
    InputError
        If it cannot be decoded.
    """
    return next(_messages(source))[0]


def _messages(source: Input) -> Iterator[tuple[Message, int]]:
    """Yield every message of `source` with the size of its command set."""
    data = source.data
    if not data:
        raise InputError(f"{source.name}: not decodable: nothing is there")
    try:
        if _starts_with_pdv(data):
            yield from _received(data)
        else:
            yield from _alone(data)
    except ValueError as error:
        raise InputError(f"{source.name}: not decodable: {error}") from error


def _starts_with_pdv(data: bytes) -> bool:
    """Return whether `data` starts with a whole presentation data value."""
    try:
        return next(read_pdvs(data), None) is not None
    except FragmentError:
        return False


def _alone(data: bytes) -> Iterator[tuple[Message, int]]:
    """Yield the message of a command set; of one that is cut, what is whole of it."""
    try:
        yield _without_data_set(data), len(data)
    except DecodeError as error:
        with suppress(DecodeError):
            yield _without_data_set(data[: error.offset]), error.offset
        raise


def _without_data_set(command: bytes) -> Message:
    message = decode(command)
    # That a data set follows is all that the rules ask; its content is not here.
    return decode(command, BytesIO()) if message.has_data_set else message


def _received(data: bytes) -> Iterator[tuple[Message, int]]:
    reassembler = Reassembler()
    command = b""
    try:
        for pdv in read_pdvs(data):
            command += pdv.data if pdv.is_command else b""
            received = reassembler.feed(pdv)
            if received is not None:
                command = b""
                yield received.message, len(received.command)
        if reassembler.unfinished:
            raise ValueError("the last message is not complete")
    except ValueError:
        # Of a message whose data set is cut the command set is there.
        with suppress(DecodeError):
            yield _without_data_set(command), len(command)
        raise


def _violations(message: Message, request: Message | None) -> tuple[Violation, ...]:
    primitive: Any = message.primitive
    if message.message_type.endswith("-RQ"):
        return tuple(primitive.request_violations())
    asked = request.primitive if request is not None else None
    if asked is not None and type(asked) is not type(primitive):
        raise InputError(f"{message.message_type} is no answer to the {asked.msg_type} request")
    return tuple(primitive.response_violations(asked))


def finding_of(
    message: Message,
    size: int,
    request: Message | None = None,
    data_set: DataSet | None = None,
) -> Finding:
    """Return what there is to say of a message whose command set has `size` bytes."""
    given = (data_set.data, data_set.transfer_syntax) if data_set else (None, None)
    of_data_set = data_set_violations(message, request, *given)
    violations = (*_violations(message, request), *of_data_set)
    return Finding(message, size, violations, is_looked_into(message, request, given[0]))
