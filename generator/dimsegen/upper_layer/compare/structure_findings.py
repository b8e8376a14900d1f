"""What has changed in PDUs and in the items in them.

Invariant: reserved bytes are not tested when received (PS3.8 9.3), and an item that is not known
is skipped (9.3.1); what a change does to either side follows from that and from set arithmetic.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...sets.finding import Finding
from ...sets.pair import in_both, nearest
from ...sets.told import Subject
from ...sets.verdicts import Verdicts, verdicts_of
from ..model import Contained, Contents, Field, Occurs, Order, Structure
from ..views.structure import where_of
from .value_findings import value_findings

# How often an item may stand in another; 2 is for more than once.
_TIMES = {
    Occurs.ONE: {1},
    Occurs.AT_MOST_ONE: {0, 1},
    Occurs.ONE_OR_MORE: {1, 2},
    Occurs.ANY_NUMBER: {0, 1, 2},
}
_ANY = {0, 1, 2}
_NO_SUCH = "not in it"
_ANYTHING = "nothing"


def structure_findings(
    old: Mapping[str, Structure], new: Mapping[str, Structure]
) -> Iterator[Finding]:
    """Yield them, structure by structure."""
    for name in in_both(old, new):
        if name in old and name in new:
            yield from _of_structure(old[name], new[name])
        else:
            is_new = name in new
            structure = (new if is_new else old)[name]
            what = "is a new structure" if is_new else "is gone"
            changed = ("", structure.name) if is_new else (structure.name, "")
            yield _subject(structure).finding("layout-changed", f"{structure.name} {what}", changed)


def _subject(structure: Structure, field: Field | None = None) -> Subject:
    name, where = structure.class_name, where_of(structure)
    if field is None:
        return Subject(structure.name, name, where, structure.position)
    about = f"{_named(field)} of {structure.name}"
    return Subject(about, name, where, field.position, _named(field))


def _named(field: Field) -> str:
    """Return the name of a field; reserved ones are told by their bytes."""
    return f"{field.name} {field.octets}" if field.contents is Contents.RESERVED else field.name


def _of_structure(old: Structure, new: Structure) -> Iterator[Finding]:
    yield from _fields(old, new)
    for name in in_both(old.values, new.values):
        field = next(each for each in (*new.fields, *old.fields) if each.name == name)
        lists = (each.values.get(name, ()) for each in (old, new))
        yield from value_findings(_subject(new, field), *lists)
    yield from _contents(old, new)
    subject = _subject(new)
    yield from subject.edited("summary", old.summary, new.summary)
    yield from subject.edited("name", old.name, new.name)
    yield from subject.edited("place", where_of(old), where_of(new))


def _fields(old: Structure, new: Structure) -> Iterator[Finding]:
    before, after = ({_named(each): each for each in s.fields} for s in (old, new))
    for name in in_both(before, after):
        was, is_now = before.get(name), after.get(name)
        if was is None or is_now is None:
            yield _came_or_went(new, before, after, name)
        elif _layout(was) != _layout(is_now):
            subject = _subject(new, is_now)
            rule = "layout-changed"
            if was.value and is_now.value and _layout(was)[:-1] == _layout(is_now)[:-1]:
                rule = "fixed-value-changed"
            shown = (_shown(each) for each in (was, is_now))
            yield subject.finding(rule, f"The layout of {subject.name} changed", shown)
        else:
            yield from _texts(_subject(new, is_now), was, is_now)
    if [n for n in before if n in after] != [n for n in after if n in before]:
        orders = (", ".join(each) for each in (before, after))
        message = f"The fields of {new.name} have another order"
        yield _subject(new).finding("layout-changed", message, orders)


def _came_or_went(
    new: Structure, before: Mapping[str, Field], after: Mapping[str, Field], name: str
) -> Finding:
    is_new = name in after
    field = (after if is_new else before)[name]
    places = {key: each.position for key, each in after.items()}
    place = field.position if is_new else nearest(name, list(before), places)
    about = f"{name} of {new.name}"
    subject = Subject(about, new.class_name, where_of(new), place, name)
    what = "is a new field" if is_new else "is gone"
    shown = ("", _shown(field)) if is_new else (_shown(field), "")
    return subject.finding("layout-changed", f"{about} {what}", shown)


def _layout(field: Field) -> tuple[object, ...]:
    """Return what the bytes of a field depend on; what is reserved, nobody looks at."""
    is_reserved = field.contents is Contents.RESERVED
    value = "" if is_reserved else field.value
    return field.contents, field.width, field.octets, field.bit, field.characters, value


def _shown(field: Field) -> str:
    details = [field.value, f"{field.characters}" if field.characters else ""]
    words = [f"{field.octets}:", field.contents.value, *(each for each in details if each)]
    return " ".join(words)


def _texts(subject: Subject, old: Field, new: Field) -> Iterator[Finding]:
    yield from subject.edited("clause", old.clause, new.clause)
    yield from subject.edited("reserved value", old.value, new.value)
    yield from subject.edited("enumeration", old.of, new.of)
    yield from subject.edited("default", str(old.default), str(new.default))


def _contents(old: Structure, new: Structure) -> Iterator[Finding]:
    before, after = ({each.class_name: each for each in s.contains} for s in (old, new))
    subject = _subject(new)
    for name in in_both(before, after):
        was, is_now = before.get(name), after.get(name)
        if _words(was) != _words(is_now):
            item = Subject(subject.name, subject.service, subject.reference, subject.position, name)
            message = f"{name} in {new.name} was {_words(was)} and is {_words(is_now)}"
            verdicts = _occurrence(was, is_now)
            rule = "occurrence-changed"
            yield item.finding(rule, message, (_words(was), _words(is_now)), verdicts)
        if was and is_now and (asked := _asked(was)) != (asks := _asked(is_now)):
            item = Subject(subject.name, subject.service, subject.reference, subject.position, name)
            shown = (", ".join(each) or _ANYTHING for each in (asked, asks))
            verdicts = verdicts_of(narrows=not {*asks} <= {*asked}, widens=not {*asked} <= {*asks})
            message = f"What is asked of {name} in {new.name} changed"
            yield item.finding("condition-changed", message, tuple(shown), verdicts)
    if old.order is not new.order and old.order and new.order:
        verdicts = verdicts_of(
            narrows=new.order is Order.ASCENDING, widens=old.order is Order.ASCENDING
        )
        shown = (f"{each.value} order" for each in (old.order, new.order))
        message = f"The order of the items in {new.name} changed"
        yield subject.finding("occurrence-changed", message, shown, verdicts)


def _words(item: Contained | None) -> str:
    if item is None:
        return _NO_SUCH
    return item.occurs.value + (f" in {item.only_in}" if item.only_in else "")


def _asked(item: Contained) -> tuple[str, ...]:
    """Return what is asked of an item, beside how often it stands there."""
    limit = f" ({item.no_limit}: no limit)" if item.no_limit is not None else ""
    found = [
        *([f"one for each {item.one_for}"] if item.one_for else []),
        *([f"answers {item.answers}"] if item.answers else []),
        *([f"asked by {item.asked_by}"] if item.asked_by else []),
        *(f"{field} at most what was offered{limit}" for field in item.at_most),
    ]
    return tuple(found)


def _occurrence(old: Contained | None, new: Contained | None) -> Verdicts:
    """Return what becomes of both sides; who knows no such item skips any number of them."""
    sent_before, sent_after = (_TIMES[each.occurs] if each else {0} for each in (old, new))
    taken_before, taken_after = (_TIMES[each.occurs] if each else _ANY for each in (old, new))
    return verdicts_of(
        narrows=not sent_before <= taken_after, widens=not sent_after <= taken_before
    )
