"""Networks from modules, arrays and files are the ones that were meant, exactly."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

import crease

FIXTURES = Path(__file__).parents[3] / "fixtures" / "networks"


def trained_norm(norm):
    """A normalisation with statistics that are no round numbers."""
    generator = torch.Generator().manual_seed(3)
    for tensor in (norm.weight, norm.bias, norm.running_mean):
        tensor.data.copy_(torch.randn(tensor.shape, generator=generator))
    norm.running_var.copy_(torch.rand(norm.running_var.shape, generator=generator) + 0.5)
    return norm


MODELS = {
    "dense": ((3,), lambda: [nn.Linear(3, 4), nn.ReLU(), nn.Linear(4, 2, bias=False)]),
    "leaky": ((2,), lambda: [nn.Linear(2, 5), nn.LeakyReLU(0.125), nn.Identity(), nn.Linear(5, 1)]),
    "clamped": ((2,), lambda: [nn.Linear(2, 9), nn.Hardtanh(-1, 0.5), nn.Linear(9, 4), nn.ReLU6()]),
    "positive clamp": ((2,), lambda: [nn.Linear(2, 3), nn.Hardtanh(0.25, 2)]),
    "line": (
        (2, 9),
        lambda: [
            nn.Conv1d(2, 4, 3, padding="same"),
            trained_norm(nn.BatchNorm1d(4)),
            nn.ReLU(),
            nn.MaxPool1d(3, stride=2, padding=1),
            nn.Conv1d(4, 4, 2, dilation=2, groups=2, padding="valid"),
            nn.AvgPool1d(3, stride=1, padding=1),
            nn.Flatten(),
            nn.Linear(12, 3),
        ],
    ),
    "plane": (
        (1, 8, 7),
        lambda: [
            nn.Sequential(nn.Conv2d(1, 3, (3, 2), stride=(2, 1), padding=(1, 0)), nn.ReLU()),
            trained_norm(nn.BatchNorm2d(3)),
            nn.MaxPool2d(2, stride=1),
            nn.AvgPool2d((1, 2)),
            nn.Dropout(0.5),
            nn.Flatten(),
            nn.Linear(18, 6),
            trained_norm(nn.BatchNorm1d(6)),
            nn.LeakyReLU(),
        ],
    ),
    "norm alone": ((4,), lambda: [trained_norm(nn.BatchNorm1d(4)), nn.ReLU()]),
}


@pytest.mark.parametrize("name", MODELS)
def test_module_is_what_torch_computes(name):
    shape, layers = MODELS[name]
    torch.manual_seed(1)
    model = nn.Sequential(*layers()).eval()
    net = crease.network(model, shape)
    model = model.double()
    for _ in range(5):
        x = torch.randn(1, *shape, dtype=torch.float64)
        expected = model(x).flatten().detach().numpy()
        found = [float(value) for value in net.evaluate(x)]
        # torch rounds every sum; what we evaluate is exact and has nothing to allow for.
        assert np.allclose(found, expected, rtol=1e-9, atol=1e-9)


def test_floats_are_the_numbers_that_they_are():
    model = nn.Linear(1, 1)
    with torch.no_grad():
        model.weight.fill_(0.1)
        model.bias.fill_(0)
    assert crease.evaluate(model, [1]) == [Fraction(float(np.float32(0.1)))]
    assert crease.evaluate(model.double(), [1]) == [Fraction(float(np.float32(0.1)))]
    assert crease.evaluate([([[0.1]], None)], [1]) == [Fraction(0.1)]
    assert crease.evaluate([(np.array([[0.1]]), np.zeros(1))], [1]) == [Fraction(0.1)]
    assert crease.evaluate([([[Fraction(1, 3)]], [Decimal("0.1")])], [1]) == [Fraction(13, 30)]


def test_half_precision_is_read_exactly():
    model = nn.Linear(3, 2).to(torch.bfloat16)
    x = [Fraction(1, 3), 2, -1]
    weight = [[Fraction(w) for w in row] for row in model.weight.tolist()]
    bias = [Fraction(b) for b in model.bias.tolist()]
    expected = [sum(a * b for a, b in zip(row, x)) + c for row, c in zip(weight, bias)]
    assert crease.evaluate(model, x) == expected


def test_any_number_will_do_as_an_input():
    identity = crease.network([(np.eye(2, dtype=np.float32), None)])
    points = ([1, 2], (1.0, 2.0), np.array([1, 2]), np.array([[1.0, 2.0]], dtype=np.float32))
    points += (torch.tensor([1, 2]), [Fraction(1), Decimal(2)], ["1", " 2 "])
    points += ([np.int64(1), np.float32(2)], [torch.tensor(1.0), torch.tensor(2)])
    for x in points:
        assert identity.evaluate(x) == [1, 2]
    assert identity.evaluate([10**400, Fraction(1, 10**400)]) == [10**400, Fraction(1, 10**400)]


def test_files_are_read():
    folder = FIXTURES / "trained"
    onnx = crease.network(folder / "conv4-conv8.onnx")
    tensors = crease.network(str(folder / "conv4-conv8.safetensors"))
    x = [Fraction(i % 7, 3) for i in range(int(np.prod(onnx.input_shape)))]
    assert onnx.evaluate(x) == tensors.evaluate(x)
    assert crease.count(FIXTURES / "mlp_2-10-10-1.json") == 242


def test_a_module_is_its_onnx_file(tmp_path):
    pytest.importorskip("onnxscript")
    model = nn.Sequential(nn.Conv2d(1, 2, 3), nn.ReLU(), nn.Flatten(), nn.Linear(8, 2)).eval()
    path = tmp_path / "model.onnx"
    torch.onnx.export(model, (torch.zeros(1, 1, 4, 4),), path)
    x = [Fraction(i, 5) for i in range(16)]
    assert crease.evaluate(path, x) == crease.network(model, (1, 4, 4)).evaluate(x)


class Own(nn.Module):
    def forward(self, x):
        return x


class Doubled(nn.Linear):
    def forward(self, x):
        return 2 * super().forward(x)


@pytest.mark.parametrize(
    "net, words",
    [
        (Own(), "net (Own): not a module whose computation is known"),
        (nn.Sequential(nn.Linear(2, 2), Doubled(2, 2)), "net.1 (Doubled): not a module"),
        (nn.Sequential(nn.Linear(2, 2), nn.Tanh()), "net.1 (Tanh)"),
        (nn.Sequential(nn.Linear(2, 2), nn.BatchNorm1d(2)), "model.eval()"),
        (nn.Sequential(nn.Linear(2, 2), nn.Dropout()), "model.eval()"),
        (nn.Sequential(nn.ReLU()), "input_shape"),
        (nn.Sequential(nn.Flatten(), nn.Linear(2, 2)), "input_shape"),
        (nn.Conv2d(1, 1, 2), "input_shape"),
        (nn.Sequential(nn.Linear(2, 2), nn.Linear(3, 2)), "layers[1]"),
        ([([[1, 2]], [0]), ([[1, 2]], [0])], "expected 1"),
        ([([1, 2], [0])], "net[0]: expected a weight with rows and columns"),
        ([[1]], "net[0]: expected a pair"),
        ([], "expected a layer"),
        ([([[float("nan")]], [0])], "finite"),
        ([(np.array([[np.inf]]), [0])], "finite"),
        ("model.pt", "pass the module"),
        ("missing.onnx", "missing.onnx"),
        (3, "found int"),
    ],
)
def test_what_is_not_understood_is_refused(net, words):
    with pytest.raises(ValueError) as error:
        crease.network(net)
    assert words in str(error.value)


def test_convolutions_need_a_shape():
    model = nn.Conv1d(1, 1, 2)
    with pytest.raises(ValueError, match="padding with zeros"):
        crease.network(nn.Conv1d(1, 1, 2, padding_mode="circular"), (1, 4))
    model.register_forward_hook(lambda *_: None)
    with pytest.raises(ValueError, match="without hooks"):
        crease.network(model, (1, 4))
    with pytest.raises(ValueError, match="signal of 3 axes without the batch, found 2"):
        crease.network(nn.Conv2d(1, 1, 2), (1, 4))
    with pytest.raises(ValueError, match="ceil_mode"):
        crease.network(nn.MaxPool1d(2, ceil_mode=True), (1, 5))


def test_a_network_can_be_written_and_read(tmp_path):
    net = crease.network([(np.eye(2), [0.5, 1]), ([[1, "1/3"]], [0])])
    (tmp_path / "net.json").write_text(net.json())
    again = crease.network(tmp_path / "net.json")
    assert again.evaluate([1, 2]) == net.evaluate([1, 2]) == [Fraction(5, 2)]
    assert (net.input_shape, net.output_shape, net.domain) == ([2], [1], None)
    assert repr(net) == '<crease.Network "arrays", [2] to [1]>'
