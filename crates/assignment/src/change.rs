//! Changes to a problem that is settled: people come and go, scores and seats change. The former assignment and its prices
//! are mended where they no longer fit, which touches few. What is proved is the whole, each time.

use std::borrow::Cow;

use crate::certificate::{Prices, verify};
use crate::feasible::least_loads_can_be_met;
use crate::network::Network;
use crate::places::Place;
use crate::problem::{MenteeId, MentorId, Mistake, Pair, Problem, Seats};
use crate::settled::{NotSettled, Settled};

/// A change to a problem. Nobody's number changes by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The mentee's number is the next one.
    MenteeJoins {
        pairs: Vec<(MentorId, i64)>,
    },
    /// All pairs of this mentee are forbidden, so that they are left out, and count as such.
    MenteeLeaves(MenteeId),
    /// The mentor's number is the next one.
    MentorJoins {
        seats: Seats,
        pairs: Vec<(MenteeId, i64)>,
    },
    /// The mentor has no seats any more, and no least load.
    MentorLeaves(MentorId),
    SetSeats {
        mentor: MentorId,
        seats: Seats,
    },
    SetLeastLoad {
        mentor: MentorId,
        least: u32,
    },
    /// Allows the pair if it was not. It changes nothing for somebody who is pinned to somebody else.
    SetScore(Pair),
    /// The pair may not be made any more.
    Forbid {
        mentee: MenteeId,
        mentor: MentorId,
    },
}

impl Settled {
    /// Makes the changes, one after the other, and finds and proves the new optimum from the former one. Of equal optima it
    /// tends to one near the former assignment.
    ///
    /// Other scores, seats and least loads, and mentors who leave, cost the moves that they cause and one proof. Where people
    /// join, mentees leave or pairs come and go, all pairs are copied besides.
    ///
    /// # Errors
    /// The [`Mistake`] in the changes, or the least loads that could not be met any more. Nothing is changed then.
    pub fn apply(&mut self, changes: &[Change]) -> Result<(), NotSettled> {
        let outcome = if changes.iter().all(|change| self.keeps_the_pairs(change)) {
            self.apply_in_place(changes)
        } else {
            self.apply_to_a_copy(changes)
        };
        outcome?;
        self.proof = verify(self.problem(), &self.network.matching(), &self.network.prices())?;
        Ok(())
    }

    fn keeps_the_pairs(&self, change: &Change) -> bool {
        match change {
            Change::MentorLeaves(_) | Change::SetSeats { .. } | Change::SetLeastLoad { .. } => true,
            Change::SetScore(pair) => self.problem().number_of(pair.mentee, pair.mentor).is_some(),
            _ => false,
        }
    }

    fn apply_in_place(&mut self, changes: &[Change]) -> Result<(), Mistake> {
        // Without least loads, mending does not fail.
        let has_least_loads = self.problem().has_least_loads()
            || changes.iter().any(|change| matches!(change, Change::SetLeastLoad { .. }));
        let former = has_least_loads.then(|| (self.network.matching(), self.network.prices()));
        let mut undone = Vec::new();
        let (mut mentees, mut mentors) = (Vec::new(), Vec::new());
        let mut made = Ok(());
        for change in changes {
            made = self.network.problem.to_mut().change_in_place(change, &mut undone);
            if made.is_err() {
                break;
            }
            match change {
                Change::SetScore(pair) => mentees.push(pair.mentee.0),
                Change::MentorLeaves(mentor)
                | Change::SetSeats { mentor, .. }
                | Change::SetLeastLoad { mentor, .. } => {
                    mentors.push(mentor.0);
                }
                _ => {}
            }
        }
        for &mentee in &mentees {
            self.network.look_again(mentee);
        }
        let had = former.unwrap_or_else(|| (Vec::new(), Prices::default()));
        let mended = made.and_then(|()| self.mend_or_return(&mentors, mentees.clone(), &had));
        if mended.is_err() {
            for change in undone.iter().rev() {
                // What it was before was right.
                let _ = self.network.problem.to_mut().change_in_place(change, &mut Vec::new());
            }
            for &mentee in &mentees {
                self.network.look_again(mentee);
            }
        }
        mended
    }

    fn mend_or_return(
        &mut self,
        mentors: &[Place],
        mentees: Vec<u32>,
        (matching, prices): &(Vec<Option<MentorId>>, Prices),
    ) -> Result<(), Mistake> {
        let mended = self.network.mend_around(mentors.iter().copied(), mentees, mentors.to_vec());
        if mended.is_err() {
            let problem = Cow::Owned(self.network.problem.clone().into_owned());
            self.network = Network::with(problem, matching, prices);
        }
        Ok(mended?)
    }

    fn apply_to_a_copy(&mut self, changes: &[Change]) -> Result<(), Mistake> {
        let mut next =
            Next { problem: self.problem().clone(), matching: self.network.matching(), prices: self.network.prices() };
        for change in changes {
            next.make(change)?;
        }
        next.problem.check_for_paths()?;
        least_loads_can_be_met(&next.problem)?;
        let mut network = Network::with(Cow::Owned(next.problem), &next.matching, &next.prices);
        network.mend()?;
        self.network = network;
        Ok(())
    }
}

impl Problem {
    /// Makes a change that keeps the pairs, and tells which would take it back.
    fn change_in_place(&mut self, change: &Change, undone: &mut Vec<Change>) -> Result<(), Mistake> {
        match change {
            Change::SetScore(pair) => {
                self.check_score(*pair)?;
                if let Some(number) = self.number_of(pair.mentee, pair.mentor) {
                    undone.push(Change::SetScore(self.pairs()[number]));
                    self.set_score(number, pair.score);
                }
                Ok(())
            }
            Change::MentorLeaves(mentor) => self.change_seats(*mentor, Some(Seats::Alike(0)), Some(0), undone),
            Change::SetSeats { mentor, seats } => self.change_seats(*mentor, Some(seats.clone()), None, undone),
            Change::SetLeastLoad { mentor, least } => self.change_seats(*mentor, None, Some(*least), undone),
            _ => Ok(()),
        }
    }

    fn change_seats(
        &mut self,
        mentor: MentorId,
        seats: Option<Seats>,
        least: Option<u32>,
        undone: &mut Vec<Change>,
    ) -> Result<(), Mistake> {
        self.check_mentor(mentor)?;
        let (seats_before, least_before) = (self.seats(mentor).clone(), self.least_load(mentor));
        self.set_seats(mentor, seats.unwrap_or_else(|| seats_before.clone()), least.unwrap_or(least_before))?;
        // Taken back in the opposite order: no least load may ever be above the seats.
        undone.push(Change::SetLeastLoad { mentor, least: least_before });
        undone.push(Change::SetSeats { mentor, seats: seats_before });
        undone.push(Change::SetLeastLoad { mentor, least: 0 });
        Ok(())
    }
}

/// A problem in the course of changes, and what the assignment and the prices were.
struct Next {
    problem: Problem,
    matching: Vec<Option<MentorId>>,
    prices: Prices,
}

impl Next {
    fn make(&mut self, change: &Change) -> Result<(), Mistake> {
        match change {
            Change::MenteeJoins { pairs } => {
                let mentee = self.problem.add_mentee();
                self.matching.push(None);
                self.prices.mentees.push(-self.problem.unmatched_penalty());
                let pair = |&(mentor, score)| Pair { mentee, mentor, score };
                self.problem.add_pairs(&pairs.iter().map(pair).collect::<Vec<_>>())
            }
            Change::MentorJoins { seats, pairs } => {
                let mentor = self.problem.add_mentor(seats.clone())?;
                let pair = |&(mentee, score)| Pair { mentee, mentor, score };
                let pairs: Vec<Pair> = pairs.iter().map(pair).collect();
                self.problem.add_pairs(&pairs)?;
                // So high that nobody asks; then only as many move as there are seats.
                let asked = pairs.iter().map(|pair| pair.score - self.prices.mentees[pair.mentee.index()]);
                self.prices.mentors.push(asked.max().unwrap_or(0).max(0));
                Ok(())
            }
            Change::MenteeLeaves(mentee) => {
                self.problem.check_mentee(*mentee)?;
                if let Some(mentor) = self.problem.pin(*mentee) {
                    return Err(Mistake::PinForbidden { mentee: *mentee, mentor });
                }
                self.problem.retain(|pair| pair.mentee != *mentee);
                Ok(())
            }
            Change::Forbid { mentee, mentor } => {
                self.problem.check_mentee(*mentee)?;
                self.problem.check_mentor(*mentor)?;
                if self.problem.pin(*mentee) == Some(*mentor) {
                    return Err(Mistake::PinForbidden { mentee: *mentee, mentor: *mentor });
                }
                if self.problem.number_of(*mentee, *mentor).is_some() {
                    self.problem.retain(|pair| (pair.mentee, pair.mentor) != (*mentee, *mentor));
                }
                Ok(())
            }
            Change::SetScore(pair) if self.problem.number_of(pair.mentee, pair.mentor).is_none() => {
                self.problem.add_pairs(&[*pair])
            }
            in_place => self.problem.change_in_place(in_place, &mut Vec::new()),
        }
    }
}
