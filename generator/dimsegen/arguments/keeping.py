"""The commands that keep the schemas, and the shell, in order."""

from __future__ import annotations

from pathlib import Path

from .options import CHECK, SCHEMAS, Command, Option

COMMANDS = (
    Command(
        "lint",
        "say what a reviewer would object to in the schemas",
        "Say what a reviewer would object to in schemas that load: a condition that says "
        "nothing, a waiver without a finding, a text that repeats the standard's.",
        (
            "dimsegen lint",
            "dimsegen lint --schemas mine",
        ),
        SCHEMAS,
    ),
    Command(
        "fmt",
        "write schema files in their canonical form",
        "Write schema files in their canonical form: a row a line, cells under each other. What "
        "they say does not change.",
        (
            "dimsegen fmt",
            "dimsegen fmt --check",
            "dimsegen fmt schemas/services/n_get.yaml",
        ),
        (
            Option(
                "files",
                type=Path,
                metavar="FILE",
                nargs="*",
                help="schema files (default: all those of the folder)",
            ),
            *SCHEMAS,
            CHECK,
        ),
    ),
    Command(
        "completion",
        "print the completion script of a shell",
        "Print the completion script of a shell.",
        (
            'eval "$(dimsegen completion bash)"',
            "dimsegen completion zsh > ~/.zfunc/_dimsegen",
        ),
        [
            Option(
                "shell", choices=("bash", "zsh", "tcsh"), metavar="SHELL", help="bash, zsh or tcsh"
            )
        ],
    ),
)
