"""What a schema says is shown on its page as it is: no text of a row is taken for markup."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from dimsegen.dimse.loader import load_schema
from dimsegen.dimse.package import render_package
from dimsegen.dimse.pages.clauses import linked
from dimsegen.dimse.pages.site import pages_of
from dimsegen.pages import rst
from dimsegen.render import render_pages
from dimsegen.witness.packages import imported
from docutils import nodes
from docutils.core import publish_doctree
from docutils.parsers.rst import Directive, directives, roles
from hypothesis import example, given
from hypothesis import strategies as st

from ..conftest import ROOT

NASTY = "a* **b `c <https://d.example>`_ |e| f_ g__ :ref:`h` https://i.example j@k.example [1]_ ::"
# What a line of a schema may be: no double quotes, no backslashes, no blanks at its ends.
SIGNS = st.text("*`|_<>:@.-+#()[]{}=~^'/ aB1", min_size=1, max_size=30)
LINES = SIGNS.map(str.strip).filter(bool)
_TEXTS = re.compile(r'^(summary:|\s+\w+:) +"([^"]* [^"]*)"$', re.MULTILINE)
_NAMES = re.compile(r"(?<=name: )([A-Z][a-z]\w* ?[\w ]*)(?=[,}])")


class _Sphinx(Directive):
    """A directive that Sphinx has, and docutils has not."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec = {  # noqa: RUF012
        "members": str,
        "inherited-members": str,
        "show-inheritance": str,
        "hidden": str,
        "toctree": str,
    }

    def run(self) -> list[nodes.Node]:
        return []


def _as_words(name: str, rawtext: str, text: str, *_: Any) -> Any:
    return [nodes.emphasis(rawtext, text)], []


# Where docutils keeps what is registered.
_REGISTRIES = ((directives, "_directives"), (roles, "_roles"))


@pytest.fixture(scope="module", autouse=True)
def sphinx() -> Iterator[None]:
    """Let docutils read what Sphinx can."""
    here = {name: dict(getattr(module, name)) for module, name in _REGISTRIES}
    for name in ("autoclass", "autodata", "autoexception", "autofunction", "autosummary"):
        directives.register_directive(name, _Sphinx)
    for name in ("currentmodule", "toctree"):
        directives.register_directive(name, _Sphinx)
    for name in ("attr", "doc", "ref"):
        roles.register_local_role(name, _as_words)
    yield
    for module, name in _REGISTRIES:
        registry = getattr(module, name)
        registry.clear()
        registry.update(here[name])


def read(text: str) -> nodes.document:
    """Return the document of a page; whatever docutils objects to fails."""
    return publish_doctree(
        text, settings_overrides={"report_level": 2, "halt_level": 2, "warning_stream": ""}
    )


@given(LINES)
@example(NASTY)
@example("- a list")
@example("1. a list")
@example(".. note:: a directive")
@example("ends as a block::")
def test_escaped_text_is_one_paragraph_of_that_text(text: str) -> None:
    for shown in (rst.escaped(text), linked(text)):
        (paragraph,) = read(shown).children
        assert isinstance(paragraph, nodes.paragraph)
        assert re.sub(r"\s+", " ", paragraph.astext()) == re.sub(r"\s+", " ", text)


@given(LINES)
def test_so_it_is_in_a_cell_and_as_the_words_of_a_link(text: str) -> None:
    link = rst.role("attr", text, "package.X_PING.Rate")
    (table,) = read(rst.list_table(["Text", "Link"], [[rst.escaped(text), link]])).children
    assert isinstance(table, nodes.table)
    *_, words, linked_words = table.findall(nodes.entry)
    # A short line has a note of docutils before it, which no reader sees.
    assert [each for each in words.findall() if isinstance(each, nodes.Inline)] == []
    assert re.sub(r"\s+", " ", words[-1].astext()) == re.sub(r"\s+", " ", text)
    (role,) = linked_words.findall(nodes.emphasis)
    assert role.astext().endswith(" <package.X_PING.Rate>")


def test_no_text_of_a_schema_makes_a_link_or_a_warning(schemas: Path) -> None:
    for file in schemas.rglob("*.yaml"):
        text = file.read_text("utf-8")
        text = _TEXTS.sub(rf'\1 "\2 {NASTY}"', text)
        text = _NAMES.sub(r"\1 x*y_ |z|", text)
        file.write_text(re.sub(r"name: (?!X-)(.*x\*y_.*?)([,}])", r'name: "\1"\2', text))
    schema = load_schema(schemas)
    assert NASTY in schema.services[0].summary
    assert schema.parameters["Rate"].name == "Rate x*y_ |z|"
    with imported(render_package(schema, ROOT / "templates")) as package:
        pages = render_pages(pages_of(schema, package), ROOT / "templates")
        found = [inspect.getdoc(package.find(name)) for name in ("X_PING", "X_TELL")]
    # What follows is for numpydoc.
    docs = [str(doc).partition("See Also")[0] for doc in found]
    shown = [page.decode() for path, page in pages.items() if path.endswith(".rst")]
    documents = [read(text) for text in (*shown, *docs)]
    links = [link for each in documents for link in each.findall(nodes.reference)]
    own = ("https://dicom.nema.org/", "../explorer.html")
    assert [link for link in links if not link.get("refuri", "").startswith(own)] == []
    assert sum(NASTY in each.astext() for each in documents) >= 4
