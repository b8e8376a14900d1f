"""What a run has seen, without repetitions: what becomes the corpus."""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from struct import unpack_from
from typing import TypeAlias

from dimse_primitives import C_CANCEL

from .. import corpus
from ..corpus import Entry
from ..findings import find
from .dialogue import Said


@dataclass(frozen=True)
class Program:
    """A program of a peer."""

    peer: str
    version: str
    name: str


Shape: TypeAlias = tuple[object, ...]


@dataclass
class Record:
    """The entries of the corpus to be, and their bytes."""

    entries: dict[Shape, tuple[Entry, bytes]] = field(default_factory=dict)

    def add(self, said: Said, program: Program, program_is_client: bool) -> Entry:
        """Keep a message unless one of its shape is there; return the one that is kept."""
        request = None
        if said.answers is not None:
            request = self.add(said.answers, program, program_is_client)
        sender = "peer" if said.by_client == program_is_client else "us"
        entry = _describe(said, program, sender, request)
        shape = (program, sender, *_shape(said, entry), request and request.file)
        if shape not in self.entries:
            name = self._name(entry)
            kept = Entry(**{**vars(entry), "file": name})
            self.entries[shape] = (kept, said.message.command)
        return self.entries[shape][0]

    def _name(self, entry: Entry) -> str:
        words = [entry.program, entry.message.lower()]
        if entry.sender == "us":
            words.insert(0, "to")
        if entry.status is not None:
            words.append(entry.status.lower())
        stem = "-".join(words)
        taken = {kept.file for kept, _ in self.entries.values()}
        names = (f"{stem}{'' if n == 1 else f'-{n}'}.bin" for n in range(1, len(taken) + 2))
        return next(name for name in names if name not in taken)

    def save(self, folder: Path) -> None:
        """Write the answered requests of either side and everything that a peer sent."""
        answered = {entry.answers for entry, _ in self.entries.values() if entry.sender == "peer"}
        corpus.save(
            folder,
            (
                (entry, data)
                for entry, data in self.entries.values()
                if entry.sender == "peer" or entry.file in answered
            ),
        )


def data_set_of(said: Said) -> bytes | None:
    """Return the bytes of the data set of a message, None if it has none."""
    stream = said.message.data_set
    return stream.getvalue() if isinstance(stream, BytesIO) else None


def _describe(said: Said, program: Program, sender: str, request: Entry | None) -> Entry:
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
        answers=None if request is None else request.file,
        findings=tuple(find(data, data_set, asked)),
    )


def _shape(said: Said, entry: Entry) -> Shape:
    rules = tuple((finding.rule, finding.parameter) for finding in entry.findings)
    return (entry.message, entry.status, bool(entry.data_set), _tags(said.message.command), rules)


def _tags(command: bytes) -> tuple[int, ...]:
    tags: list[int] = []
    offset = 0
    while offset < len(command):
        tag, size = unpack_from("<2I", command, offset)
        tags.append(tag)
        offset += 8 + size
    return tuple(tags)
