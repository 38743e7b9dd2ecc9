//! The operators that are read: a table from names to functions.

use super::graph::{Made, Run};
use super::node::Node;
use super::{
    activations, arithmetic, constants, products, rearrange, reductions, resize, structure, windows,
};

/// What an operator makes of its inputs.
pub(super) type Operator = fn(&mut Run<'_>, &Node<'_>) -> Made;

/// A function for each group of operators of one form.
#[rustfmt::skip]
const OPERATORS: &[(Operator, &[&str])] = &[
    (windows::convolution, &["Conv"]),
    (windows::transposed_convolution, &["ConvTranspose"]),
    (windows::pool, &["MaxPool", "AveragePool", "GlobalMaxPool", "GlobalAveragePool"]),
    (products::gemm, &["Gemm"]),
    (products::matmul, &["MatMul"]),
    (activations::activation, &[
        "Relu", "LeakyRelu", "Abs", "Clip", "HardSigmoid", "ThresholdedRelu", "Shrink",
    ]),
    (activations::parametric, &["PRelu"]),
    (arithmetic::binary, &["Add", "Sub", "Mul", "Div"]),
    (arithmetic::negated, &["Neg"]),
    (arithmetic::many, &["Sum", "Mean"]),
    (arithmetic::extremum, &["Max", "Min"]),
    (arithmetic::normalize, &["BatchNormalization"]),
    (reductions::reduce, &["ReduceMean", "ReduceSum", "ReduceMax", "ReduceMin", "ReduceL1"]),
    (structure::same, &["Identity", "Dropout", "Cast", "CastLike"]),
    (structure::reshape, &["Reshape"]),
    (structure::flatten, &["Flatten"]),
    (structure::squeeze, &["Squeeze"]),
    (structure::unsqueeze, &["Unsqueeze"]),
    (structure::transpose, &["Transpose"]),
    (structure::slice, &["Slice"]),
    (structure::split, &["Split"]),
    (structure::concat, &["Concat"]),
    (rearrange::gather, &["Gather"]),
    (rearrange::gather_tuples, &["GatherND", "GatherElements"]),
    (rearrange::expand, &["Expand", "Tile"]),
    (rearrange::pad, &["Pad"]),
    (rearrange::blocks, &["DepthToSpace", "SpaceToDepth"]),
    (rearrange::choice, &["Where"]),
    (resize::resize, &["Resize", "Upsample"]),
    (constants::shape, &["Shape", "Size"]),
    (constants::filled, &["ConstantOfShape"]),
    (constants::range, &["Range"]),
    (constants::compared, &[
        "Equal", "Less", "LessOrEqual", "Greater", "GreaterOrEqual", "And", "Or", "Not",
    ]),
    (constants::rounded, &["Floor", "Ceil"]),
];

/// The function of an operator.
pub(super) fn find(operator: &str) -> Option<Operator> {
    OPERATORS.iter().find(|(_, names)| names.contains(&operator)).map(|(function, _)| *function)
}

/// The names of all operators.
pub(super) fn names() -> Vec<&'static str> {
    OPERATORS.iter().flat_map(|(_, names)| names.iter().copied()).chain(["Constant"]).collect()
}
