//! What weights cost: decay, norms, the balance of channels, and the rescaling of least decay.

mod balance;
mod certificate;
mod fewer;
mod norms;
mod propose;
mod rescaling;
mod unit;

pub use balance::{Balance, Rounding, balance, decay, lower_bound, scaled};
pub use certificate::certify_balance;
pub use fewer::fewer_columns;
pub use norms::{ChannelNorms, channel_norms, decay_of, path_norm, path_sum};
pub use rescaling::{Charge, Edge, Ends, Refused, Rescaling};
pub use unit::proximal_norms;
