//! Two filters of two columns on a strip: a recurrence of order two.

use crate::catalogue::prelude::*;
use crate::counting::Sliding;

pub(super) static CLAIM: Claim<Case> = Claim {
    card: theorem!("regions/strip_recurrence", LINE_BY_LINE)
        .derived_from("Crease", "asked here: how does the repaired maximum grow?"),
    statement: "M_c the maximum of two f x 2 filters on 2 f − 1 rows with c columns of \
                positions, K = 2 f  ⟹  M_{c+2} = (2^K + K − 1) M_{c+1} − \
                ((K − 1) 2^K + 1) M_c",
    cases: || {
        let two_columns = |(rows, columns)| Case { filter: [rows, 2], columns };
        cases(2).with("up to 8 rows", 4, (1usize..=8, 1usize..=16).prop_map(two_columns)).with(
            "up to 64 columns",
            16,
            (1usize..=8, 17usize..=64).prop_map(two_columns),
        )
    },
    hypotheses: &[given("two columns", |case: &Case| case.filter[1] == 2)
        .needed("with more taps more may be left out between", || cases(4).cases())],
    conclusion: |case| case.follows(2 * case.filter[0], Case::maximum),
    twins: &[
        twin("as on a line", |case: &Case| case.follows(2, Case::maximum))
            .because("a relation has as many filters as the two have rows"),
        twin("the published count", |case: &Case| {
            case.follows(2 * case.filter[0], Case::published)
        })
        .because("that one is too large, by more and more")
        .drawing(|| cases(2).cases()),
    ],
    well_formed: |case| {
        let is_small = (1..=8).contains(&case.filter[0]) && (1..=8).contains(&case.filter[1]);
        let fits = is_small && (1..=64).contains(&case.columns);
        require!(fits, "expected filters up to 8x8 and 1 to 64 columns of positions")
    },
};

/// Two filters of `filter = [f, columns]` on `2 f - 1` rows, with so many columns of positions and
/// up to two more.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    filter: [usize; 2],
    columns: usize,
}

impl Case {
    fn window(&self, more: usize) -> Sliding {
        let [rows, taps] = self.filter;
        let input = [2 * rows - 1, self.columns + more + taps - 1];
        Sliding::new(input, 1, self.filter, [1, 1]).expect("the filter fits")
    }

    fn maximum(&self, more: usize) -> Rational {
        self.window(more).strip_maximum(2).expect("it is a strip").into()
    }

    fn published(&self, more: usize) -> Rational {
        self.window(more).published_count(2).into()
    }

    /// Whether `M_(c+2) = (2^k + k - 1) M_(c+1) - ((k - 1) 2^k + 1) M_c`.
    fn follows(&self, k: usize, count: fn(&Self, usize) -> Rational) -> Conclusion {
        let sets = 1usize << k;
        let trace = Rational::from(sets + k - 1);
        let determinant = Rational::from((k - 1) * sets + 1);
        let expected = trace * count(self, 1) - determinant * count(self, 0);
        equal("count with two columns more", count(self, 2), expected)
    }
}

/// Filters of one or two rows, and at most the given number of columns.
fn cases(columns: usize) -> impl Strategy<Value = Case> {
    (1usize..=2, 2..=columns, 1usize..=6)
        .prop_map(|(rows, taps, columns)| Case { filter: [rows, taps], columns })
}
