"""The families of tables that there are: every folder here with a module `family`.

Each holds a `FAMILY`, which says what is peculiar to one part of the standard. Its other modules
are steps; the same step has the same name in every family, and common rooms ask for it by that
name. No family is named outside of its folder, so that a new one has but to be here.

    loader             load_schema(folder): what a folder of schemas says
    documents          DOCUMENTS: the shapes of its files
    requests           parameters_of_requests(schema): what tables of other families name
    agreement          disagreements(schema, requests): what it names, and no request has
    form               read_folder, read_file, shapes_for, width_for, RULES: what `fmt` writes
    package            render_package(schema, templates), contents(schema): the generated code
    pages              pages_of(schema, package): the reference pages
    explored           explored(schema, package): what the explorer shows beside the matrices
    lint               review(folder), RULES: what a reviewer objects to
    matrices           shown(schema): the tables that `show` prints
    explain.catalogue  entries(): every rule that is reported of its tables
    explain.answer     answer(words, schema, templates), names_of(schema): what `explain` says
    comparison         compared(proof, old, new), counts(schema), NOTHING: what `diff` reports
    docbook            PARTS, verify_book(book, schema): what `verify` finds in the standard itself
    edition_pages      pages(folder, schema): how editions differ
    interchange        FORM: its model as a document for other languages

Only `documents` and `loader` does every family have; what has no `comparison` is not compared. That
asks of `loader` for load_sources(place, may_be_empty), item_in(content), path_of(item) and
item_at(path, content) too, and for `package`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from .data import folder_of
from .reading.extending import PACKAGE_FILE, base_of
from .table.usage import Usage

# A file is in a folder of schemas, in that of a family, or in one within that.
_DEEPEST = 3
_HERE = Path(__file__).parent
# Where NEMA publishes the parts as pages.
PUBLISHED = "https://dicom.nema.org/medical/dicom/current/output/html"


@dataclass(frozen=True, eq=False)
class Family:
    """What common rooms need to know of a family before they ask for a step.

    Attributes
    ----------
    name : str
        Its folder, e.g. ``dimse``.
    part, document, page : str
        The part of the standard as it is cited, as NEMA publishes it in DocBook and as a page:
        ``PS3.7``, ``part07.xml`` and ``part07.html``.
    base : str
        The class that the generated ones derive from.
    legend : mapping of str to str
        What the codes in the cells of its tables mean, as printed.
    usages : tuple of Usage
        Those codes.
    folder : str
        Where its files are in a folder of schemas, e.g. ``upper_layer``; empty for the folder
        itself.
    file : str
        The file by which a folder of schemas is known to have tables of the family, where those
        have no folder of their own.
    is_laid_over : bool
        Whether a folder that extends the standard may have some of its files, and parts of them;
        else it has all of them, or none.
    """

    name: str
    part: str
    document: str
    page: str
    base: str
    legend: Mapping[str, str]
    usages: tuple[Usage, ...]
    folder: str = ""
    file: str = ""
    is_laid_over: bool = False

    @property
    def marker(self) -> str:
        """What a folder of schemas has if it has tables of the family."""
        return self.folder or self.file

    def cited(self, section: str, table: str = "") -> str:
        """Return where something is printed: ``PS3.8 9.3.2, Table 9-11``.

        A section may come after the document that has it, where that is another one.
        """
        where = section if " " in section else f"{self.part} {section}"
        return f"{where}, Table {table}" if table else where

    def table_address(self, table: str) -> str:
        """Return where a table of the part is published."""
        return f"{PUBLISHED}/{self.page}#table_{table}"

    @property
    def documents(self) -> str:
        """What files of editions of the part are called: ``part07*.xml``."""
        return self.document.replace(".", "*.", 1)

    def editions_in(self, folder: Path) -> list[Path]:
        """Return the editions of the part in `folder` and below."""
        return sorted(folder.rglob(self.documents))

    def is_in(self, schemas: Path) -> bool:
        """Return whether the folder `schemas` has tables of the family."""
        return (schemas / self.marker).exists()

    def has(self, step: str) -> bool:
        """Return whether the family has a module of that name."""
        try:
            return find_spec(f"{__package__}.{self.name}.{step}") is not None
        except ModuleNotFoundError:
            return False  # the room that it would be in is missing

    def step(self, step: str) -> Any:
        """Return the module of that name; what it holds, its own docstring says."""
        return import_module(f"{__package__}.{self.name}.{step}")


@cache
def families() -> tuple[Family, ...]:
    """Return every family, by name."""
    names = sorted(path.parent.name for path in _HERE.glob("*/family.py"))
    return tuple(import_module(f"{__package__}.{name}.family").FAMILY for name in names)


@cache
def marks() -> tuple[str, ...]:
    """Return the files by which a folder of schemas is known; one suffices.

    One that extends the standard may have nothing but what says so.
    """
    return (*(each.file for each in families() if each.file), PACKAGE_FILE)


def is_schemas(folder: Path) -> bool:
    """Return whether `folder` is one of schemas."""
    return any((folder / mark).is_file() for mark in marks())


def near_folder(file: str, otherwise: Path) -> Path:
    """Return the folder of schemas that a file of a family lies in; `otherwise` if in none."""
    found = (each for each in Path(file).parents[:_DEEPEST] if is_schemas(each))
    return next(found, otherwise)


def families_in(
    schemas: Path, step: str = "loader", *, extends: bool = False
) -> tuple[Family, ...]:
    """Return the families that have `step` and that the folder `schemas` has tables of.

    One that extends the standard, because it says so or `extends` does, has those of the standard.
    Where it has none, the one whose tables stand in the folder itself is to say what is missing.
    """
    able = [each for each in families() if each.has(step)]
    # What the folder itself holds comes first, so that others may add to it.
    able.sort(key=lambda each: each.folder)
    base = base_folder(schemas, extends=extends)
    found = (each for each in able if each.is_in(schemas) or (base and each.is_in(base)))
    return tuple(found) or tuple(able[:1])


def folder_with(family: Family, schemas: Path, *, extends: bool = False) -> Path:
    """Return the folder that has the tables of `family`: `schemas`, or the one it extends."""
    if family.is_laid_over or family.is_in(schemas):
        return schemas
    return base_folder(schemas, extends=extends) or schemas


def base_folder(schemas: Path, *, extends: bool = False) -> Path | None:
    """Return the folder of the standard tables if `schemas` extends it."""
    standard = folder_of("schemas")
    return standard if base_of(schemas, standard, extends=extends) else None


def family_of(path: Path) -> Family:
    """Return the family whose file `path` is: that of the innermost folder that is a family's."""
    by_folder = {each.folder: each for each in families()}
    inside = [by_folder[name] for name in path.absolute().parts[:-1] if name in by_folder]
    return inside[-1] if inside else by_folder[""]
