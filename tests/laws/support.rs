//! What the law tests share: small fractions, and one reproducible way to ask a law.

use crease::exact::Rational;
use quickcheck::{Arbitrary, Gen, QuickCheck, Testable};

/// A fraction with a numerator between -8 and 8 and a denominator of at most 4.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Small(pub Rational);

impl Arbitrary for Small {
    fn arbitrary(g: &mut Gen) -> Self {
        let numerator = i64::arbitrary(g).rem_euclid(17) - 8;
        Self(Rational::new(numerator, 1 + i64::from(u8::arbitrary(g) % 4)))
    }
}

/// Asks a law of 200 inputs, the same ones on every run.
pub fn check(law: impl Testable) {
    let random = Gen::from_size_and_seed(30, 0x9e37_79b9_7f4a_7c15);
    QuickCheck::new().rng(random).tests(200).min_tests_passed(100).quickcheck(law);
}

/// The message with which `act` panics. Panics itself if `act` returns.
pub fn panic_message<T>(act: impl FnOnce() -> T + std::panic::UnwindSafe) -> String {
    let payload = match std::panic::catch_unwind(act) {
        Ok(_) => panic!("expected a panic, got a value"),
        Err(payload) => payload,
    };
    let text = payload.downcast_ref::<String>().cloned();
    text.or_else(|| payload.downcast_ref::<&str>().map(|s| (*s).to_owned())).unwrap_or_default()
}
