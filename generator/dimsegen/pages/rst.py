"""Write reStructuredText: the few constructs that the pages have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from textwrap import indent

# Emphasis, literals, links, substitutions and mail addresses; what makes a field or an address.
_INLINE = re.compile(r"[\\*`|_@]|:(?=\S)")
# At the start of a paragraph: lists, directives, quoted and doctest blocks, lines below a heading.
_BLOCK = re.compile(r"[^\w\s\\(]|\((?:\W|\w+\)(?:\s|$))|\w+[.)](?:\s|$)")


def escaped(text: str) -> str:
    """Return `text` so that none of it is taken for markup, wherever it stands."""
    return unlike_a_block(inline(text))


def inline(text: str) -> str:
    """Return `text` so that none of it is taken for markup within a paragraph."""
    return _INLINE.sub(lambda found: f"\\{found[0]}", text)


def unlike_a_block(text: str) -> str:
    """Return `text`, ready but for its start, so that it is taken for no list or directive."""
    return f"\\ {text}" if _BLOCK.match(text) and not text.startswith(("`", ":")) else text


def link(text: str, address: str) -> str:
    """Return `text` as a link to `address`; `text` alone if there is none."""
    return f"`{escaped(text)} <{address}>`__" if address else escaped(text)


def role(name: str, text: str, target: str) -> str:
    """Return a link by the role `name`, with `text` for its words."""
    # A sign of less in the words would start the target.
    return f":{name}:`{escaped(text).replace('<', chr(92) + '<')} <{target}>`"


def list_table(
    heads: Sequence[str], rows: Iterable[Sequence[str]], *, widths: str = "auto", kind: str = ""
) -> str:
    """Return a table whose cells may have markup.

    Parameters
    ----------
    heads : sequence of str
        The headings.
    rows : iterable of sequence of str
        The cells, ready.
    widths : str, optional
        As the directive takes them.
    kind : str, optional
        Class names for style sheets.
    """
    lines = [".. list-table::", "   :header-rows: 1", f"   :widths: {widths}"]
    lines += [f"   :class: {kind}"] if kind else []
    lines.append("")
    for row in (heads, *rows):
        for number, cell in enumerate(row):
            mark = "   * -" if number == 0 else "     -"
            shown = indent(cell, " " * 7).strip()
            lines.append(f"{mark} {shown}".rstrip())
    return "\n".join(lines)


def code(text: str, language: str = "pycon") -> str:
    """Return a block of code."""
    return f".. code-block:: {language}\n\n{indent(text, '   ')}"


def title(text: str, mark: str) -> str:
    """Return a heading."""
    return f"{text}\n{mark * len(text)}"


def matrix(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return a table of text, a line a row, columns aligned, with rules as reStructuredText has."""
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    rule = " ".join("=" * width for width in widths)
    lines = [_line(cells, widths) for cells in (heads, *rows)]
    return [rule, lines[0], rule, *lines[1:], rule]


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return " ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()
