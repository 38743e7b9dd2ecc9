//! Reads and writes networks: network files, ONNX, safetensors, nnet.

use super::error::CliError;
use super::files;
use crate::format::file::NetworkFile;
use crate::format::nnet;
use std::path::{Path, PathBuf};

/// Where a network is, as every command that reads one takes it.
#[derive(Debug, clap::Args)]
pub struct Source {
    /// The network: a network file (.json), .onnx, .nnet, or .safetensors with an architecture file
    pub network: PathBuf,
    /// The architecture of a .safetensors file; the file next to it that ends in .json if not given
    #[arg(long, value_name = "FILE")]
    pub architecture: Option<PathBuf>,
    /// Leave out a last Softmax, LogSoftmax, Sigmoid, Tanh or ArgMax of an .onnx network: what it
    /// reads is the output
    #[arg(long)]
    pub logits: bool,
}

/// Formats of others by the ending of their files, and how they become one that is read.
#[rustfmt::skip]
const OTHERS: &[(&[&str], &str)] = &[
    (&["pt", "pth", "ckpt", "pt2"], "a PyTorch file; write the model with torch.onnx.export"),
    (&["h5", "hdf5", "keras", "pb", "tflite"],
        "a TensorFlow or Keras file; convert it with tf2onnx (python -m tf2onnx.convert)"),
    (&["mat"], "a MATLAB file; write the network with exportONNXNetwork"),
    (&["pkl", "pickle", "joblib"], "a Python object; convert the model with skl2onnx"),
    (&["npz", "npy"], "numpy arrays; write them as .safetensors beside an architecture file"),
    (&["mlmodel", "mlpackage"], "a Core ML model; export the model that it was made of to .onnx"),
    (&["caffemodel", "prototxt", "pdmodel", "mxnet", "params"],
        "a model of another framework; convert it to .onnx"),
    (&["gz", "zip"], "a packed file; unpack it"),
    (&["vnnlib"], "a property, not a network"),
];

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
            return onnx(path, self.logits);
        }
        if self.logits {
            let what = "--logits is for an .onnx file, which names its operators";
            return Err(CliError::file(path, what));
        }
        if is("nnet") {
            return nnet::read(&files::read_bytes(path)?).map_err(CliError::at(path));
        }
        if let Some((_, what)) = OTHERS.iter().find(|(own, _)| own.iter().any(|own| is(own))) {
            let what = format!("expected .json, .onnx, .safetensors or .nnet, found {what}");
            return Err(CliError::file(path, what));
        }
        NetworkFile::read(&files::read_bytes(path)?).map_err(CliError::at(path))
    }
}

/// Writes a network: as an ONNX model where the path ends in .onnx, otherwise as a network file.
/// What there is to say about it.
pub fn write(path: &Path, file: &NetworkFile, double: bool) -> Result<String, CliError> {
    if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("onnx")) {
        return write_onnx(path, file, double);
    }
    if double {
        let what = "--double is for an .onnx file; a network file has exact numbers";
        return Err(CliError::file(path, what));
    }
    files::write(path, file.write())?;
    Ok(String::new())
}

/// Writes a network as an ONNX model; how far its numbers are from those of the network.
#[cfg(feature = "import")]
pub fn write_onnx(path: &Path, file: &NetworkFile, double: bool) -> Result<String, CliError> {
    use crate::exact::float;
    use crate::format::export::{Precision, onnx};
    let precision = if double { Precision::Double } else { Precision::Single };
    let model = onnx(file, precision).map_err(CliError::at(path))?;
    files::write(path, &model.bytes)?;
    let precision = if double { "double" } else { "single" };
    let path = path.display();
    if model.moved.is_zero() {
        return Ok(format!("{path}: {precision} precision, every number as it was\n"));
    }
    // A double above the exact difference.
    let above = float::nearest(&model.moved).next_up();
    let layer = model.layer;
    Ok(format!(
        "{path}: {precision} precision, numbers moved by at most {above:e}, farthest in layer \
         {layer}\n"
    ))
}

/// Refuses.
#[cfg(not(feature = "import"))]
pub fn write_onnx(path: &Path, _file: &NetworkFile, _double: bool) -> Result<String, CliError> {
    Err(without_import(path))
}

#[cfg(feature = "import")]
fn onnx(path: &Path, logits: bool) -> Result<NetworkFile, CliError> {
    use crate::format::import::{MAX_BYTES, Options, onnx_with};
    let folder = path.parent().unwrap_or(Path::new(""));
    let outside = |name: &str| {
        let path = folder.join(name);
        // A link could lead out of the folder.
        let is_file = std::fs::symlink_metadata(&path).is_ok_and(|data| data.is_file());
        refuse_if!(!is_file, "no such file, or a link");
        files::read_up_to(&path, MAX_BYTES as u64).map_err(|error| error.to_string())
    };
    let bytes = files::read_up_to(path, MAX_BYTES as u64)?;
    onnx_with(&bytes, &Options { logits, outside: &outside }).map_err(CliError::at(path))
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
fn onnx(path: &Path, _logits: bool) -> Result<NetworkFile, CliError> {
    Err(without_import(path))
}

#[cfg(not(feature = "import"))]
fn without_import(path: &Path) -> CliError {
    let what = "this program was built without the feature `import`".to_owned();
    CliError::file(path, what)
}

#[cfg(not(feature = "import"))]
fn with_architecture(path: &Path, _architecture: &Path) -> Result<NetworkFile, CliError> {
    onnx(path, false)
}
