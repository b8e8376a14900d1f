"""The JSON Schemas by which editors check the schema files accept those, and refuse broken ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

SCHEMAS = Path(__file__).resolve().parents[2] / "schemas"
FILES = sorted(SCHEMAS.rglob("*.yaml"))


def validator_of(file: Path) -> Draft202012Validator:
    """Return the validator that the first line of `file` names."""
    first = file.read_text("utf-8").split("\n")[0]
    schema = file.parent / first.removeprefix("# yaml-language-server: $schema=")
    content = json.loads(schema.read_text("utf-8"))
    Draft202012Validator.check_schema(content)
    return Draft202012Validator(content)


def content_of(file: Path) -> Any:
    return yaml.safe_load(file.read_text("utf-8"))


def test_there_is_a_file_for_every_kind() -> None:
    assert len(FILES) == 3 + 11


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_file_names_a_schema_that_accepts_it(file: Path) -> None:
    assert list(validator_of(file).iter_errors(content_of(file))) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("service",), 5),
        (("unknown",), "key"),
        (("reference", "table"), "10.1.2"),
        (("parameters", "MessageID", "request"), {"M": "M"}),
        (("parameters", "AttributeList", "required_when"), {"state": "success"}),
        (("parameters", "AttributeList", "required_when"), "success"),
        (("messages", "request", "fields", "CommandField", "value"), "0110"),
        (("statuses",), "success"),
    ],
)
def test_a_broken_service_is_refused(path: tuple[str, ...], value: object) -> None:
    file = SCHEMAS / "services" / "n_get.yaml"
    content = content_of(file)
    inner = content
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    assert not validator_of(file).is_valid(content)
