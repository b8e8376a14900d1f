"""``python -m tests.interop.suite``: all tests of pynetdicom, first with our classes, then with
our codec as well.

Invariant: 0 is that every test passed and only our classes were in use, 1 that not, 2 that nothing
was run. A test that fails is run again, alone, up to a dozen times, and how often it failed is
said: some race with a clock, and fail in one run of four with pynetdicom's own classes; some rely
on an answer taking milliseconds, when they begin to listen for a warning of the other end after
they have sent, or count its events as soon as they have the answer.
"""

from __future__ import annotations

import argparse
import signal
import sys
import time
from collections.abc import Iterator
from importlib.metadata import version

from .run import Outcome, run_tests

DONE, FINDINGS, CANNOT_ANSWER = 0, 1, 2
_WHOLE = ("pynetdicom.tests",)
_TRIES = 12


def main() -> int:
    """Run the suite in both variants, and say what came of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.interop.suite", description=__doc__)
    parser.add_argument("-n", "--workers", type=int, default=10, help="processes (10)")
    parser.add_argument("--codec", choices=("off", "on", "both"), default="both")
    options = parser.parse_args()
    # Its tests interrupt themselves; a shell may have told its jobs to ignore that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    chosen = {"off": [False], "on": [True], "both": [False, True]}[options.codec]
    return max(_run(codec, options.workers) for codec in chosen)


def _run(codec: bool, workers: int) -> int:
    what = f"pynetdicom {version('pynetdicom')}, codec {'on' if codec else 'off'}"
    print(f"{what}: running its tests in {workers} processes", flush=True)
    started = time.monotonic()
    first = run_tests(_WHOLE, codec=codec, workers=workers)
    if not first.ran:
        print(first.said)
        return CANNOT_ANSWER
    runs = [first, *_again(first.failed, codec)]
    doubts = [doubt for run in runs for doubt in run.doubts(made=run is first)]
    shown = ", ".join(f"{number} {name}" for name, number in sorted(first.ran.items()))
    print(
        f"{what}: {shown}; in {len(first.processes)} processes "
        f"{sum(sum(process.made.values()) for process in first.processes)} objects of ours, "
        f"{sum(sum(process.stock.values()) for process in first.processes)} of its own "
        f"({time.monotonic() - started:.0f} s)"
    )
    failed = runs[-1].failed
    for test in first.failed:
        times = sum(test in run.failed for run in runs)
        passed = "and never passed" if test in failed else "then passed alone"
        print(f"  failed {times} times, {passed}: {test}")
    for doubt in doubts:
        print(f"  {doubt}")
    if failed:
        print(runs[-1].said)
    return FINDINGS if failed or doubts else DONE


def _again(failed: list[str], codec: bool) -> Iterator[Outcome]:
    """Run what failed alone, several times as long as anything does."""
    for _ in range(_TRIES):
        if not failed:
            return
        outcome = run_tests([f"pynetdicom.tests.{test}" for test in failed], codec=codec)
        yield outcome
        failed = outcome.failed


if __name__ == "__main__":
    sys.exit(main())
