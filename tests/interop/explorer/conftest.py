"""A headless Chromium that looks at the matrix explorer, from a file and without network."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ...conftest import ROOT

if TYPE_CHECKING:
    from .explorer import Explorer

# `make interop-explorer` installs it; no other test needs a browser.
collect_ignore_glob = [] if find_spec("selenium") else ["test_*.py"]

PAGE = ROOT / "docs" / "reference" / "explorer.html"
SHOTS = ROOT / "build" / "explorer"


@pytest.fixture
def explorer() -> Iterator[Explorer]:
    """Give the explorer, and require that the browser had nothing to complain about."""
    from .explorer import Explorer

    opened = Explorer(PAGE, driver=driver())
    try:
        yield opened
        assert opened.complaints == []
    finally:
        opened.close()


@pytest.fixture(scope="session")
def shots() -> Path:
    """Give the folder for pictures to look at."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    return SHOTS


def driver() -> str:
    """Return the program that drives the browser."""
    found = shutil.which("chromedriver")
    assert found is not None, "chromedriver is missing: `make interop-explorer` installs it"
    return found
