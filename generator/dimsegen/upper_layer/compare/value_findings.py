"""What has changed in the values that are printed for a parameter or a field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ...sets.finding import Finding
from ...sets.told import Subject
from ..model import Value

_RESERVED = "reserved"


def value_findings(
    subject: Subject, old: Iterable[Value], new: Iterable[Value]
) -> Iterator[Finding]:
    """Yield the codes that came and went, and the texts that were edited.

    A reserved code is none that may be sent.
    """
    before, after = _by_code(old), _by_code(new)
    for code in sorted({*before, *after}):
        was, is_now = (_meaning(each.get(code)) for each in (before, after))
        shown = _shown(code)
        if was and is_now:
            yield from subject.edited(f"text of {shown}", was, is_now)
        elif was or is_now:
            rule = "values-narrowed" if was else "values-widened"
            what = "no longer is" if was else "now is"
            message = f"{shown} {what} a value of {subject.name}"
            texts = [f"{shown} {each}" if each else "" for each in (was, is_now)]
            yield subject.finding(rule, message, texts)


def _by_code(values: Iterable[Value]) -> Mapping[tuple[int, str], Value]:
    found: dict[tuple[int, str], Value] = {}
    for value in values:
        for code in range(value.first, value.last + 1):
            found[code, _depends(value)] = value
    return found


def _depends(value: Value) -> str:
    return ", ".join(f"{name} {' or '.join(codes)}" for name, codes in value.when.items())


def _meaning(value: Value | None) -> str:
    return "" if value is None or value.text == _RESERVED else value.text


def _shown(code: tuple[int, str]) -> str:
    number, depends = code
    return f"{number} of {depends}" if depends else str(number)
