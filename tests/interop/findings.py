"""What is wrong with a command set that was on the wire.

Invariant: nothing is excused here. A command set without findings is regular, breaks no rule of
its table, and decoding and encoding give the same bytes. Of an irregular one, which no primitive
can repeat, encoding keeps at least the primitive.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from dimse_primitives import C_CANCEL, Message, decode

NOT_THE_SAME_BYTES = "not-the-same-bytes"


@dataclass(frozen=True, order=True)
class Finding:
    """An anomaly, a broken rule, or that encoding gives other bytes.

    Attributes
    ----------
    rule : str
        Identifier of the anomaly or of the rule.
    parameter : str
        Keyword of the element, its tag where it has none, or nothing.
    reference : str
        The clause.
    text : str
        What is wrong, in words.
    """

    rule: str
    parameter: str
    reference: str
    text: str


def read(data: bytes, data_set: bytes | None) -> Message:
    """Return the message of a command set, whose data set it announces."""
    return decode(data, None if data_set is None else BytesIO(data_set))


def encode(message: Message) -> bytes:
    """Return the command set of `message`, whatever it lacks."""
    if message.message_type.endswith("-RSP"):
        return message.primitive.encode_response(allow_invalid=True)  # type: ignore[union-attr]
    return message.primitive.encode_request(allow_invalid=True)


def find(data: bytes, data_set: bytes | None, request: bytes | None = None) -> list[Finding]:
    """Return the findings of a command set; `request` is the command set of what it answers."""
    message = read(data, data_set)
    return sorted({*_anomalies(message, data, data_set), *_violations(message, request)})


def _anomalies(message: Message, data: bytes, data_set: bytes | None) -> Iterator[Finding]:
    for anomaly in message.anomalies:
        name = anomaly.keyword or f"{anomaly.tag}"
        yield Finding(anomaly.kind, name, anomaly.reference, anomaly.message)
    again = encode(message)
    kept = message.anomalies and read(again, data_set).primitive == message.primitive
    if again != data and not kept:
        yield Finding(NOT_THE_SAME_BYTES, "", "PS3.7 6.3.1", "encoding gives other bytes")


def _violations(message: Message, request: bytes | None) -> Iterator[Finding]:
    primitive = message.primitive
    if isinstance(primitive, C_CANCEL) or not message.message_type.endswith("-RSP"):
        violations = primitive.request_violations()
    else:
        asked = None if request is None else decode(request).primitive
        violations = primitive.response_violations(asked)  # type: ignore[arg-type]
    for violation in violations:
        yield Finding(violation.rule, violation.parameter, violation.reference, violation.message)
