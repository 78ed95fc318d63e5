"""What the repair.json of a result folder says about lectures without a place and rules that remain broken."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from untisopt.errors import Defect, InputError
from untisopt.i18n import _

REPAIR_JSON = "repair.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairList:
    """What a repair says of itself; nothing of it is checked here.

    Parameters
    ----------
    unplaced : frozenset of str
        Ids of lectures that have no place.
    most : mapping of str to int
        Id of a rule to how often the repaired plan breaks it.
    """

    unplaced: frozenset[str] = frozenset()
    most: Mapping[str, int] = field(default_factory=dict)


def read_repair_list(path: Path) -> RepairList:
    """Read what a repair says of itself.

    Raises
    ------
    InputError
        The file cannot be read, or is none that `untisopt repair` writes.
    """
    try:
        data: Any = json.loads(path.read_bytes())
        return RepairList(
            unplaced=frozenset(str(found["lecture"]) for found in data["unplaced"]),
            most={str(row["rule"]): int(row["after"]) for row in data["rules"]} if data["remaining"] else {},
        )
    except (OSError, ValueError, TypeError, KeyError) as error:
        found = error.strerror if isinstance(error, OSError) and error.strerror else _("something else")
        advice = _("delete it: then every lecture without a place counts as lost")
        expected = _("the list of a repair, as untisopt repair writes it")
        raise InputError([Defect(file=str(path), expected=expected, found=found, advice=advice)]) from error
