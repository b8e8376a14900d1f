"""Import a rendered package from memory, as often as there are versions of it.

Nothing is written to disk, no other module can see the package by accident (its name is private and
used once), and nothing of it is left in `sys.modules` when its context ends.

A module is executed when it is first asked for, and compiled once however many versions have it.
The package's own ``__init__`` is read, not executed: executing it would import every service.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property, lru_cache
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from itertools import count
from types import ModuleType
from typing import Any

from ..code.compiled import compiled

Files = Mapping[str, bytes]
"""A rendered package: its files by their paths in it."""

INIT = "__init__.py"
_SUFFIX = ".py"
_numbers = count(1)


class Package:
    """A package in memory; its modules are imported as they are needed."""

    def __init__(self, name: str, files: Files, import_name: str) -> None:
        self.import_name = import_name
        self._name = name
        self._files = files

    def find(self, attribute: str) -> Any:
        """Return what the package exports as `attribute`, None if it exports no such thing."""
        module = self._exports.get(attribute)
        return None if module is None else getattr(self.module(module), attribute)

    def module(self, name: str) -> ModuleType:
        """Return the module `name` of the package."""
        return import_module(f"{self._name}.{name}")

    def sources(self, attribute: str) -> Files:
        """Return the modules that what is exported as `attribute` is made of."""
        module = self._exports.get(attribute)
        found: dict[str, bytes] = {}
        waiting = [] if module is None else [module]
        while waiting:
            file = f"{waiting.pop()}{_SUFFIX}"
            if file in self._files and file not in found:
                found[file] = self._files[file]
                waiting += _needed(file, found[file])
        return found

    @cached_property
    def _exports(self) -> Mapping[str, str]:
        return {
            alias.asname or alias.name: node.module
            for node in ast.parse(self._files[INIT]).body
            if isinstance(node, ast.ImportFrom) and node.level == 1 and node.module
            for alias in node.names
        }


@contextmanager
def imported(files: Files, import_name: str = "dimse_primitives") -> Iterator[Package]:
    """Give a rendered package for as long as the context lasts.

    Parameters
    ----------
    files : mapping of str to bytes
        What `render.render_package` returns.
    import_name : str, optional
        What its users import it as.
    """
    name = f"_dimsegen_witness_{next(_numbers)}"
    finder = _Finder(name, files)
    sys.meta_path.append(finder)
    try:
        yield Package(name, files, import_name)
    finally:
        sys.meta_path.remove(finder)
        for loaded in [each for each in sys.modules if each.split(".")[0] == name]:
            del sys.modules[loaded]


class _Finder(MetaPathFinder, Loader):
    """Finds and loads the modules of one package."""

    def __init__(self, package: str, files: Files) -> None:
        self._package = package
        self._files = files

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,
        target: ModuleType | None = None,
    ) -> ModuleSpec | None:
        file = self._file(fullname)
        if file is None:
            return None
        return ModuleSpec(fullname, self, is_package=file.endswith(INIT))

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        file = self._file(module.__name__)
        if file is not None and file != INIT:
            exec(compiled(file, self._files[file]), module.__dict__)

    def _file(self, fullname: str) -> str | None:
        """Return the path of a module in the package, None if it is not one of its modules."""
        package, *parts = fullname.split(".")
        if package != self._package:
            return None
        path = "/".join(parts)
        inside = f"{path}/{INIT}" if path else INIT
        return next((file for file in (inside, f"{path}{_SUFFIX}") if file in self._files), None)


@lru_cache(maxsize=256)
def _needed(file: str, source: bytes) -> tuple[str, ...]:
    """Return the modules beside it that a module imports from."""
    tree = ast.parse(source, file).body
    imports = [node for node in tree if isinstance(node, ast.ImportFrom) and node.level == 1]
    return tuple(node.module for node in imports if node.module)
