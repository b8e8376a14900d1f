"""A rendered package is imported from memory, and leaves nothing behind."""

from __future__ import annotations

import sys
from contextlib import suppress

import pytest
from dimsegen.dimse.loader import load_schema
from dimsegen.dimse.package import render_package
from dimsegen.witness import shared
from dimsegen.witness.packages import imported

from ..conftest import ROOT, TINY


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return render_package(load_schema(TINY), ROOT / "templates")


@pytest.fixture(autouse=True)
def _nothing_is_shared_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the modules that other tests have executed be no matter: many are dropped together."""
    monkeypatch.setattr(shared, "_MODULES", {})
    monkeypatch.setattr(shared, "_NUMBERS", {})


def loaded() -> set[str]:
    return {name for name in sys.modules if "witness_" in name and "dimsegen." not in name}


def test_a_class_of_the_package_works(files: dict[str, bytes]) -> None:
    with imported(files) as package:
        ping = package.find("X_PING")
        assert next(each.rule for each in ping().request_violations()) == "missing-mandatory"


def test_a_command_set_is_read_by_the_package_that_it_is_given_to(files: dict[str, bytes]) -> None:
    with imported(files) as package:
        error = package.find("DecodeError")
        with pytest.raises(error, match="Command Field"):
            package.find("decode")(b"")
        assert error.__module__ != "dimse_primitives"


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


BASE = b"ITEMS = []\n"
PAIR = {
    "__init__.py": b"from .user import VALUE\n",
    "base.py": BASE,
    "user.py": b"from .base import ITEMS\nVALUE = 1\n",
}


def test_a_module_that_two_packages_have_is_executed_once() -> None:
    other = {**PAIR, "user.py": b"from .base import ITEMS\nVALUE = 2\n"}
    with imported(PAIR) as old, imported(other) as new:
        assert (old.find("VALUE"), new.find("VALUE")) == (1, 2)
        assert old.module("base") is new.module("base")
        assert old.module("user") is not new.module("user")
    with imported(dict(PAIR)) as again:
        assert again.module("user").ITEMS is again.module("base").ITEMS


@pytest.mark.parametrize(
    "user",
    [
        b"from .base import ITEMS\n",
        b"from . import base\n",
        b"from .\\\n    base import (\n    ITEMS,\n)\n",
        b"def items():\n    from .base import (  # only then\n        ITEMS)\n    return ITEMS\n",
        b"from importlib import import_module\nbase = import_module('.base', __package__)\n",
        b"from .middle import base\n",
        b"from .inner import ITEMS\n",
    ],
)
def test_a_module_that_imports_another_text_is_another(user: bytes) -> None:
    files = {
        **PAIR,
        "user.py": user,
        "middle.py": b"from . import base\n",
        "inner/__init__.py": b"from .deep import ITEMS\n",
        "inner/deep.py": b"from ..base import ITEMS\n",
    }
    with imported(files) as old, imported({**files, "base.py": b"ITEMS = [1]\n"}) as new:
        assert old.module("user") is not new.module("user")


ROOTS = (
    b"class Root:\n    @staticmethod\n    def known():\n        return Root.__subclasses__()\n",
    b"class Root:\n    known = list\n",
    b"KNOWN = []\nclass Root:\n    @staticmethod\n    def known():\n        return KNOWN\n"
    b"    def __init_subclass__(cls):\n        KNOWN.append(cls)\n",
)
FAMILY = b"from .root import Root\nclass %s(Root): ...\n"


@pytest.mark.parametrize("root", ROOTS)
def test_a_class_knows_of_none_that_derives_from_it_in_another_package(root: bytes) -> None:
    asked = b"from .leaf import Root\n"
    asked += b"KNOWN = Root.__subclasses__()\n" if b"list" in root else b"KNOWN = Root.known()\n"
    common = {"__init__.py": b"", "root.py": root, "asked.py": asked}
    with (
        imported({**common, "leaf.py": FAMILY % b"Old"}) as old,
        imported({**common, "leaf.py": FAMILY % b"New"}) as new,
    ):
        known = [[each.__name__ for each in way.module("asked").KNOWN] for way in (old, new)]
    assert known == [["Old"], ["New"]]


def test_of_two_packages_in_use_each_has_its_own_modules_whoever_was_first() -> None:
    old, new = ({**PAIR, "base.py": b"", "user.py": b"VALUE = %d\n" % each} for each in (1, 2))
    with imported(old) as before, imported(new) as after:
        assert after.module("base") is before.module("base")
        assert (after.module("user").VALUE, before.module("user").VALUE) == (2, 1)


def test_what_a_shared_module_imports_later_is_that_of_the_package() -> None:
    user = b"def base():\n    from . import base as found\n    return found\n"
    files = {**PAIR, "user.py": user, "base.py": b"LATER = True\n"}
    with imported(files) as first:
        kept = first.module("user")
    with imported(files) as second:
        assert second.module("user") is kept
        assert kept.base() is second.module("base")


def test_what_was_executed_for_a_module_that_failed_is_not_shared(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    top = b"import os\nMARK = object()\nfrom . import part\nos.environ['WITNESS_OF_PACKAGES']\n"
    files = {"__init__.py": b"", "top.py": top, "part.py": b"from .top import MARK\n"}
    with imported(files) as package, pytest.raises(KeyError):
        package.module("top")
    monkeypatch.setenv("WITNESS_OF_PACKAGES", "1")
    with imported(files) as package:
        assert package.module("top").MARK is package.module("part").MARK


def test_modules_of_many_packages_are_dropped_when_none_is_in_use() -> None:
    for number in range(300):
        with imported({**PAIR, "user.py": b"VALUE = %d\n" % number}) as package:
            assert package.find("VALUE") == number
    assert len(shared._MODULES) < 300
