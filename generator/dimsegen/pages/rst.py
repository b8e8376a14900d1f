"""Write reStructuredText: the few constructs that the pages have."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from textwrap import indent


def escaped(text: str) -> str:
    """Return `text` so that none of it is taken for markup."""
    return "".join(f"\\{char}" if char in "\\*`|_" else char for char in text)


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
