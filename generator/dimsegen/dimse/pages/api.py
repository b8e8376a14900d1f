"""What the package exports, each name with the directive that documents it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ...witness.packages import Package


@dataclass(frozen=True)
class Exported:
    """A name: how Sphinx documents it, and whether a page of its own does."""

    name: str
    directive: str
    is_described: bool
    options: tuple[str, ...]


def exported(
    names: Sequence[str], described: Collection[str], package: Package
) -> tuple[Exported, ...]:
    """Return the names that `package` exports.

    Parameters
    ----------
    names : sequence of str
        The names.
    described : collection of str
        Those that have a page of their own.
    package : Package
        The package.
    """
    return tuple(_exported(name, package.find(name), name in described) for name in names)


def _exported(name: str, thing: object, is_described: bool) -> Exported:
    if isinstance(thing, type):
        directive = "autoexception" if issubclass(thing, Exception) else "autoclass"
        return Exported(name, directive, is_described, (":members:", ":show-inheritance:"))
    return Exported(name, "autofunction" if callable(thing) else "autodata", is_described, ())
