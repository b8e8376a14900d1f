"""The commands `echo` and `serve`: the two smallest real uses of `dimse_primitives.aio`.

This file is copied as it is from `templates/upper_layer/_commands.py`. Do not edit the copy.
"""

from __future__ import annotations

import asyncio
import logging
import shutil
import signal
import sys
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from pydicom._uid_dict import UID_dictionary
from pydicom.dataset import FileMetaDataset
from pydicom.filebase import DicomIO
from pydicom.filewriter import write_file_meta_info
from pydicom.uid import UID, AllTransferSyntaxes, ImplicitVRLittleEndian

from .._status import StatusCode, status_class
from ..aio import Operation, connect, serve
from ..c_echo import C_ECHO
from ..c_store import C_STORE
from ..sop_classes import SOP_CLASSES
from ..sop_classes.storage import OUT_OF_RESOURCES
from ._handlers import Handler
from ._negotiation import IMPLEMENTATION_CLASS_UID, IMPLEMENTATION_VERSION_NAME

DONE, REFUSED, UNREACHABLE = 0, 1, 2
_LOGGER: Final = logging.getLogger("dimse_primitives.aio")


def sop_classes_with(service: str) -> list[UID]:
    """Return the SOP classes whose DIMSE service group has a service."""
    return [UID(each.uid) for each in SOP_CLASSES.values() if service in each.services]


def storage_classes() -> list[UID]:
    """Return the SOP classes whose instances are stored.

    PS3.4 has no table of those that are retired or another standard's; PS3.6 Table A-1 names them.
    """
    known = sop_classes_with(C_STORE().msg_type)
    others = [
        UID(uid)
        for uid, (name, kind, standard, retired, _) in UID_dictionary.items()
        if kind == "SOP Class" and (standard or retired) and " Storage" in name
    ]
    return list(dict.fromkeys([*known, *others]))


_VERIFICATION: Final = sop_classes_with(C_ECHO().msg_type)[0]


def run_echo(host: str, port: int, calling: str, called: str, timeout: float) -> int:
    """Ask a peer whether it is there, and print what it says; return the exit code."""
    try:
        text, code = asyncio.run(_echo(host, port, calling, called, timeout))
    except (OSError, ValueError) as error:
        print(f"{host}:{port}: {error}", file=sys.stderr)
        return REFUSED if isinstance(error, ConnectionError) and not error.errno else UNREACHABLE
    print(text)
    return code


async def _echo(host: str, port: int, calling: str, called: str, timeout: float) -> tuple[str, int]:
    started = perf_counter()
    async with await connect(
        host,
        port,
        contexts=[(_VERIFICATION, [ImplicitVRLittleEndian])],
        calling_ae_title=calling,
        called_ae_title=called,
        timeout=timeout,
    ) as association:
        if not association.contexts:
            return f"{host}:{port}: accepted, but not {_VERIFICATION.name}", REFUSED
        opened = perf_counter()
        response = await association.exchange(C_ECHO(AffectedSOPClassUID=_VERIFICATION))
        answered = perf_counter()
    status: int = response.Status
    found = status_class(status)
    text = (
        f"{host}:{port}: {status:04X}H ({found.value if found else 'in no status class'}), "
        f"association {(opened - started) * 1e3:.1f} ms, C-ECHO {(answered - opened) * 1e3:.1f} ms"
    )
    return text, DONE if status == StatusCode.SUCCESS else REFUSED


def run_serve(host: str, port: int, ae_title: str | None, folder: Path | None) -> int:
    """Answer C-ECHO and, with `folder`, keep what is stored, until it is interrupted."""
    logging.basicConfig(format="%(message)s", level=logging.INFO)
    try:
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
        asyncio.run(_serve(host, port, ae_title, folder))
    except KeyboardInterrupt:
        return DONE
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return UNREACHABLE
    return DONE


async def _serve(host: str, port: int, ae_title: str | None, folder: Path | None) -> None:
    contexts = [(_VERIFICATION, [ImplicitVRLittleEndian])]
    if folder is not None:
        contexts += [(uid, list(AllTransferSyntaxes)) for uid in storage_classes()]
    store = _Store(folder or Path())
    handlers: dict[type[Any], Handler] = {C_ECHO: _on_echo, C_STORE: store.keep}
    async with await serve(handlers, host, port, contexts=contexts, ae_title=ae_title) as server:
        # As an interrupt does, it aborts what is open; Windows has no such signal.
        with suppress(NotImplementedError):
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, server.close)
        kept = f"; what is stored goes to {folder}" if folder is not None else ""
        print(f"listening on {host}:{server.port}{kept}", flush=True)
        await server.serve_forever()


async def _on_echo(request: C_ECHO, operation: Operation) -> C_ECHO:
    _LOGGER.info("C-ECHO from %r", operation.association.calling_ae_title)
    return request.respond(Status=StatusCode.SUCCESS)


class _Store:
    """Keeps instances as files (PS3.10), as they were encoded."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def keep(self, request: C_STORE, operation: Operation) -> C_STORE:
        """Write the data set of a request to a file."""
        uid = request.AffectedSOPInstanceUID
        if uid is None or not uid.is_valid or operation.data_set is None:
            return request.respond(Status=OUT_OF_RESOURCES)
        path = self._folder / f"{uid}.dcm"
        try:
            with path.open("wb") as file:
                file.write(_beginning(request, operation))
                shutil.copyfileobj(operation.data_set, file, 1 << 20)
        except OSError as error:
            _LOGGER.error("%s: %s", path, error)
            return request.respond(Status=OUT_OF_RESOURCES)
        _LOGGER.info("C-STORE from %r: %s", operation.association.calling_ae_title, path)
        return request.respond(Status=StatusCode.SUCCESS)


def _beginning(request: C_STORE, operation: Operation) -> bytes:
    """Return preamble, prefix and File Meta Information (PS3.10 7.1)."""
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = UID(request.AffectedSOPClassUID or "")
    meta.MediaStorageSOPInstanceUID = UID(request.AffectedSOPInstanceUID or "")
    meta.TransferSyntaxUID = operation.transfer_syntax
    meta.ImplementationClassUID = IMPLEMENTATION_CLASS_UID
    meta.ImplementationVersionName = IMPLEMENTATION_VERSION_NAME
    stream = BytesIO()
    write_file_meta_info(DicomIO(stream), meta)
    return b"\0" * 128 + b"DICM" + stream.getvalue()
