//! Layer 3: functions given by expressions, and certified bounds of how far a network is from one.
//!
//! ```
//! use crease::approximate::{Expression, Goal, sup_error};
//! use crease::exact::Rational;
//! use crease::net::{InputBox, Layer, Network, Shape};
//! let number = Rational::integer;
//! // The interpolant of t^2 at -1, 0 and 1.
//! let layers = vec![
//!     Layer::dense(2, vec![number(1), number(-1)], vec![]),
//!     Layer::relu(),
//!     Layer::dense(1, vec![number(1); 2], vec![]),
//! ];
//! let net = Network::new(Shape::Flat(1), layers).expect("the layers fit");
//! let f: Expression = "x^2".parse().expect("it is well made");
//! let found = sup_error(&f, &net, &InputBox::cube(1, &number(1)), &Goal::default());
//! let found = found.expect("the function is defined everywhere");
//! let quarter = Rational::new(1, 4);
//! assert!(found.lower <= quarter && quarter <= found.upper.expect("it is bounded"));
//! ```

mod bound;
mod certificate;
mod comparison;
mod enclosed_value;
mod exact_value;
mod expression;
mod expression_text;
mod float_value;
mod parse;
mod parse_names;
mod radial;
mod reduced_network;
mod sample;
mod search;
mod supremum;

pub(crate) use bound::list;
pub use bound::{SupError, SupErrorError, Way, sup_error};
pub use comparison::{Comparison, Why};
pub use expression::{Calculus, Counted, Expression, Function, Operation};
pub use parse::ExpressionError;
pub use radial::Radial;
pub use sample::Sampler;
pub use search::{Cuts, Goal, Progress, Standing};
pub use supremum::{Supremum, supremum};
