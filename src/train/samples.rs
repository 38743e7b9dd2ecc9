//! Labelled samples, each a list of patches.

use crate::exact::Rational;
use serde::{Deserialize, Serialize};

/// Samples with a label each. A sample is what a shared filter sees at its positions, one patch
/// after the other; a dense layer sees one patch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Samples {
    /// Shape `[n, P, d]`.
    pub patches: Vec<Vec<Vec<Rational>>>,
    /// Shape `[n]`; `true` for the label `+1`.
    pub positive: Vec<bool>,
}

impl Samples {
    /// Samples of one patch each: what a dense layer is trained on.
    pub fn dense(points: Vec<Vec<Rational>>, positive: Vec<bool>) -> Self {
        Self { patches: points.into_iter().map(|x| vec![x]).collect(), positive }
    }

    /// Why the samples differ in shape or lack a label, in a sentence.
    pub fn check(&self) -> Result<(), String> {
        let first = self.patches.first().and_then(|sample| sample.first());
        let (samples, labels) = (self.patches.len(), self.positive.len());
        let dimension = first.map_or(0, Vec::len);
        refuse_if!(
            dimension == 0,
            "there must be one sample with one patch of one coordinate at least"
        );
        refuse_if!(samples != labels, "{samples} samples with {labels} labels");
        let patches = self.patches[0].len();
        let fits = |x: &Vec<Vec<Rational>>| {
            x.len() == patches && x.iter().all(|patch| patch.len() == dimension)
        };
        let sample = self.patches.iter().position(|x| !fits(x)).unwrap_or(samples);
        require!(
            sample == samples,
            "sample {sample} is not of {patches} patches with {dimension} coordinates each"
        )
    }

    /// The number of samples.
    pub fn len(&self) -> usize {
        self.patches.len()
    }

    /// Whether there is no sample.
    pub fn is_empty(&self) -> bool {
        self.patches.is_empty()
    }

    /// The number of patches of a sample. Panics unless [`Self::check`] passes.
    pub fn positions(&self) -> usize {
        self.patches[0].len()
    }

    /// The number of coordinates of a patch. Panics unless [`Self::check`] passes.
    pub fn dimension(&self) -> usize {
        self.patches[0][0].len()
    }

    /// The label of a sample, `1` or `-1`.
    pub fn label(&self, i: usize) -> Rational {
        Rational::from(if self.positive[i] { 1 } else { -1 })
    }

    /// All patches, sample after sample.
    pub fn all_patches(&self) -> impl Iterator<Item = &Vec<Rational>> + Clone {
        self.patches.iter().flatten()
    }

    /// The largest squared norm of a patch. Panics unless [`Self::check`] passes.
    pub fn squared_radius(&self) -> Rational {
        let squares = self.all_patches().map(|x| x.iter().map(|t| t * t).sum::<Rational>());
        squares.max().expect("there is a patch")
    }
}
