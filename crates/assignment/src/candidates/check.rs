//! The proof for every allowed pair of a [`Whole`], by code that shares nothing with the scan and the solver: row by row,
//! without tiles, thresholds or lists. It computes each score anew, in the order of its definition.

use fearless_simd::{Level, Simd, dispatch};

use super::columns::Whole;
use super::vectors::Vectors;
use crate::certificate::{Flaw, Prices, Proof, verify};
use crate::problem::{Draft, MenteeId, MentorId, Pair, Problem};

/// Checks that `matching` keeps every rule, that `prices` are sound for every allowed pair, and that the two meet: the
/// whole's [`verify`]. Linear in all pairs times dimensions, and several times as slow as a pass of the solver.
///
/// # Errors
/// The [`Flaw`] that was found.
pub fn verify_whole(whole: &Whole, matching: &[Option<MentorId>], prices: &Prices) -> Result<Proof, Flaw> {
    // Of the pairs only those made count for what the assignment is worth; the others are checked below.
    let made = (0..).map(MenteeId).zip(matching).take(whole.affinity().needs().len());
    let pair = |(mentee, mentor): (MenteeId, &Option<MentorId>)| {
        let mentor = (*mentor).filter(|mentor| mentor.index() < whole.mentors().len())?;
        Some(Pair { mentee, mentor, score: whole.score(mentee, mentor)? })
    };
    let problem = Problem::new(Draft {
        mentees: whole.affinity().needs().count(),
        mentors: whole.mentors().to_vec(),
        pairs: made.filter_map(pair).collect(),
        unmatched_penalty: whole.unmatched_penalty(),
    })?;
    let proof = verify(&problem, matching, prices)?;
    let offers = by_dimension(whole.affinity().offers());
    let mut scores = vec![0.0; whole.mentors().len()];
    for (mentee, need) in (0..).map(MenteeId).zip(whole.affinity().needs().iter()) {
        dispatch!(Level::new(), simd => score_row(simd, need, &offers, &mut scores));
        check_row(whole, mentee, &scores, prices)?;
    }
    Ok(proof)
}

fn check_row(whole: &Whole, mentee: MenteeId, scores: &[f32], prices: &Prices) -> Result<(), Flaw> {
    let price = i128::from(prices.mentees[mentee.index()]);
    let excluded = whole.affinity().excluded(mentee);
    for ((mentor, &score), &other) in (0..).map(MentorId).zip(scores).zip(&prices.mentors) {
        let (score, prices) = (whole.points().of(score), price + i128::from(other));
        if prices < i128::from(score) && excluded.binary_search(&mentor).is_err() {
            return Err(Flaw::PairPricedTooLow { mentee, mentor, prices, score });
        }
    }
    Ok(())
}

/// For each dimension the offers side by side.
fn by_dimension(offers: &Vectors) -> Vec<Vec<f32>> {
    (0..offers.dimensions()).map(|dimension| offers.iter().map(|offer| offer[dimension]).collect()).collect()
}

#[expect(clippy::inline_always, reason = "the instructions chosen reach only what is inlined")]
#[inline(always)]
fn score_row<S: Simd>(_: S, need: &[f32], offers: &[Vec<f32>], scores: &mut [f32]) {
    scores.fill(0.0);
    for (&need, offers) in need.iter().zip(offers) {
        for (score, &offer) in scores.iter_mut().zip(offers) {
            *score = need.mul_add(offer, *score);
        }
    }
}
