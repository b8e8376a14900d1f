"""The commands that look at a change of the schemas."""

from __future__ import annotations

from pathlib import Path

from .options import (
    AUDIENCE,
    PACKAGE,
    REPORTS,
    SCHEMAS,
    TEMPLATES,
    VERSIONS,
    Command,
    Option,
    flag,
    folder,
    output_folder,
)

COMMANDS = (
    Command(
        "diff",
        "say whom a change of the schemas breaks, and how",
        "Say whom a change of the schemas breaks, and how: by the sets of messages that either "
        "version allows, with a message that was run on the code of both. OLD and NEW are each "
        "a folder of schemas, a service file, an edition in DocBook, REV (the schemas of a "
        "revision) or REV:PATH; A..B compares two revisions, A...B what B has changed since it "
        "left A. Without NEW, the working tree is new. Without both, what the working tree has "
        "changed since it left the default branch. Exit code 0: nothing fails; 1: findings that "
        "nobody waived; 2: no comparison was possible.",
        (
            "dimsegen diff",
            "dimsegen diff v1.0 -o markdown",
            "dimsegen diff 2020a/part07.xml 2020b/part07.xml",
            "dimsegen diff main...HEAD -o text -o sarif=diff.sarif",
        ),
        (
            *VERSIONS,
            *AUDIENCE,
            Option(
                "--verify",
                choices=("counterexamples", "exhaustive", "none"),
                default="counterexamples",
                help="run a message for each finding, or every pattern of presence of the "
                "services that changed, up to 4096 of a direction (a sample beyond is said to "
                "be one), or nothing (default: counterexamples)",
            ),
            REPORTS,
            flag("--json-schema", "print the JSON Schema of -o json, and no more"),
        ),
    ),
    Command(
        "waive",
        "accept a finding of diff: write it into waivers.yaml",
        "Accept a finding of diff, with the reason: it is written into waivers.yaml, and diff "
        "does not fail for it any more.",
        (
            'dimsegen waive 3267cc31119c --reason "agreed with all peers"',
            "dimsegen waive --prune",
        ),
        (
            Option(
                "fingerprint",
                nargs="?",
                metavar="FINGERPRINT",
                help="the twelve digits that diff prints with the finding",
            ),
            *VERSIONS,
            Option("--reason", metavar="TEXT", help="why the change is accepted (mandatory)"),
            Option("--reference", metavar="TEXT", default="", help="where that was decided"),
            Option("--expires", metavar="YYYY-MM-DD", help="the last day on which it counts"),
            flag("--prune", "remove the waivers that match no finding"),
        ),
    ),
    Command(
        "check",
        "do all that continuous integration does: lint, drift, waivers, diff, verification",
        "Do all that continuous integration does: lint, drift of what is generated, waivers, "
        "diff, and its verification on the code of both versions. The exit code is the worst of "
        "all.",
        (
            "dimsegen check",
            "dimsegen check --base v1.0",
        ),
        (
            Option(
                "--base",
                metavar="REV",
                help="what to compare with (default: where HEAD left the default branch)",
            ),
            *SCHEMAS,
            TEMPLATES,
            output_folder("generated", "folder that holds the package"),
            PACKAGE,
            folder(
                "--pages",
                "folder of the reference pages, if there are any (default: docs/reference)",
                Path("docs/reference"),
            ),
            *AUDIENCE,
        ),
    ),
    Command(
        "git-diff-driver",
        "let git show the report instead of the lines",
        "Let git show the report instead of the lines, in git diff and in git log -p --ext-diff: "
        "with the two lines below, once in a clone. git calls it with PATH OLD-FILE OLD-HEX "
        "OLD-MODE NEW-FILE NEW-HEX NEW-MODE.",
        (
            "git config diff.dimsegen.command 'dimsegen git-diff-driver'",
            "echo 'schemas/services/*.yaml diff=dimsegen' >> .gitattributes",
        ),
        [Option("words", nargs="*", metavar="ARGUMENT", help="what git passes")],
    ),
)
