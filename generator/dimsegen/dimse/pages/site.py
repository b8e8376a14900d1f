"""All pages: which template prints which file, with what.

This is the one list of the generated pages; the renderer prints it and knows nothing more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ...pages.embedded import in_lines
from ...render import Printed
from ...witness.packages import Package
from ..model import Schema
from ..primitives import primitives_of
from ..views.exports import package_view
from ..views.primitive import view_of
from . import annexes
from .api import exported
from .explorer import explorer_data
from .reference import page_of
from .whereabouts import places_of, with_editions

EXPLORER = "explorer.html"


def pages_of(
    schema: Schema,
    package: Package,
    others: Sequence[str] = (),
    explored: Mapping[str, object] | None = None,
) -> Iterator[Printed]:
    """Yield every page.

    Parameters
    ----------
    schema : Schema
        The tables.
    package : Package
        The package that they give, for what the pages show of code.
    others : sequence of str, optional
        The pages of other families, for the index.
    explored : mapping of str to object, optional
        What the explorer shows of other families.
    """
    primitives = primitives_of(schema)
    name = package.import_name
    for primitive in primitives:
        page = page_of(primitive, schema.errata, package)
        yield Printed(
            f"{page.module_name}.rst", "primitive.rst.j2", {"page": page, "package": name}
        )
    listed = annexes.listed(primitives)
    where = places_of(schema)
    index = {"primitives": listed, "where": where, "others": others}
    yield Printed("index.rst", "index.rst.j2", index)
    for path, values in _annexes(schema).items():
        yield Printed(path, f"{path}.j2", {"where": where, **values})
    names = package_view(schema, [view_of(primitive) for primitive in primitives]).exported
    described = {each.class_name for each in listed}
    yield Printed(
        "api.rst", "api.rst.j2", {"exported": exported(names, described, package), "package": name}
    )
    explained = " and ".join(map(str, with_editions(schema)))
    data = in_lines({**explorer_data(schema, primitives, package), **(explored or {})})
    # Nothing in the data can end the script that holds it.
    yield Printed(
        EXPLORER, "explorer.html.j2", {"documents": explained, "data": data.replace("<", "\\u003c")}
    )


def _annexes(schema: Schema) -> dict[str, dict[str, object]]:
    """Return what the pages print that are about all primitives."""
    retired = annexes.retired_table(schema) if schema.retired else ""
    return {
        "statuses.rst": {
            "classes": annexes.class_table(schema),
            "types": annexes.status_table(schema),
        },
        "elements.rst": {"elements": annexes.element_table(schema), "retired": retired},
        "errata.rst": {"errata": annexes.contradictions(schema)},
    }
