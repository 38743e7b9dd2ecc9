//! Which outputs of a window see its input.

use super::Axis;

#[test]
fn always_meets_says_what_every_tap_of_every_output_says() {
    for code in 0..4 * 4 * 7 * 4 * 6 {
        let axis = Axis {
            taps: code % 4 + 1,
            stride: code / 4 % 4 + 1,
            padding: code / 16 % 7,
            dilation: code / 112 % 4 + 1,
        };
        let length = code / 448 + 1;
        let outputs = axis.output_length(length).unwrap_or(0);
        let sees = |o| (0..axis.taps).any(|tap| axis.source(length, o, tap).is_some());
        let expected = (0..outputs).all(sees);
        assert_eq!(axis.always_meets(length), expected, "{axis:?} over {length} samples");
    }
}
