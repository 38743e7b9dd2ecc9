//! On a line the average number of regions of one layer counts its places of kinks.

use crate::catalogue::prelude::*;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("regions/line_average", AGAINST_ITS_NOTE)
        .derived_from("HaninRolnick2019", "the average number of regions on a line")
        .as_printed(
            "from memory, for deep networks and weights with a density: at most a constant times \
             the number of units; here one layer and any finite law, exactly",
        ),
    statement: "m units with independent (w, b), uniform on a finite list, an interval I  ⟹  \
                E R2 = 1 + Σ over t ∈ I of 1 - (1 - p_t)^m, p_t the share with w ≠ 0, -b/w = t",
    cases: || {
        cases(1..=3, 1..=3)
            .with("as many as fit", 16, cases(4..=5, 3..=3))
            .with("one unit of many", 16, cases(20..=60, 1..=1))
            .with("six units of two", 16, cases(2..=2, 5..=7))
            .with("two units of 30", 64, cases(20..=30, 2..=2))
    },
    hypotheses: &[],
    conclusion: |case| equal("average number of regions", case.average(), case.places(1)),
    twins: &[
        twin("a region more for each unit that has its kink there", |case: &Case| {
            let m = Rational::from(case.units);
            let share: Rational = case.shares().into_iter().map(|(_, share)| share).sum();
            equal("average number of regions", case.average(), Rational::ONE + m * share)
        })
        .because("two units may have their kinks at one place"),
        twin("units without weight cut too", |case: &Case| {
            equal("average number of regions", case.average(), case.places(0))
        })
        .because("one kind of unit in so many is as good as a kink")
        .drawing(|| cases(2..=3, 1..=2).cases()),
        twin("a region more for each unit", |case: &Case| {
            at_least("average number of regions", case.average(), case.units + 1)
        })
        .because("kinks fall outside of the interval"),
    ],
    well_formed: |case| {
        let (kinds, m) = (case.pairs.len(), case.units);
        require!(kinds > 0 && m > 0, "there must be a unit, and a pair to draw from")?;
        let power = u32::try_from(m).ok().and_then(|m| kinds.checked_pow(m));
        require!(power.is_some_and(|n| n <= 1 << 10), "at most 2^10 choices are counted")?;
        require!(case.ends[0] < case.ends[1], "the interval is empty")
    },
};

/// The pairs `[w, b]` that units are drawn from, how many there are, and the ends of the interval.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    units: usize,
    ends: [Rational; 2],
    pairs: Vec<[Rational; 2]>,
}

impl Case {
    /// The mean over all choices of the regions that are counted in each.
    fn average(&self) -> Rational {
        let [lo, hi] = self.ends.clone().map(|end| vec![end]);
        let interval = Domain::Box(InputBox::new(lo, hi).expect("the ends increase"));
        let kinds = self.pairs.len();
        let all = (0..self.units).fold(1usize, |n, _| n * kinds);
        let regions = |choice: usize| {
            let (mut left, mut weights, mut biases) = (choice, Vec::new(), Vec::new());
            for _ in 0..self.units {
                let [w, b] = &self.pairs[left % kinds];
                weights.push(w.clone());
                biases.push(b.clone());
                left /= kinds;
            }
            let layers = vec![Layer::dense(self.units, weights, biases), Layer::relu()];
            let net = Network::new(Shape::Flat(1), layers).expect("one layer");
            Rational::from(net.count_regions(Notion::R2, &interval))
        };
        (0..all).map(regions).sum::<Rational>() / Rational::from(all)
    }

    /// The places of kinks inside the interval, with the share of pairs that have theirs there.
    fn shares(&self) -> Vec<(Rational, Rational)> {
        let one = Rational::from(self.pairs.len()).recip();
        let mut shares: Vec<(Rational, Rational)> = Vec::new();
        for [w, b] in self.pairs.iter().filter(|[w, _]| !w.is_zero()) {
            let at = -(b / w);
            if at <= self.ends[0] || at >= self.ends[1] {
                continue;
            }
            match shares.iter_mut().find(|(place, _)| *place == at) {
                Some((_, share)) => *share += &one,
                None => shares.push((at, one.clone())),
            }
        }
        shares
    }

    /// `first + sum of 1 - (1 - p_t)^m`, one place more where `first` is 0.
    fn places(&self, first: i64) -> Rational {
        let power = i32::try_from(self.units).expect("few units");
        let missing = |share: &Rational| (Rational::ONE - share).pow(power);
        let shares = self.shares();
        let cut = shares.iter().map(|(_, share)| Rational::ONE - missing(share));
        let idle = self.pairs.iter().filter(|[w, _]| w.is_zero()).count();
        let idle = Rational::from(idle) / Rational::from(self.pairs.len());
        let more = if first == 0 { Rational::ONE - missing(&idle) } else { Rational::ZERO };
        Rational::ONE + more + cut.sum::<Rational>()
    }
}

/// So many pairs, so many units: places are shared often, and some pairs have no weight.
fn cases(kinds: Span, units: Span) -> impl Strategy<Value = Case> {
    let pair = (numbers::integer(2), numbers::integer(4)).prop_map(|(w, b)| [w, b]);
    (units, -3i64..=1, 1i64..=4, vec(pair, kinds)).prop_map(|(units, lo, length, pairs)| Case {
        units,
        ends: [Rational::integer(lo), Rational::integer(lo + length)],
        pairs,
    })
}
