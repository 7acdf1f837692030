//! Why a mentee has this mentor: what every other choice would cost, exactly. Moving somebody closes a circle of moves; the
//! cheapest circle through a choice is that choice and a shortest path back (Ahuja, Magnanti & Orlin, *Network flows*, 1993,
//! section 9.11, sensitivity analysis).

use crate::network::{Network, Seat, Step};
use crate::paths::{Direction, Paths};
use crate::problem::{MenteeId, MentorId, Mistake, Pair};
use crate::rows::FAR;
use crate::settled::Settled;

/// What became of a mentee, and what else could have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why {
    /// `None` when they are left out.
    pub pair: Option<Pair>,
    /// The allowed pair with the highest score; of equals, the lowest-numbered mentor.
    pub best: Option<Pair>,
    /// Every other choice, from the one that costs all together least to the one that costs most; of equals, by mentor, and
    /// being left out last. Those that are not possible at all come at the end. Somebody who is pinned has none.
    pub alternatives: Vec<Alternative>,
    /// By how many points the score of what they have could fall and still be part of an optimum; `None` when nothing else
    /// is possible. One point more changes the result.
    pub margin: Option<i64>,
}

/// Another choice for a mentee.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Alternative {
    /// `None` for being left out.
    pub mentor: Option<MentorId>,
    /// Of the pair, or the penalty for being left out, below 0.
    pub score: i64,
    /// By how much the best assignment with this choice is worth less than the optimum; also by how many points its score
    /// would have to rise to be part of an optimum, one more than which changes the result. `None` when no assignment has it.
    pub cost: Option<i64>,
    /// The part of it that is not the mentee's own; below 0 where the others would gain.
    pub cost_to_others: Option<i64>,
}

impl Settled {
    /// Explains a mentee's place. One search for shortest paths, as far as their alternatives lie.
    ///
    /// # Errors
    /// When there is no such mentee.
    pub fn why(&self, mentee: MenteeId) -> Result<Why, Mistake> {
        self.problem().check_mentee(mentee)?;
        let network = &self.network;
        let seat = network.seat[mentee.index()];
        let pairs = self.problem().pairs_of(mentee);
        let best = pairs.iter().copied().reduce(|best, other| if other.score > best.score { other } else { best });
        let mut alternatives = alternatives(network, mentee.0);
        let key = |one: &Alternative| (one.cost.unwrap_or(FAR), one.mentor.is_none(), one.mentor);
        alternatives.sort_by_key(key);
        let margin = alternatives.iter().find_map(|first| first.cost);
        Ok(Why { pair: pair_of(network, seat), best, alternatives, margin })
    }

    /// What one more seat with this mentor would add to the objective, if it had no penalty: exactly, whatever the prices.
    ///
    /// # Errors
    /// When there is no such mentor.
    pub fn worth_of_a_seat(&self, mentor: MentorId) -> Result<i64, Mistake> {
        self.problem().check_mentor(mentor)?;
        let network = &self.network;
        let mut paths = Paths::new(network);
        paths.begin();
        paths.reach(mentor.0, mentor.0, Step::Slack, 0);
        let nearest = paths.search(network, Direction::Backward, Some(network.outside()), FAR);
        // Either somebody comes, or whoever has the dearest seat filled takes the new one.
        let load = network.load[mentor.index()] as usize;
        let dearest = load.checked_sub(1).and_then(|seat| self.problem().seats(mentor).penalty(seat));
        Ok((network.price[mentor.index()] - nearest).max(dearest.unwrap_or(0)))
    }
}

fn pair_of(network: &Network<'_>, seat: Seat) -> Option<Pair> {
    match seat {
        Seat::Pair(number) => Some(network.pair(number)),
        Seat::Out | Seat::Waiting => None,
    }
}

fn alternatives(network: &Network<'_>, mentee: u32) -> Vec<Alternative> {
    if network.is_settled(mentee) {
        return Vec::new();
    }
    let seat = network.seat[mentee as usize];
    let place = network.place_of(seat);
    let others: Vec<Seat> = network.choices(mentee).filter(|&other| other != seat).collect();
    let mut paths = Paths::new(network);
    paths.begin();
    paths.reach(place, place, Step::Slack, 0);
    paths.search_all(network, Direction::Backward, others.iter().map(|&other| network.place_of(other)).collect());
    let own = |seat: Seat| match seat {
        Seat::Pair(number) => network.pair(number).score,
        Seat::Out | Seat::Waiting => network.net(mentee, seat),
    };
    let alternative = |other: Seat| {
        let back = paths.distance(network.place_of(other));
        let cost = (back < FAR).then(|| network.worth(mentee) - network.net(mentee, other) + back);
        Alternative {
            mentor: pair_of(network, other).map(|pair| pair.mentor),
            score: own(other),
            cost,
            cost_to_others: cost.map(|cost| cost - (own(seat) - own(other))),
        }
    };
    others.into_iter().map(alternative).collect()
}
