"""Advice on misspelt names: the nearest one that exists."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from untisopt.i18n import _

# difflib's own default: a third of the letters may be wrong. Below, the advice is more often odd than helpful.
_CUTOFF = 0.6
_MOST_LISTED = 12


def nearest(name: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate that `name` most probably means.

    Parameters
    ----------
    name : str
        What was found.
    candidates : iterable of str
        The names that exist.

    Returns
    -------
    str or None
        A candidate that differs in upper and lower case only, else the most similar one; None if none is similar.
    """
    by_folded: dict[str, str] = {}
    for candidate in candidates:
        by_folded.setdefault(candidate.casefold(), candidate)
    folded = name.strip().casefold()
    if folded in by_folded:
        return by_folded[folded]
    close = difflib.get_close_matches(folded, by_folded, n=1, cutoff=_CUTOFF)
    return by_folded[close[0]] if close else None


def you_mean(name: str, candidates: Iterable[str]) -> str:
    """Return the advice for a name that does not exist, as :class:`~untisopt.errors.Defect` wants it.

    Parameters
    ----------
    name : str
        What was found.
    candidates : iterable of str
        The names that exist, in the order in which they are listed.

    Returns
    -------
    str
        `you mean X`; where nothing is similar, the list of what exists (up to 12 names); empty if nothing exists.
    """
    known = list(candidates)
    best = nearest(name, known)
    if best is not None:
        return _("you mean {name}").format(name=best)
    if not known:
        return ""
    listed = ", ".join(known[:_MOST_LISTED]) + (", ..." if len(known) > _MOST_LISTED else "")
    return _("you mean one of these: {names}").format(names=listed)
