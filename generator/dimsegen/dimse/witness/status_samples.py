"""Status codes to try: one for each way in which a schema can tell codes apart.

Two codes that every set of both versions treats alike are represented once, by the simplest of
them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from ...table.condition import StatusIn, parts_of
from ...table.status_codes import ALL_CODES, blocks, difference, show, union
from ..model import StatusType
from .scope import Face, Scope


def every_kind(scope: Scope) -> tuple[int, ...]:
    """Return a code from every block of codes that a version names, and from outside of them."""
    return _every_kind(_sets(scope))


def representatives(scope: Scope) -> tuple[int, ...]:
    """Return one code of each kind that some set of a version tells from the others."""
    return _representatives(_sets(scope))


@lru_cache(maxsize=64)  # every case of a primitive asks for the same
def _every_kind(sets: tuple[frozenset[int], ...]) -> tuple[int, ...]:
    outside = difference(ALL_CODES, union(*sets))
    return tuple(sorted({code for codes in (*sets, outside) for code in _examples(codes)}))


@lru_cache(maxsize=64)
def _representatives(sets: tuple[frozenset[int], ...]) -> tuple[int, ...]:
    kinds: dict[tuple[bool, ...], int] = {}
    for code in _every_kind(sets):
        kinds.setdefault(tuple(code in codes for codes in sets), code)
    return tuple(sorted(kinds.values()))


def codes_named(scope: Scope, text: str) -> frozenset[int]:
    """Return the codes of the status types that `text` names, as findings name them."""
    named = (each.codes for each in _types(scope) if text in _names(each))
    return frozenset[int]().union(*named)


def examples(codes: frozenset[int]) -> tuple[int, ...]:
    """Return the first code of each block of `codes`."""
    return tuple(sorted(_examples(codes)))


def _names(status: StatusType) -> tuple[str, ...]:
    codes = show(status.codes)
    return codes, status.name, f"{status.name} ({codes})"


def _types(scope: Scope) -> Iterator[StatusType]:
    for face in scope.faces:
        yield from face.primitive.types


def _sets(scope: Scope) -> tuple[frozenset[int], ...]:
    return tuple(dict.fromkeys(codes for face in scope.faces for codes in _of(face)))


def _of(face: Face) -> Iterator[frozenset[int]]:
    """Yield every set of codes that the rules of a direction refer to."""
    for status in face.primitive.types:
        yield status.codes
        yield status.status_class.codes
    yield union(*(status.codes for status in face.primitive.statuses))
    yield from face.primitive.permitted.values()
    for row in face.primitive.rows:
        for condition in row.conditions.values():
            parts = parts_of(condition)
            yield from (part.codes for part in parts if isinstance(part, StatusIn))


def _examples(codes: frozenset[int]) -> Iterator[int]:
    for block in blocks(codes):
        yield next(
            code
            for code in range(block.prefix << block.shift, (block.prefix + 1) << block.shift)
            if code not in block.missing
        )
        yield from block.missing
