"""A policy file to begin with, and one that was held against an export."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from untisopt.domain.school import School
from untisopt.policy import Policy, Preset
from untisopt.results.source import SiteSuggestion


@dataclass(frozen=True, kw_only=True)
class PolicyReview:
    """A policy file that is sound.

    Parameters
    ----------
    file : str
        Its name.
    policy : Policy
    export : str or None
        Name of the timetable file that it was held against; None: of none.
    free, lectures : int
        How many lectures may move in time, and how many there are.
    not_judged : mapping of str to str
        Rules that are on and cannot be judged, with what is missing.
    without_effect : tuple of str
        What the policy says and nothing comes of, as sentences.
    """

    file: str
    policy: Policy
    export: str | None = None
    free: int = 0
    lectures: int = 0
    not_judged: Mapping[str, str] = field(default_factory=dict)
    without_effect: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PolicyDraft:
    """What a policy file is made from.

    Parameters
    ----------
    source : str
        Name of the export.
    school : School
    judged : School
        The same with the sites that the file names: which rules can be judged.
    policy : Policy
        What the file means but for the suggested site: the default policy, or that of the preset.
    preset : Preset or None
    suggestions : tuple of SiteSuggestion
        Sites that the names of the rooms suggest.
    weeks_known : bool
        Whether the export says in which calendar weeks a lecture is held.
    """

    source: str
    school: School
    judged: School
    policy: Policy
    preset: Preset | None
    suggestions: tuple[SiteSuggestion, ...]
    weeks_known: bool

    @property
    def named_suggestions(self) -> list[tuple[str, SiteSuggestion]]:
        """The suggested sites with names that differ, also from that of the main site."""
        taken = {self.policy.main_site, "main"}
        named = []
        for suggestion in self.suggestions:
            name = suggestion.name
            number = 2
            while name in taken:
                name, number = f"{suggestion.name} {number}", number + 1
            taken.add(name)
            named.append((name, suggestion))
        return named
