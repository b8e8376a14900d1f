"""Orthanc: a server on loopback that begins empty, and its REST API, which makes it ask us."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from urllib.request import Request, urlopen

from . import programs
from .ours import TITLE
from .proxy import LOOPBACK
from .record import Program

_PLUGIN = Path("/usr/share/orthanc/plugins/libModalityWorklists.so")
_PATIENCE = 20.0
NOTHING: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True)
class Orthanc:
    """A running Orthanc."""

    version: str
    folder: Path
    port: int
    rest_port: int

    @property
    def program(self) -> Program:
        """Who speaks."""
        return Program("Orthanc", self.version, "Orthanc")

    @property
    def worklists(self) -> Path:
        """The folder with its worklist."""
        return self.folder / "worklists"

    def call(self, path: str, body: object, method: str = "POST") -> object:
        """Call the REST API and return what it answers."""
        data = body if isinstance(body, str) else json.dumps(body)
        request = Request(
            f"http://{LOOPBACK}:{self.rest_port}{path}", data.encode("ascii"), method=method
        )
        with urlopen(request, timeout=_PATIENCE) as answer:
            said = answer.read()
        return json.loads(said) if said else None

    def know_us(self, port: int, *, over_tls: bool = False) -> None:
        """Tell Orthanc on which port it reaches us."""
        us = {"AET": TITLE, "Host": LOOPBACK, "Port": port, "UseDicomTls": over_tls}
        self.call("/modalities/us", us, "PUT")


@contextmanager
def running(folder: Path, further: Mapping[str, object] = NOTHING) -> Iterator[Orthanc]:
    """Run Orthanc in `folder`, with `further` options."""
    stated = programs.version("Orthanc")
    made = Orthanc(stated, folder, programs.free_port(), programs.free_port())
    made.worklists.mkdir()
    configuration = folder / "orthanc.json"
    configuration.write_text(json.dumps({**_configuration(made), **further}), "ascii")
    with programs.server("Orthanc", configuration, port=made.rest_port, folder=folder):
        programs.wait(made.port)
        yield made


def _configuration(orthanc: Orthanc) -> dict[str, object]:
    services = ("Echo", "Store", "Find", "FindWorklist", "Get", "Move")
    return {
        **{f"DicomAlwaysAllow{service}": True for service in services},
        "StorageDirectory": str(orthanc.folder / "storage"),
        "IndexDirectory": str(orthanc.folder / "storage"),
        "HttpPort": orthanc.rest_port,
        "DicomPort": orthanc.port,
        "DicomAet": "ORTHANC",
        "Plugins": [str(_PLUGIN)] if _PLUGIN.exists() else [],
        "Worklists": {"Enable": True, "Database": str(orthanc.worklists)},
        "OverwriteInstances": True,
        "SyncStorageArea": False,
        "SaveJobs": False,
    }
