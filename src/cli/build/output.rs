//! What every construction writes: the network, and its sizes in a line.

use crate::cli::error::CliError;
use crate::cli::files;
use crate::cli::network::write_onnx;
use crate::format::file::NetworkFile;
use crate::net::{InputBox, Layer, Map, Network};
use crate::report::plural;
use std::path::PathBuf;

/// The files of a network.
#[derive(Clone, Debug, clap::Args)]
pub struct Output {
    /// The network file to write
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Write the network as an ONNX model too: every number rounded to single precision
    #[arg(long, value_name = "FILE.onnx")]
    onnx: Option<PathBuf>,
}

impl Output {
    /// Writes the network with what is certified of it.
    pub fn save(
        &self,
        name: &str,
        network: Network,
        domain: InputBox,
        note: &str,
    ) -> Result<(), CliError> {
        let (name, note) = (name.to_owned(), Some(note.trim_end().to_owned()));
        let file = NetworkFile { name, network, domain: Some(domain), note, truth: None };
        files::write(&self.out, file.write())?;
        if let Some(path) = &self.onnx {
            eprint!("{}", write_onnx(path, &file, false)?);
        }
        Ok(())
    }
}

/// Depth, width, parameters and the length of the filters.
pub fn sizes(net: &Network, length: usize) -> String {
    let is_convolution = |layer: &&Layer| match layer {
        Layer::Affine(affine) => affine.map == Map::Expansive,
        _ => false,
    };
    let depth = net.layers().iter().filter(is_convolution).count();
    format!(
        "{}, width {}, {}, filter length {length}",
        plural(depth, "convolution"),
        net.width(),
        plural(net.parameter_count(), "parameter")
    )
}
