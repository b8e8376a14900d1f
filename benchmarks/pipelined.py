"""``python -m benchmarks.pipelined MODE``: send C-ECHO requests all at once, and time the answers.

Invariant: the peer is a socket that knows bytes only; the server alone is pynetdicom's. It prints
JSON: nanoseconds an exchange, over TCP (``plain``) and over TLS (``tls``).
"""

from __future__ import annotations

import json
import sys
import time

from dimse_primitives.contrib import pynetdicom as standin

from tests.interop import pipelined

NUMBER = 300


def main() -> int:
    """Measure the mode that the command line names."""
    (mode,) = sys.argv[1:]
    if mode != "stock":
        standin.install(codec=mode == "codec")
    found = {"plain": _nanoseconds(tls=False), "tls": _nanoseconds(tls=True)}
    print(json.dumps(found))
    return 0


def _nanoseconds(*, tls: bool) -> float:
    with pipelined.connected(tls=tls) as peer:
        pipelined.echo(peer, 10)
        started = time.perf_counter_ns()
        pipelined.echo(peer, NUMBER)
        return (time.perf_counter_ns() - started) / NUMBER


if __name__ == "__main__":
    sys.exit(main())
