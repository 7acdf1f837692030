//! Whatever bytes come, as a problem with an assignment and prices: the checker says no, or the assignment is optimal. The
//! fuzz target uses it too.

use assignment::{CategoryId, Draft, MenteeId, MentorId, Pair, Prices, Problem, Quota, Rules, Seats, solve, verify};

use crate::oracle::best_of_all;

/// Bytes as numbers; 0 when there are no more.
struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn next(&mut self) -> u8 {
        let Some((&first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        first
    }

    fn below(&mut self, limit: u32) -> u32 {
        u32::from(self.next()) % limit.max(1)
    }

    fn one_in(&mut self, many: u32) -> bool {
        self.below(many) == 1
    }

    /// Mostly small, sometimes as large as can be.
    fn points(&mut self) -> i64 {
        match self.next().cast_signed() {
            i8::MIN => i64::MIN,
            i8::MAX => i64::MAX,
            value => i64::from(value >> 2),
        }
    }
}

/// # Panics
/// When the checker accepts what is not optimal, or refuses what the solver proved, or panics itself.
pub fn a_certificate_tells_the_truth(bytes: &[u8]) {
    let mut bytes = Bytes(bytes);
    let draft = draft(&mut bytes);
    let rules = if bytes.one_in(2) { rules(&mut bytes, &draft) } else { Rules::default() };
    let Ok(problem) = Problem::with_rules(draft.clone(), &rules) else { return };
    let (mut matching, mut prices) = if bytes.one_in(3) {
        (vec![None; problem.mentee_count()], Prices::default())
    } else {
        let solution = solve(&problem).expect("a proved solution");
        assert!(verify(&problem, &solution.matching, &solution.prices).is_ok(), "a proof is accepted twice");
        (solution.matching, solution.prices)
    };
    for _ in 0..bytes.below(6) {
        spoil(&mut bytes, &mut matching, &mut prices);
    }
    if let Ok(proof) = verify(&problem, &matching, &prices) {
        let (most, _) = best_of_all(&draft, &rules).expect("an assignment keeps the rules");
        assert_eq!(
            crate::oracle::worth(&draft, &rules, &matching),
            Some(most),
            "{draft:?} {rules:?} {matching:?} {prices:?}"
        );
        assert_eq!(proof.objective(), i128::from(most));
        assert_eq!(proof.matched(), matching.iter().flatten().count());
    }
}

fn draft(bytes: &mut Bytes<'_>) -> Draft {
    let (mentees, mentors) = (bytes.below(5), bytes.below(4));
    let mut draft =
        Draft { mentees, unmatched_penalty: i64::from(bytes.next().cast_signed() >> 3), ..Draft::default() };
    for _ in 0..mentors {
        let seats = bytes.below(4);
        draft.mentors.push(if bytes.one_in(3) {
            let mut penalties: Vec<i64> = (0..seats).map(|_| i64::from(bytes.next() >> 4)).collect();
            penalties.sort_unstable();
            Seats::Dearer(penalties)
        } else {
            Seats::Alike(seats)
        });
    }
    for mentee in (0..mentees).map(MenteeId) {
        for mentor in (0..mentors).map(MentorId) {
            if !bytes.one_in(4) {
                draft.pairs.push(Pair { mentee, mentor, score: i64::from(bytes.next().cast_signed() >> 3) });
            }
        }
    }
    draft
}

fn rules(bytes: &mut Bytes<'_>, draft: &Draft) -> Rules {
    let mentors = u32::try_from(draft.mentors.len()).expect("few mentors");
    let mut rules = Rules::default();
    if draft.mentees == 0 || mentors == 0 {
        return rules;
    }
    for _ in 0..bytes.below(6) {
        let (mentee, mentor) = (MenteeId(bytes.below(draft.mentees)), MentorId(bytes.below(mentors)));
        match bytes.below(5) {
            0 => rules.pins.push((mentee, mentor)),
            1 => rules.forbidden.push((mentee, mentor)),
            2 => rules.unmatched_penalties.push((mentee, i64::from(bytes.next().cast_signed() >> 3))),
            3 => rules.least_loads.push((mentor, bytes.below(3))),
            _ => {
                rules.categories.push((0..=mentee.0).map(MenteeId).collect());
                let category = CategoryId(u32::try_from(rules.categories.len() - 1).expect("few categories"));
                rules.quotas.push(Quota { mentor, category, most: bytes.below(3) });
            }
        }
    }
    rules
}

/// Changes one number of an assignment or a certificate, or one length.
fn spoil(bytes: &mut Bytes<'_>, matching: &mut Vec<Option<MentorId>>, prices: &mut Prices) {
    let list = match bytes.below(8) {
        0 => return matching.push(None),
        1 => {
            matching.pop();
            return;
        }
        2 | 3 => {
            let at = bytes.next() as usize;
            let mentor = bytes.below(6).checked_sub(1).map(MentorId);
            if let Some(place) = at.checked_rem(matching.len()) {
                matching[place] = mentor;
            }
            return;
        }
        4 | 5 => &mut prices.mentees,
        6 => &mut prices.mentors,
        _ => &mut prices.quotas,
    };
    let value = bytes.points();
    match bytes.below(8) {
        0 => list.push(value),
        1 => {
            list.pop();
        }
        at => {
            let length = list.len();
            if let Some(place) = (at as usize).checked_rem(length) {
                list[place] = list[place].saturating_add(value);
            }
        }
    }
}
