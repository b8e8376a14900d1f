"""A real git repository with a tiny folder of schemas, for tests to change."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from ..conftest import TINY

# As if on a machine whose owner has configured nothing.
ENVIRONMENT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "A",
    "GIT_COMMITTER_EMAIL": "a@example.org",
}
PING = "schemas/services/x_ping.yaml"
# The cell that tests change, before and after.
U_CELL = "Payload:                              {request: U, "
M_CELL = "Payload:                              {request: M, "


@dataclass(frozen=True)
class Git:
    """A repository; its first commit has the tiny schemas."""

    folder: Path

    def __call__(self, *arguments: str) -> str:
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.folder,
            env=os.environ | ENVIRONMENT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def edit(self, old: str, new: str, path: str = PING) -> None:
        """Replace what is in a file once."""
        file = self.folder / path
        text = file.read_text("utf-8")
        assert text.count(old) == 1
        file.write_text(text.replace(old, new), "utf-8")

    def commit(self, message: str = "change") -> str:
        """Commit everything, and return the name of the commit."""
        self("add", "--all")
        self("commit", "--quiet", "--message", message)
        return self("rev-parse", "HEAD")


def make_repository(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """Return a repository in `folder`, which becomes the working folder."""
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    shutil.copytree(_first_commit().name, folder, dirs_exist_ok=True)
    monkeypatch.chdir(folder)
    return Git(folder)


@cache
def _first_commit() -> TemporaryDirectory[str]:
    """Make what every repository starts with; it is gone when this process ends."""
    made = TemporaryDirectory()
    git = Git(Path(made.name))
    shutil.copytree(TINY, git.folder / "schemas")
    # The hooks that git gives as examples are of no use here.
    git("init", "--quiet", "--initial-branch=main", "--template=")
    git.commit("start")
    return made
