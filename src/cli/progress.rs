//! Progress bars: on a terminal, nothing elsewhere.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{IsTerminal, stderr};
use std::time::{Duration, Instant};

/// How long work goes on before a late bar appears.
const PATIENCE: Duration = Duration::from_secs(2);

/// A bar that counts `len` of `what`.
pub fn bar(len: usize, what: &str) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(len as u64), ProgressDrawTarget::hidden());
    if stderr().is_terminal() {
        show(&bar, &format!("{{bar:32}} {{pos}} of {{len}} {what}  {{elapsed}}"));
    }
    bar
}

/// A bar that appears when the work takes long.
pub struct LateBar {
    /// The bar.
    pub bar: ProgressBar,
    template: &'static str,
    /// When the work began, until the bar is shown.
    begun: Option<Instant>,
}

impl LateBar {
    /// A bar with this template for work that began at `start`.
    pub fn new(len: Option<usize>, template: &'static str, start: Instant) -> Self {
        let len = len.map(|len| len as u64);
        let bar = ProgressBar::with_draw_target(len, ProgressDrawTarget::hidden());
        Self { bar, template, begun: stderr().is_terminal().then_some(start) }
    }

    /// Shows the bar if the work has gone on for long.
    pub fn tick(&mut self) {
        if self.begun.take_if(|start| start.elapsed() >= PATIENCE).is_some() {
            show(&self.bar, self.template);
        }
    }
}

fn show(bar: &ProgressBar, template: &str) {
    bar.set_style(ProgressStyle::with_template(template).expect("the template is well made"));
    bar.set_draw_target(ProgressDrawTarget::stderr());
    bar.enable_steady_tick(Duration::from_millis(250));
}
