"""Say what a command set holds, which rules it breaks, and how it is irregular.

Invariant: what is shown was decoded by `decode` and judged by the generated rules; nothing is
judged here.

This file is copied as it is from `templates/_inspect.py`. Do not edit the copy.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pydicom.uid import UID

from ._codec import Anomaly, Message
from ._data_set_rules import data_set_violations, status_in_words
from ._elements import DICTIONARY
from ._fragments import FragmentError, read_pdvs
from ._messages import decode
from ._pasted import PastedError, read_pasted
from ._reassembler import Reassembler
from ._runtime import Violation

CONFORMS, BREAKS = 0, 1


class InputError(ValueError):
    """The input holds no message that can be decoded."""


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


@dataclass(frozen=True)
class Finding:
    """A message, how many bytes its command set has, and what is wrong with it."""

    message: Message
    size: int
    violations: tuple[Violation, ...]

    @property
    def is_conformant(self) -> bool:
        """Whether no rule is broken and nothing is irregular."""
        return not self.violations and not self.message.anomalies


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
        If no message can be decoded.
    """
    asked = first_message(request) if request is not None else None
    found = [finding_of(message, size, asked, data_set) for message, size in _messages(source)]
    code = CONFORMS if all(finding.is_conformant for finding in found) else BREAKS
    if as_json:
        taken = {"taken_for": source.taken_for} if source.taken_for else {}
        content = [{**finding_as_json(finding), **taken} for finding in found]
        return json.dumps(content[0] if len(content) == 1 else content, indent=2), code
    taken_for = [f"the input was taken for {source.taken_for}"] if source.taken_for else []
    return "\n\n".join([*map(finding_as_text, found), *taken_for]), code


def first_message(source: Input) -> Message:
    """Return the first message of `source`.

    Raises
    ------
    InputError
        If it cannot be decoded.
    """
    return next(_messages(source))[0]


def in_one_line(text: str) -> str:
    """Return `text` with a code for each character that moves a cursor, rings or cannot be seen.

    What a peer sent must not write on the terminal of whoever looks at it.
    """
    if text.isprintable():
        return text
    return "".join(each if each.isprintable() else ascii(each)[1:-1] for each in text)


def _messages(source: Input) -> Iterator[tuple[Message, int]]:
    """Yield every message of `source` with the size of its command set."""
    data = source.data
    try:
        if _is_pdvs(data):
            yield from _received(data)
        else:
            message = decode(data)
            # That a data set follows is all that the rules ask; its content is not here.
            yield decode(data, BytesIO()) if message.has_data_set else message, len(data)
    except ValueError as error:
        raise InputError(f"{source.name}: not decodable: {error}") from error


def _is_pdvs(data: bytes) -> bool:
    """Return whether `data` is a sequence of presentation data values and nothing else."""
    try:
        return sum(1 for _ in read_pdvs(data)) > 0
    except FragmentError:
        return False


def _received(data: bytes) -> Iterator[tuple[Message, int]]:
    reassembler = Reassembler()
    for pdv in read_pdvs(data):
        received = reassembler.feed(pdv)
        if received is not None:
            yield received.message, len(received.command)
    if reassembler.unfinished:
        raise ValueError("the last message is not complete")


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
    return Finding(message, size, (*_violations(message, request), *of_data_set))


def finding_as_text(finding: Finding) -> str:
    """Return a message as text: its elements, what it breaks, what is irregular."""
    message = finding.message
    follows = "a data set follows" if message.has_data_set else "no data set"
    lines = [f"{message.message_type}: {finding.size} bytes, {follows}", ""]
    rows = [("Tag", "Parameter", "Value"), *element_rows(message)]
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    lines += [f"  {tag:{widths[0]}}  {name:{widths[1]}}  {value}" for tag, name, value in rows]
    for title, items in (("violation", finding.violations), ("anomaly", message.anomalies)):
        if items:
            plural = {"violation": "violations", "anomaly": "anomalies"}[title]
            lines += ["", f"{len(items)} {title if len(items) == 1 else plural}"]
            lines += [f"  {item}" for item in items]
    if finding.is_conformant:
        lines += ["", "conforms: no rule is broken"]
    return "\n".join(map(in_one_line, lines))


def element_rows(message: Message) -> Iterator[tuple[str, str, str]]:
    """Yield the tag, the name and the value of every element that a message has."""
    primitive = message.primitive
    whole = {each.keyword: each.raw for each in message.anomalies if each.kind == "multiplicity"}
    for element in DICTIONARY.elements.values():
        value = getattr(primitive, element.keyword, None)
        if element.keyword == primitive._STATUS and value is not None:
            shown = status_in_words(primitive, value)
        else:
            shown = _shown(value)
        raw = whole.get(element.keyword, b"")
        if element.vr not in ("AT", "UL", "US") and b"\\" in raw:
            shown = f"{shown}, the first of '{raw.decode('latin-1')}'"
        elif value is None:
            continue
        yield _shown_tag(element.tag), element.name, shown
    for tag, raw in message.unknown:
        retired = DICTIONARY.retired.get(tag)
        name = f"{retired.name} (retired)" if retired else "(unknown)"
        yield _shown_tag(tag), name, raw.hex(" ")


def _shown_tag(tag: int) -> str:
    return f"({tag >> 16:04X},{tag & 0xFFFF:04X})"


def _shown(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, UID):
        return f"{value} ({value.name})" if value.name != value else str(value)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return f"{value} ({value:04X}H)" if isinstance(value, int) else repr(value)


def finding_as_json(finding: Finding) -> dict[str, Any]:
    """Return the same for programs."""
    message = finding.message
    return {
        "message_type": message.message_type,
        "size": finding.size,
        "has_data_set": message.has_data_set,
        "primitive": message.primitive.to_json_dict(),
        "unknown": [{"tag": _shown_tag(tag), "raw": raw.hex()} for tag, raw in message.unknown],
        "violations": [_violation(violation) for violation in finding.violations],
        "anomalies": [_anomaly(anomaly) for anomaly in message.anomalies],
    }


def _violation(violation: Violation) -> dict[str, Any]:
    told = {
        "rule": violation.rule,
        "parameter": violation.parameter,
        "message": violation.message,
        "reference": violation.reference,
    }
    # What is wrong with a data set has a place in it, and a status that answers it.
    if path := getattr(violation, "path", ""):
        told["path"] = path
    status = getattr(violation, "status", None)
    return told if status is None else {**told, "status": f"{status:04X}"}


def _anomaly(anomaly: Anomaly) -> dict[str, Any]:
    return {
        "kind": anomaly.kind,
        "keyword": anomaly.keyword,
        "tag": None if anomaly.tag is None else _shown_tag(anomaly.tag),
        "offset": anomaly.offset,
        "message": anomaly.message,
        "reference": anomaly.reference,
        "raw": anomaly.raw.hex(),
    }
