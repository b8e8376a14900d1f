"""Print the blocks of an explanation: as text within 80 columns, or as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..command_line.terminal import bold, columns, tinted, wrapped
from .blocks import Block, Code, Heading, Pairs, Paragraph

_INDENT = 2


def text(blocks: Iterable[Block]) -> str:
    """Return `blocks` for a terminal."""
    return "\n\n".join("\n".join(_text_lines(block)) for block in blocks)


def _text_lines(block: Block) -> Iterator[str]:
    match block:
        case Heading(heading):
            yield from (bold(line) for line in wrapped(heading))
        case Paragraph(paragraph):
            yield from wrapped(paragraph, _INDENT)
        case Pairs(rows):
            yield from columns(rows, _INDENT)
        case Code(verdict, source, words):
            yield f"{' ' * _INDENT}{tinted(verdict, verdict)}"
            yield from (f"{' ' * 2 * _INDENT}{line}".rstrip() for line in source.split("\n"))
            for word in words:
                first, *others = wrapped(word, 2 * _INDENT + 2)
                yield f"{' ' * 2 * _INDENT}# {first.strip()}"
                yield from (f"{' ' * 2 * _INDENT}# {line.strip()}" for line in others)


def markdown(blocks: Iterable[Block]) -> str:
    """Return `blocks` as Markdown."""
    return "\n\n".join("\n".join(_markdown_lines(block)) for block in blocks)


def _markdown_lines(block: Block) -> Iterator[str]:
    match block:
        case Heading(heading, is_title):
            yield f"{'#' if is_title else '##'} {escaped(heading)}"
        case Paragraph(paragraph):
            yield escaped(paragraph)
        case Pairs(rows):
            yield "|   |   |"
            yield "| --- | --- |"
            yield from (f"| **{escaped(name)}** | {escaped(what)} |" for name, what in rows)
        case Code(verdict, source, words):
            yield f"{verdict.capitalize()}:"
            yield ""
            yield "```python"
            yield source
            yield from (f"# {word}" for word in words)
            yield "```"


def escaped(words: str) -> str:
    """Return `words` so that Markdown shows them as they are."""
    for sign in ("\\", "|", "*", "_", "<", "[", "`"):
        words = words.replace(sign, f"\\{sign}")
    return words
