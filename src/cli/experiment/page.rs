//! What `experiment` prints: as JSON, and as text.

use crate::experiment::width::{DECIDING_SEED, Verdict, WidthRow};
use serde::Serialize;
use std::fmt::Write;

/// What the command found, as JSON prints it; exact numbers are strings.
#[derive(Serialize)]
pub struct Report {
    pub experiment: &'static str,
    pub seed: u64,
    pub complete: bool,
    pub as_claimed: bool,
    pub widths: Vec<WidthRow>,
    pub digits: Images,
    pub rows: Vec<Line>,
}

/// What the theorem says of the real images.
#[derive(Serialize)]
pub struct Images {
    pub margin_at_least: String,
    pub margin_at_most: String,
    pub theorem_at_least: String,
}

/// A row with its verdict.
#[derive(Serialize)]
pub struct Line {
    pub question: &'static str,
    pub data: String,
    pub units: u32,
    /// Trials that were to be done.
    pub asked: u32,
    pub trials: u32,
    pub successes: u32,
    pub agreements: u32,
    pub left_fixed_point: u32,
    pub verdict: &'static str,
    pub test: Option<Tested>,
    /// What the count says of the probability of a success, with a confidence of 99/100.
    pub interval: Option<[String; 2]>,
    pub flipped: Option<String>,
    pub certificate_at_most: Option<String>,
    pub average_risk_at_most: Option<String>,
    /// How far a unit moved, or a layer of a deep network, times the root of the width.
    pub moved_at_most: Option<String>,
    /// The same for the layer of each trial that moved farthest: the root of the mean square.
    pub moved_root_mean_square: Option<String>,
}

#[derive(Serialize)]
pub struct Tested {
    pub claimed: String,
    pub accepted: [u32; 2],
    pub error: String,
    pub refuted_with_power_999: Option<String>,
}

/// The page in plain words.
pub(super) fn text(report: &Report) -> String {
    let mut page = String::new();
    let _ = writeln!(page, "Width that gradient descent needs (seed {})\n", report.seed);
    let _ = writeln!(page, "Orthonormal points, half of each label. Proved: descent succeeds");
    let _ = writeln!(page, "exactly if the initial units cover every point, at every rate.\n");
    let _ = writeln!(
        page,
        "{:>8}  {:>9}  {:>5}  {:>6}  {:>10}  {:>15}",
        "points", "necessary", "9/10", "99/100", "sufficient", "theorem asks"
    );
    for row in &report.widths {
        let WidthRow { points, necessary, least, least_surely, sufficient, theorem } = row;
        let asks = scientific(&theorem.to_string());
        let _ = writeln!(
            page,
            "{points:>8}  {necessary:>9}  {least:>5}  {least_surely:>6}  {sufficient:>10}  \
             {asks:>15}",
        );
    }
    let Images { margin_at_least, margin_at_most, theorem_at_least } = &report.digits;
    let _ = writeln!(
        page,
        "\nSixteen images of the digits 0 and 1: the margin is between {margin_at_least} and \
         {margin_at_most}, and\nfor a risk of 1/2 the theorem asks for {} units at least.",
        scientific(theorem_at_least)
    );
    for (question, heading) in HEADINGS {
        let mut lines = report.rows.iter().filter(|row| row.question == *question).peekable();
        if lines.peek().is_some() {
            let _ = writeln!(page, "\n{heading}\n");
        }
        lines.for_each(|line| row_text(&mut page, line));
    }
    if !report.complete {
        page.push_str("\nStopped early: unfinished rows say nothing.\n");
    }
    page.push('\n');
    page + &closing(report)
}

fn row_text(page: &mut String, line: &Line) {
    let Line { data, units, trials, successes, verdict, .. } = line;
    let width = match line.question {
        "converges" => format!("{units} channels"),
        "scales" => format!("{} and {units} units", units / 4),
        _ => format!("{units} units"),
    };
    let _ = write!(page, "  {data}, {width}: {successes} of {trials}, {verdict}");
    if trials < &line.asked {
        let _ = write!(page, " ({} more were asked for)", line.asked - trials);
    }
    if line.question == "covers" {
        let _ = write!(page, "; seed by seed as the units say: {}", line.agreements);
    }
    if let Some(share) = &line.flipped {
        let _ = write!(page, "; gates flipped: {share}");
    }
    if let Some(most) = &line.certificate_at_most {
        let _ = write!(page, "; certificates up to {most}");
    }
    if let Some(most) = &line.average_risk_at_most {
        let _ = write!(page, "; average risk up to {most}");
    }
    if let Some(most) = &line.moved_at_most {
        let _ = match &line.moved_root_mean_square {
            Some(about) => write!(page, "; layers moved {about}/√m, up to {most}/√m"),
            None => write!(page, "; units moved up to {most}/√m"),
        };
    }
    if line.left_fixed_point > 0 {
        let _ = write!(page, "; left fixed point: {}", line.left_fixed_point);
    }
    if let Some([low, high]) = &line.interval {
        let _ = write!(page, "; probability {low} to {high}");
    }
    page.push('\n');
    if let Some(test) = &line.test {
        let what = if line.question == "covers" { "successes" } else { "failures" };
        let relation = if line.question == "covers" { "" } else { "at most " };
        let Tested { claimed, accepted: [least, most], error, refuted_with_power_999 } = test;
        let _ = write!(
            page,
            "    {what} accepted: {least} to {most}, for probability {relation}{claimed}; a true \
             claim is refused with probability {error} at most",
        );
        let _ = match refuted_with_power_999 {
            Some(other) => writeln!(page, ", {other} with 0.999 at least"),
            None => writeln!(page, "; no other probability is refused with 0.999"),
        };
    }
}

/// Digits of an integer as `1.27e10`.
fn scientific(digits: &str) -> String {
    match digits.len() {
        0..=6 => digits.to_owned(),
        length => format!("{}.{}e{}", &digits[..1], &digits[1..3], length - 1),
    }
}

/// The kinds of rows, in their order, with what each asks.
const HEADINGS: &[(&str, &str)] = &[
    ("covers", "Fitted by exact descent, beside the exact law (200 seeds each):"),
    ("learns", "At fixed margin: descent brings the risk down, whatever the number of points is:"),
    ("certifies", "Certificates: runs that prove an average risk of at most 1/2 about themselves:"),
    ("starts", "At the start: units whose margin is half of the limit at every point:"),
    ("converges", "Convolutional kernels, at most 5/√channels of the limit away from it:"),
    (
        "deep",
        "Deep networks, every layer trained: descent brings the risk down (beside, the layer that\n\
         moved farthest: root mean square and largest):",
    ),
    (
        "scales",
        "Deep networks of two widths: layers move by the same multiple of 1/√m, up to a factor of\n\
         3/2 (beside, as above, the wider one):",
    ),
    ("whole", "The theorem at its own width:"),
];

/// What may be concluded, in plain words; only what this run showed.
fn closing(report: &Report) -> String {
    if report.seed != DECIDING_SEED && report.as_claimed && report.complete {
        return format!("{PROVED}\n{FRESH}\n{UNKNOWN}");
    }
    let all = |question: &str| {
        let asked = |row: &&Line| row.question == question && row.test.is_some();
        report.rows.iter().filter(asked).all(|row| row.verdict == Verdict::Confirmed.word())
    };
    let judged = [
        ("covers", LAW),
        ("learns", MARGIN),
        ("converges", KERNEL),
        ("deep", DEEP),
        ("scales", SCALING),
    ];
    let said = judged.map(|(question, [yes, no])| if all(question) { yes } else { no }).concat();
    format!("{PROVED}\n{TESTED}{said}\n{UNKNOWN}")
}

/// What is said of the rows of a question when all were confirmed, and when one was not.
const LAW: [&str; 2] = [
    "Every seed agreed with the exact law, with no tolerance, and the counts were as likely as it\n\
     says.\n",
    "The exact law was not confirmed on every row above: see there.\n",
];
const MARGIN: [&str; 2] = [
    "At fixed margin 24 units at 8 points and 32 at 2048 points both succeed nine times in ten:\n\
     256 times as many points need at most 4/3 of the width.\n",
    "That 256 times as many points need at most 4/3 of the width was not confirmed.\n",
];
const KERNEL: [&str; 2] = [
    "Convolutional kernels of 16, 64 and 256 channels were within 5/√channels of their limit nine\n\
     times in ten, with weights that stand in for normal ones.\n",
    "That convolutional kernels are within 5/√channels of their limit was not confirmed.\n",
];

const DEEP: [&str; 2] = [
    "Networks of 2, 3 and 4 layers of 32 units, every layer trained, brought the risk at 8 points\n\
     down to 1/10 nine times in ten. Doubles take the steps; the risk of the rounded weights is\n\
     exact.\n",
    "That deep networks of 32 units bring the risk at 8 points down to 1/10 was not confirmed.\n",
];
const SCALING: [&str; 2] = [
    "Their layers move like 1/√m: at 32 and 128 units √m times the distance was the same up to a\n\
     factor of 3/2 nine times in ten.\n",
    "That layers of deep networks move like 1/√m was not confirmed.\n",
];

const TESTED: &str = "\
What was tested. Each test says how likely it refuses the truth, and what it can tell apart.
";

const FRESH: &str = "\
What was reported. This seed is not the one that decides, so counts were not judged: one draw in a
million would be refused though all is well. Beside each count stands what it says of the
probability, with a confidence of 0.99 (Clopper and Pearson). What has to hold seed by seed was
judged, and held.
";

const PROVED: &str = "\
What was proved. On orthonormal points and on the square of exclusive or, descent succeeds exactly
if the initial units cover every point; so the width needed is known as a rational law. It grows
like the logarithm of n/delta (on the square, of 1/delta), and does not depend on the risk that is
asked for. Each certificate is a proof about its own run, in exact arithmetic.
";

const UNKNOWN: &str = "\
What nobody can claim from this. Nothing about other data, and no asymptotic law at fixed margin;
nothing about test error. The constants of the theorem, and its power of the margin, are not shown
to be needed: on orthonormal points they are not. Runs of at most 64 units flip a large share of
their gates, so they are not in the regime in which the theorem's proof works.
";
