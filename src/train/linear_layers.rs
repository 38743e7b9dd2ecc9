//! Networks of linear layers under the square loss: gradient and Hessian, exactly.

use crate::exact::Rational;
use crate::exact::linear::{Matrix, dot};

/// A product of matrices, `weights[0]` applied first, that is to map `inputs: [n, N]` to
/// `targets: [m, N]`.
#[derive(Clone, Debug)]
pub struct LinearLayers {
    /// The layers.
    pub weights: Vec<Matrix>,
    /// One column a sample.
    pub inputs: Matrix,
    /// One column a sample.
    pub targets: Matrix,
}

impl LinearLayers {
    /// Half the sum of the squared residuals. Panics if the shapes do not fit.
    pub fn loss(&self) -> Rational {
        let residual = self.residual();
        let rows = (0..residual.rows()).map(|i| dot(residual.row(i), residual.row(i)));
        rows.sum::<Rational>() / Rational::integer(2)
    }

    /// The derivatives of the loss, a matrix a layer.
    pub fn gradient(&self) -> Vec<Matrix> {
        let residual = self.residual();
        let layers = 0..self.weights.len();
        layers
            .map(|l| {
                self.above(l).transpose().product(&residual).product(&self.below(l).transpose())
            })
            .collect()
    }

    /// The product of the layers above layer `l`.
    pub fn above(&self, l: usize) -> Matrix {
        self.between(l + 1, self.weights.len())
    }

    /// The second derivatives of the loss, layer by layer and row by row.
    ///
    /// A parameter in row `i` and column `j` of layer `l` changes the output by column `i` of what
    /// is above times row `j` of what is below; two parameters of different layers change it
    /// together by the entry between them. Cost: a few products for each pair of parameters.
    pub fn hessian(&self) -> Matrix {
        let residual = self.residual();
        let layers: Vec<_> = (0..self.weights.len()).collect();
        let [above, below]: [Vec<Matrix>; 2] = [
            layers.iter().map(|&l| self.above(l)).collect(),
            layers.iter().map(|&l| self.below(l)).collect(),
        ];
        let place = |l: usize| {
            let (rows, cols) = (self.weights[l].rows(), self.weights[l].cols());
            (0..rows).flat_map(move |i| (0..cols).map(move |j| (l, i, j)))
        };
        let places: Vec<_> = layers.iter().flat_map(|&l| place(l)).collect();
        let mut hessian = Matrix::zero(places.len(), places.len());
        let mut start = 0;
        for &l in &layers {
            let mut other = start;
            for &m in &layers[l..] {
                let left = above[l].transpose().product(&above[m]);
                let right = below[l].product(&below[m].transpose());
                // Of the second derivative of the output, what meets the residual.
                let pull = above[m].transpose().product(&residual).product(&below[l].transpose());
                let between = (l < m).then(|| self.between(l + 1, m));
                for (a, (_, i, j)) in place(l).enumerate() {
                    for (b, (_, p, q)) in place(m).enumerate() {
                        let mut entry = &left[(i, p)] * &right[(j, q)];
                        if let Some(between) = &between {
                            entry += &pull[(p, j)] * &between[(q, i)];
                        }
                        hessian[(other + b, start + a)] = entry.clone();
                        hessian[(start + a, other + b)] = entry;
                    }
                }
                other += place(m).count();
            }
            start += place(l).count();
        }
        hessian
    }

    /// The product of the layers from `first` on and before `end`.
    fn between(&self, first: usize, end: usize) -> Matrix {
        let size = match self.weights.get(first) {
            Some(weight) => weight.cols(),
            None => self.targets.rows(),
        };
        let layers = self.weights[first..end].iter();
        layers.fold(Matrix::identity(size), |product, weight| weight.product(&product))
    }

    /// What arrives at layer `l`.
    fn below(&self, l: usize) -> Matrix {
        self.between(0, l).product(&self.inputs)
    }

    fn residual(&self) -> Matrix {
        let mut residual = self.below(self.weights.len());
        for i in 0..residual.rows() {
            for j in 0..residual.cols() {
                residual[(i, j)] -= self.targets[(i, j)].clone();
            }
        }
        residual
    }
}
