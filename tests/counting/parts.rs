//! What the formulas are made of: binomials, windows, strips, residues.

use crease::counting::modular::{Field, Residue, words};
use crease::counting::{Sliding, choices, choose, choose_up_to, spanning_sets};
use crease::exact::Natural;

#[test]
fn a_row_of_the_triangle() {
    let row: Vec<_> = choices(4).collect();
    assert_eq!(row, [1u32, 4, 6, 4, 1].map(Natural::from));
    assert_eq!(choose(4, 5), Natural::ZERO);
    assert_eq!(choose(50, 48), Natural::from(1225u32));
    assert_eq!(choose_up_to(4, usize::MAX), Natural::from(16u32));
    assert_eq!(choose_up_to(0, 0), Natural::from(1u32));
}

#[test]
fn windows_are_numbered_channel_first() {
    let sliding = Sliding::new([2, 5], 2, [2, 2], [1, 3]).expect("it fits");
    assert_eq!(sliding.output(), [1, 2]);
    assert_eq!(sliding.window(1), [3, 4, 8, 9, 13, 14, 18, 19]);
    assert_eq!((sliding.covered(), sliding.own_taps()), (16, 8));
}

#[test]
fn what_does_not_fit_is_refused() {
    let refused = |input, depth, filter| {
        Sliding::new(input, depth, filter, [1, 1]).expect_err("it does not fit")
    };
    let larger = "a window of [4, 1] does not fit a grid of [3, 3]";
    assert_eq!(refused([3, 3], 1, [4, 1]), larger);
    let zero = "sizes and strides are at least 1, found input [3, 3], depth 0, window [1, 1] by";
    assert_eq!(refused([3, 3], 0, [1, 1]), format!("{zero} [1, 1]"));
    assert!(
        refused([usize::MAX, 3], 1, [1, 1])
            .ends_with("with 1 numbers each exceeds 1048576 numbers")
    );
}

#[test]
fn one_window_of_one_tap_has_to_be_read_everywhere() {
    assert_eq!(spanning_sets(1, 1, 5), Natural::from(1u32));
    assert_eq!(spanning_sets(2, 1, 5), Natural::from(243u32));
}

#[test]
fn a_strip_may_lie_either_way() {
    let lying = Sliding::new([3, 60], 1, [2, 2], [1, 1]).expect("it fits");
    assert!(lying.strip_maximum(2).is_some());
    assert_eq!(lying.strip_maximum(2), lying.transposed().strip_maximum(2));
    assert_eq!((lying.strip_maximum(1), lying.strip_maximum(3)), (None, None));
}

#[test]
fn residues_agree_with_wide_integers() {
    let p = u128::from(Residue::P);
    let edge = [0, 1, 2, Residue::P - 1, Residue::P - 2, 1 << 60];
    let values: Vec<u64> = edge.into_iter().chain(words(0).take(20)).collect();
    for &x in &values {
        for &y in &values {
            let (a, b) = (Residue::new(x), Residue::new(y));
            let (x, y) = (u128::from(a.word()), u128::from(b.word()));
            assert_eq!(u128::from(Residue::times(&a, &b).word()), x * y % p);
            assert_eq!(u128::from(Residue::plus(&a, &b).word()), (x + y) % p);
            let cross = (x * y + (p - y) * x) % p;
            assert_eq!(u128::from(Residue::cross(&a, &b, &b, &a).word()), cross);
        }
    }
}
