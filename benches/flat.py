"""Rewrites an ONNX network of two inputs: all that stands before its first ReLU becomes one Gemm.

    python benches/flat.py IN OUT

For programs that read dense layers only, where the network scales its inputs by a convolution. In
doubles; needs numpy and onnx.
"""

import sys

import numpy as np
import onnx
from onnx import helper, numpy_helper
from onnx.reference import ReferenceEvaluator

model = onnx.load(sys.argv[1])
graph = model.graph
first = next(i for i, node in enumerate(graph.node) if node.op_type == "Relu")
read = graph.node[first].input[0]

# The affine map, from its values at three points.
entry = graph.input[0]
head = onnx.ModelProto()
head.CopyFrom(model)
del head.graph.node[first:]
del head.graph.output[:]
head.graph.output.append(helper.make_tensor_value_info(read, onnx.TensorProto.DOUBLE, None))
run = ReferenceEvaluator(head)
shape = [axis.dim_value or 1 for axis in entry.type.tensor_type.shape.dim]
at = lambda *x: run.run(None, {entry.name: np.array(x, dtype=float).reshape(shape)})[0].reshape(-1)
bias = at(0, 0)
weight = np.stack([at(1, 0) - bias, at(0, 1) - bias])

del graph.node[:first]
made = {"flat_w": weight, "flat_b": bias}
graph.initializer.extend(numpy_helper.from_array(array, name) for name, array in made.items())
graph.node.insert(0, helper.make_node("Gemm", [entry.name, "flat_w", "flat_b"], [read]))
onnx.save(model, sys.argv[2])
