"""The findings as SARIF 2.1.0, for code scanning and for other tools that collect findings."""

from __future__ import annotations

import json
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final, TextIO
from urllib.parse import quote

from ._judged import Judged, judged
from ._record import Association, File, Summary
from ._rules import RULES

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: Final = {"violation": "error", "finding": "error", "anomaly": "warning", "capture": "note"}
#: How many results one log has; a scanner takes no more.
MOST_RESULTS: Final = 25_000


class Sarif:
    """Collects results, and writes them at the end."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._results: list[dict[str, Any]] = []
        self._rules: dict[str, int] = {}
        self._problems: list[str] = []

    def association(self, association: Association) -> None:
        """Take what was found in an association."""
        for each in judged(association):
            if len(self._results) < MOST_RESULTS:
                self._results.append(self._result(association, each))

    def file(self, file: File) -> None:
        """Take what was read of a file."""
        if file.problem:
            self._problems.append(f"{file.name}: {file.problem}")

    def _result(self, association: Association, each: Judged) -> dict[str, Any]:
        ends = f"{association.requestor or 'requestor'} to {association.acceptor or 'acceptor'}"
        frame = f", frame {each.place.frame}" if each.place.frame else ""
        advice = f"; {each.advice}" if each.advice else ""
        mends = f" {each.mends} is to mend it." if each.mends else ""
        text = f"{ends}{frame}: {each.message}{advice} ({each.reference}).{mends}"
        return {
            "ruleId": each.rule,
            "ruleIndex": self._rules.setdefault(each.rule, len(self._rules)),
            "level": _LEVELS[each.kind],
            "message": {"text": text},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": quote(association.file)},
                    },
                    "logicalLocations": [{"fullyQualifiedName": f"{ends}{frame}"}],
                }
            ],
            "properties": {"frame": each.place.frame or None, "mends": each.mends or None},
        }

    def end(self, files: list[File], summary: Summary) -> None:
        """Write the log."""
        driver = {
            "name": "dimse_primitives audit",
            "version": _version(),
            "rules": [_rule(identifier) for identifier in self._rules],
        }
        notes = [{"level": "error", "message": {"text": text}} for text in self._problems]
        run = {
            "tool": {"driver": driver},
            "invocations": [
                {"executionSuccessful": not notes, "toolExecutionNotifications": notes}
            ],
            "results": self._results,
        }
        json.dump({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, self._stream, indent=2)
        self._stream.write("\n")


def _rule(identifier: str) -> dict[str, Any]:
    rule = RULES.get(identifier)
    if rule is None:
        return {"id": identifier}
    return {"id": identifier, "help": {"text": f"{rule.advice} ({rule.reference})"}}


def _version() -> str:
    try:
        return version("dimse-primitives")
    except PackageNotFoundError:
        return "unknown"
