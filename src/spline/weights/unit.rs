//! One unit: its norm in front, its norm behind, and what decay does to the two.

use crate::exact::Rational;

/// The norms that minimise `(p - alpha)^2 / 2 + (q - beta)^2 / 2 + lambda p q` over `p, q >= 0`:
/// the proximal step of `lambda |w| |v|`, which moves along the rays of `w` and `v`.
///
/// From 1 on there is no minimum inside: the larger norm stays and the other becomes 0; of equal
/// ones the first stays. Panics if a number is negative.
pub fn proximal_norms(alpha: &Rational, beta: &Rational, lambda: &Rational) -> [Rational; 2] {
    let all = [alpha, beta, lambda];
    assert!(all.iter().all(|x| !x.is_negative()), "norms and the factor are not negative");
    let ends = [[alpha.clone(), Rational::ZERO], [Rational::ZERO, beta.clone()]];
    if *lambda < Rational::ONE {
        let shrunk = [alpha - lambda * beta, beta - lambda * alpha];
        if shrunk.iter().all(|x| !x.is_negative()) {
            let rest = Rational::ONE - lambda * lambda;
            return shrunk.map(|x| x / &rest);
        }
    }
    let [first, second] = ends;
    if alpha >= beta { first } else { second }
}
