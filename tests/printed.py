"""The schemas of what PS3.7 prints: in a fork, those without its private services.

The services of the standard are those that the transcription lists. A test that counts, or that
expects what is printed and no more, asks for these, so that a checkout with a service beside them
passes.
"""

from __future__ import annotations

import atexit
import csv
import shutil
import tempfile
from functools import cache
from pathlib import Path

from dimsegen.cli import main
from dimsegen.dimse.loader import load_schema
from dimsegen.dimse.loader.services import expected_file
from dimsegen.dimse.model import Schema

ROOT = Path(__file__).parents[1]
_SERVICES = Path("services")
_TRANSCRIPTION = Path(__file__).parent / "conformance" / "transcription" / "service_tables.csv"


@cache
def printed_services() -> tuple[str, ...]:
    """Return the names of the services, in printed order."""
    with _TRANSCRIPTION.open(encoding="utf-8", newline="") as file:
        return tuple(dict.fromkeys(row["service"] for row in csv.DictReader(file)))


def private_files() -> list[Path]:
    """Return the service files of the checkout that the standard does not know."""
    known = {expected_file(name) for name in printed_services()}
    files = (ROOT / "schemas" / _SERVICES).glob("*.yaml")
    return sorted(file for file in files if file.name not in known)


@cache
def printed_folder() -> Path:
    """Return the folder of the schemas; in a fork, a copy without its private services."""
    private = private_files()
    if not private:
        return ROOT / "schemas"
    place = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    names = [file.name for file in private]
    return Path(
        shutil.copytree(ROOT / "schemas", place / "schemas", ignore=shutil.ignore_patterns(*names))
    )


@cache
def printed_pages() -> Path:
    """Return the folder of the reference pages; in a fork, those of the printed tables."""
    if not private_files():
        return ROOT / "docs" / "reference"
    place = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    schemas, pages = map(str, (printed_folder(), place))
    assert main(["docs", "--schemas", schemas, "--output", pages]) == 0
    return place


def printed_schema() -> Schema:
    """Return what the printed tables say."""
    return load_schema(printed_folder())
