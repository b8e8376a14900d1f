"""Put objects in place of others wherever modules have bound them.

Invariant: an object is replaced where it is bound to a global name of a module, and where it is a
key or a value of a dictionary that is bound to a global name of pynetdicom. Replacing the other way
round undoes it, in modules that were imported in between as well; dictionaries keep their order.

This file is copied as it is from `templates/contrib/pynetdicom/_names.py`. Do not edit the copy.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from types import ModuleType
from typing import Any

_LIBRARY = "pynetdicom"
# Its modules have the new objects by themselves, and keep them.
_SELF = __name__.partition(".")[0]

_NONE: AbstractSet[tuple[str, str]] = frozenset()


class Replacement:
    """What takes the place of what: identity decides, for objects and their names.

    Parameters
    ----------
    pairs : mapping of str to (object, object)
        The old and the new object by the name that they are bound to.
    kept : set of (str, str), optional
        Modules and names that are left as they are.
    """

    def __init__(
        self, pairs: Mapping[str, tuple[object, object]], kept: AbstractSet[tuple[str, str]] = _NONE
    ) -> None:
        self._pairs = dict(pairs)
        self._kept = kept
        self._native: set[tuple[str, str]] = set()
        # Equal strings may be one object; what else is identical is the same thing.
        self._new = {id(old): new for old, new in pairs.values() if not isinstance(old, str)}

    def reversed(self) -> Replacement:
        """Return the replacement that undoes this one."""
        pairs = {name: (new, old) for name, (old, new) in self._pairs.items()}
        # Who had the new object before it was put in place has it afterwards, too.
        return Replacement(pairs, self._native)

    def apply(self) -> None:
        """Replace, in every module there is."""
        new = {id(each) for each in self._new.values()}
        for module in _modules():
            names = vars(module)
            own = {name for name, value in list(names.items()) if id(value) in new}
            self._native |= {(module.__name__, name) for name in own}
            for name, (old, replacing) in self._pairs.items():
                if names.get(name) is old and (module.__name__, name) not in self._kept:
                    names[name] = replacing
            self._renamed(module.__name__, names)
            if module.__name__.partition(".")[0] == _LIBRARY:
                for value in list(names.values()):
                    if type(value) is dict:
                        self._in_dictionary(value)

    def _renamed(self, module: str, names: dict[str, Any]) -> None:
        """Replace what ``import … as`` bound to another name."""
        for name, value in list(names.items()):
            if id(value) in self._new and (module, name) not in self._kept:
                names[name] = self._new[id(value)]

    def _in_dictionary(self, entries: dict[Any, Any]) -> None:
        changed = [(self._of(key), self._of(value)) for key, value in entries.items()]
        if any(
            key is not old_key or value is not old_value
            for (key, value), (old_key, old_value) in zip(changed, entries.items(), strict=True)
        ):
            entries.clear()
            entries.update(changed)

    def _of(self, value: object) -> object:
        return self._new.get(id(value), value)


def _modules() -> Iterator[ModuleType]:
    for name, module in list(sys.modules.items()):
        if isinstance(module, ModuleType) and name.partition(".")[0] != _SELF:
            yield module
