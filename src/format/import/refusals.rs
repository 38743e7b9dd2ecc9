//! Why an operator is refused, and what to do.

use super::ImportError;
use super::node::Node;
use crate::format::file::quote;

/// Operators that end a network, and without which it is the same network to whoever asks where it
/// bends.
const HEADS: &[&str] =
    &["Softmax", "LogSoftmax", "Sigmoid", "Tanh", "ArgMax", "ArgMin", "Hardmax", "TopK"];

/// Reasons, each with the operators that it is for.
#[rustfmt::skip]
const REASONS: &[(&str, &[&str])] = &[
    ("is quantized: it rounds, so it jumps; export the model in floating point", &[
        "QuantizeLinear", "DequantizeLinear", "DynamicQuantizeLinear", "QLinearConv",
        "QLinearMatMul", "ConvInteger", "MatMulInteger", "BitShift", "QGemm",
    ]),
    ("is control flow, which a network of layers has not; export the path that is taken", &[
        "If", "Loop", "Scan", "SequenceMap", "Optional", "OptionalGetElement",
        "OptionalHasElement", "SequenceConstruct", "SequenceAt", "SequenceEmpty", "SequenceInsert",
        "SequenceErase", "SequenceLength", "SplitToSequence", "ConcatFromSequence",
    ]),
    ("draws random numbers; export the model for inference", &[
        "RandomNormal", "RandomNormalLike", "RandomUniform", "RandomUniformLike", "Multinomial",
        "Bernoulli",
    ]),
    ("jumps, so it is no continuous function; leave it out of the export", &[
        "Sign", "Floor", "Ceil", "Round", "Greater", "GreaterOrEqual", "Less", "LessOrEqual",
        "Equal", "Not", "And", "Or", "Xor", "Mod", "NonZero", "OneHot", "Unique", "IsNaN", "IsInf",
        "Compress", "NonMaxSuppression", "RoiAlign", "MaxRoiPool", "TfIdfVectorizer",
        "StringNormalizer", "Det", "Multinomial", "Hardmax", "ArgMax", "ArgMin", "Binarizer",
    ]),
    ("is recurrent, and its gates are not piecewise linear", &["LSTM", "GRU", "RNN"]),
    ("is not piecewise linear; use ReLU, or another with straight pieces, and train again", &[
        "Softmax", "LogSoftmax", "Sigmoid", "Tanh", "Softplus", "Softsign", "Elu", "Selu", "Celu",
        "Gelu", "Mish", "Swish", "HardSwish", "Erf", "Exp", "Log", "Sqrt", "Pow", "Reciprocal",
        "Sin", "Cos", "Tan", "Asin", "Acos", "Atan", "Sinh", "Cosh", "Asinh", "Acosh", "Atanh",
        "LayerNormalization", "InstanceNormalization", "GroupNormalization", "RMSNormalization",
        "LRN", "LpNormalization", "LpPool", "GlobalLpPool", "MeanVarianceNormalization",
        "ReduceL2", "ReduceLogSum", "ReduceLogSumExp", "ReduceProd", "ReduceSumSquare",
        "Attention", "RotaryEmbedding", "GridSample", "CumProd", "SoftmaxCrossEntropyLoss",
        "NegativeLogLikelihoodLoss", "BitwiseAnd", "BitwiseOr", "BitwiseXor", "BitwiseNot",
    ]),
    ("sorts its entries, which is not supported", &["TopK"]),
];

/// Whether `--logits` leaves this operator out where it is the last.
pub(super) fn is_head(operator: &str) -> bool {
    HEADS.contains(&operator)
}

/// The error for a node whose operator is not read.
pub(super) fn error(node: &Node<'_>, is_last: bool) -> ImportError {
    let operator = match &*node.node.domain {
        "" | "ai.onnx" => quote(node.operator()),
        domain => quote(&format!("{domain}.{}", node.operator())),
    };
    let is_ours = matches!(&*node.node.domain, "" | "ai.onnx");
    let reason = REASONS.iter().find(|(_, own)| own.contains(&node.operator()));
    let mut reason = match reason.filter(|_| is_ours) {
        Some((reason, _)) => format!("the operator {operator} {reason}"),
        None => format!(
            "the operator {operator} is not supported; supported are {}",
            super::operators::names().join(", ")
        ),
    };
    if is_ours && is_last && is_head(node.operator()) {
        reason = format!(
            "the operator {operator}, the last of the network, is not piecewise linear; \
             --logits reads the network up to it"
        );
    }
    ImportError::Operator { place: node.place.clone(), reason }
}
