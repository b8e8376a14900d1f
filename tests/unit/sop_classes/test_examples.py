"""The examples in the schemas are data sets without a violation, of every message there is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from io import BytesIO
from textwrap import dedent
from typing import Any

import dimse_primitives
import pytest
from dimse_primitives.sop_classes import check
from dimsegen.sop_classes.examples.conformity import faults
from dimsegen.sop_classes.examples.message_code import message_of
from dimsegen.sop_classes.examples.python_values import content_of, data_set_of, fault_in
from dimsegen.sop_classes.examples.tables_of_message import messages_of
from dimsegen.sop_classes.lint import review
from dimsegen.sop_classes.loader import load_schema
from dimsegen.sop_classes.model import Example, File, Given, SOPClass
from pydicom import dcmread
from pydicom.dataset import Dataset

from ...golden.sop_classes.test_sop_class_errors import BASE
from ...printed import printed_folder
from ...property.sop_classes.data_sets import SYNTAXES, encoded

SCHEMA = load_schema(printed_folder())
EXAMPLES = [(file, example) for file in SCHEMA.files for example in file.examples]
IMPLICIT = next(iter(SYNTAXES))
NO_ROW = 0x00080001
WITH_EXAMPLES = [each for each in SCHEMA.files if each.examples]
# How `check` names what `faults` says of the same place.
RULES = {
    "missing-attribute",
    "missing-attribute-value",
    "attribute-not-allowed",
    "attribute-value",
}


def name(case: tuple[File, Example]) -> str:
    file, example = case
    return f"{file.name}-{example.service}-{example.type_id}-{example.title}".replace(" ", "-")


def classes(file: File, example: Example) -> Iterator[SOPClass]:
    return (each for each in file.sop_classes if each.has(example))


def said(sop_class: SOPClass, example: Example, data_set: Dataset, syntax: str = "") -> list[str]:
    """Return the rules and paths that `check` reports of an example, encoded if asked for."""
    what = (example.service, example.direction, example.type_id)
    made = message_of(SCHEMA, sop_class, *what)
    # What is not there was not asked for; where nothing is, something else was.
    asked = (*data_set.keys(), NO_ROW)
    *lines, call = replace(made, asked=asked).lines()
    body = encoded(data_set, syntax) if syntax else data_set
    values: dict[str, Any] = {"check": check, "data_set": body}
    values[made.imported] = getattr(dimse_primitives, made.imported)
    exec("\n".join(lines), values)
    if example.service == "C-FIND" and example.direction == "response":
        values["request"].Identifier = BytesIO(encoded(data_set, syntax or IMPLICIT))
    given = f", transfer_syntax={str(syntax)!r})" if syntax else ")"
    found = eval(call.removesuffix(")") + given, values)
    return [f"{each.rule} {each.path}" for each in found]


@pytest.mark.parametrize("case", EXAMPLES, ids=name)
def test_an_example_keeps_every_rule_in_every_encoding(case: tuple[File, Example]) -> None:
    file, example = case
    data_set = data_set_of(content_of(example.data_set))
    data = encoded(data_set, IMPLICIT)
    assert encoded(dcmread(BytesIO(data), force=True), IMPLICIT) == data
    found = list(classes(file, example))
    assert found
    for sop_class in found:
        assert said(sop_class, example, data_set) == []
    for syntax in SYNTAXES:
        assert said(found[0], example, data_set, syntax) == []


def without(data_set: tuple[Given, ...]) -> Iterator[tuple[Given, ...]]:
    """Yield the data set without one attribute, and with one empty, at any depth."""
    for at, given in enumerate(data_set):
        head, tail = data_set[:at], data_set[at + 1 :]
        yield (*head, *tail)
        yield (*head, replace(given, values=(), items=()), *tail)
        for number, item in enumerate(given.items):
            for other in without(item):
                items = (*given.items[:number], other, *given.items[number + 1 :])
                yield (*head, replace(given, items=items), *tail)


@pytest.mark.parametrize("file", WITH_EXAMPLES, ids=lambda f: f.name)
def test_the_loader_says_of_an_example_what_check_says(file: File) -> None:
    for example in file.examples:
        if example.service == "C-FIND":
            continue
        (sop_class, *_) = classes(file, example)
        for data_set in without(example.data_set):
            changed = replace(example, data_set=data_set, sop_classes=(sop_class.keyword,))
            expected = said(sop_class, changed, data_set_of(content_of(data_set)))
            paths = [each.partition(" ")[2] for each in expected if each.partition(" ")[0] in RULES]
            assert sorted(each.path for each in faults(SCHEMA, file, changed)) == sorted(paths)


def test_every_message_that_a_table_describes_has_an_example() -> None:
    shown = {(file.name, e.service, e.direction, e.type_id) for file, e in EXAMPLES}
    described = [each for file in SCHEMA.files for each in messages_of(SCHEMA, file)]
    assert len(described) >= 100
    for each in described:
        assert (each.sop_class.file, each.service, each.direction, each.type_id) in shown


def test_lint_misses_an_example() -> None:
    problems = [each.message for each in review(BASE).problems if each.rule == "no-example"]
    assert problems == [
        f"{table}: {sop_class} has no example of its {message}: add one"
        for table, sop_class, message in (
            ("F.7.2-1", "ModalityPerformedProcedureStep", "N-CREATE request"),
            ("F.7.3-1", "ModalityPerformedProcedureStep", "N-ACTION request of type 1"),
        )
    ]


@pytest.mark.parametrize(
    ("vr", "values", "why"),
    [
        ("US", ["65536"], "it is not from 0 to 65535"),
        ("US", ["many"], "invalid literal for int() with base 10: 'many'"),
        ("OB", ["00 F"], "non-hexadecimal number found in fromhex() arg at position 4"),
        ("OB", ["00 FF 00"], "it has an odd number of bytes"),
        ("FL", ["0.5"], ""),
        ("UI", ["1.2.840"], ""),
        ("SL", ["-7"], ""),
        ("AT", ["00100010"], ""),
    ],
)
def test_a_value_fits_its_vr(vr: str, values: list[str], why: str) -> None:
    assert fault_in(vr, values) == why


@pytest.mark.parametrize("file", WITH_EXAMPLES, ids=lambda file: file.name)
def test_the_documentation_of_a_module_has_its_examples(file: File) -> None:
    module = import_module(f"dimse_primitives.sop_classes.{file.name}")
    blocks = re.findall(r"::\n\n((?:    .*\n)+)", module.__doc__ or "")
    assert len(blocks) == len(file.examples)
    for block in blocks:
        *lines, call = dedent(block).splitlines()
        names = {"check": check, "BytesIO": BytesIO, "Dataset": Dataset, **vars(dimse_primitives)}
        exec("\n".join(lines), names)
        assert eval(call, names) == ()


@pytest.mark.parametrize("service", SCHEMA.requests)
def test_a_request_has_the_parameters_that_say_what_its_data_set_is_about(service: str) -> None:
    said_so = SCHEMA.requests[service]
    parameters = getattr(dimse_primitives, service.replace("-", "_")).PARAMETERS
    for keyword in filter(None, (said_so.sop_class, said_so.type, said_so.asks)):
        assert keyword in parameters
    assert parameters[said_so.sop_class].request == "M"
    assert bool(said_so.type) == any(keyword.endswith("TypeID") for keyword in parameters)
