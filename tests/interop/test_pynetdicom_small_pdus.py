"""A request that PS3.7 does not know, from a peer that takes hardly a byte."""

from __future__ import annotations

import struct
from collections.abc import Iterator

import pytest
from dimse_primitives import read_pdvs
from dimse_primitives.contrib import pynetdicom as standin

from . import pipelined


@pytest.fixture(params=[False, True], ids=["classes", "codec"], autouse=True)
def installed(request: pytest.FixtureRequest) -> Iterator[None]:
    """Put our classes in place, and leave pynetdicom as it was."""
    standin.install(codec=request.param)
    yield
    standin.uninstall()


@pytest.mark.parametrize("maximum", [0, 7, 8, 9, 100])
def test_it_is_answered_in_fragments_that_fit(maximum: int) -> None:
    command, is_last = b"", False
    with pipelined.connected(maximum=maximum) as peer:
        peer.sendall(pipelined.unknown_rq(5))
        while not is_last:
            kind, content = pipelined.receive(peer)
            assert kind == 4, f"a PDU of type {kind}"
            assert maximum == 0 or len(content) <= maximum
            for pdv in read_pdvs(content):
                command, is_last = command + pdv.data, pdv.is_last
    for element, value in ((0x0100, 0x8777), (0x0120, 5), (0x0900, 0x0211)):
        assert struct.pack("<HHIH", 0, element, 2, value) in command


@pytest.mark.parametrize("maximum", [1, 6])
def test_where_no_answer_fits_the_association_is_aborted(
    maximum: int, caplog: pytest.LogCaptureFixture
) -> None:
    with pipelined.connected(maximum=maximum) as peer:
        peer.sendall(pipelined.unknown_rq(5))
        assert pipelined.receive(peer)[0] == 7
    said = [each.getMessage() for each in caplog.records if each.name == "dimse_primitives"]
    assert len([each for each in said if f"at most {maximum} bytes" in each]) == 1
    assert not any(each.exc_info for each in caplog.records)
