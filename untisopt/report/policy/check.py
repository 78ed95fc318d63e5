"""What `untisopt policy` says."""

from __future__ import annotations

from untisopt.i18n import _
from untisopt.report.optimise.json import policy_data
from untisopt.report.render.json import dumps
from untisopt.report.render.txt import items, page
from untisopt.report.words import counts as _counts
from untisopt.report.words.summary import missing_lines
from untisopt.results.policy import PolicyReview
from untisopt.results.source import SiteSuggestion
from untisopt.rules import ALL_RULES


def policy_check_text(review: PolicyReview) -> str:
    """Say that the file is sound, what it leaves free, what cannot be judged and what has no effect."""
    if review.export is None:
        text = _("{file} is sound. With --export PATH it is held against an export as well.")
        return page([text.format(file=review.file)])
    lines = [_("{file} is sound and fits {export}.").format(file=review.file, export=review.export)]
    text = _("{free} of {lectures} may move.")
    lines += items([text.format(free=review.free, lectures=_counts.lectures(review.lectures))])
    usual = {rule.id for rule in ALL_RULES if rule.weight}
    off = [rule.title for rule in review.policy.rules if not rule.weight and rule.id in usual]
    if off:
        lines += ["", _("Rules that are off:"), *items(off)]
    if review.not_judged:
        titles = {rule.id: rule.title for rule in review.policy.rules}
        lines += ["", _("Not judged:"), *items(missing_lines(titles, review.not_judged))]
    if review.without_effect:
        lines += ["", _("Without effect:"), *items(review.without_effect)]
    return page(lines)


def policy_check_json(review: PolicyReview) -> str:
    """The same for machines."""
    return dumps(
        {
            "format": 1,
            "sound": True,
            "file": review.file,
            "export": review.export,
            "free_lectures": None if review.export is None else review.free,
            "lectures": None if review.export is None else review.lectures,
            "not_judged": dict(review.not_judged),
            "without_effect": list(review.without_effect),
            "policy": policy_data(review.policy),
        }
    )


def policy_init_text(path: str, export: str, suggestions: tuple[SiteSuggestion, ...]) -> str:
    """Say what was written, and what to do next."""
    lines = [_("Written: {path}").format(path=path)]
    if suggestions:
        text = _("The site {name} in it is a guess from the names of the rooms. Confirm it or delete it.")
        lines += items([text.format(name=suggestions[0].name)])
    lines += items([_("Everything else in it is a comment: go through it, and take away the # where you disagree.")])
    command = f"untisopt policy check {_shell(path)} --export {_shell(export)}"
    return page([*lines, _("Next: {command}").format(command=command)])


def _shell(path: str) -> str:
    return f'"{path}"' if " " in path else path
