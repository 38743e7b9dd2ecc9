//! With one tap or one layer the convolutional kernel is a mean of dense ones, up to 2^-40.

use crate::analysis::enclosure::Enclosure;
use crate::catalogue::prelude::*;
use crate::kernel::{Image, Points, averaged, pooled_tangent, tangent};

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("width/pooled_kernel_of_windows", STEP_BY_STEP)
        .derived_from("Arora2019", "the recursion of the convolutional tangent kernel")
        .as_printed("the recursion, with pooling at the end, is from memory"),
    statement: "convolutions on a circle, then the mean over positions, one tap or one layer  ⟹  \
                the tangent kernel is the mean over pairs of positions of the dense one of their \
                windows, over the number of taps, up to 2^-40",
    cases: || {
        cases(1..=3, 1..=3, Kind::One)
            .with("6 positions, 4 layers", 16, cases(4..=6, 3..=4, Kind::One))
            .with("12 positions", 128, cases(12..=12, 2..=2, Kind::One))
    },
    hypotheses: &[given("one tap or one layer", |case: &Case| case.taps == 1 || case.depth == 1)
        .needed("between two layers the mean is over taps, not over windows", || {
            cases(2..=4, 2..=3, Kind::Several).cases()
        })],
    conclusion: |case| case.compare(case.dense(case.depth)),
    twins: &[
        twin("the sum over pairs", |case: &Case| {
            case.compare(case.dense(case.depth).scale(&Rational::from(case.images[0].len()).pow(2)))
        })
        .because("outputs are averaged over positions"),
        twin("one layer more", |case: &Case| case.compare(case.dense(case.depth + 1)))
            .because("each layer adds a term"),
        twin("position by position", |case: &Case| {
            let patches = tangent(&case.windows(), case.depth, BITS);
            let n = case.images[0].len();
            let pairs = (0..n).map(|p| patches.entry(p, n + p).clone());
            let sum = pairs.fold(Enclosure::point(Rational::ZERO), |sum, t| sum.sum(&t));
            case.compare(sum.scale(&(Rational::from(n) * Rational::from(case.taps)).recip()))
        })
        .because("the mean is over pairs of positions, different ones too"),
    ],
    well_formed: |case| {
        let first = case.images[0].first().ok_or("there must be a position")?;
        let (n, d) = (case.images[0].len(), first.len());
        let fits = (1..=12).contains(&n) && (1..=4).contains(&d);
        require!(fits, "{n} positions with {d} entries; 1 to 12 and 1 to 4 are asked about")?;
        let fits =
            case.images.iter().all(|image| image.len() == n && image.iter().all(|x| x.len() == d));
        require!(fits, "both images must have {n} positions with {d} entries")?;
        let fits = (1..=n).contains(&case.taps) && (1..=5).contains(&case.depth);
        require!(fits, "there must be 1 to {n} taps and 1 to 5 layers")?;
        case.windows().check().map_err(|error| error.to_string())
    },
};

/// Places behind the point.
const BITS: u32 = 60;

/// Two images `[positions, channels]`, the taps of all filters, and the layers.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    taps: usize,
    depth: usize,
    images: [Image; 2],
}

impl Case {
    /// What a filter sees at each position, image after image.
    fn windows(&self) -> Points {
        let windows = self.images.iter().flat_map(|image| {
            let n = image.len();
            let entries =
                move |p: usize| (p..p + self.taps).flat_map(move |q| image[q % n].clone());
            (0..n).map(move |p| entries(p).collect())
        });
        Points::plain(windows.collect())
    }

    /// The mean of the dense kernels of windows with so many layers.
    fn dense(&self, depth: usize) -> Enclosure {
        let patches = tangent(&self.windows(), depth, BITS);
        let mean = averaged(&patches, self.images[0].len());
        mean.entry(1, 0).scale(&Rational::from(self.taps).recip())
    }

    /// The distance of the convolutional kernel from this.
    fn compare(&self, dense: Enclosure) -> Conclusion {
        let [x, y] = &self.images;
        let gap = pooled_tangent(x, y, self.taps, self.depth, BITS).difference(&dense);
        let bound = Rational::integer(2).pow(-40);
        let (quantity, least) = ("distance", gap.lo().clone().max(-gap.hi()));
        if least > bound {
            return at_most(quantity, least, bound);
        }
        let most = gap.hi().clone().max(-gap.lo());
        if most <= bound { at_most(quantity, most, bound) } else { Err(Undecided("too wide")) }
    }
}

/// Which hypothesis a case meets.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// One tap, or one layer.
    One,
    /// Two taps, and the layers that are asked for.
    Several,
}

/// Images of so many positions with whole entries, the first of each position not zero.
fn cases(positions: Span, depth: Span, kind: Kind) -> BoxedStrategy<Case> {
    (positions, depth, 1usize..=3, any::<bool>(), 1usize..=2)
        .prop_flat_map(|(n, depth, taps, one_layer, d)| {
            let first = numbers::nonzero_integer(3);
            let entry = (first, numbers::integers(d - 1, 2));
            let entry = entry.prop_map(|(first, rest)| [vec![first], rest].concat());
            (Just((n, depth, taps, one_layer)), [vec(entry.clone(), n), vec(entry, n)])
        })
        .prop_map(move |((n, depth, taps, one_layer), images)| match kind {
            Kind::Several => Case { taps: 2.min(n), depth, images },
            Kind::One if one_layer => Case { taps: taps.min(n), depth: 1, images },
            Kind::One => Case { taps: 1, depth, images },
        })
        .boxed()
}
