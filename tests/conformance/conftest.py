"""The text of PS3.7, for the tests that read it."""

from __future__ import annotations

from pathlib import Path

import pytest

from .standard import find_folder


@pytest.fixture(scope="module")
def folder() -> Path:
    found = find_folder()
    if found is None:
        pytest.skip("the text of PS3.7 is not here: set PS37_DIR to the folder of chapter_*.rst")
    return found
