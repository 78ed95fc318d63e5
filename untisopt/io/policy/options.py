"""Options of the command line that override a policy."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypedDict, TypeVar, Unpack

from untisopt.errors import Defect, PolicyError
from untisopt.i18n import _
from untisopt.io.policy import values
from untisopt.io.spelling import nearest
from untisopt.policy import Pin, Policy, RoomChanges, Selector

MAX_TRAVEL_MINUTES = 600
MAX_WORTH = 1000
MAX_CHANGES = 1_000_000
MAX_WEEK = 53

T = TypeVar("T")


class PolicyOptions(TypedDict, total=False):
    """What the command line can override; None and missing mean: as the policy says.

    `sites` are texts such as `Filiale=F*` and replace the patterns of the sites they name; `pins` are texts such as
    `teacher:Arnd` and are added; `scope` holds texts such as `grade:10.*`; `preset` changes what the policy file does
    not state; the others replace what the policy says.
    """

    preset: str | None

    main_site: str | None
    sites: Iterable[str]
    travel_minutes: int | None
    unusable_breaks: Iterable[str]
    breaks_file: Path | None
    week: int | None
    worth: int | None
    max_changes: int | None
    room_changes: str | None
    pins: Iterable[str]
    scope: Iterable[str]


def parse_site(text: str) -> tuple[str, tuple[str, ...]]:
    """Read a site and the shell patterns on the names of its rooms.

    Parameters
    ----------
    text : str
        `Filiale=F*`; several patterns are separated by commas.

    Returns
    -------
    tuple of str and tuple of str
        The name of the site and its patterns, at least one.

    Raises
    ------
    PolicyError
        If the text is nothing of the kind.
    """
    return _alone("--site", text, values.site)


def parse_pin(text: str) -> Pin:
    """Read what must stay where it is.

    Parameters
    ----------
    text : str
        `teacher:Arnd`, `grade:10.3`, `room:F13`, `subject:Ma`, `lesson:177` or `177`, `lecture:177@5.5` or `177@5.5`,
        `day:5` or `day:Fr` (German or English, long or short), `course:177/Ma/Arnd`; `@time` or `@room` behind it holds
        the period or the rooms alone.

    Returns
    -------
    Pin
        A weekday becomes its number, also in the id of a lecture.

    Raises
    ------
    PolicyError
        If the text is nothing of the kind.
    """
    return _alone("--pin", text, values.pin)


def override(policy: Policy, **options: Unpack[PolicyOptions]) -> Policy:
    """Return the policy as the options of the command line want it.

    Parameters
    ----------
    policy : Policy
        From the policy file, or the default.
    **options : PolicyOptions
        What was given on the command line.

    Returns
    -------
    Policy

    Raises
    ------
    PolicyError
        If options cannot be taken; it holds all defects, with the name of the option as file.
    """
    check = _Options()
    if options.get("preset") is not None:
        wanted = check.value("--preset", options["preset"], values.preset)
        policy = policy if wanted is None else policy.under(wanted)
    changes = _scalars(check, options)
    if options.get("sites"):
        changes["sites"] = _merged_sites(check, policy, options)
    if options.get("unusable_breaks"):
        breaks = check.each("--unusable-break", options["unusable_breaks"], values.adjacent_periods)
        changes["unusable_breaks"] = frozenset(breaks)
    if options.get("pins"):
        pins = check.each("--pin", options["pins"], values.pin)
        changes["pins"] = tuple(dict.fromkeys((*policy.pins, *pins)))
    if options.get("scope"):
        changes["scope"] = _scope(check.each("--scope", options["scope"], values.selector))
    if check.defects:
        raise PolicyError(check.defects)
    return policy.with_(**changes)


room_changes = values.choice(RoomChanges)
"""Read whether a lecture may get another room."""


def _scope(found: Iterable[Selector]) -> tuple[Selector, ...]:
    return tuple(dict.fromkeys(found))


def existing_file(folder: Path) -> Callable[[object], Path]:
    """Make a reader of the name of a file, relative to `folder`."""

    def read(value: object) -> Path:
        path = folder / (value if isinstance(value, Path) else values.name(value))
        if not path.is_file():
            beside = sorted(entry.name for entry in path.parent.iterdir()) if path.parent.is_dir() else []
            best = nearest(path.name, beside)
            advice = _("you mean {name}").format(name=best) if best and not path.is_dir() else ""
            raise values.BadValueError(_("a file that exists"), str(path), advice)
        return path

    return read


class _Options:
    """Values of options and what is wrong with them."""

    def __init__(self) -> None:
        self.defects: list[Defect] = []

    def value(self, option: str, raw: object, read: Callable[[object], T]) -> T | None:
        try:
            return read(raw)
        except values.BadValueError as bad:
            self.defects.append(_defect(option, bad))
            return None

    def each(self, option: str, raws: Iterable[str], read: Callable[[str], T]) -> list[T]:
        taken = (self.value(option, raw, lambda value: read(str(value))) for raw in raws)
        return [value for value in taken if value is not None]


def _scalars(check: _Options, options: PolicyOptions) -> dict[str, object]:
    readers: dict[str, tuple[str, Callable[[object], object]]] = {
        "main_site": ("--main-site", values.name),
        "travel_minutes": ("--travel", values.whole_number(0, MAX_TRAVEL_MINUTES)),
        "breaks_file": ("--breaks", existing_file(Path())),
        "week": ("--week", values.whole_number(1, MAX_WEEK)),
        "worth": ("--worth", values.whole_number(0, MAX_WORTH)),
        "max_changes": ("--max-changes", values.whole_number(0, MAX_CHANGES)),
        "room_changes": ("--room-changes", room_changes),
    }
    given = {key: raw for key, raw in options.items() if key in readers and raw is not None}
    return {key: check.value(readers[key][0], raw, readers[key][1]) for key, raw in given.items()}


def _merged_sites(check: _Options, policy: Policy, options: PolicyOptions) -> dict[str, tuple[str, ...]]:
    """The sites of the policy, with the patterns of those that the options name; several options add up."""
    named: dict[str, tuple[str, ...]] = {}
    for site, patterns in check.each("--site", options["sites"], values.site):
        named[site] = (*named.get(site, ()), *patterns)
    main = options.get("main_site") or policy.main_site
    if main in named:
        expected = _("another name than that of the main site, which gets all rooms that match no pattern")
        check.defects.append(Defect(file="--site", expected=expected, found=values.written(main)))
    return {**policy.sites, **named}


def _alone(option: str, text: str, read: Callable[[str], T]) -> T:
    try:
        return read(text)
    except values.BadValueError as bad:
        raise PolicyError([_defect(option, bad)]) from None


def _defect(option: str, bad: values.BadValueError) -> Defect:
    return Defect(file=option, expected=bad.expected, found=bad.found, advice=bad.advice)
