//! No text makes the reader of functions panic; what it reads it writes and reads again, and a
//! value that is a fraction lies in its enclosure.

#![no_main]

use crease::approximate::Expression;
use crease::exact::Rational;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Ok(f) = Expression::parse(text, 2) else { return };
    assert_eq!(Expression::parse(&f.to_string(), 2).as_ref(), Ok(&f), "{f}");
    let powers = text.matches('^').count() + text.matches("exp").count();
    if powers > 2 || text.len() > 200 {
        return;
    }
    let point = [Rational::new(1, 3), Rational::new(-5, 4)];
    if let (Some(x), Ok(enclosure)) = (f.exact(&point), f.enclose(&point, 20)) {
        assert!(enclosure.contains(&x), "{f}");
    }
});
