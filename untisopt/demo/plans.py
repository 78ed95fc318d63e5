"""Years, rooms and windows of the sizes of the made-up school; which courses its bands hold."""

from __future__ import annotations

from dataclasses import dataclass, field

from untisopt.demo.model import BRANCH, MAIN

__all__ = ["SizePlan", "YearPlan", "plan_of"]


@dataclass(frozen=True, slots=True)
class YearPlan:
    """A year of the school.

    Attributes
    ----------
    grades, year, site
        Names of its grades, its number, where its home rooms are.
    classes
        (subject, periods a week) of every grade.
    couplings
        Names of couplings (see `curriculum.COUPLINGS`).
    exchange
        Whether pairs of grades exchange music and art between A and B weeks.
    bands
        (lengths of the blocks, courses) of every band.
    """

    grades: tuple[str, ...]
    year: int
    site: str
    classes: tuple[tuple[str, int], ...] = ()
    couplings: tuple[str, ...] = ()
    exchange: bool = False
    bands: tuple[tuple[tuple[int, ...], str], ...] = ()


@dataclass(frozen=True, slots=True)
class SizePlan:
    """A size of the school.

    Attributes
    ----------
    years
        The years with their grades.
    teachers
        Number of teachers; the dummy is one of them.
    rooms
        (kind, site) -> number of rooms, home rooms apart.
    changes, too_short, grade_changes
        Windows (lowest, highest) the finished school must meet: site changes of teachers a week, those with too little
        time, site changes of grades.
    aim, aim_short
        Narrower windows for the first two, at which the search aims.
    both_sites
        Number of teachers chosen to teach at both sites.
    duties
        Number of rows with lesson number 0.
    extra_couplings
        (grades, name of the coupling) across years.
    """

    years: tuple[YearPlan, ...]
    teachers: int
    rooms: dict[tuple[str, str], int]
    changes: tuple[int, int]
    too_short: tuple[int, int]
    grade_changes: tuple[int, int]
    aim: tuple[int, int]
    aim_short: tuple[int, int]
    both_sites: int
    duties: int
    extra_couplings: tuple[tuple[tuple[str, ...], str], ...] = field(default=())


def _subjects(text: str) -> tuple[tuple[str, int], ...]:
    """Read `De5 Ma5` as (("De", 5), ("Ma", 5))."""
    return tuple((word[:-1], int(word[-1])) for word in text.split())


def _bands(text: str) -> tuple[tuple[tuple[int, ...], str], ...]:
    """Read lines like `221 DE1 MA1` as ((2, 2, 1), "DE1 MA1")."""
    lines = [line.strip().partition(" ") for line in text.strip().splitlines()]
    return tuple((tuple(int(length) for length in pattern), courses) for pattern, _, courses in lines)


_BANDS_11 = """
    2111 DE1 MA1 EN1 BIO1 GE1 KU1
    221 EN1 MA1 DE1 PH1 CH1 PW1
    21 de1 de2 ma1 en1 ge1 bio1
    21 ma2 ma3 de3 en2 ph1 ge1
    111 de4 ma4 en3 pw1 ch1 ku1
    111 fr1 la1 spa1 en4 bio1 mu1
    21 ge1 pw1 ek1 inf1 phil1 ds1
    111 ge1 ek1 ph1 de5 ku1 bio1
    111 mu1 psy1 ds1 inf1 en5
    2 sp1 sp2 sp3 sp4 sp5
"""
_BANDS_12 = """
    2111 EN1 DE1 MA1 CH1 PW1 MU1
    221 DE1 GE1 BIO1 FR1 EK1 EN1
    21 de1 de2 ma1 ma2 pw1 ph1
    21 en1 en2 de3 ma3 bio1 ek1
    111 de4 ma4 en3 ge1 ch1 inf1
    21 fr1 la1 spa1 ge1 ku1 mu1
    111 pw1 ge1 phil1 ds1 bio1 ek1
    111 ek1 ku1 ch1 ma5 en4 ge1
    21 psy1 ds1 inf1 mu1 en5
    2 sp1 sp2 sp3 sp4 sp5
"""
_BANDS_SMALL = """
    111 de1 ma1 en1 ge1 ku1
    21 de2 bio1 psy1 mu1 en2
    2 sp1 sp2 sp3 sp4 sp5
"""


def _ong() -> SizePlan:
    lower = "De4 Ma4 En4 Bio2 Ph2 Ge2 "
    upper = "De4 Ma4 En3 Bio2 Ph2 Ch2 Ge2 Ek1 "
    young = "De5 Ma5 En5 Nw4 Gw3 Ku2 Mu2 Sp1 Schw2 KL1"
    religion_and_sport = ("language4", "ethics", "sport-main", "sport-branch")
    years = (
        YearPlan(("5.1", "5.2"), 5, MAIN, _subjects(young)),
        YearPlan(("6.1",), 6, MAIN, _subjects(young)),
        YearPlan(_names(7), 7, BRANCH, _subjects(lower + "Mu2 Ku2 Ek1"), religion_and_sport),
        YearPlan(_names(8), 8, BRANCH, _subjects("De4 Ma4 En4 Bio1 Ph2 Ch2 Ge2 Ek1 KL1"), religion_and_sport, True),
        YearPlan(
            _names(9), 9, MAIN, _subjects(upper + "PW1"), ("language3", "ethics", "sport-main", "electives"), True
        ),
        YearPlan(
            _names(10), 10, MAIN, _subjects(upper + "PW2"), ("language3", "ethics", "sport-main", "electives"), True
        ),
        YearPlan(("11",), 11, MAIN, bands=_bands(_BANDS_11)),
        YearPlan(("12",), 12, MAIN, bands=_bands(_BANDS_12)),
    )
    rooms = {
        ("course", MAIN): 13,
        ("gym", MAIN): 3,
        ("bio", MAIN): 3,
        ("ch", MAIN): 2,
        ("ph", MAIN): 2,
        ("ku", MAIN): 2,
        ("mu", MAIN): 2,
        ("inf", MAIN): 2,
        ("gym", BRANCH): 2,
        ("bio", BRANCH): 1,
        ("ph", BRANCH): 1,
        ("ch", BRANCH): 1,
        ("ku", BRANCH): 1,
        ("mu", BRANCH): 1,
    }
    return SizePlan(
        years, 72, rooms, (62, 78), (25, 40), (5, 15), (68, 72), (27, 37), 16, 6, ((("5.1", "5.2", "6.1"), "ethics"),)
    )


def _small() -> SizePlan:
    years = (
        YearPlan(
            ("7.1", "7.2"),
            7,
            BRANCH,
            _subjects("De4 Ma4 En4 Bio2 Ph2 Ge2 Ek2 KL1"),
            ("language2", "ethics-small", "sport-main", "sport-branch"),
            True,
        ),
        YearPlan(("10.1",), 10, MAIN, _subjects("De4 Ma4 En4 Bio2 Ph2 Ge2 Ek2 PW2 Mu2 Ku2 Inf2 Schw2")),
        YearPlan(("11",), 11, MAIN, _subjects("De3 Ma3 En3 Ge2 Ph2 PW2"), bands=_bands(_BANDS_SMALL)),
    )
    rooms = {
        ("course", MAIN): 5,
        ("gym", MAIN): 3,
        ("bio", MAIN): 1,
        ("ph", MAIN): 1,
        ("ku", MAIN): 1,
        ("mu", MAIN): 1,
        ("inf", MAIN): 2,
        ("gym", BRANCH): 2,
        ("bio", BRANCH): 1,
        ("ph", BRANCH): 1,
        ("ku", BRANCH): 1,
        ("mu", BRANCH): 1,
    }
    return SizePlan(years, 14, rooms, (8, 15), (3, 9), (1, 6), (10, 13), (4, 7), 6, 2)


def _names(year: int) -> tuple[str, ...]:
    return tuple(f"{year}.{number}" for number in range(1, 5))


def plan_of(size: str) -> SizePlan:
    """Return the plan of a size (`small` or `ong`; the bigger ones are houses of size `ong`)."""
    return {"small": _small, "ong": _ong}[size]()
