//! An oracle that tries every assignment of a small problem, in the order of a dictionary. The fuzz target uses it too.

use assignment::{Draft, MenteeId, MentorId, Quota, Rules};

pub type Matching = Vec<Option<MentorId>>;

/// What an assignment is worth, or `None` when it breaks a rule. Written from the definition, for small problems.
pub fn worth(draft: &Draft, rules: &Rules, matching: &[Option<MentorId>]) -> Option<i64> {
    let mut loads = vec![0; draft.mentors.len()];
    let mut total = 0;
    for (mentee, mentor) in (0..).map(MenteeId).zip(matching) {
        let Some(mentor) = *mentor else {
            let own = rules.unmatched_penalties.iter().find(|(other, _)| *other == mentee);
            total -= own.map_or(draft.unmatched_penalty, |(_, penalty)| *penalty);
            continue;
        };
        let pair = draft.pairs.iter().find(|pair| pair.mentee == mentee && pair.mentor == mentor)?;
        total += pair.score - draft.mentors[mentor.index()].penalty(loads[mentor.index()])?;
        loads[mentor.index()] += 1;
    }
    keeps(rules, matching, &loads).then_some(total)
}

fn keeps(rules: &Rules, matching: &[Option<MentorId>], loads: &[usize]) -> bool {
    let made = |&(mentee, mentor): &(MenteeId, MentorId)| matching[mentee.index()] == Some(mentor);
    let within = |quota: &Quota| {
        let members = &rules.categories[quota.category.index()];
        members.iter().filter(|mentee| matching[mentee.index()] == Some(quota.mentor)).count() <= quota.most as usize
    };
    rules.pins.iter().all(made)
        && !rules.forbidden.iter().any(made)
        && rules.least_loads.iter().all(|(mentor, least)| loads[mentor.index()] >= *least as usize)
        && rules.quotas.iter().all(within)
}

/// Every assignment that keeps the rules, with its worth, in the order of a dictionary.
pub fn all(draft: &Draft, rules: &Rules) -> Vec<(i64, Matching)> {
    let choices: Vec<_> = (0..).map(MentorId).take(draft.mentors.len()).map(Some).chain([None]).collect();
    let mut all = Vec::new();
    try_all(draft, rules, &choices, &mut Vec::new(), &mut all);
    all
}

/// The first of the best assignments, and its worth; `None` when none keeps the rules.
pub fn best_of_all(draft: &Draft, rules: &Rules) -> Option<(i64, Matching)> {
    all(draft, rules).into_iter().reduce(|best, other| if other.0 > best.0 { other } else { best })
}

fn try_all(
    draft: &Draft,
    rules: &Rules,
    choices: &[Option<MentorId>],
    matching: &mut Matching,
    all: &mut Vec<(i64, Matching)>,
) {
    if matching.len() == draft.mentees as usize {
        all.extend(worth(draft, rules, matching).map(|worth| (worth, matching.clone())));
        return;
    }
    let mentee = MenteeId(u32::try_from(matching.len()).expect("few mentees"));
    for &choice in choices {
        let allowed = |mentor| draft.pairs.iter().any(|pair| pair.mentee == mentee && pair.mentor == mentor);
        if choice.is_none_or(allowed) {
            matching.push(choice);
            try_all(draft, rules, choices, matching, all);
            matching.pop();
        }
    }
}
