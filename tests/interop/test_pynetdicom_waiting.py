"""The waits of pynetdicom's threads: who has work is told, who is not told looks all the same."""

from __future__ import annotations

import errno
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from dimse_primitives.contrib import pynetdicom as standin
from dimse_primitives.contrib.pynetdicom import _bells, _waiting
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import ImplicitVRLittleEndian
from pynetdicom import AE, evt
from pynetdicom.dul import DULServiceProvider

from . import pipelined

VERIFICATION = "1.2.840.10008.1.1"
CT = "1.2.840.10008.5.1.4.1.1.2"
FIND = "1.2.840.10008.5.1.4.1.2.1.1"
# Seconds after which an answer that does not come is given up.
PATIENCE = 2.0
# A wait that nobody ends is longer than that.
FOREVER = 2.5 * PATIENCE


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    """Leave pynetdicom as it was, whatever a test does."""
    yield
    standin.uninstall()


@contextmanager
def associations(*handlers: tuple[Any, Callable[..., Any]]) -> Iterator[tuple[Any, Any]]:
    """Give both ends of an association: that of the requestor, that of the acceptor."""
    acceptor, requestor = AE(), AE()
    for abstract_syntax in (VERIFICATION, CT, FIND):
        acceptor.add_supported_context(abstract_syntax, ImplicitVRLittleEndian)
        requestor.add_requested_context(abstract_syntax, ImplicitVRLittleEndian)
    requestor.dimse_timeout = requestor.acse_timeout = PATIENCE
    listening: Any = list(handlers)
    server: Any = acceptor.start_server(("127.0.0.1", 0), block=False, evt_handlers=listening)
    ours = requestor.associate(*server.server_address)
    assert ours.is_established
    try:
        yield ours, server.active_associations[0]
    finally:
        ours.abort()
        server.shutdown()


def image(size: int) -> Dataset:
    made = Dataset()
    made.SOPClassUID, made.SOPInstanceUID = CT, "1.2.3"
    made.BitsAllocated = 16
    made.add_new("PixelData", "OW", bytes(size))
    made.file_meta = FileMetaDataset()
    made.file_meta.TransferSyntaxUID = ImplicitVRLittleEndian
    return made


def soon(is_so: Callable[[], object]) -> bool:
    """Wait until it is so, or patience is at its end."""
    end = time.monotonic() + PATIENCE
    while not is_so() and time.monotonic() < end:
        time.sleep(0.005)
    return bool(is_so())


def seconds(action: Callable[[], object]) -> float:
    """Return how long `action` takes."""
    started = time.monotonic()
    action()
    return time.monotonic() - started


def find(event: Any) -> Iterator[tuple[int, Dataset | None]]:
    for number in range(5):
        match = Dataset()
        match.PatientID = str(number)
        yield 0xFF00, match
    yield 0x0000, None


def test_every_thread_is_told_of_its_work(monkeypatch: pytest.MonkeyPatch) -> None:
    standin.install(codec=True)
    handlers = ((evt.EVT_C_STORE, lambda event: 0x0000), (evt.EVT_C_FIND, find))
    with associations(*handlers) as (requestor, acceptor):
        monkeypatch.setattr(_waiting, "LONGEST", FOREVER)
        monkeypatch.setattr(_waiting, "LONGEST_IDLE", FOREVER)
        time.sleep(0.2)  # until each has begun a wait that nothing else ends
        query = Dataset()
        query.PatientID = ""
        for _ in range(3):
            assert seconds(requestor.send_c_echo) < PATIENCE
            assert requestor.send_c_store(image(100_000)).Status == 0x0000
            found = [status.Status for status, _ in requestor.send_c_find(query, FIND)]
            assert found == [0xFF00] * 5 + [0x0000]
        monkeypatch.undo()
        requestor.release()
        assert requestor.is_released
        assert soon(lambda: acceptor.is_released)


def test_the_acceptor_is_told_that_its_peer_has_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    standin.install(codec=True)
    with associations() as (requestor, acceptor):
        monkeypatch.setattr(_waiting, "LONGEST", FOREVER)
        monkeypatch.setattr(_waiting, "LONGEST_IDLE", FOREVER)
        time.sleep(0.2)
        requestor.acse.send_abort(0x00)
        assert soon(lambda: acceptor.is_aborted)
        monkeypatch.undo()


def test_a_thread_that_nobody_tells_looks_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    standin.install(codec=True)
    monkeypatch.setattr(_bells.Bell, "ring", lambda bell: None)
    monkeypatch.setattr(_bells.Doorbell, "ring", lambda bell: None)
    with associations() as (requestor, _):
        assert requestor.send_c_echo().Status == 0x0000
        requestor.release()
        assert requestor.is_released


def test_an_idle_association_looks_seldom(monkeypatch: pytest.MonkeyPatch) -> None:
    standin.install(codec=True)
    # It waits a quarter longer each time, up to the longest, which is this here.
    monkeypatch.setattr(_waiting, "LONGEST_IDLE", 2 * _waiting.LONGEST)
    looks: list[object] = []
    look = DULServiceProvider._process_recv_primitive

    def counted(provider: Any) -> bool:
        looks.append(provider)
        return look(provider)

    with associations() as (requestor, acceptor):
        time.sleep(0.2)
        monkeypatch.setattr(DULServiceProvider, "_process_recv_primitive", counted)
        started = time.monotonic()
        time.sleep(0.3)
        seen, elapsed = looks[:], time.monotonic() - started
    for end in (requestor, acceptor):
        assert 0 < seen.count(end.dul) <= elapsed / _waiting.LONGEST_IDLE + 1


def test_no_pdu_waits_for_the_acknowledgement_of_another() -> None:
    standin.install(codec=True)
    with associations() as ends:
        options = [
            end.dul.socket.socket.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) for end in ends
        ]
        assert all(options)


needs_epoll = pytest.mark.skipif(_bells.WATCHER is None, reason="this system has no epoll")


@needs_epoll
def test_the_watcher_ends_with_the_associations(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_bells, "_UNTIL_UNUSED", 0.05)
    standin.install(codec=True)
    watcher: Any = _bells.WATCHER
    with associations() as ends:
        for end in ends:
            assert soon(lambda end=end: end.dul.socket.socket.fileno() in watcher._bells)  # type: ignore[misc]
        ends[0].release()
        for end in ends:
            end.dul.join(PATIENCE)
    assert soon(lambda: watcher._epoll is None or watcher._bells)


def test_where_no_bell_can_be_had_it_looks_as_often_as_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse() -> object:
        raise OSError(errno.EMFILE, "Too many open files")

    standin.install(codec=True)
    monkeypatch.setattr(_waiting, "connection_bell", refuse)
    with associations() as (requestor, acceptor):
        assert not hasattr(acceptor.dul, "_bell")
        assert requestor.send_c_echo().Status == 0x0000


@needs_epoll
def test_where_there_is_no_watcher_each_looks_at_its_own_connection(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    standin.install(codec=True)
    monkeypatch.setattr(_bells.WATCHER, "watch", lambda number, bell: False)
    with associations((evt.EVT_C_STORE, lambda event: 0x0000)) as (requestor, _):
        assert requestor.send_c_echo().Status == 0x0000
        assert requestor.send_c_store(image(100_000)).Status == 0x0000


@pytest.mark.parametrize("tls", [False, True], ids=["plain", "TLS"])
def test_requests_that_come_at_once_do_not_wait_for_one_another(
    tls: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    standin.install(codec=True)
    # A thread that is not told of the next request looks after a second.
    monkeypatch.setattr(_waiting, "LONGEST", 1.0)
    monkeypatch.setattr(_waiting, "LONGEST_IDLE", 1.0)
    with pipelined.connected(tls=tls) as peer:
        started = time.monotonic()
        assert pipelined.echo(peer, 100) == list(range(1, 101))
        assert time.monotonic() - started < 10


def test_an_association_outlives_install_and_uninstall() -> None:
    with associations() as (requestor, _):
        standin.install(codec=True)
        assert requestor.send_c_echo().Status == 0x0000
        standin.uninstall()
        assert requestor.send_c_echo().Status == 0x0000
    standin.install(codec=True)
    with associations() as (requestor, _):
        standin.uninstall()
        assert requestor.send_c_echo().Status == 0x0000
        standin.install(codec=True)
        assert requestor.send_c_echo().Status == 0x0000


# A bell alone


@pytest.fixture(params=["shared", "of its own"])
def doorbell(request: pytest.FixtureRequest) -> Iterator[Any]:
    if request.param == "of its own":
        made: _bells.ConnectionBell = _bells.Doorbell()
    elif _bells.WATCHER is None:
        pytest.skip("this system has no epoll")
    else:
        made = _bells.SharedBell(_bells.WATCHER)
    yield made
    made.close()


def test_ringing_ends_a_wait(doorbell: Any) -> None:
    timer = threading.Timer(0.05, doorbell.ring)
    timer.start()
    assert seconds(lambda: doorbell.wait(None, [], FOREVER)) < PATIENCE


def test_what_can_be_read_ends_a_wait_and_stays(doorbell: Any) -> None:
    near, far = socket.socketpair()
    with near, far:
        far.send(b"PDU")
        for _ in range(2):
            assert seconds(lambda: doorbell.wait(near, [], FOREVER)) < PATIENCE
        assert near.recv(3) == b"PDU"
        assert not doorbell.wait(near, [], 0.05)
        timer = threading.Timer(0.05, far.send, (b"PDU",))
        timer.start()
        assert seconds(lambda: doorbell.wait(near, [], FOREVER)) < PATIENCE


def test_a_peer_that_leaves_ends_a_wait(doorbell: Any) -> None:
    near, far = socket.socketpair()
    with near, far:
        threading.Timer(0.05, far.close).start()
        assert seconds(lambda: doorbell.wait(near, [], FOREVER)) < PATIENCE


def test_a_connection_that_is_closed_is_an_error_and_no_endless_wait(doorbell: Any) -> None:
    near, far = socket.socketpair()
    with near, far:
        assert not doorbell.wait(near, [], 0.01)
    with pytest.raises((OSError, ValueError)):
        doorbell.wait(near, [], FOREVER)


def test_another_connection_with_the_same_number_is_watched(doorbell: Any) -> None:
    for _ in range(3):
        near, far = socket.socketpair()
        with near, far:
            assert not doorbell.wait(near, [], 0.01)
            far.send(b"PDU")
            assert seconds(lambda near=near: doorbell.wait(near, [], FOREVER)) < PATIENCE  # type: ignore[misc]


def test_there_is_no_wait_where_there_is_work(doorbell: Any) -> None:
    assert seconds(lambda: doorbell.wait(None, ["work"], FOREVER)) < PATIENCE


def test_ringing_while_nobody_waits_does_not_end_the_next_wait(doorbell: Any) -> None:
    for _ in range(3):
        doorbell.ring()
    assert seconds(lambda: doorbell.wait(None, [], 0.1)) > 0.09


def test_work_that_comes_just_before_the_wait_is_seen_or_rung_for(doorbell: Any) -> None:
    work: list[int] = []
    done: list[int] = []

    def bring() -> None:
        for number in range(2000):
            work.append(number)
            doorbell.ring()
            while work:
                time.sleep(0)

    # A daemon, so that work that nobody takes fails the test and ends with it.
    worker = threading.Thread(target=bring, daemon=True)
    worker.start()
    started = time.monotonic()
    while len(done) < 2000 and time.monotonic() - started < FOREVER:
        doorbell.wait(None, work, FOREVER)
        while work:
            done.append(work.pop())
    assert done == list(range(2000))
    worker.join()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
@needs_epoll
def test_a_process_that_is_forked_has_a_watcher_of_its_own() -> None:
    watcher: Any = _bells.WATCHER
    near, far = socket.socketpair()
    with near, far:
        shared = _bells.SharedBell(watcher)
        assert not shared.wait(near, [], 0.01)
        child = os.fork()
        if child == 0:
            mine, other = socket.socketpair()
            other.send(b"PDU")
            os._exit(0 if _bells.SharedBell(watcher).wait(mine, [], FOREVER) else 1)
        assert os.waitpid(child, 0)[1] == 0
        far.send(b"PDU")
        assert shared.wait(near, [], FOREVER)
        shared.close()
