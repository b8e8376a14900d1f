"""The corpus: command sets that were on the wire, as they were, and an index that describes them.

Invariant: every file of the folder is in the index once, and every request that an entry answers
is an entry before it. Two entries differ in more than their values: in the program, the message,
the elements, the status, the findings, or in this for the request that they answer.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from .findings import Finding, find

FOLDER = Path(__file__).parent / "corpus"
_INDEX = "index.json"


@dataclass(frozen=True)
class Entry:
    """A command set of the corpus.

    Attributes
    ----------
    file : str
        Its bytes.
    peer, version, program : str
        The software at the other end, whoever sent this.
    sender : str
        ``peer`` or ``us``.
    message, service : str
        E.g. ``C-FIND-RSP`` and ``C-FIND``.
    status : str or None
        The status of a response, four hexadecimal digits.
    data_set : int or None
        The number of bytes of the data set that followed, None if none did.
    answers : str or None
        The file of the request, if this is a response.
    findings : tuple of Finding
        What is wrong with it.
    """

    file: str
    peer: str
    version: str
    program: str
    sender: str
    message: str
    service: str
    status: str | None
    data_set: int | None
    answers: str | None
    findings: tuple[Finding, ...]

    @property
    def role(self) -> str:
        """Whether the sender invokes the service here or performs it."""
        return "performs" if self.message.endswith("-RSP") else "invokes"

    def judge(self, data: Mapping[str, bytes]) -> Entry:
        """Return this entry with the findings of its bytes; `data` is the bytes of every file."""
        # Of a data set only whether it is empty matters.
        stand_in = None if self.data_set is None else bytes(self.data_set)
        request = None if self.answers is None else data[self.answers]
        return replace(self, findings=tuple(find(data[self.file], stand_in, request)))


def load(folder: Path = FOLDER) -> list[Entry]:
    """Return the entries of the index in their order."""
    listed = json.loads((folder / _INDEX).read_text("utf-8"))
    return [
        Entry(**item | {"findings": tuple(Finding(**each) for each in item["findings"])})
        for item in listed
    ]


def save(folder: Path, entries: Iterable[tuple[Entry, bytes]]) -> None:
    """Make `folder` hold `entries` and nothing else."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    kept = list(entries)
    for entry, data in kept:
        (folder / entry.file).write_bytes(data)
    # A line an entry: so that a diff shows which message of which peer has changed.
    lines = ",\n".join(json.dumps(asdict(entry)) for entry, _ in kept)
    (folder / _INDEX).write_text(f"[\n{lines}\n]\n", "utf-8")
