"""This end of an exchange: pynetdicom's associations, with our primitives and our codec in them.

Invariant: every message that an association of these sends or receives is noted in `NOTED`, with
whether it was this package that made it a primitive, or bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeAlias

from dimse_primitives import DIMSEPrimitive, decode
from pydicom.uid import ExplicitVRLittleEndian, ImplicitVRLittleEndian
from pynetdicom import AE, evt
from pynetdicom.association import Association
from pynetdicom.pdu_primitives import SCP_SCU_RoleSelectionNegotiation
from pynetdicom.presentation import build_role

from .proxy import LOOPBACK

Handlers: TypeAlias = Sequence[tuple[Any, Callable[..., Any]]]
TITLE, ARCHIVE = "US", "ARCHIVE"
_PATIENCE = 10.0
# Of each message since the last `clear`: whether we sent it, and whether the codec was ours.
NOTED: list[tuple[bool, bool]] = []
_SYNTAXES = [ExplicitVRLittleEndian, ImplicitVRLittleEndian]


def _note_sent(event: Any) -> None:
    NOTED.append((True, event.message._wire is not None))


def _note_received(event: Any) -> None:
    message = event.message
    is_ours = isinstance(message.message_to_primitive(), DIMSEPrimitive)
    # What is irregular is read by pydicom, the primitive is ours all the same.
    irregular = message._received is None and decode(_command_set(message)).anomalies
    NOTED.append((False, is_ours and (message._received is not None or bool(irregular))))


NOTES: list[tuple[Any, Callable[..., Any]]] = [
    (evt.EVT_DIMSE_SENT, _note_sent),
    (evt.EVT_DIMSE_RECV, _note_received),
]


def _command_set(message: Any) -> bytes:
    data: bytes = message.encoded_command_set.getvalue()
    return data


def _entity() -> AE:
    entity = AE(ae_title=TITLE)
    entity.acse_timeout = entity.dimse_timeout = entity.network_timeout = _PATIENCE
    entity.connection_timeout = _PATIENCE
    return entity


@contextmanager
def associate(
    port: int,
    *classes: str,
    title: str = ARCHIVE,
    handlers: Handlers = (),
    performs: Sequence[str] = (),
) -> Iterator[Association]:
    """Associate with the server on `port`; of the classes in `performs` we are the SCP."""
    entity = _entity()
    for sop_class in (*classes, *performs):
        entity.add_requested_context(sop_class, _SYNTAXES)
    roles: list[SCP_SCU_RoleSelectionNegotiation] = [
        build_role(sop_class, scp_role=True) for sop_class in performs
    ]
    association = entity.associate(
        LOOPBACK, port, ae_title=title, ext_neg=list(roles), evt_handlers=[*handlers, *NOTES]
    )
    assert association.is_established, "the peer did not accept the association"
    try:
        yield association
    finally:
        if association.is_established:
            association.release()
        association.join(_PATIENCE)


@contextmanager
def serve(*classes: str, handlers: Handlers = ()) -> Iterator[int]:
    """Serve `classes` and give the port; we take both roles of each if the peer proposes so."""
    entity = _entity()
    for sop_class in classes:
        entity.add_supported_context(sop_class, _SYNTAXES, scu_role=True, scp_role=True)
    server = entity.start_server((LOOPBACK, 0), block=False, evt_handlers=[*handlers, *NOTES])
    assert server is not None
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        entity.shutdown()
