"""DCMTK: its servers, with the least that each needs, and its tools."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from . import programs
from .ours import ARCHIVE, TITLE
from .proxy import LOOPBACK
from .record import Program

_ARCHIVE_CONFIGURATION = """\
NetworkTCPPort = {port}
MaxPDUSize = 16384
MaxAssociations = 16
HostTable BEGIN
us = ({us}, 127.0.0.1, {destination})
HostTable END
VendorTable BEGIN
VendorTable END
AETable BEGIN
{archive} {folder} RW (10, 1024mb) ANY
AETable END
"""
# The profile by which dcmrecv accepts what we store.
_PROFILE = "Images"
_RECEIVER_CONFIGURATION = """\
[[TransferSyntaxes]]
[Plain]
TransferSyntax1 = LittleEndianExplicit
TransferSyntax2 = LittleEndianImplicit
[[PresentationContexts]]
[Images]
PresentationContext1 = VerificationSOPClass\\Plain
PresentationContext2 = SecondaryCaptureImageStorage\\Plain
[[Profiles]]
[Images]
PresentationContexts = Images
"""


@dataclass(frozen=True)
class Dcmtk:
    """The tools of one version of DCMTK, at work in a folder."""

    version: str
    folder: Path

    def __getitem__(self, name: str) -> Program:
        return Program("DCMTK", self.version, name)

    @property
    def worklists(self) -> Path:
        """The folder with the worklist of wlmscpfs."""
        return self.folder / "worklists" / ARCHIVE

    def run(self, name: str, *arguments: object, ends_with: int = 0) -> str:
        """Run a tool to its end and return what it said."""
        return programs.run(name, *arguments, folder=self.folder, ends_with=ends_with)

    @contextmanager
    def serve(self, name: str, *options: object, destination: int = 0) -> Iterator[int]:
        """Run a server and give its port; `destination` is our port for its C-MOVE."""
        port = programs.free_port()
        prepared = self._prepare(name, port, destination)
        with programs.server(name, *options, *prepared, port=port, folder=self.folder):
            yield port

    @contextmanager
    def archive(self, paths: Sequence[Path], destination: int = 0) -> Iterator[int]:
        """Run dcmqrscp with the images in `paths` and give its port."""
        with self.serve("dcmqrscp", destination=destination) as port:
            self.run("storescu", "-aec", ARCHIVE, LOOPBACK, port, *paths)
            yield port

    def _prepare(self, name: str, port: int, destination: int) -> tuple[object, ...]:
        if name == "wlmscpfs":
            self.worklists.mkdir(parents=True, exist_ok=True)
            (self.worklists / "lockfile").touch()
            return ("-dfp", self.worklists.parent, port)
        if name == "dcmqrscp":
            archive = self.folder / "archive"
            archive.mkdir(exist_ok=True)
            names: Mapping[str, object] = {
                "port": port,
                "us": TITLE,
                "destination": destination or port,
                "archive": ARCHIVE,
                "folder": archive,
            }
            configuration = self.folder / "dcmqrscp.cfg"
            configuration.write_text(_ARCHIVE_CONFIGURATION.format(**names), "ascii")
            return ("-c", configuration, port)
        if name == "dcmrecv":
            configuration = self.folder / "dcmrecv.cfg"
            configuration.write_text(_RECEIVER_CONFIGURATION, "ascii")
            return ("-xf", configuration, _PROFILE, port)
        return (port,)
