"""Modules that packages have in common are executed once.

Two versions differ in a few modules. A module is the same object in every package in which it and
all that it imports, however indirectly, have the same text: nothing else decides what it does. One
that asks for others by a name that it makes up is never shared, nor is what imports it. Nothing is
of a package in which a class knows what derives from it: those are of modules that import it.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Mapping
from functools import lru_cache
from types import ModuleType

from ..code.compiled import compiled

INIT = "__init__.py"
SUFFIX = ".py"
_RELATIVE = re.compile(rb"\bfrom\s+(\.+)\s*([\w.]*)\s+import\s*(\([^()]*\)|[^\n(]*)")
_BY_NAME = re.compile(rb"\b(?:import_module|__import__)\b")
_HEIRS = (b"__subclasses__", b"__init_subclass__")
_CONTINUED = re.compile(rb"\\\r?\n")
# Those of the standard are some 150. They are dropped together, when nobody uses any, so that what
# one of them has imported is always what others get.
_MOST = 256
_MODULES: dict[Hashable, ModuleType] = {}
_NUMBERS: dict[tuple[str, bytes], int] = {}


def known(key: Hashable) -> ModuleType | None:
    """Return the module that has been executed for `key`, None if none has."""
    return None if key is None else _MODULES.get(key)


def keep(key: Hashable, module: ModuleType) -> None:
    """Keep a module for the packages that have it, too, unless `key` is None."""
    if key is not None:
        _MODULES.setdefault(key, module)


def forget_if_many() -> None:
    """Drop all modules if they are many; no package may be in use."""
    if len(_MODULES) > _MOST:
        _MODULES.clear()
        _NUMBERS.clear()


class Texts:
    """The modules of a package as texts, and which of them make up another.

    Parameters
    ----------
    files : mapping of str to bytes
        The files of the package by their paths in it.
    """

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = files
        self._needed: dict[str, frozenset[str] | None] = {}
        self._has_heirs = any(each in text for text in files.values() for each in _HEIRS)

    def find(self, path: str) -> str | None:
        """Return the file of the module at `path`, e.g. ``upper_layer/_pdu``; None if none is."""
        inside = f"{path}/{INIT}" if path else INIT
        return next((file for file in (inside, f"{path}{SUFFIX}") if file in self._files), None)

    def execute(self, file: str, module: ModuleType) -> None:
        """Execute the text of a file as `module`."""
        exec(compiled(file, self._files[file]), module.__dict__)

    def key(self, file: str) -> Hashable:
        """Return all that decides what a module does; None if that cannot be told."""
        if self._has_heirs:
            return None
        found: set[str] = set()
        waiting = [file]
        while waiting:
            each = waiting.pop()
            if each in found:
                continue
            found.add(each)
            needed = self._imports(each)
            if needed is None:
                return None
            waiting += needed
        return file, frozenset(self._number(each) for each in found)

    def _number(self, file: str) -> int:
        """Return a number for a text, so that long ones are compared once."""
        return _NUMBERS.setdefault((file, self._files[file]), len(_NUMBERS))

    def _imports(self, file: str) -> frozenset[str] | None:
        if file not in self._needed:
            written = _relative_imports(self._files[file])
            self._needed[file] = None if written is None else frozenset(self._found(file, written))
        return self._needed[file]

    def _found(
        self, file: str, written: tuple[tuple[int, str, tuple[str, ...]], ...]
    ) -> Iterator[str]:
        """Yield the files that make up what a module imports; the root executes none."""
        folders = file.split("/")[:-1]
        for level, name, words in written:
            parts = folders[: len(folders) - level + 1]
            inner = name.split(".") if name else []
            paths = ["/".join([*parts, *inner[:count]]) for count in range(len(inner) + 1)]
            paths += [f"{paths[-1]}/{word}".lstrip("/") for word in words]
            yield from (found for path in paths if path and (found := self.find(path)))


@lru_cache(maxsize=512)
def _relative_imports(source: bytes) -> tuple[tuple[int, str, tuple[str, ...]], ...] | None:
    """Return level, module and names of all that may be relative imports; None if more may be."""
    if _BY_NAME.search(source):
        return None
    found = []
    for dots, name, words in _RELATIVE.findall(_CONTINUED.sub(b" ", source)):
        if b"#" in words or not words.strip():
            return None
        names = re.findall(r"\w+", words.decode("utf-8", "replace"))
        found.append((len(dots), name.decode("utf-8", "replace"), tuple(names)))
    return tuple(found)
