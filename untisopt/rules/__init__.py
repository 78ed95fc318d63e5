"""The rules: what a rule is, all of them, and how a timetable is judged by them.

`protocol` says what a rule is and `catalogue` lists all of them; `bases` holds what several rules share. The rules are
in folders named after what they are about: `clashes`, `sites`, `days`, `lessons`, `rooms`, `changes`.
"""

from untisopt.rules.bases.measured import Measured, MeasuredRule
from untisopt.rules.bases.not_stated import NotStated
from untisopt.rules.bases.sequence_codes import measured_parts
from untisopt.rules.bases.site_change_cap import SiteChangeCap
from untisopt.rules.bases.stand_ins import StandIns
from untisopt.rules.catalogue import (
    ALL_RULES,
    CLASH_RULES,
    DAY_RULES,
    NOBODY_WORSE,
    SITE_CHANGE_RULES,
    START_RULES,
    TIE_RULES,
    TRAVEL_RULES,
)
from untisopt.rules.judging import judge
from untisopt.rules.protocol import (
    PHYSICAL,
    SETTABLE_TIERS,
    Chains,
    Group,
    Phase,
    Rule,
    documentation,
    encode,
    tier_name,
)

__all__ = [
    "ALL_RULES",
    "CLASH_RULES",
    "DAY_RULES",
    "NOBODY_WORSE",
    "PHYSICAL",
    "SETTABLE_TIERS",
    "SITE_CHANGE_RULES",
    "START_RULES",
    "TIE_RULES",
    "TRAVEL_RULES",
    "Chains",
    "Group",
    "Measured",
    "MeasuredRule",
    "NotStated",
    "Phase",
    "Rule",
    "SiteChangeCap",
    "StandIns",
    "documentation",
    "encode",
    "judge",
    "measured_parts",
    "tier_name",
]
