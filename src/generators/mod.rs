//! What random cases are made of: proptest strategies, with no opinion about claims.
//!
//! Every strategy builds valid values rather than filtering for them, and shrinks towards zero,
//! short and few.

use proptest::strategy::BoxedStrategy;

/// What several claims draw from: the name of each stratum, the number of draws that one of them
/// is, and its strategy. The first holds the small cases.
pub type Strata<T> = Vec<(&'static str, u32, BoxedStrategy<T>)>;

pub mod chains;
pub mod channels;
pub mod coverings;
pub mod deep;
pub mod demands;
pub mod dense;
pub mod directions;
pub mod expansive;
pub mod filters;
pub mod flips;
pub mod hidden;
pub mod kinked;
pub mod lines;
pub mod networks;
pub mod numbers;
pub mod planes;
pub mod polynomials;
pub mod regression;
pub mod runs;
pub mod samples;
pub mod shallow;
pub mod shapes;
pub mod shifts;
pub mod sphere;
pub mod stacked;
pub mod stackings;
pub mod steps;
pub mod text;
pub mod units;
pub mod wide;
