"""What several builders ask of a mapping."""

from __future__ import annotations

from ...reading.values import Fields, Word


def words(fields: Fields, key: str) -> tuple[Word, ...]:
    """Return the words under `key`, one or a list."""
    value = fields.values.get(key)
    return (value,) if isinstance(value, Word) else fields.words(key)


def texts(fields: Fields, key: str) -> tuple[str, ...]:
    """Return the texts under `key`, one or a list."""
    return tuple(word.text for word in words(fields, key))


def number(fields: Fields, key: str) -> int | None:
    """Return the number in quotes under `key`, None if there is none."""
    text = fields.text(key)
    return int(text) if text else None
