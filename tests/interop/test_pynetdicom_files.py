"""Where pynetdicom receives data sets in files, none is left of a request that nobody stores."""

from __future__ import annotations

import gc
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from dimse_primitives.contrib import pynetdicom as standin
from pynetdicom import AE, _config, evt

from .wire.differential import associate, exchange
from .wire.inputs import (
    CONTEXTS,
    DATA_SET,
    INSTANCE,
    STORE,
    command,
    every_input,
    message,
    pdu,
    pdv,
    ui,
    us,
)

REFUSED = ("C-STORE, class unknown", "C-STORE, class not ASCII", "C_STORE without MessageID")
RQ = command(
    ui(2, STORE), us(0x100, 1), us(0x110, 7), us(0x700, 0), us(0x800, 1), ui(0x1000, INSTANCE)
)
BEGINNING = pdu(pdv(3, 3, RQ)) + pdu(pdv(3, 0, DATA_SET))


@pytest.fixture(params=[False, True], ids=["classes", "codec"], autouse=True)
def _installed(request: pytest.FixtureRequest) -> Iterator[None]:
    standin.install(codec=request.param)
    yield
    standin.uninstall()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Have data sets received in files, in a folder that nobody else writes to."""
    monkeypatch.setattr(_config, "STORE_RECV_CHUNKED_DATASET", True)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    # Cycles are looked for again and again, and all that tests before have left is in none of them.
    gc.freeze()
    yield tmp_path
    gc.unfreeze()


@pytest.fixture
def server(folder: Path) -> Iterator[Any]:
    """Give a server whose handler has the file of each request before it and raises."""
    entity = AE()
    seen: list[bool] = []

    def fail(event: Any) -> int:
        seen.append(event.dataset_path.is_file())
        raise RuntimeError

    for sop_class in CONTEXTS:
        entity.add_supported_context(sop_class)
    running: Any = entity.start_server(
        ("127.0.0.1", 0), block=False, evt_handlers=[(evt.EVT_C_STORE, fail)]
    )
    running.seen = seen
    yield running
    running.shutdown()


def is_empty(folder: Path) -> bool:
    """Return whether `folder` becomes empty: the thread of the server lets go of a request."""
    end = time.monotonic() + 20
    while any(folder.iterdir()) and time.monotonic() < end:
        gc.collect()
        time.sleep(0.02)
    return not any(folder.iterdir())


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.filterwarnings("ignore:Invalid value for VR UI")
def test_of_a_request_that_is_refused(name: str, server: Any, folder: Path) -> None:
    exchange(server.server_address[:2], "PEER", every_input()[name])
    assert server.seen == []
    assert is_empty(folder)


def test_of_a_request_whose_handler_raises(server: Any, folder: Path) -> None:
    found = exchange(server.server_address[:2], "PEER", message(3, RQ, DATA_SET))
    assert (found["status"], server.seen) == (0xC211, [True])
    assert is_empty(folder)


def test_of_a_data_set_that_breaks_off(server: Any, folder: Path) -> None:
    with associate(server.server_address[:2], "PEER") as connection:
        connection.sendall(BEGINNING)
        end = time.monotonic() + 20
        while not any(folder.iterdir()) and time.monotonic() < end:
            time.sleep(0.02)
        assert len([*folder.iterdir()]) == 1
    assert is_empty(folder)
