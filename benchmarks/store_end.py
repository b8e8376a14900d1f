"""``python -m benchmarks.store_end serve|send``: one end that stores, with asyncio.

Invariant: each end is a process of its own, as DCMTK's tools are. `serve` prints its port and keeps
nothing, as ``storescp --ignore`` does; `send` prints, as JSON, the seconds from before the
association until after its release. Both print the most memory that they had, in bytes.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import resource
import sys
import time
from pathlib import Path
from typing import Any, BinaryIO

from dimse_primitives import C_ECHO, C_STORE
from dimse_primitives.aio import connect, serve
from pydicom.filereader import read_file_meta_info

SECONDARY_CAPTURE = "1.2.840.10008.5.1.4.1.1.7"
EXPLICIT = "1.2.840.10008.1.2.1"
VERIFICATION = "1.2.840.10008.1.1"
CONTEXTS = [(SECONDARY_CAPTURE, [EXPLICIT]), (VERIFICATION, [EXPLICIT, "1.2.840.10008.1.2"])]
_PREAMBLE, _LENGTH_ELEMENT = 132, 12


def _memory() -> int:
    """Return the most bytes that the process has had; of `getrusage`, its parent's would count."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    (line,) = [each for each in status.read_text().splitlines() if each.startswith("VmHWM")]
    return int(line.split()[1]) * 1024


async def _answer(request: Any) -> Any:
    return request.respond(Status=0x0000)


async def _serve() -> None:
    handlers: dict[type[Any], Any] = {C_STORE: _answer, C_ECHO: _answer}
    async with await serve(handlers, "127.0.0.1", 0, contexts=CONTEXTS) as server:
        print(server.port, flush=True)
        # Until the other end of standard input is closed.
        await asyncio.to_thread(sys.stdin.read)
    print(json.dumps({"memory": _memory()}))


def _opened(path: Path) -> tuple[BinaryIO, str]:
    """Return a file at its data set (PS3.10 7.1), and its SOP instance."""
    meta = read_file_meta_info(path)
    file = path.open("rb")
    file.seek(_PREAMBLE + _LENGTH_ELEMENT + meta.FileMetaInformationGroupLength)
    return file, str(meta.MediaStorageSOPInstanceUID)


async def _send(port: int, paths: list[Path]) -> None:
    started = time.perf_counter()
    async with await connect("127.0.0.1", port, contexts=CONTEXTS[:1]) as association:
        for path in paths:
            file, instance = _opened(path)
            with file:
                request = C_STORE(
                    AffectedSOPClassUID=SECONDARY_CAPTURE,
                    AffectedSOPInstanceUID=instance,
                    Priority=0,
                )
                response = await association.exchange(request, file)
            if response.Status != 0:
                raise RuntimeError(f"{path}: {response.Status:04X}H")
    print(json.dumps({"wall": time.perf_counter() - started, "memory": _memory()}))


def main() -> int:
    """Run what the command line names."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.store_end", description=__doc__)
    parser.add_argument("what", choices=("serve", "send"))
    parser.add_argument("port", type=int, nargs="?", default=0, help="where to send to")
    parser.add_argument("files", type=Path, nargs="*", help="what to send")
    options = parser.parse_args()
    asyncio.run(_serve() if options.what == "serve" else _send(options.port, options.files))
    return 0


if __name__ == "__main__":
    sys.exit(main())
