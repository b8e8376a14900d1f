"""What every exchange needs: a wire that is tapped, and the record of what went over it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest
from dimse_primitives.contrib import pynetdicom as contrib
from pynetdicom import _config

from ..findings import NOT_THE_SAME_BYTES
from . import outcome
from .dcmtk import Dcmtk
from .dialogue import Said, listen
from .orthanc import Orthanc, running
from .ours import NOTED
from .programs import version
from .proxy import PATIENCE, Tap
from .record import Program, Record

OPTION = "--peers-seen"
# What becomes of a test that does not pass.
_OTHERS = ("failed", "error", "skipped", "xfailed", "xpassed", "deselected")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(OPTION, type=Path, help="where to write what the peers have said")


def pytest_sessionstart(session: pytest.Session) -> None:
    """Forget how a run before this one ended."""
    folder: Path | None = session.config.getoption(OPTION)
    if folder is not None:
        outcome.forget(folder)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write how the tests ended, for whoever records the run."""
    folder: Path | None = session.config.getoption(OPTION)
    reporter: Any = session.config.pluginmanager.get_plugin("terminalreporter")
    if folder is None or reporter is None:
        return
    stats = reporter.stats
    others = [f"{each.nodeid}: {what}" for what in _OTHERS for each in stats.get(what, ())]
    passed = len(stats.get("passed", ()))
    left = session.testscollected - passed - len({each.partition(": ")[0] for each in others})
    if left > 0:
        others.append(f"tests that were not run: {left}")
    outcome.save(folder, passed, others)


@pytest.fixture(scope="session", autouse=True)
def ours_in_place() -> Iterator[None]:
    """Put our primitives and our codec into pynetdicom."""
    # Its own handlers for its log make a pydicom data set of each command set, and deliver that.
    level, _config.LOG_HANDLER_LEVEL = _config.LOG_HANDLER_LEVEL, "none"
    contrib.install(codec=True)
    yield
    contrib.uninstall()
    _config.LOG_HANDLER_LEVEL = level


@pytest.fixture(scope="session")
def record(pytestconfig: pytest.Config) -> Iterator[Record]:
    """Give what the whole run sees, and write it where the option says."""
    made = Record()
    yield made
    folder: Path | None = pytestconfig.getoption(OPTION)
    if folder is not None:
        made.save(folder)


class Wire:
    """Connections between us and programs of peers, each of them tapped."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._taps: list[tuple[Tap, Program, bool]] = []
        self._said: list[Said] | None = None

    def to(self, program: Program, port: int, hold: bytes | None = None) -> int:
        """Return the port on which we reach the server of `program` that listens on `port`.

        With `hold`, our messages reach it together, once these bytes are among them.
        """
        return self._tap(program, port, False, hold)

    def back(self, program: Program, port: int) -> int:
        """Return the port on which `program` reaches us, who listen on `port`."""
        return self._tap(program, port, True)

    def wait_for(self, said: bytes) -> None:
        """Wait until a client has said this and it is on its way to the server."""
        deadline = monotonic() + PATIENCE
        while not any(said in each.passed_on for tap, *_ in self._taps for each in tap.connections):
            assert monotonic() < deadline, f"nobody said {said.hex(' ')}"
            sleep(0.001)

    def _tap(
        self, program: Program, port: int, program_is_client: bool, hold: bytes | None = None
    ) -> int:
        tap = Tap(port, hold)
        self._taps.append((tap, program, program_is_client))
        return tap.port

    def said(self) -> list[str]:
        """Wait until every connection has ended; check and record, and name the messages."""
        return [said.type for said in self.messages()]

    def messages(self) -> list[Said]:
        """Wait until every connection has ended; check and record, and return the messages."""
        if self._said is None:
            self._said = []
            sent: list[bool] = []
            for tap, program, program_is_client in self._taps:
                assert tap.close(), f"a connection of {program.name} did not end"
                for connection in tap.connections:
                    heard = listen(connection.pieces)
                    self._record.hear(connection.pieces, program, program_is_client)
                    self._said += heard
                    sent += [said.by_client != program_is_client for said in heard]
                    for said in heard:
                        self._check(said, program, program_is_client)
            # Of each that was on the wire the primitive, and the codec at our end, were ours.
            assert sorted(NOTED) == sorted((by_us, True) for by_us in sent)
        return self._said

    def _check(self, said: Said, program: Program, program_is_client: bool) -> None:
        entry = self._record.add(said, program, program_is_client)
        rules = [finding.rule for finding in entry.findings]
        assert NOT_THE_SAME_BYTES not in rules, (entry, said.message.command.hex())
        assert entry.sender == "peer" or rules == [], entry
        assert entry.role == "invokes" or said.answers is not None, entry


@pytest.fixture
def wire(record: Record) -> Iterator[Wire]:
    """Give a wire; at the end everything that went over it has been checked and recorded."""
    NOTED.clear()
    made = Wire(record)
    yield made
    assert made.said() != []


@pytest.fixture(scope="session")
def dcmtk_version() -> str:
    """Give the version of DCMTK."""
    return version("echoscu")


@pytest.fixture(scope="module")
def orthanc(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Orthanc]:
    """Give an Orthanc in which only the tests of this module have stored anything."""
    with running(tmp_path_factory.mktemp("orthanc")) as made:
        yield made


@pytest.fixture
def dcmtk(dcmtk_version: str, tmp_path: Path) -> Dcmtk:
    """Give DCMTK, at work in a folder of this test."""
    return Dcmtk(dcmtk_version, tmp_path)
