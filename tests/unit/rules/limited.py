"""Schools with stated limits for tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from untisopt.domain.limits import GradeLimits, SubjectTraits, TeacherLimits
from untisopt.domain.school import School


def teachers(of: School, limits: Mapping[str, TeacherLimits]) -> School:
    """The school with these limits of teachers."""
    return replace(of, limits=replace(of.limits, teachers=limits))


def grades(of: School, limits: Mapping[str, GradeLimits]) -> School:
    """The school with these limits of grades."""
    return replace(of, limits=replace(of.limits, grades=limits))


def subjects(of: School, traits: Mapping[str, SubjectTraits]) -> School:
    """The school with these traits of subjects."""
    return replace(of, limits=replace(of.limits, subjects=traits))
