//! Networks from bytes, by the generator of every kind of layer.

use crease::exact::Rational;
use crease::generators::networks::of_every_kind;
use crease::net::Network;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// The network of these bytes. The first one asks for the size of weights, from 1 to
/// 2^1200, and for which of them have it.
pub fn network(bytes: &[u8]) -> Option<Network> {
    let (&size, rest) = bytes.split_first()?;
    let random = TestRng::from_seed(RngAlgorithm::ChaCha, &seed(rest));
    let mut runner = TestRunner::new_with_rng(Config::default(), random);
    let network = of_every_kind().new_tree(&mut runner).ok()?.current();
    let exponent = [0, 0, 30, -30, 600, -600, 1200, -1200][usize::from(size % 8)];
    let (large, every) = (Rational::integer(2).pow(exponent), 1 + usize::from(size / 8 % 4));
    let mut parameters = network.parameters();
    let numbers = parameters.iter_mut().flat_map(|p| p.weight.iter_mut().chain(&mut p.bias));
    numbers.step_by(every).for_each(|number| *number *= &large);
    network.with_parameters(parameters).ok()
}

/// A seed that depends on every byte. The bytes are not the choices themselves: where they end the
/// generator would read zeros, and what it rejects it would draw for ever.
fn seed(bytes: &[u8]) -> [u8; 32] {
    let mut state = bytes.iter().fold(1, |state, &byte| next(state ^ u64::from(byte)));
    std::array::from_fn(|_| {
        state = next(state);
        (state >> 56) as u8
    })
}

/// A linear congruence, whose top byte is as good as random.
fn next(state: u64) -> u64 {
    state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407)
}
