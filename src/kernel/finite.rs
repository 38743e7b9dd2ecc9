//! Convolutional networks with finitely many channels, and their empirical kernels.

use crate::exact::Rational;
use num_traits::Zero;

/// A network of the kind that [`super::pooled_tangent`] is the limit of: convolutions on a circle,
/// each followed by ReLUs, the mean over positions, a dense output. No biases, whole weights.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Channels {
    /// The filters of each layer, shape `[channels, taps channels_before]`, tap after tap.
    pub filters: Vec<Vec<Vec<i64>>>,
    /// The weights of the output, shape `[channels]`.
    pub output: Vec<i64>,
}

/// Entries at each position, `[positions, channels]`.
type Signal = Vec<Vec<i128>>;

impl Channels {
    /// The inner product of the gradients by all weights at two images `[positions, channels]`, in
    /// the scale in which it converges to [`super::pooled_tangent`] as the channels grow in number.
    ///
    /// `variance` is that of the weights, which are drawn with mean zero. Cost: `O(P taps C^2)`
    /// products a layer for `C` channels and `P` positions. Panics if a filter does not fit, or a
    /// sum of products does not fit in 128 bits.
    pub fn kernel(&self, x: &[Vec<i64>], y: &[Vec<i64>], variance: &Rational) -> Rational {
        let [a, b] = [x, y].map(|image| self.signals(image));
        let [back_a, back_b] = [&a, &b].map(|signals| self.derivatives(signals));
        let last = self.filters.len();
        let [total_a, total_b] = [&a[last], &b[last]].map(total);
        let mut sum = dot(&total_a, &total_b);
        let mut scale = Rational::integer(2) / Rational::from(self.output.len());
        for (layer, filters) in self.filters.iter().enumerate() {
            let taps = filters[0].len() / a[layer][0].len();
            for (p, u) in back_a[layer].iter().enumerate() {
                for (q, v) in back_b[layer].iter().enumerate() {
                    let windows = [(&a, p), (&b, q)].map(|(s, p)| window(&s[layer], p, taps));
                    sum += dot(u, v) * dot(&windows[0], &windows[1]);
                }
            }
            // A ReLU halves the second moment; the image comes through none.
            let gain = Rational::from(if layer == 0 { 1 } else { 2 });
            let inputs = if layer == 0 { taps } else { filters[0].len() };
            scale *= &(gain / (Rational::from(inputs) * variance));
        }
        Rational::from(sum) * scale / Rational::from(x.len()).pow(2)
    }

    /// The image, then what each layer sends on.
    fn signals(&self, image: &[Vec<i64>]) -> Vec<Signal> {
        let wide = |row: &Vec<i64>| row.iter().map(|&t| t.into()).collect();
        let mut signals: Vec<Signal> = vec![image.iter().map(wide).collect()];
        for filters in &self.filters {
            let before = &signals[signals.len() - 1];
            let taps = filters[0].len() / before[0].len();
            let at = |p| {
                let window = window(before, p, taps);
                filters.iter().map(|w| weighed(w, &window).max(0)).collect()
            };
            signals.push((0..before.len()).map(at).collect());
        }
        signals
    }

    /// The derivatives of the sum over positions by the pre-activations, layer after layer.
    fn derivatives(&self, signals: &[Signal]) -> Vec<Signal> {
        let positions = signals[0].len();
        let mut sent: Signal = vec![self.output.iter().map(|&a| a.into()).collect(); positions];
        let mut derivatives = Vec::new();
        for (layer, filters) in self.filters.iter().enumerate().rev() {
            for (row, signal) in sent.iter_mut().zip(&signals[layer + 1]) {
                let closed = row.iter_mut().zip(signal).filter(|(_, s)| s.is_zero());
                closed.for_each(|(derivative, _)| *derivative = 0);
            }
            let width = signals[layer][0].len();
            let mut below = vec![vec![0; width]; positions];
            for (p, row) in sent.iter().enumerate() {
                for (derivative, filter) in row.iter().zip(filters).filter(|(d, _)| !d.is_zero()) {
                    for (tap, weights) in filter.chunks(width).enumerate() {
                        let there: &mut Vec<i128> = &mut below[(p + tap) % positions];
                        let pairs = there.iter_mut().zip(weights);
                        pairs.for_each(|(sum, &w)| *sum += derivative * i128::from(w));
                    }
                }
            }
            derivatives.push(std::mem::replace(&mut sent, below));
        }
        derivatives.reverse();
        derivatives
    }
}

/// What a filter sees at a position.
fn window(signal: &Signal, p: usize, taps: usize) -> Vec<i128> {
    (0..taps).flat_map(|tap| signal[(p + tap) % signal.len()].iter().copied()).collect()
}

/// The sum over positions, channel by channel.
fn total(signal: &Signal) -> Vec<i128> {
    (0..signal[0].len()).map(|c| signal.iter().map(|row| row[c]).sum()).collect()
}

fn dot(a: &[i128], b: &[i128]) -> i128 {
    assert_eq!(a.len(), b.len(), "the filter fits what it reads");
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn weighed(w: &[i64], x: &[i128]) -> i128 {
    assert_eq!(w.len(), x.len(), "the filter fits what it reads");
    w.iter().zip(x).map(|(&w, x)| i128::from(w) * x).sum()
}
