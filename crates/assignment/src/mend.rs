//! Mending a [`Network`] whose assignment and prices no longer fit: whoever must go goes, whoever waits finds a seat, seats
//! that must be filled or are priced too high find somebody. Each by the cheapest chain of moves, so that what was optimal
//! remains so and little else is disturbed.
//!
//! Successive shortest paths (Busacker & Gowen 1960; Jewell 1962; with prices, Edmonds & Karp 1972), from both sides; for those
//! who wait all at once, with as many of them seated between two searches as can be (Hopcroft & Karp 1973).
//! Each change of a price leaves paths without cost from outside to there, so that no price exceeds what a path can cost.

use crate::both_ends::BothEnds;
use crate::network::{MUST, Network, Seat, Step};
use crate::paths::{Direction, Paths};
use crate::places::Place;
use crate::problem::{MentorId, Shortfall};
use crate::rows::FAR;

/// Where no more than so many wait, each has a search of their own: looking for somebody else who could be seated at the same
/// prices would cost more.
const FEW: usize = 8;

impl Network<'_> {
    /// Makes the assignment optimal and the prices fit it.
    ///
    /// # Errors
    /// Least loads that cannot be met. The assignment is not optimal then.
    pub(crate) fn mend(&mut self) -> Result<(), Shortfall> {
        for place in self.quota_places().rev() {
            while self.load[place as usize] > self.most(place) {
                let Some(mentee) = self.somebody_in(place) else { break };
                self.go(mentee, Seat::Waiting);
            }
        }
        let (mentors, places) = (0..self.mentors(), 0..self.outside());
        self.mend_around(mentors, (0..self.mentees()).collect(), places.collect())
    }

    /// The same where only these mentors may have too many, only these mentees be unsettled or badly off, and only these
    /// places have too few.
    pub(crate) fn mend_around(
        &mut self,
        crowded: impl Iterator<Item = Place>,
        mut asking: Vec<u32>,
        mut lacking: Vec<Place>,
    ) -> Result<(), Shortfall> {
        for mentor in crowded {
            self.send_away(mentor, &mut asking, &mut lacking);
        }
        asking.sort_unstable();
        asking.dedup();
        asking.retain(|&mentee| self.is_discontent(mentee));
        for &mentee in &asking {
            self.release(mentee, &mut lacking);
        }
        let mut search = BothEnds::new(self);
        while !asking.is_empty() {
            let seated = self.seat_nearest(&mut search, &asking)?;
            asking.retain(|&mentee| mentee != seated);
            if asking.len() > FEW {
                self.seat_without_cost(search.ahead(), &mut asking);
            }
        }
        lacking.sort_unstable();
        lacking.dedup();
        for place in lacking {
            while self.price_of_one_more(place) < self.price[place as usize] {
                self.fill(search.ahead(), place)?;
            }
        }
        debug_assert!(self.is_sound());
        Ok(())
    }

    /// Whether no reduced cost is negative: every move and every seat costs at least nothing. Looks at everything.
    fn is_sound(&self) -> bool {
        let content = |mentee: u32| {
            let worth = self.worth(mentee);
            self.is_settled(mentee) || self.choices(mentee).all(|seat| self.net(mentee, seat) <= worth)
        };
        let well_priced = |place: Place| {
            let price = self.price[place as usize];
            let least =
                self.around(place).map_or_else(|| self.last_penalty(place), |around| self.price[around as usize]);
            least <= price && price <= self.price_of_one_more(place)
        };
        (0..self.mentees()).all(content) && (0..self.outside()).all(well_priced)
    }

    /// Takes the mentee's seat away. The places where one fewer is now may have too few.
    pub(crate) fn release(&mut self, mentee: u32, lacking: &mut Vec<Place>) {
        let seat = self.seat[mentee as usize];
        if let Seat::Pair(_) = seat {
            let around = |&place: &Place| self.around(place);
            lacking.extend(std::iter::successors(Some(self.place_of(seat)), around));
        }
        self.go(mentee, Seat::Waiting);
    }

    fn is_discontent(&self, mentee: u32) -> bool {
        if self.is_settled(mentee) {
            return false;
        }
        let seat = self.seat[mentee as usize];
        seat == Seat::Waiting || self.net(mentee, seat) < self.net(mentee, Seat::Waiting)
    }

    /// Where a mentor has more mentees than seats, or is paid less than the last seat costs, as many must ask again.
    fn send_away(&mut self, mentor: Place, asking: &mut Vec<u32>, lacking: &mut Vec<Place>) {
        while self.last_penalty(mentor) > self.price[mentor as usize] {
            if let Some(mentee) = self.somebody_in(mentor) {
                self.release(mentee, lacking);
                asking.push(mentee);
            } else {
                // Those who are pinned stay at whatever price.
                self.raise(mentor, self.last_penalty(mentor));
            }
        }
        if self.load[mentor as usize] == 0 && self.problem.least_load(MentorId(mentor)) == 0 {
            // Whoever no longer has to have somebody is no longer paid for it.
            self.raise(mentor, 0);
        }
    }

    /// Raises the price of this place and of those inside it to at least so much.
    fn raise(&mut self, place: Place, least: i64) {
        for place in self.places.inward(place) {
            self.price[place as usize] = self.price[place as usize].max(least);
        }
    }

    /// Somebody who could be moved out of this place or one inside it.
    fn somebody_in(&self, place: Place) -> Option<u32> {
        self.places.inward(place).find_map(|place| self.who(place).last().copied())
    }

    /// Seats one of those who wait, or leaves somebody out for them, and makes the prices fit; says who it was. There is a way
    /// but where being left out is barred.
    fn seat_nearest(&mut self, search: &mut BothEnds, waiting: &[u32]) -> Result<u32, Shortfall> {
        let Some(moves) = search.find(self, waiting) else {
            return Err(self.shortfall(search.ahead().settled()));
        };
        search.reprice(&mut self.price);
        self.let_outside_cost_nothing();
        self.make(&moves);
        let seated = moves.last().and_then(|step| if let Step::Move(mentee, _) = step { Some(*mentee) } else { None });
        Ok(seated.unwrap_or(waiting[0]))
    }

    /// Seats as many others as can be at the present prices.
    fn seat_without_cost(&mut self, paths: &mut Paths, waiting: &mut Vec<u32>) {
        paths.begin_round();
        waiting.retain(|&mentee| match paths.without_cost(self, mentee) {
            Some(moves) => {
                self.make(&moves);
                false
            }
            None => true,
        });
    }

    /// Brings one more to this place, or lowers its price to what one more has to cost.
    fn fill(&mut self, paths: &mut Paths, place: Place) -> Result<(), Shortfall> {
        let outside = self.outside();
        let goal = self.around(place).unwrap_or(outside);
        let lowest = self.price_of_one_more(place);
        let fall = if lowest > MUST { self.price[place as usize] - lowest } else { FAR };
        paths.begin();
        paths.reach(place, place, Step::Slack, 0);
        let end = paths.search(self, Direction::Backward, Some(goal), fall);
        if end == FAR {
            return Err(self.shortfall(paths.settled()));
        }
        for &place in paths.settled() {
            self.price[place as usize] -= end - paths.distance(place);
        }
        self.let_outside_cost_nothing();
        if end < fall {
            self.make(&paths.moves(goal));
        }
        Ok(())
    }

    /// Rather than fall outside, prices rise everywhere.
    fn let_outside_cost_nothing(&mut self) {
        let by = self.price[self.outside() as usize];
        if by != 0 {
            self.price.iter_mut().for_each(|price| *price -= by);
        }
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
