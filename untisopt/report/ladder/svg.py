"""A ladder of repairs as a picture: what more moved lectures bring, what is proved, and the three options."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from untisopt.i18n import _
from untisopt.report.ladder.drawing import Chart, Mark, Panel, draw
from untisopt.report.ladder.words import judges_site_changes, judges_travel, option_name, weekly
from untisopt.report.words import counts as _counts
from untisopt.results.ladder import BEST, MINIMUM, OPTIONS, RECOMMENDED, LadderDocument, LadderStep
from untisopt.wording import capitalised

_SHAPE_OF = {MINIMUM: "square", RECOMMENDED: "diamond", BEST: "triangle"}


def ladder_svg(document: LadderDocument) -> bytes:
    """Draw a ladder.

    Returns
    -------
    bytes
        A complete SVG file; UTF-8.
    """
    return draw(ladder_chart(document)).encode()


def ladder_chart(document: LadderDocument) -> Chart:
    """What the picture of a ladder shows."""
    return Chart(
        title=_("Ladder of repairs: {file}").format(file=document.source.files[0]),
        description=_description(document),
        panels=tuple(_panels(document)),
        marks=tuple(_marks(document)),
        axis=_("moved lectures (the scale gets narrower to the right)"),
        today=_("today"),
        plan=_("best plan found"),
        bound=_("proved: no plan is below"),
        unknown=_("between them: not known"),
        none=_("Neither site changes nor journeys could be judged."),
    )


def _panels(document: LadderDocument) -> Iterator[Panel]:
    if judges_site_changes(document):
        yield _panel(
            document, _("Site changes a week"), lambda step: step.site_changes, lambda step: step.site_changes_at_least
        )
    if judges_travel(document) and any(step.too_short for step in document.steps):
        title = _("Journeys a week with too little time")
        yield _panel(document, title, lambda step: step.too_short, lambda step: step.too_short_at_least)


def _panel(
    document: LadderDocument,
    title: str,
    amount: Callable[[LadderStep], int],
    least: Callable[[LadderStep], int | None],
) -> Panel:
    classes = len(document.school.week_classes)
    plans = {step.moved: amount(step) / classes for step in document.steps}
    limits = ((step.budget, least(step)) for step in document.steps[1:])
    bounds = tuple((budget, None if limit is None else limit / classes) for budget, limit in limits)
    return Panel(title, tuple(sorted(plans.items())), bounds)


def _marks(document: LadderDocument) -> Iterator[Mark]:
    """One mark per plan with a name; where several names meet, the recommendation gives the shape."""
    by_moved: dict[int, list[str]] = {}
    for option in OPTIONS:
        by_moved.setdefault(document.step(option).moved, []).append(option)
    for moved, options in by_moved.items():
        shape = RECOMMENDED if RECOMMENDED in options else options[0]
        names = capitalised(", ".join(option_name(option) for option in options))
        yield Mark(_SHAPE_OF[shape], f"{names}: {_counts.lectures(moved)}", moved)


def _description(document: LadderDocument) -> str:
    text = _("{option}: {moved} moved lectures, {changes} site changes a week, {short} journeys with too little time.")
    sentences = []
    for option in OPTIONS:
        step = document.step(option)
        counts = {"changes": weekly(document, step.site_changes), "short": weekly(document, step.too_short)}
        sentences.append(text.format(option=capitalised(option_name(option)), moved=step.moved, **counts))
    return " ".join(sentences)
