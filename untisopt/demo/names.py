"""Invented people: surnames put together from two halves, first names, and Untis short names."""

from __future__ import annotations

from random import Random

from untisopt.demo.draws import shuffled

__all__ = ["Person", "invent_people"]

#: short name, surname, first name, gender (1 female, 2 male)
Person = tuple[str, str, str, int]


def _words(text: str) -> list[str]:
    return text.split()


_HEADS = _words(
    "Ahorn Birken Distel Dörr Eschen Fenchel Flieder Ginster Größ Grün Hasel Heide Holunder Immen Käfer Kerbel "
    "Kiesel Klee Krähen Kranich Laub Lerchen Linden Löwen Möhren Moos Müll Nebel Nessel Otter Pappel Pfützen "
    "Quell Quitten Rüben Regen Sand Schilf Schlehen Spatzen Süß Tannen Teich Trüb Ulmen Veilchen Wacholder Weiden "
    "Wühl Zeisig Zimt Ähren Östern Übel "
)
_TAILS = _words(
    "acker blick brück fink flüster garten glocke graupe grütze hopser hut klang knopf kübel löffel mütze pfad "
    "quast quist rausch ried rohr säbel schuh stiel tritt träumer wimpel wippe zapf zipfel zweig "
)
_WOMEN = _words(
    "Adele Anouk Berit Carla Dörte Elke Frauke Gesa Hanna Ines Jule Käthe Lena Meike Nele Ottilie Petra Rieke "
    "Svenja Thea Ulla Vera Wiebke Yara Zoe "
)
_MEN = _words(
    "Arvid Bero Claas Detlev Emil Falk Gernot Hauke Ivo Jörn Karsten Lothar Malte Nils Ole Piet Ralf Sönke Tilo "
    "Uwe Volker Wolf Yannik Jürgen Günter "
)

#: Umlauts sort as their base letters.
_SORTING = str.maketrans("ÄÖÜäöüß", "AOUaous")


def invent_people(rng: Random, count: int, taken: set[str]) -> list[Person]:
    """Return `count` people in alphabetical order of their short names, none of which is in `taken` (extended)."""
    surnames = _surnames(rng)
    first_names = [(name, 1) for name in _WOMEN] + [(name, 2) for name in _MEN]
    people: list[Person] = []
    for index in range(count):
        if index % len(first_names) == 0:
            first_names = shuffled(rng, first_names)
        first, gender = first_names[index % len(first_names)]
        short, surname = _short_name(surnames, taken)
        people.append((short, surname, first, gender))
    return sorted(people, key=lambda person: person[0].translate(_SORTING))


def _surnames(rng: Random) -> list[str]:
    """All surnames; neighbours in the list have different first halves, so that a school does not sound monotonous."""
    tails = [shuffled(rng, _TAILS) for _ in _HEADS]
    heads = shuffled(rng, list(range(len(_HEADS))))
    return [_HEADS[head] + tails[head][turn] for turn in range(len(_TAILS)) for head in heads]


def _short_name(surnames: list[str], taken: set[str]) -> tuple[str, str]:
    """Take surnames from the end of the list until one gives a short name that is still free."""
    while surnames:
        surname = surnames.pop()
        head = next(head for head in _HEADS if surname.startswith(head))
        tail = surname[len(head) :]
        for short in (surname[:3], surname[:4], head[:3] + tail[0], head[:2] + tail[:2], head[0] + tail[:3]):
            if short.lower() not in taken:
                taken.add(short.lower())
                return short, surname
    raise RuntimeError("demo school: no free short name left")
