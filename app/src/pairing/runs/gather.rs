//! The people of an edition as a pool, with what is settled among them: mentorships that run, pairs that both sides are asked
//! about, what the coordinator marked; pure.

use std::collections::{BTreeSet, HashMap};

use super::Kept;
use super::model::{Frees, Mark, MarkKind};
use crate::identity::PersonId;
use crate::mentorships::NewMentorship;
use crate::pairing::consent::{Couple, Settled, Wishes};
use crate::pairing::model::{Attribute, Pool};
use crate::people::model::{PersonDraft, Side};
use crate::programmes::Enrolment;

/// Everything that there is to know of an edition's people before a run.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Everybody on record, in the order of names.
    pub people: Vec<(PersonId, PersonDraft)>,
    pub attributes: std::collections::BTreeMap<String, Attribute>,
    pub enrolled: Vec<Enrolment>,
    pub wishes: Vec<Wishes>,
    pub settled: Settled,
    /// Pairs whose mentorship runs; they stand in `settled` too.
    pub running: Vec<NewMentorship>,
    pub marks: Vec<Mark>,
}

/// The pool of an edition, and who its rows are.
#[derive(Clone, Debug, Default)]
pub struct Gathered {
    pub pool: Pool,
    pub mentees: Vec<PersonId>,
    pub mentors: Vec<PersonId>,
    /// Why each pair of `pool.given.kept` stands.
    pub kept: Vec<Kept>,
    /// How many are left out since they left a mentorship and asked for no other.
    pub resting: usize,
}

/// Those who are enrolled, with their wishes. A mentor who is enrolled no more but whose pair stands is there for that pair alone.
/// With `frees` pairs that stand for that reason are not kept; save those of which one takes part for that pair alone.
pub fn gather(known: Known, frees: Option<Frees>) -> Gathered {
    let Known { people, attributes, enrolled, wishes, settled, running, marks } = known;
    let couple = |pair: &NewMentorship| Couple { mentee: pair.mentee, mentor: pair.mentor };
    let pins = of_kind(&marks, MarkKind::Pin);
    let standing: Vec<(Couple, Kept)> = (running.iter().map(couple).map(|pair| (pair, Kept::Mentorship)))
        .chain(settled.kept.iter().map(|pair| (*pair, Kept::Proposed)))
        .chain(pins.map(|pair| (pair, Kept::Pinned)))
        .collect();

    // Who rests stays where a pair of theirs stands: a mentee in it, a mentor for it alone.
    let stands = |person: PersonId| standing.iter().any(|(pair, kept)| *kept != Kept::Pinned && pair.mentee == person);
    let rests = |one: &Enrolment| {
        settled.resting.contains(&(one.person, one.side)) && !(one.side == Side::Mentee && stands(one.person))
    };
    let (resting, enrolled): (Vec<Enrolment>, Vec<Enrolment>) = enrolled.into_iter().partition(rests);
    let places: HashMap<(PersonId, Side), &Enrolment> =
        enrolled.iter().map(|enrolment| ((enrolment.person, enrolment.side), enrolment)).collect();
    let is_mentee = |person| places.contains_key(&(person, Side::Mentee));
    let only_kept: BTreeSet<PersonId> = standing
        .iter()
        .filter(|(pair, kept)| {
            *kept != Kept::Pinned && is_mentee(pair.mentee) && !places.contains_key(&(pair.mentor, Side::Mentor))
        })
        .map(|(pair, _)| pair.mentor)
        .collect();
    let said: HashMap<(PersonId, Side), &Wishes> = wishes.iter().map(|wish| ((wish.person, wish.side), wish)).collect();
    let addresses: HashMap<PersonId, String> =
        people.iter().map(|(person, draft)| (*person, draft.address.clone())).collect();

    let stand = |person: &PersonId| Side::BOTH.iter().any(|side| places.contains_key(&(*person, *side)));
    let absent = people.iter().filter(|(person, _)| !stand(person));
    let lines = absent.filter_map(|(_, draft)| Some((draft.address.clone(), draft.manager.clone()?))).collect();
    let pool = Pool { attributes, lines, ..Pool::default() };
    let mut gathered = Gathered { pool, resting: resting.len(), ..Gathered::default() };
    for (person, draft) in people {
        if let Some(place) = places.get(&(person, Side::Mentee)) {
            let mut draft = with_wishes(draft.clone(), said.get(&(person, Side::Mentee)), &addresses);
            draft.post = place.post.clone().or(draft.post);
            gathered.mentees.push(person);
            gathered.pool.mentees.push(draft);
        }
        if let Some(place) = places.get(&(person, Side::Mentor)) {
            let mut draft = with_wishes(draft, said.get(&(person, Side::Mentor)), &addresses);
            draft.capacity = place.capacity.or(draft.capacity);
            gathered.mentors.push(person);
            gathered.pool.mentors.push(draft);
        } else if only_kept.contains(&person) {
            gathered.mentors.push(person);
            gathered.pool.mentors.push(PersonDraft { capacity: Some(0), ..draft });
        }
    }
    gathered.pool.on_record.clone_from(&gathered.mentors);
    let for_it_alone =
        |pair: &Couple| only_kept.contains(&pair.mentor) || settled.resting.contains(&(pair.mentee, Side::Mentee));
    gathered.settle(&standing, |pair, kept| frees.is_none_or(|frees| !frees.frees(kept) || for_it_alone(pair)));
    let apart = settled.declined.iter().copied().chain(of_kind(&marks, MarkKind::Forbid));
    gathered.keep_apart(apart);
    gathered
}

fn of_kind(marks: &[Mark], kind: MarkKind) -> impl Iterator<Item = Couple> + '_ {
    let of_kind = marks.iter().filter(move |mark| mark.kind == kind);
    of_kind.map(|mark| Couple { mentee: mark.mentee, mentor: mark.mentor })
}

/// What somebody said in this edition counts before what an earlier sheet said of their ranking, and beside its conflicts.
fn with_wishes(draft: PersonDraft, said: Option<&&Wishes>, addresses: &HashMap<PersonId, String>) -> PersonDraft {
    let Some(said) = said else { return draft };
    let written = |people: &[PersonId]| people.iter().filter_map(|person| addresses.get(person).cloned()).collect();
    let mut draft = draft;
    if !said.ranked.is_empty() {
        draft.preferences = written(&said.ranked);
    }
    let conflicts: Vec<String> = written(&said.conflicts);
    draft.conflicts.extend(conflicts);
    draft
}

impl Gathered {
    fn rows(&self) -> (HashMap<PersonId, usize>, HashMap<PersonId, usize>) {
        let rows = |people: &[PersonId]| people.iter().copied().zip(0..).collect();
        (rows(&self.mentees), rows(&self.mentors))
    }

    /// The first reason for which a mentee's pair stands counts.
    fn settle(&mut self, standing: &[(Couple, Kept)], stays: impl Fn(&Couple, Kept) -> bool) {
        let (mentees, mentors) = self.rows();
        let mut seen = BTreeSet::new();
        for (pair, kept) in standing {
            let (Some(mentee), Some(mentor)) = (mentees.get(&pair.mentee), mentors.get(&pair.mentor)) else { continue };
            if seen.insert(*mentee) && stays(pair, *kept) {
                self.pool.given.kept.push((*mentee, *mentor));
                self.kept.push(*kept);
            }
        }
    }

    fn keep_apart(&mut self, apart: impl Iterator<Item = Couple>) {
        let (mentees, mentors) = self.rows();
        let rows = apart.filter_map(|pair| Some((*mentees.get(&pair.mentee)?, *mentors.get(&pair.mentor)?)));
        self.pool.given.apart = rows.collect();
        self.pool.given.apart.sort_unstable();
        self.pool.given.apart.dedup();
    }

    /// The pairs that the coordinator pinned.
    pub fn pins(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        let pinned = self.pool.given.kept.iter().zip(&self.kept).filter(|(_, kept)| **kept == Kept::Pinned);
        pinned.map(|(pair, _)| *pair)
    }
}
