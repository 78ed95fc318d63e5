"""Subjects of the made-up school: names, who may teach them, which kind of room they need."""

from __future__ import annotations

from untisopt.demo.model import Subject

__all__ = ["ALL_SUBJECTS", "COMPANIONS", "qualification", "room_kind"]

_CLASS_SUBJECTS = {
    "De": "Deutsch",
    "Ma": "Mathematik",
    "En": "Englisch",
    "Fr": "Französisch",
    "La": "Latein",
    "Spa": "Spanisch",
    "Ge": "Geschichte",
    "Ek": "Erdkunde",
    "PW": "Politische Bildung",
    "Bio": "Biologie",
    "Ch": "Chemie",
    "Ph": "Physik",
    "Nw": "Naturwissenschaften",
    "Gw": "Gesellschaftswissenschaften",
    "Mu": "Musik",
    "Ku": "Kunst",
    "Sp": "Sport",
    "SpM": "Sport Mädchen",
    "SpJ": "Sport Jungen",
    "Schw": "Schwimmen",
    "Eth": "Ethik",
    "ERe": "Evangelische Religion",
    "KRe": "Katholische Religion",
    "Inf": "Informatik",
    "DS": "Darstellendes Spiel",
    "Psy": "Psychologie",
    "Phil": "Philosophie",
    "KL": "Klassenleiterstunde",
    "Auf": "Pausenaufsicht",
    "Mitt": "Mittagsband",
}
_MAIN_SUBJECTS = ("De", "Ma", "En", "Fr", "La", "Spa")
_SCIENCE_COURSES = ("Bio", "Ch", "Ph", "Ma", "Inf")
_OTHER_COURSES = ("De", "En", "Fr", "La", "Spa", "Ge", "Ek", "PW", "Mu", "Ku", "DS", "Psy", "Phil", "Sp")
_COURSE_BASES = (*_OTHER_COURSES, *_SCIENCE_COURSES)

#: Subject -> subjects its teachers often have as their second one.
COMPANIONS: dict[str, tuple[str, ...]] = {
    "De": ("Ge", "En", "Fr", "Eth", "PW", "Sp", "Mu", "ERe", "Ku"),
    "Ma": ("Ph", "Inf", "Ch", "Sp", "Ek", "Mu", "Bio"),
    "En": ("De", "Fr", "Spa", "Ge", "Sp", "Ek", "La"),
    "Fr": ("De", "En", "Spa", "Ge", "Ek"),
    "La": ("Ge", "De", "En", "ERe", "KRe"),
    "Spa": ("En", "De", "Fr", "Sp"),
    "Ge": ("De", "PW", "La", "En", "Ek"),
    "Ek": ("PW", "Sp", "Bio", "Ma", "Ge"),
    "PW": ("Ge", "Ek", "Eth", "De"),
    "Bio": ("Ch", "Sp", "Ek", "Ma"),
    "Ch": ("Bio", "Ma", "Ph"),
    "Ph": ("Ma", "Inf", "Ch"),
    "Mu": ("De", "Ma", "En"),
    "Ku": ("De", "Eth", "En"),
    "Sp": ("De", "Ma", "Bio", "Ek", "En"),
    "Eth": ("De", "PW", "Ge", "Ku"),
    "ERe": ("De", "La", "Ge"),
    "KRe": ("La", "De", "Ge"),
    "Inf": ("Ma", "Ph"),
    "Psy": (),
}
_TAUGHT_BY = {
    "Nw": "Bio",
    "Gw": "Ge",
    "SpM": "Sp",
    "SpJ": "Sp",
    "Schw": "Sp",
    "DS": "De",
    "Phil": "Eth",
    "KL": "En",
}
_ROOM_KINDS = {
    "Bio": "bio",
    "Ch": "ch",
    "Ph": "ph",
    "Nw": "bio",
    "Mu": "mu",
    "Ku": "ku",
    "Inf": "inf",
    "Sp": "gym",
    "SpM": "gym",
    "SpJ": "gym",
    "Schw": "none",
}


def _all_subjects() -> tuple[Subject, ...]:
    classes = [Subject(short, name, short in _MAIN_SUBJECTS) for short, name in _CLASS_SUBJECTS.items()]
    courses = [
        Subject(short, f"{_CLASS_SUBJECTS[base]} {kind}", base in _MAIN_SUBJECTS)
        for base in _COURSE_BASES
        for short, kind in ((base.upper() + "1", "Leistungskurs"), (base.lower() + "1", "Grundkurs"))
    ]
    parallel = [
        Subject(f"{base.lower()}{number}", f"{_CLASS_SUBJECTS[base]} Grundkurs {number}", base in _MAIN_SUBJECTS)
        for base in ("De", "Ma", "En", "Sp")
        for number in range(2, 6)
    ]
    return (*classes, *courses, *parallel)


ALL_SUBJECTS: tuple[Subject, ...] = _all_subjects()
_BASE = {base.lower(): base for base in _COURSE_BASES}


def base_subject(short: str) -> str:
    """Return the class subject a course belongs to: `de2` and `DE1` -> `De`; class subjects map to themselves."""
    if short[-1:].isdigit():
        return _BASE[short[:-1].lower()]
    return short


def qualification(short: str) -> str:
    """Return the qualification a teacher needs for a subject."""
    base = base_subject(short)
    return _TAUGHT_BY.get(base, base)


def room_kind(short: str, default: str) -> str:
    """Return the kind of room a subject needs; `default` (`home` or `course`) where any classroom will do."""
    return _ROOM_KINDS.get(base_subject(short), default)
