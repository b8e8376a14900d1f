"""What a place says of every family: a folder of schemas, or an edition of the standard."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..agreement_of import check_agreement
from ..data import folder_of
from ..families import Family, families
from ..reading.extending import base_of
from ..reading.places import Place
from ..reading.problems import SchemaError
from ..sets.report import Version
from .errors import InputError

# A family has its files in a folder and in those within it.
_DEEPEST = 2
_SUFFIX = ".yaml"


def comparable() -> tuple[Family, ...]:
    """Return the families whose tables can be compared; the first is in every folder of schemas."""
    return tuple(each for each in families() if each.has("comparison"))


def _first() -> Family:
    return comparable()[0]


@dataclass(frozen=True)
class Reading:
    """What was read.

    Attributes
    ----------
    family : Family or None
        The family that was asked for, None for all.
    others : tuple of Family
        Those that have tables in the same document.
    item : str
        The only service, or other file of that family; empty for all.
    origin : pathlib.Path or None
        The file or folder, None where it is a commit's.
    """

    version: Version
    family: Family | None = None
    item: str = ""
    origin: Path | None = None
    others: tuple[Family, ...] = ()


@dataclass(frozen=True)
class Tables:
    """What a place says, of one family alone if a file was named."""

    by_family: Mapping[str, Any]
    family: Family | None = None
    item: str = ""
    notes: tuple[str, ...] = ()
    others: tuple[Family, ...] = ()

    def reading(self, version: Version, origin: Path | None = None) -> Reading:
        """Return what was read as `version`, which is named already."""
        first = self.by_family.get(_first().name)
        notes = tuple(f"{version.name} {each}" for each in self.notes)
        whole = replace(version, schema=first, tables=self.by_family, notes=notes)
        return Reading(whole, self.family, self.item, origin, self.others)


class Alike:
    """The families that a comparison has read, by their texts.

    What is the same on both sides is read once, for nothing will be found in it: no position of it
    is shown, unless it does not agree with the rest of a side, which is then read without.
    It is kept for one comparison only, since the files of the next have other names.
    """

    def __init__(self) -> None:
        self._read: dict[tuple[str, Hashable], Any] = {}

    def load(self, family: Family, place: Place) -> Any:
        """Return what `place` says of `family`, which extends nothing."""
        load = family.step("loader").load_sources
        texts = _texts_of(family, place)
        if texts is None:
            return load(place, may_be_empty=True)
        key = (family.name, texts)
        if key in self._read:
            return self._read[key]
        read = load(place, may_be_empty=True)
        # Those waivers that are unused or expired are told with their places.
        if not getattr(read, "waivers", ()):
            self._read[key] = read
        return read


def load(
    place: Place, extends: bool, alike: Alike | None = None, today: Place | None = None
) -> Tables:
    """Return what `place` says of each family that it has; of the first it has to say something.

    Parameters
    ----------
    today : Place, optional
        Schemas whose words it may lack, if it is an older version.
    """
    base = base_of(place, folder_of("schemas"), extends=extends)
    shared = alike or Alike()
    found: dict[str, Any] = {}
    notes: list[str] = []
    try:
        for family in comparable():
            is_here = family.marker in _names(place)
            if base and (not family.folder or (is_here and family.is_laid_over)):
                read = family.step("loader").load_sources
                found[family.name] = read(place, may_be_empty=True, extends=extends)
            elif not family.folder:
                found[family.name] = shared.load(family, place)
            elif is_here:
                found[family.name], lacking = _loaded(family, place, shared, today)
                notes += lacking
            elif base and family.marker in _names(base):
                found[family.name] = shared.load(family, base)
        check_agreement(found, [each for each in (place, base) if each is not None])
    except SchemaError as error:
        if alike is not None:
            # What is the same was read in the other place, and is wrong in this one.
            return load(place, extends, today=today)
        raise InputError(error.explain("nothing was compared")) from error
    return Tables(found, notes=tuple(notes))


def _loaded(
    family: Family, place: Place, alike: Alike, today: Place | None
) -> tuple[Any, list[str]]:
    """Return what `place` says of a family, and what to know of how it was read."""
    try:
        return alike.load(family, place), []
    except SchemaError:
        if today is None or family.marker not in _names(today):
            raise
        try:
            model, taken = family.step("loader").load_completed(place, today)
        except SchemaError:
            taken = ()
        if not taken:
            raise
    words = ", ".join(taken)
    return model, [f"is of before {words} in {family.folder}: taken from {today.shown('')}"]


def _names(place: Place, folder: str = "") -> list[str]:
    try:
        return place.names(folder)
    except OSError:
        return []


def _texts_of(family: Family, place: Place) -> Hashable | None:
    """Return all that decides what `place` says of `family`, None if that cannot be read."""
    if family.folder:
        return _texts(place, family.folder)
    names = _names(place)
    # Its tables stand in the folder itself, beside whatever else is there.
    inner = family.step("loader").path_of("").partition("/")[0]
    try:
        own = tuple(place.read(name) for name in names if name.endswith(_SUFFIX))
    except OSError:
        return None
    services = _texts(place, inner)
    return None if None in own or services is None else (tuple(names), own, services)


def _texts(place: Place, folder: str, depth: int = _DEEPEST) -> Hashable | None:
    """Return all that is in `folder`, None where something in it cannot be read."""
    found = []
    for name in _names(place, folder):
        path = f"{folder}/{name}"
        try:
            content: Hashable | None = place.read(path)
        except OSError:
            return None
        content = content if content is not None or not depth else _texts(place, path, depth - 1)
        if content is None:
            return None
        found.append((name, content))
    return tuple(found)


def read_edition(content: bytes, name: str) -> Tables:
    """Return what an edition of a part of the standard prints.

    The family that was asked for is the one whose part it is; others may have an annex of it.
    """
    # Only here, so that nothing else needs the XML library.
    from ..document.book import read_book
    from ..document.unreadable import DocumentError

    books = [each for each in comparable() if each.has("docbook")]
    able = {each.part: each for each in books if hasattr(each.step("docbook"), "load")}
    try:
        book = read_book(content, name, {part: each.document for part, each in able.items()})
        family = able[book.part]
        others = [each for each in able.values() if each is not family]
        others = [each for each in others if book.part in each.step("docbook").PARTS]
        found = {each: each.step("docbook").load(book) for each in (family, *others)}
        there = {each: tables for each, tables in found.items() if tables is not None}
        tables = {each.name: tables for each, tables in there.items()}
        return Tables(tables, family, others=tuple(each for each in others if each in there))
    except DocumentError as error:
        raise InputError(error.explain()) from error


def only(
    version: Version, family: Family, items: Collection[str], others: Collection[Family] = ()
) -> Version:
    """Return `version` for a comparison of `family` alone, and of no more than `items` of it.

    Parameters
    ----------
    others : collection of Family
        Those that are compared as well.
    """
    asked = frozenset(each.name for each in (family, *others))
    if family.name not in version.tables:
        return replace(version, schema=None, tables={}, families=asked)
    schema, loader = version.tables[family.name], family.step("loader")
    if items and hasattr(loader, "only"):
        schema = loader.only(schema, items)
    tables = {**version.tables, family.name: schema}
    first = tables.get(_first().name)
    return replace(version, schema=first, tables=tables, families=asked, items=frozenset(items))
