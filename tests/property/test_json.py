"""What is written as JSON is read back as an equal primitive, and the JSON Schema takes it."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import dimse_primitives
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from .samples import class_of, primitive, random_values
from .tables import Tables

TABLES = Tables(Path(__file__).resolve().parents[2] / "schemas")
VALIDATOR = Draft202012Validator(
    json.loads((files(dimse_primitives) / "primitives.schema.json").read_text("utf-8"))
)


@pytest.mark.parametrize("service", TABLES.services)
@given(data=st.data())
def test_json_round_trip(service: str, data: Any) -> None:
    written = primitive(service, data.draw(random_values(TABLES, service)))
    assert class_of(service).from_json(written.to_json()) == written
    assert list(VALIDATOR.iter_errors(written.to_json_dict())) == []
