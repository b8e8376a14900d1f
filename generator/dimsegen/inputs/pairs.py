"""Find and read the two schemas that are to be compared: `[OLD] [NEW]`.

Either both are read, with names that tell a reader what was compared, or `InputError` says why not
and what to do. Nothing is ever compared with itself unnoticed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from ..families import families, is_schemas
from ..reading.places import Disk
from ..sets.report import Version
from .errors import InputError
from .git import find_repository
from .named import read_words
from .readings import Reading, only
from .versions import Home, read, read_alone, schemas_folder

__all__ = [
    "InputError",
    "committed_files",
    "only",
    "read_versions",
    "version_of_file",
    "working_schemas",
]


def read_versions(
    words: Sequence[str], schemas: Path | None = None, *, extends: bool = False
) -> tuple[Version, Version]:
    """Return the old and the new version.

    Parameters
    ----------
    words : sequence of str
        None, one or both of OLD and NEW.
    schemas : pathlib.Path, optional
        The folder of schemas of the working tree; found from the working folder upwards by default.
    extends : bool, optional
        Whether folders extend the standard though they do not say so.

    Raises
    ------
    InputError
        If a word names nothing, what it names is not here, or a schema does not load.
    """
    folder = Path.cwd()
    repository = find_repository(folder)
    old, new = read_words(words, folder, repository)
    home = Home(repository, schemas_folder(schemas, folder, repository), extends)
    before, after = _checked(words, read(old, home), home), read(new, home)
    if not any(_contents(each.version) for each in (before, after)):
        names = f"{before.version.name}, {after.version.name}"
        raise InputError(f"{names}: no services in either: name the folders that have them")
    return _of_the_same(before, after)


def _checked(words: Sequence[str], old: Reading, home: Home) -> Reading:
    """Return `old`, unless it is the working tree, with which it would be compared."""
    schemas = home.schemas.resolve()
    if len(words) == 1 and old.origin and old.origin.is_relative_to(schemas):
        raise InputError(
            f"{words[0]}: is what it would be compared with: name a revision or another folder "
            "before it, or nothing for the changes since the default branch"
        )
    return old


def _contents(version: Version) -> int:
    """Return how much there is to compare."""
    return sum(
        number
        for family in families()
        if family.name in version.tables
        for number, _ in family.step("comparison").counts(version.tables[family.name])
    )


def _of_the_same(old: Reading, new: Reading) -> tuple[Version, Version]:
    """Return both versions; where one is a file, with what such files are about only."""
    asked = [reading for reading in (old, new) if reading.family]
    if not asked:
        return old.version, new.version
    family, others = asked[0].family, asked[0].others
    assert family is not None, "it was asked for"
    # An annex that only one of two editions has would pass for new, or for gone.
    others = tuple(
        each for each in others if all(each.name in r.version.tables for r in (old, new))
    )
    items = {reading.item for reading in (old, new) if reading.item}
    before, after = (only(each.version, family, items, others) for each in (old, new))
    return before, after


def working_schemas() -> Path:
    """Return the folder of schemas of the working tree, as it is found from here.

    Raises
    ------
    InputError
        If git does not want to read the repository here.
    """
    folder = Path.cwd()
    return schemas_folder(None, folder, find_repository(folder))


def version_of_file(path: str, content: bytes) -> Version:
    """Return the service in a file that has another content, among the schemas of the working tree.

    Parameters
    ----------
    path : str
        Where the file is, from the root of the repository.
    content : bytes
        What it is to hold.

    Raises
    ------
    InputError
        If it is no service file, or does not load beside the others.
    """
    folder = Path.cwd()
    repository = find_repository(folder)
    top = repository.top if repository else folder
    near = next((each for each in (top / path).parents if is_schemas(each)), None)
    schemas = near or schemas_folder(None, folder, repository)
    tables = read_alone(content, path, Disk(schemas))
    assert tables.family is not None, "what is read alone is of one family"
    return only(tables.reading(Version(path, None)).version, tables.family, {tables.item})


def committed_files(version: Version, folder: Path) -> Mapping[str, bytes] | None:
    """Return what the commit that `version` is read from has in `folder`, None if it has none.

    Raises
    ------
    InputError
        If a file is not here, as in a partial clone.
    """
    repository = find_repository(Path.cwd())
    if repository is None or not version.prefix:
        return None
    top = repository.top.resolve()
    absolute = (top / folder).resolve()
    commit = repository.commit(version.prefix.removesuffix(":"))
    if commit is None or not absolute.is_relative_to(top):
        return None
    tree = repository.tree(commit, absolute.relative_to(top).as_posix())
    return repository.files(tree) if tree else None
