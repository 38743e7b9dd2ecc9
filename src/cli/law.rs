//! Approximation rates: how the error falls with the number of parameters.

/// The rate that a theorem states, up to a constant factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Law {
    /// Sums of ridge functions: `sqrt(log P) P^(-1/2 - 1/d)` for smooth functions.
    Ridges,
    /// Functions of `|x|^2`: `P = d^(3/2) e^(-1/2) + 1/e` for Lipschitz profiles.
    Radial,
    /// Functions of one form: `1 / P` for Lipschitz profiles.
    Form,
}
