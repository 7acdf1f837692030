//! The last seats: a path for each mentee who still waits, many at a time. Prices rise.

use crate::market::{Market, NOBODY};
use crate::queue::Queue;
use crate::rows::{Cell, FAR, Points};

/// Where a round settles less than one in so many, others come one at a time, as long as that costs less for each: most of a round
/// would be looking again from all the others.
pub(crate) const FEW: usize = 8;

/// The same where there are quotas: what one search finds out on its way through so many more places should serve all.
const FEW_WHERE_QUOTAS: usize = 32;

/// They are taken together again where a round settled more than so many times as many at the same cost.
const MANY: usize = 3;

/// Seats those who wait, or leaves somebody out, by the cheapest chains of moves.
///
/// The primal-dual method (Kuhn 1955; Ford & Fulkerson, *Flows in networks*, 1962), with all who wait at once as in
/// Hopcroft & Karp (1973): a shortest-path search from all of them (Dijkstra on reduced costs) tells by how much prices
/// must rise until one of them finds a way, then as many as can are moved along pairs that are tight. Prices never fall,
/// hence whoever is left out once stays out.
pub(crate) fn seat_who_waits<S: Points>(market: &mut Market<S>, mut waiting: Vec<u32>) {
    let mut search = Search::new(market);
    let few = if market.layout.are_mentors_only() { FEW } else { FEW_WHERE_QUOTAS };
    while !waiting.is_empty() {
        let (before, looks) = (waiting.len(), search.looks);
        search.raise_prices(market, &waiting);
        search.round += 1;
        waiting.retain(|&mentee| !search.find_a_way(market, mentee));
        let (settled, cost) = (before - waiting.len(), search.looks - looks);
        if settled * few <= before {
            while search.one_at_a_time(market, &mut waiting, cost) * MANY > settled {}
        }
    }
}

/// Where a place with a quota could have one more and is dearer than the one around it, in which no seat is free at its price: the
/// price around it rises, until it is as dear, or somebody finds it worth while to go to that place, or there is a free seat.
/// Whoever makes room leaves a seat that is too dear.
pub(crate) fn make_room_around<S: Points>(market: &mut Market<S>) {
    let inner = market.layout.mentors..market.price.len();
    let is_shut_in = |market: &Market<S>, place| market.wants_more(place) && !market.wants_from_outside(place);
    let mut search = None;
    for place in inner {
        while is_shut_in(market, place) {
            search.get_or_insert_with(|| Search::new(market)).make_room(market, place);
        }
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
    /// Where there are quotas: the place beside each, around it or inside, where somebody would come instead; or [`NOBODY`].
    beside: Vec<u32>,
    stack: Vec<u32>,
    /// A place that will do as well as a free seat; or [`NOBODY`].
    goal: u32,
    /// Pairs looked at.
    looks: usize,
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
            beside: vec![NOBODY; if market.layout.are_mentors_only() { 0 } else { mentors }],
            stack: Vec::new(),
            goal: NOBODY,
            looks: 0,
        }
    }

    /// Seats one after the other until more was looked at than this; returns how many.
    fn one_at_a_time(&mut self, market: &mut Market<S>, waiting: &mut Vec<u32>, looks: usize) -> usize {
        let (mut seated, most) = (0, self.looks + looks);
        while self.looks <= most
            && let Some(&mentee) = waiting.get(seated)
        {
            self.raise_prices(market, &[mentee]);
            self.round += 1;
            self.find_a_way(market, mentee);
            seated += 1;
        }
        waiting.drain(..seated);
        seated
    }

    fn begin(&mut self, end: i64) {
        self.queue.clear();
        self.settled.clear();
        for mentor in self.reached.drain(..) {
            self.distance[mentor as usize] = FAR;
        }
        self.end = end;
    }

    fn raise_prices(&mut self, market: &mut Market<S>, waiting: &[u32]) {
        self.begin(FAR);
        for &mentee in waiting {
            let worth = market.best(mentee as usize).worth;
            self.leave(market, mentee, 0, worth);
        }
        self.go_on(market);
    }

    /// Looks from the place around this one for a seat for somebody there, this place included, as long as that is worth it.
    fn make_room(&mut self, market: &mut Market<S>, place: usize) {
        let Some(around) = market.around(place) else { return };
        self.begin(market.price[place] - market.price[around]);
        self.goal = u32::try_from(place).unwrap_or(NOBODY);
        let start = u32::try_from(around).unwrap_or(NOBODY);
        self.reach_place(market, start, 0);
        self.go_on(market);
        self.round += 1;
        if market.wants_more(place) && !market.wants_from_outside(place) {
            self.visited[around] = self.round;
            self.stack.clear();
            self.stack.push(start);
            let mut stop = None;
            while stop.is_none()
                && let Some(mentor) = self.stack.pop()
            {
                stop = self.look_from(market, mentor);
            }
            if let Some(stop) = stop {
                self.shift(market, &stop, start);
            }
        }
        self.goal = NOBODY;
    }

    fn go_on(&mut self, market: &mut Market<S>) {
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
        if market.layout.are_mentors_only() {
            return;
        }
        let price = market.price[mentor as usize];
        for &inner in market.inside(mentor as usize).iter().filter(|&&inner| market.desks[inner as usize].capacity > 0)
        {
            self.reach_place(market, inner, distance + market.price[inner as usize] - price);
        }
        // Whoever is one more here is one more around here; a place that is priced too high costs nothing to fill.
        if let Some(around) = market.around(mentor as usize)
            && market.is_open(mentor as usize)
        {
            self.reach_place(market, u32::try_from(around).unwrap_or(NOBODY), distance);
        }
    }

    /// Looks from a mentee, who is to leave what is worth so much to them, at where they could go: the short list now, the
    /// rest of the row when the search has come as far as anything there can be near.
    fn leave(&mut self, market: &Market<S>, mentee: u32, distance: i64, worth: i64) {
        self.end = self.end.min(distance + worth - market.out);
        let short = &market.rows.short[mentee as usize];
        self.looks += short.cells().len();
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
        self.looks += market.rows.row(mentee).len();
        for &cell in market.rows.row(mentee) {
            self.reach(market, cell, distance + worth);
        }
    }

    #[inline]
    fn reach(&mut self, market: &Market<S>, cell: Cell<S>, worth: i64) {
        self.reach_place(market, cell.mentor, worth - cell.net(&market.price));
    }

    #[inline]
    fn reach_place(&mut self, market: &Market<S>, place: u32, distance: i64) {
        let known = &mut self.distance[place as usize];
        if distance >= *known || distance >= self.end {
            return;
        }
        if *known == FAR {
            self.reached.push(place);
        }
        *known = distance;
        self.queue.push(distance, place);
        if place == self.goal {
            self.end = distance;
        }
        let to_seat = (market.desks[place as usize].next - market.price[place as usize]).max(0);
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
            self.shift(market, &stop, NOBODY);
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
        if market.layout.are_mentors_only() { None } else { self.look_beside(market, mentor) }
    }

    fn look_beside(&mut self, market: &Market<S>, place: u32) -> Option<Stop> {
        let price = market.price[place as usize];
        for &inner in market.inside(place as usize) {
            if market.price[inner as usize] == price && self.visited[inner as usize] != self.round {
                self.visited[inner as usize] = self.round;
                self.beside[inner as usize] = place;
                self.stack.push(inner);
            }
        }
        let around = market.around(place as usize).filter(|_| market.is_open(place as usize))?;
        if self.visited[around] == self.round {
            return None;
        }
        self.visited[around] = self.round;
        self.beside[around] = place;
        let around = u32::try_from(around).unwrap_or(NOBODY);
        if market.has_room(around as usize) || around == self.goal {
            return Some(Stop::Seat(around));
        }
        self.stack.push(around);
        None
    }

    fn look(&mut self, market: &Market<S>, mentee: u32, worth: i64) -> Option<Stop> {
        let short = &market.rows.short[mentee as usize];
        let cells = if worth > short.bound { short.cells() } else { market.rows.row(mentee as usize) };
        self.looks += cells.len();
        for cell in cells {
            let mentor = cell.mentor as usize;
            if self.visited[mentor] != self.round && cell.net(&market.price) == worth {
                self.visited[mentor] = self.round;
                self.through[mentor] = (mentee, cell.score);
                if let Some(beside) = self.beside.get_mut(mentor) {
                    *beside = NOBODY;
                }
                if market.has_room(mentor) || cell.mentor == self.goal {
                    return Some(Stop::Seat(cell.mentor));
                }
                self.stack.push(cell.mentor);
            }
        }
        None
    }

    /// Moves everybody on the path by one, from its end back to the mentee who waited, or to the place where it began.
    fn shift(&self, market: &mut Market<S>, stop: &Stop, start: u32) {
        let mut vacant = match *stop {
            Stop::Seat(mentor) => mentor,
            Stop::Out(mentee) => market.rise(mentee),
        };
        while vacant != NOBODY && vacant != start {
            if let Some(&beside) = self.beside.get(vacant as usize).filter(|&&beside| beside != NOBODY) {
                vacant = beside;
                continue;
            }
            let (mentee, score) = self.through[vacant as usize];
            let left = market.rise(mentee);
            market.sit(mentee, vacant, score);
            vacant = left;
        }
    }
}
