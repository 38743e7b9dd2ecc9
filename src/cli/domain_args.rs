//! Where regions are counted or drawn: a network or a slice of it, and a domain.

use super::error::CliError;
use super::network::Source;
use super::parse_box::{ends, product_of, sides};
use super::slice;
use crate::exact::Rational;
use crate::format::file::NetworkFile;
use crate::net::InputBox;
use crate::net::regions::{Domain, Notion};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use serde::Serialize;
use std::fmt;

/// The network and the domain on the command line.
#[derive(Debug, clap::Args)]
pub struct Place {
    /// The network
    #[command(flatten)]
    pub source: Source,
    /// Only on the flat through some points, in coordinates in which the first point is the origin
    /// and the others are the unit vectors: FILE is a points file
    #[arg(long, value_name = "FILE[#NAME,NAME,..]")]
    pub slice: Option<String>,
    /// Only inside of a box, without its faces: exact numbers, one pair for every side or one for
    /// all; or [LO,HI]^N, or [LO,HI]x[LO,HI]
    #[arg(long = "box", value_name = "LO,HI[,LO,HI,..]", allow_hyphen_values = true)]
    pub sides: Option<String>,
    /// On the whole space, even if the file names a box
    #[arg(long, conflicts_with = "sides")]
    pub whole: bool,
}

/// What is counted: regions of a notion at a place.
#[derive(Debug, clap::Args)]
pub struct Counted {
    /// The network, and where its regions are counted
    #[command(flatten)]
    pub place: Place,
    /// What counts as a region: strict sign patterns (strict), activation regions with (R1) or
    /// without (R2) lower-dimensional ones, affine regions (R4), different affine maps (R6)
    #[arg(long, value_name = "NOTION", default_value = "R2", ignore_case = true,
          value_parser = notion())]
    pub notion: Notion,
}

/// A notion by its short name, in any case.
pub fn notion() -> impl TypedValueParser<Value = Notion> {
    PossibleValuesParser::new(Notion::ALL.map(Notion::name)).map(|name| {
        let named = Notion::ALL.into_iter().find(|n| n.name().eq_ignore_ascii_case(&name));
        named.expect("the parser admits names only")
    })
}

/// The largest dimension of a box all of whose corners may have to be known.
const MOST_SIDES: usize = 12;

/// What a command works on.
pub struct Placed {
    /// The network with its name, on the slice if there is one.
    pub file: NetworkFile,
    /// Where.
    pub domain: Domain,
    /// The same for people and as JSON.
    pub area: Area,
}

/// A domain as it is printed.
#[derive(Clone, Debug, Serialize)]
pub struct Area {
    /// Coordinates.
    pub dimension: usize,
    /// The ends of each side of the box; `None` for the whole space.
    #[serde(rename = "box")]
    pub sides: Option<Vec<[Rational; 2]>>,
    /// Whether the box is the one that the file names.
    pub from_file: bool,
    /// The points that span the slice.
    pub slice: Option<Vec<String>>,
    /// Whether to print that the box is open. It always is; it matters for a notion with regions
    /// that have no interior.
    #[serde(skip)]
    pub is_open: bool,
}

impl Place {
    /// Reads what the command line names.
    pub fn read(&self) -> Result<Placed, CliError> {
        let mut file = self.source.read()?;
        let mut names = None;
        if let Some(slice) = &self.slice {
            let points = slice::points(slice)?;
            names = Some(points.into_iter().map(|point| point.name).collect());
            file = slice::restricted(&file, slice)?;
        }
        let dimension = file.network.input().units();
        let (sides, from_file) = match (&self.sides, &file.domain) {
            (Some(text), _) => (Some(sides(text, Some(dimension))?), false),
            (None, Some(own)) if !self.whole => (Some(own.clone()), true),
            _ => (None, false),
        };
        if let Some(sides) = &sides {
            self.check_ends(sides, from_file)?;
        }
        let (slice, sides_of) = (names, sides.as_ref().map(ends));
        let area = Area { dimension, sides: sides_of, from_file, slice, is_open: false };
        let domain = sides.map_or(Domain::Whole, Domain::Box);
        Ok(Placed { file, domain, area })
    }

    /// What is wrong with the box.
    fn refused(&self, from_file: bool, what: String) -> CliError {
        match from_file {
            true => CliError::file(&self.source.network, what),
            false => CliError::sides(self.sides.as_deref().unwrap_or_default(), what),
        }
    }

    /// Refuses a box without an inside.
    fn check_ends(&self, sides: &InputBox, from_file: bool) -> Result<(), CliError> {
        let mut ends = sides.lo().iter().zip(sides.hi());
        let Some(side) = ends.position(|(lo, hi)| lo == hi) else { return Ok(()) };
        let end = &sides.lo()[side];
        let what = format!("side {side} of the box goes from {end} to {end}: expected LO < HI");
        Err(self.refused(from_file, what))
    }

    /// Refuses a box with too many corners, for those who have to know them.
    pub fn check_corners(&self, area: &Area) -> Result<(), CliError> {
        let n = area.dimension;
        if area.sides.is_none() || n <= MOST_SIDES {
            return Ok(());
        }
        let what = format!(
            "a box with {n} sides has 2^{n} corners, at most 2^{MOST_SIDES} are supported here; \
             count R2 or strict without a journal or a list, or on a slice, or with --whole"
        );
        Err(self.refused(area.from_file, what))
    }
}

impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let n = self.dimension;
        let Some(sides) = &self.sides else {
            return match self.slice {
                Some(_) => write!(f, "all of it"),
                None => write!(f, "all of R^{n}"),
            };
        };
        let open = if self.is_open { "open " } else { "" };
        write!(f, "the {open}box {}", product_of(sides))?;
        match (self.from_file, &self.slice) {
            (true, _) => write!(f, " that its file names"),
            (false, Some(_)) => write!(f, " of its coordinates"),
            (false, None) => Ok(()),
        }
    }
}
