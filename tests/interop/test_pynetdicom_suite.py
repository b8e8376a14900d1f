"""pynetdicom's own tests of DIMSE, as installed, pass with our classes, and ran on nothing else.

The whole suite is ``make interop-pynetdicom``.
"""

from __future__ import annotations

import re
from pathlib import Path

import dimse_primitives
import pytest
import yaml
from pynetdicom import dimse_primitives as theirs

from .suite.run import DIFFERENCES, Outcome, run_tests

# What makes, encodes and decodes primitives, and waits for no clock.
DIMSE = [
    f"pynetdicom.tests.{name}"
    for name in ("test_dimse_c", "test_dimse_n", "test_dimse_msg", "test_service_class")
]
# Those of a private service, pynetdicom has no tests of.
ALL = sorted(
    name
    for name in dimse_primitives.__all__
    if re.fullmatch("[CN]_[A-Z_]+", name) and hasattr(theirs, name)
)
ONE = "pynetdicom.tests.test_dimse_c::TestPrimitive_C_CANCEL::test_assignment"


@pytest.fixture(scope="module", params=[(False, 2), (True, 0)], ids=["classes", "codec"])
def outcome(request: pytest.FixtureRequest) -> Outcome:
    """Run the tests of DIMSE: with the classes in two processes, with the codec in one."""
    codec, workers = request.param
    outcome = run_tests(DIMSE, codec=codec, workers=workers)
    assert len(outcome.processes) == max(1, workers), outcome.said
    return outcome


def test_they_pass(outcome: Outcome) -> None:
    assert (outcome.code, outcome.failed) == (0, []), outcome.said
    assert outcome.ran["passed"] >= 133


def test_only_our_classes_were_in_use_in_every_process(outcome: Outcome) -> None:
    assert outcome.doubts() == []
    for process in outcome.processes:
        assert process.ran["passed"] > 20
        assert sum(process.made.values()) > 20


def test_every_class_was_in_use(outcome: Outcome) -> None:
    made = {name for process in outcome.processes for name in process.made}
    assert sorted(made) == ALL
    for process in outcome.processes:
        for module in ("dimse_primitives", "dimse_messages", "dimse"):
            bound = {f"pynetdicom.{module}.{name}" for name in ALL}
            assert bound <= process.bound.keys()


def differences(folder: Path, *entries: dict[str, object]) -> Path:
    path = folder / "differences.yaml"
    path.write_text(yaml.safe_dump(list(entries)), encoding="utf-8")
    return path


def test_no_difference_is_expected() -> None:
    assert yaml.safe_load(DIFFERENCES.read_text(encoding="utf-8")) == []


def test_an_expected_difference_whose_test_passes_is_stale(tmp_path: Path) -> None:
    test = "test_dimse_c::TestPrimitive_C_CANCEL::test_assignment"
    path = differences(tmp_path, {"test": test, "defect": 9, "reason": "an example"})
    outcome = run_tests([ONE], codec=False, differences=path)
    assert outcome.code == 1
    assert "[XPASS(strict)] defect 9: an example" in outcome.said


def test_an_expected_difference_without_a_test_is_stale(tmp_path: Path) -> None:
    path = differences(tmp_path, {"test": "test_dimse_c::nix", "defect": 9, "reason": "none"})
    outcome = run_tests([ONE], codec=False, differences=path)
    assert outcome.code != 0
    assert "differences.yaml: test_dimse_c::nix: no such test" in outcome.said


def test_an_object_of_pynetdicoms_own_class_is_noticed(tmp_path: Path) -> None:
    """The proof can fail: a test that gets hold of such a class shows."""
    test = tmp_path / "test_stock.py"
    test.write_text(
        "from dimse_primitives.contrib import pynetdicom as ours\n"
        "def test_stock():\n"
        "    ours.uninstall()\n"
        "    from pynetdicom.dimse_primitives import C_ECHO\n"
        "    C_ECHO()\n",
        encoding="utf-8",
    )
    outcome = run_tests([str(test)], codec=False)
    assert outcome.code == 0, outcome.said
    said = "\n".join(outcome.doubts())
    assert "not installed" in said
    assert "objects of pynetdicom's own: {'C_ECHO': 1}" in said
    assert "pynetdicom.dimse.C_ECHO is pynetdicom.dimse_primitives.C_ECHO" in said
