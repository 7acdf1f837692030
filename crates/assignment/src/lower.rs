//! Empty seats whose price is above their penalty: somebody comes, or the price falls. The mirror of `raise`.

use crate::least::least_prices;
use crate::market::{Market, NOBODY};
use crate::queue::Queue;
use crate::raise::FEW;
use crate::rows::{Columns, FAR, Points};

/// Fills the seats that are priced above their penalty, or lowers the price to it, by the cheapest chains of moves: the
/// primal-dual method from the side of the seats. Prices never rise.
pub(crate) fn fill_empty_seats<S: Points>(market: &mut Market<S>) {
    let mut wanting: Vec<u32> =
        (0..).take(market.price.len()).filter(|&mentor| market.wants_more(mentor as usize)).collect();
    if wanting.is_empty() {
        return;
    }
    let mut search = Search::new(market);
    search.all_at_once(market, &mut wanting);
    search.one_at_a_time(market, &mut wanting);
    search.with_least_prices(market, &mut wanting);
    market.rows.forget_bounds();
}

struct Search<S> {
    columns: Columns<S>,
    /// Of each mentor, from those with empty seats: how much less their price would fall.
    distance: Vec<i64>,
    reached: Vec<u32>,
    settled: Vec<u32>,
    queue: Queue,
    /// The nearest way out so far.
    end: i64,
    /// The round in which each mentor was visited last.
    visited: Vec<u32>,
    round: u32,
    /// Pairs looked at.
    work: usize,
    /// Chains of moves made.
    moves: usize,
    /// Whom each mentor would lose: the mentee, their new mentor and score there.
    through: Vec<(u32, u32, S)>,
    stack: Vec<u32>,
}

impl<S: Points> Search<S> {
    fn new(market: &Market<S>) -> Self {
        let mentors = market.price.len();
        Self {
            columns: market.rows.columns(mentors),
            distance: vec![FAR; mentors],
            reached: Vec::new(),
            settled: Vec::new(),
            queue: Queue::new(),
            end: FAR,
            visited: vec![0; mentors],
            round: 1,
            work: 0,
            moves: 0,
            through: vec![(NOBODY, NOBODY, S::default()); mentors],
            stack: Vec::new(),
        }
    }

    /// Rounds, as long as they settle many.
    fn all_at_once(&mut self, market: &mut Market<S>, wanting: &mut Vec<u32>) {
        loop {
            let before = wanting.len();
            self.lower_prices(market, wanting);
            self.round += 1;
            wanting.retain(|&mentor| self.still_wants_more(market, mentor));
            if (before - wanting.len()) * FEW <= before {
                break;
            }
        }
    }

    /// One mentor after the other, as long as that costs less than looking at all pairs once.
    fn one_at_a_time(&mut self, market: &mut Market<S>, wanting: &mut Vec<u32>) {
        self.work = 0;
        wanting.retain(|&mentor| {
            while self.work < self.columns.len() && self.still_wants_more(market, mentor) {
                self.lower_prices(market, &[mentor]);
                self.round += 1;
            }
            market.wants_more(mentor as usize)
        });
    }

    /// Where somebody has to come from far, one search for everybody costs less than one for each: at the least prices that
    /// the seating allows, tight pairs lead to each mentor from somebody who can be spared.
    fn with_least_prices(&mut self, market: &mut Market<S>, wanting: &mut Vec<u32>) {
        while !wanting.is_empty() {
            market.rows.forget_bounds();
            least_prices(market);
            let mut moved = true;
            while moved {
                let before = self.moves;
                self.round += 1;
                wanting.retain(|&mentor| self.still_wants_more(market, mentor));
                moved = self.moves > before;
            }
        }
    }

    fn lower_prices(&mut self, market: &mut Market<S>, wanting: &[u32]) {
        self.queue.clear();
        self.settled.clear();
        for mentor in self.reached.drain(..) {
            self.distance[mentor as usize] = FAR;
        }
        self.end = FAR;
        for &mentor in wanting {
            self.distance[mentor as usize] = 0;
            self.reached.push(mentor);
            self.queue.push(0, mentor);
            self.end = self.end.min(market.price[mentor as usize] - market.desks[mentor as usize].next);
        }
        while let Some((distance, mentor)) = self.queue.pop() {
            if distance >= self.end {
                break;
            }
            if distance == self.distance[mentor as usize] {
                self.settled.push(mentor);
                self.invite(market, mentor, distance);
            }
        }
        for &mentor in &self.settled {
            market.price[mentor as usize] -= self.end - self.distance[mentor as usize];
        }
    }

    /// Looks at all who could come to this mentor, and whose seats they would leave.
    fn invite(&mut self, market: &Market<S>, mentor: u32, distance: i64) {
        let price = market.price[mentor as usize];
        self.work += self.columns.of(mentor as usize).len();
        for &(mentee, score) in self.columns.of(mentor as usize) {
            let other = market.seat[mentee as usize].mentor;
            let far = distance + market.worth(mentee as usize) - (score.into() - price);
            if far >= self.end || other == mentor {
                continue;
            }
            if other == NOBODY {
                self.end = far;
                continue;
            }
            let known = &mut self.distance[other as usize];
            if far < *known {
                if *known == FAR {
                    self.reached.push(other);
                }
                *known = far;
                self.queue.push(far, other);
                let to_spare = market.price[other as usize] - market.last_penalty(other as usize);
                self.end = self.end.min(far + to_spare);
            }
        }
    }

    /// Gives this mentor as many as can come at the present prices, and says whether that was too few.
    fn still_wants_more(&mut self, market: &mut Market<S>, mentor: u32) -> bool {
        while market.wants_more(mentor as usize) && self.find_somebody(market, mentor) {}
        market.wants_more(mentor as usize)
    }

    /// Moves others along tight pairs so that this mentor has one more, if that leads to somebody who was left out or to a
    /// mentor who can spare one.
    fn find_somebody(&mut self, market: &mut Market<S>, wanting: u32) -> bool {
        self.stack.clear();
        self.stack.push(wanting);
        self.visited[wanting as usize] = self.round;
        while let Some(mentor) = self.stack.pop() {
            let price = market.price[mentor as usize];
            for &(mentee, score) in self.columns.of(mentor as usize) {
                let other = market.seat[mentee as usize].mentor;
                if score.into() - price != market.worth(mentee as usize) || other == mentor {
                    continue;
                }
                if other == NOBODY {
                    self.shift(market, (mentee, mentor, score), wanting);
                    return true;
                }
                if self.visited[other as usize] != self.round {
                    self.visited[other as usize] = self.round;
                    self.through[other as usize] = (mentee, mentor, score);
                    if market.price[other as usize] == market.last_penalty(other as usize) {
                        self.shift(market, (mentee, mentor, score), wanting);
                        return true;
                    }
                    self.stack.push(other);
                }
            }
        }
        // Whoever was visited in vain stays marked for this round, the mentor in question not.
        false
    }

    /// Moves everybody on the path by one, until the mentor who wanted somebody has them.
    fn shift(&mut self, market: &mut Market<S>, first: (u32, u32, S), wanting: u32) {
        self.moves += 1;
        let (mut mentee, mut mentor, mut score) = first;
        loop {
            market.rise(mentee);
            // Whoever goes from here makes the place free first.
            let onward = self.through[mentor as usize];
            if mentor != wanting {
                market.rise(onward.0);
            }
            market.sit(mentee, mentor, score);
            if mentor == wanting {
                break;
            }
            self.visited[mentor as usize] = 0;
            (mentee, mentor, score) = onward;
        }
        for &mentor in &self.stack {
            self.visited[mentor as usize] = 0;
        }
        self.visited[wanting as usize] = 0;
    }
}
