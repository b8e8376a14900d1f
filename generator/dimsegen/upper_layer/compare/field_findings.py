"""What has changed in the fields of a structure.

Invariant: a field whose bytes are read as before is no change of the layout, whatever is printed
of it; one that only has another name is the same field.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from itertools import product

from ...sets.finding import Finding
from ...sets.pair import in_both, nearest
from ...sets.told import Subject
from ...sets.verdicts import Verdicts, verdicts_of
from ..model import RESERVED, Contents, Field, Structure
from .edits import edits
from .value_findings import codes_of

_ALWAYS = "always"
# Those whose values are numbers, all of them or those that are listed.
_NUMBERS = {Contents.CODE, Contents.NUMBER}
# Those that are only looked at where their condition holds; the others are only there then.
_TESTED = {Contents.CODE, Contents.ITEMS}
_TOLD = {"contents", "width", "bit", "characters", "parity", "only_when"}


class Fields:
    """The fields of a structure in both versions."""

    def __init__(self, old: Structure, new: Structure) -> None:
        self.structures = old, new
        self.old, self.new = ({named(each): each for each in s.fields} for s in (old, new))

    @cached_property
    def now(self) -> Mapping[str, str]:
        """What a field of the old version is called in the new one, if anything."""
        gone = [name for name in self.old if name not in self.new]
        come = [name for name in self.new if name not in self.old]
        renamed = {
            name: other
            for name in gone
            for other in come
            if _may_be_renamed(self.old[name], self.new[other])
            and (self.old[name].octets, _wire(self.old[name]))
            == (self.new[other].octets, _wire(self.new[other]))
        }
        return {**{name: name for name in self.old if name in self.new}, **renamed}

    @cached_property
    def uses(self) -> Mapping[str, str]:
        """What is called otherwise in the new version, because it is reserved there, or was."""
        gone = [name for name in self.old if name not in self.now]
        come = [name for name in self.new if name not in self.now.values()]
        return {
            name: other
            for name in gone
            for other in come
            if _is_reserved(self.old[name]) is not _is_reserved(self.new[other])
            and self.old[name].octets == self.new[other].octets
            and self.old[name].width == self.new[other].width is not None
        }

    def before(self, name: str) -> str:
        """Return what a field of the new version was called in the old one."""
        return next((old for old, new in self.now.items() if new == name), name)

    def is_coded(self, name: str) -> bool:
        """Return whether a field has codes in every version that has it."""
        both = self.old.get(self.before(name)), self.new.get(name)
        return all(each is None or each.contents is Contents.CODE for each in both)

    def subject(self, structure: Subject, name: str) -> Subject:
        """Return a field as what findings are about; what is gone stands where it was."""
        place = structure.position
        if name in self.new:
            place = self.new[name].position
        elif name in self.old:
            places = {old: self.new[new].position for old, new in self.now.items()}
            place = nearest(name, list(self.old), places) or place
        return replace(structure, name=f"{name} of {structure.name}", position=place, part=name)


def field_findings(structure: Subject, fields: Fields) -> Iterator[Finding]:
    """Yield them, field by field."""
    for pair in fields.uses.items():
        yield _of_use(structure, fields, *pair)
    told = {*fields.uses, *fields.uses.values()}
    for name in in_both({fields.now.get(each, each): 0 for each in fields.old}, fields.new):
        if name in told:
            continue
        subject = fields.subject(structure, name)
        was, is_now = fields.old.get(fields.before(name)), fields.new.get(name)
        if was is None or is_now is None:
            what = "is a new field" if is_now else "is gone"
            shown = [_shown(each) if each else "" for each in (was, is_now)]
            message = f"{subject.name} {what}"
            yield subject.finding("layout-changed", message, shown, _of_rest(was, is_now))
        else:
            yield from _of_field(subject, was, is_now, fields)
    before = [fields.now.get(each, each) for each in fields.old]
    if [n for n in before if n in fields.new] != [n for n in fields.new if n in before]:
        orders = (", ".join(each) for each in (before, fields.new))
        message = f"The fields of {structure.name} have another order"
        yield structure.finding("layout-changed", message, orders)


def _of_use(structure: Subject, fields: Fields, name: str, other: str) -> Finding:
    """Return that bytes that were reserved are used, or the other way round.

    They are sent as 00H and not tested when received, so that nothing is misread: whoever does not
    know of their use misses it, and one who does takes 00H for a value, which may be none.
    """
    was, is_now = fields.old[name], fields.new[other]
    is_used = _is_reserved(was)
    used = is_now if is_used else was
    codes = codes_of(fields.structures[is_used].values.get(used.name, ()))
    is_alien = used.contents is not Contents.NUMBER and 0 not in codes
    subject = fields.subject(structure, other if is_used else name)
    words = (RESERVED, "used") if is_used else ("used", RESERVED)
    message = f"{subject.name} was {words[0]} and is {words[1]}"
    narrows, widens = (is_alien, True) if is_used else (True, is_alien)
    verdicts = verdicts_of(narrows=narrows, widens=widens)
    return subject.finding("layout-changed", message, map(_shown, (was, is_now)), verdicts)


def _may_be_renamed(old: Field, new: Field) -> bool:
    """Return whether two names may be of one field: reserved bytes often have none of their own."""
    are_reserved = _is_reserved(old) and _is_reserved(new)
    return are_reserved or not (old.is_unnamed or new.is_unnamed)


def _is_reserved(field: Field) -> bool:
    return field.contents is Contents.RESERVED


def _of_rest(was: Field | None, is_now: Field | None) -> Verdicts | None:
    """Return what becomes of both sides where a rest, which may have no byte, came or went."""
    field = was or is_now
    if field is None or field.contents is not Contents.REST:
        return None
    return verdicts_of(narrows=was is not None, widens=is_now is not None)


def _of_field(subject: Subject, was: Field, is_now: Field, fields: Fields) -> Iterator[Finding]:
    told = set(_TOLD)
    if _wire(was) != _wire(is_now):
        yield from _layout(subject, was, is_now, fields)
        told |= {"octets"}
        told |= {"value", "of"} if was.contents in (Contents.TYPE, Contents.LENGTH) else set()
        told |= {"of"} if Contents.ECHO in (was.contents, is_now.contents) else set()
    yield from _characters(subject, was, is_now)
    yield from _parity(subject, was, is_now)
    yield from _condition(subject, was, is_now, fields)
    of = "enumeration" if is_now.contents is Contents.CODE else "source"
    yield from edits(subject, was, is_now, told, of=of)


def _layout(subject: Subject, was: Field, is_now: Field, fields: Fields) -> Iterator[Finding]:
    contents = {was.contents, is_now.contents}
    if contents == _NUMBERS and was.width == is_now.width:
        is_wider = is_now.contents is Contents.NUMBER
        rule = "values-widened" if is_wider else "values-narrowed"
        codes = [_codes(each, s) for each, s in zip((was, is_now), fields.structures, strict=True)]
        message = f"{subject.name} may have {codes[1]}, where it had {codes[0]}"
        yield subject.finding(rule, message, codes)
        return
    is_type = contents == {Contents.TYPE} and was.width == is_now.width
    rule = "fixed-value-changed" if is_type else "layout-changed"
    shown = [_shown(each) for each in (was, is_now)]
    if is_type:
        message = f"{subject.name} had the value {was.value} and has {is_now.value}"
    else:
        message = f"The layout of {subject.name} changed"
    yield subject.finding(rule, message, shown)


def _codes(field: Field, structure: Structure) -> str:
    if field.contents is Contents.NUMBER:
        return "any number"
    values = structure.values.get(field.name, ())
    return ", ".join(dict.fromkeys(str(each.first) for each in values)) or "no code"


def _characters(subject: Subject, was: Field, is_now: Field) -> Iterator[Finding]:
    if was.characters == is_now.characters or not (was.characters and is_now.characters):
        if was.characters != is_now.characters and was.contents is is_now.contents:
            yield from subject.edited(
                "number of characters", *(str(x.characters) for x in (was, is_now))
            )
        return
    (least, most), (now_least, now_most) = was.characters, is_now.characters
    shown = f"{least} to {most} characters", f"{now_least} to {now_most} characters"
    message = f"{subject.name} may have {shown[1]}, where it had {shown[0]}"
    if now_least > least or now_most < most:
        yield subject.finding("values-narrowed", message, shown)
    if now_least < least or now_most > most:
        yield subject.finding("values-widened", message, shown)


def _parity(subject: Subject, was: Field, is_now: Field) -> Iterator[Finding]:
    if was.parity is is_now.parity or was.contents is not is_now.contents:
        return
    shown = [each.parity.value if each.parity else "odd or even" for each in (was, is_now)]
    what = "has a length" if is_now.contents is Contents.FRAGMENT else "has a number"
    message = f"{subject.name} {what} that is {shown[1]}, where it was {shown[0]}"
    if is_now.parity:
        yield subject.finding("values-narrowed", message, shown)
    if was.parity:
        yield subject.finding("values-widened", message, shown)


def _condition(subject: Subject, was: Field, is_now: Field, fields: Fields) -> Iterator[Finding]:
    """Yield that a field is looked at, or may be there, under another condition."""
    if was.only_when == is_now.only_when:
        return
    shown = [_when(each) for each in (was, is_now)]
    names = sorted({*was.only_when, *is_now.only_when})
    before, after = (set(_cases(names, each)) for each in fields.structures)
    held, holds = (
        {case for case in before | after if _holds(each, names, case)} for each in (was, is_now)
    )
    fewer, more = held - holds, holds - held
    if is_now.contents in _TESTED:
        fewer, more = more, fewer
    message = f"{subject.name} was significant {shown[0]} and is {shown[1]}"
    verdicts = verdicts_of(narrows=bool(fewer & before), widens=bool(more & after))
    yield subject.finding("condition-changed", message, shown, verdicts)


def _cases(names: list[str], structure: Structure) -> Iterator[tuple[int, ...]]:
    """Yield what the fields `names` may have in a valid PDU."""
    listed = [codes_of(structure.values.get(name, ())) for name in names]
    yield from product(*listed)


def _holds(field: Field, names: list[str], case: tuple[int, ...]) -> bool:
    chosen = dict(zip(names, map(str, case), strict=True))
    return all(chosen[name] in codes for name, codes in field.only_when.items())


def _when(field: Field) -> str:
    found = [f"{name} is {' or '.join(codes)}" for name, codes in field.only_when.items()]
    return f"when {' and '.join(found)}" if found else _ALWAYS


def named(field: Field) -> str:
    """Return the name of a field; those that have none are told by their bytes."""
    return field.label


def _wire(field: Field) -> tuple[object, ...]:
    """Return what the reading of the bytes of a field depends on."""
    found = (field.contents, field.width, field.bit)
    match field.contents:
        case Contents.TYPE:
            return *found, field.value
        case Contents.LENGTH | Contents.ECHO:
            return *found, field.of
    return found


def _shown(field: Field) -> str:
    bit = f"bit {field.bit}" if field.bit is not None else ""
    of = f"of {field.of}" if field.of else ""
    words = [f"{field.octets}:", field.contents.value, field.value, bit, of]
    return " ".join(each for each in words if each)
