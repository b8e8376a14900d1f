"""The tables of PS3.7 as one JSON document, for people of other languages.

The document reads back into a schema that is equal, the order of all lists included.
"""

from __future__ import annotations

from ..export.read import read
from ..export.records import Form
from ..export.write import written
from .model import Parameter, Schema, Service, StatusClass, StatusType

FORM = Form(
    name="dimse-primitives-export",
    version=1,
    root=Schema,
    references={Parameter: "keyword", StatusClass: "identifier", StatusType: "identifier"},
    # The column to the left of another is what its cells may be equal to.
    ordered={(Service, "columns"): "name"},
)


def export(schema: Schema) -> str:
    """Return `schema` as a document."""
    return written(schema, FORM)


def read_export(text: str, name: str = "export") -> Schema:
    """Return the schema in a document that `export` gave.

    Raises
    ------
    ExportError
        If it is no such document, or one of another version.
    """
    schema: Schema = read(text, FORM, name)
    return schema
