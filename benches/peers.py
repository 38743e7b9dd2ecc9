#!/usr/bin/env python3
"""Counts regions of networks with crease and with other programs, side by side in one run.

    benches/peers.py --crease target/release/crease --peer affinitree=PYTHON \\
                     --peer regioncam=PYTHON [--limit SECONDS] [--rounds N] NETWORK.json ...

A peer is named with the Python interpreter of an environment in which its package is installed
(affinitree, regioncam, relucent from PyPI). Every program gets one thread and the whole plane or
space, regioncam the square of half side 1000 that it asks for. Rounds are interleaved, and the
least time of each counts: it is that of the count alone, without start or import, as every
program reports it. Peers take doubles and dense layers, so the weights are rounded for them and
convolutions written out; crease reads the file as it is.
"""

import argparse
import json
import subprocess
import sys
from fractions import Fraction
from itertools import product

# What each peer is asked, with `layers` (pairs of a matrix and a vector) already there.
QUESTIONS = {
    "affinitree": """
from affinitree import AffFunc, Architecture, builder
network = Architecture(len(layers[0][0][0]))
for weight, bias in layers:
    network.linear(AffFunc.from_mats(numpy.array(weight), numpy.array(bias)))
    for unit in range(len(bias)):
        network.partial_relu(unit)
start = time.perf_counter()
cells = builder.from_layers(network).num_terminals()
""",
    "regioncam": """
from regioncam import Regioncam
start = time.perf_counter()
mesh = Regioncam(size=1000.0)
for weight, bias in layers:
    mesh.linear(numpy.array(weight, dtype=numpy.float32).T.copy(), numpy.array(bias, dtype=numpy.float32))
    mesh.relu()
cells = mesh.num_faces
""",
    "relucent": """
import relucent, torch
relucent.config.update_settings(VERBOSE=0)
modules = []
for weight, bias in layers:
    layer = torch.nn.Linear(len(weight[0]), len(weight)).double()
    with torch.no_grad():
        layer.weight.copy_(torch.tensor(weight, dtype=torch.float64))
        layer.bias.copy_(torch.tensor(bias, dtype=torch.float64))
    modules += [layer, torch.nn.ReLU()]
modules.append(torch.nn.Linear(len(layers[-1][1]), 1).double())
network = relucent.convert(torch.nn.Sequential(*modules))
mesh = relucent.Complex(network)
start = time.perf_counter()
mesh.bfs(nworkers=1)
cells = len(mesh)
""",
}
FRAME = """
import json, sys, time, numpy
layers = json.load(sys.stdin)
{question}
print(json.dumps([cells, time.perf_counter() - start]))
"""


def flat(tensor):
    return [x for part in tensor for x in flat(part)] if isinstance(tensor, list) else [tensor]


def shape(tensor):
    return [len(tensor), *shape(tensor[0])] if isinstance(tensor, list) else []


def written_out(layer, signal):
    """The matrix of a convolution on a signal [channels, axes..], and the shape it makes."""
    outputs, inputs, *taps = shape(layer["weight"])
    weight, bias = flat(layer["weight"]), layer.get("bias", [0] * outputs)
    stride, padding = layer.get("stride", 1), layer.get("padding", 0)
    sizes = [(n + 2 * padding - k) // stride + 1 for n, k in zip(signal[1:], taps)]
    rows = []
    for out, *place in product(range(outputs), *map(range, sizes)):
        row = [Fraction(0)] * (inputs * len(list(product(*map(range, signal[1:])))))
        for c, *tap in product(range(inputs), *map(range, taps)):
            at = [p * stride - padding + t for p, t in zip(place, tap)]
            if all(0 <= x < n for x, n in zip(at, signal[1:])):
                entry, parameter = c, out * inputs + c
                for x, n, t, k in zip(at, signal[1:], tap, taps):
                    entry, parameter = entry * n + x, parameter * k + t
                row[entry] += Fraction(weight[parameter])
        rows.append(row)
    per_unit = [bias[i * len(bias) // len(rows)] for i in range(len(rows))]
    return rows, per_unit, [outputs, *sizes]


def hidden_layers(network):
    """The affine maps before each rectifier, rounded to doubles."""
    signal, hidden, pending = network["input_shape"], [], None
    for layer in network["layers"]:
        kind = layer["type"]
        if kind == "dense":
            pending = (layer["weight"], layer.get("bias", [0] * len(layer["weight"])))
            signal = [len(layer["weight"])]
        elif kind in ("conv1d", "conv2d"):
            *pending, signal = written_out(layer, signal)
        elif kind == "relu":
            hidden.append(pending)
        elif kind == "flatten":
            signal = []  # what follows is dense and does not ask
        else:
            sys.exit(f"a layer {kind} cannot be written out for other programs")
    number = lambda x: float(Fraction(x))
    return [([[number(x) for x in row] for row in w], [number(x) for x in b]) for w, b in hidden]


def ask_crease(program, path, limit):
    command = [program, "count", path, "--whole", "--threads", "1", "--json"]
    answer = subprocess.run(command, capture_output=True, text=True, timeout=limit, check=True)
    report = json.loads(answer.stdout)
    return int(report["count"]), float(report["seconds"])


def ask_peer(name, python, layers, limit):
    if name == "regioncam" and len(layers[0][0][0]) != 2:
        return None
    code = FRAME.format(question=QUESTIONS[name])
    environment = {"OMP_NUM_THREADS": "1", "RAYON_NUM_THREADS": "1", "PATH": ""}
    try:
        answer = subprocess.run([python, "-c", code], input=json.dumps(layers), text=True,
                                capture_output=True, timeout=limit, env=environment)
        return json.loads(answer.stdout.splitlines()[-1])
    except subprocess.TimeoutExpired:
        return ["over the limit", limit]
    except (IndexError, ValueError):
        return [answer.stderr.strip().splitlines()[-1][:40] if answer.stderr else "crash", None]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--crease", default="target/release/crease")
    parser.add_argument("--peer", action="append", default=[], metavar="NAME=PYTHON")
    parser.add_argument("--limit", type=float, default=60)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("networks", nargs="+")
    args = parser.parse_args()
    peers = [peer.split("=", 1) for peer in args.peer]
    print("| network | regions | crease |" + "".join(f" {name} | ratio |" for name, _ in peers))
    print("| --- |" + " --- |" * (2 + 2 * len(peers)))
    for path in args.networks:
        with open(path) as file:
            network = json.load(file)
        layers = hidden_layers(network)
        own, best, gone = [], {}, set()
        for _ in range(args.rounds):
            own.append(ask_crease(args.crease, path, args.limit))
            for name, python in (peer for peer in peers if peer[0] not in gone):
                found = ask_peer(name, python, layers, args.limit)
                if found is None or not isinstance(found[0], int):
                    gone.add(name)
                if name not in best or (found and found[1] and found[1] < best[name][1]):
                    best[name] = found
        count, seconds = min(own, key=lambda pair: pair[1])
        row = f"| {network['name']} | {count} | {seconds:.5f} |"
        for name, _ in peers:
            found = best.get(name)
            if not found:
                row += " - | - |"
            elif not isinstance(found[0], int):
                row += f" {found[0]} | > {found[1] / seconds:.0f} |" if found[1] else f" {found[0]} | - |"
            else:
                wrong = "" if found[0] == count else f" (says {found[0]})"
                row += f" {found[1]:.5f}{wrong} | {found[1] / seconds:.1f} |"
        print(row, flush=True)


if __name__ == "__main__":
    main()
