//! How ticks of an axis are written.

use crease::report::picture::tick;

#[test]
fn a_tick_is_written_without_a_tail_and_never_as_another_number() {
    let written = [
        (0.0, "0"),
        (-0.0, "0"),
        (3.0 * 0.1, "0.3"),
        (-0.25, "-0.25"),
        (1200.0, "1200"),
        (0.00004, "0.00004"),
        (2e-7, "2e-7"),
        (-3.0 * 1e-15, "-3e-15"),
        (8.125e-20, "8.125e-20"),
    ];
    for (place, text) in written {
        assert_eq!(tick(place), text);
    }
}
