//! How tight the cases of a run are: a bar for each twentieth.

use crate::claim::{Counts, SHARES};
use maud::{Markup, html};

const WIDTH: u32 = 420;
const HEIGHT: u32 = 110;
const FOOT: u32 = 22;
const STEP: u32 = WIDTH / (SHARES as u32 + 1);
const END: u32 = STEP * (SHARES as u32 + 1);

/// The histogram of a run; nothing where no case has a share, as with equalities.
pub(super) fn histogram(counts: &Counts) -> Option<Markup> {
    let most = *counts.shares.iter().max().filter(|most| **most > 0)?;
    let all: u32 = counts.shares.iter().sum();
    let attained = counts.shares[0];
    let words = format!(
        "Of {all} cases {attained} attain the bound. The others by the share of the slack in the \
         sum of both sides, in twentieths: {}.",
        counts.shares[1..].iter().map(u32::to_string).collect::<Vec<_>>().join(", ")
    );
    Some(html! {
        figure.bars {
            svg viewBox={ "0 0 " (WIDTH) " " (HEIGHT + FOOT) } role="img"
                aria-labelledby="tight-title tight-desc" font-size="11" fill="currentColor" {
                title id="tight-title" { "How tight the cases are" }
                desc id="tight-desc" { (words) }
                @for (place, count) in counts.shares.iter().enumerate() {
                    @let height = (count * (HEIGHT - 16)).div_ceil(most);
                    @let x = place as u32 * STEP;
                    @if *count > 0 {
                        rect x=(x + 1) y=(HEIGHT - height) width=(STEP - 3) height=(height) {}
                        text x=(x + STEP / 2 - 1) y=(HEIGHT - height - 4) text-anchor="middle" {
                            (count)
                        }
                    }
                }
                path d={ "M0 " (HEIGHT) ".5H" (END) } stroke="currentColor" {}
                text x="0" y=(HEIGHT + 15) { "attained" }
                text x=(STEP * 11) y=(HEIGHT + 15) text-anchor="middle" { "1/2" }
                text x=(END) y=(HEIGHT + 15) text-anchor="end" { "loose: 1" }
            }
            figcaption { "Cases by slack, as a share of both sides of the comparison." }
        }
    })
}
