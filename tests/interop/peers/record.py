"""What a run has seen, without repetitions: what becomes the corpus."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path
from struct import unpack_from
from typing import TypeAlias

from dimse_primitives import C_CANCEL
from dimse_primitives.audit import audit

from ...unit.audit.captures import ACCEPTOR, REQUESTOR, Wire, frames, pcap
from .. import corpus, dialogues
from ..corpus import Entry
from ..dialogues import Dialogue
from ..findings import find
from .dialogue import Said
from .proxy import Piece


@dataclass(frozen=True)
class Program:
    """A program of a peer."""

    peer: str
    version: str
    name: str


Shape: TypeAlias = tuple[object, ...]


@dataclass
class Record:
    """The entries of the corpus to be, with their bytes."""

    kept: list[tuple[Entry, bytes]] = field(default_factory=list)
    dialogues: list[Dialogue] = field(default_factory=list)
    _files: dict[Shape, str] = field(default_factory=dict)

    def add(self, said: Said, program: Program, program_is_client: bool) -> Entry:
        """Describe a message, and keep it if a peer sent it and none of its shape is there."""
        by_peer = said.by_client == program_is_client
        entry = describe(said, program, "peer" if by_peer else "us")
        asked_for = None if said.answers is None else said.answers.message.command
        shape = (program, *shape_of(entry, said.message.command, asked_for))
        if by_peer and shape not in self._files:
            answers = None
            if said.answers is not None:
                request = describe(said.answers, program, "us")
                answers = self._keep((program, said.answers.message.command), request, said.answers)
            self._keep(shape, replace(entry, answers=answers), said)
        return entry

    def _keep(self, key: Shape, entry: Entry, said: Said) -> str:
        if key not in self._files:
            name = self._files[key] = self._name(entry)
            self.kept.append((replace(entry, file=name), said.message.command))
        return self._files[key]

    def _name(self, entry: Entry) -> str:
        words = [entry.program.lower(), entry.message.lower()]
        if entry.sender == "us":
            words.insert(0, "to")
        if entry.status is not None:
            words.append(entry.status.lower())
        stem = "-".join(words)
        taken = set(self._files.values())
        names = (f"{stem}{'' if n == 1 else f'-{n}'}.bin" for n in range(1, len(taken) + 2))
        return next(name for name in names if name not in taken)

    def save(self, folder: Path) -> None:
        """Write what is kept into `folder`."""
        corpus.save(folder, self.kept)
        dialogues.save(folder, self.dialogues)

    def hear(self, pieces: Iterable[Piece], program: Program, program_is_client: bool) -> None:
        """Audit a connection."""
        wire = Wire(mss=60_000)
        for piece in pieces:
            wire.send(REQUESTOR if piece.from_client else ACCEPTOR, piece.data)
        who = (program.peer, program.version, program.name)
        for association in audit(pcap(frames(wire))).associations:
            self.dialogues += dialogues.heard(association, who, program_is_client)


def data_set_of(said: Said) -> bytes | None:
    """Return the bytes of the data set of a message, None if it has none."""
    stream = said.message.data_set
    return stream.getvalue() if isinstance(stream, BytesIO) else None


def describe(said: Said, program: Program, sender: str) -> Entry:
    """Return the entry of a message, without the names of files."""
    data, data_set = said.message.command, data_set_of(said)
    asked = None if said.answers is None else said.answers.message.command
    primitive = said.message.message.primitive
    status = None if isinstance(primitive, C_CANCEL) else primitive.Status
    return Entry(
        file="",
        peer=program.peer,
        version=program.version,
        program=program.name,
        sender=sender,
        message=said.type,
        service=said.type.rpartition("-")[0],
        status=None if status is None else f"{status:04X}",
        data_set=None if data_set is None else len(data_set),
        answers=None,
        findings=tuple(find(data, data_set, asked)),
    )


def shape_of(entry: Entry, command: bytes, request: bytes | None) -> Shape:
    """Return in what an entry differs from others of its program, besides values."""
    rules = tuple((finding.rule, finding.parameter) for finding in entry.findings)
    asked = None if request is None else _tags(request)
    return (entry.message, entry.status, bool(entry.data_set), _tags(command), rules, asked)


def _tags(command: bytes) -> tuple[int, ...]:
    tags: list[int] = []
    offset = 0
    while offset < len(command):
        tag, size = unpack_from("<2I", command, offset)
        tags.append(tag)
        offset += 8 + size
    return tuple(tags)
