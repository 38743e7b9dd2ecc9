//! How many regions there are.

use crate::convert::{domain, refused};
use crate::network::Network;
use crate::work::{Limits, Seconds, Watch, run};
use crease::engines::descent::descend;
use crease::engines::{Engine, Goal, Plan};
use crease::geometry::double_description::Progress;
use crease::net;
use crease::net::regions::{Domain, Notion};
use pyo3::prelude::*;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::thread;

/// Cells that one thread walks before the work is divided.
const FEW_CELLS: u64 = 20_000;
/// Parts of divided work, at least, and for each thread.
const PARTS: u64 = 64;
/// Cells that R4 keeps in memory.
const IN_MEMORY: usize = 1_000_000;
/// The largest dimension of a box all of whose corners have to be known.
const MOST_SIDES: usize = 12;

/// The count, and whether it is complete; if not, it is a lower bound.
#[pyfunction]
#[pyo3(signature = (net, sides, notion, time, threads, progress))]
pub fn count(
    py: Python<'_>,
    net: &Network,
    sides: Option<&Bound<'_, PyAny>>,
    notion: &str,
    time: Option<Seconds>,
    threads: Option<usize>,
    progress: Option<Bound<'_, PyAny>>,
) -> PyResult<(u64, bool)> {
    let (domain, notion) = (domain(sides, net.inputs())?, named(notion)?);
    if !notion.has_tally() {
        check_corners(&domain)?;
    }
    let cores = || thread::available_parallelism().map_or(1, usize::from);
    let threads = threads.unwrap_or_else(cores).clamp(1, 1024);
    let (limits, file) = (Limits::new(time, progress)?, net.0.clone());
    let job = move |watch: &Watch| counted(&file.network, &domain, notion, threads, watch);
    run(py, &limits, job)?.unwrap_or(Ok((0, false))).map_err(refused)
}

fn named(name: &str) -> PyResult<Notion> {
    let found = Notion::ALL.into_iter().find(|n| n.name().eq_ignore_ascii_case(name));
    let names = Notion::ALL.map(Notion::name).join(", ");
    found.ok_or_else(|| refused(format!("notion: expected one of {names}, found {name:?}")))
}

/// Refuses a box with too many corners, for those who have to know them.
pub fn check_corners(domain: &Domain) -> PyResult<()> {
    match domain {
        Domain::Box(sides) if sides.lo().len() > MOST_SIDES => {
            let n = sides.lo().len();
            Err(refused(format!(
                "box: with {n} sides it has 2^{n} corners, at most 2^{MOST_SIDES} are supported \
                 here; count the notion R2 or strict, or without a box"
            )))
        }
        _ => Ok(()),
    }
}

fn counted(
    network: &net::Network,
    domain: &Domain,
    notion: Notion,
    threads: usize,
    watch: &Watch,
) -> Result<(u64, bool), String> {
    let plan = Plan::new(network, domain, notion, Goal::Total);
    match (plan.engine, notion) {
        (Engine::Descent, _) => {
            let (tally, ended) =
                descend(&plan.cells, domain, |cells| match watch.stops_at(cells) {
                    true => ControlFlow::Break(()),
                    false => ControlFlow::Continue(()),
                });
            Ok((notion.of(tally), ended))
        }
        (_, Notion::R4) => match plan.cells.affine_regions(IN_MEMORY) {
            Some(regions) => Ok((regions as u64, true)),
            None => Err(format!(
                "R4 keeps all cells in memory, and there are more than {IN_MEMORY}: count R2 or \
                 R6, or in a smaller box"
            )),
        },
        (_, Notion::R6) => {
            Ok(plan.cells.count(notion, &[], Progress { limit: u64::MAX, stop: Some(&watch.stop) }))
        }
        (Engine::Restriction, _) if let Some(regions) = plan.restricted(usize::MAX) => {
            Ok((regions, true))
        }
        _ => Ok(walked(&plan, threads, watch)),
    }
}

/// The walk: alone while it is short, then its parts side by side.
fn walked(plan: &Plan, threads: usize, watch: &Watch) -> (u64, bool) {
    let few = Progress { limit: FEW_CELLS, stop: Some(&watch.stop) };
    let (first, ended) = plan.cells.count(plan.notion, &[], few);
    let least = PARTS.max(8 * threads as u64);
    if ended || watch.stops_at(first) {
        return (first, ended);
    }
    let Some(parts) = plan.cells.parts(plan.notion, least, &watch.stop) else {
        return (first, false);
    };
    let (next, found, all) = (AtomicUsize::new(0), AtomicU64::new(0), AtomicBool::new(true));
    let work = || {
        while let Some(part) = parts.get(next.fetch_add(1, Ordering::Relaxed)) {
            let progress = Progress { limit: u64::MAX, stop: Some(&watch.stop) };
            let (regions, ended) = plan.cells.count(plan.notion, part, progress);
            let sum = found.fetch_add(regions, Ordering::Relaxed) + regions;
            all.fetch_and(ended, Ordering::Relaxed);
            watch.stops_at(sum);
        }
    };
    thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(work);
        }
        work();
    });
    let (found, all) = (found.into_inner(), all.into_inner());
    (if all { found } else { found.max(first) }, all)
}
