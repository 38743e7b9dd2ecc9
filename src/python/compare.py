"""The same work by crease and by three peers: the regions of a model, counted.

    pip install relucent affinitree regioncam
    python compare.py

Every peer is given the same torch module in double precision; the time is that of its own call,
without imports.
"""

import json
import sys
import time
from fractions import Fraction
from pathlib import Path

import numpy as np
import torch
from torch import nn

NETWORKS = Path(__file__).parents[2] / "fixtures" / "networks"
NAMES = ["mlp_2-10-10-1", "mlp_2-32-32-1", "mlp_3-16-16-1", "arr_n50_d3"]


def model(name):
    """The network of a file as a module, and the count that the file states."""
    file = json.loads((NETWORKS / f"{name}.json").read_text())
    layers = []
    for layer in file["layers"]:
        if layer["type"] == "relu":
            layers.append(nn.ReLU())
            continue
        weight = torch.tensor([[float(Fraction(w)) for w in row] for row in layer["weight"]]).double()
        linear = nn.Linear(weight.shape[1], weight.shape[0]).double()
        linear.weight.data = weight
        linear.bias.data = torch.tensor([float(Fraction(b)) for b in layer["bias"]]).double()
        layers.append(linear)
    if isinstance(layers[-1], nn.ReLU):
        layers.append(nn.Linear(layers[-2].out_features, 1).double())
    return nn.Sequential(*layers).eval(), file["truth"]["activation_regions"]


def crease(net):
    import crease as module

    yield
    yield module.count(net)


def relucent(net):
    import relucent as module

    module.config.update_settings(VERBOSE=0)
    yield
    found = module.Complex(net)
    found.bfs()
    yield len(found)


def affinitree(net):
    from affinitree import AffFunc, Architecture, builder

    yield
    architecture = Architecture(net[0].in_features)
    for linear in net[:-1:2]:
        weight, bias = linear.weight.detach().numpy(), linear.bias.detach().numpy()
        architecture.linear(AffFunc.from_mats(weight, bias))
        for unit in range(len(weight)):
            architecture.partial_relu(unit)
    yield builder.from_layers(architecture).num_terminals()


def regioncam(net):
    import regioncam as module

    if net[0].in_features != 2:
        raise ValueError("two inputs only")
    yield
    plane = module.Regioncam(size=1000)
    for linear in net[:-1:2]:
        weight = linear.weight.detach().numpy().astype(np.float32)
        plane.linear(weight.T.copy(), linear.bias.detach().numpy().astype(np.float32))
        plane.relu()
    yield plane.num_faces


def main():
    peers = [crease, relucent, affinitree, regioncam]
    chosen = sys.argv[1:] or [peer.__name__ for peer in peers]
    for name in NAMES:
        net, truth = model(name)
        for peer in (peer for peer in peers if peer.__name__ in chosen):
            try:
                work = peer(net)
                next(work)
                start = time.perf_counter()
                found = next(work)
                seconds = f"{time.perf_counter() - start:.4f} s"
            except Exception as error:  # What a peer refuses is part of the comparison.
                found, seconds = f"{type(error).__name__}: {error}"[:60], "-"
            print(f"{name:16} truth {truth:6} {peer.__name__:11} {found} in {seconds}", flush=True)


if __name__ == "__main__":
    main()
