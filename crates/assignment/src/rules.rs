//! What an assignment has to keep to beyond seats and allowed pairs: pins, forbidden pairs, the value of leaving somebody
//! out, least loads, quotas. Each keeps the problem a flow in a network, so that an optimum can be found and proved. How
//! that is done does not belong here.

use std::collections::BTreeMap;

use crate::problem::{MenteeId, MentorId, Mistake, Pair, Seats};

/// The rules of a [`Problem`](crate::Problem), as a caller has them: in any order, not yet checked.
///
/// - Of a pinned mentee no other pair is considered, whatever it scores, and they are not left out.
/// - A quota bounds how many mentees of a category a mentor has. Of one mentor's categories any two must be nested or have
///   nobody in common; different mentors may be bound by different categories. That keeps the problem a flow.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rules {
    /// Pairs that must be made. They must be among the allowed ones.
    pub pins: Vec<(MenteeId, MentorId)>,
    /// Pairs that may not be made though the draft lists them.
    pub forbidden: Vec<(MenteeId, MentorId)>,
    /// Points lost for leaving out those for whom it is not the draft's penalty.
    pub unmatched_penalties: Vec<(MenteeId, i64)>,
    /// How many mentees a mentor must have at least, those pinned included.
    pub least_loads: Vec<(MentorId, u32)>,
    /// Who belongs to each category. Somebody may belong to several, or to none.
    pub categories: Vec<Vec<MenteeId>>,
    pub quotas: Vec<Quota>,
}

/// A category's number, from 0: its place in [`Rules::categories`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CategoryId(pub u32);

impl CategoryId {
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The mentor has at most so many mentees of the category, those pinned included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quota {
    pub mentor: MentorId,
    pub category: CategoryId,
    pub most: u32,
}

/// Checked rules. What there is none of is empty, so that the others cost nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Rulebook {
    /// Of each mentee.
    pins: Vec<Option<MentorId>>,
    /// Of each mentee.
    penalties: Vec<i64>,
    /// Of each mentor.
    least: Vec<u32>,
    /// Members in rising order.
    categories: Vec<Vec<MenteeId>>,
    /// By mentor, then from large categories to small.
    quotas: Vec<Quota>,
}

impl Rulebook {
    /// Checks the rules one by one, and what pins take of seats and quotas. `pairs` are sorted, by mentee and then mentor.
    pub(crate) fn new(
        rules: &Rules,
        mentees: u32,
        mentors: &[Seats],
        pairs: &[Pair],
        unmatched_penalty: i64,
        limit: i64,
    ) -> Result<Self, Mistake> {
        let mut book = Self { categories: categories(&rules.categories, mentees)?, ..Self::default() };
        book.set_pins(rules, mentees, mentors.len(), pairs)?;
        book.set_penalties(rules, mentees, unmatched_penalty, limit)?;
        book.set_least_loads(rules, mentors)?;
        book.set_quotas(rules, mentees, mentors.len())?;
        book.check_pins(mentors)?;
        Ok(book)
    }

    fn set_pins(&mut self, rules: &Rules, mentees: u32, mentors: usize, pairs: &[Pair]) -> Result<(), Mistake> {
        for &(mentee, mentor) in rules.pins.iter().chain(&rules.forbidden) {
            check_mentee(mentee, mentees)?;
            check_mentor(mentor, mentors)?;
        }
        if rules.pins.is_empty() {
            return Ok(());
        }
        self.pins = vec![None; mentees as usize];
        for &(mentee, mentor) in &rules.pins {
            let listed = pairs.binary_search_by_key(&(mentee, mentor), |pair| (pair.mentee, pair.mentor)).is_ok();
            if !listed {
                return Err(Mistake::PinForbidden { mentee, mentor });
            }
            if self.pins[mentee.index()].replace(mentor).is_some_and(|other| other != mentor) {
                return Err(Mistake::PinnedTwice { mentee });
            }
        }
        Ok(())
    }

    fn set_penalties(&mut self, rules: &Rules, mentees: u32, general: i64, limit: i64) -> Result<(), Mistake> {
        if rules.unmatched_penalties.is_empty() {
            return Ok(());
        }
        self.penalties = vec![general; mentees as usize];
        let mut own = vec![false; mentees as usize];
        for &(mentee, penalty) in &rules.unmatched_penalties {
            check_mentee(mentee, mentees)?;
            if penalty.unsigned_abs() > limit.unsigned_abs() {
                return Err(Mistake::UnmatchedPenaltyTooLarge { penalty, limit });
            }
            if std::mem::replace(&mut own[mentee.index()], true) {
                return Err(Mistake::UnmatchedPenaltyTwice { mentee });
            }
            self.penalties[mentee.index()] = penalty;
        }
        Ok(())
    }

    fn set_least_loads(&mut self, rules: &Rules, mentors: &[Seats]) -> Result<(), Mistake> {
        let mut least: Vec<Option<u32>> = vec![None; mentors.len()];
        for &(mentor, load) in &rules.least_loads {
            check_mentor(mentor, mentors.len())?;
            let capacity = mentors[mentor.index()].capacity();
            if load as usize > capacity {
                return Err(Mistake::LeastLoadAboveCapacity { mentor, least: load, capacity });
            }
            if least[mentor.index()].replace(load).is_some() {
                return Err(Mistake::LeastLoadTwice { mentor });
            }
        }
        if least.iter().flatten().any(|&least| least > 0) {
            self.least = least.into_iter().map(Option::unwrap_or_default).collect();
        }
        Ok(())
    }

    fn set_quotas(&mut self, rules: &Rules, mentees: u32, mentors: usize) -> Result<(), Mistake> {
        for quota in &rules.quotas {
            check_mentor(quota.mentor, mentors)?;
            if quota.category.index() >= self.categories.len() {
                return Err(Mistake::CategoryUnknown { category: quota.category, categories: self.categories.len() });
            }
        }
        self.quotas.clone_from(&rules.quotas);
        let categories = &self.categories;
        self.quotas.sort_by_key(|quota| {
            (quota.mentor, std::cmp::Reverse(categories[quota.category.index()].len()), quota.category)
        });
        if let Some(twice) =
            self.quotas.windows(2).find(|two| two[0].mentor == two[1].mentor && two[0].category == two[1].category)
        {
            return Err(Mistake::QuotaTwice { mentor: twice[0].mentor, category: twice[0].category });
        }
        check_laminar(&self.quotas, &self.categories, mentees)
    }

    fn check_pins(&self, mentors: &[Seats]) -> Result<(), Mistake> {
        if self.pins.is_empty() {
            return Ok(());
        }
        let mut pins = vec![0_usize; mentors.len()];
        for mentor in self.pins.iter().flatten() {
            pins[mentor.index()] += 1;
        }
        for ((mentor, seats), &pins) in (0..).map(MentorId).zip(mentors).zip(&pins) {
            if pins > seats.capacity() {
                return Err(Mistake::PinsExceedSeats { mentor, pins, capacity: seats.capacity() });
            }
        }
        let mut pinned: Vec<(MentorId, MenteeId)> =
            (0..).map(MenteeId).zip(&self.pins).filter_map(|(mentee, pin)| Some(((*pin)?, mentee))).collect();
        pinned.sort_unstable();
        for &Quota { mentor, category, most } in &self.quotas {
            let members = &self.categories[category.index()];
            let from = pinned.partition_point(|&(other, _)| other < mentor);
            let with_mentor = pinned[from..].iter().take_while(|&&(other, _)| other == mentor);
            let pins = with_mentor.filter(|(_, mentee)| members.binary_search(mentee).is_ok()).count();
            if pins > most as usize {
                return Err(Mistake::PinsExceedQuota { mentor, category, pins, most });
            }
        }
        Ok(())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.pins.is_empty() && self.penalties.is_empty() && self.is_reducible()
    }

    /// Whether the rules can be kept by changing seats and scores alone.
    pub(crate) fn is_reducible(&self) -> bool {
        self.least.is_empty() && self.quotas.is_empty()
    }

    pub(crate) fn pin(&self, mentee: MenteeId) -> Option<MentorId> {
        self.pins.get(mentee.index()).copied().flatten()
    }

    /// The penalty for leaving this mentee out, if it may be their own.
    pub(crate) fn penalty(&self, mentee: MenteeId) -> Option<i64> {
        self.penalties.get(mentee.index()).copied()
    }

    pub(crate) fn least(&self, mentor: MentorId) -> u32 {
        self.least.get(mentor.index()).copied().unwrap_or(0)
    }

    pub(crate) fn set_least(&mut self, mentor: MentorId, mentors: usize, load: u32) {
        if load > 0 {
            self.least.resize(mentors, 0);
        }
        if let Some(least) = self.least.get_mut(mentor.index()) {
            *least = load;
        }
    }

    /// One for each mentee.
    pub(crate) fn set_own_penalties(&mut self, penalties: Vec<i64>) {
        self.penalties = penalties;
    }

    pub(crate) fn quotas(&self) -> &[Quota] {
        &self.quotas
    }

    pub(crate) fn categories(&self) -> &[Vec<MenteeId>] {
        &self.categories
    }
}

fn check_mentee(mentee: MenteeId, mentees: u32) -> Result<(), Mistake> {
    if mentee.0 >= mentees { Err(Mistake::RuleForUnknownMentee { mentee, mentees }) } else { Ok(()) }
}

fn check_mentor(mentor: MentorId, mentors: usize) -> Result<(), Mistake> {
    if mentor.index() >= mentors { Err(Mistake::RuleForUnknownMentor { mentor, mentors }) } else { Ok(()) }
}

fn categories(given: &[Vec<MenteeId>], mentees: u32) -> Result<Vec<Vec<MenteeId>>, Mistake> {
    for &mentee in given.iter().flatten() {
        check_mentee(mentee, mentees)?;
    }
    let in_order = |members: &Vec<MenteeId>| {
        let mut members = members.clone();
        members.sort_unstable();
        members.dedup();
        members
    };
    Ok(given.iter().map(in_order).collect())
}

/// Whether all categories that have quotas anywhere are nested or apart, which is what is mostly so and quickly told: taken from
/// large to small, all who belong to one have the same one around it.
fn are_laminar(quotas: &[Quota], categories: &[Vec<MenteeId>], mentees: u32) -> bool {
    let mut used: Vec<CategoryId> = quotas.iter().map(|quota| quota.category).collect();
    used.sort_unstable_by_key(|category| (std::cmp::Reverse(categories[category.index()].len()), *category));
    used.dedup();
    let mut innermost: Vec<Option<CategoryId>> = vec![None; mentees as usize];
    used.into_iter().all(|category| {
        let members = &categories[category.index()];
        let around = members.first().and_then(|first| innermost[first.index()]);
        members.iter().all(|member| innermost[member.index()].replace(category) == around)
    })
}

/// How two categories lie, the first being no smaller.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Relation {
    Around,
    Apart,
    Across,
}

fn check_laminar(quotas: &[Quota], categories: &[Vec<MenteeId>], mentees: u32) -> Result<(), Mistake> {
    if are_laminar(quotas, categories, mentees) {
        return Ok(());
    }
    let mut known: BTreeMap<(CategoryId, CategoryId), Relation> = BTreeMap::new();
    for of_mentor in quotas.chunk_by(|one, other| one.mentor == other.mentor) {
        for (place, inner) in of_mentor.iter().enumerate() {
            for outer in &of_mentor[..place] {
                let (one, other) = (outer.category, inner.category);
                let relation = *known
                    .entry((one, other))
                    .or_insert_with(|| relation(&categories[one.index()], &categories[other.index()]));
                if relation == Relation::Across {
                    return Err(Mistake::QuotasOverlap { mentor: inner.mentor, one, other });
                }
            }
        }
    }
    Ok(())
}

fn relation(outer: &[MenteeId], inner: &[MenteeId]) -> Relation {
    let common = inner.iter().filter(|mentee| outer.binary_search(mentee).is_ok()).count();
    match common {
        0 => Relation::Apart,
        _ if common == inner.len() => Relation::Around,
        _ => Relation::Across,
    }
}
