"""A pytest plugin: put our classes in place, and write down what was in use.

Invariant: every process that runs a test (each worker of xdist is one) leaves a report of its own,
and an object of one of pynetdicom's own classes cannot be made without showing in it.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
import yaml
from dimse_primitives.contrib import pynetdicom as standin
from dimse_primitives.contrib.pynetdicom import _adapter, _primitives
from pynetdicom import dimse_primitives
from pynetdicom.dimse_messages import DIMSEMessage

REPORTS = Path(os.environ["SUITE_REPORTS"])
CODEC = os.environ["SUITE_CODEC"] == "1"
DIFFERENCES = Path(os.environ["SUITE_DIFFERENCES"])
NAMES = frozenset(adapter.__name__ for adapter in _primitives.ADAPTERS)

_made: Counter[str] = Counter()
_stock: Counter[str] = Counter()
_failed: list[str] = []
_ran: Counter[str] = Counter()


def pytest_configure() -> None:
    for name in NAMES:
        _watch(getattr(dimse_primitives, name))
    _count()
    standin.install(codec=CODEC)


def _watch(stock: Any) -> None:
    """Count the objects that are made of a class that ought not to be in use."""

    def made(cls: Any, *_: object, **__: object) -> Any:
        _stock[cls.__name__] += 1
        return object.__new__(cls)

    stock.__new__ = made


def _count() -> None:
    """Count the objects that are made of our classes."""
    adapter: Any = _adapter.Adapter
    make, copy = adapter.__init__, adapter.of.__func__

    def made(self: Any, **values: Any) -> None:
        _made[type(self).__name__] += 1
        make(self, **values)

    def copied(cls: Any, native: Any) -> Any:
        _made[cls.__name__] += 1
        return copy(cls, native)

    adapter.__init__ = made
    adapter.of = classmethod(copied)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    entries = yaml.safe_load(DIFFERENCES.read_text(encoding="utf-8"))
    tests = {name_of(item): item for item in items}
    collected = {item.path.stem for item in items}
    for entry in entries:
        item = tests.get(entry["test"])
        if item is not None:
            reason = f"defect {entry['defect']}: {entry['reason']}"
            item.add_marker(pytest.mark.xfail(strict=True, reason=reason))
        elif entry["test"].partition("::")[0] in collected:
            raise pytest.UsageError(f"{DIFFERENCES.name}: {entry['test']}: no such test")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    # Only the process that runs a test makes its report; the controller of xdist gets copies.
    report = yield
    if report.when == "call" or report.outcome != "passed":
        _ran[report.outcome] += 1
    if report.failed:
        _failed.append(name_of(item))
    return report


def name_of(item: pytest.Item) -> str:
    """Return the module and the name of a test: its node ID depends on where pytest started."""
    return f"{item.path.stem}::{item.nodeid.partition('::')[2]}"


def pytest_sessionfinish() -> None:
    bound = {
        f"{module}.{name}": f"{value.__module__}.{value.__qualname__}"
        for module, content in list(sys.modules.items())
        if module.partition(".")[0] == "pynetdicom"
        for name, value in list(vars(content).items())
        if name in NAMES and isinstance(value, type) and not issubclass(value, DIMSEMessage)
    }
    report = {
        "installed": standin.is_installed(codec=CODEC),
        "ran": dict(_ran),
        "failed": _failed,
        "bound": bound,
        "made": dict(_made),
        "stock": dict(_stock),
    }
    (REPORTS / f"{os.getpid()}.json").write_text(json.dumps(report), encoding="utf-8")
