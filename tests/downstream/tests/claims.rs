//! Every claim times every obligation.

fn main() {
    crease::obligations::run(my_claims::CLAIMS, env!("CARGO_MANIFEST_DIR"))
}
