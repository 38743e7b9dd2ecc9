//! Distances to another label, against all activation cells of small networks one by one, and the
//! certificates of them.

mod brute;
mod hard;

use crease::exact::Rational;
use crease::net::{Circuit, InputBox, Network};
use crease::properties::certificate::write_circuit;
use crease::robust::cell::Witness;
use crease::robust::search::Step;
use crease::robust::{Answer, Asked, Norm, Question, Scribe, certificate};

/// Keeps the last finished certificate as text.
pub(super) struct Text {
    circuit: Circuit,
    question: Question,
    text: Vec<u8>,
    pub(super) finished: String,
}

impl Scribe for Text {
    fn begin(&mut self, lower: Option<&Rational>, upper: Option<&Witness>) {
        self.text = b"certificate 1 robust\nclaim robust/test\n".to_vec();
        let (sides, outputs) = (self.question.sides.as_ref(), &self.circuit.outputs);
        write_circuit(&self.circuit, sides, &mut self.text).expect("memory can be written to");
        certificate::statement(&self.question, outputs, lower, upper, &mut self.text)
            .expect("memory can be written to");
    }

    fn step(&mut self, step: &Step<'_>) {
        self.text.extend(certificate::line(step, self.question.norm).bytes());
    }

    fn finish(&mut self) {
        let text = String::from_utf8(self.text.clone()).expect("certificates are ASCII");
        self.finished = text + "end\n";
    }
}

/// The answer, and its certificate, which the checker has accepted.
pub(super) fn asked(network: &Network, question: &Question) -> (Answer, String) {
    let asked = Asked::new(network);
    let ready = asked.ask(question.clone()).expect("the question fits");
    let circuit = Circuit::new(network);
    let mut text =
        Text { circuit, question: question.clone(), text: Vec::new(), finished: String::new() };
    let answer = ready.distance(&mut text, &mut |nodes| nodes > 100_000);
    let accepted = crease_recheck::check(&text.finished);
    let accepted = accepted.unwrap_or_else(|e| panic!("{e}\n{}", text.finished));
    let lower = answer.lower.as_ref().map_or("infinite".to_owned(), Rational::to_string);
    assert!(accepted.statement.contains(&format!("\nlower {lower}\n")), "{}", accepted.fact);
    (answer, text.finished)
}

/// The exact distance; `None` if no point has another label.
pub(super) fn distance(network: &Network, question: &Question) -> Option<Rational> {
    let (answer, _) = asked(network, question);
    assert!(answer.is_exact(), "{answer:?} to {question:?} of {network:?}");
    answer.lower
}

/// A question in a cube around 0.
pub(super) fn question(
    point: &[Rational],
    label: usize,
    norm: Norm,
    radius: Option<i64>,
) -> Question {
    let sides = radius.map(|r| InputBox::cube(point.len(), &Rational::integer(r)));
    Question { point: point.to_vec(), label, norm, sides }
}
