//! One input: continuous piecewise linear functions, and all that is least through or near data.
