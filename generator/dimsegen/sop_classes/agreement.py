"""Hold the parameters of requests that the tables of SOP classes name against those there are."""

from __future__ import annotations

from collections.abc import Mapping

from ..reading.problems import Problem, Report
from .model import SOPClasses

#: What is said of a rule that is broken.
RULES: dict[str, str] = {
    "no-such-parameter": "{service}: {name} is no parameter of its request{hint}",
}
_ADVICE = {"no-such-parameter": ": use {known}"}


def disagreements(
    model: SOPClasses, requests: Mapping[str, tuple[str, ...]]
) -> tuple[Problem, ...]:
    """Return each parameter that `model` names and `requests` has not.

    Parameters
    ----------
    model : SOPClasses
        What the tables of SOP classes say.
    requests : mapping of str to tuple of str
        The keywords of the parameters of each request, by service.
    """
    report = Report(RULES, _ADVICE)
    for service, asked in model.requests.items():
        known = requests.get(service, ())
        for name, position in asked.places.items():
            if known and name not in known:
                facts = {"service": service}
                report.add_unknown(position, "no-such-parameter", name, known, facts)
    return report.problems
