"""``python -m tests.interop.limits MODE LIMIT OCCUPIED PEERS``: a server with few open files.

Invariant: server and peers are processes of their own, so that only the server's files count. It
prints JSON: how each peer was answered, how long the slowest waited, what those that were accepted
get of C-ECHO, the CPU time a second of the server while nothing happens, and how a peer is answered
that asks, as often as it must, after an association has ended, but for the stock classes, which
spin.
"""

from __future__ import annotations

import json
import os
import resource
import socket
import subprocess
import sys
import time
from collections import Counter
from typing import Any

from . import pipelined

# Seconds after which a peer that is not answered is one that hangs.
PATIENCE = 5.0
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


def ask(port: int) -> tuple[str, socket.socket]:
    """Ask for an association; return what was answered, and the connection."""
    peer = socket.socket()
    peer.settimeout(PATIENCE)
    try:
        peer.connect(("127.0.0.1", port))
        peer.sendall(pipelined.associate_rq())
        return ANSWERS[pipelined.receive(peer)[0]], peer
    except TimeoutError:
        return "hangs", peer
    except OSError:
        return "closed", peer


def ask_until_accepted(port: int) -> str:
    """Ask for an association as often as it must be asked; return the last answer."""
    until = time.monotonic() + PATIENCE
    while True:
        answer, peer = ask(port)
        peer.close()
        if answer == "accepted" or time.monotonic() > until:
            return answer


def main() -> int:
    """Start the server, and be its peers."""
    mode, limit, occupied, number = sys.argv[1], *map(int, sys.argv[2:5])
    if number == 0:
        serve(mode, limit, occupied)
    command = [sys.executable, "-m", "tests.interop.limits", mode, str(limit), str(occupied), "0"]
    pipes: Any = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, **pipes) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        port = int(server.stdout.readline())
        answers: Counter[str] = Counter()
        kept, slowest = [], 0.0
        # One that is not answered is enough to know that the next is not, either.
        while answers.total() < number and answers["hangs"] == 0:
            started = time.monotonic()
            answer, peer = ask(port)
            slowest = max(slowest, time.monotonic() - started)
            answers[answer] += 1
            if answer in ("accepted", "hangs"):
                kept.append((answer, peer))
            else:
                peer.close()
        served = [pipelined.echo(peer, 1) for answer, peer in kept if answer == "accepted"]
        times = []
        for _ in range(2):
            server.stdin.write("\n")
            server.stdin.flush()
            times.append(float(server.stdout.readline()))
            time.sleep(1)
        for _, peer in kept[:1]:
            peer.close()
        found = {
            "answers": answers,
            "slowest": slowest,
            "served": len(served),
            "idle": times[1] - times[0],
            "afterwards": "" if mode == "stock" else ask_until_accepted(port),
        }
        print(json.dumps(found), flush=True)
        server.kill()
    return 0


if __name__ == "__main__":
    sys.exit(main())
