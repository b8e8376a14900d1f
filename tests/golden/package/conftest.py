"""The packages that the tiny schemas give, fresh from the generator."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from dimsegen.cli import main

HERE = Path(__file__).parent
NAMES = tuple(sorted(folder.parent.name for folder in HERE.glob("*/schemas")))


def generate(name: str, output: Path) -> None:
    """Generate the package of folder `name` into `output`."""
    arguments = ["generate", "--schemas", str(HERE / name / "schemas"), "--output", str(output)]
    assert main([*arguments, "--package", f"{name}_primitives"]) == 0


@pytest.fixture(scope="session")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with every package in it."""
    folder = tmp_path_factory.mktemp("output")
    for name in NAMES:
        generate(name, folder)
    return folder


@pytest.fixture(scope="session")
def imported(output: Path) -> Iterator[None]:
    """Make the packages importable."""
    sys.path.insert(0, str(output))
    yield
    sys.path.remove(str(output))


@pytest.fixture(scope="session")
def ping(imported: None) -> ModuleType:
    """Give the package of the folder ``ping``."""
    return importlib.import_module("ping_primitives")


@pytest.fixture(scope="session")
def bare(imported: None) -> ModuleType:
    """Give the package of the folder ``bare``."""
    return importlib.import_module("bare_primitives")
