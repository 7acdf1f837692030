//! Why somebody is left out and what would mend it, worked out and not guessed; and what to say of a pairing as a whole.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::model::{LeftOut, Mend, MentorLoad, Pool, ScoredProblem};
use super::rules::Rules;
use super::terms::Terms;
use crate::i18n::Message;

/// How many rules, each of which would do when dropped, are named to one person.
const RULES_OFFERED: usize = 3;

/// How many mentors are named where more seats are needed with many.
const MENTORS_NAMED: usize = 5;

pub(super) fn left_out(
    pool: &Pool,
    rules: &Rules,
    terms: &Terms<'_>,
    chosen: &[Option<usize>],
    mentors: &[MentorLoad],
) -> Vec<LeftOut> {
    let alone: Vec<usize> = (0..chosen.len()).filter(|mentee| chosen[*mentee].is_none()).collect();
    if alone.is_empty() {
        return Vec::new();
    }
    // Whom a private rule keeps apart is not told by offering to drop it.
    let rules_open = (0..rules.musts.len()).filter(|rule| !terms.private(*rule));
    let ways: Vec<(usize, Ways)> = rules_open.map(|rule| (rule, ways_without(rule, terms, chosen, mentors))).collect();
    alone.into_iter().map(|mentee| explain(pool, rules, terms, &ways, mentors, mentee)).collect()
}

fn explain(
    pool: &Pool,
    rules: &Rules,
    terms: &Terms<'_>,
    ways: &[(usize, Ways)],
    mentors: &[MentorLoad],
    mentee: usize,
) -> LeftOut {
    let allowed: Vec<usize> = (0..mentors.len()).filter(|mentor| terms.allowed(mentee, *mentor)).collect();
    let why = why(terms, mentors, mentee, &allowed);
    let mut mends = Vec::new();
    // Of those who are full, the one with whom the person fits best; of equals the first. One more seat there moves nobody.
    if let Some((score, mentor)) = allowed.iter().map(|mentor| (terms.score(mentee, *mentor), *mentor)).reduce(better) {
        mends.push(Mend::Seat { mentor, score });
    }
    let mut without: Vec<(usize, usize, usize)> =
        ways.iter().filter_map(|(rule, ways)| ways.to[mentee].map(|way| (way.moves, *rule, way.mentor))).collect();
    without.sort_unstable();
    mends.extend(without.into_iter().take(RULES_OFFERED).map(|(moves, rule, mentor)| Mend::Without {
        rule: rules.musts[rule].sentence(pool),
        mentor,
        moves,
    }));
    if mends.is_empty() {
        mends.push(nearest(pool, rules, terms, mentors, mentee));
    }
    LeftOut { mentee, allowed: allowed.len(), why, mends }
}

/// What stands in the way: how many mentors are allowed but full, and how many each rule keeps out. A mentor whom several
/// rules keep out counts for each; what is private is one reason, whichever rule it is.
fn why(terms: &Terms<'_>, mentors: &[MentorLoad], mentee: usize, allowed: &[usize]) -> Vec<Message> {
    if mentors.is_empty() {
        return vec![Message::new("pairing-why-no-mentors")];
    }
    let mut why = Vec::new();
    let seats: u64 = allowed.iter().map(|mentor| u64::from(mentors[*mentor].capacity)).sum();
    why.push(match (allowed.len(), seats) {
        (0, _) => Message::new("pairing-why-nobody").with("mentors", mentors.len()),
        (count, 0) => Message::new("pairing-why-no-seats").with("count", count),
        (count, _) => Message::new("pairing-why-full").with("count", count),
    });
    let mut kept_out: BTreeMap<Option<usize>, usize> = BTreeMap::new();
    for mentor in 0..mentors.len() {
        let standing = terms.against(mentee, mentor).map(|rule| (!terms.private(rule)).then_some(rule));
        for rule in standing.collect::<BTreeSet<_>>() {
            *kept_out.entry(rule).or_default() += 1;
        }
    }
    let mut rules: Vec<(Option<usize>, usize)> = kept_out.into_iter().collect();
    rules.sort_by_key(|(rule, count)| (std::cmp::Reverse(*count), *rule));
    why.extend(rules.into_iter().map(|(rule, count)| {
        let private = || Message::new("pairing-barrier-private");
        let barrier = rule.map_or_else(private, |rule| terms.barrier_for(rule, mentee));
        Message::new("pairing-why-rule").with("barrier", barrier).with("count", count)
    }));
    let apart = (0..mentors.len()).filter(|mentor| terms.apart(mentee, *mentor)).count();
    if apart > 0 {
        why.push(Message::new("pairing-why-apart").with("count", apart));
    }
    if (0..mentors.len()).any(|mentor| terms.same_person(mentee, mentor)) {
        why.push(Message::new("pairing-why-oneself"));
    }
    why
}

fn better(best: (i64, usize), next: (i64, usize)) -> (i64, usize) {
    if next.0 > best.0 { next } else { best }
}

/// For somebody whom no single change helps: the mentor against whom fewest rules stand; of equals one with a free seat, the
/// better fit, the earlier row. Nobody is named against whom a private reason stands.
fn nearest(pool: &Pool, rules: &Rules, terms: &Terms<'_>, mentors: &[MentorLoad], mentee: usize) -> Mend {
    let free = |mentor: usize| mentors[mentor].load < mentors[mentor].capacity;
    let private = |mentor: usize| terms.against(mentee, mentor).any(|rule| terms.private(rule));
    let could = |mentor: &usize| !terms.never(mentee, *mentor) && !private(*mentor);
    let best = (0..mentors.len()).filter(could).min_by_key(|mentor| {
        let standing = terms.against(mentee, *mentor).count();
        (standing, !free(*mentor), std::cmp::Reverse(terms.score(mentee, *mentor)), *mentor)
    });
    best.map_or(Mend::OtherMentors, |mentor| Mend::Several {
        mentor,
        rules: terms.against(mentee, mentor).map(|rule| rules.musts[rule].sentence(pool)).collect(),
        seat: !free(mentor),
    })
}

/// For each mentee how they would come to a free seat if one rule were dropped, if they would.
struct Ways {
    to: Vec<Option<Way>>,
}

#[derive(Clone, Copy)]
struct Way {
    /// Whom the mentee would get.
    mentor: usize,
    /// How many others would change their mentor.
    moves: usize,
}

/// Alternating paths (Berge 1957), searched backwards and breadth first from every mentor with a free seat, on the pairs allowed without
/// the rule: whoever may have such a mentor has a way; whose mentor has a mentee with a way can pass that seat on. A way
/// found for somebody left out is an augmenting path, so that they would be paired and nobody would lose a mentor.
fn ways_without(rule: usize, terms: &Terms<'_>, chosen: &[Option<usize>], mentors: &[MentorLoad]) -> Ways {
    let mut to: Vec<Option<Way>> = vec![None; chosen.len()];
    let movable: Vec<usize> = (0..chosen.len()).filter(|mentee| !terms.is_kept(*mentee)).collect();
    let mut moves_for: Vec<Option<usize>> =
        mentors.iter().map(|mentor| (mentor.load < mentor.capacity).then_some(0)).collect();
    let mut waiting: VecDeque<usize> = (0..mentors.len()).filter(|mentor| moves_for[*mentor].is_some()).collect();
    while let Some(mentor) = waiting.pop_front() {
        let moves = moves_for[mentor].unwrap_or(0);
        for &mentee in &movable {
            if to[mentee].is_some() || chosen[mentee] == Some(mentor) || !terms.allowed_without(rule, mentee, mentor) {
                continue;
            }
            to[mentee] = Some(Way { mentor, moves });
            if let Some(left) = chosen[mentee].filter(|left| moves_for[*left].is_none()) {
                moves_for[left] = Some(moves + 1);
                waiting.push_back(left);
            }
        }
    }
    Ways { to }
}

/// What to say of the whole: what is missing, how many more seats would do, and whether the scores say anything.
pub(super) fn notes(
    pool: &Pool,
    problem: &ScoredProblem,
    mentors: &[MentorLoad],
    left_out: &[LeftOut],
) -> Vec<Message> {
    if pool.mentees.is_empty() {
        return vec![Message::new("pairing-note-no-mentees")];
    }
    if pool.mentors.is_empty() {
        return vec![Message::new("pairing-note-no-mentors").with("mentees", pool.mentees.len())];
    }
    let seats: u64 = mentors.iter().map(|mentor| u64::from(mentor.capacity)).sum();
    let seats = usize::try_from(seats).unwrap_or(usize::MAX);
    if problem.rows.is_empty() {
        // Everybody's mentor was settled before the rules were asked.
        return Vec::new();
    }
    if problem.edges().next().is_none() {
        return vec![Message::new("pairing-note-nobody-allowed")];
    }
    let mut notes = Vec::new();
    if seats == 0 {
        notes.push(Message::new("pairing-note-no-seats"));
    } else if seats < pool.mentees.len() {
        notes.push(Message::new("pairing-note-few-seats").with("seats", seats).with("mentees", pool.mentees.len()));
    }
    notes.extend(more_seats(pool, left_out));
    if equal_scores(problem) {
        notes.push(Message::new("pairing-note-equal-scores"));
    }
    notes
}

/// The least number of further seats that covers everybody whom the rules allow anybody: one for each, since the assignment
/// already covers as many as its seats can; and where they would be used best.
fn more_seats(pool: &Pool, left_out: &[LeftOut]) -> Option<Message> {
    let mut wanted: BTreeMap<usize, usize> = BTreeMap::new();
    for mend in left_out.iter().filter_map(|person| person.mends.first()) {
        if let Mend::Seat { mentor, .. } = mend {
            *wanted.entry(*mentor).or_default() += 1;
        }
    }
    let seats: usize = wanted.values().sum();
    let mut wanted: Vec<(usize, usize)> = wanted.into_iter().collect();
    wanted.sort_by_key(|(mentor, seats)| (std::cmp::Reverse(*seats), *mentor));
    let others = wanted.len().saturating_sub(MENTORS_NAMED);
    let mut named: Vec<Message> = wanted
        .iter()
        .take(MENTORS_NAMED)
        .map(|(mentor, seats)| {
            Message::new("pairing-note-more-seats-at").with("mentor", pool.mentor(*mentor)).with("seats", *seats)
        })
        .collect();
    if others > 0 {
        named.push(Message::new("pairing-note-more-seats-others").with("mentors", others));
    }
    let list =
        named.into_iter().reduce(|list, item| Message::new("pairing-list").with("list", list).with("item", item))?;
    Some(Message::new("pairing-note-more-seats").with("seats", seats).with("list", list))
}

/// Whether no allowed pair is better than another although somebody could be paired otherwise.
fn equal_scores(problem: &ScoredProblem) -> bool {
    let mut scores = problem.edges().map(|edge| edge.score).peekable();
    let first = scores.next();
    scores.peek().is_some() && scores.all(|score| Some(score) == first)
}
