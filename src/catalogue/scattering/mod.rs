//! Haar scattering: what sums and absolute differences keep of a signal, and what they lose.
//!
//! Not honestly testable: the bound of scattering under deformations (Mallat 2012), whose constants
//! its statement does not give.

crate::claims! { "scattering":
    tree_energy,
    tree_distance,
    tree_swaps,
    four_numbers,
    same_image,
    frame_energy,
    frame_distance,
    frame_shift,
}
