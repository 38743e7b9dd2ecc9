//! Tests of `construct`: what it builds, against numbers that were computed by other means.

mod prefix;
mod sizes;
