"""An audit on many machines: a Dask scheduler gives each file to a worker, results come as they do.

Invariant: nothing here is peculiar to a cluster: a worker runs the same pure function of a file.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from itertools import islice
from typing import Any, Final

from .._inspect import InputError
from ._files import Options
from ._progress import Progress
from ._record import Association, File

# How many files are handed to the scheduler before the first of them is done.
_MOST_AHEAD: Final = 512
_PATIENCE: Final = 10


def on_cluster(names: list[str], address: str, options: Options) -> Iterator[Association | File]:
    """Yield everything that is found in files, which the workers see by the same names.

    Raises
    ------
    InputError
        If dask.distributed is not installed, or the scheduler cannot be reached.
    """
    try:
        distributed: Any = import_module("distributed")
    except ImportError:
        text = "--cluster needs dask.distributed: pip install 'dimse-primitives[cluster]'"
        raise InputError(text) from None
    try:
        client: Any = distributed.Client(address, timeout=_PATIENCE)
    except (OSError, ValueError, TimeoutError) as error:
        raise InputError(f"{address}: no Dask scheduler: {error}") from error
    progress = Progress(names)
    with client:
        rest = iter(names)
        ahead = [_submitted(client, name, options) for name in islice(rest, _MOST_AHEAD)]
        completed = distributed.as_completed(ahead)
        for future in completed:
            found = _result(future)
            yield from found
            progress.done(found[-1].name if isinstance(found[-1], File) else "")
            following = next(rest, None)
            if following is not None:
                completed.add(_submitted(client, following, options))
    progress.end()


def _submitted(client: Any, name: str, options: Options) -> Any:
    from ._running import whole_file

    return client.submit(whole_file, name, options, pure=False, retries=2)


def _result(future: Any) -> list[Association | File]:
    found: list[Association | File] = future.result()
    future.release()
    return found
