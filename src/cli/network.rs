//! Reads and writes networks: network files, ONNX, safetensors.

use super::error::CliError;
use super::files;
use crate::format::file::NetworkFile;
use std::path::{Path, PathBuf};

/// Where a network is, as every command that reads one takes it.
#[derive(Debug, clap::Args)]
pub struct Source {
    /// The network: a network file (.json), .onnx, or .safetensors with an architecture file
    pub network: PathBuf,
    /// The architecture of a .safetensors file; the file next to it that ends in .json if not given
    #[arg(long, value_name = "FILE")]
    pub architecture: Option<PathBuf>,
}

impl Source {
    /// Reads the network. The ending of the path says which format it has; any other ending than
    /// those of [`Source::network`] is read as a network file.
    pub fn read(&self) -> Result<NetworkFile, CliError> {
        let path = &*self.network;
        let ending = path.extension().map(|ending| ending.to_ascii_lowercase());
        let is = |name: &str| ending.as_ref().is_some_and(|ending| ending == name);
        if is("safetensors") {
            let beside = path.with_extension("json");
            return with_architecture(path, self.architecture.as_deref().unwrap_or(&beside));
        }
        if let Some(architecture) = &self.architecture {
            let what = "an architecture is for a .safetensors file".to_owned();
            return Err(CliError::file(architecture, what));
        }
        if is("onnx") {
            return onnx(path);
        }
        NetworkFile::read(&files::read_bytes(path)?).map_err(CliError::at(path))
    }
}

/// Writes a network: as an ONNX model where the path ends in .onnx, otherwise as a network file.
pub fn write(path: &Path, file: &NetworkFile) -> Result<(), CliError> {
    match path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("onnx")) {
        true => write_onnx(path, file),
        false => files::write(path, file.write()),
    }
}

/// Writes a network as an ONNX model.
#[cfg(feature = "import")]
pub fn write_onnx(path: &Path, file: &NetworkFile) -> Result<(), CliError> {
    let model = crate::format::export::onnx(file).map_err(CliError::at(path))?;
    files::write(path, &model)
}

/// Refuses.
#[cfg(not(feature = "import"))]
pub fn write_onnx(path: &Path, _file: &NetworkFile) -> Result<(), CliError> {
    Err(without_import(path))
}

#[cfg(feature = "import")]
fn onnx(path: &Path) -> Result<NetworkFile, CliError> {
    crate::format::import::onnx(&files::read_bytes(path)?).map_err(CliError::at(path))
}

#[cfg(feature = "import")]
fn with_architecture(path: &Path, architecture: &Path) -> Result<NetworkFile, CliError> {
    use crate::format::import::{ImportError, safetensors};
    let tensors = files::read_bytes(path)?;
    safetensors(&files::read_bytes(architecture)?, &tensors).map_err(|error| match error {
        ImportError::Architecture(error) => CliError::file(architecture, error),
        error => CliError::file(path, error),
    })
}

#[cfg(not(feature = "import"))]
fn onnx(path: &Path) -> Result<NetworkFile, CliError> {
    Err(without_import(path))
}

#[cfg(not(feature = "import"))]
fn without_import(path: &Path) -> CliError {
    let what = "this program was built without the feature `import`".to_owned();
    CliError::file(path, what)
}

#[cfg(not(feature = "import"))]
fn with_architecture(path: &Path, _architecture: &Path) -> Result<NetworkFile, CliError> {
    onnx(path)
}
