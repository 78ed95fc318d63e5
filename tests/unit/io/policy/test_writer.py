"""Policies that are written and read again are the same."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from untisopt.domain.pins import Hold
from untisopt.domain.resources import Kind
from untisopt.domain.score import Tier
from untisopt.io.policy.file import read_policy
from untisopt.io.policy.writer import policy_toml
from untisopt.policy import BlockedTimes, Pin, PinKind, Policy, Preset, RoomChanges, Selector, TimeWish
from untisopt.rules import ALL_RULES
from untisopt.rules.lessons.block_kept import BlockKept

SITES = Policy(main_site="Haupthaus", sites={"Filiale": ("F*", "4.11"), "Große Halle": ("T?", '"<b>"')})
PINS = (
    Pin(PinKind.LESSON, "177"),
    Pin(PinKind.LECTURE, "177@5.5"),
    Pin(PinKind.COURSE, "177/Ma/Mül ler"),
    Pin(PinKind.TEACHER, "Be*"),
    Pin(PinKind.TEACHER, "Mül ler"),
    Pin(PinKind.GRADE, "10.3"),
    Pin(PinKind.ROOM, "4.11"),
    Pin(PinKind.SUBJECT, "Ph"),
    Pin(PinKind.DAY, "5"),
)


def _with_rule(rule_id: str, **values: object) -> Policy:
    return Policy(
        rules=tuple(replace(rule, **values) if rule.id == rule_id else rule for rule in ALL_RULES)  # type: ignore[type-var]
    )


def _again(policy: Policy, folder: Path, breaks_file: str | None = None) -> Policy:
    path = folder / "untisopt.toml"
    path.write_text(policy_toml(policy, breaks_file), encoding="utf-8")
    return read_policy(path)


@pytest.mark.parametrize(
    "policy",
    [
        Policy(),
        SITES,
        Policy(main_site="Haupthaus"),
        SITES.with_(travel_minutes=25),
        SITES.with_(travel={("Haupthaus", "Filiale"): 30, ("Filiale", "Haupthaus"): 0, ("Große Halle", "Filiale"): 5}),
        Policy(unusable_breaks=frozenset({(2, 3), (0, 1), (10, 11)})),
        Policy(pins=PINS),
        Policy(blocked=(BlockedTimes(Kind.TEACHER, "Mül ler", ((5, None), (1, 1), (1, 10))),)),
        Policy(
            blocked=(BlockedTimes(Kind.ROOM, "4.11", ((1, 0),)), BlockedTimes(Kind.GRADE, '10"3', ((7, None), (7, 2))))
        ),
        Policy(pins=(Pin(PinKind.DAY, "5", Hold.TIME), Pin(PinKind.LESSON, "7"), Pin(PinKind.ROOM, "4.11", Hold.ROOM))),
        Policy(scope=(Selector(PinKind.LESSON, "177"), Selector(PinKind.GRADE, "10.*"), Selector(PinKind.DAY, "1"))),
        Policy(
            wishes=(
                TimeWish(Kind.TEACHER, "Mül ler", ((5, None), (1, 1))),
                TimeWish(Kind.GRADE, "7", ((2, 3),), value=3),
            )
        ),
        Policy().under(Preset.DRAFT),
        Policy().under(Preset.PUBLISHED),
        Policy(week=41),
        Policy(trusted=("GPU002.TXT", "gpu016.txt")),
        Policy(worth=0),
        Policy(worth=3),
        Policy(max_changes=0),
        Policy(max_changes=100),
        Policy(room_changes=RoomChanges.SAME_KIND),
        _with_rule("grade-gaps", weight=7),
        _with_rule("block-kept", never_across=("2-3", "6-7")),
        _with_rule("grade-day", except_=("10.3", "Ä*")),
        _with_rule("teacher-most-gaps", most={"Mül ler": 2, "A.b": 0}),
        _with_rule("teacher-travel", weight=0),
        _with_rule("grade-gaps", tier=Tier.COMFORT, weight=3),
        _with_rule("teacher-gaps", tier=Tier.RULES, weight=1),
        SITES.with_(travel_minutes=20, pins=PINS, week=1, worth=2, max_changes=5),
    ],
    ids=lambda policy: policy_toml(policy).replace("\n", " ")[:40] or "default",
)
def test_read_as_it_was(policy, tmp_path):
    assert _again(policy, tmp_path) == policy


@pytest.mark.parametrize("rule_id", [rule.id for rule in ALL_RULES])
def test_every_rule_can_be_off(rule_id, tmp_path):
    policy = _with_rule(rule_id, weight=0)
    assert _again(policy, tmp_path) == policy
    # A rule that is left out is off as well; the file says so with the weight 0.
    without = Policy(rules=tuple(rule for rule in ALL_RULES if rule.id != rule_id))
    assert _again(without, tmp_path) == policy


def test_default_is_an_empty_file():
    assert policy_toml(Policy()) == ""


def test_only_what_differs_is_written():
    assert policy_toml(_with_rule("grade-gaps", weight=7)).split() == ["[rules.grade-gaps]", "weight", "=", "7"]


def test_order_of_the_sites_is_kept(tmp_path):
    # The first site that matches wins, so their order is a part of the policy.
    policy = Policy(sites={"Z": ("F1",), "A": ("F*",)})
    assert list(_again(policy, tmp_path).sites) == ["Z", "A"]


def test_pins_come_by_kind(tmp_path):
    # The file has a list per kind: lessons first, teachers in the order in which they were named.
    mixed = (Pin(PinKind.DAY, "5"), Pin(PinKind.TEACHER, "B"), Pin(PinKind.LESSON, "1"), Pin(PinKind.TEACHER, "A"))
    assert _again(Policy(pins=mixed), tmp_path).pins == (mixed[2], mixed[1], mixed[3], mixed[0])


def test_break_table(tmp_path):
    (tmp_path / "Pausen 1.txt").write_text("", encoding="utf-8")
    policy = Policy(breaks_file=Path("elsewhere.txt"))
    assert _again(policy, tmp_path, "Pausen 1.txt").breaks_file == tmp_path / "Pausen 1.txt"
    assert _again(policy, tmp_path).breaks_file is None


def test_parameters_of_a_rule_in_the_file():
    assert BlockKept(never_across=("2-3",)).weight == BlockKept().weight
    assert "never_across" in policy_toml(_with_rule("block-kept", never_across=("2-3",)))
