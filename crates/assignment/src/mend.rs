//! Mending a [`Network`] whose assignment and prices no longer fit: whoever must go goes, whoever waits finds a seat, seats
//! that must be filled or are priced too high find somebody. Each by the cheapest chain of moves, so that what was optimal
//! remains so and little else is disturbed.
//!
//! Successive shortest paths (Busacker & Gowen 1960; Jewell 1962; with prices, Edmonds & Karp 1972), from both sides.
//! Each change of a price leaves paths without cost from outside to there, so that no price exceeds what a path can cost.

use crate::network::{Network, Place, Seat, Step};
use crate::paths::{Direction, Paths};
use crate::problem::{MentorId, Shortfall};
use crate::rows::FAR;

impl Network<'_> {
    /// Makes the assignment optimal and the prices fit it.
    ///
    /// # Errors
    /// Least loads that cannot be met. The assignment is not optimal then.
    pub(crate) fn mend(&mut self) -> Result<(), Shortfall> {
        let everybody = 0..self.mentors();
        self.send_away_from_quotas();
        self.mend_around(everybody.clone(), (0..self.mentees()).collect(), everybody)
    }

    /// The same where only these mentors may have too many, only these mentees be unsettled or badly off, and only these
    /// mentors have too few.
    pub(crate) fn mend_around(
        &mut self,
        crowded: impl Iterator<Item = Place>,
        mut asking: Vec<u32>,
        empty: impl Iterator<Item = Place>,
    ) -> Result<(), Shortfall> {
        let mut touched: Vec<Place> = empty.collect();
        for mentor in crowded {
            self.send_away(mentor, &mut asking);
        }
        asking.retain(|&mentee| self.is_discontent(mentee));
        asking.sort_unstable();
        asking.dedup();
        for &mentee in &asking {
            let place = self.place_of(self.seat[mentee as usize]);
            touched.extend(self.mentor_of(place));
            self.go(mentee, Seat::Waiting);
        }
        let mut paths = Paths::new(self);
        for mentee in asking {
            self.seat_somebody(&mut paths, mentee)?;
        }
        touched.sort_unstable();
        touched.dedup();
        for mentor in touched {
            while self.next_penalty(mentor) < self.price[mentor as usize] {
                self.fill_a_seat(&mut paths, mentor)?;
            }
        }
        Ok(())
    }

    fn mentor_of(&self, mut place: Place) -> Option<Place> {
        while let Some(around) = self.around(place) {
            place = around;
        }
        (place != self.outside()).then_some(place)
    }

    fn is_discontent(&self, mentee: u32) -> bool {
        if self.is_settled(mentee) {
            return false;
        }
        let seat = self.seat[mentee as usize];
        seat == Seat::Waiting || self.net(mentee, seat) < self.net(mentee, Seat::Waiting)
    }

    /// Where a quota is exceeded, as many as are too many must ask again.
    fn send_away_from_quotas(&mut self) {
        for place in self.quota_places().rev() {
            while self.load[place as usize] > self.most(place) {
                let Some(mentee) = self.somebody_in(place) else { break };
                self.go(mentee, Seat::Waiting);
            }
        }
    }

    /// Where a mentor has more mentees than seats, or is paid less than the last seat costs, as many must ask again.
    fn send_away(&mut self, mentor: Place, asking: &mut Vec<u32>) {
        while self.last_penalty(mentor) > self.price[mentor as usize] {
            if let Some(mentee) = self.somebody_in(mentor) {
                self.go(mentee, Seat::Waiting);
                asking.push(mentee);
            } else {
                // Those who are pinned stay at whatever price.
                self.price[mentor as usize] = self.last_penalty(mentor);
                self.raise_inside(mentor);
            }
        }
    }

    fn raise_inside(&mut self, place: Place) {
        for inner in self.inside(place).to_vec() {
            self.price[inner as usize] = self.price[inner as usize].max(self.price[place as usize]);
            self.raise_inside(inner);
        }
    }

    /// Somebody who could be moved out of this place or one inside it.
    fn somebody_in(&self, place: Place) -> Option<u32> {
        let last = self.who(place).last().copied();
        last.or_else(|| self.inside(place).iter().find_map(|&inner| self.somebody_in(inner)))
    }

    /// Seats somebody who waits, or leaves somebody out. There is a way but where being left out is barred.
    fn seat_somebody(&mut self, paths: &mut Paths, mentee: u32) -> Result<(), Shortfall> {
        let outside = self.outside();
        paths.begin();
        let worth = self.worth(mentee);
        self.moves_of(mentee, worth, |place, step, cost| paths.reach(place, place, step, cost));
        let end = paths.search(self, Direction::Onward, Some(outside), FAR);
        if end == FAR {
            return Err(self.shortfall(paths.settled()));
        }
        for &place in paths.settled() {
            self.price[place as usize] += end - paths.distance(place);
        }
        // From the end, so that each move makes room for the one before.
        self.make(&paths.moves(outside));
        Ok(())
    }

    /// Fills the next seat of this mentor, or lowers the price to what it costs.
    fn fill_a_seat(&mut self, paths: &mut Paths, mentor: Place) -> Result<(), Shortfall> {
        let outside = self.outside();
        let next = self.next_penalty(mentor);
        let floor = if next < FAR && next > -FAR { self.price[mentor as usize] - next } else { FAR };
        paths.begin();
        paths.reach(mentor, mentor, Step::Slack, 0);
        let end = paths.search(self, Direction::Backward, Some(outside), floor);
        if end == FAR {
            return Err(self.shortfall(paths.settled()));
        }
        for &place in paths.settled() {
            self.price[place as usize] -= end - paths.distance(place);
        }
        if paths.distance(outside) == end && end < floor {
            self.make(&paths.moves(outside));
        }
        Ok(())
    }

    fn make(&mut self, moves: &[Step]) {
        for &step in moves {
            if let Step::Move(mentee, seat) = step {
                self.go(mentee, seat);
            }
        }
    }

    /// These places can have nobody more between them.
    pub(crate) fn shortfall(&self, places: &[Place]) -> Shortfall {
        let mut mentors: Vec<Place> = places.iter().copied().filter(|&place| place < self.mentors()).collect();
        mentors.sort_unstable();
        let least = mentors.iter().map(|&mentor| u64::from(self.problem.least_load(MentorId(mentor)))).sum();
        let most = mentors.iter().map(|&mentor| u64::from(self.load[mentor as usize])).sum();
        Shortfall { mentors: mentors.into_iter().map(MentorId).collect(), least, most }
    }
}
