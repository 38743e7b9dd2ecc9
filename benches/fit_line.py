#!/usr/bin/env python3
"""Fits of one input beside the published code of the same theory, and how their cost grows.

    benches/fit_line.py --crease target/release/crease --peer PYTHON
                        [--points 1000000] [--factor 5] [--growth 10000,100000,1000000,10000000]

The peer is a Python with numpy and splineops. Both are given the same numbers: values are sums of
whole steps drawn from a fixed seed, so that runs, ties and collinear points are common. Seconds are
those of the processor: of the peer for the call alone, on arrays of doubles; ours for the whole
command: reading the file, the exact fit, counting, printing. The command fails if a knot count is
not the fewest, or if the walk is fitted less than FACTOR times as fast as by the peer.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from fractions import Fraction

PEER = """
import json, sys, time
import numpy
from splineops.adaptive_regression_splines import denoise_y
from splineops.adaptive_regression_splines.sparsification import sparsest_interpolant
path, price = sys.argv[1], json.loads(sys.argv[2])
x, y = numpy.loadtxt(path, delimiter=",", unpack=True)
start = time.process_time()
if price is None:
    knots, _, _ = sparsest_interpolant(x, y)
    print(json.dumps([len(knots), time.process_time() - start]))
else:
    z = denoise_y(x, y, price)
    seconds = time.process_time() - start
    slopes = numpy.diff(z) / numpy.diff(x)
    value = ((z - y) ** 2).sum() + price * numpy.abs(numpy.diff(slopes)).sum()
    print(json.dumps([float(value), seconds]))
"""

CASES = [
    ("slopes 0,1,2,2,3,4", "0,0\n1,0\n2,1\n3,3\n4,5\n5,8\n6,12\n", 2),
    ("the same of size 1e-6", "0,0\n1,0\n2,1e-6\n3,3e-6\n4,5e-6\n5,8e-6\n6,12e-6\n", 2),
]


def walk(count, path):
    """Steps whose jumps are small whole numbers."""
    rng, y, slope = random.Random(count), 0, 0
    with open(path, "w") as file:
        for x in range(count):
            file.write(f"{x},{y}\n")
            slope += rng.choice((-2, -1, -1, 0, 0, 0, 1, 1, 2)) if abs(slope) < 50 else -slope // 10
            y += slope


def noisy(count, path):
    """A curve with noise, in thousandths."""
    rng = random.Random(count)
    with open(path, "w") as file:
        for x in range(count):
            y = 40 * abs((x / count * 7) % 2 - 1) + rng.gauss(0, 1)
            file.write(f"{x},{round(1000 * y)}e-3\n")


def ours(args, path, *options):
    """The answer, the seconds of the processor and the greatest memory in bytes."""
    with tempfile.TemporaryFile("w+") as out:
        child = subprocess.Popen([args.crease, "fit", path, "--json", *options], stdout=out)
        _, status, usage = os.wait4(child.pid, 0)
        if status != 0:
            sys.exit(f"{args.crease} fit {path} {' '.join(options)}: status {status}")
        out.seek(0)
        return json.load(out), usage.ru_utime + usage.ru_stime, 1024 * usage.ru_maxrss


def peer(args, path, price=None):
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    command = [args.peer, "-c", PEER, path, json.dumps(price)]
    answer = subprocess.run(command, capture_output=True, text=True, env=environment)
    if answer.returncode != 0:
        return None, float("nan")
    return json.loads(answer.stdout.splitlines()[-1])


def bounds(value):
    pair = value if isinstance(value, list) else [value, value]
    return [Fraction(number) for number in pair]


def beside(args, folder):
    path = os.path.join(folder, "data.csv")
    wrong = []
    print("| data | knots | its knots | fewest | seconds | its seconds | times as fast |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for name, text, fewest in CASES:
        with open(path, "w") as file:
            file.write(text)
        found, seconds, _ = ours(args, path, "--sparsest")
        its, its_seconds = peer(args, path)
        print(f"| {name} | {found['knots']} | {its} | {fewest} | {seconds:.3f} "
              f"| {its_seconds:.3f} | - |")
        if found["knots"] != fewest:
            wrong.append(f"{name}: {found['knots']} knots, expected {fewest}")
    walk(args.points, path)
    # The faster of three runs of each, in turn: a machine that is busy slows both.
    runs = [(ours(args, path, "--sparsest"), peer(args, path)) for _ in range(3)]
    found, seconds = runs[0][0][0], min(own[1] for own, _ in runs)
    its, its_seconds = runs[0][1][0], min(other[1] for _, other in runs)
    times = its_seconds / seconds
    print(f"| a walk of {args.points} points | {found['knots']} | {its} | {found['sparsest']} "
          f"| {seconds:.2f} | {its_seconds:.2f} | {times:.1f} |", flush=True)
    if not times >= args.factor:
        wrong.append(f"a walk: {times:.2f} times as fast, expected {args.factor:g}")
    print("\n| points | lambda | value | relative gap | seconds | its value, above | its seconds |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for count, price in [(300, 10), (10_000, 100), (10_000, 10_000)]:
        noisy(count, path)
        found, seconds, _ = ours(args, path, "--lambda", str(price))
        lower, upper = bounds(found["value"])
        gap = float((upper - lower) / upper)
        # Its loss has no factor 1/2.
        its, its_seconds = peer(args, path, 2 * price)
        above = "-" if its is None else f"{its / 2 / float(lower) - 1:.0e}"
        print(f"| {count} | {price} | {float(upper):.12g} | {gap:.0e} | {seconds:.2f} | {above} "
              f"| {its_seconds:.2f} |", flush=True)
    return wrong


def growth(args, folder):
    path = os.path.join(folder, "data.csv")
    print("\n| points | seconds | microseconds a point | memory, bytes a point |")
    print("| --- | --- | --- | --- |")
    for count in map(int, args.growth.split(",")):
        walk(count, path)
        _, seconds, memory = ours(args, path, "--sparsest")
        print(f"| {count} | {seconds:.2f} | {1e6 * seconds / count:.2f} "
              f"| {memory / count:.0f} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--crease", default="target/release/crease")
    parser.add_argument("--peer", metavar="PYTHON")
    parser.add_argument("--points", type=int, default=1_000_000)
    parser.add_argument("--factor", type=float, default=5)
    parser.add_argument("--growth", default="10000,100000,1000000,10000000")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        wrong = beside(args, folder) if args.peer else []
        growth(args, folder)
    if wrong:
        sys.exit("\n".join(wrong))


if __name__ == "__main__":
    main()
