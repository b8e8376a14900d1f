"""The words of schema files: what each may look like, and what to call it.

A word that only other files can judge, such as the keyword of a row, is looked up by its builder;
its pattern serves editors, and shows what YAML misreads.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..reading.shapes import Cell, Text
from .usage import EQUAL_TO_LEFT, Usage

# Keywords become names in Python, and names and sentences stand in its strings.
_KEYWORD = r"(?!(?:None|True|False)$)[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*"
_SERVICE = r"[A-Z]+(-[A-Z]+)*"
_IDENTIFIER = r"[a-z][a-z0-9_]*"
_DOCUMENT = r"[A-Z][A-Za-z0-9.-]*"
_LINE = r'[^\s"\\]([^"\\\n]*[^\s"\\])?'

KEYWORD = Text(
    "a keyword: a capital, then letters and digits, not all capitals and no word of Python",
    _KEYWORD,
)
ROW_KEYWORD = Text("the keyword of a row", _KEYWORD, is_looked_up=True)
OLD_KEYWORD = Text("a keyword of the version before", _KEYWORD)
KNOWN_KEYWORD = Text("a keyword of elements.yaml", _KEYWORD, is_looked_up=True)
SERVICE = Text("a service name: words in capitals, joined by hyphens", _SERVICE)
IDENTIFIER = Text("an identifier: small letters, digits and _", _IDENTIFIER)
KNOWN_IDENTIFIER = Text("an identifier of statuses.yaml", _IDENTIFIER, is_looked_up=True)
SENTENCE = Text("a sentence in one line, without double quotes", _LINE, is_prose=True)
TITLE = Text("a title in one line, without double quotes", _LINE)
NAME = Text("a name as printed, without double quotes", r'[A-Za-z]([^"\\\n]*[^\s"\\])?')
SECTION = Text('a section such as "10.1.2"', r"[A-Z0-9]+(\.[0-9]+)*", is_quoted=True)
TABLE = Text('a table such as "10.1-2"', r"[A-Z0-9]+(\.[0-9]+)*-[0-9]+", is_quoted=True)
TAG = Text('a tag such as "(gggg,eeee)"', r"\([0-9A-Fa-f]{4},[0-9A-Fa-f]{4}\)", is_quoted=True)
CODE = Text(
    "a status code: four hexadecimal digits, an x for any",
    r"[0-9A-F]{4}|[0-9A-F]{2}xx|[0-9A-F]xxx",
    is_quoted=True,
)
VR_NAME = Text("a Value Representation, two capital letters", "[A-Z]{2}")
MULTIPLICITY = Text('a value multiplicity such as "1"', r"[0-9]+(-([0-9]+|n))?", is_quoted=True)
EDITION = Text("an edition such as 2024c", r"(19|20)[0-9]{2}[a-z]?")
VALUE_NAME = Text("a name in capitals such as HIGH", r"[A-Z][A-Z0-9_]*")
LINK = Text(
    "an address such as https://example.org/locks.html",
    r"https?://[^\s\"\\<>`]+",
    is_prose=True,
)
DOCUMENT_NAME = Text("a document: a capital, then letters, digits, full stops and -", _DOCUMENT)
KNOWN_DOCUMENT = Text("a document of package.yaml", _DOCUMENT, is_looked_up=True)
# What a folder extends: the tables that came with this generator.
STANDARD_TABLES = "standard"
FIXED_TEXT = Text("text in quotes", rf"(?!0x[0-9A-Fa-f]{{4}}$){_LINE}", is_quoted=True)
ERRATUM_NAME = Text("an identifier such as S1", r"[A-Z]+[0-9]+")
COLUMN = Text("a column: small letters", r"[a-z]+")
KNOWN_COLUMN = Text("a column of the table", r"[a-z]+", is_looked_up=True)

# Stands for every service in the list of those whose responses may have a field.
ANY = "any"
RESPONDER = Text(f"{ANY} or a service name", rf"{ANY}|{_SERVICE}", is_looked_up=True)
STATUS_CLASS_NAME = Text("a status class", _IDENTIFIER, is_looked_up=True)
ERRATUM_ROW = Text(
    "a row: a service name, a full stop and a keyword",
    rf"{_SERVICE}\.{_KEYWORD}",
    is_looked_up=True,
)
WAIVED_CELL = Text(
    "a cell as a finding prints it: what it is in, direction and name",
    r"[A-Za-z0-9][A-Za-z0-9 _.+&/()-]*(?<! )",
)
RULE = Text("a rule as a finding prints it", r"[a-z]+(-[a-z]+)*")
CHANGE = Text("a change as a finding prints it, such as U -> M", rf"(?=.* -> ){_LINE}")
DATE = Text(
    'a date such as "2027-01-31"',
    r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])",
    is_quoted=True,
)


def cell_of(usages: Sequence[Usage], equal_in: Callable[[Sequence[str]], Sequence[str]]) -> Cell:
    """Return the shape of cells with `usages`; `equal_in` says which columns may have ``(=)``."""
    codes = [usage.value for usage in usages]
    equal = [f"{code}{EQUAL_TO_LEFT}" for code in codes if code[:1].isalpha()]
    quoted = tuple(code for code in codes if not code[:1].isalpha())
    return Cell((*codes, *equal), quoted, equal_in)
