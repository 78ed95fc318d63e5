"""Rooms, the sites they stand on, the rooms that may stand in for one another, and the travel between sites."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from untisopt.domain.lessons import Lecture
from untisopt.domain.resources import Room, Site, Travel
from untisopt.domain.timetable import Placement
from untisopt.i18n import _
from untisopt.io.spelling import you_mean
from untisopt.io.untis.files.notes import Findings, NoteKind, listed, shown
from untisopt.io.untis.master.names import MasterData, RoomData
from untisopt.policy import Policy, RoomChanges

# So many subjects in one room make it a general classroom.
_GENERAL_SUBJECTS = 6


@dataclass(frozen=True)
class Places:
    """Rooms, sites and travel of a school."""

    rooms: Mapping[str, Room]
    sites: Mapping[str, Site]
    travel: Travel


def build_places(
    lectures: Mapping[str, Lecture],
    placements: Mapping[str, Placement],
    master: MasterData,
    room_lists: Iterable[tuple[str, ...]],
    policy: Policy,
    findings: Findings,
) -> Places:
    """Put the rooms of the master files and of the plan on their sites."""
    used = (room for placement in placements.values() for rooms in placement.rooms for room in rooms)
    names = list(dict.fromkeys([*master.rooms, *used]))
    data = {name: master.rooms.get(name, RoomData()) for name in names}
    site_of = _sites(data, policy, findings)
    sites = {name: Site(name) for name in _site_names(site_of, policy)}
    stated = _stated_groups(data, room_lists)
    groups = stated or _large_enough(_inferred_groups(lectures, placements), data)
    if policy.room_changes is not RoomChanges.NONE and not stated:
        text = _("which rooms may stand in for one another is taken from the subjects taught in them")
        findings.note(NoteKind.GUESSED, text)
    rooms = {}
    for name, info in data.items():
        group = frozenset(other for other in groups.get(name, ()) if site_of.get(other, "") == site_of[name])
        rooms[name] = Room(name, site_of[name], info.long_name, info.capacity, group - {name})
    return Places(rooms, sites, _travel(sites, policy, findings))


def _sites(data: Mapping[str, RoomData], policy: Policy, findings: Findings) -> dict[str, str | None]:
    """The site of every room: by the patterns of the policy, else by the off-site codes of GPU005, else unknown."""
    if policy.sites:
        found = {name: policy.site_of(name) for name in data}
        _check_sites(found, policy, findings)
        return found
    codes = sorted({info.off_site for info in data.values() if info.off_site})
    if not codes:
        return dict.fromkeys(data)
    text = _("sites by the off-site codes of GPU005: {codes}; rooms without a code are at {main}").format(
        codes=listed(codes), main=policy.main_site
    )
    findings.note(NoteKind.GUESSED, text)
    return {name: info.off_site or policy.main_site for name, info in data.items()}


def _site_names(site_of: Mapping[str, str | None], policy: Policy) -> list[str]:
    found = {site for site in site_of.values() if site is not None}
    if not found and not policy.sites:
        return []
    return list(dict.fromkeys([policy.main_site, *policy.sites, *sorted(found)]))


def _check_sites(site_of: Mapping[str, str | None], policy: Policy, findings: Findings) -> None:
    inhabited = set(site_of.values())
    for site, patterns in policy.sites.items():
        if site not in inhabited:
            found = _("site {site} ({patterns}) without a room").format(site=site, patterns=", ".join(patterns))
            advice = you_mean(patterns[0].rstrip("*?"), site_of) if patterns else ""
            findings.policy(_("rooms at every site"), found, advice)


def _stated_groups(data: Mapping[str, RoomData], room_lists: Iterable[tuple[str, ...]]) -> dict[str, set[str]]:
    """Stand-ins that the files state: the rings of GPU005 (A to B to C to A) and the room lists of GPU002."""
    groups: defaultdict[str, set[str]] = defaultdict(set)
    for name in data:
        seen = {name}
        following = data[name].alternative
        while following in data and following not in seen:
            seen.add(following)
            following = data[following].alternative
        if len(seen) > 1:
            groups[name] |= seen
    for rooms in room_lists:
        for room in rooms:
            groups[room].update(rooms)
    return {name: group for name, group in groups.items() if name in data}


def _large_enough(groups: Mapping[str, set[str]], data: Mapping[str, RoomData]) -> dict[str, set[str]]:
    """Without the stand-ins that are known to hold fewer pupils: nobody has said that they would do."""

    def fits(room: str, other: str) -> bool:
        needed, offered = data[room].capacity, data[other].capacity
        return needed is None or offered is None or offered >= needed

    return {room: {other for other in others if fits(room, other)} for room, others in groups.items()}


def _inferred_groups(lectures: Mapping[str, Lecture], placements: Mapping[str, Placement]) -> dict[str, set[str]]:
    """Stand-ins that the plan shows: rooms that host every subject of another today, and general classrooms.

    Room r may stand in for q if every subject taught in q is taught in r as well; so a gym stands in for a gym and
    not for a classroom. General classrooms, with six subjects or more, may stand in for one another.
    """
    subjects: defaultdict[str, set[str]] = defaultdict(set)
    for id_, lecture in lectures.items():
        for course, rooms in zip(lecture.courses, placements[id_].rooms, strict=True):
            for room in rooms:
                subjects[room].add(course.subject)
    general = {room for room, taught in subjects.items() if len(taught) >= _GENERAL_SUBJECTS}
    return {
        room: {other for other, more in subjects.items() if taught <= more or (room in general and other in general)}
        for room, taught in subjects.items()
    }


def _travel(sites: Mapping[str, Site], policy: Policy, findings: Findings) -> Travel:
    minutes: dict[tuple[str, str], int] = {}
    if policy.travel_minutes is not None:
        minutes = {(a, b): policy.travel_minutes for a in sites for b in sites if a != b}
    for (origin, target), duration in policy.travel.items():
        unknown = [site for site in (origin, target) if site not in sites]
        for site in unknown:
            expected = _("travel times between sites that exist")
            findings.policy(expected, _("site {site}").format(site=shown(site)), you_mean(site, sites))
        if not unknown:
            minutes[origin, target] = duration
    return Travel(minutes)
