"""The tables of PS3.7 as one JSON document, for people of other languages.

The document reads back into a schema that is equal, the order of all lists included.
"""

from __future__ import annotations

from ..export.records import Form
from .model import Parameter, Schema, Service, StatusClass, StatusType

FORM = Form(
    name="dimse-primitives-export",
    version=1,
    root=Schema,
    references={Parameter: "keyword", StatusClass: "identifier", StatusType: "identifier"},
    # The column to the left of another is what its cells may be equal to.
    ordered={(Service, "columns"): "name"},
)
