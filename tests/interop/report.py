"""What the corpus shows, for readers: the page of the peers.

Invariant: everything here is computed from the index of the corpus, so that neither can say more
than was on the wire.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from .corpus import Entry
from .dialogues import Dialogue
from .dialogues import table as dialogue_table
from .findings import Finding

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "peers.md"

# In the order of PS3.7.
SERVICES = (
    *("C-STORE", "C-GET", "C-MOVE", "C-FIND", "C-ECHO", "C-CANCEL"),
    *("N-EVENT-REPORT", "N-GET", "N-SET", "N-ACTION", "N-CREATE", "N-DELETE"),
)
ROLES = ("invokes", "performs")
_CANCELED = "FE00"

_PAGE = """\
# Real peers

`make interop-peers` exchanges messages with {peers} on the loopback interface.
One end of each exchange is the peer; the other is an association of pynetdicom with
`dimse_primitives.contrib.pynetdicom` in it, our primitives and our codec. Every command set is
taken from the wire, decoded, encoded to the same bytes, and checked against the rules of its table,
a response together with the request that it answers. What we send must break none. What is written
here comes from such a run: `make interop-record` writes it.

## Exchanged

A program stands where it sent the request (invokes) or the response (performs). C-CANCEL has no
response: there stands who ended a service with the status FE00H because we asked to.

{table}
A dash: no program of that version takes this role.

## The corpus

`tests/interop/corpus/` keeps {count} command sets: {peer_count} that a peer sent, and {our_count}
requests that they answer. No two are alike in program, message, elements and status. `make test`
decodes, encodes and checks them again, without the peers; `python -m dimse_primitives
inspect FILE` shows one.

| Message | Command sets of peers |
|---|---|
{messages}

## Rules that peers break

{findings}
"""

_DIALOGUES = """
## Dialogues

Every connection of that run is audited as `python -m dimse_primitives audit` does it: the PDUs and
what they negotiate, the states of both sides, each response against its request, and the data sets
that rules of SOP classes are about. What is found beyond the rules above:

{dialogues}"""


def peers(entries: Iterable[Entry]) -> list[tuple[str, str]]:
    """Return the name and version of every peer."""
    return sorted({(entry.peer, entry.version) for entry in entries})


def cell(entries: Iterable[Entry], peer: tuple[str, str], service: str, role: str) -> list[str]:
    """Return the programs of a peer that had `role` in `service`."""
    return sorted(
        {
            entry.program
            for entry in entries
            if entry.sender == "peer"
            and (entry.peer, entry.version) == peer
            and (service, role) in _parts(entry)
        }
    )


def _parts(entry: Entry) -> list[tuple[str, str]]:
    parts = [(entry.service, entry.role)]
    return [*parts, ("C-CANCEL", "performs")] if entry.status == _CANCELED else parts


def table(entries: Sequence[Entry]) -> str:
    """Return the table service by peer by role, in Markdown."""
    columns = [(peer, role) for peer in peers(entries) for role in ROLES]
    titles = [f"{' '.join(peer)} {role}" for peer, role in columns]
    rows = [["Service", *titles], ["---"] * (len(titles) + 1)]
    for service in SERVICES:
        cells = (", ".join(cell(entries, peer, service, role)) for peer, role in columns)
        rows.append([service, *(words or "–" for words in cells)])  # noqa: RUF001
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def found(entries: Iterable[Entry]) -> dict[tuple[str, str, str, str, str], tuple[Finding, str]]:
    """Return what peers break: a finding and a file that shows it, by who, what and where."""
    seen: dict[tuple[str, str, str, str, str], tuple[Finding, str]] = {}
    for entry in entries:
        if entry.sender != "peer":
            continue
        for finding in entry.findings:
            who = f"{entry.peer} {entry.version}"
            what = (who, entry.program, entry.message, finding.rule, finding.parameter)
            seen.setdefault(what, (finding, entry.file))
    return seen


def page(entries: Sequence[Entry], dialogues: Sequence[Dialogue]) -> str:
    """Return the page about the peers."""
    of_peers = [entry for entry in entries if entry.sender == "peer"]
    names = sorted({entry.message for entry in of_peers})
    counts = ((name, sum(entry.message == name for entry in of_peers)) for name in names)
    text = _PAGE.format(
        peers=_listed([" ".join(peer) for peer in peers(entries)]),
        table=table(entries),
        count=len(entries),
        peer_count=len(of_peers),
        our_count=len(entries) - len(of_peers),
        messages="\n".join(f"| {name} | {count} |" for name, count in counts),
        findings=_findings(entries) or "None: no anomaly, and no rule of PS3.7 broken.",
    )
    return text + _DIALOGUES.format(dialogues=dialogue_table(dialogues)) if dialogues else text


def _listed(names: Sequence[str]) -> str:
    """Return ``a, b and c``."""
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def _findings(entries: Sequence[Entry]) -> str:
    rows = [
        (f"{who} {program}", message, f"`{rule}`", finding.text, finding.reference, f"`{file}`")
        for (who, program, message, rule, _), (finding, file) in sorted(found(entries).items())
    ]
    head = [("Peer", "Message", "Rule", "What is wrong", "Clause", "Shown by"), ("---",) * 6]
    return "\n".join(f"| {' | '.join(row)} |" for row in [*head, *rows]) if rows else ""
