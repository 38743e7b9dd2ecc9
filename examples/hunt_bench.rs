#![allow(dead_code, unused)]
pub use crease::{claim, exact};
#[path = "../src/hunt/mod.rs"]
mod hunt;
#[path = "../tests/hunt/planted.rs"]
mod planted;
#[path = "../tests/hunt/planted_sizes.rs"]
mod planted_sizes;
use claim::{AnyClaim, Target};
use std::time::{Duration, Instant};

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let mode = &args[1];
    let limit: u64 = args[2].parse().unwrap();
    let names = &args[3..];
    std::panic::set_hook(Box::new(|_| {}));
    let all: Vec<&'static dyn AnyClaim> = if mode.contains("cat") {
        crease::catalogue::all().collect()
    } else {
        planted::PLANTED.to_vec()
    };
    let mut found = 0;
    let mut n = 0;
    for claim in all {
        let id = claim.card().id;
        if !names.is_empty() && !names.iter().any(|x| id.contains(x.as_str())) { continue; }
        n += 1;
        let start = Instant::now();
        let timed = mode.contains("time");
        let clock = || start.elapsed().as_micros() as u64;
        let stop = || timed && start.elapsed() > Duration::from_secs(limit);
        if mode.contains("random") {
            let budget = claim::Budget { cases: u32::MAX, seed: 0, stop: &|| start.elapsed() > Duration::from_secs(limit) };
            let verdict = claim.check(Target::Claim, &budget);
            let ok = matches!(verdict, claim::Verdict::Refuted { .. });
            found += ok as u32;
            println!("{id:28} {:6} {:6.1} s  {} cases", if ok { "FOUND" } else { "-" }, start.elapsed().as_secs_f32(), verdict.counts().drawn);
            continue;
        }
        let seeds: u64 = std::env::var("SEED").ok().and_then(|s| s.parse().ok()).unwrap_or(0);
        let mut steps = 0;
        for island in 0..if timed { 1 } else { 4 } {
            let mut isl = hunt::Island::new(claim, Target::Claim, seeds, island);
            let steps_here = if timed { u64::MAX } else { limit / 4 };
            let limits = hunt::Limits { steps: steps_here, stop: &stop, clock: if timed { Some(&clock) } else { None } };
            isl.search(claim, Target::Claim, &limits);
            let f = &isl.finds;
            steps += f.steps;
            let e = start.elapsed().as_secs_f32();
            if let Some(p) = &f.panicked { println!("{id} PANIC at\n{p}"); }
            if let Some(c) = &f.counterexample {
                found += 1;
                println!("{id:28} FOUND  {e:6.1} s  island {island} {} steps met {} kinds {}  {} at {}", f.steps, f.met, f.kept, c.finding, crease::report::compact_case(&c.case, 150));
                break;
            } else if island == 3 || timed {
                println!("{id:28} -      {e:6.1} s  {steps} steps met {} kinds {} tightest {:?}", f.met, f.kept, f.tightest.as_ref().map(|t| t.finding.to_string() + " at " + &crease::report::compact_case(&t.case, 100)));
            }
        }
    }
    println!("found {found} of {n}");
}
