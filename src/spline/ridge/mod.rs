//! Several inputs: what one hidden layer of ReLU units costs as a function, the fewest units of a
//! given cost, and the network of least cost through or near data.
//!
//! The cost of `sum_k v_k relu(<w_k, x> - t_k) + affine` is the sum of `|v_k| ||w_k||`, for one of
//! three norms of the input weights; the affine part is free. Written with as few hyperplanes as
//! the function has, it is the function's second-order total variation in the Radon domain.

mod certificate;
mod cost;
mod data;
mod fan;
mod fit;
mod lines;
mod network;
mod penalised;
mod penalised_proposal;
mod pencil;
mod proposal;
mod reduction;
mod scale;
mod search;
mod unique;
mod unskipped;
mod vector;
mod vector_proposal;
mod watch;

pub use certificate::{NoCertificate, certificate};
pub use cost::{Cost, Norm, sign_of_roots};
pub use data::{Data, DataError};
pub use fit::{Fit, FitError, Question, Skip, fit};
pub use network::{Hyperplane, NotShallow, Ridges, Unit};
pub use reduction::{Free, Reduction, Step, reduce};
pub use unskipped::unskipped;
