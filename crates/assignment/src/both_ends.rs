//! The shortest way from those who wait to outside, looked for from both of its ends at once (Pohl, *Bi-directional search*,
//! 1971). Where seats are scarce it leads through many places, and so many others are as near that a search from one end
//! sees nearly all of them. Two that meet half-way see few.

use crate::network::{Network, Step};
use crate::paths::{Direction, Paths};
use crate::places::Place;
use crate::rows::FAR;

#[derive(Debug)]
pub(crate) struct BothEnds {
    /// From those who wait.
    ahead: End,
    /// From outside.
    back: End,
    best: Meeting,
}

/// The shortest way known: how long it is, and a place on it that both ends have reached.
#[derive(Debug, Clone, Copy)]
struct Meeting {
    length: i64,
    place: Place,
}

#[derive(Debug)]
struct End {
    paths: Paths,
    direction: Direction,
    /// Steps looked at, by which the two ends take turns.
    looks: usize,
    /// The nearest of the places that were left aside, since no shorter way leads through them.
    left_aside: i64,
}

impl BothEnds {
    pub(crate) fn new(network: &Network<'_>) -> Self {
        let end = |direction| End { paths: Paths::new(network), direction, looks: 0, left_aside: FAR };
        let best = Meeting { length: FAR, place: network.outside() };
        Self { ahead: end(Direction::Onward), back: end(Direction::Backward), best }
    }

    /// The search from those who wait, to be used for others as well.
    pub(crate) fn ahead(&mut self) -> &mut Paths {
        &mut self.ahead.paths
    }

    /// The moves that seat one of those who wait, or leave somebody out, by the shortest way; theirs comes last. `None` when
    /// there is no way: then all places that they can reach are settled.
    pub(crate) fn find(&mut self, network: &Network<'_>, waiting: &[u32]) -> Option<Vec<Step>> {
        let outside = network.outside();
        self.ahead.begin();
        for &mentee in waiting {
            let reach = |place, step, cost| self.ahead.paths.reach(place, place, step, cost);
            network.moves_of(mentee, network.worth(mentee), reach);
        }
        self.back.begin();
        self.back.paths.reach(outside, outside, Step::Slack, 0);
        self.best = Meeting { length: self.ahead.paths.distance(outside), place: outside };
        self.meet(network);
        if self.best.length == FAR {
            self.ahead.paths.search(network, Direction::Onward, None, FAR);
            return None;
        }
        let place = self.last_common();
        let mut moves = self.back.paths.moves(place);
        moves.extend(self.ahead.paths.moves(place));
        Some(moves)
    }

    /// Whatever neither end has settled is no nearer than `nearest`, hence no way through it is shorter than both of these
    /// together.
    fn meet(&mut self, network: &Network<'_>) {
        // Next to outside is nearly everything, at little cost for each.
        self.back.go_on(network, &self.ahead.paths, 0, &mut self.best);
        self.back.looks = 0;
        loop {
            let (ahead, back) = (self.ahead.nearest(), self.back.nearest());
            if ahead + back >= self.best.length {
                return;
            }
            if self.ahead.looks <= self.back.looks {
                self.ahead.go_on(network, &self.back.paths, back, &mut self.best);
            } else {
                self.back.go_on(network, &self.ahead.paths, ahead, &mut self.best);
            }
        }
    }

    /// The last place on the way back that is on a shortest way ahead: before it, two ways that cost the same might cross.
    fn last_common(&self) -> Place {
        let is_common =
            |place: &Place| self.ahead.paths.distance(*place) + self.back.paths.distance(*place) == self.best.length;
        let next = |place: &Place| self.back.paths.before(*place);
        std::iter::successors(Some(self.best.place), next).filter(is_common).last().unwrap_or(self.best.place)
    }

    /// Changes prices so that the way found costs nothing and no step less: they rise around those who wait and fall around
    /// outside, the further the nearer, by the length of the way between them.
    pub(crate) fn reprice(&mut self, price: &mut [i64]) {
        let ahead = self.ahead.nearest().min(self.best.length);
        let back = self.best.length - ahead;
        for &place in self.ahead.paths.settled() {
            price[place as usize] += (ahead - self.ahead.paths.distance(place)).max(0);
        }
        for &place in self.back.paths.settled() {
            price[place as usize] -= (back - self.back.paths.distance(place)).max(0);
        }
    }
}

impl End {
    fn begin(&mut self) {
        self.paths.begin();
        self.looks = 0;
        self.left_aside = FAR;
    }

    fn nearest(&mut self) -> i64 {
        self.paths.nearest().min(self.left_aside)
    }

    /// Settles the nearest place. What the opposite end has not settled is no nearer to it than `nearest`.
    fn go_on(&mut self, network: &Network<'_>, opposite: &Paths, nearest: i64, best: &mut Meeting) {
        let Self { paths, direction, looks, left_aside } = self;
        paths.settle_nearest(network, *direction, |paths, place, from, step, distance| {
            *looks += 1;
            let length = distance + opposite.distance(place);
            if length < best.length {
                *best = Meeting { length, place };
            } else if distance + nearest >= best.length {
                *left_aside = distance.min(*left_aside);
                return;
            }
            paths.reach(place, from, step, distance);
        });
    }
}
