"""Pages link every place of the standard, and what they show of code was run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from dimsegen.dimse.loader import load_schema
from dimsegen.dimse.package import render_package
from dimsegen.dimse.pages.clauses import linked, section, table
from dimsegen.dimse.pages.exchange import exchange_of
from dimsegen.dimse.primitives import Primitive, primitives_of
from dimsegen.dimse.witness.trials import Trials
from dimsegen.witness.packages import Package, imported

from ..conftest import ROOT, TINY

SCHEMA = load_schema(ROOT / "schemas")
PRIMITIVES = primitives_of(SCHEMA)
BY_NAME = {primitive.name: primitive for primitive in PRIMITIVES}
each_primitive = pytest.mark.parametrize("primitive", PRIMITIVES, ids=lambda each: each.name)


@pytest.fixture(scope="module")
def package() -> Iterator[Package]:
    with imported(render_package(SCHEMA, ROOT / "templates")) as package:
        yield package


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("PS3.7 10.1.2.1.8, Table 10.1-2", [section("10.1.2.1.8"), table("10.1-2")]),
        ("9.1.2, 9.1.3 and 9.1.4", [section("9.1.2"), section("9.1.3"), section("9.1.4")]),
        ("Tables 9.1-2 and 9.1-3", [table("9.1-2"), table("9.1-3")]),
        ("C.5.10", [section("C.5.10")]),
    ],
)
def test_every_place_of_the_standard_is_a_link(text: str, addresses: list[str]) -> None:
    shown = linked(text)
    assert [part.split(">`__")[0] for part in shown.split("<")[1:]] == addresses


def test_an_annex_and_an_erratum_are_links_too() -> None:
    assert "#chapter_C>`__" in linked("PS3.7 10.1.2.1.9, Annex C")
    assert linked("erratum S4") == "erratum :ref:`S4 <S4>`"


@each_primitive
def test_a_typical_exchange_keeps_every_rule(primitive: Primitive, package: Package) -> None:
    shown = exchange_of(primitive, package)
    assert len(shown) == (2 if primitive.response else 1)
    for message in shown:
        assert "_violations(" in message.session
        assert "\n()\n" in message.session
        assert sum(bytes_in(each.tag, each.length, each.value) for each in message.elements) > 0


@each_primitive
def test_the_bytes_are_explained_to_the_last(primitive: Primitive, package: Package) -> None:
    for message in exchange_of(primitive, package):
        expected = 0
        for element in message.elements:
            assert element.offset == expected
            expected += bytes_in(element.tag, element.length, element.value)
        first = message.elements[0]
        assert first.meaning == f"{expected - 12} bytes follow"


def bytes_in(*hexadecimal: str) -> int:
    return sum(len(bytes.fromhex(text)) for text in hexadecimal)


def test_no_examples_no_exchange() -> None:
    schema = load_schema(TINY)
    with imported(render_package(schema, ROOT / "templates")) as package:
        assert [exchange_of(primitive, package) for primitive in primitives_of(schema)] == [
            () for _ in primitives_of(schema)
        ]


@each_primitive
def test_every_cell_has_a_message_that_keeps_it(primitive: Primitive, package: Package) -> None:
    trials = Trials(primitive, package)
    for direction in filter(None, (primitive.request, primitive.response)):
        for row in direction.rows:
            examples = trials.of(direction, row)
            assert examples.valid is not None, row.keyword
            assert examples.valid.violations == ()
            shown = examples.valid.code.count(f" {row.keyword}=")
            if direction.cell(row).usage.is_mandatory:
                assert shown >= 1, row.keyword


@each_primitive
def test_a_cell_that_forbids_or_wants_something_has_one_that_breaks_it(
    primitive: Primitive, package: Package
) -> None:
    trials = Trials(primitive, package)
    for direction in filter(None, (primitive.request, primitive.response)):
        for row in direction.rows:
            examples, cell = trials.of(direction, row), direction.cell(row)
            wants = cell.usage.is_mandatory or cell.usage.is_forbidden or cell.is_equal_to_left
            if wants or row.required_when or row.forbidden_when:
                is_decided = wants or direction is primitive.response
                assert examples.invalid is not None or not is_decided, (
                    direction.label,
                    row.keyword,
                )
            if examples.invalid is not None:
                assert any(row.parameter.name in each for each in examples.invalid.violations)


def test_the_explorer_needs_nothing_from_elsewhere() -> None:
    page = (ROOT / "docs" / "reference" / "explorer.html").read_text("utf-8")
    for loading in ("<link", "src=", "@import", "url(", "fetch(", "XMLHttpRequest"):
        assert loading not in page, loading
    assert str(Path.home()) not in page
