"""What Marabou says of balls a little smaller and a little larger than the exact distance.

    python benches/marabou.py CREASE [NETWORK..] [--images N]

CREASE is the program, built with --release. Needs numpy, onnx and maraboupy. Marabou decides whether
a ball holds a point with another label, so the exact radius is given away: it is asked about balls
whose radius is 999 and 1001 thousandths of it, one question for each other label. The first has no
such point, the second has one. Linf in [0, 1]^64, networks of one hidden layer, one thread.
"""

import argparse
import json
import subprocess
import time
from fractions import Fraction

import numpy as np
from maraboupy import Marabou, MarabouCore

from robust import FOLDER, dense_layers

LIMIT = 600


def question(layers, x, label, other, radius):
    """The query whether some point of the ball has output `other` at least as great."""
    (w, b), (v, c) = layers
    lo, hi = np.maximum(0, x - radius), np.minimum(1, x + radius)
    n, m = len(x), len(b)
    query = MarabouCore.InputQuery()
    query.setNumberOfVariables(n + 2 * m)
    for i in range(n):
        query.setLowerBound(i, lo[i])
        query.setUpperBound(i, hi[i])
        query.markInputVariable(i, i)
    for unit in range(m):
        z, y = n + unit, n + m + unit
        equation = MarabouCore.Equation()
        for i in np.flatnonzero(w[unit]):
            equation.addAddend(w[unit, i], int(i))
        equation.addAddend(-1, z)
        equation.setScalar(-b[unit])
        query.addEquation(equation)
        MarabouCore.addReluConstraint(query, z, y)
    margin = MarabouCore.Equation(MarabouCore.Equation.LE)
    for unit in range(m):
        margin.addAddend(v[label, unit] - v[other, unit], n + m + unit)
    margin.setScalar(c[other] - c[label])
    query.addEquation(margin)
    return query


def is_lost(layers, x, label, radius):
    """Whether Marabou finds a point with another label; None if it gives up."""
    options = Marabou.createOptions(verbosity=0, timeoutInSeconds=LIMIT, numWorkers=1)
    gave_up = False
    for other in range(len(layers[1][1])):
        if other != label:
            query = question(layers, x, label, other, radius)
            code, *_ = MarabouCore.solve(query, options, "")
            if code == "sat":
                return True
            gave_up |= code != "unsat"
    return None if gave_up else False


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("crease")
    parser.add_argument("networks", nargs="*")
    parser.add_argument("--images", type=int, default=20)
    args = parser.parse_args()
    points = json.loads((FOLDER / "images.json").read_text())["points"][: args.images]
    for network in args.networks or ["conv4", "dense"]:
        path, times = FOLDER / f"{network}.onnx", []
        layers = dense_layers(path)
        print(f"{network}: point, exact, crease s, Marabou below, s, above, s")
        for point in points:
            at = f"{FOLDER / 'images.json'}#{point['name']}"
            command = [args.crease, "robust", path, "--at", at, "--norm", "linf", "--box", "0,1"]
            start = time.perf_counter()
            answer = subprocess.run([*command, "--json"], capture_output=True, check=True).stdout
            row, answer = [time.perf_counter() - start], json.loads(answer)
            exact = float(Fraction(answer["upper"]))
            x = np.array([float(Fraction(entry)) for entry in point["at"]])
            said = []
            for factor in (0.999, 1.001):
                start = time.perf_counter()
                said.append(is_lost(layers, x, answer["label"], factor * exact))
                row.append(time.perf_counter() - start)
            times.append(row)
            words = ["gives up" if s is None else "a point" if s else "no point" for s in said]
            line = f"{exact:.9f} {row[0]:.2f} {words[0]} {row[1]:.2f} {words[1]} {row[2]:.2f}"
            print(f"  {point['name']} {line}", flush=True)
        names = ("crease", "Marabou below", "Marabou above")
        for name, column in zip(names, zip(*times)):
            print(f"  {name}: {np.median(column):.2f} s in the middle, {max(column):.2f} s at most")


if __name__ == "__main__":
    main()
