"""What the examples of pynetdicom send: MPPS and print, held against the tables of PS3.4."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from dimse_primitives.contrib.pynetdicom import refusal
from pydicom.datadict import tag_for_keyword
from pydicom.dataset import Dataset
from pynetdicom import evt

from . import pynetdicom_examples as examples
from .conftest import Wire
from .ours import serve
from .printing import Printer
from .samples import save_images
from .sop_classes import MPPS, PRINT_META

pytestmark = pytest.mark.peers
MISSING = 0x0120


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder with the pages that have the examples."""
    return examples.fetched(tmp_path_factory.mktemp("pynetdicom"))


def test_its_mpps_lacks_what_the_table_wants(pages: Path, wire: Wire, tmp_path: Path) -> None:
    said: list[Dataset] = []

    def answer(event: Any) -> tuple[Any, Any]:
        refused = refusal(event)
        said.extend([refused[0]] if refused else [])
        return 0x0000, None

    handlers = [(evt.EVT_N_CREATE, answer), (evt.EVT_N_SET, answer)]
    with serve(MPPS, handlers=handlers) as port:
        code = examples.code_of(pages / "mpps.rst", first=0, last=0)
        through = wire.back(examples.program("mpps.rst"), port)
        printed = examples.run(code, through, tmp_path, tmp_path)
        heard = wire.said()
    assert "N-CREATE request status: 0x0000" in printed
    assert heard == ["N-CREATE-RQ", "N-CREATE-RSP"]
    # It names two attributes as no dictionary does, which pydicom keeps to itself.
    (refused,) = said
    assert refused.Status == MISSING
    missing = ("ScheduledProtocolCodeSequence", "ProcedureCodeSequence")
    assert refused.AttributeIdentifierList == list(map(tag_for_keyword, missing))


def test_its_print_asks_for_the_printer(pages: Path, wire: Wire, tmp_path: Path) -> None:
    (image,) = save_images(tmp_path / "images", 1)
    with serve(PRINT_META, handlers=Printer(checks=True).handlers) as port:
        code = examples.code_of(pages / "print.rst", first=0, last=0)
        through = wire.back(examples.program("print.rst"), port)
        printed = examples.run(code, through, image, tmp_path)
        heard = wire.said()
    # It gives up whatever the printer says.
    assert "Failed to get the printer status" in printed
    assert heard == ["N-GET-RQ", "N-GET-RSP"]
