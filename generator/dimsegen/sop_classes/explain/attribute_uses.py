"""An attribute that is asked for without a SOP class: what it is, and which tables have it."""

from __future__ import annotations

from collections.abc import Iterator

from ...explanation.blocks import Block, Heading, Pairs, Paragraph
from ...table.notation import plain, tag_in_words
from ..model import SOPClasses
from ..printed_lines import PrintedLine, lines_of, tables_of


def attribute_uses(words: str, model: SOPClasses) -> Iterator[Block]:
    """Yield what there is of the attribute `words`, with each line of a table that it has.

    Parameters
    ----------
    words : str
        A keyword, a name or a tag; of a private one as a violation writes it, ``(0041,xx01)``.
    """
    uses: dict[str, list[PrintedLine]] = {keyword: [] for keyword in model.private}
    for table in tables_of(model):
        for line in lines_of(table):
            if line.tag is not None:
                uses.setdefault(line.kind, []).append(line)
    for keyword, lines in uses.items():
        name, vr, vm = model.dictionary.facts(keyword)
        tag, of_creator = _tag(keyword, model)
        called = (keyword, name, tag, f"{tag}{of_creator}")
        if plain(words) in map(plain, called):
            yield Heading(f"{name} ({tag}{of_creator}, VR {vr}, VM {vm})", is_title=True)
            yield Paragraph(f"In Python, {keyword}.")
            if lines:
                yield Heading("in the tables of attributes")
                yield Pairs(tuple(map(_use, lines)))


def _tag(keyword: str, model: SOPClasses) -> tuple[str, str]:
    """Return the tag as a violation writes it, and whose it is if it is a private one."""
    if own := model.private.get(keyword):
        return f"({own.group:04X},xx{own.element:02X})", f" of {own.creator}"
    tag = model.dictionary.tag(keyword)
    return ("" if tag is None else tag_in_words(tag)), ""


def _use(line: PrintedLine) -> tuple[str, str]:
    typed = f", type {line.type_id}" if line.type_id else ""
    codes = ", ".join(f"{column} {code}" for column, code in line.cells.items() if code)
    return f"Table {line.table}{typed}", f"{line.path}: {codes or 'no usage'}"
