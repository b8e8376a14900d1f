"""``python -m tests.interop.suite``: all tests of pynetdicom, first with our classes, then with
our codec as well.

Invariant: 0 is that every test passed and only our classes were in use, 1 that not, 2 that nothing
was run. A test that fails is run once more, alone: many of them race with a clock.
"""

from __future__ import annotations

import argparse
import signal
import sys
import time
from importlib.metadata import version

from .run import Outcome, run_tests

DONE, FINDINGS, CANNOT_ANSWER = 0, 1, 2
_WHOLE = ("pynetdicom.tests",)


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
    again = _again(first, codec)
    failed = again.failed if again else []
    doubts = first.doubts() + (again.doubts(made=False) if again else [])
    shown = ", ".join(f"{number} {name}" for name, number in sorted(first.ran.items()))
    made = sum(sum(process.made.values()) for process in first.processes)
    print(
        f"{what}: {shown}; in {len(first.processes)} processes {made} objects of ours, "
        f"{sum(sum(process.stock.values()) for process in first.processes)} of its own "
        f"({time.monotonic() - started:.0f} s)"
    )
    for test in first.failed:
        print(f"  {'failed twice' if test in failed else 'passed when run alone'}: {test}")
    for doubt in doubts:
        print(f"  {doubt}")
    if failed and again:
        print(again.said)
    return FINDINGS if failed or doubts else DONE


def _again(first: Outcome, codec: bool) -> Outcome | None:
    if not first.failed:
        return None
    return run_tests([_importable(test) for test in first.failed], codec=codec)


def _importable(test: str) -> str:
    """Return the name of `test` as ``--pyargs`` takes it."""
    path, _, rest = test.partition("::")
    module = path.rpartition("/")[2].removesuffix(".py")
    return f"pynetdicom.tests.{module}::{rest}"


if __name__ == "__main__":
    sys.exit(main())
