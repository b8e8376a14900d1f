"""``python -m tests.interop.limits MODE LIMIT OCCUPIED PEERS``: a server with few open files.

Invariant: server and peers are processes of their own, so that only the server's files count. It
prints JSON: how each peer was answered, how long the slowest waited, what those that were accepted
get of C-ECHO and, but for the stock classes, which spin, the CPU time a second of the server while
nothing happens, and how a peer is answered that asks, as often as it must, after an association has
ended.
"""

from __future__ import annotations

import json
import os
import resource
import select
import socket
import subprocess
import sys
import time
from collections import Counter
from typing import Any

from . import pipelined

# Seconds after which a peer that is not answered is one that hangs; so is one whose server spins,
# that is, has meanwhile worked so long.
PATIENCE = 5.0
SPIN = 0.5
ANSWERS = {0: "closed", 2: "accepted", 3: "rejected", 7: "aborted"}


def serve(mode: str, limit: int, occupied: int) -> None:
    """Serve with so many open files, of which so many are taken, until standard input ends.

    The limit is that of the system, too, unless the mode ends with ``-soft``.
    """
    mode, _, kind = mode.partition("-")
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, hard if kind == "soft" else limit))
    from dimse_primitives.contrib import pynetdicom as standin
    from pynetdicom import AE

    if mode != "stock":
        standin.install(codec=mode == "codec")
    entity = AE()
    entity.maximum_associations = limit
    entity.add_supported_context(pipelined.VERIFICATION)
    while os.dup(2) < occupied:
        pass
    server: Any = entity.start_server(("127.0.0.1", 0), block=False)
    print(server.server_address[1], flush=True)
    for _ in sys.stdin:
        print(time.process_time(), flush=True)
    os._exit(0)


class Server:
    """The server in a process of its own."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._input, self._output = process.stdin, process.stdout
        self.port = int(self._output.readline())

    def worked(self) -> float:
        """Return how many seconds of CPU time it has taken."""
        self._input.write("\n")
        self._input.flush()
        return float(self._output.readline())

    def answers_within_patience(self, peer: socket.socket) -> bool:
        until, enough = time.monotonic() + PATIENCE, self.worked() + SPIN
        while not select.select([peer], [], [], 0.1)[0]:
            if time.monotonic() > until or self.worked() > enough:
                return False
        return True


def ask(server: Server) -> tuple[str, socket.socket]:
    """Ask for an association; return what was answered, and the connection."""
    peer = socket.socket()
    peer.settimeout(PATIENCE)
    try:
        peer.connect(("127.0.0.1", server.port))
        peer.sendall(pipelined.associate_rq())
        if not server.answers_within_patience(peer):
            return "hangs", peer
        return ANSWERS[pipelined.receive(peer)[0]], peer
    except TimeoutError:
        return "hangs", peer
    except OSError:
        return "closed", peer


def ask_until_accepted(server: Server) -> str:
    """Ask for an association as often as it must be asked; return the last answer."""
    until = time.monotonic() + PATIENCE
    while True:
        answer, peer = ask(server)
        peer.close()
        if answer == "accepted" or time.monotonic() > until:
            return answer


def idle_work(server: Server) -> float:
    """Return the CPU time that the server takes in a second in which nothing happens."""
    before = server.worked()
    time.sleep(1)
    return server.worked() - before


def main() -> int:
    """Start the server, and be its peers."""
    mode, limit, occupied, number = sys.argv[1], *map(int, sys.argv[2:5])
    if number == 0:
        serve(mode, limit, occupied)
    command = [sys.executable, "-m", "tests.interop.limits", mode, str(limit), str(occupied), "0"]
    pipes: Any = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, **pipes) as process:
        server = Server(process)
        answers: Counter[str] = Counter()
        kept, slowest = [], 0.0
        # One that is not answered is enough to know that the next is not, either.
        while answers.total() < number and answers["hangs"] == 0:
            started = time.monotonic()
            answer, peer = ask(server)
            slowest = max(slowest, time.monotonic() - started)
            answers[answer] += 1
            if answer in ("accepted", "hangs"):
                kept.append((answer, peer))
            else:
                peer.close()
        served = [pipelined.echo(peer, 1) for answer, peer in kept if answer == "accepted"]
        idle = 0.0 if mode == "stock" else idle_work(server)
        for _, peer in kept[:1]:
            peer.close()
        found = {
            "answers": answers,
            "slowest": slowest,
            "served": len(served),
            "idle": idle,
            "afterwards": "" if mode == "stock" else ask_until_accepted(server),
        }
        print(json.dumps(found), flush=True)
        process.kill()
    return 0


if __name__ == "__main__":
    sys.exit(main())
