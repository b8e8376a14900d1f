"""Run tests of pynetdicom in processes of their own, and read what their plugin wrote down.

Invariant: a run is good only if its processes report so; one that left no report proves nothing.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[3]
DIFFERENCES = Path(__file__).with_name("expected_differences.yaml")
# They connect to a host of the internet that does not answer.
NEED_THE_INTERNET = ("test_association_timeouts", "test_connection_timeout")


@dataclass(frozen=True)
class Process:
    """What a process that ran tests says of itself.

    Attributes
    ----------
    installed : bool
        Whether our classes, and our codec if it was asked for, were in place at the end.
    ran : dict of str to int
        How many tests passed, failed, were skipped.
    failed : list of str
        The tests that failed, e.g. ``test_fsm::TestState06::test_evt11``.
    bound : dict of str to str
        The class that each name of a primitive in a module of pynetdicom stands for.
    made, stock : dict of str to int
        How many objects of our classes and of pynetdicom's own were made.
    """

    installed: bool
    ran: dict[str, int]
    failed: list[str]
    bound: dict[str, str]
    made: dict[str, int]
    stock: dict[str, int]


@dataclass(frozen=True)
class Outcome:
    """What came of a run."""

    code: int
    said: str
    processes: tuple[Process, ...]

    @property
    def ran(self) -> Counter[str]:
        """How many tests passed, failed, were skipped."""
        return sum((Counter(process.ran) for process in self.processes), Counter())

    @property
    def failed(self) -> list[str]:
        """The tests that failed."""
        return sorted(test for process in self.processes for test in process.failed)

    def doubts(self, *, made: bool = True) -> list[str]:
        """Return what speaks against it that only our classes were in use, in every process.

        Without `made`, none need have been in use at all.
        """
        found = [] if self.processes else ["no process left a report"]
        for number, process in enumerate(self.processes):
            theirs = [
                f"{name} is {value}"
                for name, value in process.bound.items()
                if not value.startswith("dimse_primitives.contrib.pynetdicom.")
            ]
            if not process.installed:
                found.append(f"process {number}: not installed")
            if made and not process.made:
                found.append(f"process {number}: no object of ours was made")
            if process.stock:
                found.append(f"process {number}: objects of pynetdicom's own: {process.stock}")
            found += [f"process {number}: {each}" for each in theirs]
        return found


def run_tests(
    tests: Sequence[str], *, codec: bool, workers: int = 0, differences: Path = DIFFERENCES
) -> Outcome:
    """Run `tests`, names or modules of pynetdicom's tests, with our classes in place.

    Parameters
    ----------
    tests : sequence of str
        Modules such as ``pynetdicom.tests.test_events``, or names that pytest reported.
    codec : bool
        Whether our codec is in place, too.
    workers : int, optional
        Number of processes of xdist; by default none.
    differences : pathlib.Path, optional
        The file of expected differences.
    """
    with TemporaryDirectory() as folder:
        without = " and ".join(f"not {name}" for name in NEED_THE_INTERNET)
        command = [sys.executable, "-m", "pytest", "-q", "-n", str(workers), "-k", without]
        plugins = ("xdist", "tests.interop.suite.plugin", "no:cacheprovider")
        command += [f"-p{plugin}" for plugin in plugins]
        command += ["--tb=short", "-c", os.devnull, "--rootdir", folder, "--pyargs", *tests]
        said = subprocess.run(
            command,
            cwd=folder,
            env=_environment(Path(folder), codec, differences),
            capture_output=True,
            text=True,
            check=False,
        )
        reports = sorted(Path(folder).glob("*.json"))
        read = (json.loads(report.read_text(encoding="utf-8")) for report in reports)
        processes = tuple(Process(**content) for content in read)
    # With xdist the controller reports too, but runs nothing.
    workers_only = tuple(each for each in processes if each.ran)
    return Outcome(said.returncode, said.stdout + said.stderr, workers_only)


def _environment(reports: Path, codec: bool, differences: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    return kept | {
        "PYTHONPATH": str(ROOT),
        # Its tests need none of what else is installed, which takes half of a process's start.
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        "SUITE_REPORTS": str(reports),
        "SUITE_CODEC": "1" if codec else "0",
        "SUITE_DIFFERENCES": str(differences),
    }
