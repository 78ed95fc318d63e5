"""Files of a result that are made when they are asked for or written, not for everybody who wants the plan alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial

from untisopt.i18n import current_language, in_language
from untisopt.report.entry.csv import entry_list_csv
from untisopt.report.entry.html import entry_list_html
from untisopt.report.entry.txt import entry_list_txt
from untisopt.results.entry import EntryListDocument

Makers = Mapping[str, Callable[[], bytes]]
"""How the content of a file is made, by name."""


class Files(Mapping[str, bytes]):
    """Files by name: each is made once, when it is asked for, in the language that is in force now.

    Parameters
    ----------
    *makers : mapping of str to callable
        Of several files of one name the last counts. They may refuse what is no sound result with an InternalError.
    """

    def __init__(self, *makers: Makers) -> None:
        self._makers = {name: make for several in makers for name, make in several.items()}
        self._made: dict[str, bytes] = {}
        self._language = current_language()

    def __getitem__(self, name: str) -> bytes:
        if name not in self._made:
            with in_language(self._language):
                self._made[name] = self._makers[name]()
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)


def made(files: Mapping[str, bytes], folder: str = "") -> Makers:
    """Files as makers, below a folder such as `forcing/`: so files of several mappings come into one."""
    return {f"{folder}{name}": partial(files.__getitem__, name) for name in files}


def entry_lists(make: Callable[[], EntryListDocument]) -> Makers:
    """The entry list in its three forms; its order is searched for once, when the first of them is asked for."""
    document = cache(make)
    return {
        "entry-list.html": lambda: entry_list_html(document()),
        "entry-list.csv": lambda: entry_list_csv(document()),
        "entry-list.txt": lambda: entry_list_txt(document()),
    }
