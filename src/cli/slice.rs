//! Slices of a network, given as `FILE` or `FILE#NAME,NAME,..` with a points file.

use super::error::CliError;
use super::files;
use crate::format::file::NetworkFile;
use crate::format::points::{self, Point};
use crate::properties;
use std::path::Path;

/// The points that span a slice, in their order: those named, or all of the file.
pub fn points(slice: &str) -> Result<Vec<Point>, CliError> {
    let (path, names) = parts(slice);
    let refused = CliError::at(path);
    let all = points::read(&files::read_bytes(path)?).map_err(refused)?;
    match names {
        None => Ok(all),
        Some(names) => points::chosen(&all, &names.split(',').collect::<Vec<_>>()).map_err(refused),
    }
}

/// The network on the slice, with a name that says so.
pub fn restricted(file: &NetworkFile, slice: &str) -> Result<NetworkFile, CliError> {
    let points = points(slice)?;
    let names: Vec<_> = points.iter().map(|point| &*point.name).collect();
    let names = names.join(", ");
    let at: Vec<_> = points.iter().map(|point| point.at.clone()).collect();
    match properties::restricted(&file.network, &at) {
        Ok(network) => {
            let name = format!("{} on the flat through {names}", file.name);
            Ok(NetworkFile { name, network, domain: None, note: None, truth: None })
        }
        Err(error) => {
            let what = format!("{error}; the points are {names}");
            Err(CliError::file(parts(slice).0, what))
        }
    }
}

/// The file and the names.
fn parts(slice: &str) -> (&Path, Option<&str>) {
    match slice.split_once('#') {
        Some((path, names)) => (Path::new(path), Some(names)),
        None => (Path::new(slice), None),
    }
}
