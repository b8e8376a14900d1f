"""The one open file above the soft limit of a process.

Invariant: the soft limit is as it was as soon as the file is open, and what this process opens
elsewhere meanwhile is its own: whoever finds the number taken does without.

This file is copied as it is from `templates/contrib/pynetdicom/_open_files.py`. Do not edit the
copy.
"""

from __future__ import annotations

import select
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

if sys.platform != "win32":
    import fcntl
    import resource

# The system keeps room for all numbers up to the greatest one, and whoever may open more than this
# many lacks none.
_MOST_NUMBERS: Final = 1 << 16
_is_raised: Final = threading.Lock()


@contextmanager
def one_more_file() -> Iterator[int | None]:
    """Let this process open one file more than its soft limit, if the hard limit is above it.

    The value is the number of that file, None if there is none.
    """
    # Nobody waits: in a process that was forked just then, it would be for ever.
    if sys.platform == "win32" or not _is_raised.acquire(blocking=False):
        yield None
        return
    try:
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        if not 0 < soft <= _MOST_NUMBERS or not _is_set(soft + 1, hard):
            yield None
            return
        try:
            yield soft
        finally:
            _is_set(soft, hard)
    finally:
        _is_raised.release()


def _is_set(soft: int, hard: int) -> bool:
    """Set the limits, and return whether the system lets them be so."""
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    except (OSError, ValueError):
        return False
    return True


def epoll_beyond_the_limit() -> Any:
    """Return a new epoll, with the number that no connection can have if there is one.

    Raises
    ------
    OSError
        If no more files may be opened.
    """
    with one_more_file() as number:
        epoll = select.epoll()
        if number is None or epoll.fileno() >= number:
            return epoll
        try:
            moved = fcntl.fcntl(epoll, fcntl.F_DUPFD_CLOEXEC, number)
        except OSError:
            # Somebody else has that number.
            return epoll
        epoll.close()
        return select.epoll.fromfd(moved)
