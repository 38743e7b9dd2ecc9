//! The statement of a conjecture: read, asked of shapes and of networks, and as a claim.

use super::super::error::CliError;
use super::super::select::Listed;
use crate::approximate::{Comparison, Why};
use crate::claim::{Card, Cases, Finding, Relation, Stated, Undecided};
use crate::counting::Stack;
use crate::generators::layer_chains::{Stacked, Stacking};
use crate::generators::quantities::{self, Known, names};
use crate::generators::stacks::networks;
use crate::net::Network;
use std::sync::{Arc, OnceLock};

/// A comparison of quantities of stacks with some number of layers.
pub struct Statement {
    /// As it was typed.
    pub text: &'static str,
    /// The left side as it was typed.
    pub left: &'static str,
    /// How the sides compare.
    pub relation: Relation,
    comparison: Comparison,
    /// Names, and whether they are measured on networks.
    names: Vec<(String, bool)>,
}

/// What no expression asks for.
const NOT_ASKED: Why = Why::Undefined("a quantity that is not asked for");

impl Statement {
    /// Reads a statement. It lives as long as the program, which asks about one.
    pub fn read(text: &str, layers: usize) -> Result<Self, CliError> {
        let names = names(layers);
        let words: Vec<_> = names.iter().map(|(name, _)| name.clone()).collect();
        let comparison = Comparison::parse(text, &words)
            .map_err(|error| CliError::argument(format!("\"{text}\""), error))?;
        let relation = match comparison.sign {
            "<=" => Relation::AtMost,
            ">=" => Relation::AtLeast,
            "<" => Relation::Below,
            ">" => Relation::Above,
            _ => Relation::Equal,
        };
        let left = comparison.left.to_string().leak();
        Ok(Self { text: text.trim().to_owned().leak(), left, relation, comparison, names })
    }

    /// Whether networks have to be looked at.
    pub fn is_measured(&self) -> bool {
        self.measured().next().is_some()
    }

    /// The indices of the quantities that are measured on networks.
    fn measured(&self) -> impl Iterator<Item = usize> {
        self.comparison.quantities().into_iter().filter(|index| self.names[*index].1)
    }

    /// What is known of a shape.
    fn of_shape(&self, stack: &Stack) -> Vec<Known> {
        let used = self.comparison.quantities();
        let value = |(index, (name, is_measured)): (usize, &(String, bool))| match used
            .contains(&index)
            && !is_measured
        {
            true => quantities::of_shape(stack, name),
            false => Err(NOT_ASKED),
        };
        self.names.iter().enumerate().map(value).collect()
    }

    /// The measured quantities of a network, with their names.
    pub fn measure(&self, network: &Network) -> Vec<(&str, Known)> {
        let value = |index: usize| {
            let name = &*self.names[index].0;
            (name, quantities::of_network(network, name))
        };
        self.measured().map(value).collect()
    }

    fn finding(&self, known: &[Known]) -> Result<Finding, Why> {
        Ok(Finding {
            quantity: self.left,
            found: self.comparison.left.computed(known)?,
            relation: self.relation,
            bound: self.comparison.right.computed(known)?,
        })
    }

    /// Both sides for a shape, where nothing is measured.
    pub fn decide(&self, stack: &Stack) -> Result<Finding, Why> {
        self.finding(&self.of_shape(stack))
    }

    /// Both sides for a network of which its shape is known.
    fn ask(&self, shape: &[Known], network: &Network) -> Result<Finding, Why> {
        let mut known = shape.to_vec();
        for index in self.measured() {
            known[index] = quantities::of_network(network, &self.names[index].0);
        }
        self.finding(&known)
    }
}

/// The statement about networks of these shapes, as a claim. It lives as long as the program.
pub fn claim(statement: Arc<Statement>, shapes: Vec<Stacking>) -> Listed {
    let shapes = Arc::new(shapes);
    let (drawn, admitted) = (shapes.clone(), shapes.clone());
    let known: Vec<OnceLock<Vec<Known>>> = shapes.iter().map(|_| OnceLock::new()).collect();
    let text = statement.text;
    let place = |shapes: &[Stacking], case: &Stacked| {
        let own = case.stacking();
        shapes.iter().position(|shape| *shape == own)
    };
    let conclusion = move |case: &Stacked| {
        let index = place(&shapes, case).ok_or(Undecided("another shape"))?;
        let shape = known[index].get_or_init(|| statement.of_shape(&shapes[index].stack()));
        statement.ask(shape, &case.network()).map_err(|why| Undecided(why.words()))
    };
    let well_formed = move |case: &Stacked| {
        case.check()?;
        let is_one = place(&admitted, case).is_some();
        if is_one { Ok(()) } else { Err("the network has another shape".to_owned()) }
    };
    Box::leak(Box::new(Stated {
        card: Card::conjecture("conjecture/typed", text),
        statement: text,
        cases: Box::new(move || Cases::of(networks(&drawn))),
        conclusion: Box::new(conclusion),
        well_formed: Box::new(well_formed),
    }))
}
