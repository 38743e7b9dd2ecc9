//! Pictures: everything that is handed over is drawn, and the same thing twice alike.

mod ticks;

use crease::report::picture::{Chart, Curve, Line, Mark, Pen, Plane, Polygon, Series, Words};

fn words() -> Words {
    Words {
        title: "a < b & \"c\"".to_owned(),
        axes: ["towards 1a".to_owned(), "towards 2a".to_owned()],
        legend: vec!["strict regions".to_owned(), "4 of them".to_owned()],
    }
}

fn plane() -> Plane {
    let square = |x: f64, y: f64, class| Polygon {
        vertices: vec![[x, y], [x + 0.5, y], [x + 0.5, y + 0.5], [x, y + 0.5]],
        class,
    };
    Plane {
        words: words(),
        ranges: [[0.0, 1.0], [0.0, 1.0]],
        polygons: vec![
            square(0.0, 0.0, 0),
            square(0.5, 0.0, 1),
            square(0.0, 0.5, 2),
            square(0.5, 0.5, 0),
        ],
        marks: vec![Mark { at: [0.0, 1.0], label: "2a".to_owned() }],
    }
}

#[test]
fn a_plane_shows_every_polygon_in_the_colour_of_its_class() {
    let svg = plane().svg();
    let fills: Vec<_> = svg
        .lines()
        .filter(|line| line.contains("<polygon"))
        .map(|line| line.split("fill=\"").nth(1).expect("a fill").split('"').next().expect("one"))
        .collect();
    assert_eq!(fills.len(), 4, "{svg}");
    assert_eq!(fills[0], fills[3]);
    assert!(fills[0] != fills[1] && fills[1] != fills[2] && fills[2] != fills[0]);
    // The corner [0, 1] is at the top left of the plot, the mark with it.
    assert!(svg.contains("points=\"72,276 300,276 300,48 72,48\""), "{svg}");
    assert!(svg.contains("cx=\"72\" cy=\"48\""), "{svg}");
    for word in ["2a", "strict regions", "4 of them", "towards 1a", "0.2", "0.8"] {
        assert!(svg.contains(word), "{word} is missing in {svg}");
    }
}

#[test]
fn words_are_escaped_and_the_bytes_are_always_the_same() {
    let svg = plane().svg();
    assert!(svg.contains("a &lt; b &amp; \"c\""), "{svg}");
    assert!((0..20).all(|_| plane().svg() == svg));
}

#[test]
fn a_line_shows_curves_and_breakpoints() {
    let line = Line {
        words: words(),
        range: [0.0, 2.0],
        curves: (0..10)
            .map(|k| Curve {
                label: format!("digit {k}"),
                points: vec![[0.0, 0.0], [1.0, f64::from(k)], [2.0, -1.0]],
            })
            .collect(),
        breakpoints: vec![0.5, 1.0],
        marks: vec![Mark { at: [2.0, 0.0], label: "end".to_owned() }],
    };
    let svg = line.svg();
    assert_eq!(svg.matches("<polyline").count(), 10);
    assert_eq!(svg.matches("#d0d0d0").count(), 2);
    assert!(
        svg.contains("digit 9") && svg.contains("end") && svg.contains("stroke-dasharray=\"5 3\"")
    );
    // Nothing to draw is a picture too.
    let empty = Line { curves: Vec::new(), range: [1.0, 1.0], ..line };
    assert!(!empty.svg().contains("NaN"));
}

#[test]
fn a_chart_labels_logarithmic_axes_with_powers() {
    let series = |pen, points| Series { label: format!("{pen:?} pen"), points, pen };
    let chart = Chart {
        words: words(),
        ranges: [[0.0, 3.0], [-1.0, 12.0]],
        bases: [Some(2), Some(10)],
        zones: vec![vec![[0.0, 0.0], [1.0, 2.0], [2.0, 0.0]]],
        series: vec![
            series(Pen::Dotted, vec![[0.0, 0.0], [3.0, 12.0]]),
            series(Pen::Dashed, vec![[0.0, 1.0], [3.0, 11.0]]),
            series(Pen::Points, vec![[1.0, 2.0]]),
        ],
    };
    let svg = chart.svg();
    let shows = |label: &str| svg.lines().any(|line| line == label);
    for label in ["2³", "10¹⁰", "10⁰", "Dotted pen", "Dashed pen", "Points pen"] {
        assert!(shows(label), "{label} is missing in {svg}");
    }
    // Two lines with their keys; two dots and one, with a key each.
    assert_eq!((svg.matches("<polyline").count(), svg.matches("<circle").count()), (4, 5));
    let powers_of_two =
        svg.lines().filter(|line| line.chars().count() == 2 && line.starts_with('2'));
    assert_eq!(powers_of_two.count(), 4, "whole powers alone have labels: {svg}");
    assert_eq!(chart.svg(), svg);
}
