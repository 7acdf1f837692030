//! The state that the solver's steps hand on: who sits where, and what a seat with each mentor costs. Between steps it
//! keeps *complementary slackness*, so that every partial assignment is optimal for the mentees decided so far:
//!
//! - a seated mentee could do no better at these prices, and neither could one who is left out;
//! - a mentor's price is at least the penalty of the last seat filled, and at most that of the next one.
//!
//! Prices of mentees are not stored: they follow from the mentors'.

use crate::problem::{MenteeId, MentorId, Pair, Problem, Seats};

pub(crate) struct Board<'p> {
    pub(crate) problem: &'p Problem,
    /// Of each mentor.
    pub(crate) price: Vec<i64>,
    /// The mentees of each mentor, in no order.
    seated: Vec<Vec<MenteeId>>,
    /// Of each mentee: the place among the problem's pairs of the one that they hold.
    held: Vec<Option<usize>>,
    /// Of each seated mentee: the place in their mentor's list.
    place: Vec<usize>,
}

/// What a mentee would do at the present prices.
pub(crate) struct Wish {
    /// The place of the best pair, or `None` when being left out is as good.
    pub(crate) pair: Option<usize>,
    /// What that leaves the mentee: score less price.
    pub(crate) worth: i64,
}

impl<'p> Board<'p> {
    /// Nobody seated, each mentor at the price of the first seat. A mentor without seats is dearer than anybody would
    /// pay.
    pub(crate) fn new(problem: &'p Problem) -> Self {
        let best = problem.pairs().iter().map(|pair| pair.score).max().unwrap_or(0);
        let out_of_reach = (best + problem.unmatched_penalty()).max(0) + 1;
        let first_seat = |mentor| problem.seats(mentor).penalty(0).unwrap_or(out_of_reach);
        Self {
            problem,
            price: problem.mentors().map(first_seat).collect(),
            seated: vec![Vec::new(); problem.mentor_count()],
            held: vec![None; problem.mentee_count()],
            place: vec![0; problem.mentee_count()],
        }
    }

    pub(crate) fn pair(&self, place: usize) -> Pair {
        self.problem.pairs()[place]
    }

    pub(crate) fn held(&self, mentee: MenteeId) -> Option<Pair> {
        self.held[mentee.index()].map(|place| self.pair(place))
    }

    pub(crate) fn seated(&self, mentor: MentorId) -> &[MenteeId] {
        &self.seated[mentor.index()]
    }

    /// The penalty of the mentor's next seat, or `None` when all are taken.
    pub(crate) fn next_seat(&self, mentor: MentorId) -> Option<i64> {
        self.problem.seats(mentor).penalty(self.seated(mentor).len())
    }

    /// Whether the mentor has a seat at the present price.
    pub(crate) fn has_room(&self, mentor: MentorId) -> bool {
        self.next_seat(mentor).is_some_and(|penalty| penalty <= self.price[mentor.index()])
    }

    /// What a pair leaves its mentee at the present price.
    pub(crate) fn net(&self, pair: Pair) -> i64 {
        pair.score - self.price[pair.mentor.index()]
    }

    /// What being left out leaves a mentee.
    pub(crate) fn left_out(&self) -> i64 {
        -self.problem.unmatched_penalty()
    }

    /// The best that the mentee can do. Of equal pairs the first whose mentor has room, or else the first.
    pub(crate) fn wish(&self, mentee: MenteeId) -> Wish {
        let mut best = Wish { pair: None, worth: self.left_out() };
        let mut room = true;
        for place in self.problem.row(mentee) {
            let pair = self.pair(place);
            let worth = self.net(pair);
            if worth > best.worth || (worth == best.worth && !room && self.has_room(pair.mentor)) {
                best = Wish { pair: Some(place), worth };
                room = self.has_room(pair.mentor);
            }
        }
        best
    }

    /// The price at which the mentee would as soon do something else as hold this pair.
    pub(crate) fn walk_away_price(&self, place: usize) -> i64 {
        let pair = self.pair(place);
        let others = self.problem.pairs_of(pair.mentee).iter().filter(|other| other.mentor != pair.mentor);
        pair.score - others.map(|&other| self.net(other)).fold(self.left_out(), i64::max)
    }

    /// Seats the mentee by the pair at this place, wherever they sat before.
    pub(crate) fn seat(&mut self, place: usize) {
        let Pair { mentee, mentor, .. } = self.pair(place);
        self.unseat(mentee);
        let seated = &mut self.seated[mentor.index()];
        self.place[mentee.index()] = seated.len();
        seated.push(mentee);
        self.held[mentee.index()] = Some(place);
    }

    /// Takes the mentee's seat away, if they have one.
    pub(crate) fn unseat(&mut self, mentee: MenteeId) {
        let Some(pair) = self.held(mentee) else { return };
        let place = self.place[mentee.index()];
        let seated = &mut self.seated[pair.mentor.index()];
        seated.swap_remove(place);
        if let Some(moved) = seated.get(place) {
            self.place[moved.index()] = place;
        }
        self.held[mentee.index()] = None;
    }

    /// What each mentee gets out of it: the pair held, or being left out.
    pub(crate) fn mentee_prices(&self) -> Vec<i64> {
        let worth = |mentee| self.held(mentee).map_or(self.left_out(), |pair| self.net(pair));
        self.problem.mentees().map(worth).collect()
    }

    /// How few and how many mentees the mentor can have at the present price: every seat that costs less must be
    /// filled, and none that costs more.
    pub(crate) fn loads_at_price(&self, mentor: MentorId) -> (usize, usize) {
        let price = self.price[mentor.index()];
        match self.problem.seats(mentor) {
            Seats::Alike(seats) => (if price > 0 { *seats as usize } else { 0 }, *seats as usize),
            Seats::Dearer(each) => {
                (each.partition_point(|&penalty| penalty < price), each.partition_point(|&penalty| penalty <= price))
            }
        }
    }
}
