//! Volumes of bounded polyhedra, exactly, and the order of a polygon's corners.

use crate::exact::Rational;
use crate::exact::linear::Matrix;

/// The volume of the full-dimensional polytope with these vertices; every facet is the list of the
/// vertices on it, by increasing index.
///
/// The polytope is cut into simplices: a vertex, and those of every facet that it is not on, face
/// by face down to points. Which faces there are is read off the lists alone. Cost: a determinant
/// a simplex, of which there may be factorially many in the dimension.
pub fn volume(vertices: &[Vec<Rational>], facets: &[Vec<usize>]) -> Rational {
    let Some(dimension) = vertices.first().map(Vec::len) else { return Rational::ZERO };
    let all: Vec<usize> = (0..vertices.len()).collect();
    let mut sum = Rational::ZERO;
    add_simplices(vertices, facets, &all, &mut Vec::with_capacity(dimension + 1), &mut sum);
    (1..=dimension).fold(sum, |sum, k| sum / Rational::from(k))
}

/// Adds the parallelotopes of the simplices that join `apexes` to those of a face.
fn add_simplices(
    vertices: &[Vec<Rational>],
    facets: &[Vec<usize>],
    face: &[usize],
    apexes: &mut Vec<usize>,
    sum: &mut Rational,
) {
    apexes.push(face[0]);
    if face.len() == 1 {
        let origin = &vertices[face[0]];
        let edge = |&apex: &usize| vertices[apex].iter().zip(origin).map(|(a, o)| a - o).collect();
        let edges = apexes[..apexes.len() - 1].iter().map(edge).collect();
        *sum += Matrix::from_rows(edges).determinant().abs();
    } else {
        for side in sides(facets, face).iter().filter(|side| side[0] != face[0]) {
            add_simplices(vertices, facets, side, apexes, sum);
        }
    }
    apexes.pop();
}

/// The facets of a face: the largest of its proper intersections with facets of the whole.
fn sides(facets: &[Vec<usize>], face: &[usize]) -> Vec<Vec<usize>> {
    let common = |facet: &Vec<usize>| -> Vec<usize> {
        face.iter().filter(|v| facet.binary_search(v).is_ok()).copied().collect()
    };
    let mut parts: Vec<Vec<usize>> = facets.iter().map(common).collect();
    parts.retain(|part| !part.is_empty() && part.len() < face.len());
    parts.sort_unstable();
    parts.dedup();
    let inside = |a: &[usize], b: &[usize]| {
        a.len() < b.len() && a.iter().all(|v| b.binary_search(v).is_ok())
    };
    let largest = |part: &&Vec<usize>| !parts.iter().any(|other| inside(part, other));
    parts.iter().filter(largest).cloned().collect()
}

/// The corners of a convex polygon in their order around it, as indices; each is a corner.
pub fn around(corners: &[Vec<Rational>]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..corners.len()).collect();
    order.sort_by(|&a, &b| corners[a].cmp(&corners[b]));
    let (Some(&first), Some(&last)) = (order.first(), order.last()) else { return order };
    let above = |&i: &usize| {
        let part = |j: usize, axis: usize| &corners[j][axis] - &corners[first][axis];
        (part(last, 0) * part(i, 1) - part(last, 1) * part(i, 0)).is_positive()
    };
    let (upper, mut lower): (Vec<usize>, Vec<usize>) = order.into_iter().partition(above);
    lower.extend(upper.into_iter().rev());
    lower
}
