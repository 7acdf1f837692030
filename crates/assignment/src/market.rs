//! The state that the solver's steps hand on: who sits where, what a seat with each mentor costs, and which seats are
//! free. All points are fine ones ([`Rows`]). The steps themselves do not belong here.
//!
//! Between the exact steps it keeps *complementary slackness*, so that every partial assignment is optimal for the
//! mentees decided so far:
//!
//! - a seated mentee could do no better at these prices, and neither could one who is left out;
//! - a mentor's price is at least the penalty of the last seat filled. At the optimum it is at most that of the next.

use crate::problem::{MentorId, Problem, Seats};
use crate::rows::{Best, FAR, Points, Rows};

/// Stands for no mentor.
pub(crate) const NOBODY: u32 = u32::MAX;

/// The seat that a mentee has.
#[derive(Clone, Copy)]
pub(crate) struct Seat<S> {
    /// Or [`NOBODY`].
    pub(crate) mentor: u32,
    pub(crate) score: S,
    /// The place among the mentor's mentees; kept only by the exact steps, after [`Market::number_seats`].
    place: u32,
}

/// The seats of one mentor.
#[derive(Clone, Copy)]
pub(crate) struct Desk {
    /// Where the mentor's places begin.
    pub(crate) first: usize,
    pub(crate) load: u32,
    /// No more seats than there are mentees who may have them.
    pub(crate) capacity: u32,
    /// What the next seat costs: its penalty, or [`FAR`] when there is none.
    pub(crate) next: i64,
}

pub(crate) struct Market<'p, S> {
    pub(crate) problem: &'p Problem,
    pub(crate) fineness: i64,
    pub(crate) rows: Rows<S>,
    /// What being left out is worth.
    pub(crate) out: i64,
    /// Of each mentor.
    pub(crate) price: Vec<i64>,
    pub(crate) desks: Vec<Desk>,
    /// The places of all mentors, one after the other: what was offered for the seat, and by whom.
    pub(crate) places: Vec<(i64, u32)>,
    /// Of each mentee.
    pub(crate) seat: Vec<Seat<S>>,
}

impl<'p, S: Points> Market<'p, S> {
    /// Nobody seated, each mentor at the price of the first seat. Mentors without seats have no pairs here.
    pub(crate) fn new(problem: &'p Problem, fineness: i64) -> Self {
        let (rows, degree) = Rows::new(problem, fineness);
        let mut desks = Vec::with_capacity(degree.len());
        let mut first = 0;
        for (mentor, pairs) in problem.mentors().zip(degree) {
            let capacity = u32::try_from(problem.seats(mentor).capacity()).unwrap_or(u32::MAX).min(pairs);
            desks.push(Desk { first, load: 0, capacity, next: FAR });
            first += capacity as usize;
        }
        let mut market = Self {
            problem,
            fineness,
            rows,
            out: -problem.unmatched_penalty() * fineness,
            price: Vec::new(),
            desks,
            places: vec![(0, NOBODY); first],
            seat: vec![Seat { mentor: NOBODY, score: S::default(), place: 0 }; problem.mentee_count()],
        };
        for mentor in 0..market.desks.len() {
            market.desks[mentor].next = market.seat_penalty(mentor, 0);
        }
        market.price = market.desks.iter().map(|desk| desk.next).collect();
        market
    }

    /// What that seat costs, or [`FAR`] when there is no such seat.
    pub(crate) fn seat_penalty(&self, mentor: usize, seat: u32) -> i64 {
        if seat >= self.desks[mentor].capacity {
            return FAR;
        }
        let number = u32::try_from(mentor).unwrap_or(NOBODY);
        match self.problem.seats(MentorId(number)) {
            Seats::Alike(_) => 0,
            Seats::Dearer(each) => each[seat as usize] * self.fineness,
        }
    }

    /// What the last seat filled costs; 0 when none is.
    pub(crate) fn last_penalty(&self, mentor: usize) -> i64 {
        match self.desks[mentor].load {
            0 => 0,
            load => self.seat_penalty(mentor, load - 1),
        }
    }

    pub(crate) fn set_load(&mut self, mentor: usize, load: u32) {
        let next = self.seat_penalty(mentor, load);
        let desk = &mut self.desks[mentor];
        desk.load = load;
        desk.next = next;
    }

    /// The places filled with this mentor.
    pub(crate) fn places_of(&self, mentor: usize) -> &[(i64, u32)] {
        let desk = &self.desks[mentor];
        &self.places[desk.first..][..desk.load as usize]
    }

    pub(crate) fn best(&mut self, mentee: usize) -> Best<S> {
        self.rows.best(mentee, &self.price, self.out)
    }

    /// What the mentee has: the seat's score less its price, or being left out.
    pub(crate) fn worth(&self, mentee: usize) -> i64 {
        let seat = self.seat[mentee];
        if seat.mentor == NOBODY { self.out } else { seat.score.into() - self.price[seat.mentor as usize] }
    }

    /// Whether the mentor has a seat at the present price.
    pub(crate) fn has_room(&self, mentor: usize) -> bool {
        self.desks[mentor].next <= self.price[mentor]
    }

    /// Whether the mentor has a seat that costs less than its price, which an optimum does not have.
    pub(crate) fn wants_more(&self, mentor: usize) -> bool {
        self.desks[mentor].next < self.price[mentor]
    }

    /// To be called before [`Self::sit`] and [`Self::rise`].
    pub(crate) fn number_seats(&mut self) {
        for desk in &self.desks {
            for (place, &(_, mentee)) in (0..desk.load).zip(&self.places[desk.first..]) {
                self.seat[mentee as usize].place = place;
            }
        }
    }

    /// Seats somebody who has no seat.
    pub(crate) fn sit(&mut self, mentee: u32, mentor: u32, score: S) {
        let Desk { first, load, .. } = self.desks[mentor as usize];
        self.places[first + load as usize] = (0, mentee);
        self.seat[mentee as usize] = Seat { mentor, score, place: load };
        self.set_load(mentor as usize, load + 1);
    }

    /// Takes the mentee's seat away, if they have one, and says whose it was.
    pub(crate) fn rise(&mut self, mentee: u32) -> u32 {
        let Seat { mentor, place, .. } = self.seat[mentee as usize];
        if mentor != NOBODY {
            let Desk { first, load, .. } = self.desks[mentor as usize];
            let last = self.places[first + load as usize - 1];
            self.places[first + place as usize] = last;
            self.seat[last.1 as usize].place = place;
            self.seat[mentee as usize].mentor = NOBODY;
            self.set_load(mentor as usize, load - 1);
        }
        mentor
    }
}
