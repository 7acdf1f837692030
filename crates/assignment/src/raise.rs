//! The last seats: a path for each mentee who still waits, many at a time. Prices rise.

use crate::market::{Market, NOBODY};
use crate::queue::Queue;
use crate::rows::{Cell, FAR, Points};

/// Where a round settles less than one in so many, those who are left come one at a time: most of a round would be looking
/// again from all the others.
pub(crate) const FEW: usize = 8;

/// Seats those who wait, or leaves somebody out, by the cheapest chains of moves.
///
/// The primal-dual method (Kuhn 1955; Ford & Fulkerson, *Flows in networks*, 1962), with all who wait at once as in
/// Hopcroft & Karp (1973): a shortest-path search from all of them (Dijkstra on reduced costs) tells by how much prices
/// must rise until one of them finds a way, then as many as can are moved along pairs that are tight. Prices never fall,
/// hence whoever is left out once stays out.
pub(crate) fn seat_who_waits<S: Points>(market: &mut Market<S>, mut waiting: Vec<u32>) {
    let mut search = Search::new(market);
    loop {
        let before = waiting.len();
        search.raise_prices(market, &waiting);
        search.round += 1;
        waiting.retain(|&mentee| !search.find_a_way(market, mentee));
        if (before - waiting.len()) * FEW <= before {
            break;
        }
    }
    for mentee in waiting {
        search.raise_prices(market, &[mentee]);
        search.round += 1;
        search.find_a_way(market, mentee);
    }
}

struct Search<S> {
    /// Of each mentor, from those who wait: what the moves that make room there would cost so far.
    distance: Vec<i64>,
    reached: Vec<u32>,
    settled: Vec<u32>,
    queue: Queue,
    /// The nearest way out so far.
    end: i64,
    /// The round in which each mentor was visited last.
    visited: Vec<u32>,
    round: u32,
    /// Who would come to each mentor, and their score there.
    through: Vec<(u32, S)>,
    stack: Vec<u32>,
}

/// Where a chain of moves stops: at a free seat, or by leaving somebody out.
enum Stop {
    Seat(u32),
    Out(u32),
}

impl<S: Points> Search<S> {
    fn new(market: &Market<S>) -> Self {
        let mentors = market.price.len();
        Self {
            distance: vec![FAR; mentors],
            reached: Vec::new(),
            settled: Vec::new(),
            queue: Queue::new(),
            end: FAR,
            visited: vec![0; mentors],
            round: 0,
            through: vec![(NOBODY, S::default()); mentors],
            stack: Vec::new(),
        }
    }

    fn raise_prices(&mut self, market: &mut Market<S>, waiting: &[u32]) {
        self.queue.clear();
        self.settled.clear();
        for mentor in self.reached.drain(..) {
            self.distance[mentor as usize] = FAR;
        }
        self.end = FAR;
        for &mentee in waiting {
            let worth = market.best(mentee as usize).worth;
            self.leave(market, mentee, 0, worth);
        }
        let mentors = market.price.len();
        while let Some((distance, node)) = self.queue.pop() {
            if distance >= self.end {
                break;
            }
            if let Some(mentee) = (node as usize).checked_sub(mentors) {
                self.leave_by_the_rest(market, mentee);
            } else if distance == self.distance[node as usize] {
                self.settled.push(node);
                self.leave_seats_of(market, node, distance);
            }
        }
        for &mentor in &self.settled {
            market.price[mentor as usize] += self.end - self.distance[mentor as usize];
        }
    }

    fn leave_seats_of(&mut self, market: &Market<S>, mentor: u32, distance: i64) {
        for &(_, mentee) in market.places_of(mentor as usize) {
            self.leave(market, mentee, distance, market.worth(mentee as usize));
        }
    }

    /// Looks from a mentee, who is to leave what is worth so much to them, at where they could go: the short list now, the
    /// rest of the row when the search has come as far as anything there can be near.
    fn leave(&mut self, market: &Market<S>, mentee: u32, distance: i64, worth: i64) {
        self.end = self.end.min(distance + worth - market.out);
        let short = &market.rows.short[mentee as usize];
        for &cell in short.cells() {
            self.reach(market, cell, distance + worth);
        }
        let rest = (distance + worth - short.bound).max(distance);
        if rest < self.end {
            // Mentees are numbered after the mentors.
            self.queue.push(rest, mentee + u32::try_from(market.price.len()).unwrap_or(NOBODY));
        }
    }

    fn leave_by_the_rest(&mut self, market: &mut Market<S>, mentee: usize) {
        let (distance, worth) = match market.seat[mentee].mentor {
            NOBODY => (0, market.best(mentee).worth),
            mentor => (self.distance[mentor as usize], market.worth(mentee)),
        };
        for &cell in market.rows.row(mentee) {
            self.reach(market, cell, distance + worth);
        }
    }

    #[inline]
    fn reach(&mut self, market: &Market<S>, cell: Cell<S>, worth: i64) {
        let distance = worth - cell.net(&market.price);
        let known = &mut self.distance[cell.mentor as usize];
        if distance >= *known || distance >= self.end {
            return;
        }
        if *known == FAR {
            self.reached.push(cell.mentor);
        }
        *known = distance;
        self.queue.push(distance, cell.mentor);
        let to_seat = (market.desks[cell.mentor as usize].next - market.price[cell.mentor as usize]).max(0);
        self.end = self.end.min(distance + to_seat);
    }

    /// Moves this mentee and others along tight pairs, if that leads to a free seat or to somebody who would as soon be
    /// left out.
    fn find_a_way(&mut self, market: &mut Market<S>, source: u32) -> bool {
        let worth = market.best(source as usize).worth;
        if worth == market.out {
            return true;
        }
        self.stack.clear();
        let mut stop = self.look(market, source, worth);
        while stop.is_none() {
            let Some(mentor) = self.stack.pop() else { return false };
            stop = self.look_from(market, mentor);
        }
        // These were seen but not visited: others may still want to.
        for &mentor in &self.stack {
            self.visited[mentor as usize] = 0;
        }
        if let Some(stop) = stop {
            self.shift(market, &stop);
        }
        true
    }

    fn look_from(&mut self, market: &Market<S>, mentor: u32) -> Option<Stop> {
        for &(_, mentee) in market.places_of(mentor as usize) {
            let worth = market.worth(mentee as usize);
            if worth == market.out {
                return Some(Stop::Out(mentee));
            }
            let stop = self.look(market, mentee, worth);
            if stop.is_some() {
                return stop;
            }
        }
        None
    }

    fn look(&mut self, market: &Market<S>, mentee: u32, worth: i64) -> Option<Stop> {
        let short = &market.rows.short[mentee as usize];
        let cells = if worth > short.bound { short.cells() } else { market.rows.row(mentee as usize) };
        for cell in cells {
            let mentor = cell.mentor as usize;
            if self.visited[mentor] != self.round && cell.net(&market.price) == worth {
                self.visited[mentor] = self.round;
                self.through[mentor] = (mentee, cell.score);
                if market.has_room(mentor) {
                    return Some(Stop::Seat(cell.mentor));
                }
                self.stack.push(cell.mentor);
            }
        }
        None
    }

    /// Moves everybody on the path by one, from its end back to the mentee who waited.
    fn shift(&self, market: &mut Market<S>, stop: &Stop) {
        let mut vacant = match *stop {
            Stop::Seat(mentor) => mentor,
            Stop::Out(mentee) => market.rise(mentee),
        };
        while vacant != NOBODY {
            let (mentee, score) = self.through[vacant as usize];
            let left = market.rise(mentee);
            market.sit(mentee, vacant, score);
            vacant = left;
        }
    }
}
