//! One line a claim; a conjecture without a note, `proofs/mine/<name>.md`, stands in parentheses.

crease::claims! { "mine":
    (layers_add_regions),
    (typed_on_one_line),
    size_of_sums,
}
