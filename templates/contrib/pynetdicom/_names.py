"""Put objects in place of others wherever modules have bound them.

Invariant: an object is replaced where it is bound to a global name of a module, and where it is a
key or a value of a dictionary that is bound to a global name of pynetdicom. Replacing the other way
round undoes it, in modules that were imported in between as well; dictionaries keep their order.
That takes new objects that nobody else has: the native classes are none.

This file is copied as it is from `templates/contrib/pynetdicom/_names.py`. Do not edit the copy.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from types import ModuleType
from typing import Any

_LIBRARY = "pynetdicom"
# Its modules have the new objects by themselves, and keep them.
_SELF = __name__.partition(".")[0]


class Replacement:
    """What takes the place of what: identity decides, for objects and their names.

    Parameters
    ----------
    pairs : mapping of str to (object, object)
        The old and the new object by the name that they are bound to.
    """

    def __init__(self, pairs: Mapping[str, tuple[object, object]]) -> None:
        self._pairs = dict(pairs)
        # Equal strings may be one object; what else is identical is the same thing.
        self._new = {id(old): new for old, new in pairs.values() if not isinstance(old, str)}

    def reversed(self) -> Replacement:
        """Return the replacement that undoes this one."""
        return Replacement({name: (new, old) for name, (old, new) in self._pairs.items()})

    def apply(self) -> None:
        """Replace, in every module there is."""
        dictionaries: dict[int, dict[Any, Any]] = {}
        for module in _modules():
            names = vars(module)
            for name, (old, new) in self._pairs.items():
                if names.get(name) is old:
                    names[name] = new
            self._renamed(names)
            if module.__name__.partition(".")[0] == _LIBRARY:
                values = list(names.values())
                dictionaries |= {id(value): value for value in values if type(value) is dict}
        for each in dictionaries.values():
            self._in_dictionary(each)

    def _renamed(self, names: dict[str, Any]) -> None:
        """Replace what ``import … as`` bound to another name."""
        if not self._is_among(list(names.values())):
            return
        for name, value in list(names.items()):
            if id(value) in self._new:
                names[name] = self._new[id(value)]

    def _in_dictionary(self, entries: dict[Any, Any]) -> None:
        # Hardly any of them is concerned, and some have thousands of entries.
        if self._is_among(entries) or self._is_among(entries.values()):
            changed = [(self._of(key), self._of(value)) for key, value in entries.items()]
            entries.clear()
            entries.update(changed)

    def _is_among(self, objects: Iterable[object]) -> bool:
        return not self._new.keys().isdisjoint(map(id, objects))

    def _of(self, value: object) -> object:
        return self._new.get(id(value), value)


def _modules() -> Iterator[ModuleType]:
    for name, module in list(sys.modules.items()):
        if isinstance(module, ModuleType) and name.partition(".")[0] != _SELF:
            yield module
