"""The schemas of what the standard prints: in a fork, those without what is private.

The services, elements and statuses of the standard are those that the transcription lists. A test
that counts, or that expects what is printed and no more, asks for these, so that a checkout with
others beside them passes.
"""

from __future__ import annotations

import atexit
import csv
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from dimsegen.cli import main
from dimsegen.dimse.loader import load_schema
from dimsegen.dimse.loader.services import expected_file
from dimsegen.dimse.model import Schema

ROOT = Path(__file__).parents[1]
_SERVICES = Path("services")
# What names another document than a part of the standard, as far as the tables of PS3.8 do.
_ELSEWHERE = re.compile(r' see: "(?!PS3\.)[\w.-]+ |^  - \{part: (?!PS3\.)', re.MULTILINE)
_TRANSCRIPTION = Path(__file__).parent / "conformance" / "transcription"


@dataclass(frozen=True)
class Private:
    """What a checkout has that the standard does not print, by name."""

    files: tuple[str, ...]
    structures: frozenset[str]
    services: frozenset[str]
    elements: frozenset[str]
    statuses: frozenset[str]
    has_lines: bool

    def __bool__(self) -> bool:
        return bool(self.files or self.elements or self.statuses or self.has_lines)


def _column(file: str, *names: str) -> list[str]:
    with (_TRANSCRIPTION / file).open(encoding="utf-8", newline="") as rows:
        return [row[name] for row in csv.DictReader(rows) for name in names]


@cache
def printed_services() -> tuple[str, ...]:
    """Return the names of the services, in printed order."""
    return tuple(dict.fromkeys(_column("service_tables.csv", "service")))


@cache
def private() -> Private:
    """Return what the checkout has that the standard does not print."""
    return private_in(ROOT / "schemas")


def private_in(schemas: Path) -> Private:
    """Return what the folder `schemas` has that the standard does not print."""
    known = {expected_file(name) for name in printed_services()}
    files = [
        file for file in sorted((schemas / _SERVICES).glob("*.yaml")) if file.name not in known
    ]
    elements = yaml.safe_load((schemas / "elements.yaml").read_text("utf-8"))
    keywords = {*_column("elements.csv", "keyword"), *_column("retired_elements.csv", "keyword")}
    statuses = yaml.safe_load((schemas / "statuses.yaml").read_text("utf-8"))
    classes, types = _column("status_classes.csv", "class"), _column("status_types.csv", "name")
    sop_classes = sorted((schemas / "sop_classes").glob("*.yaml"))
    own = [file for file in sop_classes if "uid: " in file.read_text("utf-8")]
    layer = {file: file.read_text("utf-8") for file in (schemas / "upper_layer").rglob("*.yaml")}
    structures = [file for file, text in layer.items() if "\n  - {part: " in text]
    structures = [file for file in structures if "\n  - {part: PS3." not in layer[file]]
    # Nor does it waive what has changed since the default branch.
    beside = [schemas / name for name in ("package.yaml", "waivers.yaml")]
    beside = [file for file in beside if file.exists()]
    return Private(
        tuple(file.name for file in (*files, *own, *structures, *beside)),
        frozenset(yaml.safe_load(layer[file])["class"] for file in structures),
        frozenset(yaml.safe_load(file.read_text("utf-8"))["service"] for file in files),
        frozenset({*elements["elements"], *elements["retired"]} - keywords),
        frozenset(
            {key for key, each in statuses["classes"].items() if each["name"] not in classes}
            | {key for key, each in statuses["types"].items() if each["type"]["name"] not in types}
        ),
        any(_ELSEWHERE.search(text) for text in layer.values()),
    )


@cache
def printed_folder() -> Path:
    """Return the folder of the schemas; in a fork, a copy without what is private."""
    if not private():
        return ROOT / "schemas"
    place = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    return without(private(), ROOT / "schemas", place / "schemas")


def without(private: Private, folder: Path, place: Path) -> Path:
    """Write `folder` to `place` without what is private, and nothing else changed."""
    shutil.copytree(folder, place, ignore=shutil.ignore_patterns(*private.files))
    names = private.services | private.elements
    _edit(place / "elements.yaml", lambda key, _: key not in private.elements, private.services)
    _edit(place / "statuses.yaml", lambda key, _: key not in private.statuses, private.services)
    _edit(place / "errata.yaml", lambda _, text: not _named(text, names), ())
    for file in (place / _SERVICES).glob("*.yaml"):
        lines = file.read_text("utf-8").splitlines(keepends=True)
        kept = [line for line in lines if line.strip().removeprefix("- ") not in private.statuses]
        file.write_text("".join(kept), "utf-8")
    for file in (place / "upper_layer").rglob("*.yaml"):
        lines = file.read_text("utf-8").splitlines(keepends=True)
        kept = [line for line in lines if not _ELSEWHERE.search(line)]
        kept = [line for line in kept if line.split(":")[0].strip() not in private.structures]
        file.write_text("".join(kept), "utf-8")
    return place


def _edit(path: Path, keeps: Callable[[str, str], bool], services: Iterable[str]) -> None:
    """Drop the entries that `keeps` does not want, and `services` from the lists of the others."""
    text = path.read_text("utf-8")
    entry = re.compile(r"^  ([\w.-]+):.*\n(?:    .*\n)*", re.MULTILINE)
    text = entry.sub(lambda found: found[0] if keeps(found[1], found[0]) else "", text)
    for name in services:
        text = re.sub(rf", {name}\b|\b{name}, ", "", text)
        text = re.sub(rf"^      \w+: +\{{response: {name}\}}\n", "", text, flags=re.MULTILINE)
    path.write_text(re.sub(r"(response: )\[([\w-]+)\]", r"\1\2", text), "utf-8")


def _named(text: str, names: Iterable[str]) -> bool:
    return any(re.search(rf"\b{name}\b", text) for name in names)


@cache
def printed_pages() -> Path:
    """Return the folder of the reference pages; in a fork, those of the printed tables."""
    if not private():
        return ROOT / "docs" / "reference"
    place = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    schemas, pages = map(str, (printed_folder(), place))
    assert main(["docs", "--schemas", schemas, "--output", pages]) == 0
    return place


def printed_schema() -> Schema:
    """Return what the printed tables say."""
    return load_schema(printed_folder())
