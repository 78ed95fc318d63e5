"""What the explanation of single lectures of a repair is made of."""

from __future__ import annotations

from dataclasses import dataclass

from untisopt.domain.changes import Move
from untisopt.results.optimise import RepairDocument
from untisopt.results.packages import Package, PackagePart, Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """A block of lectures that moves.

    Parameters
    ----------
    moves : tuple of Move
        Those of the lectures that move together, at least one.
    package : Package
        Where they belong.
    part : PackagePart
        The part of it that is made with them or not at all.
    reason : Reason
        Why the first of them moves, and what it costs if it stays.
    """

    moves: tuple[Move, ...]
    package: Package
    part: PackagePart
    reason: Reason


@dataclass(frozen=True, kw_only=True)
class ExplainDocument:
    """Why lectures move.

    Parameters
    ----------
    repair : RepairDocument
    folder : str
        The result, as the user named it.
    asked : str
        What the user asked about.
    moved : tuple of Explained
    staying : tuple of str
        Ids of the lectures asked about that stay where they are.
    """

    repair: RepairDocument
    folder: str
    asked: str
    moved: tuple[Explained, ...]
    staying: tuple[str, ...]
