"""One rule has one text: property, comment, violation and `dimsegen explain` agree on every cell.

What is compared is what each of them prints; the printed cell is read from the YAML itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from dimsegen.dimse.explain.asked import subjects
from dimsegen.dimse.explain.cell import explain_cell
from dimsegen.dimse.explain.tell import cell_blocks
from dimsegen.dimse.loader import load_schema
from dimsegen.dimse.model import Parameter, Schema
from dimsegen.dimse.package import render_package
from dimsegen.dimse.primitives import Direction, Primitive, primitives_of
from dimsegen.explanation.printed_blocks import text as as_text
from dimsegen.witness.packages import Package, imported

from ..conftest import ROOT, TINY
from ..yaml_text import content_of

FOLDERS = {"ps3.7": ROOT / "schemas", "tiny": TINY}
_SAID = re.compile(r"it is (?P<code>.+?) in an? \S+ \w+(?:, (?P<phrase>.+?))?; (?P<advice>.+)")
_EQUAL = re.compile(r"shall equal (.+ of the request):")
_FIXED = re.compile(r"shall be (?!absent)(.+?): it is")
_MENTIONED = re.compile(r", may be included when .+")
_BAD = {"UI": "01.02", "AE": "A\\B", "LO": "A\\B"}
_SAMPLES = {"US": 1, "UL": 1, "AT": 0x00100010, None: BytesIO(b"\0\0\0\0")}


@dataclass(frozen=True)
class Cell:
    """A printed cell, and the column of a class that conveys it."""

    service: str
    column: str
    keyword: str
    code: str
    primitive: Primitive
    direction: Direction

    def __str__(self) -> str:
        return f"{self.service} {self.column} {self.keyword}"

    @property
    def side(self) -> str:
        return "response" if self.direction is self.primitive.response else "request"

    @property
    def is_carried(self) -> bool:
        """Whether the class has the parameter: that of a cancel column has its rows only."""
        return self.keyword in self.primitive.parameters


class Tables:
    """A folder of schemas, and the package that it gives."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.schema: Schema = load_schema(folder)
        self.files = render_package(self.schema, ROOT / "templates")

    def cells(self) -> Iterator[Cell]:
        primitives = {each.name: each for each in primitives_of(self.schema)}
        for file in sorted((self.folder / "services").glob("*.yaml")):
            document = content_of(file.read_text(encoding="utf-8"))
            service = document["service"]
            for keyword, row in document["parameters"].items():
                for column in document["columns"]:
                    message = document["messages"][column]
                    primitive = primitives[message.get("primitive", service)]
                    directions = [primitive.request, primitive.response]
                    (direction,) = [each for each in directions if each and each.column == column]
                    yield Cell(service, column, keyword, row[column], primitive, direction)

    def comment(self, cell: Cell) -> str:
        """Return the comment above the checks of a cell; empty if there is nothing to check."""
        source = self.files[f"{cell.primitive.name.lower().replace('-', '_')}.py"].decode()
        _, _, after = source.partition(f"def {cell.side}_violations(")
        body = re.sub(r"\n +# (?![^\n]*: )", " ", after.partition("return tuple(found)")[0])
        name = re.escape(cell.primitive.parameters[cell.keyword].name)
        found = re.search(rf"^ +# {name}: (.+)", body, re.M)
        return found[1] if found else ""


@cache
def tables(name: str) -> Tables:
    return Tables(FOLDERS[name])


@pytest.fixture(scope="module", params=FOLDERS)
def told(request: pytest.FixtureRequest) -> Iterator[tuple[Tables, Package]]:
    own = tables(request.param)
    with imported(own.files) as package:
        yield own, package


def class_of(cell: Cell, package: Package) -> Any:
    return package.find(cell.primitive.name.replace("-", "_"))


def documented(cell: Cell, own: Tables, package: Package) -> tuple[str, str]:
    """Return what the property says of the cell, and of where it is printed."""
    doc = " ".join(getattr(class_of(cell, package), cell.keyword).__doc__.split())
    names = "|".join(re.escape(each.name) for each in own.schema.standards)
    sentences = dict(re.findall(rf"(\w+): (.+?)\.(?= \w+: | (?:{names}) |$)", doc))
    return sentences[cell.column.capitalize()], re.split(rf" (?=(?:{names}) )", doc)[-1]


def violations(cell: Cell, package: Package) -> list[str]:
    module = package.module(cell.primitive.name.lower().replace("-", "_"))
    start = f"_{cell.side.upper()}_"
    found = [value for name, value in vars(module).items() if name.startswith(start)]
    return [each.message for each in found if each.parameter == cell.keyword]


def explained(cell: Cell, own: Tables, package: Package) -> str:
    (subject,) = subjects(f"{cell.service} {cell.column} {cell.keyword}", own.schema)
    return as_text(cell_blocks([explain_cell(subject, own.schema, package)]))


def test_explain_property_and_comment_say_the_same_of_every_cell(
    told: tuple[Tables, Package],
) -> None:
    own, package = told
    assert any(own.cells())
    for cell in own.cells():
        explanation = " ".join(explained(cell, own, package).split())
        if not cell.is_carried:
            assert f" {cell.service} {cell.column}: {cell.code} sender" in explanation, cell
            continue
        words, where = documented(cell, own, package)
        assert re.split(", ", words)[0] == cell.code, cell
        assert f" {cell.service} {cell.column}: {words} sender" in explanation, cell
        comment = own.comment(cell)
        _, _, erratum = where.removesuffix(".").partition("; ")
        ending = f"; {erratum})" if erratum else ")"
        assert not comment or comment.startswith(f"{words} ("), f"{cell}: {comment}"
        assert not comment or comment.endswith(ending), f"{cell}: {comment}"


def test_the_violations_of_every_cell_say_what_its_property_says_and_all_of_it(
    told: tuple[Tables, Package],
) -> None:
    own, package = told
    for cell in own.cells():
        if not cell.is_carried:
            continue
        words, _ = documented(cell, own, package)
        left = _MENTIONED.sub("", words.removeprefix(cell.code))
        for message in violations(cell, package):
            said = _SAID.search(message)
            assert said is not None, message
            assert said["code"] == cell.code, message
            equal, fixed = _EQUAL.search(message), _FIXED.search(message)
            phrases = [said["phrase"], equal and f"equal to {equal[1]}"]
            phrases += [fixed and f"always {fixed[1]}"]
            for phrase in filter(None, phrases):
                assert f", {phrase}" in words, f"{words!r} lacks {phrase!r}"
                left = left.replace(f", {phrase}", "")
        assert left == "", f"{cell}: no violation says {left!r}"


def test_who_shall_leave_a_parameter_out_is_not_told_to_set_it(
    told: tuple[Tables, Package],
) -> None:
    own, package = told
    for primitive in primitives_of(own.schema):
        for keyword, messages in unwelcome(primitive, package):
            for broken in messages:
                of_it = [each.message for each in broken if each.parameter == keyword]
                if any("shall be absent" in each for each in of_it):
                    advice = [said["advice"] for each in of_it if (said := _SAID.search(each))]
                    assert len(advice) == len(of_it)
                    assert all(each.startswith(f"leave {keyword} unset") for each in advice), of_it


def unwelcome(primitive: Primitive, package: Package) -> Iterator[tuple[str, Iterator[Any]]]:
    """Yield each keyword, and what is said of messages that have little but a bad value of it."""
    made = package.find(primitive.name.replace("-", "_"))
    status = primitive.status_row
    for keyword, parameter in primitive.parameters.items():
        bad = {keyword: _BAD.get(parameter.vr or "") or sample(parameter)}
        yield keyword, iter([made(**bad).request_violations()])
        if primitive.response is not None:
            asked = made(**{key: sample(each) for key, each in primitive.parameters.items()})
            codes = {min(each.codes) for each in primitive.types} if status else set()
            every = [{}, *({status.keyword: code} for code in codes if status)]
            yield keyword, (made(**(each | bad)).response_violations(asked) for each in every)


def sample(parameter: Parameter) -> Any:
    return next(iter(parameter.values.values()), _SAMPLES.get(parameter.vr, "1.2"))
