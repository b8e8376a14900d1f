"""A rendered package is imported from memory, and leaves nothing behind."""

from __future__ import annotations

import sys
from contextlib import suppress

import pytest
from dimsegen.dimse.loader import load_schema
from dimsegen.dimse.package import render_package
from dimsegen.witness.packages import imported

from ..conftest import ROOT, TINY


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return render_package(load_schema(TINY), ROOT / "templates")


def loaded() -> set[str]:
    return {name for name in sys.modules if "witness_" in name and "dimsegen." not in name}


def test_a_class_of_the_package_works(files: dict[str, bytes]) -> None:
    with imported(files) as package:
        ping = package.find("X_PING")
        assert next(each.rule for each in ping().request_violations()) == "missing-mandatory"


def test_a_command_set_is_read_by_the_package_that_it_is_given_to(files: dict[str, bytes]) -> None:
    with imported(files) as package:
        with pytest.raises(ValueError, match="Command Field"):
            package.find("decode")(b"")
        root, _, _ = package.find("decode").__module__.rpartition(".")
        assert package.find("DecodeError").__module__ == root != "dimse_primitives"


def test_what_the_package_does_not_export_is_none(files: dict[str, bytes]) -> None:
    with imported(files) as package:
        assert package.find("X_PONG") is None
        assert package.find("Final") is None


def test_two_versions_live_side_by_side(files: dict[str, bytes]) -> None:
    runtime = files["_rows.py"].replace(b'"missing-mandatory"', b'"gone"')
    other = {**files, "_rows.py": runtime}
    with imported(files) as old, imported(other) as new:
        one, two = (each.find("X_PING") for each in (old, new))
        assert one is not two
        assert not isinstance(one(), two)
        assert [one().request_violations()[0].rule, two().request_violations()[0].rule] == [
            "missing-mandatory",
            "gone",
        ]


def test_only_what_is_needed_is_executed(files: dict[str, bytes]) -> None:
    broken = {**files, "x_tell.py": b"raise RuntimeError('executed')\n"}
    with imported(broken) as package:
        assert package.find("X_PING").__name__ == "X_PING"
        assert not any(name.endswith("x_tell") for name in loaded())
        with pytest.raises(RuntimeError, match="executed"):
            package.find("X_TELL")


def test_a_package_inside_the_package_is_found() -> None:
    files = {
        "__init__.py": b"from .inner.deep import ANSWER\n",
        "inner/__init__.py": b"from ..top import BASE\n",
        "inner/deep.py": b"from . import BASE\nANSWER = BASE + 2\n",
        "top.py": b"BASE = 40\n",
    }
    with imported(files) as package:
        assert package.find("ANSWER") == 42


def test_nothing_is_left_behind(files: dict[str, bytes]) -> None:
    finders = list(sys.meta_path)
    before = loaded()
    with suppress(KeyError), imported(files) as package:
        package.find("decode")
        assert loaded() > before
        raise KeyError
    assert loaded() == before
    assert sys.meta_path == finders
