//! Rough bidding the other way round: mentors whose seats have become too dear bid for mentees. The mirror of
//! [`auction`](crate::auction), as [`lower`](crate::lower) is of [`raise`](crate::raise).

use std::cmp::Reverse;
use std::collections::VecDeque;

use crate::market::{Market, NOBODY};
use crate::rows::{Columns, FAR, Points};

/// Bids for each mentor in one phase, on average.
const BIDS_PER_MENTOR: usize = 40;

/// Forward/reverse auction (Bertsekas & Castañon, *A forward/reverse auction algorithm for asymmetric assignment problems*,
/// 1992). Bidding alone only raises prices. Where seats that nobody needs have become dear, lowering all prices a little and
/// bidding again is slow to find out by how much, and in the end whoever takes such a seat has to come from far.
pub(crate) struct Inviting<S> {
    columns: Columns<S>,
    /// What being left out is worth.
    out: i64,
    /// Mentors with seats that cost more than they should, each at most once.
    wanting: VecDeque<u32>,
    waits: Vec<bool>,
    /// What each mentee has, or would rather have than be invited.
    worth: Vec<i64>,
    /// Those who could come to the mentor who invites, whoever would pay most first.
    comers: Vec<Comer<S>>,
}

/// Somebody who could come, and what they would pay for it at most.
#[derive(Clone, Copy)]
struct Comer<S> {
    most: i64,
    mentee: u32,
    score: S,
}

impl<S: Points> Inviting<S> {
    pub(crate) fn new(market: &Market<S>, out: i64) -> Self {
        let mentors = market.price.len();
        Self {
            columns: market.rows.columns(mentors),
            out,
            wanting: VecDeque::new(),
            waits: vec![false; mentors],
            worth: Vec::new(),
            comers: Vec::new(),
        }
    }

    /// Every mentor with an empty seat that costs more than its penalty invites, and so does whoever loses somebody by that,
    /// until all such seats are filled or cheap, or the bids are used up. Everybody who was content to within the step still is.
    pub(crate) fn phase(&mut self, market: &mut Market<S>, step: i64) {
        market.number_seats();
        for mentor in (0..).take(market.price.len()) {
            self.want(market, mentor);
        }
        self.worth.clear();
        self.worth.extend(market.seat.iter().map(|seat| match seat.mentor {
            NOBODY => self.out,
            mentor => seat.score.into() - market.price[mentor as usize],
        }));
        let mut bids = BIDS_PER_MENTOR * market.price.len();
        while let Some(mentor) = self.wanting.pop_front() {
            self.waits[mentor as usize] = false;
            if bids > 0 {
                bids -= 1;
                self.invite(market, mentor, step);
            }
        }
        market.rows.forget_bounds();
    }

    fn want(&mut self, market: &Market<S>, mentor: u32) {
        if market.wants_more(mentor as usize) && !std::mem::replace(&mut self.waits[mentor as usize], true) {
            self.wanting.push_back(mentor);
        }
    }

    /// Fills the empty seats with those who would pay most. The price is what whoever comes next would pay, or what the next
    /// seat costs if there is one, so that each of them gains by it: if nothing else, the step.
    fn invite(&mut self, market: &mut Market<S>, mentor: u32, step: i64) {
        let desk = market.desks[mentor as usize];
        let empty = (desk.capacity - desk.load) as usize;
        self.list_comers(market, mentor as usize, empty);
        let (mut taken, mut least) = (0, FAR);
        while taken < empty.min(self.comers.len()) {
            let Comer { most, mentee, score } = self.comers[taken];
            if most <= market.desks[mentor as usize].next {
                break;
            }
            let left = market.rise(mentee);
            market.sit(mentee, mentor, score);
            if left != NOBODY {
                self.want(market, left);
            }
            least = most;
            taken += 1;
        }
        let next_most = self.comers.get(taken).map_or(0, |comer| comer.most);
        let asked = match market.desks[mentor as usize].next {
            FAR => next_most - step,
            penalty => penalty.min(least - step),
        };
        let asked = asked.max(market.last_penalty(mentor as usize));
        let price = market.price[mentor as usize].min(asked);
        market.price[mentor as usize] = price;
        for &(_, mentee) in market.places_of(mentor as usize) {
            self.worth[mentee as usize] = market.seat[mentee as usize].score.into() - price;
        }
    }

    /// Lists those who would pay most and anything at all, whoever would pay most first; one more than there are empty seats, if
    /// there are so many.
    fn list_comers(&mut self, market: &Market<S>, mentor: usize, empty: usize) {
        // Whoever is here need not come.
        for &(_, mentee) in market.places_of(mentor) {
            self.worth[mentee as usize] = FAR;
        }
        self.comers.clear();
        let (few, mut enough) = (empty + 1, 0);
        for &(mentee, score) in self.columns.of(mentor) {
            let most = score.into() - self.worth[mentee as usize];
            if most <= enough {
                continue;
            }
            self.comers.push(Comer { most, mentee, score });
            if self.comers.len() == 2 * few {
                keep_first(&mut self.comers, few);
                enough = self.comers[few - 1].most;
            }
        }
        keep_first(&mut self.comers, few);
    }
}

fn keep_first<S>(comers: &mut Vec<Comer<S>>, few: usize) {
    comers.sort_unstable_by_key(|comer| (Reverse(comer.most), comer.mentee));
    comers.truncate(few);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::places::Places;
    use crate::problem::{Draft, MenteeId, MentorId, Pair, Problem, Seats};

    proptest! {
        /// From prices at which everybody would rather be left out: in the end no seat is too dear, and nobody could do better
        /// by more than the step.
        #[test]
        fn seats_are_filled_or_cheap(
            scores in proptest::collection::vec(proptest::option::weighted(0.7, 0_i64..100), 40 * 6),
            seats in proptest::collection::vec((0_u32..12, any::<bool>()), 6),
            step in 10_i64..40,
        ) {
            let everybody = (0..40).flat_map(|mentee| (0..6).map(move |mentor| (MenteeId(mentee), MentorId(mentor))));
            let pair = |((mentee, mentor), score): (_, Option<i64>)| Some(Pair { mentee, mentor, score: score? });
            let alike_or_dearer = |(count, dearer)| {
                if dearer { Seats::Dearer((0..i64::from(count)).map(|seat| seat * 7).collect()) } else { Seats::Alike(count) }
            };
            let problem = Problem::new(Draft {
                mentees: 40,
                mentors: seats.into_iter().map(alike_or_dearer).collect(),
                pairs: everybody.zip(scores).filter_map(pair).collect(),
                unmatched_penalty: 50,
            }).unwrap();
            let mut market = Market::<i32>::new(&problem, Places::of_mentors(6), 1);
            market.price.fill(1000);
            let out = market.out;
            Inviting::new(&market, out).phase(&mut market, step);
            for mentor in (0..6).filter(|&mentor| market.desks[mentor].capacity > 0) {
                prop_assert!(!market.wants_more(mentor));
                prop_assert!(market.price[mentor] >= market.last_penalty(mentor));
            }
            for mentee in 0..40 {
                prop_assert!(market.worth(mentee) + step >= market.best(mentee).worth);
            }
        }
    }
}
