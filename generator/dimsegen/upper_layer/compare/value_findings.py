"""What has changed in the values that are printed for a parameter or a field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from ...reading.position import Position
from ...sets.finding import Finding
from ...sets.told import Subject
from ..model import Value
from .edits import edits, order

_TOLD = {"first", "last", "when"}


def value_findings(
    subject: Subject, old: Iterable[Value], new: Iterable[Value]
) -> Iterator[Finding]:
    """Yield the codes that came and went, and what was edited of the others.

    A reserved code is none that may be sent.
    """
    old, new = tuple(old), tuple(new)
    before, after = _by_code(old), _by_code(new)
    for code in sorted({*before, *after}):
        was, is_now = before.get(code), after.get(code)
        value = is_now or was
        assert value is not None, "one of the two has it"
        place = value.position if is_now else _nearest(code, after) or subject.position
        of_code = replace(subject, name=f"{_shown(code)} of {subject.name}", position=place)
        meanings = [_meaning(each) for each in (was, is_now)]
        if all(meanings) and was and is_now:
            yield from edits(of_code, was, is_now, _TOLD)
        elif not any(meanings):
            texts = (each.text if each else "" for each in (was, is_now))
            yield from of_code.edited("text", *texts)
        elif not _is_elsewhere(code, before if meanings[1] else after):
            rule = "values-narrowed" if was and meanings[0] else "values-widened"
            what = "no longer is" if meanings[0] else "now is"
            message = f"{_shown(code)} {what} a value of {subject.name}"
            shown = [f"{_shown(code)} {each}" if each else "" for each in meanings]
            yield replace(of_code, name=subject.name).finding(rule, message, shown)
        else:
            yield from of_code.edited("text", *meanings)
    yield from order(
        subject, "values", *([_name(each) for each in values] for values in (old, new))
    )


_Code = tuple[int, str, str]


def _by_code(values: Iterable[Value]) -> Mapping[_Code, Value]:
    return {
        (code, value.depends_on, value.table): value
        for value in values
        for code in range(value.first, value.last + 1)
    }


def codes_of(values: Iterable[Value]) -> list[int]:
    """Return the codes that a field may have, without those that are reserved."""
    return sorted({code for (code, *_), value in _by_code(values).items() if _meaning(value)})


def _is_elsewhere(code: _Code, values: Mapping[_Code, Value]) -> bool:
    """Return whether another table prints the same code, or another field lets it stand."""
    return any(other[:2] == code[:2] and _meaning(each) for other, each in values.items())


def _nearest(code: _Code, values: Mapping[_Code, Value]) -> Position | None:
    """Return where the code is that stands nearest before a code, else after it."""
    alike = [
        (other, each.position) for other, each in sorted(values.items()) if other[1:] == code[1:]
    ]
    before = [position for other, position in alike if other < code]
    return next(iter((*reversed(before), *(position for _, position in alike))), None)


def _meaning(value: Value | None) -> str:
    return "" if value is None or value.is_reserved else value.text


def _name(value: Value) -> str:
    return " ".join(filter(None, (value.code, value.depends_on, value.table)))


def _shown(code: _Code) -> str:
    number, condition, table = code
    of = f"{number} of {condition}" if condition else str(number)
    return f"{of} of Table {table}" if table else of
