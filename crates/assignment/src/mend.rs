//! Mending a [`Network`] whose assignment and prices no longer fit: whoever must go goes, whoever waits finds a seat, seats
//! that must be filled or are priced too high find somebody. Each by the cheapest chain of moves, so that what was optimal
//! remains so and little else is disturbed.
//!
//! Successive shortest paths (Busacker & Gowen 1960; Jewell 1962; with prices, Edmonds & Karp 1972), from both sides; for those
//! who wait all at once, with as many of them seated between two searches as can be (Hopcroft & Karp 1973).
//! Each change of a price leaves paths without cost from outside to there, so that no price exceeds what a path can cost.

use crate::network::{MUST, Network, Place, Seat, Step};
use crate::paths::{Direction, Paths};
use crate::problem::{MentorId, Shortfall};
use crate::rows::FAR;

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
        let mut paths = Paths::new(self);
        while !asking.is_empty() {
            self.raise_prices(&mut paths, &asking)?;
            paths.begin_round();
            asking.retain(|&mentee| match paths.without_cost(self, mentee) {
                Some(moves) => {
                    self.make(&moves);
                    false
                }
                None => true,
            });
        }
        lacking.sort_unstable();
        lacking.dedup();
        for place in lacking {
            while self.price_of_one_more(place) < self.price[place as usize] {
                self.fill(&mut paths, place)?;
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
        self.price[place as usize] = self.price[place as usize].max(least);
        for inner in self.inside(place).to_vec() {
            self.raise(inner, least);
        }
    }

    /// Somebody who could be moved out of this place or one inside it.
    fn somebody_in(&self, place: Place) -> Option<u32> {
        let last = self.who(place).last().copied();
        last.or_else(|| self.inside(place).iter().find_map(|&inner| self.somebody_in(inner)))
    }

    /// Raises prices until one of those who wait, or more, has a way to a seat, or to somebody's being left out, that costs
    /// nothing. There is a way but where being left out is barred.
    fn raise_prices(&mut self, paths: &mut Paths, waiting: &[u32]) -> Result<(), Shortfall> {
        paths.begin();
        for &mentee in waiting {
            self.moves_of(mentee, self.worth(mentee), |place, step, cost| paths.reach(place, place, step, cost));
        }
        let last_step = self.cheapest_way_out();
        let end = paths.search_knowing(self, Direction::Onward, Some(self.outside()), FAR, last_step);
        if end == FAR {
            return Err(self.shortfall(paths.settled()));
        }
        for &place in paths.settled() {
            self.price[place as usize] += end - last_step - paths.distance(place);
        }
        // Whatever was not looked at is as far as that, and the last step is the same for all.
        self.shift(last_step);
        Ok(())
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
        // Outside costs nothing: rather than fall there, prices rise everywhere.
        self.shift(-self.price[outside as usize]);
        self.price[outside as usize] = 0;
        if end < fall {
            self.make(&paths.moves(goal));
        }
        Ok(())
    }

    /// Raises the price of every place but outside.
    fn shift(&mut self, by: i64) {
        let outside = self.outside() as usize;
        if by != 0 {
            self.price[..outside].iter_mut().for_each(|price| *price += by);
        }
    }

    /// The least that it costs to leave somebody out or to fill a seat, at the prices. Where seats are scarce it is much, and a
    /// search that knows it is short.
    fn cheapest_way_out(&self) -> i64 {
        let mut cheapest = FAR;
        for mentor in 0..self.mentors() {
            let next = self.next_penalty(mentor);
            if next < FAR {
                cheapest = cheapest.min((next - self.price[mentor as usize]).max(0));
            }
        }
        for mentee in 0..self.mentees() {
            if cheapest == 0 {
                break;
            }
            let may_leave = !self.is_settled(mentee) && !self.barred.contains(&(mentee, Seat::Out));
            if may_leave && self.seat[mentee as usize] != Seat::Out {
                cheapest = cheapest.min(self.worth(mentee) - self.net(mentee, Seat::Out));
            }
        }
        if cheapest == FAR { 0 } else { cheapest }
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
