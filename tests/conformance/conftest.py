"""The text of PS3.7, and its editions, for the tests that read them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest
from dimsegen.inputs.readings import read_edition

from .standard import find_folder

_read_once = lru_cache(maxsize=2)(read_edition)


@pytest.fixture(scope="module")
def folder() -> Path:
    found = find_folder()
    if found is None:
        pytest.skip("the text of PS3.7 is not here: set PS37_DIR to the folder of chapter_*.rst")
    return found


@pytest.fixture
def read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what several commands compare be read once: the same bytes say the same."""
    monkeypatch.setattr("dimsegen.inputs.versions.read_edition", _read_once)
