"""Command sets that are irregular in one way, for each kind of anomaly.

A regular command set is changed in as little as possible, and what is said of it is what the
generated `decode` says.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from typing import Protocol

from ...witness.least import Shown, least
from ...witness.packages import Package
from ..model import Role, Schema
from ..primitives import primitives_of
from ..witness.drafts import least_draft
from ..witness.scope import scopes_of
from ..witness.validator import Validator

_HEADER = struct.Struct("<HHL")
_LONG = struct.Struct("<L")
_UNKNOWN = (0x0000, 0x00FF)
_OTHER_GROUP = (0x0009, 0x0001)
# More anomalies than are listed.
_MANY = 40


class Anomaly(Protocol):
    """What `decode` says of a command set."""

    kind: str


def irregular(kind: str, schema: Schema, package: Package) -> Shown[bytes, Anomaly] | None:
    """Return a command set with an anomaly of `kind` and as few others as can be."""
    every = (each for data in _command_sets(schema, package) for each in _changed(data, schema))

    def anomalies(data: bytes) -> Sequence[Anomaly]:
        try:
            found: Sequence[Anomaly] = package.find("decode")(data).anomalies
        except ValueError:
            return ()
        return found

    return least(every, anomalies, lambda each: each.kind == kind)


def _command_sets(schema: Schema, package: Package) -> Iterator[bytes]:
    """Yield a request of each service."""
    validator = Validator("this", package)
    names = [primitive.name for primitive in primitives_of(schema)]
    for scope in scopes_of(schema, schema):
        if scope.name in names and not scope.is_response:
            names.remove(scope.name)
            data, _ = validator.encode(least_draft(scope))
            if data is not None:
                yield data


_Element = tuple[int, int, bytes]


def _changed(data: bytes, schema: Schema) -> Iterator[bytes]:
    first, *elements = _split(data)
    *before, one, last = elements
    body = _bytes(elements)
    yield from (data[:-1], data + bytes(_HEADER.size // 2), body)
    yield _bytes([(*first[:2], _LONG.pack(len(data)))]) + body
    for changed in (
        [*before, last, one],
        [*elements, last],
        sorted([*elements, (*_UNKNOWN, bytes(2))]),
        *(
            sorted([*elements, (each.tag >> 16, each.tag & 0xFFFF, bytes(2))])
            for each in schema.retired
            if not each.allowed_by
        ),
        [*elements, (*_OTHER_GROUP, bytes(2))],
        [*elements, *[(*last[:2], b"")] * _MANY],
        *_with_values(elements, schema),
        *(sorted([*elements, each]) for each in _others(elements, schema)),
    ):
        body = _bytes(changed)
        yield _bytes([(*first[:2], _LONG.pack(len(body)))]) + body


def _with_values(elements: list[_Element], schema: Schema) -> Iterator[list[_Element]]:
    """Yield the elements with one of them gone, or with another value."""
    tags = {parameter.tag: parameter for parameter in schema.parameters.values()}
    for number, (group, element, value) in enumerate(elements):
        parameter = tags[group << 16 | element]
        values = [value[:-1], value * 2, b"\xff" * len(value), value + b"\0\0"]
        if parameter.role is Role.DATA_SET_TYPE:
            yield elements[:number] + elements[number + 1 :]
            values.append((parameter.present or 0).to_bytes(2, "little"))
        for each in values:
            yield [*elements[:number], (group, element, each), *elements[number + 1 :]]


def _others(elements: list[_Element], schema: Schema) -> Iterator[_Element]:
    present = {group << 16 | element for group, element, _ in elements}
    for parameter in schema.parameters.values():
        if parameter.tag and parameter.tag not in present and parameter.vr == "US":
            yield parameter.tag >> 16, parameter.tag & 0xFFFF, b"\x01\x00"


def _split(data: bytes) -> Iterator[_Element]:
    position = 0
    while position < len(data):
        group, element, size = _HEADER.unpack_from(data, position)
        position += _HEADER.size
        yield group, element, data[position : position + size]
        position += size


def _bytes(elements: list[_Element]) -> bytes:
    return b"".join(
        _HEADER.pack(group, element, len(value)) + value for group, element, value in elements
    )
