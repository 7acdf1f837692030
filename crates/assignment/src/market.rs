//! The state that the solver's steps hand on: who sits where, what a seat with each mentor costs, and which seats are
//! free. All points are fine ones ([`Rows`]). The steps themselves do not belong here.
//!
//! Between the exact steps it keeps *complementary slackness*, so that every partial assignment is optimal for the
//! mentees decided so far:
//!
//! - a seated mentee could do no better at these prices, and neither could one who is left out;
//! - a mentor's price is at least the penalty of the last seat filled. At the optimum it is at most that of the next.
//!
//! Where there are quotas, `mentor` is the number of a place ([`Places`]): mentees ask for one place of each mentor, and whoever
//! is in a place counts in those around it. An inner place costs no less than the one around it, and at the optimum no more unless
//! it is full.

use crate::places::Places;
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

/// The seats of one mentor, or of a place.
#[derive(Clone, Copy)]
pub(crate) struct Desk {
    /// Where the mentor's places begin.
    pub(crate) first: usize,
    /// Those in places inside it are not counted.
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
    /// How places lie in each other.
    pub(crate) layout: Places,
    /// How many are in each place, those in places inside it counted; empty where there are no quotas.
    total: Vec<u32>,
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
    pub(crate) fn new(problem: &'p Problem, layout: Places, fineness: i64) -> Self {
        let (rows, degree) = Rows::new(problem, &layout, fineness);
        let capacity = capacities(problem, &layout, &degree);
        let mut desks = Vec::with_capacity(degree.len());
        let mut first = 0;
        for (capacity, pairs) in capacity.into_iter().zip(degree) {
            desks.push(Desk { first, load: 0, capacity, next: FAR });
            first += capacity.min(pairs) as usize;
        }
        let mut market = Self {
            problem,
            fineness,
            rows,
            total: vec![0; if layout.are_mentors_only() { 0 } else { layout.count() }],
            layout,
            out: -problem.unmatched_penalty() * fineness,
            price: Vec::new(),
            desks,
            places: vec![(0, NOBODY); first],
            seat: vec![Seat { mentor: NOBODY, score: S::default(), place: 0 }; problem.mentee_count()],
        };
        for mentor in 0..market.layout.mentors {
            market.desks[mentor].next = market.seat_penalty(mentor, 0);
        }
        market.price = (0..market.desks.len()).map(|mentor| market.lowest_price(mentor)).collect();
        market
    }

    /// The least that this place can cost.
    pub(crate) fn lowest_price(&self, place: usize) -> i64 {
        if place < self.layout.mentors || self.desks[place].capacity == 0 {
            return self.seat_penalty(place, 0);
        }
        self.seat_penalty(self.mentor_of(place), 0)
    }

    /// The mentor with whom this place is.
    pub(crate) fn mentor_of(&self, place: usize) -> usize {
        if place < self.layout.mentors {
            return place;
        }
        self.layout.mentor_of(u32::try_from(place).unwrap_or(NOBODY)).index()
    }

    /// How many can be seated, as far as capacities and quotas go.
    pub(crate) fn seats(&self) -> usize {
        self.desks[..self.layout.mentors].iter().map(|desk| desk.capacity as usize).sum()
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

    /// What the last seat filled of this mentor costs; 0 when none is.
    pub(crate) fn last_penalty(&self, mentor: usize) -> i64 {
        match self.total(mentor) {
            0 => 0,
            load => self.seat_penalty(mentor, load - 1),
        }
    }

    /// How many are in this place or inside it.
    #[inline]
    pub(crate) fn total(&self, place: usize) -> u32 {
        if self.total.is_empty() { self.desks[place].load } else { self.total[place] }
    }

    /// What one more here would cost as far as this place goes; [`FAR`] when it is full.
    #[inline]
    pub(crate) fn next_price(&self, place: usize) -> i64 {
        match self.around(place) {
            None => self.desks[place].next,
            Some(around) if self.is_open(place) => self.price[around],
            Some(_) => FAR,
        }
    }

    /// Whether this place, which lies inside another, could have one more.
    #[inline]
    pub(crate) fn is_open(&self, place: usize) -> bool {
        self.total[place] < self.desks[place].capacity
    }

    #[inline]
    pub(crate) fn around(&self, place: usize) -> Option<usize> {
        if place < self.layout.mentors {
            return None;
        }
        self.layout.around(u32::try_from(place).unwrap_or(NOBODY)).map(|around| around as usize)
    }

    pub(crate) fn inside(&self, place: usize) -> &[u32] {
        if self.total.is_empty() { &[] } else { self.layout.inside(u32::try_from(place).unwrap_or(NOBODY)) }
    }

    #[inline]
    pub(crate) fn set_load(&mut self, mentor: usize, load: u32) {
        if !self.total.is_empty() {
            self.set_load_of_place(mentor, load);
            return;
        }
        let next = self.seat_penalty(mentor, load);
        let desk = &mut self.desks[mentor];
        desk.load = load;
        desk.next = next;
    }

    fn set_load_of_place(&mut self, place: usize, load: u32) {
        let before = std::mem::replace(&mut self.desks[place].load, load);
        let mut here = Some(place);
        while let Some(place) = here {
            self.total[place] = self.total[place] + load - before;
            here = self.around(place);
            if here.is_none() {
                self.desks[place].next = self.seat_penalty(place, self.total[place]);
            }
        }
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

    /// Whether the place could have one more for less than its price, which an optimum does not have.
    pub(crate) fn wants_more(&self, place: usize) -> bool {
        self.next_price(place) < self.price[place]
    }

    /// The same, and whoever comes in addition to all others finds a seat around it at its price.
    pub(crate) fn wants_from_outside(&self, place: usize) -> bool {
        self.wants_more(place) && (place < self.layout.mentors || self.has_room_around(place))
    }

    fn has_room_around(&self, place: usize) -> bool {
        let mut here = place;
        while let Some(around) = self.around(here) {
            if !self.is_open(here) {
                return false;
            }
            here = around;
        }
        self.has_room(here)
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

/// How many can be in each place: no more than its own seats or quota, than may come there, or than places inside it leave.
fn capacities(problem: &Problem, layout: &Places, degree: &[u32]) -> Vec<u32> {
    let mut comers = degree.to_vec();
    let mut capacity = vec![0; layout.count()];
    for place in (0..layout.count()).rev() {
        let number = u32::try_from(place).unwrap_or(NOBODY);
        let around = layout.around(number);
        let most = match around {
            None => u32::try_from(problem.seats(MentorId(number)).capacity()).unwrap_or(u32::MAX),
            Some(_) => layout.most(number),
        };
        capacity[place] = most.min(comers[place]);
        if let Some(around) = around {
            comers[around as usize] += capacity[place];
        }
    }
    capacity
}
