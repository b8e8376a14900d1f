"""The elements of a DocBook file as a tree, each with the place where it starts.

Nothing outside the file is read and nothing in it is expanded. A file with a document type, which
could declare entities, is refused, as is one that is too deep or too large.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from xml.parsers.expat import XMLParserType
from xml.sax import SAXException, SAXParseException

from defusedxml.common import DefusedXmlException
from defusedxml.expatreader import DefusedExpatParser

from ..reading.position import Position
from .unreadable import DocumentError, Problem

NAMESPACE = "http://docbook.org/ns/docbook"
# Names come as expat writes them: namespace, name and prefix, as far as there are any.
IDENTIFIER = "http://www.w3.org/XML/1998/namespace id xml"
# The published parts have at most 30 MB and are less than 40 levels deep.
_MOST_BYTES = 100_000_000
_MOST_LEVELS = 200


@dataclass(eq=False, slots=True)
class Node:
    """An element, as it is read; `name` is empty outside DocBook's namespace.

    Attributes
    ----------
    attributes : mapping of str to str
        Its attributes; what the document calls ``xml:id`` is `IDENTIFIER` here.
    content : list of Node or str
        The elements and the texts right below it, in document order.
    children : list of Node
        The elements alone.
    """

    name: str
    attributes: Mapping[str, str]
    position: Position
    content: list[Node | str] = field(repr=False)
    children: list[Node] = field(repr=False)

    def child(self, name: str) -> Node | None:
        """Return the first element right below this one that has the name."""
        return next((each for each in self.children if each.name == name), None)

    def find(self, *names: str) -> list[Node]:
        """Return the elements with one of `names` below this one, not looking into those."""
        found: list[Node] = []
        _add_found(self.children, names, found)
        return found

    def first(self, *names: str) -> Node | None:
        """Return the first element with one of `names` below this one."""
        return next(iter(self.find(*names)), None)


def _add_found(nodes: list[Node], names: Container[str], found: list[Node]) -> None:
    for each in nodes:
        if each.name in names:
            found.append(each)
        elif each.children:
            _add_found(each.children, names, found)


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
    try:
        _Parser(builder).parse(BytesIO(content))
    except DefusedXmlException as error:
        text = "a DOCTYPE, which no part of the standard has: get the file from NEMA again"
        raise builder.error(text) from error
    except (SAXException, LookupError, ValueError) as error:
        raise builder.error(_not_xml(error)) from error
    return builder.root()


def _not_xml(error: Exception) -> str:
    said = error.getMessage() if isinstance(error, SAXParseException) else str(error)
    return f"not well-formed XML ({said}): get the file from NEMA again"


class _Builder:
    """Builds the tree from the events of the parser."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._parser: XMLParserType | None = None
        self._open: list[Node] = [Node("", {}, self._place(), [], [])]

    def root(self) -> Node:
        """Return the root element, and let go of it: the parser and its builder hold each other."""
        (root,) = self._open.pop().children
        return root

    def error(self, text: str) -> DocumentError:
        """Return an error about the place that the parser has reached."""
        return DocumentError(Problem(self._place(), text))

    def follow(self, parser: XMLParserType) -> None:
        """Take the events of `parser`, which knows where it is."""
        self._parser = parser
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        if len(self._open) > _MOST_LEVELS:
            raise self.error(f"elements more than {_MOST_LEVELS} deep: no part of the standard is")
        node = Node(_element(name), attributes, self._place(), [], [])
        above = self._open[-1]
        above.content.append(node)
        above.children.append(node)
        self._open.append(node)

    def _end(self, name: str) -> None:
        self._open.pop()

    def _text(self, text: str) -> None:
        self._open[-1].content.append(text)

    def _place(self) -> Position:
        if self._parser is None:
            return Position(self._file, 1, 1)
        line, column = self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber
        return Position(self._file, line, column + 1)


class _Parser(DefusedExpatParser):
    """Gives the events of expat to the builder as they are.

    A large part has several 100 000 elements, and SAX would make several objects of each.
    """

    _parser: XMLParserType

    def __init__(self, builder: _Builder) -> None:
        super().__init__(namespaceHandling=1, forbid_dtd=True)
        self._builder = builder

    def reset(self) -> None:
        """Begin a file."""
        super().reset()
        self._builder.follow(self._parser)


@lru_cache(maxsize=1024)
def _element(written: str) -> str:
    space, _, rest = written.partition(" ")
    return rest.partition(" ")[0] if space == NAMESPACE else ""
