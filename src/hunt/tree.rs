//! A case as data: numbers in lists and records, whatever its type. What a move changes.

use crate::claim::{EMPTY, digest};
use crate::exact::Rational;
use std::collections::BTreeMap;
use toml::{Table, Value};

/// A value of a case.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// A whole number of the file: a size, an index, a small weight.
    Integer(i64),
    /// An exact number, which files hold as a string.
    Number(Rational),
    /// A truth value, or a word.
    Word(Value),
    /// Values in a row.
    List(Vec<Node>),
    /// Named values.
    Record(Vec<(String, Node)>),
    /// The text of a file in JSON.
    Quoted(Box<Node>),
}

/// How large a case is, by kind: whether it is the length of a list, and how much.
pub type Sizes = BTreeMap<u64, (bool, i64)>;

/// How many steps lead from one size to the other: an element more, a whole number more or less.
/// Fewer elements are free; a smaller window has more places.
pub fn steps(from: &Sizes, to: &Sizes) -> i64 {
    to.iter().fold(0i64, |sum, (kind, (is_list, size))| {
        let more = size.saturating_sub(from.get(kind).map_or(0, |(_, size)| *size));
        sum.saturating_add(if *is_list { more.max(0) } else { more.saturating_abs() })
    })
}

/// The way to a value: a number of a child at each step.
pub type Path = Vec<usize>;

/// A value inside a case: the way there, and the names along it, which tell what it is.
#[derive(Clone, Debug)]
pub struct Place {
    /// The way.
    pub path: Path,
    /// Equal for values that differ in indices of lists only.
    pub kind: u64,
}

impl Node {
    /// The case of a text; `None` if it is no table.
    pub fn read(text: &str) -> Option<Self> {
        text.parse::<Table>().ok().map(|table| Self::from(Value::Table(table)))
    }

    /// The text that a claim reads.
    pub fn write(&self) -> String {
        Value::from(self.clone()).as_table().map(Table::to_string).unwrap_or_default()
    }

    /// The values right below this one.
    pub fn children(&self) -> Vec<&Self> {
        match self {
            Self::List(all) => all.iter().collect(),
            Self::Record(all) => all.iter().map(|(_, node)| node).collect(),
            Self::Quoted(inner) => vec![inner],
            _ => Vec::new(),
        }
    }

    /// The value at a place.
    pub fn at(&self, path: &[usize]) -> Option<&Self> {
        path.iter().try_fold(self, |node, step| node.children().get(*step).copied())
    }

    /// The value at a place, to be changed.
    pub fn at_mut(&mut self, path: &[usize]) -> Option<&mut Self> {
        path.iter().try_fold(self, |node, step| match node {
            Self::List(all) => all.get_mut(*step),
            Self::Record(all) => all.get_mut(*step).map(|(_, node)| node),
            Self::Quoted(inner) => Some(&mut **inner),
            _ => None,
        })
    }

    /// Every place below this one that `wanted` picks, in order.
    pub fn places(&self, wanted: impl Fn(&Self) -> bool) -> Vec<Place> {
        let mut all = Vec::new();
        self.walk(&mut Place { path: Vec::new(), kind: EMPTY }, &mut |node, place| {
            if wanted(node) {
                all.push(place.clone());
            }
        });
        all
    }

    /// Visits this value and all below it.
    pub fn walk(&self, place: &mut Place, visit: &mut impl FnMut(&Self, &Place)) {
        visit(self, place);
        let kind = place.kind;
        let mut below = |step: usize, name: &str, node: &Self| {
            place.path.push(step);
            place.kind = digest(kind, name.bytes().chain([0]));
            node.walk(place, visit);
            place.path.pop();
        };
        match self {
            Self::List(all) => all.iter().enumerate().for_each(|(i, node)| below(i, "", node)),
            Self::Record(all) => {
                all.iter().enumerate().for_each(|(i, (name, node))| below(i, name, node));
            }
            Self::Quoted(inner) => below(0, "", inner),
            _ => {}
        }
        place.kind = kind;
    }

    /// Whether it is a number.
    pub fn is_number(&self) -> bool {
        matches!(self, Self::Integer(_) | Self::Number(_))
    }

    /// The number, if it is one.
    pub fn number(&self) -> Option<Rational> {
        match self {
            Self::Integer(n) => Some(Rational::integer(*n)),
            Self::Number(x) => Some(x.clone()),
            _ => None,
        }
    }

    /// Makes this number that one; `None` if it is none, or a whole one that cannot be that.
    pub fn set(&mut self, to: Rational) -> Option<()> {
        match self {
            Self::Integer(n) => {
                *n = i64::try_from(to.wide_integer()?).ok().filter(|n| *n > i64::MIN)?
            }
            Self::Number(x) => *x = to,
            _ => return None,
        }
        Some(())
    }

    /// Replaces every number below by what `f` makes of it.
    pub fn map(&mut self, f: &mut impl FnMut(&Rational) -> Rational) -> Option<()> {
        match self {
            Self::Integer(_) | Self::Number(_) => {
                let to = f(&self.number()?);
                self.set(to)
            }
            Self::Word(_) => Some(()),
            Self::List(all) => all.iter_mut().try_for_each(|node| node.map(f)),
            Self::Record(all) => all.iter_mut().try_for_each(|(_, node)| node.map(f)),
            Self::Quoted(inner) => inner.map(f),
        }
    }

    /// The numbers below, in order.
    pub fn numbers(&self) -> Vec<Rational> {
        let mut all = Vec::new();
        let place = &mut Place { path: Vec::new(), kind: EMPTY };
        self.walk(place, &mut |node, _| all.extend(node.number()));
        all
    }

    /// The lengths of lists and the whole numbers: the most of each kind.
    pub fn sizes(&self) -> Sizes {
        let mut sizes = Sizes::new();
        let mut note = |kind: u64, is_list: bool, size: i64| {
            let most = sizes.entry(kind).or_insert((is_list, size));
            most.1 = size.max(most.1);
        };
        let place = &mut Place { path: Vec::new(), kind: EMPTY };
        self.walk(place, &mut |node, place| match node {
            Self::Integer(n) => note(place.kind, false, *n),
            Self::List(all) => note(place.kind, true, all.len() as i64),
            _ => {}
        });
        sizes
    }
}

impl From<Value> for Node {
    fn from(value: Value) -> Self {
        match value {
            Value::Integer(n) if n > i64::MIN => Self::Integer(n),
            Value::Array(all) => Self::List(all.into_iter().map(Self::from).collect()),
            Value::Table(all) => {
                Self::Record(all.into_iter().map(|(name, v)| (name, Self::from(v))).collect())
            }
            Value::String(text) => match text.parse() {
                Ok(number) => Self::Number(number),
                Err(_) => match serde_json::from_str::<Value>(&text) {
                    Ok(inner @ Value::Table(_)) => Self::Quoted(Box::new(inner.into())),
                    _ => Self::Word(Value::String(text)),
                },
            },
            other => Self::Word(other),
        }
    }
}

impl From<Node> for Value {
    fn from(node: Node) -> Self {
        match node {
            Node::Integer(n) => Self::Integer(n),
            Node::Number(x) => Self::String(x.to_string()),
            Node::Word(value) => value,
            Node::List(all) => Self::Array(all.into_iter().map(Self::from).collect()),
            Node::Record(all) => {
                Self::Table(all.into_iter().map(|(name, v)| (name, Self::from(v))).collect())
            }
            Node::Quoted(inner) => Self::String(
                serde_json::to_string(&Self::from(*inner)).expect("numbers, lists and words"),
            ),
        }
    }
}
