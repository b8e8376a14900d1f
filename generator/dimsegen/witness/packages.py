"""Import a rendered package from memory, as often as there are versions of it.

Nothing is written to disk, no other module can see the package by accident (its name is private and
used once), and nothing of it is left in `sys.modules` when its context ends.

A module is executed when it is first asked for, and once however many versions have it and all that
it imports (`shared`). The package's own ``__init__`` is read, not executed: executing it would
import every service.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from itertools import count
from types import ModuleType
from typing import Any

from . import shared
from .shared import INIT, SUFFIX, Texts

Files = Mapping[str, bytes]
"""A rendered package: its files by their paths in it."""

_PREFIX = "_dimsegen_witness_"
_numbers = count(1)


class Package:
    """A package in memory; its modules are imported as they are needed."""

    def __init__(self, name: str, files: Files, import_name: str) -> None:
        self.import_name = import_name
        self._name = name
        self._files = files
        self._exports = _exported(files[INIT]) if INIT in files else {}

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
            file = f"{waiting.pop()}{SUFFIX}"
            if file in self._files and file not in found:
                found[file] = self._files[file]
                waiting += _needed(file, found[file])
        return found


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
    name = f"{_PREFIX}{next(_numbers)}"
    finder = _Finder(name, files)
    sys.meta_path.append(finder)
    try:
        yield Package(name, files, import_name)
    finally:
        sys.meta_path.remove(finder)
        finder.forget()


class _Finder(MetaPathFinder, Loader):
    """Finds and loads the modules of one package.

    A module that an earlier package has executed keeps its name, and so does what that imports only
    when it is called: the finder answers to both names, once that package is gone.
    """

    def __init__(self, package: str, files: Files) -> None:
        self._package = package
        self._names = {package}
        self._texts = Texts(files)
        self._modules: dict[str, ModuleType] = {}
        self._executing = 0
        self._executed: list[str] = []

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,
        target: ModuleType | None = None,
    ) -> ModuleSpec | None:
        file = self._file(fullname)
        if file is None or self._is_of_another(fullname):
            return None
        return ModuleSpec(fullname, self, is_package=file.endswith(INIT))

    def _is_of_another(self, fullname: str) -> bool:
        """Return whether the package that has given a name is there to answer to it itself."""
        package = fullname.partition(".")[0]
        return package != self._package and any(
            isinstance(each, _Finder) and each._package == package for each in sys.meta_path
        )

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        file = self._file(module.__name__)
        if file is None or file == INIT:
            return
        found = self._modules.get(file) or self._shared(file)
        if found is None:
            self._execute(file, module)
        else:
            # The import takes what it finds there for what it has loaded.
            sys.modules[module.__name__] = found

    def forget(self) -> None:
        """Remove what only this package has imported."""
        others = [each for each in sys.meta_path if isinstance(each, _Finder)]
        names = self._names.difference(*(each._names for each in others))
        for loaded in [each for each in sys.modules if each.startswith(_PREFIX)]:
            if loaded.partition(".")[0] in names:
                del sys.modules[loaded]
        if not others:
            shared.forget_if_many()

    def _shared(self, file: str) -> ModuleType | None:
        """Return the module if another package has executed it."""
        found = shared.known(self._texts.key(file))
        if found is not None:
            self._modules[file] = sys.modules[found.__name__] = found
            self._names.add(found.__name__.partition(".")[0])
        return found

    def _execute(self, file: str, module: ModuleType) -> None:
        self._modules[file] = module
        self._executing += 1
        try:
            self._texts.execute(file, module)
        except BaseException:
            # What has imported it is not to be had by others.
            del self._modules[file]
            self._executed.clear()
            raise
        finally:
            self._executing -= 1
        self._executed.append(file)
        if not self._executing:
            for each in self._executed:
                shared.keep(self._texts.key(each), self._modules[each])
            self._executed.clear()

    def _file(self, fullname: str) -> str | None:
        """Return the path of a module in the package, None if it is not one of its modules."""
        package, *parts = fullname.split(".")
        return self._texts.find("/".join(parts)) if package in self._names else None


@lru_cache(maxsize=16)
def _exported(source: bytes) -> Mapping[str, str]:
    """Return the modules that the ``__init__`` of a package has its names from."""
    return {
        alias.asname or alias.name: node.module
        for node in ast.parse(source).body
        if isinstance(node, ast.ImportFrom) and node.level == 1 and node.module
        for alias in node.names
    }


@lru_cache(maxsize=256)
def _needed(file: str, source: bytes) -> tuple[str, ...]:
    """Return the modules beside it that a module imports from."""
    tree = ast.parse(source, file).body
    imports = [node for node in tree if isinstance(node, ast.ImportFrom) and node.level == 1]
    return tuple(node.module for node in imports if node.module)
