//! Empty seats whose price is above their penalty: somebody comes, or the price falls. The mirror of `raise`.

use crate::least::least_prices;
use crate::market::{Market, NOBODY};
use crate::queue::Queue;
use crate::raise::{FEW, make_room_around};
use crate::rows::{Columns, FAR, Points};

/// Fills the seats that are priced above their penalty, or lowers the price to it, by the cheapest chains of moves: the
/// primal-dual method from the side of the seats. Prices never rise, but for places with quotas that are too dear while no seat
/// around them is free: what stands around them rises first.
pub(crate) fn fill_empty_seats<S: Points>(market: &mut Market<S>) {
    let mut search = None;
    loop {
        if !market.layout.are_mentors_only() {
            make_room_around(market);
        }
        // Inner places first: as long as they wait, a seat that was made free for them must not go to others.
        let mut filled = true;
        for depth in (0..market.layout.depth()).rev() {
            let mut wanting: Vec<u32> =
                market.layout.at_depth(depth).filter(|&place| market.wants_from_outside(place as usize)).collect();
            if !wanting.is_empty() {
                let search = search.get_or_insert_with(|| Search::new(market));
                search.all_at_once(market, &mut wanting);
                search.one_at_a_time(market, &mut wanting);
                search.with_least_prices(market, &mut wanting);
                market.rows.forget_bounds();
                filled = false;
            }
        }
        if filled {
            return;
        }
    }
}

struct Search<S> {
    columns: Columns<S>,
    near: Near,
    trail: Trail<S>,
    /// Pairs looked at.
    work: usize,
    /// Chains of moves made.
    moves: usize,
}

/// How far the shortest-path search has come.
struct Near {
    /// Of each mentor, from those with empty seats: how much less their price would fall.
    distance: Vec<i64>,
    reached: Vec<u32>,
    settled: Vec<u32>,
    queue: Queue,
    /// The nearest way out so far.
    end: i64,
}

/// Where the search along tight pairs has been.
struct Trail<S> {
    /// The round in which each mentor was visited last.
    visited: Vec<u32>,
    round: u32,
    /// Whom each mentor would lose: the mentee, their new mentor and score there. Where there are quotas it may be nobody, and the
    /// place is the one beside it that would lose somebody instead.
    through: Vec<(u32, u32, S)>,
    stack: Vec<u32>,
}

impl<S: Points> Search<S> {
    fn new(market: &Market<S>) -> Self {
        let mentors = market.price.len();
        let near = Near {
            distance: vec![FAR; mentors],
            reached: Vec::new(),
            settled: Vec::new(),
            queue: Queue::new(),
            end: FAR,
        };
        let trail = Trail {
            visited: vec![0; mentors],
            round: 1,
            through: vec![(NOBODY, NOBODY, S::default()); mentors],
            stack: Vec::new(),
        };
        Self { columns: market.rows.columns(mentors), near, trail, work: 0, moves: 0 }
    }

    /// Rounds, as long as they settle many.
    fn all_at_once(&mut self, market: &mut Market<S>, wanting: &mut Vec<u32>) {
        loop {
            let before = wanting.len();
            self.lower_prices(market, wanting);
            self.trail.round += 1;
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
                self.trail.round += 1;
            }
            market.wants_from_outside(mentor as usize)
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
                self.trail.round += 1;
                wanting.retain(|&mentor| self.still_wants_more(market, mentor));
                moved = self.moves > before;
            }
            if !wanting.is_empty() {
                self.one_at_a_time(market, wanting);
            }
        }
    }

    fn lower_prices(&mut self, market: &mut Market<S>, wanting: &[u32]) {
        self.near.queue.clear();
        self.near.settled.clear();
        for mentor in self.near.reached.drain(..) {
            self.near.distance[mentor as usize] = FAR;
        }
        self.near.end = FAR;
        for &mentor in wanting {
            self.near.distance[mentor as usize] = 0;
            self.near.reached.push(mentor);
            self.near.queue.push(0, mentor);
            self.near.end = self.near.end.min(market.price[mentor as usize] - market.next_price(mentor as usize));
        }
        while let Some((distance, mentor)) = self.near.queue.pop() {
            if distance >= self.near.end {
                break;
            }
            if distance == self.near.distance[mentor as usize] {
                self.near.settled.push(mentor);
                self.invite(market, mentor, distance);
            }
        }
        for &mentor in &self.near.settled {
            market.price[mentor as usize] -= self.near.end - self.near.distance[mentor as usize];
        }
    }

    /// Looks at all who could come to this mentor, and whose seats they would leave.
    fn invite(&mut self, market: &Market<S>, mentor: u32, distance: i64) {
        let price = market.price[mentor as usize];
        self.work += self.columns.of(mentor as usize).len();
        for &(mentee, score) in self.columns.of(mentor as usize) {
            let other = market.seat[mentee as usize].mentor;
            let far = distance + market.worth(mentee as usize) - (score.into() - price);
            if far >= self.near.end || other == mentor {
                continue;
            }
            if other == NOBODY {
                self.near.end = far;
                continue;
            }
            self.near.reach(market, other, far);
        }
        if market.layout.are_mentors_only() {
            return;
        }
        for &inner in market.inside(mentor as usize) {
            if market.is_open(inner as usize) {
                self.near.reach(market, inner, distance);
            }
        }
        if let Some(around) = market.around(mentor as usize) {
            let far = distance + price - market.price[around];
            if far < self.near.end {
                self.near.reach(market, u32::try_from(around).unwrap_or(NOBODY), far);
            }
        }
    }

    /// Gives this mentor as many as can come at the present prices, and says whether that was too few.
    fn still_wants_more(&mut self, market: &mut Market<S>, mentor: u32) -> bool {
        while market.wants_from_outside(mentor as usize) && self.find_somebody(market, mentor) {}
        market.wants_from_outside(mentor as usize)
    }

    /// Moves others along tight pairs so that this mentor has one more, if that leads to somebody who was left out or to a
    /// mentor who can spare one.
    fn find_somebody(&mut self, market: &mut Market<S>, wanting: u32) -> bool {
        self.trail.stack.clear();
        self.trail.stack.push(wanting);
        self.trail.visited[wanting as usize] = self.trail.round;
        while let Some(mentor) = self.trail.stack.pop() {
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
                if self.trail.visited[other as usize] != self.trail.round
                    && self.trail.visit(market, other, (mentee, mentor, score))
                {
                    self.shift(market, (mentee, mentor, score), wanting);
                    return true;
                }
            }
            if !market.layout.are_mentors_only()
                && let Some(last) = self.trail.look_beside(market, mentor)
            {
                self.shift(market, last, wanting);
                return true;
            }
        }
        // Whoever was visited in vain stays marked for this round, the mentor in question not.
        false
    }

    /// Moves everybody on the path by one, until the mentor who wanted somebody has them.
    fn shift(&mut self, market: &mut Market<S>, first: (u32, u32, S), wanting: u32) {
        self.moves += 1;
        let mut steps = vec![first];
        let (_, mut place, _) = first;
        while place != wanting {
            self.trail.visited[place as usize] = 0;
            let onward = self.trail.through[place as usize];
            steps.push(onward);
            place = onward.1;
        }
        steps.retain(|&(mentee, ..)| mentee != NOBODY);
        // Whoever goes makes the place free first.
        for &(mentee, ..) in &steps {
            market.rise(mentee);
        }
        for (mentee, place, score) in steps {
            market.sit(mentee, place, score);
        }
        for &mentor in &self.trail.stack {
            self.trail.visited[mentor as usize] = 0;
        }
        self.trail.visited[wanting as usize] = 0;
    }
}

impl Near {
    #[inline]
    fn reach<S: Points>(&mut self, market: &Market<'_, S>, place: u32, far: i64) {
        let known = &mut self.distance[place as usize];
        if far < *known {
            if *known == FAR {
                self.reached.push(place);
            }
            *known = far;
            self.queue.push(far, place);
            if (place as usize) < market.layout.mentors {
                let to_spare = market.price[place as usize] - market.last_penalty(place as usize);
                self.end = self.end.min(far + to_spare);
            }
        }
    }
}

impl<S: Points> Trail<S> {
    /// Comes to a place from which somebody would move, or in which one more counts for another; says whether its mentor can spare
    /// one.
    fn visit(&mut self, market: &Market<S>, place: u32, through: (u32, u32, S)) -> bool {
        self.visited[place as usize] = self.round;
        self.through[place as usize] = through;
        if (place as usize) < market.layout.mentors
            && market.price[place as usize] == market.last_penalty(place as usize)
        {
            return true;
        }
        self.stack.push(place);
        false
    }

    /// One more inside this place is one more here, and one fewer around it may be one fewer here.
    fn look_beside(&mut self, market: &Market<S>, place: u32) -> Option<(u32, u32, S)> {
        let through = (NOBODY, place, S::default());
        for &inner in market.inside(place as usize) {
            if market.is_open(inner as usize) && self.visited[inner as usize] != self.round {
                self.visit(market, inner, through);
            }
        }
        let around = market.around(place as usize)?;
        let is_new = self.visited[around] != self.round && market.price[around] == market.price[place as usize];
        (is_new && self.visit(market, u32::try_from(around).unwrap_or(NOBODY), through)).then_some(through)
    }
}
