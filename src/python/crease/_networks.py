"""Networks from paths, arrays and modules.

Modules are walked, not exported: an exporter needs packages of its own, folds normalisations into
weights with rounding, and asks for a sample input, while the modules hold the exact weights. Tensors go
to the library as they are, in the format safetensors; the layers go as a network file that names them.
"""

from __future__ import annotations

import json
import math
import os
import struct
import sys
from fractions import Fraction
from typing import Any, Dict, Iterable, List, Optional, Sequence, Tuple

from . import _crease
from ._crease import Network

_READ = (".json", ".onnx", ".nnet", ".safetensors")
_EXPORT = "export the model with torch.onnx.export and pass the path of the .onnx file"
_SHAPE = (
    "the shape of the input is not known from the first layer; pass crease.network(model, "
    "input_shape=(channels, height, width))"
)


def network(net: Any, input_shape: Optional[Sequence[int]] = None, *, logits: bool = False) -> Network:
    """The network of a path, a ``torch.nn.Module`` or a list of ``(weight, bias)`` arrays.

    A path ends in ``.onnx``, ``.json``, ``.nnet`` or ``.safetensors``; with ``logits`` a last Softmax
    or the like of an ONNX file is left out. Between arrays stand ReLUs; a bias may be None.

    A module is in evaluation mode and made of Sequential, Linear, Conv1d, Conv2d, ReLU, ReLU6,
    Hardtanh, LeakyReLU, MaxPool1d, MaxPool2d, AvgPool1d, AvgPool2d, BatchNorm1d, BatchNorm2d, Flatten,
    Dropout and Identity. Unless it begins with a Linear, ``input_shape`` is needed: channels first,
    without the batch.

    A float stands for the number that it is. Only the factors ``weight / sqrt(variance + eps)`` of
    normalisations are rounded, to doubles.

    >>> network([([[1, 2]], [3])]).evaluate([1, 1])
    [Fraction(6, 1)]
    """
    if isinstance(net, Network):
        return net
    if isinstance(net, (str, os.PathLike)):
        return _read(os.fspath(net), logits)
    torch = sys.modules.get("torch")
    if torch is not None and isinstance(net, torch.nn.Module):
        return _Walk(torch, input_shape).network(net)
    if isinstance(net, (list, tuple)):
        return _stack(net)
    raise ValueError(
        "net: expected a path, a torch.nn.Module, a list of (weight, bias) or a crease.Network, "
        f"found {type(net).__name__}"
    )


def _read(path: str, logits: bool) -> Network:
    ending = os.path.splitext(path)[1].lower()
    if ending not in _READ:
        what = f"{path}: expected a name that ends in {', '.join(_READ)}"
        if ending in (".pt", ".pth", ".ckpt", ".pt2"):
            what += "; load the file and pass the module, or " + _EXPORT
        raise ValueError(what)
    return Network.read(path, logits)


class _Draft:
    """A network file under way, with the tensors that it names."""

    def __init__(self) -> None:
        self.layers: List[Dict[str, Any]] = []
        self.tensors: Dict[str, Tuple[str, List[int], bytes]] = {}

    def add(self, kind: str, **keys: Any) -> None:
        self.layers.append({"type": kind, **keys})

    def tensor(self, value: Any) -> Any:
        """A name for floats of single or double precision; nested texts for other numbers."""
        if hasattr(value, "detach"):
            value = value.detach().cpu()
            value = (value.double() if str(value.dtype) != "torch.float32" else value).numpy()
        kind = {"float32": "F32", "float64": "F64"}.get(str(getattr(value, "dtype", "")))
        if kind is None or getattr(value, "ndim", 0) == 0:
            return _texts(value)
        name = f"t{len(self.tensors)}"
        little = value.dtype.newbyteorder("<")
        self.tensors[name] = (kind, list(value.shape), value.astype(little).tobytes())
        return name

    def network(self, name: str, input_shape: Sequence[int]) -> Network:
        shape = [int(axis) for axis in input_shape]
        file = {"name": name, "input_shape": shape, "layers": self.layers}
        header: Dict[str, Any] = {}
        place = 0
        for key, (kind, axes, data) in self.tensors.items():
            header[key] = {"dtype": kind, "shape": axes, "data_offsets": [place, place + len(data)]}
            place += len(data)
        head = json.dumps(header).encode()
        head += b" " * (-len(head) % 8)
        body = b"".join(data for _, _, data in self.tensors.values())
        return Network.assembled(json.dumps(file).encode(), struct.pack("<Q", len(head)) + head + body)


def _texts(value: Any) -> Any:
    """Numbers of nested sequences as exact texts."""
    value = value.tolist() if hasattr(value, "tolist") else value
    if isinstance(value, (list, tuple)):
        return [_texts(item) for item in value]
    return str(_crease.exact(value)[0])


def _stack(layers: Iterable[Any]) -> Network:
    draft = _Draft()
    inputs = None
    for index, layer in enumerate(layers):
        if not isinstance(layer, (list, tuple)) or len(layer) != 2:
            raise ValueError(f"net[{index}]: expected a pair (weight, bias), found {type(layer).__name__}")
        weight, bias = layer
        try:
            width = len(weight[0])
        except (TypeError, IndexError):
            raise ValueError(f"net[{index}]: expected a weight with rows and columns") from None
        if index:
            draft.add("relu")
        inputs = width if inputs is None else inputs
        bias = [] if bias is None else draft.tensor(bias)
        draft.add("dense", weight=draft.tensor(weight), bias=bias)
    if inputs is None:
        raise ValueError("net: expected a layer (weight, bias) at least, found none")
    return draft.network("arrays", [inputs])


class _Walk:
    """A walk over modules in the order in which they compute."""

    def __init__(self, torch: Any, input_shape: Optional[Sequence[int]]) -> None:
        self.nn = torch.nn
        self.input_shape = input_shape
        self.axes = len(input_shape) if input_shape is not None else None
        self.draft = _Draft()

    def network(self, module: Any) -> Network:
        self.walk(module, "")
        if self.input_shape is None:
            raise ValueError(f"net: {_SHAPE}")
        return self.draft.network(type(module).__name__, self.input_shape)

    def walk(self, module: Any, path: str) -> None:
        kind = next((k for k in self.kinds() if isinstance(module, getattr(self.nn, k))), None)
        where = f"net{path} ({type(module).__name__})"
        # What a class of one's own computes is known to its forward only.
        if kind is None or type(module).forward is not getattr(self.nn, kind).forward:
            raise ValueError(f"{where}: not a module whose computation is known; {_EXPORT}")
        if module._forward_hooks or module._forward_pre_hooks:
            raise ValueError(f"{where}: expected a module without hooks; {_EXPORT}")
        if kind == "Sequential":
            for name, child in module.named_children():
                self.walk(child, f"{path}.{name}")
            return
        try:
            self.kinds()[kind](module)
        except ValueError as error:
            raise ValueError(f"{where}: {error}") from None

    def kinds(self) -> Dict[str, Any]:
        # A ReLU6 is a Hardtanh whose forward is its own.
        return {
            "Sequential": None,
            "Identity": lambda m: None,
            "Dropout": _only_evaluated,
            "Linear": self.linear,
            "Conv1d": lambda m: self.convolution(m, 1),
            "Conv2d": lambda m: self.convolution(m, 2),
            "ReLU": lambda m: self.draft.add("relu"),
            "ReLU6": self.clamp,
            "Hardtanh": self.clamp,
            "LeakyReLU": lambda m: self.draft.add("leaky_relu", slope=_texts(m.negative_slope)),
            "MaxPool1d": lambda m: self.pool(m, "maxpool1d"),
            "MaxPool2d": lambda m: self.pool(m, "maxpool2d"),
            "AvgPool1d": lambda m: self.pool(m, "avgpool1d"),
            "AvgPool2d": lambda m: self.pool(m, "avgpool2d"),
            "BatchNorm1d": self.normalisation,
            "BatchNorm2d": self.normalisation,
            "Flatten": self.flatten,
        }

    def begin(self, axes: int, shape: Optional[Sequence[int]] = None) -> None:
        """The signal has so many axes here; the first layer may say its shape."""
        if self.axes is None:
            if shape is None:
                raise ValueError(_SHAPE)
            self.input_shape, self.axes = shape, axes
        if self.axes != axes:
            raise ValueError(f"expected a signal of {axes} axes without the batch, found {self.axes}")

    def linear(self, module: Any) -> None:
        self.begin(1, [module.in_features])
        bias = [] if module.bias is None else self.draft.tensor(module.bias)
        self.draft.add("dense", weight=self.draft.tensor(module.weight), bias=bias)

    def convolution(self, module: Any, sides: int) -> None:
        self.begin(1 + sides)
        if module.padding_mode != "zeros":
            raise ValueError(f"expected padding with zeros, found {module.padding_mode!r}")
        padding = module.padding
        if padding == "valid":
            padding = [0] * sides
        elif padding == "same":
            reach = [d * (k - 1) for d, k in zip(module.dilation, module.kernel_size)]
            if any(both % 2 for both in reach):
                raise ValueError("expected padding 'same' to be equal on both sides")
            padding = [both // 2 for both in reach]
        self.draft.add(
            f"conv{sides}d",
            weight=self.draft.tensor(module.weight),
            bias=[] if module.bias is None else self.draft.tensor(module.bias),
            stride=_sides(module.stride, sides),
            padding=_sides(padding, sides),
            dilation=_sides(module.dilation, sides),
            groups=module.groups,
        )

    def clamp(self, module: Any) -> None:
        low, high = _exact(module.min_val), _exact(module.max_val)
        at_zero = min(max(Fraction(0), low), high)
        ends = [str(low), str(high)]
        self.draft.add("piecewise_linear", breakpoints=ends, slopes=[0, 1, 0], at_zero=str(at_zero))

    def pool(self, module: Any, kind: str) -> None:
        sides = int(kind[-2])
        self.begin(1 + sides)
        if module.ceil_mode:
            raise ValueError("expected ceil_mode=False")
        if getattr(module, "return_indices", False):
            raise ValueError("expected return_indices=False")
        if getattr(module, "divisor_override", None) is not None:
            raise ValueError("expected no divisor_override")
        padding = _sides(module.padding, sides)
        keys = {"stride": _sides(module.stride, sides), "padding": padding}
        if kind.startswith("max"):
            keys["dilation"] = _sides(module.dilation, sides)
        padded = any(padding) if isinstance(padding, list) else padding
        if padded and not getattr(module, "count_include_pad", True):
            raise ValueError("expected count_include_pad=True where there is padding")
        self.draft.add(kind, window=_sides(module.kernel_size, sides), **keys)

    def normalisation(self, module: Any) -> None:
        if module.training or module.running_mean is None:
            raise ValueError("expected evaluation mode, model.eval(), and running statistics")
        if self.axes is None:
            self.begin(1, [module.num_features])
        means, variances = _numbers(module.running_mean), _numbers(module.running_var)
        ones = [Fraction(1)] * len(means)
        scales = ones if module.weight is None else _numbers(module.weight)
        shifts = [Fraction(0)] * len(means) if module.bias is None else _numbers(module.bias)
        eps = Fraction(module.eps)
        factors = [Fraction(float(s) / math.sqrt(float(v + eps))) for s, v in zip(scales, variances)]
        bias = [str(b - m * f) for b, m, f in zip(shifts, means, factors)]
        weight: List[Any] = [str(f) for f in factors]
        if self.axes == 1:
            rows = [[i, i] for i in range(len(weight))]
            self.draft.add("sparse", rows=rows, weight=weight, bias=bias)
        else:
            sides = (self.axes or 0) - 1
            for _ in range(sides):
                weight = [[w] for w in weight]
            weight = [[w] for w in weight]
            self.draft.add(f"conv{sides}d", weight=weight, bias=bias, groups=len(bias))

    def flatten(self, module: Any) -> None:
        if self.axes is None:
            raise ValueError(_SHAPE)
        if module.start_dim != 1 or module.end_dim not in (-1, self.axes):
            raise ValueError("expected start_dim=1 and end_dim=-1")
        self.axes = 1
        self.draft.add("flatten")


def _only_evaluated(module: Any) -> None:
    if module.training and module.p > 0:
        raise ValueError("expected evaluation mode: call model.eval()")


def _sides(value: Any, sides: int) -> Any:
    values = list(value) if isinstance(value, (list, tuple)) else [value] * sides
    return values[0] if sides == 1 else values


def _exact(value: Any) -> Fraction:
    return _crease.exact(value)[0]


def _numbers(tensor: Any) -> List[Fraction]:
    return _crease.exact(tensor.detach().cpu())
