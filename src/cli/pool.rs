//! The thread pool of all commands: jobs that end at a deadline or on an interrupt.

use super::error::CliError;
use super::interrupt;
use super::progress::LateBar;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};

/// Stack of a worker, in bytes: as much as a main thread has.
const STACK: usize = 8 << 20;
/// Bytes that a thread asks for before there is work.
const FIRST_MEMORY: usize = 1 << 18;
/// How often the clock and the interrupt are looked at.
const TICK: Duration = Duration::from_millis(20);
/// How long work that was asked to stop may go on before it is abandoned.
const GRACE: Duration = Duration::from_millis(500);

/// How many threads work, as commands take it.
#[derive(Clone, Copy, Debug, Default, clap::Args)]
pub struct Threads {
    /// Worker threads; one a core if not given. The output does not depend on it
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
}

impl Threads {
    /// One thread.
    pub const ONE: Self = Self { threads: Some(1) };
}

/// Threads with a common deadline.
pub struct Crew {
    pool: rayon::ThreadPool,
    deadline: Option<Instant>,
    /// Asks all work to stop.
    pub stop: Arc<AtomicBool>,
}

/// What [`Crew::work`] tells.
pub enum News<T> {
    /// Job of this number is done.
    Done(usize, T),
    /// Some time has passed.
    Tick,
}

impl Crew {
    /// Threads that work for this time at most.
    pub fn new(threads: Threads, time: Option<Duration>) -> Result<Self, CliError> {
        let threads = threads.threads.map_or(0, usize::from);
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .stack_size(STACK)
            .build()
            .map_err(|error| CliError::Threads { threads, error })?;
        // The first work of a thread is slow: it sets up its memory. That is no part of any count.
        pool.broadcast(|_| drop(std::hint::black_box(vec![1u8; FIRST_MEMORY])));
        let deadline = time.and_then(|time| Instant::now().checked_add(time));
        Ok(Self { pool, deadline, stop: Arc::default() })
    }

    /// The number of threads.
    pub fn threads(&self) -> usize {
        self.pool.current_num_threads()
    }

    /// Whether the work ends at some time, done or not.
    pub fn is_timed(&self) -> bool {
        self.deadline.is_some()
    }

    /// Whether the work was asked to stop.
    pub fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Whether the time is over, or somebody asks to stop.
    pub fn must_stop(&self) -> bool {
        interrupt::seen() || self.deadline.is_some_and(|end| Instant::now() >= end)
    }

    /// Runs `work` inside of the pool, so that what it does in parallel is done by these threads.
    pub fn install<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        self.pool.install(work)
    }

    /// Asks all work to stop if its time is over, or somebody asks for that.
    fn look_at_the_clock(&self) {
        if self.must_stop() {
            self.stop.store(true, Ordering::Relaxed);
        }
    }

    /// Does one job beside a line that says how far it is; `None` if it was stopped.
    pub fn one_shown<T: Send + 'static>(
        &self,
        job: impl FnOnce(&AtomicBool) -> T + Send + 'static,
        start: Instant,
        how_far: impl Fn() -> String,
    ) -> Result<Option<T>, CliError> {
        let mut late = LateBar::new(None, "{spinner} {msg}  {elapsed}", start);
        let mut found = None;
        self.work([job], |news| {
            match news {
                News::Done(_, done) => found = Some(done),
                News::Tick => {
                    late.tick();
                    late.bar.set_message(how_far());
                }
            }
            Ok(())
        })?;
        late.bar.finish_and_clear();
        Ok(found)
    }

    /// Does the jobs, the first ones first, and hands every result to `tell` as it comes. Jobs
    /// that were not begun when the work is asked to stop are left out; those that do not stop
    /// soon after are abandoned. A panic in a job goes on here.
    pub fn work<T: Send + 'static>(
        &self,
        jobs: impl IntoIterator<Item = impl FnOnce(&AtomicBool) -> T + Send + 'static>,
        mut tell: impl FnMut(News<T>) -> Result<(), CliError>,
    ) -> Result<(), CliError> {
        self.look_at_the_clock();
        let (sender, receiver) = mpsc::channel();
        for (number, job) in jobs.into_iter().enumerate() {
            let (sender, stop) = (sender.clone(), self.stop.clone());
            self.pool.spawn_fifo(move || {
                if !stop.load(Ordering::Relaxed) {
                    let result = panic::catch_unwind(AssertUnwindSafe(|| job(&stop)));
                    // Nobody listens to work that was abandoned.
                    let _ = sender.send((number, result));
                }
            });
        }
        drop(sender);
        let mut abandon: Option<Instant> = None;
        loop {
            match receiver.recv_timeout(TICK) {
                Ok((number, Ok(result))) => tell(News::Done(number, result))?,
                Ok((_, Err(panic))) => panic::resume_unwind(panic),
                Err(RecvTimeoutError::Timeout) => tell(News::Tick)?,
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
            }
            self.look_at_the_clock();
            let now = Instant::now();
            if self.is_stopped() && now >= *abandon.get_or_insert(now + GRACE) {
                return Ok(());
            }
        }
    }
}
