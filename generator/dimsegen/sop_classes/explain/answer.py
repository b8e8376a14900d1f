"""What `dimsegen explain` says of SOP classes: rules, attributes, statuses, usages, errata."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ...explanation.blocks import Block, Heading, Pairs, Paragraph, UnknownSubjectError
from ...explanation.erratum_blocks import of_errata
from ...explanation.rule_entries import rule_blocks
from ..matrices import ACRONYM
from ..model import SOPClasses
from .asked_subject import subject_of
from .attribute_uses import attribute_uses
from .attribute_words import attribute_blocks
from .catalogue import entries
from .sop_class_words import sop_class_blocks, status_blocks


def answer(words: str, model: SOPClasses, templates: Path) -> Sequence[Block]:
    """Return what there is to say of `words`; nothing if it is not known here.

    Parameters
    ----------
    words : str
        E.g. ``MPPS``, ``MPPS.StudyInstanceUID``, ``MPPS 0110``, ``StudyInstanceUID``,
        ``2/1`` or ``P1``.
    templates : pathlib.Path
        The folder of templates, for the code that is run.

    Raises
    ------
    UnknownSubjectError
        If it starts with a SOP class, and goes on with nothing of it.
    """
    if found := [*_rule(words, model), *of_errata(words, model.errata), *_usage(words, model)]:
        return found
    try:
        subject = subject_of(words, model)
    except UnknownSubjectError:
        # The name of an attribute may start like that of a SOP class: Printer Status.
        if found := list(attribute_uses(words, model)):
            return found
        raise
    if subject is None:
        return list(attribute_uses(words, model))
    if subject.status:
        return list(status_blocks(subject))
    if not subject.path:
        return list(sop_class_blocks(subject, model))
    return list(attribute_blocks(subject, model, templates))


def names_of(model: SOPClasses) -> tuple[str, ...]:
    """Return every name that is known here, for a hint at what may be meant."""
    classes = [each.keyword for each in model.sop_classes]
    acronyms = [file.name.upper() for file in model.files if len(file.name) < ACRONYM]
    return (*acronyms, *classes, *model.private, *(each.identifier for each in model.errata))


def _rule(words: str, model: SOPClasses) -> Iterator[Block]:
    for entry in entries():
        if entry.identifier == words:
            yield from rule_blocks(entry)
            if words in model.answers:
                said = model.answers[words]
                yield Pairs((("an SCP answers", f"{said.status}H"), ("clause", said.clause)))


def _usage(words: str, model: SOPClasses) -> Iterator[Block]:
    """Yield what a usage code means, in every legend that has it."""
    for legend, usages in model.usages.items():
        for code, usage in usages.items():
            if code == words and ("/" in words or words == "not-allowed"):
                columns = [c.name for c in model.columns.values() if c.legend == legend]
                yield Heading(f"{code} below {', '.join(columns)}", is_title=True)
                yield Paragraph(f"{usage.text} (PS3.4 {usage.clause}).")
                empty = "permitted" if usage.may_be_empty else "forbidden"
                sides = (("SCU", usage.scu.value), ("SCP", usage.scp.value))
                yield Pairs((*sides, ("zero length", empty)))
