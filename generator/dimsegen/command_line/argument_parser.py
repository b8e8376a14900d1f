"""How a command line is read: near misses are told, help keeps its examples, none is lost.

Every generated package has a copy of this module as its `_parser`: edit `dimsegen/command_line`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Any, NoReturn


class Parser(argparse.ArgumentParser):
    """A parser that says what was meant, and does not pass over help that cannot be written."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        settings.setdefault("formatter_class", _Formatter)
        super().__init__(*arguments, **settings)

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Refuse what is not known where it stands, so that a command refuses its own words."""
        options, unknown = super().parse_known_args(args, namespace)
        if unknown:
            self.error(f"unrecognized arguments: {' '.join(unknown)}{self._near(unknown)}")
        return options, unknown

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is not None and value not in action.choices:
            known = [str(each) for each in action.choices]
            text = f"invalid choice: {value!r}{_hint(value, known)}: use one of {', '.join(known)}"
            raise argparse.ArgumentError(action, text)

    def _near(self, unknown: Sequence[str]) -> str:
        known = [name for name in self._option_string_actions if name.startswith("--")]
        return next((hint for each in unknown if (hint := _hint(each, known))), "")

    def _print_message(self, message: str, file: Any = None) -> None:
        (file or sys.stderr).write(message)


class Version(argparse.Action):
    """Prints the version, and no more; `const` is the distribution, if it has another name."""

    def __init__(self, option_strings: Sequence[str], dest: str, **settings: Any) -> None:
        super().__init__(option_strings, argparse.SUPPRESS, nargs=0, **settings)

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        """Print it and leave."""
        # Looked up only now, because it takes a while.
        from importlib.metadata import PackageNotFoundError, version

        package = (__package__ or "").partition(".")[0]
        try:
            print(f"{package} {version(self.const or package)}")
        except PackageNotFoundError:
            print(f"{package}, which is not installed: it has no version")
        parser.exit()


class _Formatter(argparse.HelpFormatter):
    """Help that fills its paragraphs and leaves literal blocks, the examples, as they are."""

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        # The site takes the same text as reStructuredText.
        lines = text.replace("::\n\n", ":\n").splitlines()
        filled = super()._fill_text
        return "\n".join(x if x.startswith(" ") else filled(x, width, indent) for x in lines)


def _hint(word: object, known: Iterable[str]) -> str:
    close = get_close_matches(str(word).partition("=")[0], list(known), 1)
    return f" (did you mean {close[0]}?)" if close else ""
