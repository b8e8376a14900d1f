"""What is recorded of a run, beside what was recorded before.

Invariant: of two messages of the same shape the one that was recorded first stays, so that what
differs after recording is what a peer does differently, and neither its UIDs nor its sizes. The
order is that of names.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ..corpus import Entry
from ..dialogues import Dialogue
from .record import Shape, shape_of

_Kept = list[tuple[Entry, bytes]]


class _Corpus:
    """Entries with their bytes, by file."""

    def __init__(self, kept: _Kept) -> None:
        self.entries = {entry.file: entry for entry, _ in kept}
        self.data = {entry.file: data for entry, data in kept}

    def of_peers(self) -> dict[Shape, Entry]:
        """Return what peers sent, by its shape and that of the request that it answers."""
        found: dict[Shape, Entry] = {}
        for entry in self.entries.values():
            if entry.sender == "peer":
                found.setdefault(self._shape(entry), entry)
        return found

    def _shape(self, entry: Entry) -> Shape:
        asked = None if entry.answers is None else self.data[entry.answers]
        who = (entry.peer, entry.version, entry.program)
        return (*who, *shape_of(entry, self.data[entry.file], asked))


def merged(seen: _Kept, recorded: _Kept) -> _Kept:
    """Return what a run has seen, each message as it was recorded if it was."""
    new, old = _Corpus(seen), _Corpus(recorded)
    known = old.of_peers()
    chosen = [
        (old, known[shape]) if shape in known else (new, entry)
        for shape, entry in new.of_peers().items()
    ]
    chosen.sort(key=lambda each: (each[1].peer, _order(each[1].file)))
    stay = [entry for corpus, entry in chosen if corpus is old]
    taken = {name for entry in stay for name in (entry.file, entry.answers) if name is not None}
    made: _Kept = []
    names: dict[tuple[bool, str], str] = {}

    def put(corpus: _Corpus, file: str) -> str:
        is_old = corpus is old
        if (is_old, file) not in names:
            entry = corpus.entries[file]
            answers = None if entry.answers is None else put(corpus, entry.answers)
            name = file if is_old else _free(file, taken)
            taken.add(name)
            names[is_old, file] = name
            made.append((replace(entry, file=name, answers=answers), corpus.data[file]))
        return names[is_old, file]

    for corpus, entry in chosen:
        put(corpus, entry.file)
    return made


def _order(file: str) -> tuple[str, int]:
    """Return the place of a name: its number is a number."""
    stem, number = _parts(file)
    return stem, number


def _parts(file: str) -> tuple[str, int]:
    stem, _, number = file.removesuffix(".bin").rpartition("-")
    # A status has four digits.
    is_number = number.isdecimal() and len(number) < 4
    return (stem, int(number)) if is_number else (file.removesuffix(".bin"), 1)


def _free(file: str, taken: set[str]) -> str:
    stem, _ = _parts(file)
    number = 1
    while (name := f"{stem}{'' if number == 1 else f'-{number}'}.bin") in taken:
        number += 1
    return name


def in_the_same_words(heard: Iterable[Dialogue], recorded: Iterable[Dialogue]) -> list[Dialogue]:
    """Return what was heard; a rule that was recorded keeps its text, which has values of a run."""
    known = {_key(each): each for each in recorded}
    found = []
    for each in heard:
        before = known.get(_key(each))
        found.append(each if before is None else replace(each, text=before.text))
    return found


def _key(each: Dialogue) -> tuple[str, ...]:
    return each.peer, each.version, each.program, each.sender, each.rule
