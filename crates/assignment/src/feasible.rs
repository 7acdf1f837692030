//! Whether all least loads can be met at once, whatever it costs.

use std::borrow::Cow;

use crate::network::{Network, Seat, Step};
use crate::places::Place;
use crate::problem::{Problem, Shortfall};

/// Augmenting paths from each mentor who has too few (Ford & Fulkerson, *Flows in networks*, 1962). Where there is none,
/// the mentors that the search came to are Hall's witness: together they can have nobody more.
pub(crate) fn least_loads_can_be_met(problem: &Problem) -> Result<(), Shortfall> {
    if problem.mentors().all(|mentor| problem.least_load(mentor) == 0) {
        return Ok(());
    }
    let mut network = Network::new(Cow::Borrowed(problem));
    for mentee in 0..network.mentees() {
        if !network.is_settled(mentee) {
            network.go(mentee, Seat::Out);
        }
    }
    let mut reached: Vec<Option<(Place, Step)>> = vec![None; network.places()];
    for mentor in problem.mentors() {
        while network.load[mentor.index()] < problem.least_load(mentor) {
            let mut seen = vec![mentor.0];
            reached[mentor.index()] = Some((mentor.0, Step::Slack));
            if !find_somebody(&network, &mut seen, &mut reached) {
                return Err(network.shortfall(&seen));
            }
            let mut place = network.outside();
            while let Some((before, step)) = reached[place as usize] {
                if let Step::Move(mentee, seat) = step {
                    network.go(mentee, seat);
                }
                if before == place {
                    break;
                }
                place = before;
            }
            seen.push(network.outside());
            for place in seen {
                reached[place as usize] = None;
            }
        }
    }
    Ok(())
}

/// Looks from the first place seen for a way to outside. All places that it saw, and how, are told.
fn find_somebody(network: &Network<'_>, seen: &mut Vec<Place>, reached: &mut [Option<(Place, Step)>]) -> bool {
    let outside = network.outside() as usize;
    let mut at = 0;
    while let Some(&place) = seen.get(at) {
        at += 1;
        network.backward(place, |other, step, _| {
            let known = &mut reached[other as usize];
            if known.is_none() {
                *known = Some((place, step));
                if other as usize != outside {
                    seen.push(other);
                }
            }
        });
        if reached[outside].is_some() {
            return true;
        }
    }
    false
}
