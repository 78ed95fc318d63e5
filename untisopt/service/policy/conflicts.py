"""What a policy asks for that cannot hold together, and what has no effect."""

from __future__ import annotations

from collections.abc import Iterator

from untisopt.domain.limits import CORE_TIME
from untisopt.domain.pins import Hold, hold_of
from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.errors import Defect
from untisopt.i18n import _
from untisopt.io.untis.master.rule_names import unknown_names, unknown_periods
from untisopt.policy import Policy, RoomChanges
from untisopt.rules.days.availability import Availability
from untisopt.rules.days.wishes import Wishes
from untisopt.wording import lecture_name, place


def conflicts(school: School, policy: Policy, file: str) -> Iterator[Defect]:
    """Wishes of a policy that contradict one another, or that the plan has no place for.

    Parameters
    ----------
    school : School
        Read with this policy.
    policy : Policy
    file : str
        Name of the policy file.
    """
    for expected, found, advice in (
        *_pinned_where_blocked(school, policy),
        *_nothing_moves(school, policy),
        *_unknown_breaks(school, policy),
        *_unknown_names(school, policy),
        *_unknown_periods(school, policy),
    ):
        yield Defect(file=file, expected=expected, found=found, advice=advice)


Told = tuple[str, str, str]
"""What was expected, what was found, advice."""


def _pinned_where_blocked(school: School, policy: Policy) -> Iterator[Told]:
    """Lectures that must stay at a time at which the policy blocks somebody in them."""
    blocked = {(times.kind, times.name) for times in policy.blocked}
    for violation in Availability().check(school, school.as_is):
        facts = violation.facts
        lecture = facts.lectures[0]
        reason = school.pinned.get(lecture)
        if reason is None or not hold_of(reason).keeps_time or (facts.kind, facts.name) not in blocked:
            continue
        yield (
            _("pins and blocked times that can hold together"),
            _("{lecture} at {place}, which stays ({reason}) although {name} is blocked there").format(
                lecture=lecture_name(school, lecture),
                place=place(school.as_is[lecture].period),
                reason=reason,
                name=facts.name,
            ),
            _("you leave out the pin or the blocked time"),
        )


def _nothing_moves(school: School, policy: Policy) -> Iterator[Told]:
    """A policy under which no block can move at all."""
    kept = {id_ for id_, reason in school.pinned.items() if hold_of(reason).keeps_time}
    lengths = [b.length for b in school.blocks if b.lesson and kept.isdisjoint(b.lectures)]
    if not lengths:
        yield (
            _("lectures that may move"),
            _("none: all are pinned or outside the scope"),
            _("the scope is too narrow, or its kinds do not meet"),
        )
    elif policy.max_changes is not None and policy.max_changes < min(lengths):
        text = _("max_changes of at least {count}, the length of the shortest block that may move")
        yield text.format(count=min(lengths)), str(policy.max_changes), ""


def _unknown_breaks(school: School, policy: Policy) -> Iterator[Told]:
    numbers = [school.grid.numbers(day) for day in school.grid.days]
    for before, after in sorted(policy.unusable_breaks):
        if not any(before in of_day and after in of_day for of_day in numbers):
            known = sorted({number for of_day in numbers for number in of_day})
            yield (
                _("unusable_breaks between periods {first} to {last}").format(first=known[0], last=known[-1]),
                f"'{before}-{after}'",
                "",
            )


def _unknown_names(school: School, policy: Policy) -> Iterator[Told]:
    for vain in unknown_names(policy, school.lectures.values(), off=True):
        text = _("names of this plan for {key} in {table}").format(key=vain.key, table=f"[rules.{vain.rule}]")
        yield text, vain.found, vain.advice


def _unknown_periods(school: School, policy: Policy) -> Iterator[Told]:
    known = sorted({number for day in school.grid.days for number in school.grid.numbers(day)})
    for vain in unknown_periods(policy, school.grid, off=True):
        text = _("periods from {first} to {last} for {key} in {table}")
        table = f"[rules.{vain.rule}]"
        yield text.format(first=known[0], last=known[-1], key=vain.key, table=table), vain.found, vain.advice


def without_effect(school: School, policy: Policy) -> Iterator[str]:
    """What a policy says and nothing comes of, as sentences."""
    if len(school.sites) < 2 and (policy.travel_minutes is not None or policy.travel or policy.unusable_breaks):
        yield _("[travel] has no effect, because fewer than two sites are known.")
    stays = any(pin.hold is not Hold.BOTH for pin in policy.pins)
    if policy.room_changes is RoomChanges.NONE and stays:
        yield _(
            "Every lecture keeps its rooms anyway, because [rooms] does not allow changes: hold makes no difference."
        )
    yield from _of_rules_that_are_off(policy)
    if policy.rule(Availability.id) is None and policy.blocked:
        yield _("[[blocked]] has no effect, because the rule {rule} is off.").format(rule=Availability.id)
    # A core time of a person holds by a rule of its own.
    mild = [wish for wish in policy.wishes if wish.value < CORE_TIME or wish.kind is Kind.ROOM]
    if policy.rule(Wishes.id) is None and mild and len(mild) == len(policy.wishes):
        yield _("[[wishes]] has no effect, because the rule {rule} is off.").format(rule=Wishes.id)
    if policy.rule("pinned") is None and (policy.pins or policy.scope):
        yield _("[pins] and [scope] have no effect, because the rule {rule} is off.").format(rule="pinned")
    if policy.room_changes is not RoomChanges.NONE and not any(room.group for room in school.rooms.values()):
        yield _("No lecture can get another room, because no room can stand in for another.")


def _of_rules_that_are_off(policy: Policy) -> Iterator[str]:
    for rule in policy.rules:
        if rule.weight:
            continue
        if rule.exceptions:
            yield _("The exceptions of {rule} have no effect, because the rule is off.").format(rule=rule.id)
        others = {f"{rule.id}.{name}" for name in ("weight", "except_")}
        if any(stated.startswith(f"{rule.id}.") and stated not in others for stated in policy.stated):
            text = _("What [rules.{rule}] says has no effect, because the rule is off (enabled = true switches it on).")
            yield text.format(rule=rule.id)


def freedom(school: School) -> tuple[int, int]:
    """How many lectures may move in time, and how many there are."""
    kept = {id_ for id_, reason in school.pinned.items() if hold_of(reason).keeps_time}
    free = sum(b.length for b in school.blocks if b.lesson and kept.isdisjoint(b.lectures))
    return free, len(school.lectures)
