"""The words of an event, read one after the other, with the place of each."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from untisopt.domain.calendar import Period, TimeGrid
from untisopt.domain.school import School
from untisopt.i18n import _
from untisopt.io.policy.values import BadValueError, weekday
from untisopt.io.side_text import shown
from untisopt.io.spelling import nearest, you_mean
from untisopt.wording import day_name

_WORD = re.compile(r"\"[^\"]*\"|'[^']*'|[^\s\"']\S*")
_DASH = "[-\u2010-\u2015\u2212]"
_NUMBERS = re.compile(rf"\d{{1,2}}(?:{_DASH}\d{{1,2}})?(?:,\d{{1,2}}(?:{_DASH}\d{{1,2}})?)*\.?,?")
_MOST_WORDS_OF_A_NAME = 4
_CLOSE = 0.75
"""How like a verb a word is that may be meant for it."""


class WordError(BadValueError):
    """A word that cannot be meant.

    Parameters
    ----------
    position : int
        1-based character of the text.
    """

    def __init__(self, position: int, expected: str, found: str, advice: str = "") -> None:
        super().__init__(expected, found, advice)
        self.position = position


@dataclass(frozen=True, slots=True)
class Word:
    """A word: its text without quotes, where it begins (1-based), and whether it stands in quotes."""

    text: str
    position: int
    quoted: bool

    @property
    def folded(self) -> str:
        """In lower case, without a colon or full stop at its end."""
        return self.text.rstrip(".:").casefold()


class Words:
    """The words of one event.

    Parameters
    ----------
    text : str
        Words are separated by blanks; a name with blanks may stand in quotes.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._words = [
            Word(m[0][1:-1] if m[0][0] in "\"'" and len(m[0]) > 1 else m[0], m.start() + 1, m[0][0] in "\"'")
            for m in _WORD.finditer(text)
        ]
        self._next = 0

    # -- looking and taking ------------------------------------------------------------------------------------------

    @property
    def is_over(self) -> bool:
        """Whether no word is left."""
        return self._next >= len(self._words)

    @property
    def position(self) -> int:
        """Where the next word begins; behind the text where none is left."""
        return len(self.text) + 1 if self.is_over else self._words[self._next].position

    def peek(self) -> Word | None:
        """The next word; None where none is left."""
        return None if self.is_over else self._words[self._next]

    def bring_forward(self, options: Collection[str], *, unless: Collection[str]) -> None:
        """Let the second word of all be the first if it is one of these, unless the first is one of the others."""
        first, second = (self._words[0], self._words[1]) if len(self._words) > 1 else (None, None)
        if first is None or second is None or second.quoted or second.folded not in options:
            return
        if first.quoted or first.folded not in unless:
            self._words[:2] = [second, first]

    def take(self, expected: str) -> Word:
        """The next word."""
        word = self.peek()
        if word is None:
            raise WordError(self.position, expected, _("the end of the text"))
        self._next += 1
        return word

    def skip(self, options: Collection[str]) -> bool:
        """Take the next word if it is one of these."""
        word = self.peek()
        if word is None or word.quoted or word.folded not in options:
            return False
        self._next += 1
        return True

    def require(self, options: Collection[str], expected: str) -> None:
        """Take the next word, which has to be one of these."""
        if not self.skip(options):
            word = self.peek()
            raise WordError(self.position, expected, shown(word.text) if word else _("the end of the text"))

    def end(self) -> None:
        """Nothing may be left."""
        word = self.peek()
        if word is not None:
            raise WordError(word.position, _("the end of the event"), shown(word.text))

    # -- kinds of words ----------------------------------------------------------------------------------------------

    def one_of(self, options: Mapping[str, str], expected: str, listed: Iterable[str]) -> str:
        """What the next word stands for.

        Parameters
        ----------
        options : mapping of str to str
            Every way to say it, to its meaning.
        expected : str
        listed : iterable of str
            What is told where the word is like none of the ways.
        """
        word = self.take(expected)
        if word.folded not in options or word.quoted:
            raise WordError(word.position, expected, shown(word.text), _like(word.folded, options, listed))
        return options[word.folded]

    def name(self, known: Iterable[str], expected: str, keywords: Collection[str] = ()) -> str:
        """A name of the school: as it is written, or in other upper and lower case; the longest that fits.

        Parameters
        ----------
        known : iterable of str
        expected : str
        keywords : collection of str
            Words that a name of several words cannot hold.
        """
        names = list(known)
        exact, folded = set(names), {name.casefold(): name for name in reversed(names)}
        first = self.take(expected)
        if first.quoted:
            candidates = [(first.text, 0)]
        else:
            rest = self._words[self._next : self._next + _MOST_WORDS_OF_A_NAME - 1]
            more = [" ".join([first.text, *(w.text for w in rest[:count])]) for count in range(len(rest) + 1)]
            candidates = [(text, count) for count, text in enumerate(more)][::-1]
        for text, count in candidates:
            bare = text.rstrip(",")
            for form in (text, bare):
                found = form if form in exact else folded.get(form.casefold())
                if found is not None:
                    self._next += count
                    return found
        raise WordError(first.position, expected, shown(first.text), self._near(first.text, names, keywords))

    @staticmethod
    def _near(text: str, names: list[str], keywords: Collection[str]) -> str:
        if text.casefold() in keywords:
            return _("a name is missing in front of '{word}'").format(word=text)
        best = nearest(text, names)
        return _("you mean {name}").format(name=best) if best else you_mean(text, names)

    def new_name(self, expected: str) -> str:
        """A name that need not exist."""
        word = self.take(expected)
        if not word.text.strip():
            raise WordError(word.position, expected, shown(word.text))
        return word.text

    def number(self, low: int, high: int, expected: str) -> int:
        """A whole number from `low` to `high`."""
        word = self.take(expected)
        if not re.fullmatch(r"\d{1,6}", word.text, re.ASCII) or not low <= int(word.text) <= high:
            limits = _("{what}: a whole number from {low} to {high}").format(what=expected, low=low, high=high)
            raise WordError(word.position, limits, shown(word.text))
        return int(word.text)

    def value(self, expected: str, read: Callable[[str], object]) -> object:
        """What `read` makes of the next word."""
        word = self.take(expected)
        try:
            return read(word.text)
        except BadValueError as bad:
            raise WordError(word.position, bad.expected, bad.found, bad.advice) from bad

    # -- times -------------------------------------------------------------------------------------------------------

    def when(self, grid: TimeGrid, stop: Collection[str] = ()) -> frozenset[Period]:
        """Days and periods such as `Mon`, `Mon-Wed`, `Mon 3-4`, `Mon 3, Tue 4`, `3-4` (every day); none: every period.

        Parameters
        ----------
        grid : TimeGrid
        stop : collection of str
            Words at which the times end.
        """
        found: set[Period] = set()
        stated = False
        while not self.is_over and not self._is_any(stop):
            found |= self._some(grid)
            stated = True
        return frozenset(found) if stated else frozenset(grid.periods)

    def _is_any(self, options: Collection[str]) -> bool:
        word = self.peek()
        return word is not None and word.folded in options

    def _some(self, grid: TimeGrid) -> set[Period]:
        """One or several days with periods, or periods of every day."""
        first = self.peek()
        days = grid.days if first is not None and _NUMBERS.fullmatch(first.text) else self._days(grid)
        word = self.peek()
        if word is None or not _NUMBERS.fullmatch(word.text):
            return {period for period in grid.periods if period.day in days}
        self._next += 1
        found: set[Period] = set()
        for number in _numbers(word):
            hit = {Period(day, number) for day in days} & set(grid.periods)
            if not hit:
                raise WordError(word.position, _existing(grid, days), _("period {number}").format(number=number))
            found |= hit
        return found

    def _days(self, grid: TimeGrid) -> tuple[int, ...]:
        word = self.take(_("a weekday"))
        text = word.text.rstrip(",")
        parts = re.split(_DASH, text) if "," not in text else [text]
        ends = [[self._day(word, one) for one in part.split(",") if one] for part in parts]
        if len(parts) > 2:
            raise WordError(word.position, _("a weekday"), shown(word.text))
        days = tuple(range(ends[0][0], ends[1][0] + 1)) if len(parts) == 2 else tuple(ends[0])
        known = tuple(day for day in days if day in grid.days)
        # Of a range the days at the ends may be free; a day that is named alone is meant.
        if not known or (len(parts) == 1 and len(known) < len(days)):
            expected = _("a weekday on which the school teaches")
            raise WordError(word.position, expected, shown(word.text), one_of_these(map(day_name, grid.days)))
        return known

    @staticmethod
    def _day(word: Word, text: str) -> int:
        try:
            if text.isdigit():
                raise BadValueError(_("a weekday (such as Mon or Montag)"), shown(text))
            return weekday(text)
        except BadValueError as bad:
            expected = _("a weekday (such as Mon or Montag) or periods (such as 3-4)")
            raise WordError(word.position, expected, shown(word.text), bad.advice) from bad

    def place_before(self, grid: TimeGrid, stop: Collection[str]) -> Period:
        """One period, such as `Mon 3`, in front of one of these words or the end."""
        begin = self.position
        found = self.when(grid, stop)
        if len(found) != 1:
            said = self.text[begin - 1 :]
            raise WordError(begin, _("one period (such as Mon 3)"), shown(said) if said else _("the end of the text"))
        return next(iter(found))

    def numbers_then_days(self, grid: TimeGrid, stop: Collection[str]) -> frozenset[Period]:
        """Periods such as `10`, of every day or of the days behind: `10 Fri`, `9-10 Mon,Wed`."""
        word = self.take(_("periods"))
        if not _NUMBERS.fullmatch(word.text):
            raise WordError(word.position, _("periods (such as 9-10)"), shown(word.text))
        days: set[int] = set()
        while not self.is_over and not self._is_any(stop):
            days.update(self._days(grid))
        wanted = {Period(day, number) for day in days or grid.days for number in _numbers(word)}
        found = wanted & set(grid.periods)
        if not found:
            raise WordError(word.position, _existing(grid, days or grid.days), shown(word.text))
        return frozenset(found)

    def is_number_list(self) -> bool:
        """Whether the next word is a list of numbers such as `9-10`."""
        word = self.peek()
        return word is not None and _NUMBERS.fullmatch(word.text) is not None

    def day_of_year(self) -> date:
        """A date, such as `2026-01-11` or `11.1.2026`."""
        expected = _("a date such as 2026-01-11")
        word = self.take(expected)
        forms = (r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})", r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})")
        match = next((found for form in forms if (found := re.fullmatch(form, word.text))), None)
        if match is None:
            raise WordError(word.position, expected, shown(word.text))
        year, month, day = (int(match[part]) for part in "ymd")
        try:
            return date(year, month, day)
        except ValueError:
            text = _("{text}: there is no {day}.{month}. in {year}")
            told = text.format(text=shown(word.text), day=day, month=month, year=match["y"])
            raise WordError(word.position, _("a day of the calendar"), told) from None


def one_of_these(names: Iterable[str]) -> str:
    """The advice that lists what could be meant."""
    return _("you mean one of these: {names}").format(names=", ".join(names))


def _like(text: str, options: Iterable[str], listed: Iterable[str]) -> str:
    """The word that differs by a letter or two; words are short, so what is less like it is a wrong guess."""
    close = difflib.get_close_matches(text, options, n=1, cutoff=_CLOSE)
    return _("you mean {name}").format(name=close[0]) if close else one_of_these(listed)


def _numbers(word: Word) -> list[int]:
    """The numbers of a list such as `3-4` or `1,3`."""
    found: list[int] = []
    for part in filter(None, word.text.rstrip(".,").split(",")):
        ends = [int(end) for end in re.split(_DASH, part)]
        if ends[-1] < ends[0]:
            raise WordError(word.position, _("periods in ascending order"), shown(word.text))
        found += range(ends[0], ends[-1] + 1)
    return found


def _existing(grid: TimeGrid, days: Collection[int]) -> str:
    numbers = sorted({period.number for period in grid.periods if period.day in days})
    return _("a period from {first} to {last}").format(first=numbers[0], last=numbers[-1])


def room_names(school: School) -> list[str]:
    """The rooms, those in use first."""
    return [*school.lectures_in, *(room for room in school.rooms if room not in school.lectures_in)]
