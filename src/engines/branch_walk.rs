//! The walk over the cells of a network by linear programs, value by value.

use crate::exact::Rational;
use crate::geometry::Form;
use crate::geometry::double_description::Tally;
use crate::lp::Feasibility;
use crate::net::{Circuit, Linear as _, Value};
use crate::split_tree::Node;
use std::io;

/// Finds a point where all of these forms are positive, or Farkas multipliers, one a form, against
/// one. The forms are [primitive](Form::primitive). Consecutive calls differ in the last few forms.
pub type Decide<'a> = &'a mut dyn FnMut(&[Form]) -> Feasibility;

/// One branch of a value: the form it gives, and the forms that are positive where it is taken.
struct Branch {
    value: Form,
    rows: Vec<Form>,
    /// A point of it, on the path.
    point: Vec<Rational>,
}

/// A value with several branches on the path, those still to be visited in reverse order.
struct Choice {
    left: Vec<Branch>,
    values: usize,
    rows: usize,
    ties: usize,
}

/// Visits the split tree in preorder, where the [primitive](Form::primitive) forms `rows` are
/// positive. The values of the circuit are decided in their order, as [`Node`] requires.
///
/// Returns the counts up to the end of the walk, or up to the first error. Cost: one linear program
/// for each branch that the point of the path does not lie in. Memory: one path. Errors: those of
/// `visit`, and a domain without an interior.
pub fn walk(
    circuit: &Circuit,
    rows: Vec<Form>,
    decide: Decide<'_>,
    visit: &mut dyn FnMut(Node<'_>) -> io::Result<()>,
) -> (Tally, io::Result<()>) {
    let mut counts = Tally::default();
    let ended = count(circuit, rows, decide, visit, &mut counts);
    (counts, ended)
}

fn count(
    circuit: &Circuit,
    mut rows: Vec<Form>,
    decide: Decide<'_>,
    visit: &mut dyn FnMut(Node<'_>) -> io::Result<()>,
    counts: &mut Tally,
) -> io::Result<()> {
    let inputs = circuit.inputs;
    let mut forms = Form::inputs(inputs);
    forms.insert(0, forms[0].constant(&Rational::ONE));
    let mut point = match decide(&rows) {
        Feasibility::Point(point) => point,
        Feasibility::Farkas(_) => {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "the box has no interior"));
        }
    };
    let (mut choices, mut ties) = (Vec::<Choice>::new(), 0);
    loop {
        while let Some(value) = circuit.values.get(forms.len() - 1 - inputs) {
            let Options { mut branches, is_tied, is_choice } = options(value, &forms);
            if !is_choice {
                forms.push(branches.remove(0).0);
                continue;
            }
            let mut choice =
                Choice { left: Vec::new(), values: forms.len(), rows: rows.len(), ties };
            ties += usize::from(is_tied);
            if branches.len() == 1 {
                visit(Node::Settled)?;
            }
            let (left, marks) = taken(branches, &mut rows, &point, decide);
            choice.left = left;
            match marks.iter().all(Option::is_none) {
                true if marks.len() == 1 => {}
                true => visit(Node::Split)?,
                false => visit(Node::Keeps(&marks))?,
            }
            choice.left.reverse();
            let first = choice.left.pop().expect("the point lies in some branch or on its border");
            choices.push(choice);
            rows.extend(first.rows);
            forms.push(first.value);
            point = first.point;
        }
        counts.cells += 1;
        counts.strict += u64::from(ties == 0);
        visit(Node::Cell(&point))?;
        let next = loop {
            let Some(choice) = choices.last_mut() else { return Ok(()) };
            rows.truncate(choice.rows);
            forms.truncate(choice.values);
            match choice.left.pop() {
                Some(branch) => break branch,
                None => {
                    ties = choice.ties;
                    choices.pop();
                }
            }
        };
        rows.extend(next.rows);
        forms.push(next.value);
        point = next.point;
    }
}

/// The branches that occur on the path with these rows and this point, and why the others do not.
fn taken(
    branches: Vec<(Form, Vec<Form>)>,
    rows: &mut Vec<Form>,
    point: &[Rational],
    decide: Decide<'_>,
) -> (Vec<Branch>, Vec<Option<Vec<Rational>>>) {
    let (mut taken, mut marks) = (Vec::new(), Vec::with_capacity(branches.len()));
    let before = rows.len();
    for (value, branch) in branches {
        rows.extend(branch.iter().map(Form::primitive));
        let is_here = rows[before..].iter().all(|row| row.eval(point).is_positive());
        let found = if is_here { Feasibility::Point(point.to_vec()) } else { decide(rows) };
        let rows = rows.split_off(before);
        match found {
            Feasibility::Point(point) => {
                taken.push(Branch { value, rows, point });
                marks.push(None);
            }
            Feasibility::Farkas(multipliers) => marks.push(Some(multipliers)),
        }
    }
    (taken, marks)
}

/// The branches of a value that no identity excludes.
struct Options {
    branches: Vec<(Form, Vec<Form>)>,
    /// Whether a form that decides vanishes identically.
    is_tied: bool,
    /// Whether the tree has a node for this value.
    is_choice: bool,
}

fn options(value: &Value, forms: &[Form]) -> Options {
    let mut options = Options { branches: Vec::new(), is_tied: false, is_choice: true };
    match value {
        Value::Sum(terms) => {
            let mut sum = forms[0].constant(&Rational::ZERO);
            terms.iter().for_each(|(i, weight)| sum.add_scaled(weight, &forms[*i]));
            options.branches.push((sum, Vec::new()));
            options.is_choice = false;
        }
        Value::Bend(source, activation) => {
            let (form, kinks) = (&forms[*source], activation.breakpoints());
            // Above the kink at the left end, below that at the right end; on a kink, left of it.
            let above = |kink: &Rational| {
                let mut above = form.clone();
                above.constant -= kink;
                above
            };
            for piece in 0..=kinks.len() {
                let left = piece.checked_sub(1).map(|p| (above(&kinks[p]), false));
                let right = kinks.get(piece).map(|kink| {
                    let mut below = forms[0].constant(&Rational::ZERO);
                    below.subtract(&above(kink));
                    (below, true)
                });
                let ends = left.into_iter().chain(right).collect();
                options.offer(activation.apply(piece, form), ends);
            }
            options.is_choice = !kinks.is_empty();
        }
        Value::Max(sources) => {
            for &taken in sources {
                let others = sources.iter().filter(|other| **other != taken).map(|&other| {
                    let mut lead = forms[taken].clone();
                    lead.subtract(&forms[other]);
                    (lead, taken < other)
                });
                options.offer(forms[taken].clone(), others.collect());
            }
            options.is_choice = sources.len() > 1;
        }
    }
    options
}

impl Options {
    /// Adds a branch unless an identity excludes it: a form that vanishes is met or not, as the
    /// flag says.
    fn offer(&mut self, value: Form, ends: Vec<(Form, bool)>) {
        self.is_tied |= ends.iter().any(|(form, _)| form.is_zero());
        if ends.iter().any(|(form, is_met)| form.is_zero() && !is_met) {
            return;
        }
        let rows = ends.into_iter().filter(|(form, _)| !form.is_zero());
        self.branches.push((value, rows.map(|(form, _)| form).collect()));
    }
}
