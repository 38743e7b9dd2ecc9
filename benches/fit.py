#!/usr/bin/env python3
"""How the cost of a least fit of several inputs grows, beside a convex solver.

    benches/fit.py --crease target/release/crease [--checker target/release/crease-recheck]
                   [--peer PYTHON] [--sizes 2:20,2:50,2:100,2:200,3:20,3:40]

Data are drawn from fixed seeds: coordinates and values in thousandths. One row a data set and
norm: the least cost, the units of the fit, the seconds of the whole command with its certificate,
and of the checker. The peer is a Python with cvxpy and Clarabel: it is given the finite list of
critical units, all of them, and solves the dual program in doubles; its seconds are those of the
solver alone.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from fractions import Fraction

PEER = """
import itertools, json, sys, time
import cvxpy, numpy
norm, rows = json.load(sys.stdin)
rows = numpy.array(rows)
x, y = rows[:, :-1], rows[:, -1]
count, d = x.shape
axes = list(numpy.eye(d))
if norm == "linf":
    pairs = itertools.combinations(range(d), 2)
    axes = [axes[i] + sign * axes[j] for i, j in pairs for sign in (1, -1)]
units = []
for j in range(count):
    normals = [x[i] - x[j] for i in range(j + 1, count)] + axes
    for chosen in itertools.combinations(normals, d - 1):
        u = numpy.array([-chosen[0][1], chosen[0][0]]) if d == 2 else numpy.cross(*chosen)
        if not u.any():
            continue
        units.append((u / numpy.linalg.norm(u, 1 if norm == "l1" else numpy.inf), j))
features = numpy.array([numpy.maximum(x @ u - x[j] @ u, 0) for u, j in units])
z = cvxpy.Variable(count)
free = numpy.column_stack([x, numpy.ones(count)])
limits = [features @ z <= 1, features @ z >= -1, free.T @ z == 0]
problem = cvxpy.Problem(cvxpy.Maximize(y @ z), limits)
problem.solve(solver=cvxpy.CLARABEL)
print(json.dumps([float(problem.value), problem.solver_stats.solve_time]))
"""


def draw(d, count):
    rng = random.Random(f"{d}:{count}")
    return [[Fraction(rng.randint(-1000, 1000), 1000) for _ in range(d + 1)] for _ in range(count)]


def timed(command):
    start = time.perf_counter()
    answer = subprocess.run(command, capture_output=True, text=True)
    if answer.returncode != 0:
        sys.exit(f"{' '.join(command)}: {answer.stderr.strip()}")
    return answer.stdout, time.perf_counter() - start


def row(args, d, count, norm):
    rows = draw(d, count)
    with tempfile.TemporaryDirectory() as folder:
        data, proof = os.path.join(folder, "data.csv"), os.path.join(folder, "proof.cert")
        with open(data, "w") as file:
            file.writelines(",".join(map(str, row)) + "\n" for row in rows)
        own, seconds = timed(
            [args.crease, "fit", data, "--norm", norm, "--json", "--certify", proof])
        checked = timed([args.checker, proof])[1] if args.checker else float("nan")
    own = json.loads(own)
    value = float(Fraction(own["value"]))
    line = f"| {d} | {count} | {norm} | {value:.12g} | {own['units']} | {seconds:.2f} | {checked:.2f} |"
    if args.peer:
        asked = json.dumps([norm, [[float(x) for x in row] for row in rows]])
        environment = {**os.environ, "OMP_NUM_THREADS": "1", "RAYON_NUM_THREADS": "1"}
        answer = subprocess.run([args.peer, "-c", PEER], input=asked, text=True,
                                capture_output=True, env=environment)
        if answer.returncode != 0:
            return line + " failed | - | - |"
        found, its_seconds = json.loads(answer.stdout.splitlines()[-1])
        line += f" {found:.12g} | {abs(found / value - 1):.0e} | {its_seconds:.2f} |"
    return line


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--crease", default="target/release/crease")
    parser.add_argument("--checker")
    parser.add_argument("--peer", metavar="PYTHON")
    parser.add_argument("--sizes", default="2:20,2:50,2:100,2:200,3:20,3:40")
    args = parser.parse_args()
    peer = " Clarabel | off by | seconds |" if args.peer else ""
    print("| inputs | points | norm | least cost | units | seconds | checker |" + peer)
    print("| --- |" + " --- |" * (9 if args.peer else 6))
    for size in args.sizes.split(","):
        d, count = map(int, size.split(":"))
        for norm in ("l1", "linf"):
            print(row(args, d, count, norm), flush=True)


if __name__ == "__main__":
    main()
