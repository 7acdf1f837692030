//! Whom else somebody could have, cheapest first; pure. By the prices of a proof a pair costs the whole at least what both prices
//! exceed its score.

use std::cmp::Reverse;

use assignment::{MenteeId, MentorId, Pair, Prices, Table};

/// How many are offered. What is held in confidence against a pair stays unseen behind them (`barred`), so that it must not be all.
pub const OFFERED: usize = 5;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer {
    pub cost: i64,
    pub score: i64,
    pub mentor: usize,
}

/// The first of the allowed mentors but the one whom they have.
pub fn offers(table: &Table, now: Option<MentorId>, prices: &Prices, mentee: MenteeId) -> Vec<Offer> {
    let offer = |pair: Pair| {
        let mentor = pair.mentor.index();
        let covered = prices.mentees[mentee.index()] + prices.mentors[mentor];
        Offer { cost: covered - pair.score, score: pair.score, mentor }
    };
    let mut offers: Vec<Offer> = table.pairs_of(mentee).filter(|pair| Some(pair.mentor) != now).map(offer).collect();
    offers.sort_unstable_by_key(|offer| (offer.cost, Reverse(offer.score), offer.mentor));
    offers.truncate(OFFERED);
    offers
}

/// What all cost more than who are not offered. `None` where everybody is.
pub fn last_cost(offers: &[Offer]) -> Option<i64> {
    offers.get(OFFERED - 1).map(|offer| offer.cost)
}
