"""The exact distance of every shipped image beside a mixed-integer program in HiGHS.

    python benches/robust.py CREASE [NETWORK..]

CREASE is the program, built with --release. Needs numpy, onnx and highspy. The program of the same
problem has a binary variable for each ReLU whose bounds, from interval arithmetic on the whole ball
that an attack found, have both signs; one program for each other label. Floating point on both its
sides, and no certificate. Networks of one hidden layer.
"""

import json
import subprocess
import sys
import time
from fractions import Fraction
from pathlib import Path

import highspy
import numpy as np
import onnx
from onnx import numpy_helper

FOLDER = Path(__file__).parent.parent / "fixtures/networks/trained"


def dense_layers(path):
    """Weights and biases of a network of one hidden layer, as dense matrices."""
    model = onnx.load(path)
    tensors = {t.name: numpy_helper.to_array(t).astype(float) for t in model.graph.initializer}
    layers = []
    for node in model.graph.node:
        if node.op_type == "Conv":
            filters, bias = tensors[node.input[1]], tensors[node.input[2]]
            attributes = {a.name: list(a.ints) for a in node.attribute}
            stride, pads = attributes["strides"][0], attributes["pads"][0]
            side, taps = 8, filters.shape[2]
            out = (side + 2 * pads - taps) // stride + 1
            weight = np.zeros((filters.shape[0] * out * out, side * side))
            for c, i, j, s, t in np.ndindex(filters.shape[0], out, out, taps, taps):
                y, x = i * stride + s - pads, j * stride + t - pads
                if 0 <= y < side and 0 <= x < side:
                    weight[(c * out + i) * out + j, y * side + x] += filters[c, 0, s, t]
            layers.append((weight, np.repeat(bias, out * out)))
        elif node.op_type == "Gemm":
            weight = tensors[node.input[1]]
            transposed = any(a.name == "transB" and a.i for a in node.attribute)
            layers.append((weight if transposed else weight.T, tensors[node.input[2]]))
    return layers


def distance(layers, x, label, reach):
    """The least linf change in [0, 1]^n, by one program for each other label."""
    (w, b), (v, c) = layers
    lo, hi = np.maximum(0, x - reach), np.minimum(1, x + reach)
    up, down = np.maximum(w, 0), np.minimum(w, 0)
    least, most = up @ lo + down @ hi + b, up @ hi + down @ lo + b
    best = np.inf
    for other in range(len(c)):
        if other == label:
            continue
        solver = highspy.Highs()
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("threads", 1)
        xs = [solver.addVariable(lb=lo[i], ub=hi[i]) for i in range(len(x))]
        radius = solver.addVariable(lb=0, ub=min(reach, best), obj=1)
        for i, entry in enumerate(xs):
            solver.addConstr(entry - radius <= x[i])
            solver.addConstr(entry + radius >= x[i])
        difference, constant = v[label] - v[other], c[label] - c[other]
        margin = 0
        for unit in range(len(b)):
            if most[unit] <= 0 or difference[unit] == 0:
                continue
            # HiGHS drops smaller coefficients itself, with a warning that is an error here.
            z = sum(w[unit, i] * xs[i] for i in np.flatnonzero(np.abs(w[unit]) > 1e-9))
            if least[unit] >= 0:
                margin = margin + difference[unit] * z
                constant += difference[unit] * b[unit]
                continue
            y = solver.addVariable(lb=0, ub=most[unit])
            on = solver.addBinary()
            solver.addConstr(y - z >= b[unit])
            solver.addConstr(y - z - least[unit] * on <= b[unit] - least[unit])
            solver.addConstr(y - most[unit] * on <= 0)
            margin = margin + difference[unit] * y
        solver.addConstr(margin <= -constant)
        solver.run()
        if solver.getModelStatus() == highspy.HighsModelStatus.kOptimal:
            best = min(best, solver.getObjectiveValue())
    return best


def main():
    crease, networks = sys.argv[1], sys.argv[2:] or ["conv4", "dense"]
    points = json.loads((FOLDER / "images.json").read_text())["points"]
    for network in networks:
        path = FOLDER / f"{network}.onnx"
        layers = dense_layers(path)
        rows = []
        print(f"{network}: point, exact, crease s, HiGHS, HiGHS s, difference")
        for point in points:
            command = [crease, "robust", path, "--at", f"{FOLDER / 'images.json'}#{point['name']}"]
            command += ["--norm", "linf", "--box", "0,1", "--json"]
            start = time.perf_counter()
            answer = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
            own = time.perf_counter() - start
            assert answer["exact"]
            exact = float(Fraction(answer["upper"]))
            x = np.array([float(Fraction(entry)) for entry in point["at"]])
            start = time.perf_counter()
            # What is given away: HiGHS begins with a ball a hundredth larger than the answer.
            found = distance(layers, x, answer["label"], 1.01 * exact)
            peer = time.perf_counter() - start
            rows.append((own, peer))
            line = f"{exact:.9f} {own:.2f} {found:.9f} {peer:.2f} {found - exact:+.1e}"
            print(f"  {point['name']} {line}", flush=True)
        for name, times in zip(("crease", "HiGHS"), zip(*rows)):
            print(f"  {name}: {np.median(times):.2f} s in the middle, {max(times):.2f} s at most")


if __name__ == "__main__":
    main()
