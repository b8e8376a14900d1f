"""The sections of a part as a tree: chapters, annexes and what is below them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from .plain_text import text_of
from .xml_tree import IDENTIFIER, Node

_NAMES = ("chapter", "appendix", "section")


@dataclass(frozen=True, eq=False)
class Section:
    """A chapter, an annex or a section; `sections` are those right below it.

    Attributes
    ----------
    label : str
        Its number, e.g. ``10.1.2.1``.
    above : str
        The number of what it is in; empty for a chapter, and for the whole part. No more than the
        number, so that nothing holds the tree when nobody has it any longer.
    """

    label: str
    title: str
    node: Node
    above: str
    sections: list[Section] = field(default_factory=list, repr=False)

    def walk(self) -> Iterator[Section]:
        """Return this section and all below it, in document order."""
        yield self
        for each in self.sections:
            yield from each.walk()

    def own(self, *names: str) -> list[Node]:
        """Return the elements with one of `names` in this section, not in those below it."""
        return [each for each in self.node.find(*names, *_NAMES) if each.name in names]


def read_sections(root: Node) -> Section:
    """Return the document as a section without a number, that of the whole part."""
    top = Section("", "", root, "")
    _add_sections(top)
    return top


def label_of(node: Node, *prefixes: str) -> str:
    """Return the label of `node`, from its identifier where that is one of a table or section."""
    identifier = node.attributes.get(IDENTIFIER, "")
    for prefix in prefixes:
        if identifier.startswith(prefix):
            return identifier.removeprefix(prefix)
    return node.attributes.get("label", "")


def _add_sections(parent: Section) -> None:
    for node in parent.node.find(*_NAMES):
        title = node.child("title")
        label = label_of(node, "sect_", "chapter_")
        section = Section(label, text_of(title) if title else "", node, parent.label)
        parent.sections.append(section)
        _add_sections(section)
