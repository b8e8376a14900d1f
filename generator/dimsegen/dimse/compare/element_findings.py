"""What has changed in the elements that services share.

A value that one version takes and the other does not decides the verdict. A VM or a length contains
another if every value of the other keeps it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...reading.position import Position
from ...sets.diff_rules import stated
from ...sets.finding import Finding
from ...sets.pair import in_both, nearest
from ...sets.verdicts import KEEPS, REPLACES, Verdicts, verdicts_of
from ...table.notation import hex4, tag_in_words
from ...table.vr import vr_of
from ..family import elements_in
from ..model import Parameter, Schema

_ANY = "any value"
_NONE = "no element"


def element_findings(old: Schema, new: Schema) -> Iterator[Finding]:
    """Yield what has changed, in the order of the new version."""
    places = {key: each.position for key, each in new.parameters.items() if each.position}
    for keyword in in_both(old.parameters, new.parameters):
        before, after = old.parameters.get(keyword), new.parameters.get(keyword)
        if before is None or after is None:
            near = places.get(keyword) or nearest(keyword, list(old.parameters), places)
            yield _whole(before, after, near)
        else:
            yield from _changes(before, after)


def _whole(old: Parameter | None, new: Parameter | None, place: Position | None) -> Finding:
    parameter = new or old
    assert parameter is not None
    return Finding(
        "element-added" if new else "element-removed",
        f"{parameter.name} {'is a new element' if new else 'is gone'}",
        "",
        "",
        parameter,
        _NONE if new else _form(parameter),
        _form(parameter) if new else _NONE,
        KEEPS.senders,
        KEEPS.receivers,
        elements_in(parameter.standard),
        place,
    )


def _changes(old: Parameter, new: Parameter) -> Iterator[Finding]:
    if _form(old) != _form(new):
        was, is_now = _form(old), _form(new)
        message = f"{new.name} was {was} and is {is_now}"
        yield _finding("element-changed", message, new, was, is_now, _form_verdicts(old, new))
    yield from _values(old, new)
    if (old.none, old.present) != (new.none, new.present) and old.role is new.role:
        was, is_now = _data_set_type(old), _data_set_type(new)
        message = f"{new.name} meant {was} and means {is_now}"
        verdicts = KEEPS if old.none == new.none else REPLACES
        yield _finding("data-set-type-changed", message, new, was, is_now, verdicts)


def _form(parameter: Parameter) -> str:
    """Return how the parameter is encoded, e.g. ``(0000,0110) US 1``."""
    tag = tag_in_words(parameter.tag)
    if parameter.tag is None:
        return tag
    role = f" {parameter.role.value}" if parameter.role else ""
    return f"{tag} {parameter.vr} {parameter.vm}{role}"


def _form_verdicts(old: Parameter, new: Parameter) -> Verdicts:
    if (old.tag, old.role) != (new.tag, new.role):
        return REPLACES
    return verdicts_of(narrows=not _contains(new, old), widens=not _contains(old, new))


def _contains(outer: Parameter, inner: Parameter) -> bool:
    return _vr_contains(outer.vr, inner.vr) and _vm_contains(outer.vm or "", inner.vm or "")


def _vr_contains(outer: str | None, inner: str | None) -> bool:
    """Return whether `outer` has every value of `inner`, in the same bytes."""
    one, other = vr_of(outer), vr_of(inner)
    is_text = one.length is not None and other.length is not None
    longer = (one.length or 0) >= (other.length or 0)
    return outer == inner or (is_text and one.encode == other.encode and longer)


def _vm_contains(outer: str, inner: str) -> bool:
    (low, high), (least, most) = _bounds(outer), _bounds(inner)
    return low <= least and most <= high


def _bounds(vm: str) -> tuple[float, float]:
    low, _, high = vm.partition("-")
    return float(low), float("inf") if high == "n" else float(high or low)


def _values(old: Parameter, new: Parameter) -> Iterator[Finding]:
    before, after = set(old.values.values()), set(new.values.values())
    was, is_now = _listed(old.values), _listed(new.values)
    # No list of values allows any of them.
    if after and (not before or before - after):
        message = f"{new.name} could be {was} and can only be {is_now}"
        yield _finding("values-narrowed", message, new, was, is_now, stated("values-narrowed"))
    if before and (not after or after - before):
        message = f"{new.name} could only be {was} and can be {is_now}"
        yield _finding("values-widened", message, new, was, is_now, stated("values-widened"))


def _listed(values: Mapping[str, int]) -> str:
    shown = [
        f"{hex4(value)} ({name})" for name, value in sorted(values.items(), key=lambda v: v[1])
    ]
    return ", ".join(shown) or _ANY


def _data_set_type(parameter: Parameter) -> str:
    none, present = (
        "unset" if value is None else hex4(value) for value in (parameter.none, parameter.present)
    )
    return f"no data set by {none}, a data set by any other value such as {present}"


def _finding(
    rule: str, message: str, parameter: Parameter, old: str, new: str, verdicts: Verdicts
) -> Finding:
    where = parameter.position
    sides = (verdicts.senders, verdicts.receivers)
    return Finding(
        rule, message, "", "", parameter, old, new, *sides, elements_in(parameter.standard), where
    )
