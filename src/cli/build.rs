//! The command `build`: networks for functions, with a certified bound of the error.

mod dense;
mod exactly;
mod output;
mod target;

use super::error::CliError;
use super::exit::Exit;
use super::files;
use super::law::Law;
use super::sup_error::FUNCTIONS;
use crate::construct::universal::universal;
use crate::exact::Rational;
use target::Target;

/// What is built.
#[derive(Debug, clap::Subcommand)]
pub enum Build {
    /// Near any continuous function: a fitted sum of ridge functions as expansive convolutions of
    /// least depth, with one bias a hidden layer
    #[command(after_help = FUNCTIONS)]
    Universal(Target),
    /// Near a function of |x|^2 on a cube: filters at least as long as there are inputs
    #[command(after_help = FUNCTIONS)]
    Radial(Target),
    /// A sum of ridge functions, exactly: expansive convolutions that are it at every point
    #[command(after_help = exactly::RIDGES)]
    Ridge(exactly::Sum),
    /// The maximum of affine functions, exactly: dense layers of one unit more than inputs
    Max(exactly::Largest),
    /// For a dense network: convolutions with downsampling that are it up to a stated error
    DenseToConv(dense::Convolutions),
}

/// Builds what the command line names, writes it, and prints what is certified of it.
pub fn build(what: &Build) -> Result<Exit, CliError> {
    match what {
        Build::Universal(target) => {
            let (f, domain) = target.read()?;
            let make = |error: &Rational| {
                let made = universal(&|x| f.nearest(x), &domain, target.length, error)?;
                Ok(made.realized.network.network().expect("the parts fit"))
            };
            target.certified(&f, &domain, &make, Law::Ridges)
        }
        Build::Radial(target) => {
            let (f, domain) = target.read()?;
            let make = |error: &Rational| {
                let made = target.radial(&f, &domain, error)?.network();
                Ok(made.map_err(|error| error.to_string())?)
            };
            let exit = target.certified(&f, &domain, &make, Law::Radial)?;
            files::print(target.table(&f, &domain)?)?;
            Ok(exit)
        }
        Build::Ridge(sum) => sum.build(),
        Build::Max(largest) => largest.build(),
        Build::DenseToConv(convolutions) => convolutions.build(),
    }
}
