"""A headless Chromium that looks at the matrix explorer, from a file and without network."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ...conftest import ROOT
from .explorer import Explorer

PAGE = ROOT / "docs" / "reference" / "explorer.html"
SHOTS = ROOT / "build" / "explorer"


@pytest.fixture
def explorer() -> Iterator[Explorer]:
    """Give the explorer, and require that the browser had nothing to complain about."""
    opened = Explorer(PAGE, driver=_driver())
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


def _driver() -> str:
    found = shutil.which("chromedriver")
    assert found is not None, "chromedriver is missing: `make interop-explorer` installs it"
    return found
