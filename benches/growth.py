#!/usr/bin/env python3
"""How the cost of a count grows: with units, with dimension, with depth, with threads.

    benches/growth.py --crease target/release/crease [--rounds N]

Networks have random dyadic weights from fixed seeds, so every run counts the same ones. One row a
network: its regions, the least time of the rounds on one thread, regions a second, microseconds a
region, and how much faster two threads are. Times are those that the program reports.
"""

import argparse
import json
import random
import subprocess
import tempfile

ONE_LAYER = [(n, d) for d in (2, 3, 4, 5) for n in (20, 40, 80, 160) if n ** d < 1e10]
WALKED = [(n, d) for d in (2, 3, 4, 5) for n in (20, 40, 80) if n ** d < 5e7]
DEEP = [(2, [w, w]) for w in (16, 32, 64, 128)]
DEEP += [(3, [w, w]) for w in (12, 24, 48, 90)]
DEEP += [(4, [w, w]) for w in (8, 12, 16)] + [(5, [w, w]) for w in (8, 12)]
DEEP += [(2, [16] * layers) for layers in (1, 2, 4, 8)]


def dense(rng, inputs, units):
    """Weights and biases near a normal law: sums of twelve uniform numbers, in parts of 4096."""
    number = lambda: f"{sum(rng.randrange(4096) for _ in range(12)) - 6 * 4095}/4096"
    weight = [[number() for _ in range(inputs)] for _ in range(units)]
    return {"type": "dense", "weight": weight, "bias": [number() for _ in range(units)]}


def network(inputs, widths):
    name = "-".join(map(str, [inputs, *widths]))
    rng, layers, fan_in = random.Random(name), [], inputs
    for width in widths:
        layers += [dense(rng, fan_in, width), {"type": "relu"}]
        fan_in = width
    return {"name": name, "input_shape": [inputs], "domain": None, "layers": layers}


def ask(program, path, threads, area):
    command = [program, "count", path, "--threads", str(threads), "--json", area]
    answer = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return int(answer["count"]), float(answer["seconds"]), answer["engine"]


def row(args, asked, area="--whole"):
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(asked, file)
        file.flush()
        times = lambda threads: min(
            (ask(args.crease, file.name, threads, area) for _ in range(args.rounds)),
            key=lambda answer: answer[1])
        count, seconds, engine = times(1)
        _, both, _ = times(2)
    return (f"| {asked['name']} | {count} | {seconds:.4f} | {count / seconds:,.0f} "
            f"| {1e6 * seconds / count:.2f} | {seconds / both:.2f} | {engine} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--crease", default="target/release/crease")
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    print("| network | regions | seconds | regions/s | us/region | two threads | engine |")
    print("| --- |" + " --- |" * 6)
    for n, d in ONE_LAYER:
        print(row(args, network(d, [n])), flush=True)
    # A box has to be walked through, however large it is.
    for n, d in WALKED:
        print(row(args, network(d, [n]), "--box=-1048576,1048576"), flush=True)
    for inputs, widths in DEEP:
        print(row(args, network(inputs, widths)), flush=True)


if __name__ == "__main__":
    main()
