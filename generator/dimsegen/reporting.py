"""Compare two versions and prove what was found: what `diff`, `waive` and `check` have in common.

A report is complete or there is none; whatever keeps it from being complete is a `CommandError`.
What is found and how it is proven, each family knows; only here, and in its step `comparison`, do
the comparison and the renderer meet.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from .command_line.outcome import CommandError
from .data import folder_of
from .families import Family, families
from .inputs.errors import InputError
from .inputs.pairs import committed_files, read_versions, working_schemas
from .reading.places import shown_path
from .reading.problems import SchemaError
from .render import RenderError
from .sets.finding import Actor, Level, Side
from .sets.report import Audience, Compared, Report, Version, counts_of
from .table.terms import STANDARD_TABLES
from .table.waiver import Waiver
from .table.waivers import load_waivers
from .waivers import match
from .waivers.waivers_file import WAIVERS
from .witness.packages import Files
from .witness.proof import COUNTEREXAMPLES, NOTHING, ContradictionError, Proof

EVERYBODY = Audience()


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
    extends : bool
        Whether folders extend the standard though they do not say so.
    """

    words: tuple[str, ...]
    schemas: Path | None
    templates: Path
    audience: Audience = EVERYBODY
    verify: str = COUNTEREXAMPLES
    package: Path = Path("generated", "dimse_primitives")
    extends: bool = False


def request_of(
    options: argparse.Namespace, words: Sequence[str], verify: str, audience: Audience = EVERYBODY
) -> Request:
    """Return what the command line asks for: to compare what `words` name."""
    if len(words) > 2:
        raise CommandError(f"{words[2]}: two versions are compared: name OLD and NEW")
    extends = bool(options.extends)
    schemas, templates = options.schemas, options.templates
    return Request(tuple(words), schemas, templates, audience, verify, extends=extends)


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
        old, new = read_versions(request.words, request.schemas, extends=request.extends)
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
    parts = _parts(request, old, new)
    own = [waiver for part in parts for waiver in part.waivers]
    assessed = [each for part in parts for each in part.assessed]
    matched = match(assessed, (*_waivers_of(new), *own), date.today())
    # Where not everything is compared, a waiver of the rest is used elsewhere.
    is_whole = not (new.items or new.families)
    return Report(
        old,
        new,
        matched.assessed,
        counts_of(part.counts for part in parts),
        request.audience,
        tuple(each for each in matched.unused if is_whole and each in own),
        matched.expired,
        "; ".join(part.verified for part in parts if part.verified),
        tuple(line for part in parts for line in part.disagreements),
        (*request.words, *_shown_schemas(request)),
        rules={name: rule for part in parts for name, rule in part.rules.items()},
        notes=(*old.notes, *new.notes),
    )


def changes_between(old: Version, new: Version) -> Report:
    """Return what has changed, with nothing that was run and nothing that is waived."""
    parts = _parts(Request((), None, Path(), verify=NOTHING), old, new)
    assessed = tuple(each for part in parts for each in part.assessed)
    return Report(old, new, assessed, counts_of(part.counts for part in parts))


def _parts(request: Request, old: Version, new: Version) -> list[Compared]:
    """Return what each family found that either version has tables of."""
    parts = []
    for family in families():
        asked = old.families or new.families
        if (not asked or family.name in asked) and family.name in {*old.tables, *new.tables}:
            step = family.step("comparison")
            versions = [each.of(family.name, step.NOTHING) for each in (old, new)]
            parts.append(step.compared(_proof(request, family), *versions))
    return parts


def _proof(request: Request, family: Family) -> Proof:
    """Return how to prove what is found in the tables of `family`."""

    def beside(version: Version) -> Files:
        files: dict[str, bytes] = {}
        for other in families():
            # The tables in the folder itself are what code of the others imports from.
            if other is family or other.folder:
                continue
            tables = version.tables.get(other.name)
            if tables is None:
                # An edition has one part of the standard: code needs the root of the package, too.
                tables = other.step("loader").load_schema(folder_of("schemas"))
            files |= other.step("package").render_package(tables, request.templates)
        return files

    def committed(version: Version) -> Files | None:
        return committed_files(version, request.package)

    tolerant = request.audience.tolerant
    return Proof(request.verify, request.templates, tolerant, beside, committed)


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
    extends = ("--extends", STANDARD_TABLES) if request.extends else ()
    if given is None or given.resolve() == working_schemas().resolve():
        return extends
    return ("--schemas", str(given), *extends)
