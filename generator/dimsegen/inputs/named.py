"""What the words `[OLD] [NEW]` mean, before anything is read.

A word that can be read in two ways is refused, never guessed; what is named but not here comes with
the exact command that fetches it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..reading.spelling import did_you_mean
from .errors import InputError
from .git import Repository

_RANGE = re.compile(r"(.*?)(\.{2,3})(.*)", re.DOTALL)
_HEXADECIMAL = re.compile(r"[0-9a-f]{7,64}")
_FULL = (40, 64)
_EVERYTHING = "--tags {remote} '+refs/heads/*:refs/remotes/{remote}/*'"


@dataclass(frozen=True)
class OnDisk:
    """A file or folder; `path` is None for the schemas of the working tree."""

    path: Path | None = None


@dataclass(frozen=True)
class AtCommit:
    """What a commit has; `path` is None for the folder that the working tree has the schemas in.

    Attributes
    ----------
    label : str
        What the commit is called in positions, e.g. ``main``.
    name : str
        What it is called in a report, e.g. ``main 3f2a91c``.
    """

    commit: str
    path: str | None
    label: str
    name: str


Word = OnDisk | AtCommit
WORKING_TREE = OnDisk()


def read_words(
    words: Sequence[str], folder: Path, repository: Repository | None
) -> tuple[Word, Word]:
    """Return what is old and what is new.

    Parameters
    ----------
    words : sequence of str
        None, one or both of OLD and NEW.
    folder : pathlib.Path
        The folder in which the command was called.
    repository : Repository or None
        The repository that `folder` is in.

    Raises
    ------
    InputError
        If a word is no file, folder or revision, or is two of them.
    """
    if not words:
        return _since_default_branch(_needed(repository)), WORKING_TREE
    reader = _WordReader(folder, repository)
    if len(words) == 1:
        return reader.range(words[0]) or (reader.read(words[0]), WORKING_TREE)
    old, new = words
    return reader.read(old), reader.read(new)


class _WordReader:
    def __init__(self, folder: Path, repository: Repository | None) -> None:
        self._folder = folder
        self._repository = repository

    def read(self, word: str) -> Word:
        path = self._folder / word
        is_path = bool(word) and "\0" not in word and path.exists()
        repository = self._repository
        commit = repository.commit(word) if repository and not _is_surely_path(word) else None
        if is_path and commit:
            raise InputError(
                f"{word}: both a path and a revision: write ./{word} or {word}~0 to tell which"
            )
        if is_path:
            return OnDisk(Path(word))
        if repository is None or _is_surely_path(word):
            raise InputError(f"{word}: no such file or folder: correct the name")
        if commit:
            return AtCommit(commit, None, word, _named(repository, word, commit))
        revision, colon, inner = word.partition(":")
        if colon and revision:
            return self._at_path(repository, revision, inner)
        raise InputError(_not_here(repository, word))

    def range(self, word: str) -> tuple[Word, Word] | None:
        """Return the two ends of ``A..B`` or ``A...B``, None if `word` is neither."""
        match = _RANGE.fullmatch(word)
        is_other = _is_surely_path(word) or (self._folder / word).exists()
        if match is None or is_other or (self._repository and self._repository.commit(word)):
            return None
        repository = _needed(self._repository)
        left, dots, right = match[1] or "HEAD", match[2], match[3] or "HEAD"
        if dots == "..":
            return self.read(left), self.read(right)
        return _since(repository, left, right), self._revision(repository, right)

    def _at_path(self, repository: Repository, revision: str, inner: str) -> AtCommit:
        commit = repository.commit(revision)
        if commit is None:
            raise InputError(_not_here(repository, revision))
        if repository.tree(commit, inner) is None:
            raise InputError(
                f"{revision}:{inner}: {revision} has no such file or folder: paths start at the "
                f"root of the repository; write {revision}:./{inner} for one from here"
            )
        if inner.startswith(("./", "../")):
            inner = _from_root(repository, inner)
        name = _named(repository, f"{revision}:{inner}", commit)
        return AtCommit(commit, inner.rstrip("/"), revision, name)

    def _revision(self, repository: Repository, word: str) -> AtCommit:
        commit = repository.commit(word)
        if commit is None:
            raise InputError(_not_here(repository, word))
        return AtCommit(commit, None, word, _named(repository, word, commit))


def _since_default_branch(repository: Repository) -> AtCommit:
    if repository.commit("HEAD") is None:
        raise InputError("nothing is committed here yet: commit, or name two folders")
    branch = repository.default_branch()
    if branch is None:
        remedy = f"run {_fetch_everything(repository)}, or name the revision to compare with"
        raise InputError(f"no branch to compare with (no {repository.remote}/HEAD): {remedy}")
    return _since(repository, branch, "HEAD")


def _since(repository: Repository, one: str, other: str) -> AtCommit:
    """Return where `other` left `one`."""
    commits = [repository.commit(word) for word in (one, other)]
    for word, commit in zip((one, other), commits, strict=True):
        if commit is None:
            raise InputError(_not_here(repository, word))
    base = repository.merge_base(str(commits[0]), str(commits[1]))
    if base is None:
        what = f"{one} and {other} have no commit in common"
        if repository.is_shallow:
            remedy = f"run git fetch --unshallow {repository.remote}"
            raise InputError(f"{what} in the history that is here: {remedy}")
        raise InputError(f"{what}: name the two revisions to compare: {one} {other}")
    label = repository.short(base)
    return AtCommit(base, None, label, f"{one}@merge-base {label}")


def _named(repository: Repository, word: str, commit: str) -> str:
    short = repository.short(commit)
    revision, colon, path = word.partition(":")
    if commit.startswith(revision) and _HEXADECIMAL.fullmatch(revision):
        return f"{short}{colon}{path}"
    return f"{word} {short}"


def _not_here(repository: Repository, word: str) -> str:
    """Return what to do about a revision that is not here."""
    remote = repository.remote
    if not repository.remotes:
        hint = did_you_mean(word, repository.branches, ": correct the name")
        return f"{word}: no such file, folder or revision{hint}"
    branch = word.removeprefix(f"{remote}/")
    root = re.split(r"[~^@:]", word, maxsplit=1)[0]
    depth = "--unshallow " if repository.is_shallow else ""
    if root != word and repository.commit(root):
        if depth:
            return f"{word}: this commit is not here: run git fetch {depth}{remote}"
        return f"{word}: {root} has no such ancestor: correct the revision"
    if len(word) in _FULL and _HEXADECIMAL.fullmatch(word):
        return f"{word}: this commit is not here: run git fetch {remote} {word}"
    if branch != word and re.fullmatch(r"[\w./-]+", branch):
        fetch = f"git fetch {depth}{remote} +refs/heads/{branch}:refs/remotes/{remote}/{branch}"
    else:
        fetch = _fetch_everything(repository)
    hint = did_you_mean(word, repository.branches)
    return f"{word}: no such file, folder or revision here{hint}: correct it, or run {fetch}"


def _fetch_everything(repository: Repository) -> str:
    depth = "--unshallow " if repository.is_shallow else ""
    return f"git fetch {depth}{_EVERYTHING.format(remote=repository.remote)}"


def _needed(repository: Repository | None) -> Repository:
    if repository is None:
        raise InputError("this folder is in no git repository: name two folders or files: OLD NEW")
    return repository


def _from_root(repository: Repository, path: str) -> str:
    absolute = (repository.folder / path).resolve()
    return absolute.relative_to(repository.top.resolve()).as_posix()


def _is_surely_path(word: str) -> bool:
    return word.startswith(("./", "../", "/", "~")) or word in (".", "..")
