"""What a word that nobody knows may have been meant for, and how that is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from difflib import get_close_matches

# Longer words are no misspelt names, and comparing them takes long.
_LONGEST_NAME = 100
# How alike two words must be for one to be worth a hint, and to be taken for the other.
MAYBE_MEANT = 0.6
SURELY_MEANT = 0.8


def closest(word: str, known: Iterable[str], likeness: float = MAYBE_MEANT) -> str | None:
    """Return the one of `known` that `word` may be a misspelling of, None if there is none.

    Parameters
    ----------
    word : str
        A word that is not known.
    known : iterable of str
        The words that are.
    likeness : float
        How alike the two must be, from 0 to 1.
    """
    return next(iter(_close(word, known, likeness, 1)), None)


def did_you_mean(
    word: str,
    known: Iterable[str],
    otherwise: str = "",
    *,
    likeness: float = MAYBE_MEANT,
    most: int = 1,
    shown: Callable[[str], str] = str,
) -> str:
    """Return the question that follows a word that is not known.

    Parameters
    ----------
    word, known, likeness
        As `closest` takes them.
    otherwise : str, optional
        What to say if it is like none of them.
    most : int, optional
        How many of them to name.
    shown : callable, optional
        Gives a known word as a person writes it.
    """
    close = _close(word, known, likeness, most)
    return f" (did you mean {' or '.join(map(shown, close))}?)" if close else otherwise


def _close(word: str, known: Iterable[str], likeness: float, most: int) -> list[str]:
    if len(word) > _LONGEST_NAME:
        return []
    folded = {item.lower(): item for item in known}
    return [folded[each] for each in get_close_matches(word.lower(), folded, most, likeness)]
