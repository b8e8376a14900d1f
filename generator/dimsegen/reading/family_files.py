"""The files of a family of tables, read in every way in which commands ask for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from ..data import folder_of
from .documents_of import Documents, load, load_completed, sources_of
from .extending import base_of
from .places import Place
from .problems import Report
from .shapes import Record
from .sources import Source

T = TypeVar("T")


@dataclass(frozen=True)
class FamilyFiles(Generic[T]):
    """Where the files of a family are, their shapes, and what makes its model of them.

    Attributes
    ----------
    kinds, shapes, build
        As `documents_of.load` takes them.
    rules, advice : mapping of str to str
        What is said of a mistake, beside what is said of every family.
    """

    kinds: Mapping[str, str]
    shapes: Mapping[str, Record]
    rules: Mapping[str, str]
    advice: Mapping[str, str]
    build: Callable[[Documents, Report], T | None]

    def load_schema(self, schemas: Path | Place, *, extends: bool = False) -> T:
        """Return what the folder `schemas` says.

        Parameters
        ----------
        schemas : pathlib.Path or Place
            The folder of schemas.
        extends : bool, optional
            Whether it extends the standard though it does not say so.

        Raises
        ------
        SchemaError
            If anything is wrong; it has every problem with its file, line and column.
        """
        base = base_of(schemas, folder_of("schemas"), extends=extends)
        return load(schemas, self.kinds, self.shapes, self._report(), self.build, base)

    def load_completed(self, place: Place, today: Place) -> tuple[T, tuple[str, ...]]:
        """Read older schemas, with the words that they lack taken from `today`; list these."""
        return load_completed(place, self.kinds, self.shapes, self._report(), self.build, today)

    def load_sources(self, place: Place, *, may_be_empty: bool = False, extends: bool = False) -> T:
        """Return what the folder of schemas at `place` says, whole in any case."""
        del may_be_empty
        return self.load_schema(place, extends=extends)

    def read_folder(
        self, schemas: Path | Place, report: Report, *, extends: bool = False
    ) -> tuple[Source, ...]:
        """Return the files in the folder `schemas`; one that extends the standard may lack any."""
        is_partial = base_of(schemas, folder_of("schemas"), extends=extends) is not None
        found = sources_of(schemas, self.kinds, report, may_lack=extends or is_partial)
        return tuple(source for _, source in found)

    def _report(self) -> Report:
        return Report(self.rules, self.advice)
