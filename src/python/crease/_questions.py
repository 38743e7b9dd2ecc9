"""The questions. Long ones obey ``time``, in seconds, and Ctrl-C, and call ``progress`` five times a
second with how much is done. The interpreter is free meanwhile.

A few parts of the work do not look whether they should stop: what is still in one of them a second after
the time is left alone, and runs out in the background.

Wrong arguments raise ``ValueError`` with what was expected and found.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Callable, Iterable, List, Optional, Union

from . import _crease
from ._answers import Checked, Fit, Robustness, Unfinished
from ._networks import network

Progress = Optional[Callable[[int], object]]


def count(
    net: Any,
    box: Any = None,
    notion: str = "R2",
    *,
    time: Optional[float] = None,
    threads: Optional[int] = None,
    progress: Progress = None,
) -> int:
    """The number of linear regions, exactly.

    ``box`` is ``(lo, hi)`` for every input, or a pair for each; without it the whole space counts,
    even where the file of the network names a box (``net.domain``).
    ``notion`` says what a region is: strict sign patterns (``strict``), activation regions with
    (``R1``) or without (``R2``) lower-dimensional ones, affine regions (``R4``), different affine
    maps (``R6``). ``progress`` is told the regions found so far; ``threads`` are all cores unless
    given.

    Raises ``Unfinished``, with a lower bound, if the time is over first.

    >>> count([([[1, 0], [0, 1], [1, 1]], [0, 0, -1])])
    1
    >>> tent = [([[2], [4]], [0, -2]), ([[1, -1]], [0])]
    >>> count(tent), count(tent, box=(0, 1)), count(tent, notion="R4")
    (3, 2, 3)
    """
    found, is_complete = _crease.count(network(net), box, notion, time, threads, progress)
    if not is_complete:
        raise Unfinished(f"at least {found} regions: the time was over before all were counted", found)
    return found


def regions(net: Any, box: Any = None) -> _crease.Regions:
    """The activation regions with interior points (``R2``), one after another.

    Each has a ``pattern``, a ``point`` inside, the affine map ``matrix`` and ``offset`` of the
    network on it, ``facets``, ``vertices``, ``bounded`` and ``volume()``, all exact; ``numpy()``
    gives point, matrix and offset in doubles. The walk goes on beside the loop, a few regions
    ahead, and ends with it.

    >>> tent = [([[2], [4]], [0, -2]), ([[1, -1]], [0])]
    >>> for region in regions(tent, box=(-1, 1)):
    ...     print(region.pattern, *region.matrix[0], *region.offset)
    [[0, 0]] 0 0
    [[1, 0]] 2 0
    [[1, 1]] -2 2
    """
    return _crease.regions(network(net), box)


def evaluate(net: Any, x: Any) -> List[Fraction]:
    """The exact value of the network at a point; a float stands for the number that it is.

    ``x`` is a list, an array or a tensor with as many numbers as the network has inputs: ints,
    Fractions, Decimals, floats or texts such as ``"1/3"``.

    >>> evaluate([([[0.5, -1]], [0.1])], [1, "1/2"]) == [Fraction(0.1)]
    True
    """
    return network(net).evaluate(x)


def robust(
    net: Any,
    x: Any,
    norm: str = "linf",
    box: Any = None,
    time: Optional[float] = None,
    *,
    label: Optional[int] = None,
    progress: Progress = None,
) -> Robustness:
    """The least change of ``x`` after which another output is at least as great.

    The label is the first of the greatest outputs at ``x`` unless given. ``norm`` is ``linf``,
    ``l1`` or ``l2``, for which squares of distances are returned. Only points of ``box`` count.
    ``progress`` is told the nodes of the search. If the time is over first, the answer has two
    bounds and is not ``exact``.

    >>> answer = robust([([[1, 0], [0, 1]], [0, 0])], [3, 1])
    >>> answer.lower, answer.exact, answer.other
    (Fraction(1, 1), True, 1)
    """
    return Robustness(norm=norm, **_crease.robust(network(net), x, norm, box, label, time, progress))


def fit(
    x: Any,
    y: Any,
    lambda_: Any = None,
    sparsest: bool = False,
    *,
    norm: str = "l2",
    time: Optional[float] = None,
    progress: Progress = None,
) -> Fit:
    """The network of least cost through data, or with ``lambda_`` near them.

    The cost is the sum of ``|outer weight| |inner weights|`` over ReLU units beside a free affine
    part, which is what weight decay comes to; with one input it is the total variation of the
    derivative. With ``lambda_`` the least of half the squared errors plus ``lambda_`` times the
    cost. ``sparsest``, for one input, asks of the fits of least cost for one with the fewest knots.
    ``norm`` (``l1``, ``l2``, ``linf``) is that of inner weights; with several
    inputs l2 is built for two of them and one output.

    Raises ``Unfinished`` if the time is over first.

    >>> fitted = fit([0, 1, 2, 3], [0, 1, 1, 0], sparsest=True)
    >>> fitted.lower, fitted.fewest, [str(knot) for knot in fitted.knots]
    (Fraction(2, 1), 1, ['3/2'])
    >>> fitted.network.evaluate(["3/2"])
    [Fraction(3, 2)]
    """
    found = _crease.fit(x, y, lambda_, sparsest, norm, time, progress)
    if found is None:
        raise Unfinished("the time was over before there was a fit")
    return Fit(**found)


def check(
    ids: Union[str, Iterable[str]],
    cases: int = 256,
    *,
    seed: int = 0,
    time: Optional[float] = None,
    progress: Progress = None,
) -> List[Checked]:
    """Draws cases for claims of the catalogue and for their twins, and compares exact numbers.

    An id is that of a claim, its beginning, or a family. Certificates and known cases are not
    looked at: the command ``crease check`` does. ``progress`` is told the claims that are done.

    >>> [claim] = check("regions/two_shared_filters", cases=32)
    >>> claim.standing, claim.verdict, claim.as_claimed
    ('theorem', 'holds', True)
    """
    names = [ids] if isinstance(ids, str) else list(ids)
    if not names:
        raise ValueError("ids: expected a claim or a family at least, found none")
    return [Checked(**row) for row in _crease.check(names, cases, seed, time, progress)]
