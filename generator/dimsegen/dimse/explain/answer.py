"""What `dimsegen explain` says of the tables of PS3.7: of rules, of cells, of what is cited."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ...explanation.blocks import Block
from ..model import Schema
from .asked import is_cell, subjects
from .catalogue import entries
from .cited import cited_blocks, names_of

__all__ = ["answer", "names_of"]


def answer(words: str, schema: Schema, templates: Path) -> Sequence[Block]:
    """Return what there is to say of `words`; nothing if it is not known here.

    Parameters
    ----------
    words : str
        A rule, a cell, or what a message cites.
    templates : pathlib.Path
        The folder of templates, for the code that is run.

    Raises
    ------
    UnknownSubjectError
        If it is about a service or a parameter that there is not.
    """
    rules = {rule.identifier: rule for rule in entries()}
    if words not in rules and (blocks := cited_blocks(words, schema)):
        return blocks
    if words not in rules and not is_cell(words, schema):
        return []
    asked = () if words in rules else subjects(words, schema)
    # What runs examples takes a while to import.
    from .with_examples import cells, rule

    if words in rules:
        return list(rule(rules[words], schema, templates))
    return list(cells(asked, schema, templates))
