//! The certificate of an error bound, in the format of the independent checker.

use super::bound::{SupError, Way};
use super::expression::Expression;
use super::search::Cuts;
use crate::net::{Circuit, InputBox, Network};
use crate::properties::certificate::write_circuit;
use std::io::{self, Write};

impl SupError {
    /// Writes the certificate of both bounds, as evidence for `claim`: kind `error`.
    ///
    /// The function, the network and the box are those that were compared. Errors: those of `out`,
    /// and a distance without an upper bound.
    pub fn write_certificate(
        &self,
        function: &Expression,
        network: &Network,
        domain: &InputBox,
        claim: &str,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let Some(upper) = &self.upper else {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "there is no upper bound"));
        };
        let circuit = Circuit::new(network);
        writeln!(out, "certificate 1 error\nclaim {claim}")?;
        write_circuit(&circuit, Some(domain), out)?;
        let outputs = circuit.outputs.iter().map(usize::to_string).collect::<Vec<_>>();
        writeln!(out, "output {}\nfunction {function}", outputs.join(" "))?;
        writeln!(out, "upper {upper}\nlower {}", self.lower)?;
        write!(out, "point")?;
        self.point.iter().try_for_each(|x| write!(out, " {x}"))?;
        writeln!(out, "\nproof\nplaces {}", self.places)?;
        match &self.way {
            Way::Direct(cuts) => {
                writeln!(out, "direct")?;
                write_cuts(cuts, out)?;
            }
            Way::Radial(radial, cuts) => {
                writeln!(out, "radial {} {}", radial.scale, radial.share)?;
                for (centre, reach, cuts) in &radial.coordinates {
                    writeln!(out, "coordinate {centre} {reach}")?;
                    write_cuts(cuts, out)?;
                }
                writeln!(out, "profile")?;
                write_cuts(cuts, out)?;
            }
        }
        writeln!(out, "end")
    }
}

fn write_cuts(cuts: &Cuts, out: &mut dyn Write) -> io::Result<()> {
    cuts.iter().try_for_each(|cut| match cut {
        Some(axis) => writeln!(out, "cut {}", axis + 1),
        None => writeln!(out, "part"),
    })
}
