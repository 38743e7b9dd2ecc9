//! The neighbours of a case: texts that differ from it in one place, and what is said of them.
//!
//! Drawn cases are well formed, so a run alone never meets the conditions of `well_formed` and
//! seldom both sides of a hypothesis. Neighbours of one case meet them all, for every claim alike.

use super::verdict::{EMPTY, digest};
use super::{AnyClaim, Record, ReplayError, Target, Tightest, Verdict};
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use toml::{Table, Value};

/// An integer is raised and lowered up to this, in search of the first that is refused.
const LARGEST: i64 = 1 << 16;
/// A list is made at most this long, in search of the first length that is refused.
const LONGEST: i64 = 1 << 7;
/// Cases of a claim whose limits are looked for.
const FEW: usize = 2;

/// What was said of the neighbours of some cases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edited {
    /// How many there were.
    pub asked: usize,
    /// How many were refused, with a sentence.
    pub refused: usize,
    /// A digest of the answers: the reason, or the hypotheses that are not met and both sides of
    /// the conclusion.
    pub digest: u64,
    /// The neighbours at which a claim panicked, a text each.
    pub panics: Vec<String>,
}

impl Default for Edited {
    fn default() -> Self {
        Self { asked: 0, refused: 0, digest: EMPTY, panics: Vec::new() }
    }
}

impl Edited {
    /// Notes an answer: a refusal, or what was found.
    pub fn note(&mut self, answer: &Result<String, String>) {
        self.asked += 1;
        self.refused += usize::from(answer.is_err());
        self.digest = digest(self.digest, format!("{answer:?}").into_bytes());
    }

    /// What a claim says of the neighbours of the cases that a run shows: the closest call or the
    /// counterexample, and the counterexample of each twin.
    pub fn of(claim: &dyn AnyClaim, record: &Record) -> Self {
        let mut edited = Self::default();
        let twins = record.twins.iter().map(|twin| (Target::Twin(twin.card.name), &twin.verdict));
        let verdicts = std::iter::once((Target::Claim, &record.verdict)).chain(twins);
        for (index, (target, verdict)) in verdicts.enumerate() {
            match verdict {
                // Limits are those of the claim: a few cases show all of them.
                Verdict::Holds { tightest: Tightest { case, .. }, .. }
                | Verdict::Refuted { case, .. } => edited.ask(claim, target, case, index < FEW),
                Verdict::Vacuous { .. } | Verdict::Unfinished { .. } => {}
            }
        }
        edited
    }

    /// Asks a claim, or one of its twins, about every neighbour of a case given as TOML, and
    /// perhaps where the limits of its numbers and lists are.
    fn ask(&mut self, claim: &dyn AnyClaim, target: Target<'_>, case: &str, limits: bool) {
        let Ok(table) = case.parse::<Table>() else { return };
        let mut places = Vec::new();
        places_of(&Value::Table(table.clone()), &mut Vec::new(), &mut places);
        for place in &ends_of_each_kind(places) {
            for neighbour in neighbours(&table, place) {
                self.replay(claim, target, &neighbour.to_string());
            }
            let extends = [(up as Extend, LARGEST), (down, LARGEST), (longer, LONGEST)];
            for (extend, most) in extends.into_iter().filter(|_| limits) {
                let at = |by: i64| extend(&table, place, by).map(|table| table.to_string());
                self.limit(claim, at, most);
            }
        }
    }

    /// Replays a neighbour. A panic is a fault of the claim: it lets a case pass as well formed of
    /// which it cannot ask.
    fn replay(&mut self, claim: &dyn AnyClaim, target: Target<'_>, case: &str) {
        match catch_unwind(AssertUnwindSafe(|| claim.replay(target, case))) {
            Ok(replayed) => {
                self.note(&replayed.map(|r| format!("{r:?}")).map_err(|e| e.to_string()));
            }
            Err(_) => {
                self.panics.push(format!("{}, {target:?}, panics at\n{case}", claim.card().id))
            }
        }
    }

    /// Notes the first step, counted from one, at which a case is refused, and why.
    fn limit(&mut self, claim: &dyn AnyClaim, at: impl Fn(i64) -> Option<String>, most: i64) {
        let refusal = |by: i64| -> Option<ReplayError> { claim.admits(&at(by)?).err() };
        let (mut good, mut bad) = (0, most);
        if at(1).is_none() {
            return;
        }
        let Some(mut why) = refusal(bad) else {
            return self.note(&Ok("no limit".to_owned()));
        };
        while bad - good > 1 {
            let middle = good + (bad - good) / 2;
            match refusal(middle) {
                Some(error) => (bad, why) = (middle, error),
                None => good = middle,
            }
        }
        self.note(&Err(format!("{bad}: {why}")));
    }
}

impl fmt::Display for Edited {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { asked, refused, digest, panics } = self;
        match panics.first() {
            None => write!(f, "{asked} asked, {refused} refused, digest {digest:016x}"),
            Some(panic) => write!(f, "bug: {panic}"),
        }
    }
}

/// The way to a value inside a table.
type Place = Vec<Step>;

#[derive(Clone, Debug)]
enum Step {
    Key(String),
    Index(usize),
}

/// The places of all values below this one, lists and what is in them.
fn places_of(value: &Value, here: &mut Place, all: &mut Vec<Place>) {
    if !here.is_empty() {
        all.push(here.clone());
    }
    let steps: Vec<(Step, &Value)> = match value {
        Value::Table(table) => table.iter().map(|(k, v)| (Step::Key(k.clone()), v)).collect(),
        Value::Array(list) => list.iter().enumerate().map(|(i, v)| (Step::Index(i), v)).collect(),
        _ => Vec::new(),
    };
    for (step, value) in steps {
        here.push(step);
        places_of(value, here, all);
        here.pop();
    }
}

/// Of the places that differ in indices only, the first and the last.
fn ends_of_each_kind(places: Vec<Place>) -> Vec<Place> {
    let kind = |place: &Place| -> Vec<Option<String>> {
        let keys = place.iter().map(|step| match step {
            Step::Key(key) => Some(key.clone()),
            Step::Index(_) => None,
        });
        keys.collect()
    };
    let kinds: Vec<_> = places.iter().map(kind).collect();
    let is_end = |index: usize| {
        let same = |other: &Vec<Option<String>>| *other == kinds[index];
        !kinds[..index].iter().any(same) || !kinds[index + 1..].iter().any(same)
    };
    let places = places.into_iter().enumerate();
    places.filter(|(index, _)| is_end(*index)).map(|(_, place)| place).collect()
}

fn at<'a>(table: &'a mut Table, place: &[Step]) -> Option<&'a mut Value> {
    let (Step::Key(key), rest) = place.split_first()? else { return None };
    rest.iter().try_fold(table.get_mut(key)?, |value, step| match step {
        Step::Key(key) => value.as_table_mut()?.get_mut(key),
        Step::Index(index) => value.as_array_mut()?.get_mut(*index),
    })
}

fn changed(
    table: &Table,
    place: &Place,
    change: impl FnOnce(&mut Value) -> Option<()>,
) -> Option<Table> {
    let mut table = table.clone();
    change(at(&mut table, place)?)?;
    Some(table)
}

/// The tables that differ in this place.
fn neighbours(table: &Table, place: &Place) -> Vec<Table> {
    let original = at(&mut table.clone(), place).cloned();
    let others = match original {
        Some(Value::Integer(n)) => {
            let others = [Some(0), n.checked_neg(), n.checked_add(1), n.checked_sub(1)];
            others.into_iter().flatten().map(Value::Integer).collect()
        }
        Some(Value::String(text)) => {
            let negative = text.strip_prefix('-').map_or_else(|| format!("-{text}"), str::to_owned);
            [negative, "0".to_owned(), format!("{text}0"), text + "/2"].map(Value::String).to_vec()
        }
        Some(Value::Boolean(truth)) => vec![Value::Boolean(!truth)],
        Some(Value::Array(list)) => {
            let shorter = list[..list.len().saturating_sub(1)].to_vec();
            let doubled = list.last().map(|last| [&list[..], std::slice::from_ref(last)].concat());
            let reversed = list.iter().rev().cloned().collect();
            let others = [Some(Vec::new()), Some(shorter), doubled, Some(reversed)];
            others.into_iter().flatten().map(Value::Array).collect()
        }
        _ => Vec::new(),
    };
    others
        .into_iter()
        .filter_map(|other| {
            changed(table, place, |value| (*value != other).then(|| *value = other))
        })
        .collect()
}

/// The table with this place changed by so many steps, if it can be.
type Extend = fn(&Table, &Place, i64) -> Option<Table>;

/// The table with this number raised.
fn up(table: &Table, place: &Place, by: i64) -> Option<Table> {
    changed(table, place, |value| {
        *value = Value::Integer(value.as_integer()?.checked_add(by)?);
        Some(())
    })
}

/// The table with this number lowered.
fn down(table: &Table, place: &Place, by: i64) -> Option<Table> {
    up(table, place, -by)
}

/// The table with the last element of this list repeated.
fn longer(table: &Table, place: &Place, by: i64) -> Option<Table> {
    changed(table, place, |value| {
        let list = value.as_array_mut()?;
        let last = list.last()?.clone();
        let length = list.len() + usize::try_from(by).ok()?;
        list.resize(length, last);
        Some(())
    })
}
