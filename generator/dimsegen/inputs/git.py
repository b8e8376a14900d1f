"""Ask git for revisions and their files.

Invariant: nothing is checked out, fetched or written. Only objects that are here already are read,
so that a dirty tree, a sub folder, a linked worktree and an odd file name make no difference.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from .errors import InputError

# As git answers to a program: in English, taking no lock, and never from the network.
_ENVIRONMENT = {
    "LC_ALL": "C",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",  # for a git that does not know the line above
    "GIT_TERMINAL_PROMPT": "0",
}
_SYMBOLIC_LINK = b"120000"


@dataclass(frozen=True)
class Repository:
    """A repository, seen from the folder in which the command was called.

    Attributes
    ----------
    folder : pathlib.Path
        Where the command was called.
    top : pathlib.Path
        The root of its working tree.
    """

    folder: Path
    top: Path

    def commit(self, revision: str) -> str | None:
        """Return the name of the commit that `revision` is, None if there is none."""
        return self._object(f"{revision}^{{commit}}")

    def tree(self, commit: str, path: str) -> str | None:
        """Return the name of the tree or file at `path`, None if there is none."""
        return self._object(f"{commit}:{path}")

    def short(self, commit: str) -> str:
        """Return the first digits of a commit, as many as tell it from all others."""
        return self._ask("rev-parse", "--short=7", commit) or commit[:7]

    def merge_base(self, one: str, other: str) -> str | None:
        """Return where two commits parted, None if no history that is here tells."""
        said = self._ask("merge-base", one, other)
        return said.split("\n")[0] if said else None

    def default_branch(self) -> str | None:
        """Return the branch that others start from, None if it cannot be told."""
        said = self._ask("symbolic-ref", "--quiet", "--short", f"refs/remotes/{self.remote}/HEAD")
        if said:
            return said
        names = [self._ask("config", "--get", "init.defaultBranch"), "main", "master"]
        for name in filter(None, names):
            for branch in (f"{self.remote}/{name}", name):
                kind = "remotes" if branch != name else "heads"
                if self._object(f"refs/{kind}/{branch}^{{commit}}"):
                    return branch
        return None

    @property
    def remote(self) -> str:
        """The remote to fetch from, ``origin`` where there is none."""
        remotes = self.remotes
        return remotes[0] if remotes and "origin" not in remotes else "origin"

    @property
    def remotes(self) -> list[str]:
        """The names of all remotes."""
        return (self._ask("remote") or "").split()

    @property
    def is_shallow(self) -> bool:
        """Whether the history that is here is cut off."""
        return self._ask("rev-parse", "--is-shallow-repository") == "true"

    @property
    def branches(self) -> list[str]:
        """The names of all branches and tags."""
        said = self._ask("for-each-ref", "--format=%(refname:short)")
        return (said or "").split("\n")

    def kind(self, name: str) -> str | None:
        """Return whether an object is a ``tree`` or a ``blob``, None if it is not here."""
        return self._ask("cat-file", "-t", name)

    def files(self, tree: str) -> dict[str, bytes]:
        """Return every file in `tree` by its path there.

        Raises
        ------
        InputError
            If one of them is not here, as in a partial clone, or is a link that leads elsewhere.
        """
        listed = _run(self.folder, ["ls-tree", "-r", "-z", "--full-tree", tree]).stdout
        names: dict[str, bytes] = {}
        links: list[str] = []
        for entry in filter(None, listed.split(b"\0")):
            head, _, path = entry.partition(b"\t")
            mode, kind, name = head.split()
            if mode == _SYMBOLIC_LINK:
                links.append(os.fsdecode(path))
            elif kind == b"blob":
                names[os.fsdecode(path)] = name
        files = dict(zip(names, self._contents(list(names.values())), strict=True))
        return files | {path: self._linked(tree, path) for path in links if _is_needed(path)}

    def _linked(self, tree: str, path: str) -> bytes:
        """Return the file that a symbolic link in `tree` leads to."""
        given = os.fsencode(f"{tree}:{path}\n")
        said = _run(self.folder, ["cat-file", "--batch", "--follow-symlinks"], given).stdout
        head, _, content = said.partition(b"\n")
        words = head.split()
        if len(words) != 3 or words[1] != b"blob":
            raise InputError(
                f"{path}: is a symbolic link that leads to no file in the folder of schemas at "
                "that revision: commit the file itself, or compare two folders"
            )
        return content[: int(words[2])]

    def content(self, blob: str) -> bytes:
        """Return the content of the file `blob`.

        Raises
        ------
        InputError
            If it is not here, as in a partial clone.
        """
        return self._contents([blob.encode()])[0]

    def _contents(self, names: Sequence[bytes]) -> list[bytes]:
        said = _run(self.folder, ["cat-file", "--batch"], b"".join(name + b"\n" for name in names))
        contents: list[bytes] = []
        start = 0
        for name in names:
            end = said.stdout.find(b"\n", start)
            head = said.stdout[start:end].split() if end >= 0 else []
            if len(head) != 3:
                raise InputError(
                    f"{name.decode()}: this object is not here, and nothing is fetched by itself: "
                    f"run git fetch --refetch --no-filter {self.remote}"
                )
            size = int(head[2])
            contents.append(said.stdout[end + 1 : end + 1 + size])
            start = end + 1 + size + 1
        return contents

    def _object(self, name: str) -> str | None:
        return self._ask("rev-parse", "--verify", "--quiet", "--end-of-options", name)

    def _ask(self, *arguments: str) -> str | None:
        """Return what git says, None if it says no."""
        said = _run(self.folder, arguments)
        return os.fsdecode(said.stdout).rstrip("\n") if said.returncode == 0 else None


def _is_needed(path: str) -> bool:
    """Return whether schemas may be behind a link: a file of YAML, or the folder of services."""
    return path.lower().endswith((".yaml", ".yml")) or "." not in path


def find_repository(folder: Path) -> Repository | None:
    """Return the repository that `folder` is in, None if it is in none.

    Raises
    ------
    InputError
        If git is not installed, or does not want to read the repository.
    """
    said = _run(folder, ["rev-parse", "--show-toplevel"])
    if said.returncode == 0:
        return Repository(folder, Path(os.fsdecode(said.stdout).removesuffix("\n")))
    words = os.fsdecode(said.stderr).strip()
    if "not a git repository" in words or "must be run in a work tree" in words:
        return None
    raise InputError(f"git cannot read the repository here: {words}")


def _run(
    folder: Path, arguments: Sequence[str], given: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    environment: Mapping[str, str] = os.environ | _ENVIRONMENT
    try:
        return subprocess.run(
            ["git", *arguments],
            cwd=folder,
            env=environment,
            input=given,
            capture_output=True,
            check=False,
        )
    except FileNotFoundError as error:
        raise InputError("git is not installed: install it, or name two folders") from error
    except ValueError as error:
        # A name with a NUL in it, which no file and no revision has.
        raise InputError(f"{arguments[-1]!r}: no name of a revision: {error}") from error
