"""Say what PDUs hold, one or a stream of them: fields, unknown items, what is wrong, messages.

Invariant: what is shown was decoded by `decode_pdu` and judged by the generated rules; nothing is
judged here.

This file is copied as it is from `templates/upper_layer/root/_inspect_pdus.py`. Do not edit the
copy.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from inspect import signature
from typing import Any

from ._codec import DecodeError, Message
from ._fragments import PDV
from ._inspect import BREAKS, CONFORMS, DataSet, Input, InputError, finding_of, first_message
from ._inspect_pdus_text import Broken, Shown, as_record, as_text, says_anything
from ._inspect_text import Finding, counted, numbered, summary
from ._looks_like import looks_like
from ._reassembler import Reassembler
from ._rows import Violation
from .upper_layer import PDU, DecodedPDU, decode_pdu, read_pdu_header
from .upper_layer._facts import PDU_HEADER, PDU_NAMES
from .upper_layer.p_data_tf import P_DATA_TF

# How often a byte or an item is left out before what stands before it is given up: items are within
# two others at most, and of the header of each a few bytes may be left.
_MOST_TRIES = 16


def is_pdus(data: bytes) -> bool:
    """Return whether `data` starts with a PDU that is whole, or with what looks like one."""
    header = read_pdu_header(data)
    if header is None or data[1] or not header[0]:
        return False
    if header[0] not in PDU_NAMES:
        # Of no type that is known, but a PDU by its length.
        return header[1] == len(data)
    return header[1] <= len(data) or " PDU " in looks_like(data)


def inspect_pdus(
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
        One PDU or more, as they follow one another on a connection.
    request : Input, optional
        A request, in PDUs or not, that responses in the PDUs are held against.
    as_json : bool, optional
        Return JSON instead of text.
    data_set : DataSet, optional
        The transfer syntax of the data sets.

    Raises
    ------
    InputError
        If none of them can be decoded.
    """
    asked = None if request is None else _asked(request)
    found = list(_shown(source.data, asked, data_set))
    readable = [each for each in found if isinstance(each, Shown)]
    if not readable and not any(each.begun for each in found if isinstance(each, Broken)):
        raise InputError(f"{source.name}: not decodable: {_trouble(found)}")
    is_whole = len(readable) == len(found)
    code = CONFORMS if is_whole and all(each.is_conformant for each in readable) else BREAKS
    if as_json:
        taken = {"taken_for": source.taken_for} if source.taken_for else {}
        content = [{**as_record(each), **taken} for each in found]
        return json.dumps(content[0] if len(content) == 1 else content, indent=2), code
    messages = [message for each in readable for message in each.messages]
    counts = [counted(len(readable), "PDU")]
    counts += [counted(len(messages), "message")] if messages else []
    last = summary(source.taken_for, counts, [*readable, *messages], messages, ("PS3.7", "PS3.8"))
    return "\n\n".join([*numbered(list(map(as_text, found))), last]), code


def _asked(request: Input) -> Message:
    """Return the first message of `request`."""
    if not is_pdus(request.data):
        return first_message(request)
    for shown in _shown(request.data, None):
        for finding in shown.messages if isinstance(shown, Shown) else ():
            return finding.message
    raise InputError(f"{request.name}: there is no message in its PDUs")


def _trouble(found: list[Shown | Broken]) -> str:
    return next(each.trouble for each in found)


def _shown(
    data: bytes, asked: Message | None, data_set: DataSet | None = None
) -> Iterator[Shown | Broken]:
    """Yield every PDU of a stream; after one that cannot be read, its length tells the next."""
    offset = 0
    reader = _Reader(asked, data_set)
    while offset < len(data):
        left = len(data) - offset
        header = read_pdu_header(data, offset)
        size = left if header is None else header[1]
        if header is None or size > left:
            what = "PDU" if header is None else PDU_NAMES.get(header[0], "PDU")
            claimed = f"a {what} has {PDU_HEADER.size} at least"
            if header is not None:
                claimed = (
                    f"{'an' if what[0] == 'A' else 'a'} {what} that announces {size} is cut off"
                )
            begun = None if header is None else _begun(data[offset:])
            yield Broken(offset, left, f"{counted(left, 'byte')} left, and {claimed}", begun)
            return
        try:
            decoded = decode_pdu(data[offset : offset + size])
        except DecodeError as error:
            yield Broken(offset, size, str(error), _begun(data[offset : offset + size]))
        else:
            yield reader.shown(offset, size, decoded, is_last=size == left)
        offset += size


def _begun(data: bytes) -> PDU | None:
    """Return the PDU that `data` would be without the item that cannot be read, and what follows.

    None if nothing stands before that, or not even that can be read.
    """
    end = len(data)
    for _ in range(_MOST_TRIES):
        if end < PDU_HEADER.size:
            break
        head = PDU_HEADER.pack(data[0], end - PDU_HEADER.size)
        try:
            pdu = decode_pdu(head + data[PDU_HEADER.size : end]).pdu
        except DecodeError as error:
            # The header of an item that is cut off has no place of its own.
            end = min(end - 1, error.offset)
        else:
            return pdu if says_anything(pdu) else None
    return None


class _Reader:
    """Puts the messages together whose fragments are in P-DATA-TF PDUs."""

    def __init__(self, asked: Message | None, data_set: DataSet | None) -> None:
        self._asked = asked
        self._data_set = data_set
        self._reassembler = Reassembler()

    def shown(self, offset: int, size: int, decoded: DecodedPDU, *, is_last: bool) -> Shown:
        found: list[Finding] = []
        trouble = ""
        try:
            found.extend(self._messages(decoded.pdu))
            if is_last and self._reassembler.unfinished:
                trouble = "the last message is not complete"
        except ValueError as error:
            # Of fragments that do not follow one another, or of a command set.
            trouble = str(error)
            self._reassembler.reset()
        return Shown(offset, size, decoded, _violations(decoded.pdu), tuple(found), trouble)

    def _messages(self, pdu: PDU) -> Iterator[Finding]:
        """Yield the messages that a P-DATA-TF PDU completes."""
        items = pdu.presentation_data_value_items if isinstance(pdu, P_DATA_TF) else ()
        for item in items:
            fragment = bytes(item.fragment)
            pdv = PDV(item.presentation_context_id, item.is_command, item.is_last, fragment)
            received = self._reassembler.feed(pdv)
            if received is not None:
                yield self._judged(received.message, len(received.command))

    def _judged(self, message: Message, size: int) -> Finding:
        asked = self._asked
        is_answer = asked is not None and type(message.primitive) is type(asked.primitive)
        return finding_of(message, size, asked if is_answer else None, self._data_set)


def _violations(pdu: PDU) -> tuple[Violation, ...]:
    """Return the rules that the primitive breaks, but for what no byte of the PDU carries."""
    try:
        primitive: Any = pdu.to_primitive()
    except ValueError:
        # What cannot be a primitive is an anomaly of the PDU.
        return ()
    is_answer = getattr(primitive, "result", None) is not None
    found = primitive.confirmation_violations() if is_answer else primitive.indication_violations()
    taken = signature(pdu.to_primitive).parameters
    return tuple(each for each in found if each.parameter not in taken)
