"""Read a file, a folder or a commit as a version of the schemas.

A service file is read in the context of its folder, as it would be there; where it lies in no
folder of schemas, in the context of the working tree's.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from ..data import folder_of
from ..families import Family, family_of, is_schemas, marks
from ..reading.extending import says_extends
from ..reading.places import Disk, Memory, Overlaid, Place
from ..reading.regular import read_regular
from ..sets.report import Version
from .errors import InputError
from .git import Repository
from .named import AtCommit, Word
from .readings import Alike, Reading, Tables, comparable, load, read_edition

_EDITION = ".xml"
# A file is at most so deep in a folder of schemas: FAMILY/KIND/FILE.
_DEEPEST = 3


@dataclass(frozen=True)
class Home:
    """Where the command was called.

    Attributes
    ----------
    repository : Repository or None
        The repository there.
    schemas : pathlib.Path
        The folder of schemas of the working tree.
    extends : bool
        Whether folders extend the standard though they do not say so.
    alike : Alike
        What has been read for this comparison.
    """

    repository: Repository | None
    schemas: Path
    extends: bool = False
    alike: Alike = field(default_factory=Alike, compare=False)

    @property
    def own(self) -> Path | None:
        """The folder of schemas, None where that is the one of the installed package."""
        return None if self.schemas == folder_of("schemas") else self.schemas

    @property
    def folder(self) -> str:
        """The working folder, from the root of the repository."""
        if self.repository is None:
            return ""
        here, top = Path.cwd(), self.repository.top.resolve()
        return here.relative_to(top).as_posix() if here.is_relative_to(top) else ""


def schemas_folder(given: Path | None, folder: Path, repository: Repository | None) -> Path:
    """Return the folder of schemas of the working tree.

    Parameters
    ----------
    given : pathlib.Path or None
        What the command line says.
    folder : pathlib.Path
        Where to look, and above, but not above the repository.
    """
    if given is not None:
        return given
    top = repository.top.resolve() if repository else folder.resolve()
    for place in (folder.resolve(), *folder.resolve().parents):
        for candidate in (place, place / "schemas"):
            if is_schemas(candidate):
                return Path(os.path.relpath(candidate, folder))
        if place == top:
            break
    return Path("schemas") if repository else folder_of("schemas")


def read(word: Word, home: Home) -> Reading:
    """Return the version that `word` names.

    Raises
    ------
    InputError
        If it cannot be read; the text has every problem of the schema.
    """
    if isinstance(word, AtCommit):
        return _read_commit(word, home)
    if word.path is None:
        version = Version("working tree", None, "", home.folder, home.schemas)
        return _load(Disk(home.schemas), home).reading(version, home.schemas.resolve())
    near: Path | None
    if word.path.is_dir():
        tables, near = _load(Disk(word.path), home), word.path
    else:
        tables = _read_file(word.path, home)
        above = _folder_of_file(word.path)
        near = Path(os.path.relpath(above)) if above else home.own
    version = Version(word.path.as_posix(), None, "", home.folder, near)
    return tables.reading(version, word.path.resolve())


def _load(place: Place, home: Home, today: Place | None = None) -> Tables:
    return load(place, home.extends, home.alike, today)


def _today(home: Home) -> Place:
    """Return the schemas of today, by which older ones are completed."""
    is_partial = home.extends or says_extends(home.schemas)
    return Disk(folder_of("schemas") if is_partial else home.schemas)


def _folder_of_file(path: Path) -> Path | None:
    """Return the folder of schemas that a file lies in, None if it lies in none."""
    return next((each for each in path.absolute().parents[:_DEEPEST] if is_schemas(each)), None)


def _read_file(path: Path, home: Home) -> Tables:
    try:
        content = read_regular(path)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from error
    if path.suffix == _EDITION:
        return read_edition(content, str(path))
    folder = _folder_of_file(path)
    if folder is not None:
        inner = path.absolute().relative_to(folder).as_posix()
        if found := _in_folder(inner, content):
            return _only(_load(Disk(Path(os.path.relpath(folder))), home), *found)
    return read_alone(content, str(path), Disk(home.schemas), extends=home.extends)


def _in_folder(inner: str, content: bytes) -> tuple[Family, str] | None:
    """Return what a file is at the path `inner` of a folder of schemas; None if nobody reads it.

    Raises
    ------
    InputError
        If it is read by a family that cannot be compared.
    """
    family = family_of(Path(inner))
    if not family.has("comparison"):
        raise InputError(f"{inner}: no tables, and is not compared: name another file or a folder")
    item = family.step("loader").item_at(inner, content)
    return None if item is None else (family, item)


def _only(tables: Tables, family: Family, item: str) -> Tables:
    return replace(tables, family=family if item or family.folder else None, item=item)


def read_alone(content: bytes, name: str, place: Place, *, extends: bool = False) -> Tables:
    """Return the schemas at `place` with a service or another file of its own exchanged."""
    claims = [(each, each.step("loader").item_in(content)) for each in comparable()]
    claims = [(family, item) for family, item in claims if item]
    if not claims:
        what = "a folder of schemas, a service file or a revision"
        raise InputError(f"{name}: no schema: it has no line 'service:': name {what}")
    paths = {each: each.step("loader").path_of(item) for each, item in claims}
    known = [claim for claim in claims if _has(place, paths[claim[0]])]
    family, item = (known or claims)[0]
    path = paths[family]
    # The loader wants a file to have the name of its service, as it would have in the folder.
    is_named = PurePosixPath(name).name == PurePosixPath(path).name
    shown = name if is_named else f"{name}:{path}"
    return _only(load(Overlaid(place, path, content, shown), extends), family, item)


def _has(place: Place, path: str) -> bool:
    try:
        return place.read(path) is not None
    except OSError:
        return False


def _read_commit(word: AtCommit, home: Home) -> Reading:
    repository = home.repository
    assert repository is not None
    path = word.path if word.path is not None else _from_top(home.schemas, repository)
    name = repository.tree(word.commit, path)
    if name is None:
        raise InputError(
            f"{word.label}: has no folder {path}: name it as {word.label}:PATH if it was elsewhere"
        )
    if repository.kind(name) != "blob":
        tables = _load(Memory(repository.files(name), f"{word.label}:{path}"), home, _today(home))
    else:
        tables = _read_blob(word, path, repository.content(name), home)
    return tables.reading(Version(word.name, None, f"{word.label}:", "", home.own))


def _read_blob(word: AtCommit, path: str, content: bytes, home: Home) -> Tables:
    shown = f"{word.label}:{path}"
    pure = PurePosixPath(path)
    if pure.suffix == _EDITION:
        return read_edition(content, shown)
    repository = home.repository
    assert repository is not None
    for above in pure.parents[:_DEEPEST]:
        inner = "" if str(above) == "." else str(above)
        paths = [f"{inner}/{mark}".lstrip("/") for mark in marks()]
        is_schemas_there = any(repository.tree(word.commit, each) for each in paths)
        folder = repository.tree(word.commit, inner)
        found = _in_folder(pure.relative_to(above).as_posix(), content)
        if is_schemas_there and folder is not None and found:
            place = Memory(repository.files(folder), f"{word.label}:{inner}")
            return _only(_load(place, home, _today(home)), *found)
    return read_alone(content, shown, Disk(home.schemas), extends=home.extends)


def _from_top(schemas: Path, repository: Repository) -> str:
    absolute, top = schemas.resolve(), repository.top.resolve()
    if not absolute.is_relative_to(top):
        raise InputError(
            f"{schemas}: is not in the repository {top}: name the folder in it with --schemas, or "
            "as REV:PATH"
        )
    path = absolute.relative_to(top).as_posix()
    return "" if path == "." else path
