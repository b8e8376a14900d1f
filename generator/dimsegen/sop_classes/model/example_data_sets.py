"""Data sets that keep every rule of the tables, as schema files have them."""

from __future__ import annotations

from dataclasses import dataclass, field

from ...reading.position import Position


def message_in_words(service: str, direction: str, type_id: int | None) -> str:
    """Return what a message is called, e.g. ``N-ACTION request of type 1``."""
    typed = "" if type_id is None else f" of type {type_id}"
    return f"{service} {direction}{typed}"


@dataclass(frozen=True)
class Given:
    """An attribute of an example.

    Attributes
    ----------
    values : tuple of str
        Its values; none where it is empty, or a sequence.
    items : tuple of tuple of Given
        The items of a sequence.
    """

    keyword: str
    vr: str
    values: tuple[str, ...]
    items: tuple[tuple[Given, ...], ...]
    position: Position = field(compare=False)


@dataclass(frozen=True)
class Example:
    """A data set that keeps every rule of the tables for a message.

    Attributes
    ----------
    title : str
        What it says, in a few words.
    type_id : int or None
        The event or action type.
    sop_classes : tuple of str
        The SOP classes of its file that it is about; empty if all that have the service.
    """

    title: str
    service: str
    direction: str
    type_id: int | None
    sop_classes: tuple[str, ...]
    data_set: tuple[Given, ...]
    position: Position = field(compare=False)

    @property
    def message(self) -> str:
        """The message that has it, e.g. ``N-ACTION request of type 1``."""
        return message_in_words(self.service, self.direction, self.type_id)
