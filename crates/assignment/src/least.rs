//! Of all optimal prices, the least for mentors. They make the answer the problem's and not the method's.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::market::{Market, NOBODY};
use crate::rows::{Cell, Points};

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
    while falls.open > 0
        && let Some(Reverse((distance, node))) = falls.heap.pop()
    {
        if let Some(mentee) = (node as usize).checked_sub(mentors) {
            // The rest of a row: its turn comes when something there could matter.
            let worth = market.worth(mentee) + falls.fall[market.seat[mentee].mentor as usize];
            for &cell in market.rows.row(mentee) {
                falls.limit(market, cell, worth);
            }
        } else if distance == falls.fall[node as usize] {
            falls.open -= 1;
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
    heap: BinaryHeap<Reverse<(i64, u32)>>,
    /// Mentors whose fall is not certain yet. Mentors without seats have no pairs to look at.
    open: usize,
    /// As far as any of these could fall at first.
    highest: i64,
}

impl Falls {
    /// How far each price could fall if no mentee were seated elsewhere.
    fn without_moves<S: Points>(market: &Market<S>) -> Self {
        let mentors = 0..market.price.len();
        let mut fall: Vec<i64> = mentors.map(|mentor| market.price[mentor] - market.last_penalty(mentor)).collect();
        for mentee in (0..market.seat.len()).filter(|&mentee| market.seat[mentee].mentor == NOBODY) {
            for cell in market.rows.row(mentee) {
                let fall = &mut fall[cell.mentor as usize];
                *fall = (*fall).min(market.out - cell.net(&market.price));
            }
        }
        let with_seats = fall.iter().zip(0..).filter(|&(_, mentor)| market.desks[mentor as usize].capacity > 0);
        let heap: BinaryHeap<_> = with_seats.map(|(&fall, mentor)| Reverse((fall, mentor))).collect();
        let highest = heap.iter().map(|&Reverse((fall, _))| fall).max().unwrap_or(0);
        Self { fall, open: heap.len(), heap, highest }
    }

    /// What this mentor's fall means for all whom their mentees could go to.
    fn follow<S: Points>(&mut self, market: &Market<S>, mentor: u32) {
        let fall = self.fall[mentor as usize];
        for &(_, mentee) in market.places_of(mentor as usize) {
            let worth = fall + market.worth(mentee as usize);
            let short = &market.rows.short[mentee as usize];
            for &cell in short.cells() {
                self.limit(market, cell, worth);
            }
            let rest = (worth - short.bound).max(fall);
            if rest < self.highest {
                self.heap.push(Reverse((rest, mentee + u32::try_from(market.price.len()).unwrap_or(NOBODY))));
            }
        }
    }

    #[inline]
    fn limit<S: Points>(&mut self, market: &Market<S>, cell: Cell<S>, worth: i64) {
        let limit = worth - cell.net(&market.price);
        let known = &mut self.fall[cell.mentor as usize];
        if limit < *known {
            *known = limit;
            self.heap.push(Reverse((limit, cell.mentor)));
        }
    }
}
