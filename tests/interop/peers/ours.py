"""This end of an exchange: pynetdicom's associations, with our primitives and our codec in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeAlias

from pydicom.uid import ExplicitVRLittleEndian, ImplicitVRLittleEndian
from pynetdicom import AE
from pynetdicom.association import Association
from pynetdicom.pdu_primitives import SCP_SCU_RoleSelectionNegotiation
from pynetdicom.presentation import build_role

from .proxy import LOOPBACK

Handlers: TypeAlias = Sequence[tuple[Any, Callable[..., Any]]]
TITLE, ARCHIVE = "US", "ARCHIVE"
_PATIENCE = 10.0
_SYNTAXES = [ExplicitVRLittleEndian, ImplicitVRLittleEndian]


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
        LOOPBACK, port, ae_title=title, ext_neg=list(roles), evt_handlers=list(handlers)
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
    server = entity.start_server((LOOPBACK, 0), block=False, evt_handlers=list(handlers))
    assert server is not None
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        entity.shutdown()
