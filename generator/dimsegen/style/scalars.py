"""Write the words and numbers of a schema file.

What is written is read as the same text. Quotes stand where the shape wants them or YAML would
misread the text without them, and nowhere else.
"""

from __future__ import annotations

import re
from functools import lru_cache

import yaml

from ..reading.shapes import Cell, Hex, HexOr, Shape, Text
from ..reading.tree import Scalar
from ..table.terms import TAG

_TEXT_TAG = "tag:yaml.org,2002:str"
_KEY = "a"
# Words of which YAML has to know only whether they mean something else: no, null, on.
_WORDS = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[ _][A-Za-z0-9]+)*")


def word(shape: Shape, scalar: Scalar, is_in_row: bool) -> str:
    """Return `scalar` as it is written where `shape` is wanted.

    Parameters
    ----------
    shape : Shape
        The shape of a word or number.
    scalar : Scalar
        What is written.
    is_in_row : bool
        Whether it stands within braces or brackets, where YAML reads more signs as its own.
    """
    text = scalar.text
    if isinstance(shape, Hex | HexOr) and scalar.is_plain and text.startswith("0x"):
        return f"0x{text[2:].upper()}"
    if shape is TAG:
        text = text.upper()
    if isinstance(shape, Cell):
        # As the dash, so that the quotes tell what is more than a code.
        return text if text.isalpha() else _quoted(text)
    inner = shape.text if isinstance(shape, HexOr) else shape
    if isinstance(inner, Text) and (inner.is_quoted or inner.is_prose or inner.has_quotes):
        return _quoted(text)
    return key(text, is_in_row)


def key(text: str, is_in_row: bool) -> str:
    """Return `text` as a key or another word that has quotes only where it needs them."""
    return text if _is_plain(text, is_in_row) else _quoted(text)


def _quoted(text: str) -> str:
    # No schema has a backslash, which double quotes would make an escape.
    return "'" + text.replace("'", "''") + "'" if '"' in text else f'"{text}"'


@lru_cache(maxsize=4096)
def _is_plain(text: str, is_in_row: bool) -> bool:
    """Return whether YAML reads `text` without quotes as that text."""
    if text == "-":
        # PyYAML takes it for a word within braces; other readers, and YAML itself, do not.
        return False
    if _WORDS.fullmatch(text):
        others = yaml.SafeLoader.yaml_implicit_resolvers.get(text[0], ())
        return not any(pattern.match(text) for _, pattern in others)
    document = f"{{{_KEY}: {text}}}" if is_in_row else f"{_KEY}: {text}"
    try:
        node = yaml.compose(document, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, ValueError):
        return False
    if not (isinstance(node, yaml.MappingNode) and len(node.value) == 1):
        return False
    value = node.value[0][1]
    is_text = isinstance(value, yaml.ScalarNode) and value.style is None
    return is_text and value.tag == _TEXT_TAG and value.value == text
