//! Formulas for numbers of cells give the numbers that were computed by other means.

mod attained;
mod bounds;
mod maximum;
mod parts;
mod published;
mod survey;

use crease::counting::Sliding;
use crease::exact::Natural;

/// Windows of `[height, width, depth, window height, window width, stride]`.
fn sliding([h, w, depth, f1, f2, s]: [usize; 6]) -> Sliding {
    Sliding::new([h, w], depth, [f1, f2], [s, s]).expect("the window fits")
}

/// A line of `n` places with `depth` numbers each, and a window of `f` places.
fn line(n: usize, f: usize, s: usize, depth: usize) -> Sliding {
    sliding([1, n, depth, 1, f, s])
}

fn natural(n: u128) -> Natural {
    Natural::from(n)
}
