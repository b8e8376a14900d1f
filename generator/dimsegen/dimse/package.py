"""The files of the package that the tables of PS3.7 make up."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from .. import streams
from ..command_line import argument_parser
from ..render import Renderer, copied, finished, once, read
from .model import Schema
from .primitives import Primitive, primitives_of
from .views.contrib import contrib_view
from .views.dispatch import dictionary_view, messages_view
from .views.exports import (
    named_values,
    package_view,
    specific_blocks,
    status_class_views,
    status_code_views,
)
from .views.message_schema import primitives_schema
from .views.primitive import view_of


@once
def render_package(schema: Schema, templates: Path) -> dict[str, bytes]:
    """Return every file of the package by its path in it.

    Parameters
    ----------
    schema : Schema
        What the package says.
    templates : pathlib.Path
        The folder of templates.

    Raises
    ------
    RenderError
        If a template is missing or wrong, or renders to something that does not compile.
    """
    return finished(texts(schema, Renderer(templates)))


def contents(schema: Schema) -> tuple[tuple[int, str], ...]:
    """Return how much the tables hold, for a person: numbers, and of what."""
    cells = sum(len(row.cells) for service in schema.services for row in service.rows)
    return (len(schema.services), "service"), (cells, "cell")


def texts(schema: Schema, rendered: Renderer) -> Iterator[tuple[str, str]]:
    """Yield every file of the package: its path in it, and its text.

    Templates are rendered, other modules copied. A folder in ``contrib`` is for schemas that have
    every primitive listed in its ``primitives.txt``.
    """
    templates = rendered.templates
    primitives = primitives_of(schema)
    views = [view_of(primitive) for primitive in primitives]
    for view in views:
        yield f"{view.module_name}.py", rendered("primitive.py.j2", {"view": view})
    classes = status_class_views(schema)
    yield (
        "_status.py",
        rendered(
            "_status.py.j2",
            {
                "classes": classes,
                "codes": status_code_views(schema),
                "specific": specific_blocks(schema),
            },
        ),
    )
    if named := named_values(schema):
        yield "_values.py", rendered("_values.py.j2", {"named": named})
    dictionary = dictionary_view(schema)
    yield "_elements.py", rendered("_elements.py.j2", {"dictionary": dictionary})
    messages = messages_view(schema, primitives)
    yield "_messages.py", rendered("_messages.py.j2", {"view": messages})
    yield "__init__.py", rendered("__init__.py.j2", {"view": package_view(schema, views)})
    for path in sorted({*templates.glob("*.py"), templates / "_runtime.py"}):
        yield path.name, copied(path)
    yield "_parser.py", copied(Path(argument_parser.__file__))
    yield "_streams.py", copied(Path(streams.__file__))
    for folder, served in _contrib(templates, primitives):
        values = {"view": contrib_view(served)}
        for path in sorted({*folder.glob("*.py"), folder.parent / "__init__.py"}):
            yield path.relative_to(templates).as_posix(), copied(path)
        for path in sorted(folder.glob("*.j2")):
            name = path.relative_to(templates).as_posix()
            yield name.removesuffix(".j2"), rendered(name, values)
    yield "primitives.schema.json", f"{json.dumps(primitives_schema(primitives), indent=2)}\n"
    yield "py.typed", ""


def _contrib(
    templates: Path, primitives: Sequence[Primitive]
) -> Iterator[tuple[Path, tuple[Primitive, ...]]]:
    """Yield the folders for other libraries, with the primitives that each of them knows.

    A folder is left out if one of its primitives is missing; what else there is, such as a private
    service, is none of the other library's.
    """
    by_name = {primitive.name: primitive for primitive in primitives}
    for needed in sorted(templates.glob("contrib/*/primitives.txt")):
        names = set(read(needed).split())
        if names <= by_name.keys():
            yield needed.parent, tuple(each for each in primitives if each.name in names)
