//! The previous-layer units each pre-activation depends on.
//!
//! If all of them vanish at a point, so does the pre-activation, and no arithmetic is needed to
//! know it. In a convolution this is common.

use super::machine_int::Entry;
use super::program::Step;

/// The units that a form is a linear combination of, whatever the weights.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Origin {
    /// Whether the constant form one takes part.
    constant: bool,
    /// Units of the stage before, in order.
    units: Vec<u32>,
}

/// The origin of the form of each split of a stage; `None` if it depends on more than the units of
/// the previous stage.
type Stage = Vec<Option<Origin>>;

/// The origins of the forms of every stage.
#[derive(Clone, Debug)]
pub(super) struct Origins<T> {
    stages: Vec<Stage>,
    /// For each stage, whether every form depends on all units of the stage before, or on more.
    dense: Vec<bool>,
    /// For each stage, the step that decides it.
    decisions: Vec<Step<T>>,
}

impl<T: Entry> Origins<T> {
    /// Follows the steps of a program whose signal begins with `inputs` units.
    pub fn new(steps: &[Step<T>], inputs: usize) -> Self {
        let mut signal: Stage = vec![None; inputs];
        let mut kept: Vec<Stage> = Vec::new();
        let (mut stages, mut dense, mut decisions) = (Vec::new(), Vec::new(), Vec::new());
        let mut units = inputs;
        for step in steps {
            match step {
                Step::Affine { constants, terms } => {
                    let of = |o: usize| affine(&signal, !constants[o].is_zero(), o, terms);
                    signal = (0..constants.len()).map(of).collect();
                }
                Step::Pieces { .. } | Step::Greatest(_) => {
                    let reads_all = |origin: &Origin| origin.units.len() == units;
                    dense.push(signal.iter().flatten().all(reads_all));
                    // Between the entries of a window, differences decide.
                    stages.push(match step {
                        Step::Greatest(windows) => vec![None; windows.len()],
                        Step::Pieces { levels, .. } if levels.iter().any(|x| !x.is_zero()) => {
                            // What is asked is the unit less a level.
                            let level = Some(Origin { constant: true, units: Vec::new() });
                            signal.iter().map(|own| union([own, &level])).collect()
                        }
                        _ => signal.clone(),
                    });
                    decisions.push(step.clone());
                    signal = after(step, signal.len());
                    units = signal.len();
                    kept.iter_mut().flatten().for_each(|origin| *origin = None);
                }
                Step::Keep => kept.push(signal.clone()),
                Step::Add(_) => {
                    let other = kept.pop().expect("a signal was kept");
                    signal = signal.iter().zip(&other).map(|(a, b)| union([a, b])).collect();
                }
                Step::Other => {
                    let other = kept.last().expect("a signal was kept").clone();
                    let place = kept.len() - 1;
                    kept.insert(place, std::mem::replace(&mut signal, other));
                }
                Step::Join(factors) => {
                    kept.pop();
                    let made = kept.split_off(kept.len() + 1 - factors.len());
                    signal = made.into_iter().flatten().chain(signal).collect();
                }
            }
        }
        Self { stages, dense, decisions }
    }

    /// Whether some form of a stage may depend on no more than `most` units of the previous one,
    /// which is decided by `choices`.
    pub fn are_few(&self, stage: usize, choices: &[u32], most: usize) -> bool {
        match stage.checked_sub(1).map(|before| &self.decisions[before]) {
            Some(Step::Pieces { pieces, .. }) if self.dense[stage] => {
                let live = choices.iter().filter(|&&choice| !pieces[choice as usize].0.is_zero());
                live.take(most + 1).count() <= most
            }
            before => before.is_some(),
        }
    }

    /// Adds to `parts` the units of the previous stage, decided by `choices`, that unit `unit` of
    /// `stage` depends on. Says whether the constant takes part.
    ///
    /// `None` if the unit depends on anything else, or on more than `most` units.
    pub fn of(
        &self,
        stage: usize,
        unit: usize,
        choices: &[u32],
        most: usize,
        parts: &mut Vec<u32>,
    ) -> Option<bool> {
        let origin = self.stages[stage][unit].as_ref()?;
        let Step::Pieces { levels, pieces, .. } = &self.decisions[stage.checked_sub(1)?] else {
            return None;
        };
        let (mut constant, before) = (origin.constant, parts.len());
        for &unit in &origin.units {
            let (slope, offset) = &pieces[choices[unit as usize] as usize];
            constant |= !offset.is_zero();
            if !slope.is_zero() {
                constant |= !levels[0].is_zero();
                parts.push(unit);
                if parts.len() - before > most {
                    return None;
                }
            }
        }
        Some(constant)
    }
}

/// The origins of the units after a decided step: each depends on its own form, if it has one.
fn after<T>(step: &Step<T>, units: usize) -> Stage {
    match step {
        Step::Pieces { levels, .. } if levels.len() == 1 => (0..units as u32)
            .map(|unit| Some(Origin { constant: false, units: vec![unit] }))
            .collect(),
        Step::Greatest(windows) => vec![None; windows.len()],
        _ => vec![None; units],
    }
}

fn affine<T>(signal: &Stage, constant: bool, o: usize, terms: &[(u32, u32, T)]) -> Option<Origin> {
    let begin = terms.partition_point(|term| (term.0 as usize) < o);
    let terms = terms[begin..].iter().take_while(|term| term.0 as usize == o);
    let own = Some(Origin { constant, units: Vec::new() });
    union(terms.map(|term| &signal[term.1 as usize]).chain([&own]))
}

fn union<'o>(parts: impl IntoIterator<Item = &'o Option<Origin>>) -> Option<Origin> {
    let mut sum = Origin { constant: false, units: Vec::new() };
    for part in parts {
        let part = part.as_ref()?;
        sum.constant |= part.constant;
        sum.units.extend_from_slice(&part.units);
    }
    sum.units.sort_unstable();
    sum.units.dedup();
    Some(sum)
}
