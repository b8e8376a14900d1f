"""Read a file, a folder or a commit as a version of the schemas.

Invariant: a service file is read in the context of its folder, as it would be there; where it lies
in no folder of schemas, in the context of the working tree's.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ...data import folder_of
from ...inputs.errors import InputError
from ...inputs.git import Repository
from ...inputs.named import AtCommit, Word
from ...reading.regular import read_regular
from ...sets.report import Version
from ..loader import Disk, Memory, Overlaid, Place, SchemaError, load_sources, service_in
from ..loader.services import expected_file
from ..model import Schema


def _read_edition(content: bytes, name: str) -> Schema:
    """Return what an edition of the standard prints."""
    # Only here, so that nothing else needs the XML library.
    from ..docbook import DocumentError, load

    try:
        return load(content, name)
    except DocumentError as error:
        raise InputError(error.explain()) from error


# What else than YAML can be compared, by suffix: a reader makes a schema of the content of a file
# and of the name that positions are to show, and raises `InputError` where it cannot.
READERS: Mapping[str, Callable[[bytes, str], Schema]] = {".xml": _read_edition}

_MARK = "elements.yaml"
_SERVICES = "services"


@dataclass(frozen=True)
class Home:
    """Where the command was called.

    Attributes
    ----------
    repository : Repository or None
        The repository there.
    schemas : pathlib.Path
        The folder of schemas of the working tree.
    """

    repository: Repository | None
    schemas: Path

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


@dataclass(frozen=True)
class Reading:
    """What was read.

    Attributes
    ----------
    service : str
        The only service that was asked for, empty for all.
    origin : pathlib.Path or None
        The file or folder, None where it is a commit's.
    """

    version: Version
    service: str = ""
    origin: Path | None = None


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
            if (candidate / _MARK).is_file():
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
        schema = _load(Disk(home.schemas))
        version = Version("working tree", schema, "", home.folder, home.schemas)
        return Reading(version, origin=home.schemas.resolve())
    near: Path | None
    if word.path.is_dir():
        schema, service, near = _load(Disk(word.path)), "", word.path
    else:
        schema, service = _read_file(word.path, home)
        near = _folder_of_file(word.path) or home.own
    version = Version(word.path.as_posix(), schema, "", home.folder, near)
    return Reading(version, service, word.path.resolve())


def _folder_of_file(path: Path) -> Path | None:
    """Return the folder of schemas that a file lies in, None if it lies in none."""
    above = path.absolute().parent
    above = above.parent if above.name == _SERVICES else above
    return Path(os.path.relpath(above)) if (above / _MARK).is_file() else None


def _read_file(path: Path, home: Home) -> tuple[Schema, str]:
    try:
        content = read_regular(path)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from error
    if path.suffix in READERS:
        return READERS[path.suffix](content, str(path)), ""
    above = path.absolute().parent
    if above.name == _SERVICES and (above.parent / _MARK).is_file():
        return _load(Disk(Path(os.path.relpath(above.parent)))), service_in(content)
    if (above / _MARK).is_file() and not service_in(content):
        return _load(Disk(Path(os.path.relpath(above)))), ""
    return read_alone(content, str(path), Disk(home.schemas))


def read_alone(content: bytes, name: str, place: Place) -> tuple[Schema, str]:
    """Return the schemas at `place` with a service file exchanged, and the service."""
    service = service_in(content)
    if not service:
        what = "a folder of schemas, a service file or a revision"
        raise InputError(f"{name}: no schema: it has no line 'service:': name {what}")
    expected = expected_file(service)
    path = f"{_SERVICES}/{expected}"
    # The loader wants a file to have the name of its service, as it would have in the folder.
    shown = name if PurePosixPath(name).name == expected else f"{name}:{path}"
    return _load(Overlaid(place, path, content, shown)), service


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
        place = Memory(repository.files(name), f"{word.label}:{path}")
        return Reading(Version(word.name, _load(place), f"{word.label}:", "", home.own))
    content = repository.content(name)
    schema, service = _read_blob(word, path, content, home)
    return Reading(Version(word.name, schema, f"{word.label}:", "", home.own), service)


def _read_blob(word: AtCommit, path: str, content: bytes, home: Home) -> tuple[Schema, str]:
    shown = f"{word.label}:{path}"
    pure = PurePosixPath(path)
    if pure.suffix in READERS:
        return READERS[pure.suffix](content, shown), ""
    repository = home.repository
    assert repository is not None
    above = pure.parent.parent if pure.parent.name == _SERVICES else pure.parent
    inner = "" if str(above) == "." else str(above)
    mark = repository.tree(word.commit, f"{inner}/{_MARK}".lstrip("/"))
    folder = repository.tree(word.commit, inner)
    if mark is None or folder is None:
        return read_alone(content, shown, Disk(home.schemas))
    place = Memory(repository.files(folder), f"{word.label}:{inner}")
    return _load(place), service_in(content) if pure.parent.name == _SERVICES else ""


def _from_top(schemas: Path, repository: Repository) -> str:
    absolute, top = schemas.resolve(), repository.top.resolve()
    if not absolute.is_relative_to(top):
        raise InputError(
            f"{schemas}: is not in the repository {top}: name the folder in it with --schemas, or "
            "as REV:PATH"
        )
    path = absolute.relative_to(top).as_posix()
    return "" if path == "." else path


def _load(place: Place) -> Schema:
    try:
        return load_sources(place, may_be_empty=True)
    except SchemaError as error:
        raise InputError(error.explain("nothing was compared")) from error
