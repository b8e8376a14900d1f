"""Hold what a run has seen against what is recorded, or record it.

``python -m tests.interop.peers check FOLDER`` or ``… record FOLDER``; `FOLDER` is where the run has
written what it saw. After a change of the rules ``… record tests/interop/corpus`` records what they
say now of what was seen then. Exit codes: 0 as recorded, 1 not.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from .. import corpus, dialogues
from ..corpus import Entry
from ..report import PAGE, ROLES, SERVICES, cell, found, page, peers, table
from . import outcome
from .merging import in_the_same_words, merged


def record(folder: Path) -> int:
    """Make the corpus and the page what `folder` shows, if all tests of its run have passed."""
    is_run = folder.resolve() != corpus.FOLDER.resolve()
    if is_run and (objections := outcome.objections(folder)):
        for objection in objections:
            print(objection, file=sys.stderr)
        print("nothing is recorded: not all tests of the run have passed", file=sys.stderr)
        return 1
    kept = _with_bytes(folder)
    data = {entry.file: content for entry, content in kept}
    judged = [(entry.judge(data), content) for entry, content in kept]
    corpus.save(corpus.FOLDER, merged(judged, _with_bytes(corpus.FOLDER)))
    # What is judged again from the corpus has no dialogues of its own.
    recorded = dialogues.load(dialogues.RECORDED)
    heard = in_the_same_words(dialogues.load(folder), recorded) if is_run else recorded
    dialogues.save(dialogues.RECORDED, heard)
    entries = corpus.load()
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(entries, heard), "utf-8")
    print(f"{len(entries)} command sets are the corpus; docs/peers.md tells of them")
    return 0


def _with_bytes(folder: Path) -> list[tuple[Entry, bytes]]:
    return [(entry, (folder / entry.file).read_bytes()) for entry in corpus.load(folder)]


def check(folder: Path) -> int:
    """Say what was exchanged, and what of it is not as recorded."""
    seen, recorded = corpus.load(folder), corpus.load()
    print(table(seen))
    for (who, program, message, rule, _), (finding, _) in found(seen).items():
        print(f"{who} {program} {message}: {rule}: {finding.text} ({finding.reference})")
    differences = [*_exchanges(seen, recorded), *_findings(seen, recorded), *_heard(folder)]
    for difference in differences:
        print(difference, file=sys.stderr)
    if differences:
        print("if that is right, `make interop-record` keeps it", file=sys.stderr)
    return 1 if differences else 0


def _exchanges(seen: Sequence[Entry], recorded: Sequence[Entry]) -> list[str]:
    # Of another version of a peer only the names are compared: it may do more, but not less.
    versions = dict(peers(seen))
    missing = []
    for name, version in peers(recorded):
        for service in SERVICES:
            for role in ROLES:
                before = cell(recorded, (name, version), service, role)
                now = cell(seen, (name, versions.get(name, "")), service, role)
                lost = (program for program in before if program not in now)
                missing += [f"{program} {role} {service} no longer" for program in lost]
    return missing


def _findings(seen: Sequence[Entry], recorded: Sequence[Entry]) -> list[str]:
    # Another version of a peer may break other rules: that is printed, and no difference.
    known = {" ".join(peer) for peer in peers(recorded)}
    before, now = found(recorded), found(seen)
    return [
        f"not recorded: {' '.join(what)}" for what in now if what not in before and what[0] in known
    ]


def _heard(folder: Path) -> list[str]:
    """Return the rules of dialogues that were broken, and are not recorded."""
    recorded = dialogues.load(dialogues.RECORDED)
    known = {(each.peer, each.version) for each in recorded}
    before = {(each.program, each.sender, each.rule) for each in recorded}
    return [
        f"not recorded: {each.peer} {each.program}, to mend by {each.sender}: {each.rule}: "
        f"{each.text} ({each.reference})"
        for each in dialogues.load(folder)
        if each.rule
        and (each.peer, each.version) in known
        and (each.program, each.sender, each.rule) not in before
    ]


def main(words: Sequence[str]) -> int:
    """Run the command that `words` name."""
    commands = {"check": check, "record": record}
    if len(words) != 2 or words[0] not in commands:
        print(__doc__, file=sys.stderr)
        return 2
    return commands[words[0]](Path(words[1]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
