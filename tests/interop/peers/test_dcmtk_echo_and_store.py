"""C-ECHO and C-STORE with DCMTK: its tools ask us, its servers answer us."""

from __future__ import annotations

from pathlib import Path

import pytest
from pynetdicom import evt

from .conftest import Wire
from .dcmtk import Dcmtk
from .ours import associate, serve
from .samples import image, instance_uid, save_images
from .sop_classes import SECONDARY_CAPTURE, VERIFICATION

pytestmark = pytest.mark.peers


@pytest.mark.parametrize("name", ["storescp", "dcmrecv", "dcmqrscp", "wlmscpfs"])
def test_its_servers_answer_our_echo(name: str, dcmtk: Dcmtk, wire: Wire) -> None:
    with dcmtk.serve(name) as port, associate(wire.to(dcmtk[name], port), VERIFICATION) as us:
        assert us.send_c_echo().Status == 0x0000
    assert wire.said() == ["C-ECHO-RQ", "C-ECHO-RSP"]


def test_echoscu_gets_our_answer(dcmtk: Dcmtk, wire: Wire) -> None:
    with serve(VERIFICATION) as port:
        dcmtk.run("echoscu", "127.0.0.1", wire.back(dcmtk["echoscu"], port))
        assert wire.said() == ["C-ECHO-RQ", "C-ECHO-RSP"]


@pytest.mark.parametrize("name", ["storescp", "dcmrecv", "dcmqrscp"])
def test_its_servers_store_our_image(name: str, dcmtk: Dcmtk, wire: Wire) -> None:
    with (
        dcmtk.serve(name) as port,
        associate(wire.to(dcmtk[name], port), SECONDARY_CAPTURE) as us,
    ):
        assert us.send_c_store(image()).Status == 0x0000
    assert wire.said() == ["C-STORE-RQ", "C-STORE-RSP"]


@pytest.mark.parametrize("name", ["storescu", "dcmsend"])
def test_its_tools_store_images_with_us(
    name: str, dcmtk: Dcmtk, wire: Wire, tmp_path: Path
) -> None:
    stored: list[str] = []

    def store(event: evt.Event) -> int:
        stored.append(event.dataset.SOPInstanceUID)
        return 0x0000

    with serve(SECONDARY_CAPTURE, handlers=[(evt.EVT_C_STORE, store)]) as port:
        paths = save_images(tmp_path / "images", 2)
        dcmtk.run(name, "127.0.0.1", wire.back(dcmtk[name], port), *paths)
        assert wire.said() == ["C-STORE-RQ", "C-STORE-RSP"] * 2
    assert stored == [instance_uid(1), instance_uid(2)]


def test_storescu_reads_why_we_refuse_an_image(dcmtk: Dcmtk, wire: Wire, tmp_path: Path) -> None:
    def refuse(event: evt.Event) -> int:
        return 0xA700

    with serve(SECONDARY_CAPTURE, handlers=[(evt.EVT_C_STORE, refuse)]) as port:
        (path,) = save_images(tmp_path / "images", 1)
        through = wire.back(dcmtk["storescu"], port)
        # It ends with the first byte of the status.
        said = dcmtk.run("storescu", "-v", "127.0.0.1", through, path, ends_with=0xA7)
        assert wire.said() == ["C-STORE-RQ", "C-STORE-RSP"]
    assert "Refused: OutOfResources" in said
