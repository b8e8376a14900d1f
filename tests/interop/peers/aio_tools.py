"""Both sides of an exchange between `aio` and the tools of DCMTK: what is asked and answered."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from dimse_primitives import (
    C_ECHO,
    C_FIND,
    C_STORE,
)
from dimse_primitives.aio import AsyncAssociation, Server, connect, serve
from pydicom.uid import ImplicitVRLittleEndian

from ..aio_peers import encoded
from .dcmtk import Dcmtk
from .ours import ARCHIVE, TITLE
from .samples import STUDY, image, query
from .sop_classes import (
    SECONDARY_CAPTURE,
    STUDY_FIND,
    VERIFICATION,
)

T = TypeVar("T")
HOST, SUCCESS, PENDING, CANCELED = "127.0.0.1", 0x0000, 0xFF00, 0xFE00
ASK = ("-S", "-k", "QueryRetrieveLevel=STUDY", "-k", f"StudyInstanceUID={STUDY}")


def run(test: Callable[[], Awaitable[T]]) -> T:
    async def limited() -> T:
        return await asyncio.wait_for(test(), 30)

    return asyncio.run(limited())


def ask(
    port: int, *classes: str, title: str = ARCHIVE, **options: Any
) -> Awaitable[AsyncAssociation]:
    contexts = [(each, [ImplicitVRLittleEndian]) for each in classes]
    return connect(
        HOST, port, contexts=contexts, calling_ae_title=TITLE, called_ae_title=title, **options
    )


def answer(handlers: dict[type[Any], Any], *classes: str, **options: Any) -> Awaitable[Server]:
    # Uncompressed images only: Implicit VR is what all peers speak.
    contexts = [(each, [ImplicitVRLittleEndian]) for each in classes]
    return serve(handlers, HOST, 0, contexts=contexts, **options)


async def tool(dcmtk: Dcmtk, name: str, *arguments: object) -> str:
    """Run a tool of DCMTK while the event loop goes on."""
    return await asyncio.to_thread(dcmtk.run, name, *arguments)


async def succeed(request: Any) -> Any:
    return request.respond(Status=SUCCESS)


def echo() -> C_ECHO:
    return C_ECHO(AffectedSOPClassUID=VERIFICATION)


def store(number: int = 1) -> C_STORE:
    dataset = image(number)
    return C_STORE(
        AffectedSOPClassUID=SECONDARY_CAPTURE,
        AffectedSOPInstanceUID=dataset.SOPInstanceUID,
        Priority=0,
        DataSet=encoded(dataset),
    )


def find(level: str = "STUDY") -> C_FIND:
    return C_FIND(AffectedSOPClassUID=STUDY_FIND, Priority=0, Identifier=encoded(query(level)))
