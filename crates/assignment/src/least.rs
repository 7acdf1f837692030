//! Of all optimal prices, the least for mentors. They make the answer the problem's and not the method's.

use crate::market::{Market, NOBODY};
use crate::queue::Queue;
use crate::rows::{Cell, Points};

/// When one row in so many was read because its turn came, all are read at once: one after the other is much faster than one here
/// and one there.
const FEW_ROWS: usize = 32;

/// Lowers every mentor's price as far as optimality allows. Optimal prices form a lattice (Shapley & Shubik, *The
/// assignment game I*, 1971), so all can be least at once, and the least price of a mentor is exactly what one more
/// seat there would be worth, if it had no penalty.
///
/// How far a price can fall is a shortest path: a mentor's price cannot fall below the penalty of the last seat filled,
/// nor to where somebody who is left out would ask for a seat, nor, for a mentee seated elsewhere, further than that
/// seat's price falls plus what they would lose by moving. One pass of Dijkstra's method over all pairs.
pub(crate) fn least_prices<S: Points>(market: &mut Market<S>) {
    let mut falls = Falls::without_moves(market);
    let mentors = market.price.len();
    let mut rows = market.seat.len() / FEW_ROWS;
    while falls.open > 0
        && let Some((distance, node)) = falls.queue.pop()
    {
        if let Some(mentee) = (node as usize).checked_sub(mentors) {
            // The rest of a row: its turn comes when something there could matter.
            if rows > 0 {
                rows -= 1;
                falls.follow_row(market, mentee);
            } else if !falls.all_rows {
                falls.follow_all_rows(market);
            }
        } else if distance == falls.fall[node as usize] {
            falls.open -= 1;
            falls.is_open[node as usize] = false;
            falls.follow(market, node);
        }
    }
    for (price, fall) in market.price.iter_mut().zip(falls.fall) {
        *price -= fall;
    }
}

struct Falls {
    /// How far each price can fall, by what is known so far.
    fall: Vec<i64>,
    queue: Queue,
    /// Mentors whose fall is not certain yet. Mentors without seats have no pairs to look at.
    open: usize,
    /// Of each mentor, whether theirs is not.
    is_open: Vec<bool>,
    /// Whether all rows were read so far, and the others are to be as soon as their mentor's fall is certain.
    all_rows: bool,
    /// As far as any of these could fall at first.
    highest: i64,
}

impl Falls {
    /// How far each price could fall if no mentee were seated elsewhere.
    fn without_moves<S: Points>(market: &Market<S>) -> Self {
        let mentors = 0..market.price.len();
        // Wherever a mentor's places lie, none can cost less than the mentor's last seat.
        let alone = |mentor: usize| market.price[mentor] - market.last_penalty(market.mentor_of(mentor));
        let mut fall: Vec<i64> = mentors.map(alone).collect();
        for mentee in (0..market.seat.len()).filter(|&mentee| market.seat[mentee].mentor == NOBODY) {
            for cell in market.rows.row(mentee) {
                let fall = &mut fall[cell.mentor as usize];
                *fall = (*fall).min(market.out - cell.net(&market.price));
            }
        }
        let mut falls = Self {
            fall,
            queue: Queue::new(),
            open: 0,
            is_open: vec![true; market.price.len()],
            all_rows: false,
            highest: 0,
        };
        for mentor in (0..).take(market.price.len()).filter(|&mentor| market.desks[mentor as usize].capacity > 0) {
            let fall = falls.fall[mentor as usize];
            falls.queue.push(fall, mentor);
            falls.open += 1;
            falls.highest = falls.highest.max(fall);
        }
        falls
    }

    /// What this mentor's fall means for all whom their mentees could go to.
    fn follow<S: Points>(&mut self, market: &Market<S>, mentor: u32) {
        let fall = self.fall[mentor as usize];
        for &(_, mentee) in market.places_of(mentor as usize) {
            if self.all_rows {
                self.follow_row(market, mentee as usize);
                continue;
            }
            let worth = fall + market.worth(mentee as usize);
            let short = &market.rows.short[mentee as usize];
            for &cell in short.cells() {
                self.limit(market, cell, worth);
            }
            let rest = (worth - short.bound).max(fall);
            if rest < self.highest {
                self.queue.push(rest, mentee + u32::try_from(market.price.len()).unwrap_or(NOBODY));
            }
        }
        if !market.layout.are_mentors_only() {
            self.follow_beside(market, mentor as usize);
        }
    }

    /// What this place's fall means for those inside it, and around it if it is not full.
    fn follow_beside<S: Points>(&mut self, market: &Market<S>, place: usize) {
        let (fall, price) = (self.fall[place], market.price[place]);
        for &inner in market.inside(place) {
            if market.desks[inner as usize].capacity > 0 {
                self.limit_to(inner, fall + market.price[inner as usize] - price);
            }
        }
        if let Some(around) = market.around(place).filter(|_| market.is_open(place)) {
            self.limit_to(u32::try_from(around).unwrap_or(NOBODY), fall);
        }
    }

    fn follow_row<S: Points>(&mut self, market: &Market<S>, mentee: usize) {
        let worth = market.worth(mentee) + self.fall[market.seat[mentee].mentor as usize];
        for &cell in market.rows.row(mentee) {
            if self.is_open[cell.mentor as usize] {
                self.limit(market, cell, worth);
            }
        }
    }

    /// What the falls that are certain mean for whomever they could matter to.
    fn follow_all_rows<S: Points>(&mut self, market: &Market<S>) {
        self.all_rows = true;
        for mentee in 0..market.seat.len() {
            let mentor = market.seat[mentee].mentor;
            if mentor != NOBODY && !self.is_open[mentor as usize] {
                self.follow_row(market, mentee);
            }
        }
    }

    #[inline]
    fn limit<S: Points>(&mut self, market: &Market<S>, cell: Cell<S>, worth: i64) {
        self.limit_to(cell.mentor, worth - cell.net(&market.price));
    }

    #[inline]
    fn limit_to(&mut self, place: u32, limit: i64) {
        let known = &mut self.fall[place as usize];
        if limit < *known {
            *known = limit;
            self.queue.push(limit, place);
        }
    }
}
