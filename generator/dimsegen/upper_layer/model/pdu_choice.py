"""Which of several PDUs a primitive becomes: what only an answer has tells it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .byte_layouts import Structure
from .service_rows import Row, Service

_ASKED, _ANSWER = "indication", "confirmation"


def pdus_of(service: Service, structures: Iterable[Structure]) -> list[Structure]:
    """Return the PDUs that convey a service: first those that ask, last the answer for the rest."""
    found = [each for each in structures if service.name in each.becomes]
    return sorted(found, key=lambda pdu: (is_answer(pdu), not pdu.sets))


def is_answer(pdu: Structure) -> bool:
    """Return whether who receives a PDU has asked for it."""
    return pdu.received_as == _ANSWER


def telling_row(service: Service, pdus: list[Structure]) -> Row | None:
    """Return the parameter that tells which of several PDUs a primitive becomes.

    No request has it, every answer has, and all of `pdus` that answer set it, but the last one:
    each to a value that no other gives it.
    None if there is no such parameter, or several PDUs ask.
    """
    answers = [pdu for pdu in pdus if is_answer(pdu)]
    if not answers or len(pdus) - len(answers) > 1:
        return None
    for row in service.rows:
        is_of_answers = row.usage(_ASKED).is_forbidden and row.usage(_ANSWER).is_mandatory
        if is_of_answers and all(_tells(row, pdu, answers) for pdu in answers[:-1]):
            return row
    return None


def _tells(row: Row, pdu: Structure, answers: list[Structure]) -> bool:
    """Return whether `pdu` sets the parameter of `row` to what no other answer gives it."""
    value = pdu.sets.get(row.name)
    return value is not None and not any(
        value in _values(row, other) for other in answers if other is not pdu
    )


def _values(row: Row, pdu: Structure) -> Iterator[str]:
    """Yield what `pdu` can say of the parameter of `row`."""
    yield pdu.sets.get(row.name, "")
    for field in pdu.fields:
        if field.conveys == row.name:
            yield from (value.name for value in pdu.values.get(field.name, ()))
