//! Long work beside the interpreter: a thread that computes, while this one looks after signals,
//! the clock and the callback.

use crate::convert::refused;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use std::any::Any;
use std::panic::{self, AssertUnwindSafe};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// How often signals are looked for.
pub const TICK: Duration = Duration::from_millis(50);
/// Ticks between two calls of the callback.
const TICKS_A_CALL: u32 = 4;
/// How long work that was told to stop may take to do it; then it is left alone.
const GRACE: Duration = Duration::from_secs(1);
/// Searches go deep.
const STACK: usize = 1 << 26;
/// The name of threads whose panics are answers.
const NAME: &str = "crease";

/// A time as Python writes it.
pub type Seconds = f64;

/// What work and the thread that waits for it tell each other.
#[derive(Default)]
pub struct Watch {
    /// Whether the work should stop.
    pub stop: AtomicBool,
    /// How much is done: regions, nodes, steps or claims.
    pub done: AtomicU64,
}

impl Watch {
    /// Whether the work should stop, told how much is done.
    pub fn stops_at(&self, done: u64) -> bool {
        self.done.store(done, Ordering::Relaxed);
        self.stop.load(Ordering::Relaxed)
    }
}

/// When work ends, and who is told how far it is.
pub struct Limits<'py> {
    time: Option<Duration>,
    progress: Option<Bound<'py, PyAny>>,
}

impl<'py> Limits<'py> {
    /// Seconds, and a callable of one number.
    ///
    /// Errors: the seconds are not a number from zero on.
    pub fn new(time: Option<Seconds>, progress: Option<Bound<'py, PyAny>>) -> PyResult<Self> {
        let expected = |found| format!("time: expected seconds from 0 on, found {found}");
        let time = time
            .map(|found| Duration::try_from_secs_f64(found).map_err(|_| refused(expected(found))));
        Ok(Self { time: time.transpose()?, progress })
    }
}

/// The answer of `job`; `None` if the time was over and it did not stop.
///
/// Errors: what a signal or the callback raises, after the work was told to stop; `RuntimeError`
/// if it panicked.
pub fn run<T: Send + 'static>(
    py: Python<'_>,
    limits: &Limits<'_>,
    job: impl FnOnce(&Watch) -> T + Send + 'static,
) -> PyResult<Option<T>> {
    let (watch, start) = (Arc::new(Watch::default()), Instant::now());
    let inner = watch.clone();
    let (send, receive) = sync_channel(1);
    spawn(move || {
        // Where nobody waits any more the answer is dropped.
        let _ = send.send(caught(|| job(&inner)));
    })?;
    let receive = Mutex::new(receive);
    let result = wait(py, limits, start, &watch, &receive);
    watch.stop.store(true, Ordering::Relaxed);
    result
}

fn wait<T: Send>(
    py: Python<'_>,
    limits: &Limits<'_>,
    start: Instant,
    watch: &Watch,
    receive: &Mutex<Receiver<Result<T, String>>>,
) -> PyResult<Option<T>> {
    for tick in 1.. {
        match py.detach(|| next(receive, TICK)) {
            Ok(done) => return done.map(Some).map_err(defect),
            Err(RecvTimeoutError::Disconnected) => return Err(defect("its thread ended".into())),
            Err(RecvTimeoutError::Timeout) => {}
        }
        py.check_signals()?;
        if let (Some(progress), 0) = (&limits.progress, tick % TICKS_A_CALL) {
            progress.call1((watch.done.load(Ordering::Relaxed),))?;
        }
        if let Some(over) = limits.time.and_then(|time| start.elapsed().checked_sub(time)) {
            watch.stop.store(true, Ordering::Relaxed);
            if over > GRACE {
                break;
            }
        }
    }
    Ok(None)
}

/// The next message of a thread.
pub fn next<T>(receive: &Mutex<Receiver<T>>, patience: Duration) -> Result<T, RecvTimeoutError> {
    receive.lock().unwrap_or_else(PoisonError::into_inner).recv_timeout(patience)
}

/// Starts a thread of this library.
pub fn spawn(work: impl FnOnce() + Send + 'static) -> PyResult<()> {
    let named = thread::Builder::new().name(NAME.to_owned()).stack_size(STACK);
    named.spawn(work).map(drop).map_err(PyErr::from)
}

/// The answer of `work`, or what its panic said.
pub fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    panic::catch_unwind(AssertUnwindSafe(work)).map_err(|said| message(&*said))
}

fn message(said: &(dyn Any + Send)) -> String {
    let text = said.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| said.downcast_ref::<&str>().copied()).unwrap_or("no message").to_owned()
}

/// The error for what should not happen.
pub fn defect(what: String) -> PyErr {
    PyRuntimeError::new_err(format!("a defect of crease, please report it: {what}"))
}

/// Lets threads of this library panic without a word: the message becomes an exception.
pub fn quieten_panics() {
    let print = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if thread::current().name() != Some(NAME) {
            print(info);
        }
    }));
}
