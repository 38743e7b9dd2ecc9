//! Numbers of filters and parameters.

use crease::construct::sizes::{
    HiddenBias, group_parameters, published_filter_count, worst_filter_count,
};

#[test]
fn worst_filter_count_agrees_with_the_filters_of_known_roots() {
    assert_eq!(worst_filter_count(6, 3), Some(3));
    assert_eq!(worst_filter_count(11, 3), Some(5));
    assert_eq!(worst_filter_count(11, 2), Some(6));
    assert_eq!(worst_filter_count(0, 0), Some(1));
    assert_eq!(worst_filter_count(1, 0), None);
    assert_eq!(worst_filter_count(1, 1), Some(1));
    assert_eq!(worst_filter_count(2, 1), None);
}

#[test]
fn group_parameters_of_eight_units_are_507() {
    let depth = published_filter_count(63, 2);
    assert_eq!(group_parameters(depth, 2, 8, HiddenBias::RepeatedMiddle), 507);
}
