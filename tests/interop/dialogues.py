"""What an audit says of the dialogues of a run: what peers break beyond a single command set.

Invariant: a finding is kept once for a program and a rule, with how often it was there.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from dimse_primitives.audit import Association
from dimse_primitives.audit._judged import judged

#: The folder in which what was recorded stands.
RECORDED = Path(__file__).parent
_FILE = "dialogues.json"


@dataclass(frozen=True, order=True)
class Dialogue:
    """What is wrong in dialogues with a program, and how often; without a rule, nothing is.

    Attributes
    ----------
    sender : str
        Who is to mend it: ``peer`` or ``us``.
    """

    peer: str
    version: str
    program: str
    sender: str
    rule: str
    text: str
    reference: str
    count: int


def heard(
    association: Association, program: tuple[str, str, str], program_is_client: bool
) -> Iterator[Dialogue]:
    """Yield what an audit says of one dialogue that a single command set does not show."""
    yield Dialogue(*program, "", "", "", "", 1)
    for each in judged(association):
        is_of_command = each.kind in ("violation", "anomaly") and each.reference.startswith("PS3.7")
        if each.kind == "capture" or is_of_command:
            continue
        is_peer = (each.mends == "requestor") == program_is_client
        sender = "peer" if is_peer else "us"
        yield Dialogue(*program, sender, each.rule, each.message, each.reference, 1)


def summed(dialogues: Iterable[Dialogue]) -> list[Dialogue]:
    """Return each rule of each program once, with how often it was broken and one text."""
    counts: Counter[tuple[str, ...]] = Counter()
    first: dict[tuple[str, ...], Dialogue] = {}
    for each in dialogues:
        key = (each.peer, each.version, each.program, each.sender, each.rule)
        counts[key] += each.count
        first.setdefault(key, each)
    return sorted(replace(each, count=counts[key]) for key, each in first.items())


def save(folder: Path, dialogues: Iterable[Dialogue]) -> None:
    """Write what was heard into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    content = [asdict(each) for each in summed(dialogues)]
    (folder / _FILE).write_text(f"{json.dumps(content, indent=1)}\n", "utf-8")


def load(folder: Path) -> list[Dialogue]:
    """Return what was heard; nothing where it was not recorded."""
    path = folder / _FILE
    return (
        [Dialogue(**each) for each in json.loads(path.read_text("utf-8"))] if path.exists() else []
    )


def table(dialogues: Iterable[Dialogue]) -> str:
    """Return what peers are to mend, in Markdown, after how many dialogues there were."""
    dialogues = list(dialogues)
    total = sum(each.count for each in dialogues if not each.rule)
    programs = len({(each.peer, each.program) for each in dialogues})
    lines = [f"{total} associations with {programs} programs were audited."]
    rows = [
        (
            f"{each.peer} {each.version} {each.program}",
            f"`{each.rule}`",
            each.text,
            each.reference,
            str(each.count),
        )
        for each in dialogues
        if each.sender == "peer"
    ]
    if not rows:
        return f"{lines[0]} No peer broke a rule of a dialogue.\n"
    head = [("Peer", "Rule", "What is wrong, the first time", "Clause", "Times"), ("---",) * 5]
    lines += ["", *(f"| {' | '.join(row)} |" for row in [*head, *rows])]
    return "\n".join(lines) + "\n"
