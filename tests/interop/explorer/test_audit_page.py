"""Whoever gets the page of an audit opens a file: on a desk or a phone, with a mouse or without."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from dimse_primitives.__main__ import main

from ...unit.audit.captures import frames, pcap, whole_dialogue
from ...unit.audit.dialogue_cases import CASES
from .conftest import driver
from .explorer import Explorer

pytestmark = pytest.mark.explorer


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the page of two captures: one with a fault, one without."""
    folder = tmp_path_factory.mktemp("audit")
    (folder / "a.pcap").write_bytes(pcap(frames(CASES["window-exceeded"][0]())))
    (folder / "b.pcap").write_bytes(pcap(frames(whole_dialogue())))
    (folder / "c.pcap").write_bytes(pcap(frames(CASES["connection-lost"][0]())))
    assert main(["audit", str(folder), "--html", str(folder / "page.html")]) == 1
    return folder / "page.html"


@pytest.fixture
def page(file: Path) -> Iterator[Explorer]:
    """Give the page, and require that the browser had nothing to complain about."""
    opened = Explorer(file, driver=driver())
    opened.open()
    try:
        yield opened
        assert opened.complaints == []
    finally:
        opened.close()


def test_the_result_is_on_top(page: Explorer) -> None:
    assert (
        page.text("#summary")
        == "3 associations, 12 messages: 0 violations, 0 anomalies, 2 findings"
    )
    assert page.count(".association") == 3
    assert page.text(".outcome b") == "released"


def test_a_click_shows_elements_and_bytes(page: Explorer) -> None:
    assert not page.is_shown(".lane table")
    page.click(".lane summary")
    assert page.is_shown(".lane table")
    assert "Affected SOP Class UID" in page.text(".lane table")
    assert page.text(".lane pre").startswith("0000  00 00 00 00 04 00 00 00")


def test_the_filter_finds_and_comes_back(page: Explorer) -> None:
    everything = page.count(".chart > li")
    page.type("words", "c-store")
    assert page.count(".chart > li:not(.hidden)") == 2
    assert page.text("#shown") == f"2 of {everything} shown"
    assert page.count(".association:not(.hidden)") == 1
    page.type("words", "\b" * len("c-store"))
    assert page.count(".chart > li:not(.hidden)") == everything
    page.click("#faulty")
    assert page.count(".chart > li:not(.hidden)") == 1
    assert page.count(".association:not(.hidden)") == 2


def test_it_can_be_used_without_a_mouse(page: Explorer) -> None:
    page.press("TAB")
    assert page.focused == "Skip to the associations"
    page.focus(".lane summary")
    page.press("ENTER")
    assert page.is_shown(".lane table")
    page.focus("#next")
    page.press("ENTER")
    assert "window-exceeded" in page.focused or "connection-lost" in page.focused


def test_everything_has_a_name_and_a_direction(page: Explorer) -> None:
    assert page.unnamed == []
    spoken = page.spoken(".chart .spoken")
    assert set(spoken) == {"requestor to acceptor: ", "acceptor to requestor: "}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("name", "width"), [("desktop", 1280), ("phone", 360)])
def test_on_every_screen(page: Explorer, name: str, width: int, scheme: str, shots: Path) -> None:
    page.as_on(width=width, height=900, scheme=scheme)
    page.click(".lane summary")
    assert not page.is_too_wide
    page.picture(shots / f"audit-{name}-{scheme}.png")
