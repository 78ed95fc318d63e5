"""The policy file: a first one from an export, and whether one is sound."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from untisopt.errors import Defect, OutputError, PolicyError, advised
from untisopt.i18n import _
from untisopt.io.output.folder import write_file
from untisopt.io.policy.file import read_policy
from untisopt.io.policy.places import located
from untisopt.policy import Policy, Preset
from untisopt.report.policy.init import policy_init_toml
from untisopt.results.policy import PolicyDraft, PolicyReview
from untisopt.results.source import SiteSuggestion
from untisopt.service.check import not_judged
from untisopt.service.policy.conflicts import conflicts, freedom, without_effect
from untisopt.service.reading.plan import POLICY_NAME, PathLike, Plan, folder_of, read
from untisopt.service.sites import suggest_sites


@dataclass(frozen=True, slots=True)
class PolicyInit:
    """A policy file that was written.

    Parameters
    ----------
    path : Path
    text : str
        Its content.
    suggestions : tuple of SiteSuggestion
        Sites that are a guess; the first of them is in force in the file.
    """

    path: Path
    text: str
    suggestions: tuple[SiteSuggestion, ...]


def init_policy(
    export: PathLike, out: PathLike | None = None, *, preset: Preset | None = None, force: bool = False
) -> PolicyInit:
    """Write a policy file to begin with, with everything that the present plan shows as comments to confirm.

    Parameters
    ----------
    export : str or Path
        `lesson.txt`, `GPU001.TXT`, an XML export or the folder that holds one of them.
    out : str, Path or None
        Where to write; None: `untisopt.toml` beside the export, where it is found by itself.
    preset : Preset or None
    force : bool
        Whether a file that exists is replaced.

    Returns
    -------
    PolicyInit

    Raises
    ------
    InputError
        The export cannot be read.
    OutputError
        The file exists and `force` is not set, or it cannot be written.
    """
    path = folder_of(Path(export)) / POLICY_NAME if out is None else Path(out)
    if path.exists() and not force:
        text = _("{path} exists already; nothing was changed").format(path=path)
        raise OutputError(advised(text, _("you want --force, which replaces it, or --out, which names another file")))
    policy = Policy() if preset is None else Policy().under(preset)
    # The policy beside the export is what is to be written anew: it has no say.
    plan = read(export, policy)
    suggestions = suggest_sites(plan.school)
    sites = {"?": (suggestions[0].pattern,)} if suggestions else {}
    draft = PolicyDraft(
        source=plan.export.timetable_file.name,
        school=plan.school,
        judged=read(export, policy.with_(sites=sites)).school if sites else plan.school,
        policy=policy,
        preset=preset,
        suggestions=suggestions,
        weeks_known=plan.export.knows_weeks,
    )
    text = policy_init_toml(draft)
    inputs = [file for file in plan.input_files if file.name != POLICY_NAME]
    write_file(path, text.encode("utf-8"), protect=inputs)
    return PolicyInit(path, text, draft.suggestions)


def check_policy(path: PathLike | None = None, export: PathLike | None = None) -> PolicyReview:
    """Read a policy file, and hold it against an export.

    Parameters
    ----------
    path : str, Path or None
        None: `untisopt.toml` beside the export, or in the present folder.
    export : str, Path or None
        None: only the file itself is judged.

    Returns
    -------
    PolicyReview
        The policy is sound.

    Raises
    ------
    PolicyError
        All defects of the file; if it has none, all that it asks of the export in vain, and all contradictions.
    InputError
        The export itself has defects.
    """
    beside = Path() if export is None else folder_of(Path(export))
    file = beside / POLICY_NAME if path is None else Path(path)
    policy = read_policy(file)
    if export is None:
        return PolicyReview(file=str(file), policy=policy)
    anywhere = _("policy file or option")
    plan, defects = _read_whatever_fits(export, policy)
    if plan is not None:
        defects += conflicts(plan.school, policy, anywhere)
    if defects or plan is None:
        raise PolicyError(located(file, defects, anywhere))
    school = plan.school
    free, lectures = freedom(school)
    return PolicyReview(
        file=str(file),
        policy=policy,
        export=plan.export.timetable_file.name,
        free=free,
        lectures=lectures,
        not_judged=not_judged(school, policy),
        without_effect=tuple(without_effect(school, policy)),
    )


def _read_whatever_fits(export: PathLike, policy: Policy) -> tuple[Plan | None, list[Defect]]:
    """The plan, if need be without the wishes that it has no place for, and what is wrong with these."""
    try:
        return read(export, policy), []
    except PolicyError as error:
        defects = list(error.defects)
    try:
        return read(export, policy.for_another_plan().with_(travel={})), defects
    except PolicyError:
        return None, defects


__all__ = ["PolicyInit", "PolicyReview", "Preset", "check_policy", "init_policy"]
