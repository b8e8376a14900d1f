"""The JSON of an audit; `audit.schema.json` describes it.

Invariant: no value of a data set is in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime, timedelta, timezone
from typing import Any, Final

from .._codec import Anomaly
from .._rows import Violation
from ._audit import Audit
from ._finding import Finding, Place
from ._record import Association, File, SentMessage, Summary

FORMAT_VERSION: Final = 1
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=timezone.utc)


def to_json_dict(audit: Audit) -> dict[str, Any]:
    """Return an audit as a dict of JSON."""
    return {
        "format_version": FORMAT_VERSION,
        "files": [file_to_json(file) for file in audit.files],
        "associations": [association_to_json(each) for each in audit.associations],
        "summary": summary_to_json(audit.summary),
    }


def file_to_json(file: File) -> dict[str, Any]:
    """Return what was read of a file."""
    return {
        "file": file.name,
        "taken_for": file.taken_for,
        "size": file.size,
        "frames": file.frames,
        "problem": file.problem or None,
        "not_checked": [
            {"what": what, "count": count} for what, count in sorted(file.not_checked.items())
        ],
        "summary": summary_to_json(file.summary),
    }


def summary_to_json(summary: Summary) -> dict[str, int]:
    """Return how much was found."""
    return asdict(summary)


def association_to_json(association: Association) -> dict[str, Any]:
    """Return an association with its messages."""
    return {
        "file": association.file,
        "requestor": association.requestor or None,
        "acceptor": association.acceptor or None,
        "calling_ae_title": association.calling_ae_title,
        "called_ae_title": association.called_ae_title,
        "started": iso_time(association.started),
        "ended": iso_time(association.ended),
        "outcome": association.outcome.value,
        "outcome_text": association.outcome_text,
        "contexts": [
            {
                "id": context.context_id,
                "abstract_syntax": context.abstract_syntax,
                "transfer_syntax": context.transfer_syntax,
                "result": context.result,
                "proposed_transfer_syntaxes": list(context.proposed),
            }
            for context in association.contexts.values()
        ],
        "user_information": association.user_information,
        "pdus": [
            {**_place(pdu.place), "type": pdu.name, "text": pdu.text} for pdu in association.pdus
        ],
        "messages": [message_to_json(each) for each in association.messages],
        "violations": [
            {**_place(place), **violation_to_json(each)} for place, each in association.violations
        ],
        "anomalies": [{**_place(place), **_anomaly(each)} for place, each in association.anomalies],
        "findings": _findings(association.findings),
        "unlisted": dict(association.unlisted),
    }


def message_to_json(message: SentMessage) -> dict[str, Any]:
    """Return a message."""
    return {
        **_place(message.place),
        "context_id": message.context_id,
        "type": message.kind or None,
        "message_id": message.message_id,
        "sop_class": message.sop_class or None,
        "status": message.status,
        "status_text": message.status_text or None,
        "state": message.state or None,
        "seconds": message.seconds,
        "data_set_bytes": message.data_set_bytes,
        "missing_bytes": message.missing_bytes,
        "violations": [
            {"mends": message.place.sender, **violation_to_json(each)}
            for each in message.violations
        ],
        "anomalies": [_anomaly(each) for each in message.anomalies],
        "findings": _findings(message.findings),
        "not_checked": list(message.not_checked),
    }


def violation_to_json(violation: Violation) -> dict[str, Any]:
    """Return a violation; those of SOP classes have a path, too."""
    path = getattr(violation, "path", None)
    return {
        "rule": violation.rule,
        "parameter": violation.parameter,
        "message": violation.message,
        "reference": violation.reference,
        **({"path": str(path)} if path else {}),
    }


def _anomaly(anomaly: Anomaly) -> dict[str, Any]:
    return {
        "rule": anomaly.kind,
        "parameter": anomaly.keyword,
        "offset": anomaly.offset,
        "message": anomaly.message,
        "reference": anomaly.reference,
    }


def _findings(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    return [
        {
            **_place(finding.place),
            "rule": finding.rule,
            "about": finding.about,
            "message": finding.message,
            "advice": finding.advice,
            "reference": finding.reference,
            "mends": finding.mends or None,
        }
        for finding in findings
    ]


def _place(place: Place) -> dict[str, Any]:
    return {
        "time": iso_time(place.time),
        "from": place.sender or None,
        "frame": place.frame or None,
    }


def iso_time(nanoseconds: int | None) -> str | None:
    """Return a time as ISO 8601 has it, in UTC and with microseconds."""
    if nanoseconds is None:
        return None
    try:
        time = _EPOCH + timedelta(microseconds=nanoseconds // 1000)
    except OverflowError:
        return None
    return time.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
