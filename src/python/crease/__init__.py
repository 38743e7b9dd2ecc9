"""Exact linear regions of ReLU networks, and what is proved about them.

A network is a path (``.onnx``, ``.json``, ``.nnet``, ``.safetensors``), a ``torch.nn.Module``, a list of
``(weight, bias)`` arrays, or what :func:`network` made of one of them. Its weights are taken as the
exact numbers that their floats are, and every answer is exact: numbers come as
:class:`fractions.Fraction`.

>>> import crease
>>> tent = [([[2], [4]], [0, -2]), ([[1, -1]], [0])]
>>> crease.count(tent)
3
>>> crease.evaluate(tent, ["1/3"])
[Fraction(2, 3)]
"""

from __future__ import annotations

from ._answers import Checked, Fit, Robustness, Unfinished
from ._crease import Network, Region, Regions, __version__
from ._networks import network
from ._questions import check, count, evaluate, fit, regions, robust

__all__ = [
    "Checked",
    "Fit",
    "Network",
    "Region",
    "Regions",
    "Robustness",
    "Unfinished",
    "__version__",
    "check",
    "count",
    "evaluate",
    "fit",
    "network",
    "regions",
    "robust",
]
