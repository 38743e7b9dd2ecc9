//! A second layer of as many units has no more regions than the square of the first one's.

use crease::catalogue::prelude::*;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: conjecture!("mine/layers_add_regions", "Two equal layers square the regions at most"),
    statement: "Two ReLU layers on R² with m units each have at most R(m)² regions, where \
                R(m) = 1 + m + m(m - 1)/2",
    cases: || networks(1..=3).cases().with("six units", 8, networks(6..=6)),
    hypotheses: &[],
    conclusion: |case| at_most("regions", case.regions()?, case.one_layer().pow(2)),
    twins: &[
        twin("no more than one layer of all units", |case: &Case| {
            let units = Rational::from(2 * case.units() as i64);
            at_most("regions", case.regions()?, plane(&units))
        })
        .because("the second layer bends along every region of the first"),
        twin("the square is attained", |case: &Case| {
            equal("regions", case.regions()?, case.one_layer().pow(2))
        })
        .because("most networks have far fewer"),
    ],
    well_formed: |case| {
        let units = case.units();
        require!((1..=8).contains(&units), "1 to 8 units in a layer, found {units}")?;
        require!(case.first.len() == 2 * units, "two weights a unit of the first layer")?;
        require!(case.second.len() == units * units, "a weight a pair in the second layer")?;
        require!(case.biases.len() == 2 * units, "a bias a unit")
    },
};

/// The weights of two layers on the plane.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    first: Vec<Rational>,
    second: Vec<Rational>,
    biases: Vec<Rational>,
}

impl Case {
    fn units(&self) -> usize {
        self.biases.len() / 2
    }

    fn regions(&self) -> Result<Rational, Undecided> {
        let (first, second) = self.biases.split_at(self.units());
        let layers = vec![
            Layer::dense(self.units(), self.first.clone(), first.to_vec()),
            Layer::relu(),
            Layer::dense(self.units(), self.second.clone(), second.to_vec()),
            Layer::relu(),
        ];
        let network = Network::new(Shape::Flat(2), layers);
        let network = network.map_err(|_| Undecided("the layers do not fit"))?;
        Ok(network.count_regions(Notion::R2, &Domain::Whole).into())
    }

    fn one_layer(&self) -> Rational {
        plane(&Rational::from(self.units() as i64))
    }
}

/// The most regions of so many lines in the plane.
fn plane(lines: &Rational) -> Rational {
    Rational::ONE + lines + lines * (lines - Rational::ONE) / Rational::integer(2)
}

fn networks(units: Span) -> impl Strategy<Value = Case> + Clone {
    let whole = || numbers::integer(3);
    units.prop_flat_map(move |m| {
        (vec(whole(), 2 * m), vec(whole(), m * m), vec(whole(), 2 * m))
            .prop_map(|(first, second, biases)| Case { first, second, biases })
    })
}
