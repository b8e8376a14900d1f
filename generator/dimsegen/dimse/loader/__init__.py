"""Read a folder of schemas into the model.

Invariant: `load_schema` either returns a schema that keeps every invariant of the model, or raises
one `SchemaError` with everything that is wrong in any file. The loader is the only room that
imports yaml.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from ...reading.places import Disk, Memory, Overlaid, Place
from ...reading.problems import Problem, Report, SchemaError
from ..model import Schema
from .assemble import assemble
from .folder import SERVICES
from .layers import read_layers
from .prose_rules import ADVICE, RULES
from .services import expected_file, service_in

__all__ = [
    "Disk",
    "Memory",
    "Overlaid",
    "Place",
    "Problem",
    "SchemaError",
    "item_at",
    "item_in",
    "load_schema",
    "load_sources",
    "only",
    "path_of",
]


def load_schema(folder: Path, *, extends: bool = False) -> Schema:
    """Read `folder` and return what it says.

    Parameters
    ----------
    folder : pathlib.Path
        A folder with ``elements.yaml``, ``statuses.yaml``, ``services/*.yaml`` and, optionally,
        ``errata.yaml``, ``waivers.yaml`` and ``package.yaml``. One that extends the standard may
        lack any of them.
    extends : bool, optional
        Whether it extends the standard though it does not say so.

    Returns
    -------
    Schema

    Raises
    ------
    SchemaError
        If anything is wrong; it has every problem with its file, line and column.
    """
    return load_sources(Disk(folder), extends=extends)


def load_sources(place: Place, *, may_be_empty: bool = False, extends: bool = False) -> Schema:
    """Read the folder of schemas that is at `place`, and return what it says.

    Parameters
    ----------
    may_be_empty : bool, optional
        Whether it may lack any service, as the version before the first one does.
    extends : bool, optional
        Whether it extends the standard though it does not say so.

    Raises
    ------
    SchemaError
        If anything is wrong; positions name the files as `place` does.
    """
    report = Report(RULES, ADVICE)
    layers = read_layers(place, report, may_be_empty=may_be_empty, extends=extends)
    return assemble(layers.own, report, layers.base)


def item_in(content: bytes) -> str:
    """Return the service that a file says it describes, empty if it says none."""
    return service_in(content)


def path_of(item: str) -> str:
    """Return where a folder of schemas has the file of the service `item`."""
    return f"{SERVICES}/{expected_file(item)}"


def item_at(path: str, content: bytes) -> str | None:
    """Return the service that a file at `path` in a folder of schemas describes.

    Returns
    -------
    str or None
        Empty if it is about all services; None if no file is read from there.
    """
    folder = path.rpartition("/")[0]
    if folder == SERVICES:
        return service_in(content)
    return None if folder or service_in(content) else ""


def only(schema: Schema, items: Collection[str]) -> Schema:
    """Return `schema` with no other services than `items`."""
    return replace(schema, services=tuple(s for s in schema.services if s.name in items))
