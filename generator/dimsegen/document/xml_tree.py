"""The elements of a DocBook file as a tree, each with the place where it starts.

Nothing outside the file is read and nothing in it is expanded. A file with a document type, which
could declare entities, is refused, as is one that is too deep or too large.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from xml.sax import SAXException, SAXParseException
from xml.sax.handler import ContentHandler, feature_namespaces
from xml.sax.xmlreader import AttributesNSImpl, Locator

from defusedxml.common import DefusedXmlException
from defusedxml.expatreader import create_parser

from ..reading.position import Position
from .unreadable import DocumentError, Problem

NAMESPACE = "http://docbook.org/ns/docbook"
_XML = "http://www.w3.org/XML/1998/namespace"
# The published parts have at most 30 MB and are less than 40 levels deep.
_MOST_BYTES = 100_000_000
_MOST_LEVELS = 200


@dataclass(frozen=True, eq=False)
class Node:
    """An element; `name` is empty outside DocBook's namespace, `content` in document order."""

    name: str
    attributes: Mapping[str, str]
    position: Position
    content: list[Node | str] = field(default_factory=list, repr=False)

    @property
    def children(self) -> Iterator[Node]:
        """The elements right below this one."""
        return (each for each in self.content if isinstance(each, Node))

    def child(self, name: str) -> Node | None:
        """Return the first element right below this one that has the name."""
        return next((each for each in self.children if each.name == name), None)

    def find(self, *names: str) -> Iterator[Node]:
        """Return the elements with one of `names` below this one, not looking into those."""
        for each in self.children:
            if each.name in names:
                yield each
            else:
                yield from each.find(*names)


def read_tree(content: bytes, name: str) -> Node:
    """Return the root element of a file.

    Parameters
    ----------
    content : bytes
        The file.
    name : str
        What positions in it are to show.

    Raises
    ------
    DocumentError
        If it is not XML of the harmless kind.
    """
    builder = _Builder(name)
    if len(content) > _MOST_BYTES:
        limit = f"{_MOST_BYTES // 1_000_000} MB"
        raise builder.error(f"more than {limit}: no part of the standard is that large")
    parser = create_parser(forbid_dtd=True)
    parser.setFeature(feature_namespaces, True)
    parser.setContentHandler(builder)
    try:
        parser.parse(BytesIO(content))
    except DefusedXmlException as error:
        text = "a DOCTYPE, which no part of the standard has: get the file from NEMA again"
        raise builder.error(text) from error
    except (SAXException, LookupError, ValueError) as error:
        raise builder.error(_not_xml(error)) from error
    return builder.root()


def _not_xml(error: Exception) -> str:
    said = error.getMessage() if isinstance(error, SAXParseException) else str(error)
    return f"not well-formed XML ({said}): get the file from NEMA again"


class _Builder(ContentHandler):
    """Builds the tree from the events of the parser."""

    def __init__(self, file: str) -> None:
        super().__init__()
        self._file = file
        self._locator: Locator | None = None
        self._open: list[Node] = [Node("", {}, self._place())]

    def root(self) -> Node:
        """Return the root element."""
        return next(self._open[0].children)

    def error(self, text: str) -> DocumentError:
        """Return an error about the place that the parser has reached."""
        return DocumentError(Problem(self._place(), text))

    def setDocumentLocator(self, locator: Locator) -> None:  # noqa: N802 - the name of the interface
        """Keep where the parser says where it is."""
        self._locator = locator

    def startElementNS(  # noqa: N802 - the name of the interface
        self,
        name: tuple[str | None, str],
        qname: str | None,
        attrs: AttributesNSImpl,
    ) -> None:
        """Open an element."""
        if len(self._open) > _MOST_LEVELS:
            raise self.error(f"elements more than {_MOST_LEVELS} deep: no part of the standard is")
        attributes = {_attribute(key): value for key, value in attrs.items()}
        node = Node(name[1] if name[0] == NAMESPACE else "", attributes, self._place())
        self._open[-1].content.append(node)
        self._open.append(node)

    def endElementNS(self, name: tuple[str | None, str], qname: str | None) -> None:  # noqa: N802
        """Close the innermost element."""
        self._open.pop()

    def characters(self, content: str) -> None:
        """Add text to the innermost element."""
        self._open[-1].content.append(content)

    def _place(self) -> Position:
        if self._locator is None or self._locator.getLineNumber() is None:
            return Position(self._file, 1, 1)
        line, column = self._locator.getLineNumber(), self._locator.getColumnNumber()
        return Position(self._file, line or 1, (column or 0) + 1)


def _attribute(name: tuple[str | None, str]) -> str:
    space, local = name
    return f"xml:{local}" if space == _XML else local
