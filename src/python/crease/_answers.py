"""What questions return."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Dict, List, Optional

from ._crease import Network


class Unfinished(TimeoutError):
    """The time was over first. ``at_least`` is what was found until then, a lower bound."""

    def __init__(self, message: str, at_least: Optional[int] = None):
        super().__init__(message)
        self.at_least = at_least


@dataclass(frozen=True)
class Robustness:
    """How far a point is from another label; for the norm l2 ``lower`` and ``upper`` are squares.

    Every point closer than ``lower`` keeps the label; ``lower`` is None if every point does.
    ``point``, at the distance ``upper``, has the label ``other`` too; both are None if no such
    point was found. ``nodes`` is None where the search did not stop in time. ``exact`` says that the two bounds are one number, or that there is no point.
    """

    norm: str
    label: Optional[int]
    lower: Optional[Fraction]
    upper: Optional[Fraction]
    exact: bool
    other: Optional[int]
    point: Optional[List[Fraction]]
    nodes: Optional[int]


@dataclass(frozen=True)
class Fit:
    """A fit of least cost. The least cost lies in ``[lower, upper]``; often both are one number.

    ``unique`` says whether no other function costs as little, None where that is not decided.
    ``knots`` and ``fewest``, the least number of knots of a fit of least cost, are known of one
    input. ``network`` is the fit: a hidden layer of ReLUs; ``units`` is the number of its bends.
    """

    lower: Fraction
    upper: Fraction
    unique: Optional[bool]
    knots: Optional[List[Fraction]]
    fewest: Optional[int]
    units: int
    network: Network


@dataclass(frozen=True)
class Checked:
    """A claim of the catalogue and what a run found about it.

    ``verdict`` is holds, refuted, vacuous or unfinished. ``as_claimed`` says that it is the one
    that ``standing`` announces, and that every twin, a false neighbour, was refuted. ``finding``
    are the two numbers of the counterexample, or of the closest call; ``counterexample`` is TOML.
    """

    id: str
    title: str
    statement: str
    standing: str
    verdict: str
    as_claimed: bool
    cases: int
    distinct: int
    finding: Optional[str]
    counterexample: Optional[str]
    twins: Dict[str, str]
