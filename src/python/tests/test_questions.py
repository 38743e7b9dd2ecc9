"""Counts, regions, distances, fits and claims: the numbers that the library is known to give."""

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from torch import nn

import crease

FIXTURES = Path(__file__).parents[3] / "fixtures" / "networks"
MLP = FIXTURES / "mlp_2-10-10-1.json"
TENT = [([[2], [4]], [0, -2]), ([[1, -1]], [0])]


@pytest.mark.parametrize(
    "name, regions",
    [("arr_n20_d2", 211), ("mlp_2-32-32-1", 2278), ("cnn1d_in6_f3_c2_2layer", 595), ("arr_n50_d3", 20876)],
)
def test_known_counts(name, regions):
    assert crease.count(FIXTURES / f"{name}.json") == regions


def test_a_count_in_parts_is_the_count():
    net = FIXTURES / "arr_n30_d5.json"
    seen = []
    whole = crease.count(net, box=(-1000, 1000), threads=3, progress=seen.append)
    assert whole == crease.count(net, box=(-1000, 1000), threads=1)
    assert seen == sorted(seen) and (not seen or seen[-1] <= whole)


def test_notions_are_in_order():
    sizes = {n: crease.count(MLP, notion=n) for n in ("strict", "R1", "R2", "R4", "R6")}
    assert sizes["R6"] <= sizes["R4"] <= sizes["R2"] == 242 <= sizes["R1"]
    assert crease.count(MLP, notion="r2") == 242


def test_regions_are_those_counted_and_tell_the_truth():
    net = crease.network(MLP)
    regions = list(crease.regions(net, box=(-3, 3)))
    assert len(regions) == crease.count(net, box=(-3, 3))
    area = 0
    for region in regions:
        value = net.evaluate(region.point)
        by_map = [sum(a * x for a, x in zip(row, region.point)) + b
                  for row, b in zip(region.matrix, region.offset)]
        assert value == by_map
        assert all(sum(a * x for a, x in zip(form, region.point)) + c > 0 for form, c in region.facets)
        assert region.bounded and len(region.vertices) >= 3
        area += region.volume()
    assert area == 36
    assert len({str(region.pattern) for region in regions}) == len(regions)


def test_doubles_are_the_nearest():
    region = next(crease.regions(MLP))
    point, matrix, offset = region.numpy()
    assert point.dtype == matrix.dtype == np.float64 and matrix.shape == (1, 2)
    assert list(point) == [float(x) for x in region.point]
    assert list(matrix[0]) == [float(x) for x in region.matrix[0]]
    assert list(offset) == [float(x) for x in region.offset]
    assert "Region around (" in repr(region)


def test_regions_end_where_the_loop_ends():
    for index, _ in enumerate(crease.regions(FIXTURES / "arr_n100_d3.json")):
        if index == 10:
            break


def test_unbounded_regions_have_no_volume():
    volumes = [region.volume() for region in crease.regions(TENT)]
    assert volumes == [None, Fraction(1, 2), None]


@pytest.mark.parametrize(
    "box, words",
    [
        ((1, 0), "side 0 goes from 1 down to 0"),
        ((1, 1), "expected lo < hi"),
        ([(0, 1), (0, 1)], "found 2 pairs"),
        ((0, 1, 2), "3 numbers instead of two"),
        (3, "expected (lo, hi)"),
        ("whole", "expected (lo, hi)"),
        ((0, float("inf")), "box, entry 1: expected a finite number"),
    ],
)
def test_boxes_are_checked(box, words):
    for ask in (crease.count, crease.regions):
        with pytest.raises(ValueError) as error:
            ask(TENT, box)
        assert words in str(error.value)


def test_other_arguments_are_checked():
    with pytest.raises(ValueError, match="expected one of strict, R1, R2, R4, R6"):
        crease.count(TENT, notion="R3")
    with pytest.raises(ValueError, match="expected seconds from 0 on"):
        crease.count(TENT, time=-1)
    with pytest.raises(ValueError, match="takes 1 numbers, found 2"):
        crease.evaluate(TENT, [1, 2])
    with pytest.raises(ValueError, match="2\\^13 corners"):
        crease.regions([(np.eye(13), None)], box=(0, 1))
    with pytest.raises(ValueError, match="2\\^13 corners"):
        crease.count([(np.eye(13), None)], box=(0, 1), notion="R4")


def test_boxes_of_many_sides_are_counted():
    weight = np.ones((2, 20))
    assert crease.count([(weight, [0, -1]), ([[1, 1]], None)], box=(-1, 1)) == 3


def test_distances():
    net = [([[1, 0], [0, 1]], [0, 0])]
    assert crease.robust(net, [3, 1]).lower == 1
    assert crease.robust(net, [3, 1], "l1").lower == 2
    squared = crease.robust(net, [3, 1], "l2")
    assert (squared.lower, squared.upper, squared.exact) == (2, 2, True)
    boxed = crease.robust(net, [3, 1], box=[(2, 4), (0, "3/2")])
    assert (boxed.lower, boxed.exact, boxed.upper, boxed.point) == (None, True, None, None)
    near = crease.robust(net, [0.1, 0])
    assert near.lower == Fraction(0.1) / 2 and net_value(net, near.point)
    with pytest.raises(ValueError, match="one output"):
        crease.robust(TENT, [1])
    with pytest.raises(ValueError, match="linf, l1 or l2"):
        crease.robust(net, [1, 1], norm="l3")
    with pytest.raises(ValueError, match="entry 1 of the point is 3"):
        crease.robust(net, [3, 1], box=(0, 2))


def net_value(net, point):
    own, other = crease.evaluate(net, point)
    return own == other


def test_distance_of_a_module_is_exact():
    model = nn.Sequential(nn.Linear(2, 8), nn.ReLU(), nn.Linear(8, 3))
    net = crease.network(model)
    here = [Fraction(1, 4), Fraction(-1, 2)]
    answer = crease.robust(net, here)
    assert answer.exact
    if answer.point is not None:
        values = net.evaluate(answer.point)
        assert values[answer.other] >= values[answer.label]
        assert max(abs(a - b) for a, b in zip(answer.point, here)) == answer.lower


def test_fits():
    x, y = [3, 0, 1, 2], [0, 0, 1, 1]
    fit = crease.fit(x, y)
    assert (fit.lower, fit.upper, fit.unique, fit.fewest) == (2, 2, False, 1)
    assert [fit.network.evaluate([t])[0] for t in x] == y
    several = crease.fit(x, [[a, 2 * a] for a in y])
    assert several.network.output_shape == [2] and several.units == 2
    near = crease.fit([0, 1, 1, 2], [0, 1, 3, 0], lambda_="1/2", sparsest=True)
    values = [near.network.evaluate([t])[0] for t in (0, 1, 1, 2)]
    errors = sum((a - b) ** 2 for a, b in zip(values, (0, 1, 3, 0)))
    jumps = abs((values[3] - values[1]) - (values[1] - values[0]))
    assert near.lower == near.upper == errors / 2 + jumps / 2
    plane = crease.fit([[0, 0], [1, 0], [0, 1], [1, 1]], [0, 0, 0, 1], norm="linf")
    assert plane.knots is None and plane.network.evaluate([1, 1]) == [1]
    both = crease.fit([[0, 0], [1, 0], [0, 1], [1, 1]], [[0, 1], [0, 0], [0, 0], [1, 0]], norm="l1")
    assert both.network.evaluate([1, 1]) == [1, 0] and both.lower <= both.upper


@pytest.mark.parametrize(
    "arguments, words",
    [
        (([0, 0], [0, 1]), "the input 0 has different outputs"),
        (([0, 1], [0]), "as many y as x"),
        (([], []), "one point at least"),
        (([0, 1], [0, 1], 0), "expected a positive number"),
        (([0, 1], [0, float("nan")]), "y[1], entry 0: expected a finite number"),
        (([[0, 1], [1]], [0, 1]), "rows of one length"),
        (([[0, 1], [1, 1]], [0, 1], None, True), "offered for one input"),
        (([[0, 1], [1, 1]], [[0, 1], [1, 1]]), "norm l2: built for one output"),
        (([0, 1], [[0, 1], [1, 1]], 1), "one output with lambda_"),
        (([[0, 1, 1], [1, 1, 1]], [0, 1]), "l1 or linf"),
        ((3, [1]), "expected a list or an array"),
    ],
)
def test_fits_are_checked(arguments, words):
    with pytest.raises(ValueError) as error:
        crease.fit(*arguments)
    assert words in str(error.value)


def test_claims():
    claims = crease.check(["perceptron", "regions/two_shared_filters"])
    assert claims[-1].id != claims[0].id and len(claims) > 3
    assert all(claim.as_claimed for claim in claims), [c.id for c in claims if not c.as_claimed]
    refuted = crease.check("regions/one_layer_maximum_as_printed", cases=64)
    assert refuted[0].verdict == "refuted" and refuted[0].as_claimed and refuted[0].counterexample
    with pytest.raises(ValueError, match="the families are regions, depth"):
        crease.check("nothing")
    with pytest.raises(ValueError, match="expected 1 at least"):
        crease.check("perceptron", cases=0)
    with pytest.raises(ValueError, match="found none"):
        crease.check([])
