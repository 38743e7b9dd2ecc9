//! `count --out`: every region as a line of JSON.

use super::error::CliError;
use super::files;
use crate::engines::complex::Complex;
use crate::exact::Rational;
use crate::exact::linear::Matrix;
use crate::net::regions::{Cells, Domain};
use crate::net::{Form, Network};
use crate::properties::{Region, for_each_region};
use serde::Serialize;
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

/// The most dimensions in which volumes are computed.
const VOLUMES: usize = 4;

/// What to write where.
pub struct Listing {
    /// The file.
    pub path: PathBuf,
    /// Whether to say which regions share a facet.
    pub adjacency: bool,
    /// Stop when this many regions are written.
    pub limit: u64,
    /// The most regions whose neighbours are known at a time.
    pub in_memory: usize,
}

/// One region, as JSON prints it.
#[derive(Serialize)]
struct Line<'a> {
    index: u64,
    pattern: &'a [Vec<usize>],
    point: &'a [Rational],
    halfspaces: Vec<HalfSpace<'a>>,
    map: Map<'a>,
    bounded: bool,
    volume: Option<Rational>,
    #[serde(skip_serializing_if = "Option::is_none")]
    neighbours: Option<&'a [usize]>,
}

/// Where `coefficients . x + constant > 0`.
#[derive(Serialize)]
struct HalfSpace<'a> {
    coefficients: &'a [Rational],
    constant: &'a Rational,
}

#[derive(Serialize)]
struct Map<'a> {
    matrix: Vec<&'a [Rational]>,
    offset: &'a [Rational],
}

impl Listing {
    /// Writes the regions of the network; how many, and whether those are all.
    pub fn write(
        &self,
        network: &Network,
        domain: &Domain,
        stop: &AtomicBool,
    ) -> Result<(u64, bool), CliError> {
        let neighbours =
            if self.adjacency { Some(self.neighbours(network, domain)?) } else { None };
        let mut out = files::create(&self.path)?;
        let (mut index, mut result) = (0, Ok(()));
        let all = for_each_region(network, domain, |region| {
            let known = neighbours.as_ref().map(|all| &*all[index as usize]);
            result = write(&mut out, index, &region, known);
            index += 1;
            match result.is_ok() && index < self.limit && !stop.load(Ordering::Relaxed) {
                true => ControlFlow::Continue(()),
                false => ControlFlow::Break(()),
            }
        });
        let failed = CliError::at(&self.path);
        result.and_then(|()| out.finish()).map_err(failed)?;
        Ok((index, all))
    }

    /// For every region, those that it shares a facet with.
    fn neighbours(&self, network: &Network, domain: &Domain) -> Result<Vec<Vec<usize>>, CliError> {
        let limit = self.in_memory;
        let complex = Complex::of(&Cells::in_inputs(network, domain), limit).ok_or_else(|| {
            let what = format!("neighbours are known of at most {limit} regions, there are more");
            CliError::file(&self.path, what)
        })?;
        let mut neighbours = vec![Vec::new(); complex.cells.len()];
        for &(a, b) in &complex.adjacent {
            neighbours[a].push(b);
            neighbours[b].push(a);
        }
        neighbours.iter_mut().for_each(|list| list.sort_unstable());
        Ok(neighbours)
    }
}

fn write(
    out: &mut impl Write,
    index: u64,
    region: &Region,
    neighbours: Option<&[usize]>,
) -> io::Result<()> {
    let matrix: &Matrix = &region.map.matrix;
    let line = Line {
        index,
        pattern: &region.pattern.layers,
        point: &region.point,
        halfspaces: region.facets.iter().map(half_space).collect(),
        map: Map {
            matrix: (0..matrix.rows()).map(|i| matrix.row(i)).collect(),
            offset: &region.map.offset,
        },
        bounded: region.bounded,
        volume: if region.point.len() <= VOLUMES { region.volume() } else { None },
        neighbours,
    };
    serde_json::to_writer(&mut *out, &line)?;
    out.write_all(b"\n")
}

fn half_space(Form { coefficients, constant }: &Form) -> HalfSpace<'_> {
    HalfSpace { coefficients, constant }
}
