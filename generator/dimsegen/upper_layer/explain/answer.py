"""What `dimsegen explain` says of the Upper Layer: rules, cells, structures, states, errata."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ...explanation.blocks import Block
from ...explanation.erratum_blocks import of_errata
from ...explanation.rule_entries import Group, rule_blocks
from ..model import UpperLayer
from .asked_service import asked_service
from .catalogue import entries
from .machine_words import machine_blocks, machine_names
from .structure_words import structure_blocks


def answer(words: str, layer: UpperLayer, templates: Path) -> Sequence[Block]:
    """Return what there is to say of `words`; nothing if it is not known here.

    Parameters
    ----------
    words : str
        E.g. ``A_ASSOCIATE.result``, ``A-ABORT PDU``, ``51H``, ``Sta5 + AE-3`` or ``U1``.
    templates : pathlib.Path
        The folder of templates, for the code that is run.

    Raises
    ------
    UnknownSubjectError
        If it is about a service and no parameter of it.
    """
    found = [
        *_rule(words, layer, templates),
        *of_errata(words, layer.errata),
        *machine_blocks(words, layer),
        *structure_blocks(words, layer),
    ]
    if found or asked_service(words, layer)[0] is None:
        return found
    # What runs examples takes a while to import.
    from .columns_words import cell_blocks

    return list(cell_blocks(words, layer, templates))


def names_of(layer: UpperLayer) -> tuple[str, ...]:
    """Return every name that is known here, for a hint at what may be meant."""
    known = layer.structures.values()
    structures = [name for each in known for name in (each.class_name, each.name)]
    errata = [each.identifier for each in layer.errata]
    services = [each.name for each in layer.services]
    return (*services, *structures, *machine_names(layer.machine), *errata)


def _rule(words: str, layer: UpperLayer, templates: Path) -> Iterator[Block]:
    for entry in entries():
        if entry.identifier == words:
            yield from rule_blocks(entry)
            if entry.group is Group.PDU:
                from .shown_bytes import anomaly_example

                yield from anomaly_example(words, layer, templates)
