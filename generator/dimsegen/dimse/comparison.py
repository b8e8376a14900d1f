"""Compare two versions and prove what was found: what `diff`, `waive` and `check` have in common.

Invariant: a report is complete or there is none; whatever keeps it from being complete is a
`CommandError`. Only here do the comparison and the renderer meet.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeAlias

from ..commands import CommandError
from ..reading.places import shown_path
from ..reading.problems import SchemaError
from ..render import RenderError
from ..sets.finding import Actor, Finding, Level, Side, Verdict
from ..sets.report import Assessed, Audience, Report, Version
from ..table.waiver import Waiver
from ..waivers import match
from .compare import compare
from .inputs import (
    InputError,
    committed_files,
    only_services,
    read_versions,
    working_schemas,
)
from .loader import load_waivers
from .package import render_package
from .witness import ContradictionError, VerifyResult, assess, verify

Files: TypeAlias = Mapping[str, bytes]
WAIVERS = "waivers.yaml"
COUNTEREXAMPLES, EXHAUSTIVE, NOTHING = "counterexamples", "exhaustive", "none"


@dataclass(frozen=True)
class Request:
    """What to compare, for whom, and how to prove it.

    Attributes
    ----------
    words : tuple of str
        None, one or both of OLD and NEW.
    schemas : pathlib.Path or None
        The folder of schemas of the working tree.
    templates : pathlib.Path
        The templates of the code that is run.
    verify : str
        ``counterexamples``, ``exhaustive`` or ``none``.
    package : pathlib.Path
        Where commits have the generated package, from the root of the repository.
    """

    words: tuple[str, ...]
    schemas: Path | None
    templates: Path
    audience: Audience = field(default_factory=Audience)
    verify: str = COUNTEREXAMPLES
    package: Path = Path("generated", "dimse_primitives")


def request_of(options: argparse.Namespace) -> Request:
    """Return what the command line asks for."""
    if len(options.inputs) > 2:
        raise CommandError(f"{options.inputs[2]}: two versions are compared: name OLD and NEW")
    return Request(
        tuple(options.inputs),
        options.schemas,
        options.templates,
        audience_of(options),
        options.verify,
    )


def audience_of(options: argparse.Namespace) -> Audience:
    """Return for whom the report is, and what fails it."""
    side = None if options.side == "both" else Side(options.side)
    actor = Actor(options.role) if options.role else None
    return Audience(side, actor, Level(options.fail_on), options.tolerant)


def report_of(request: Request) -> Report:
    """Return the report on what is asked for.

    Raises
    ------
    CommandError
        If the versions cannot be read or rendered, or findings and generated code contradict.
    """
    try:
        old, new = read_versions(request.words, request.schemas)
        return report_between(request, old, new)
    except InputError as error:
        raise CommandError(str(error)) from error
    except RenderError as error:
        raise CommandError(f"{error}\nnothing was compared") from error
    except ContradictionError as error:
        raise CommandError(f"{error}\nthis is a defect of dimsegen: please report it") from error


def report_between(request: Request, old: Version, new: Version) -> Report:
    """Return the report on two versions that have been read.

    Raises
    ------
    RenderError, ContradictionError
        If they cannot be rendered, or findings and generated code contradict.
    """
    tolerant = request.audience.tolerant
    findings = compare(old.schema, new.schema, tolerant=tolerant)
    own = new.schema.waivers
    waivers = (*_waivers_of(new), *own)
    matched = match(_assessed(request, findings, old, new), waivers, date.today())
    result = _verified(request, findings, old, new)
    return Report(
        old,
        new,
        matched.assessed,
        request.audience,
        tuple(each for each in matched.unused if each in own),
        matched.expired,
        result.sentence if result else "",
        result.disagreements if result else (),
        (*request.words, *_shown_schemas(request)),
    )


def _waivers_of(version: Version) -> tuple[Waiver, ...]:
    """Return what is waived where a version itself cannot be written to."""
    path = (version.waivers_in or Path()) / WAIVERS
    if version.waivers_in is None or not path.is_file():
        return ()
    try:
        return load_waivers(path.read_bytes().decode("utf-8-sig"), str(shown_path(path)))
    except SchemaError as error:
        raise CommandError(error.explain("nothing was compared")) from error
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{path}: cannot be read: {error}") from error


def _shown_schemas(request: Request) -> tuple[str, ...]:
    """Return how to name the folder of schemas, if it is not the one that is found from here."""
    given = request.schemas
    if given is None or given.resolve() == working_schemas().resolve():
        return ()
    return "--schemas", str(given)


def _assessed(
    request: Request, findings: Sequence[Finding], old: Version, new: Version
) -> tuple[Assessed, ...]:
    """Return the findings with what shows them; only the services concerned are rendered."""
    names = {each.service for each in findings if not _is_harmless(each)}
    if request.verify == NOTHING or not names:
        return tuple(map(Assessed, findings))
    if "" not in names:
        old, new = only_services(old, names), only_services(new, names)
    files = _rendered(request, old, new)
    return assess(findings, old, new, *files, tolerant=request.audience.tolerant)


def _is_harmless(finding: Finding) -> bool:
    return all(finding.verdict(side) is Verdict.OK for side in Side)


def _verified(
    request: Request, findings: Sequence[Finding], old: Version, new: Version
) -> VerifyResult | None:
    if request.verify != EXHAUSTIVE:
        return None
    before, after = _rendered(request, old, new)
    # What was committed, if it was: it shows what a template or the renderer has changed, too.
    before = committed_files(old, request.package) or before
    return verify(findings, old, new, before, after, tolerant=request.audience.tolerant)


def _rendered(request: Request, old: Version, new: Version) -> tuple[Files, Files]:
    templates = request.templates
    return render_package(old.schema, templates), render_package(new.schema, templates)
