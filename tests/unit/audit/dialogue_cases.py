"""Dialogues that break one rule each, and dialogues that break none."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from dimse_primitives import C_CANCEL, N_EVENT_REPORT
from dimse_primitives.upper_layer import (
    A_ABORT_PDU,
    A_ASSOCIATE_RJ,
    A_RELEASE_RP,
    A_RELEASE_RQ,
)

from .captures import (
    CT_STORAGE,
    RST,
    VERIFICATION,
    WORKLIST,
    Wire,
    echo_request,
    echoes,
    established,
    find_request,
    p_data,
    proposal,
    released,
    store_request,
)

RQ, RP = A_RELEASE_RQ().encode(), A_RELEASE_RP().encode()
ECHO = p_data(echo_request().encode_request())
ECHO_RSP = p_data(echo_request().respond(Status=0).encode_response())


def item(data: bytes, header: int, context: int = 1) -> bytes:
    return (len(data) + 2).to_bytes(4, "big") + bytes((context, header)) + data


def pdu(*items: bytes) -> bytes:
    content = b"".join(items)
    return b"\4\0" + len(content).to_bytes(4, "big") + content


def opened(*contexts: tuple[int, str], **information: object) -> Wire:
    return established(Wire(), *contexts, **information)


def twice() -> Wire:
    """A Message ID twice at once, in an agreed window of two."""
    wire = opened(maximum_operations=(2, 1))
    return released(wire.send(0, ECHO).send(0, ECHO).send(1, ECHO_RSP).send(1, ECHO_RSP))


def interleaved() -> Wire:
    command = echo_request().encode_request()
    wire = opened((1, VERIFICATION), (3, VERIFICATION))
    wire.send(0, pdu(item(command[:20], 1, 1))).send(0, pdu(item(command, 3, 3)))
    return released(
        wire.send(1, p_data(echo_request().respond(Status=0).encode_response(), None, 3))
    )


def with_fragments(*items: bytes) -> Wire:
    wire = opened((1, CT_STORAGE))
    wire.send(0, b"".join(pdu(each) for each in items))
    return released(wire.send(1, p_data(store_request().respond(Status=0).encode_response())))


STORE = store_request().encode_request()
FIND = p_data(find_request().encode_request(), b"\x08\0\x60\0\0\0\0\0")


def finding(*statuses: int) -> Wire:
    wire = opened((1, WORKLIST)).send(0, FIND)
    for status in statuses:
        is_pending = status in (0xFF00, 0xFF01)
        response = find_request().respond(
            Status=status, Identifier=BytesIO(b"\0\0") if is_pending else None
        )
        data = b"\x08\0\x60\0\0\0\0\0" if is_pending else None
        wire.send(1, p_data(response.encode_response(), data))
    return wire


def cancel(number: int = 1) -> bytes:
    return p_data(C_CANCEL(MessageIDBeingRespondedTo=number).encode_request())


def event_report() -> bytes:
    request = N_EVENT_REPORT.request(
        MessageID=5,
        AffectedSOPClassUID="1.2.840.10008.1.20.1",
        AffectedSOPInstanceUID="1.2.840.10008.1.20.1.1",
        EventTypeID=1,
    )
    return p_data(request.encode_request())


CASES: dict[str, tuple[Callable[[], Wire], list[tuple[str, str]]]] = {
    "invalid-pdu": (
        lambda: opened().send(0, b"\x09\0\0\0\0\4\0\0\0\0").close(),
        [
            ("invalid-pdu", "requestor"),
            ("connection-lost", "requestor"),
            ("bytes-passed-over", "capture"),
        ],
    ),
    "undecodable-pdu": (
        lambda: released(opened().send(1, b"\7\0\0\0\0\1\0")),
        [("undecodable-pdu", "acceptor")],
    ),
    "pdu-too-long": (
        lambda: released(
            opened((1, CT_STORAGE), maximum_length=1 << 17)
            .send(0, pdu(item(STORE, 3)) + pdu(item(bytes(1 << 17), 2)))
            .send(1, p_data(store_request().respond(Status=0).encode_response()))
        ),
        [("pdu-too-long", "requestor")],
    ),
    "context-not-accepted": (
        lambda: released(
            opened().send(0, p_data(echo_request().encode_request(), None, 7)).send(1, ECHO_RSP)
        ),
        [("context-not-accepted", "requestor"), ("response-on-other-context", "acceptor")],
    ),
    "odd-fragment": (
        lambda: with_fragments(item(STORE, 3), item(bytes(3), 0), item(bytes(3), 2)),
        [("odd-fragment", "requestor")],
    ),
    "empty-fragment": (
        lambda: with_fragments(item(STORE, 3), item(bytes(4), 0), item(b"", 2)),
        [("empty-fragment", "requestor")],
    ),
    "control-header-bits": (
        lambda: with_fragments(item(STORE, 0x83), item(bytes(4), 2)),
        [("control-header-bits", "requestor")],
    ),
    "interleaved-fragments": (interleaved, [("interleaved-fragments", "requestor")]),
    "messages-in-one-pdu": (
        lambda: released(
            opened(maximum_operations=(2, 1))
            .send(
                0,
                pdu(
                    item(echo_request(1).encode_request(), 3),
                    item(echo_request(2).encode_request(), 3),
                ),
            )
            .send(1, ECHO_RSP)
            .send(1, p_data(echo_request(2).respond(Status=0).encode_response()))
        ),
        [("messages-in-one-pdu", "requestor")],
    ),
    "unexpected-pdu": (
        lambda: released(opened().send(0, ECHO).send(1, ECHO_RSP).send(1, RP)),
        [("unexpected-pdu", "acceptor")],
    ),
    "association-unanswered": (
        lambda: Wire().send(0, proposal().to_pdu().encode()).close(0),
        [("association-unanswered", "acceptor")],
    ),
    "release-unanswered": (
        lambda: opened().send(0, RQ).close(1),
        [("release-unanswered", "acceptor")],
    ),
    "connection-lost": (
        lambda: opened().send(0, ECHO).send(1, ECHO_RSP).close(1, flags=RST),
        [("connection-lost", "acceptor")],
    ),
    "command-undecodable": (
        lambda: released(opened().send(0, pdu(item(bytes(40), 3)))),
        [("command-undecodable", "requestor")],
    ),
    "command-too-long": (
        lambda: with_fragments(item(bytes(1 << 16), 1), item(bytes(2), 3)),
        [("command-too-long", "requestor"), ("response-without-request", "acceptor")],
    ),
    "data-set-missing": (
        lambda: released(
            opened((1, CT_STORAGE), maximum_operations=(0, 0))
            .send(0, pdu(item(STORE, 3)))
            .send(0, p_data(store_request(2).encode_request(), bytes(4)))
            .send(1, p_data(store_request(1).respond(Status=0).encode_response()))
            .send(1, p_data(store_request(2).respond(Status=0).encode_response()))
        ),
        [("data-set-missing", "requestor")],
    ),
    "data-set-unannounced": (
        lambda: released(opened().send(0, ECHO + pdu(item(bytes(4), 2))).send(1, ECHO_RSP)),
        [("data-set-unannounced", "requestor")],
    ),
    "data-set-odd": (
        lambda: with_fragments(item(STORE, 3), item(bytes(4), 0), item(bytes(3), 2)),
        [("odd-fragment", "requestor"), ("data-set-odd", "requestor")],
    ),
    "message-cut": (
        lambda: released(opened((1, CT_STORAGE)).send(0, pdu(item(STORE, 3), item(bytes(4), 0)))),
        [("request-unanswered", "acceptor"), ("message-cut", "requestor")],
    ),
    "response-without-request": (
        lambda: released(opened().send(1, ECHO_RSP)),
        [("response-without-request", "acceptor")],
    ),
    "response-after-final": (
        lambda: released(opened().send(0, ECHO).send(1, ECHO_RSP).send(1, ECHO_RSP)),
        [("response-after-final", "acceptor")],
    ),
    "pending after final": (
        lambda: released(finding(0xFF00, 0x0000, 0xFF00)),
        [("response-after-final", "acceptor")],
    ),
    "other-response": (
        lambda: released(opened((1, WORKLIST)).send(0, FIND).send(1, ECHO_RSP)),
        [("other-response", "acceptor")],
    ),
    "response-on-other-context": (
        lambda: released(
            opened((1, VERIFICATION), (3, VERIFICATION))
            .send(0, ECHO)
            .send(1, p_data(echo_request().respond(Status=0).encode_response(), None, 3))
        ),
        [("response-on-other-context", "acceptor")],
    ),
    "request-unanswered": (
        lambda: released(opened().send(0, ECHO)),
        [("request-unanswered", "acceptor")],
    ),
    "pending-without-final": (
        lambda: released(finding(0xFF00)),
        [("pending-without-final", "acceptor")],
    ),
    "message-id-in-use": (
        twice,
        [("message-id-in-use", "requestor"), ("response-after-final", "acceptor")],
    ),
    "window-exceeded": (
        lambda: released(
            opened()
            .send(0, ECHO)
            .send(0, p_data(echo_request(2).encode_request()))
            .send(1, ECHO_RSP)
            .send(1, p_data(echo_request(2).respond(Status=0).encode_response()))
        ),
        [("window-exceeded", "requestor")],
    ),
    "cancel-of-nothing": (
        lambda: released(finding(0xFF00, 0xFE00).send(0, cancel(9))),
        [("cancel-of-nothing", "requestor")],
    ),
    "cancel after the final response was received": (
        lambda: released(finding(0xFF00, 0xFE00).send(0, cancel(1))),
        [("cancel-of-nothing", "requestor")],
    ),
    "role-not-negotiated": (
        lambda: released(opened().send(1, ECHO).send(0, ECHO_RSP)),
        [("role-not-negotiated", "acceptor")],
    ),
    "notification by an SCU": (
        lambda: released(opened((1, "1.2.840.10008.1.20.1")).send(0, event_report())),
        [("request-unanswered", "acceptor"), ("role-not-negotiated", "requestor")],
    ),
    "other-sop-class": (
        lambda: released(opened((1, CT_STORAGE)).send(0, ECHO).send(1, ECHO_RSP)),
        [("other-sop-class", "requestor")],
    ),
    "capture-ends-early": (
        lambda: echoes(opened()),
        [("capture-ends-early", "capture")],
    ),
}
# What only bytes that are missing show; `test_tcp` has them.
ELSEWHERE = {
    "missing-bytes",
    "bytes-passed-over",
    "capture-starts-late",
    "one-direction",
    "repeat-differs",
}
FAULTLESS: dict[str, Callable[[], Wire]] = {
    "echo": lambda: released(echoes(opened(), 3)),
    "no message": lambda: released(opened()),
    "pending": lambda: released(finding(0xFF00, 0xFF01, 0x0000)),
    "cancelled": lambda: released(finding(0xFF00).send(0, cancel()).send(1, finding_end())),
    "a cancellation that crosses the end": lambda: released(crossed()),
    "collision": lambda: opened().send(0, RQ).send(1, RQ).send(0, RP).send(1, RP).close(),
    "rejected": lambda: (
        Wire()
        .send(0, proposal().to_pdu().encode())
        .send(1, A_ASSOCIATE_RJ(1, 1, 7).encode())
        .close()
    ),
    "aborted by the requestor": lambda: opened().send(0, A_ABORT_PDU(0).encode()).close(),
    "aborted by the provider": lambda: opened().send(1, A_ABORT_PDU(2, 6).encode()).close(),
    "aborted before the answer": lambda: (
        Wire().send(0, proposal().to_pdu().encode()).send(0, A_ABORT_PDU(0).encode()).close()
    ),
    "aborted within a message": lambda: (
        opened((1, CT_STORAGE))
        .send(0, pdu(item(STORE, 3), item(bytes(4), 0)))
        .send(0, A_ABORT_PDU(0).encode())
        .close()
    ),
    "a message that crosses the release": lambda: (
        opened((1, WORKLIST)).send(0, FIND).send(0, RQ).send(1, finding_end()).send(1, RP).close()
    ),
    "asynchronous, answered in another order": lambda: released(
        opened(maximum_operations=(2, 1))
        .send(0, ECHO)
        .send(0, p_data(echo_request(2).encode_request()))
        .send(1, p_data(echo_request(2).respond(Status=0).encode_response()))
        .send(1, ECHO_RSP)
    ),
    "a reset after the release": lambda: opened().send(0, RQ).send(1, RP).close(0, flags=RST),
}


def finding_end() -> bytes:
    return p_data(find_request().respond(Status=0xFE00).encode_response())


def crossed() -> Wire:
    """A cancellation whose sender has not acknowledged the final response yet."""
    wire = finding(0xFF00)
    wire.send(1, finding_end())
    known = wire.seq[1]
    wire.seq[1] -= len(finding_end())
    wire.send(0, cancel())
    wire.seq[1] = known
    return wire
