//! How far a point is from another label, exactly: the smallest change of an input after which
//! some other output of a network is at least as great.
//!
//! [`Asked`] is the whole room. Gradient descent in doubles proposes a point, and exact linear
//! algebra in its activation cell makes it one ([`cell`]). Branch and bound ([`search`]) proves
//! that nothing is nearer, or finds what is: a linear relaxation in doubles ([`relax`],
//! [`simplex`]) or an ascent ([`ascent`]), which is faster in deep networks and serves every norm,
//! proposes multipliers, and what they prove is computed in whole numbers ([`pass`]) on the open
//! ball around the point ([`domain`]). So ties are decided, and no double decides anything.

pub mod ascent;
pub mod attack;
pub mod cell;
pub mod certificate;
mod climb;
pub mod domain;
mod foot;
mod last;
mod lipschitz;
pub mod nearest;
pub mod pass;
pub mod program;
mod ranges;
pub mod relax;
pub mod search;
pub mod simplex;
mod tie;
pub mod whole;

use crate::exact::Rational;
use crate::net::{Circuit, InputBox, Network};
use cell::{Cells, Witness};
use domain::Domain;
pub use domain::Norm;
use program::{Program, Row};
use search::{Outcome, Search, Step};
use std::rc::Rc;

/// Nodes of a search of the whole ball before smaller balls are proved first.
const PATIENCE: u64 = 20_000;
/// The same in a large network, if half of the ball took no nodes to speak of.
const LEAST_PATIENCE: u64 = 500;
/// ReLUs from which on half of the ball is proved before the whole.
const LARGE: usize = 150;
/// How far out a point is looked for without a box, as a power of two times 1 or the greatest entry
/// of the point.
const FARTHEST: i32 = 40;

/// A question: from where, in which norm, and where to.
#[derive(Clone, Debug)]
pub struct Question {
    /// The point.
    pub point: Vec<Rational>,
    /// The output that is greatest there, or that should be.
    pub label: usize,
    /// How distances are measured.
    pub norm: Norm,
    /// Only points of this box count.
    pub sides: Option<InputBox>,
}

/// Why a question has no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QuestionError {
    /// The point has another dimension than the network.
    #[error("the network takes {expected} numbers, the point has {found}")]
    Dimension {
        /// Inputs of the network.
        expected: usize,
        /// Entries of the point.
        found: usize,
    },
    /// A network of one output has no other label.
    #[error("the network has one output: a label is the number of the greatest of two or more")]
    OneOutput,
    /// There is no such output.
    #[error("label {label} is not one of the {outputs} outputs, which are counted from 0")]
    Label {
        /// What was asked.
        label: usize,
        /// How many there are.
        outputs: usize,
    },
    /// The point is not in the box.
    #[error("entry {entry} of the point is {found}, outside of [{lo}, {hi}]")]
    Outside {
        /// The entry, counted from one.
        entry: usize,
        /// What it is.
        found: Rational,
        /// The lower end of its side.
        lo: Rational,
        /// The upper end.
        hi: Rational,
    },
}

/// What was proved and found; for l2 distances are squares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Every point of the box that is closer keeps the label: its output is greater than every
    /// other. `None` means all points of the box.
    pub lower: Option<Rational>,
    /// A point where another label is as good, if one was found.
    pub upper: Option<Witness>,
    /// Nodes that were looked at.
    pub nodes: u64,
}

impl Answer {
    /// Whether the two bounds are one number, or nothing is to be found.
    pub fn is_exact(&self) -> bool {
        self.lower.as_ref() == self.upper.as_ref().map(|upper| &upper.distance)
    }
}

/// What writes a proof down. Each proof begins anew; the last one that was finished counts.
pub trait Scribe {
    /// A proof begins: nothing is closer than this, for which the point attains or bounds it.
    fn begin(&mut self, lower: Option<&Rational>, upper: Option<&Witness>);
    /// Its next line.
    fn step(&mut self, step: &Step<'_>);
    /// It is finished.
    fn finish(&mut self);
}

/// Writes nothing.
pub struct Nobody;

impl Scribe for Nobody {
    fn begin(&mut self, _: Option<&Rational>, _: Option<&Witness>) {}
    fn step(&mut self, _: &Step<'_>) {}
    fn finish(&mut self) {}
}

/// The exact distance: `Some(None)` if no point of the box has another label, `None` if it was not
/// found. Panics if the question does not fit the network.
pub fn exactly(network: &Network, question: Question) -> Option<Option<Rational>> {
    let asked = Asked::new(network);
    let ready = asked.ask(question).expect("the question fits the network");
    let answer = ready.distance(&mut Nobody, &mut |_| false);
    answer.is_exact().then_some(answer.lower)
}

/// A network that is ready to be asked.
pub struct Asked {
    program: Program,
}

/// A question with what it needs of the network.
pub struct Ready<'a> {
    program: &'a Program,
    question: Question,
    /// The output of the label less each other one.
    margins: Vec<(usize, Row)>,
    /// The whole box, or a ball that holds every point that is looked for.
    whole: Rc<Domain>,
}

impl Asked {
    /// Cost: one step a term; a residual layer or a linear one after another is multiplied out.
    pub fn new(network: &Network) -> Self {
        Self { program: Program::new(&Circuit::new(network)) }
    }

    /// The number of ReLUs into which bends and maxima are resolved.
    pub fn relus(&self) -> usize {
        self.program.units.len()
    }

    /// Checks the question. Errors: every variant of [`QuestionError`].
    pub fn ask(&self, question: Question) -> Result<Ready<'_>, QuestionError> {
        let (expected, found) = (self.program.inputs, question.point.len());
        if expected != found {
            return Err(QuestionError::Dimension { expected, found });
        }
        let (label, outputs) = (question.label, self.program.outputs.len());
        if outputs < 2 {
            return Err(QuestionError::OneOutput);
        }
        if label >= outputs {
            return Err(QuestionError::Label { label, outputs });
        }
        for (entry, (x, sides)) in
            question.point.iter().zip(question.sides.iter().flat_map(ends)).enumerate()
        {
            let (lo, hi) = sides;
            if x < lo || hi < x {
                let (entry, found) = (entry + 1, x.clone());
                let (lo, hi) = (lo.clone(), hi.clone());
                return Err(QuestionError::Outside { entry, found, lo, hi });
            }
        }
        let others = (0..outputs).filter(|other| *other != label);
        let own = &self.program.outputs[label];
        let margins = others.map(|o| (o, own.minus(&self.program.outputs[o]))).collect();
        let radius = question.sides.is_none().then(|| far(&question, FARTHEST));
        let Question { point, norm, sides, .. } = question.clone();
        let whole = Rc::new(Domain::new(norm, point, sides, radius));
        Ok(Ready { program: &self.program, question, margins, whole })
    }

    /// The outputs at a point, and the first of the greatest.
    pub fn label(&self, point: &[Rational]) -> usize {
        let entries = self.program.entries(point);
        let outputs: Vec<_> = self.program.outputs.iter().map(|row| row.at(&entries)).collect();
        let better = |best, o| if outputs[o] > outputs[best] { o } else { best };
        (0..outputs.len()).fold(0, better)
    }
}

/// A power of two times 1 or the greatest entry of the point, for l2 its square.
fn far(question: &Question, power: i32) -> Rational {
    let entries = question.point.iter().map(Rational::abs);
    let length = entries.fold(Rational::ONE, Rational::max) * Rational::integer(2).pow(power);
    if question.norm == Norm::L2 { &length * &length } else { length }
}

fn ends(sides: &InputBox) -> impl Iterator<Item = (&Rational, &Rational)> {
    sides.lo().iter().zip(sides.hi())
}

impl Ready<'_> {
    fn cells(&self) -> Cells<'_> {
        Cells { program: self.program, domain: self.whole.clone(), margins: &self.margins }
    }

    /// What attacks believe; see [`attack::believed`].
    pub fn believed(&self, reach: &Rational) -> attack::Believed {
        attack::believed(&self.cells(), reach)
    }

    /// The least output of the label less another one, at the point.
    pub fn margin(&self) -> Rational {
        let entries = self.program.entries(&self.question.point);
        let margins = self.margins.iter().map(|(_, row)| row.at(&entries));
        margins.min().expect("there is another label")
    }

    /// The distance, or bounds of it where `stop`, told the number of nodes so far, says so.
    ///
    /// The scribe is given each proof as it is made.
    pub fn distance(&self, scribe: &mut dyn Scribe, stop: &mut dyn FnMut(u64) -> bool) -> Answer {
        let entries = self.program.entries(&self.question.point);
        let lost = self.margins.iter().find(|(_, row)| !row.at(&entries).is_positive());
        if let Some((other, _)) = lost {
            let point = self.question.point.clone();
            let here = Witness { distance: Rational::ZERO, point, other: *other };
            scribe.begin(Some(&Rational::ZERO), Some(&here));
            scribe.finish();
            return Answer { lower: Some(Rational::ZERO), upper: Some(here), nodes: 0 };
        }
        let upper = attack::proposals(&self.cells()).into_iter().next();
        let mut answer = Answer { lower: Some(Rational::ZERO), upper, nodes: 0 };
        // Without a box, and where gradients lead nowhere, ever larger balls are searched.
        let steps = (0..=FARTHEST).step_by(4).filter(|_| self.question.sides.is_none());
        for power in steps {
            if answer.upper.is_some() || stop(answer.nodes) {
                break;
            }
            let radius = far(&self.question, power);
            self.attempt(&mut answer, u64::MAX, Some(radius), scribe, stop);
        }
        let is_far = answer.lower.as_ref().is_some_and(Rational::is_positive);
        if answer.is_exact() || (answer.upper.is_none() && is_far) {
            return answer;
        }
        // Smaller balls are proved sooner: they are what is left when the time is over.
        let is_large = self.program.units.len() > LARGE || self.question.norm == Norm::L2;
        if is_large {
            self.attempt_ball(&mut answer, &Rational::new(1, 4), scribe, stop);
            self.attempt_ball(&mut answer, &Rational::new(1, 2), scribe, stop);
        }
        // The whole ball takes a few times what half of it took, or very long: then what is proved
        // first leaves less than a tenth open.
        let patience = if is_large { 4 * answer.nodes.max(LEAST_PATIENCE) } else { PATIENCE };
        if self.attempt(&mut answer, patience, None, scribe, stop) {
            return answer;
        }
        let parts = match is_large {
            true => vec![Rational::new(3, 4), Rational::new(29, 32)],
            false => (1..=6).map(|power| Rational::ONE - Rational::new(1, 1 << power)).collect(),
        };
        for part in parts {
            if stop(answer.nodes) || answer.is_exact() {
                return answer;
            }
            self.attempt_ball(&mut answer, &part, scribe, stop);
        }
        if !stop(answer.nodes) {
            self.attempt(&mut answer, u64::MAX, None, scribe, stop);
        }
        answer
    }

    /// Proves that nothing is closer than this part of what was found.
    fn attempt_ball(
        &self,
        answer: &mut Answer,
        part: &Rational,
        scribe: &mut dyn Scribe,
        stop: &mut dyn FnMut(u64) -> bool,
    ) {
        let Some(upper) = &answer.upper else { return };
        let part = if self.question.norm == Norm::L2 { part * part } else { part.clone() };
        let radius = &upper.distance * &part;
        self.attempt(answer, u64::MAX, Some(radius), scribe, stop);
    }

    /// Proves that nothing is closer than the radius, or than what was found; whether it did.
    fn attempt(
        &self,
        answer: &mut Answer,
        patience: u64,
        radius: Option<Rational>,
        scribe: &mut dyn Scribe,
        stop: &mut dyn FnMut(u64) -> bool,
    ) -> bool {
        let mut little = 0;
        loop {
            let found = answer.upper.as_ref().map(|upper| upper.distance.clone());
            let radius = radius.iter().chain(&found).min().cloned();
            let radius = radius.or_else(|| self.whole.radius.clone());
            let Question { point, norm, sides, .. } = self.question.clone();
            let domain = Rc::new(Domain::new(norm, point, sides, radius.clone()));
            scribe.begin(radius.as_ref(), answer.upper.as_ref());
            let (before, nodes) = (answer.nodes, &mut answer.nodes);
            let mut count = |own: u64| {
                *nodes = before + own;
                own > patience || stop(*nodes)
            };
            let cells = Cells { domain, ..self.cells() };
            let mut sink = |step: Step<'_>| scribe.step(&step);
            let mut search = Search::new(cells, &mut sink, &mut count);
            search.little = little;
            let outcome = search.run();
            little = search.little;
            match outcome {
                Outcome::Proved => {
                    scribe.finish();
                    answer.lower = radius;
                    return true;
                }
                Outcome::Nearer(witness) => answer.upper = Some(witness),
                Outcome::Interrupted(witness) => {
                    answer.upper = Some(witness);
                    return false;
                }
                Outcome::Stopped | Outcome::Undecided => return false,
            }
        }
    }
}
