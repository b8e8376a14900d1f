"""What a finding is about: in which messages it can show, by which refusals, with which statuses.

The generated code is asked about everything that it judges. What it does not judge (`is_judged`) is
the only ground on which a break may go without a counterexample.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...sets.finding import Finding, Verdict
from ...table.parameter import Parameter as AnyParameter
from ..model import Parameter, Role
from .exhaustive import Difference
from .scope import Face, Scope
from .search import Cause
from .status_samples import codes_named, examples

# An edited text changes the validity of no message, so it is not why one is refused.
_WORDS_ONLY = "documentation-edited"


def is_in(finding: Finding, scope: Scope) -> bool:
    """Return whether what the finding is about can show in the messages of `scope`."""
    if finding.service and finding.service != scope.service:
        return False
    if finding.direction and finding.direction != scope.column:
        return False
    return not finding.keyword or scope.has(finding.keyword)


def cause_of(finding: Finding, scope: Scope) -> Cause:
    """Return what a refusal in `scope` has to be about."""
    named = _named(finding, scope)
    statuses = examples(named) if named else ()
    parameter = finding.parameter
    if parameter is None or _is_wider(finding, named):
        return Cause(statuses=statuses)
    variants = (parameter, *scope.variants(parameter.keyword))
    tags = frozenset(each.tag for each in variants if each.tag is not None)
    # Where a row was renamed, its former keyword is what the finding calls old.
    return Cause(parameter.keyword, tags, statuses, former=finding.old)


def explains(finding: Finding, difference: Difference) -> bool:
    """Return whether a finding is about what differs and, if it breaks somebody, says so."""
    if finding.rule == _WORDS_ONLY or not is_in(finding, difference.scope):
        return False
    says_so = finding.verdict(difference.side) is not Verdict.OK
    named = _named(finding, difference.scope)
    if named and difference.status not in named:
        return False
    if _is_wider(finding, named):
        return says_so
    return finding.keyword == difference.keyword and (says_so or not difference.is_decisive)


def is_judged(finding: Finding, scopes: Sequence[Scope]) -> bool:
    """Return whether the generated code judges what a finding is about.

    It does not judge a condition that only prose states, a Value Multiplicity, whether the value
    of a Command Data Set Type suits its message, and to which service a message belongs that
    several of them share. Nor does it judge an element that no message has in both versions.
    """
    parameter = finding.parameter
    concerned = [scope for scope in scopes if is_in(finding, scope)]
    if parameter is None:
        # One version lacks the message here, and knows it all the same.
        names = {scope.name for scope in scopes if len(scope.faces) > 1}
        return not all(len(each.faces) == 1 and each.name in names for each in concerned)
    if _role(parameter) is Role.DATA_SET_TYPE:
        return False
    if not finding.service:
        both = [each for each in concerned if len(each.variants(parameter.keyword)) > 1]
        if all(_differs_in_vm_only(parameter.keyword, each) for each in both):
            return False
    return not any(
        _is_prose(face, parameter.keyword) for scope in concerned for face in scope.faces
    )


def _named(finding: Finding, scope: Scope) -> frozenset[int]:
    return codes_named(scope, finding.old) | codes_named(scope, finding.new)


def _is_wider(finding: Finding, named: frozenset[int]) -> bool:
    """Return whether a finding is about a message as such, or about statuses with all they permit.

    A code that two statuses share can change what it permits when one of them comes or goes.
    """
    role = _role(finding.parameter)
    if role is Role.STATUS:
        return bool(named)
    return finding.parameter is None or role is not None


def _role(parameter: AnyParameter | None) -> Role | None:
    return parameter.role if isinstance(parameter, Parameter) else None


def _differs_in_vm_only(keyword: str, scope: Scope) -> bool:
    forms = {(each.tag, each.vr, each.role) for each in scope.variants(keyword)}
    multiplicities = {each.vm for each in scope.variants(keyword)}
    values = [each.values for each in scope.variants(keyword)]
    return len(forms) == 1 and len(multiplicities) > 1 and values[0] == values[-1]


def _is_prose(face: Face, keyword: str) -> bool:
    row = face.row(keyword)
    if row is None or not face.direction.cell(row).usage.is_conditional:
        return False
    return not face.decides(row)
