"""The JSON Schema of a document, for people of other languages.

It follows from the same types as the document; the words are those of the docstrings.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Any, get_args

from .records import (
    FIRST,
    KIND,
    LAST,
    Form,
    Json,
    class_of,
    items_of,
    kind_of,
    kinds_below,
    members,
    shape_of,
    told_apart,
    value_of,
)

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_PLAIN = {int: "integer", str: "string", bool: "boolean", type(None): "null"}
_CODE = {"type": "integer", "minimum": 0}
_RUNS = {
    "type": "array",
    "description": "Runs of codes, ascending, both ends included.",
    "items": {
        "type": "object",
        "properties": {FIRST: _CODE, LAST: _CODE},
        "required": [FIRST, LAST],
        "additionalProperties": False,
    },
}


def json_schema(form: Form) -> dict[str, Json]:
    """Return the JSON Schema of the documents of `form`."""
    head = {"format": {"const": form.name}, "version": {"const": form.version}}
    root = _record(form.root, form)
    return {
        "$schema": _DIALECT,
        "title": f"{form.name}, version {form.version}",
        **root,
        "properties": {**head, **root["properties"]},
        "required": [*head, *root["required"]],
        "$defs": {kind_of(kind): _defined(kind, form) for kind in kinds_below(form.root)},
    }


def _record(kind: Any, form: Form) -> dict[str, Json]:
    summary, told = _documented(kind)
    properties: dict[str, Json] = {}
    for name, hint in shape_of(kind).items():
        if (class_of(kind), name) in form.ordered:
            shown = {"type": "array", "items": _json(value_of(hint), form)}
        else:
            shown = _json(hint, form, at_root=kind is form.root)
        properties[name] = {**shown, **({"description": told[name]} if name in told else {})}
    return {
        "description": summary,
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _defined(kind: Any, form: Form) -> dict[str, Json]:
    """Return the definition of `kind`, with its name in it where others may stand in its place."""
    shown = _record(kind, form)
    if kind not in told_apart(form.root):
        return shown
    properties = {KIND: {"const": kind_of(kind)}, **shown["properties"]}
    return {**shown, "properties": properties, "required": list(properties)}


def _json(hint: Any, form: Form, *, at_root: bool = False) -> dict[str, Json]:
    found = [_alternative(each, form, at_root) for each in members(hint)]
    return found[0] if len(found) == 1 else {"anyOf": found}


def _alternative(kind: Any, form: Form, at_root: bool) -> dict[str, Json]:
    origin = class_of(kind)
    if origin in _PLAIN:
        return {"type": _PLAIN[origin]}
    if origin is frozenset:
        return _RUNS
    if origin is tuple:
        return _tuple(kind, form, at_root)
    if origin is Mapping:
        values = _json(value_of(kind), form, at_root=at_root)
        return {"type": "object", "additionalProperties": values}
    if issubclass(origin, Enum):
        return {"enum": [each.value for each in origin]}
    if issubclass(origin, date):
        return {"type": "string", "format": "date"}
    if origin in form.references and not at_root:
        what = f"The {form.references[origin]} of a {kind_of(origin)}."
        return {"type": "string", "description": what}
    return {"$ref": f"#/$defs/{kind_of(origin)}"}


def _tuple(kind: Any, form: Form, at_root: bool) -> dict[str, Json]:
    arguments = get_args(kind)
    if arguments[1:] == (Ellipsis,):
        return {"type": "array", "items": _json(arguments[0], form, at_root=at_root)}
    parts = [_json(each, form) for each in items_of(kind, len(arguments))]
    size = {"minItems": len(parts), "maxItems": len(parts)}
    return {"type": "array", "prefixItems": parts, "items": False, **size}


def _documented(kind: Any) -> tuple[str, dict[str, str]]:
    """Return the first paragraph of a docstring, and what its attributes are."""
    text = (inspect.getdoc(class_of(kind)) or "").replace("`", "")
    summary, _, rest = text.partition("\n\n")
    found: dict[str, str] = {}
    for match in re.finditer(r"^(\w[\w, ]*) : .*\n((?:    .*\n?)+)", rest, re.MULTILINE):
        words = " ".join(match[2].split())
        found |= {name.strip(): words for name in match[1].split(",")}
    return " ".join(summary.split()), found
