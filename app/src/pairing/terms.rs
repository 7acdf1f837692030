//! What the rules make of two people: whether they are allowed, how many points, and why. Everything that can be prepared for
//! each person is, so that the work for each of perhaps millions of pairs is small, and points and reasons come from the same place.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::distance::{ClockOffsets, Place, clock_offsets, minutes_apart};
use super::model::{Pool, Reason, Shown, Side};
use super::rules::{Must, Order, Preference, Rules, Unknown, Wish};
use super::who::{Lines, Who};
use super::words::{discloses, telling_words};
use crate::i18n::{Message, fold};
use crate::people::model::PersonDraft;

/// Of the words that two texts share, how many a reason names.
const WORDS_SHOWN: usize = 5;

/// The rules, ready for any mentee and mentor of one pool, by their rows.
#[derive(Debug)]
pub(super) struct Terms<'a> {
    pool: &'a Pool,
    rules: &'a Rules,
    /// For each mentee the number of the person, and for each mentor.
    same: ByRow<usize>,
    barriers: Vec<Barrier>,
    wishes: Vec<Prepared>,
    /// Pairs that are not to be made, by rows.
    apart: HashSet<(usize, usize)>,
    /// Of each mentee whether the mentor is settled.
    kept: Vec<bool>,
}

/// Something for each row of both lists.
#[derive(Debug)]
struct ByRow<T> {
    mentees: Vec<T>,
    mentors: Vec<T>,
}

/// Values as small numbers in rising order; the same number is the same folded text.
type Values = Vec<u32>;

#[derive(Debug)]
enum Barrier {
    Lines(Lines),
    /// Pairs of persons' numbers, mentee first.
    Pairs(HashSet<(usize, usize)>),
    Share {
        values: ByRow<Values>,
        unknown: Unknown,
    },
    Differ {
        values: ByRow<Values>,
        unknown: Unknown,
    },
    Above {
        levels: ByRow<Option<usize>>,
        at_least: usize,
        unknown: Unknown,
    },
}

#[derive(Debug)]
struct Prepared {
    weight: u32,
    reserved: bool,
    /// For each mentee whether the preference counts at all.
    counts: Option<Vec<bool>>,
    term: Term,
}

#[derive(Debug)]
enum Term {
    Competencies(ByRow<Vec<Skill>>),
    /// Points by mentee row and mentor row.
    Ranking(HashMap<(usize, usize), Rank>),
    Zone {
        clocks: ByRow<Option<ClockOffsets>>,
        minutes: u32,
    },
    Place {
        places: ByRow<Option<Place>>,
        kilometres: u32,
    },
    Gap {
        levels: ByRow<Option<usize>>,
        ideal: usize,
        count: usize,
    },
    Similar(ByRow<Values>),
    Different(ByRow<Values>),
    Words {
        words: ByRow<Values>,
        enough: u32,
    },
}

/// A competency by its number, with the level held or wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Skill {
    competency: u32,
    level: Option<u8>,
    /// Where it stands in the person's own list.
    place: usize,
}

#[derive(Clone, Copy, Debug)]
struct Rank {
    /// From 0.
    place: usize,
    of: usize,
}

/// Points for one thing, and where it stands if the term has several.
struct Part {
    points: i64,
    detail: Detail,
}

enum Detail {
    Whole,
    /// Which of the mentee's wanted and of the mentor's held competencies.
    Competency {
        wanted: usize,
        held: usize,
    },
}

impl<'a> Terms<'a> {
    pub(super) fn new(pool: &'a Pool, rules: &'a Rules) -> Self {
        let mut who = Who::new(pool);
        let lines = rules.musts.contains(&Must::ReportingLine).then(|| Lines::new(pool, &mut who));
        let same = ByRow {
            mentees: (0..pool.mentees.len()).map(|row| who.number(Side::Mentee, row)).collect(),
            mentors: (0..pool.mentors.len()).map(|row| who.number(Side::Mentor, row)).collect(),
        };
        let mut lines = lines;
        let barriers = rules.musts.iter().map(|must| barrier(must, pool, rules, &who, &mut lines)).collect();
        let wishes = rules.preferences.iter().map(|preference| prepare(preference, pool, rules, &who)).collect();
        let mut kept = vec![false; pool.mentees.len()];
        for (mentee, _) in &pool.given.kept {
            kept[*mentee] = true;
        }
        Self { pool, rules, same, barriers, wishes, apart: pool.given.apart.iter().copied().collect(), kept }
    }

    /// Whether they are the same person. No rule decides this, and none can be dropped to allow it.
    pub(super) fn same_person(&self, mentee: usize, mentor: usize) -> bool {
        self.same.mentees[mentee] == self.same.mentors[mentor]
    }

    /// Whether the pair is not to be made, whatever the rules say.
    pub(super) fn apart(&self, mentee: usize, mentor: usize) -> bool {
        self.apart.contains(&(mentee, mentor))
    }

    /// Whether no change of the rules could allow the pair.
    pub(super) fn never(&self, mentee: usize, mentor: usize) -> bool {
        self.same_person(mentee, mentor) || self.apart(mentee, mentor)
    }

    /// Whether the mentee's mentor is settled.
    pub(super) fn is_kept(&self, mentee: usize) -> bool {
        self.kept[mentee]
    }

    pub(super) fn allowed(&self, mentee: usize, mentor: usize) -> bool {
        !self.never(mentee, mentor) && self.against(mentee, mentor).next().is_none()
    }

    /// Whether they would be allowed if one rule were dropped.
    pub(super) fn allowed_without(&self, rule: usize, mentee: usize, mentor: usize) -> bool {
        !self.never(mentee, mentor) && self.against(mentee, mentor).all(|standing| standing == rule)
    }

    /// The rules that stand against a pair, by their place in `Rules::musts`.
    pub(super) fn against(&self, mentee: usize, mentor: usize) -> impl Iterator<Item = usize> {
        let persons = (self.same.mentees[mentee], self.same.mentors[mentor]);
        (0..self.barriers.len()).filter(move |rule| self.barriers[*rule].stands(mentee, mentor, persons))
    }

    /// Whether a rule reads what people told in confidence: a declared conflict, or what is reserved to the rules.
    pub(super) fn private(&self, rule: usize) -> bool {
        let must = &self.rules.musts[rule];
        *must == Must::NoConflict
            || must.attribute().is_some_and(|attribute| self.pool.shown(attribute) == Shown::Nothing)
    }

    /// Whether nothing stands against a pair but what was told in confidence.
    pub(super) fn is_apart_in_confidence(&self, mentee: usize, mentor: usize) -> bool {
        let mut against = self.against(mentee, mentor).peekable();
        !self.never(mentee, mentor) && against.peek().is_some() && against.all(|rule| self.private(rule))
    }

    /// Whether any rule does: then it is said of no pair which rule stands against it.
    pub(super) fn holds_private(&self) -> bool {
        (0..self.rules.musts.len()).any(|rule| self.private(rule))
    }

    /// Whether a rule reads nothing but what everybody may see: only such a one may leave somebody out of a list of those who may be
    /// wished for, since who is missing from it is told of what the rule reads.
    pub(super) fn everybody_sees(&self, rule: usize) -> bool {
        let must = &self.rules.musts[rule];
        *must != Must::NoConflict
            && must.attribute().is_none_or(|attribute| self.pool.shown(attribute) == Shown::Everything)
    }

    /// The points of a pair before any load, those of reserved criteria included: what the assignment counts, and nobody is shown.
    pub(super) fn score(&self, mentee: usize, mentor: usize) -> i64 {
        let mut sum = 0;
        for wish in &self.wishes {
            wish.each_part(mentee, mentor, |part| sum += part.points);
        }
        sum
    }

    /// What may be said of why a pair has its points, in the order of the rules. Of reserved criteria nothing is said, not even
    /// their points: those would tell, pair by pair, who is alike in what was told in confidence.
    pub(super) fn reasons(&self, mentee: usize, mentor: usize) -> Vec<Reason> {
        let mut reasons = Vec::new();
        let rules = self.wishes.iter().zip(&self.rules.preferences);
        for (wish, preference) in rules.filter(|(wish, _)| !wish.reserved) {
            wish.each_part(mentee, mentor, |part| {
                if part.points != 0 {
                    let text = self.text(preference, &wish.term, &part.detail, mentee, mentor);
                    reasons.push(Reason { rule: preference.name(self.pool), points: part.points, text });
                }
            });
        }
        reasons
    }

    /// What stands against somebody, with what the rule read in their row where that may be shown. Not for private rules.
    pub(super) fn barrier_for(&self, rule: usize, mentee: usize) -> Message {
        let must = &self.rules.musts[rule];
        let person = &self.pool.mentees[mentee];
        let field = match must {
            Must::ReportingLine => return Message::new("pairing-barrier-reporting-line"),
            Must::NoConflict => return Message::new("pairing-barrier-private"),
            Must::NotFormerMentor => return Message::new("pairing-barrier-former-mentor"),
            Must::SharedLanguage { .. } => "languages",
            Must::Equal { attribute, .. } | Must::Differ { attribute, .. } | Must::Above { attribute, .. } => attribute,
        };
        let shown = self.pool.shown(field);
        let key = match must {
            _ if shown == Shown::Nothing => return Message::new("pairing-barrier-private"),
            Must::SharedLanguage { .. } => "pairing-barrier-language",
            Must::Equal { .. } => "pairing-barrier-equal",
            Must::Differ { .. } => "pairing-barrier-differ",
            _ => "pairing-barrier-above",
        };
        let plain = Message::new(key).with("attribute", self.pool.label(field));
        let plain = if let Must::Above { levels, .. } = must { plain.with("levels", *levels) } else { plain };
        let values = spoken(field, &texts(person, field));
        match values {
            _ if shown != Shown::Everything => plain,
            None => Message::new("pairing-barrier-unknown").with("barrier", plain),
            Some(values) => Message::new("pairing-barrier-value").with("barrier", plain).with("value", values),
        }
    }

    fn text(&self, rule: &Preference, term: &Term, detail: &Detail, mentee: usize, mentor: usize) -> Message {
        let (learner, teacher) = (&self.pool.mentees[mentee], &self.pool.mentors[mentor]);
        let shown = rule.shown(self.pool);
        match (&rule.wish, term) {
            (Wish::Competencies, _) => competency_text(detail, learner, teacher),
            (Wish::MenteeRanking, Term::Ranking(ranks)) => rank_text("mentee", ranks.get(&(mentee, mentor))),
            (Wish::MentorRanking, Term::Ranking(ranks)) => rank_text("mentor", ranks.get(&(mentee, mentor))),
            (Wish::Zone { .. }, Term::Zone { clocks, .. }) => zone_text(clocks, mentee, mentor),
            (Wish::Place { .. }, _) => place_text(learner, teacher),
            (Wish::Gap { attribute, .. }, Term::Gap { levels, .. }) => {
                self.gap_text(attribute, levels, shown, mentee, mentor)
            }
            (Wish::Similar { attribute }, _) => self.similar_text(attribute, shown, learner, teacher),
            (Wish::Different { attribute }, _) => {
                let plain = Message::new("pairing-reason-different").with("attribute", self.pool.label(attribute));
                let (one, other) =
                    (spoken(attribute, &texts(learner, attribute)), spoken(attribute, &texts(teacher, attribute)));
                match (one, other) {
                    (Some(one), Some(other)) if shown == Shown::Everything => {
                        Message::new("pairing-reason-different-values")
                            .with("attribute", self.pool.label(attribute))
                            .with("mentee", one)
                            .with("mentor", other)
                    }
                    _ => plain,
                }
            }
            (Wish::Words { mentee_text, mentor_text, .. }, _) => {
                words_text(mentee_text, mentor_text, shown, learner, teacher)
            }
            _ => rule.sentence(self.pool),
        }
    }

    fn gap_text(
        &self,
        attribute: &str,
        levels: &ByRow<Option<usize>>,
        shown: Shown,
        mentee: usize,
        mentor: usize,
    ) -> Message {
        let gap = match (levels.mentees[mentee], levels.mentors[mentor]) {
            (Some(below), Some(above)) => above.saturating_sub(below),
            _ => 0,
        };
        let (learner, teacher) = (&self.pool.mentees[mentee], &self.pool.mentors[mentor]);
        let label = self.pool.label(attribute);
        let plain = Message::new("pairing-reason-gap").with("attribute", label).with("levels", gap);
        match (spoken(attribute, &texts(learner, attribute)), spoken(attribute, &texts(teacher, attribute))) {
            (Some(one), Some(other)) if shown == Shown::Everything => {
                Message::new("pairing-reason-gap-values").with("gap", plain).with("mentee", one).with("mentor", other)
            }
            _ => plain,
        }
    }

    fn similar_text(&self, attribute: &str, shown: Shown, learner: &PersonDraft, teacher: &PersonDraft) -> Message {
        let label = self.pool.label(attribute);
        let theirs: Vec<String> = texts(teacher, attribute).into_iter().map(fold).collect();
        let both: Vec<&str> =
            texts(learner, attribute).into_iter().filter(|text| theirs.contains(&fold(text))).collect();
        match spoken(attribute, &both) {
            Some(values) if shown == Shown::Everything => {
                Message::new("pairing-reason-similar-values").with("attribute", label).with("values", values)
            }
            _ => Message::new("pairing-reason-similar").with("attribute", label),
        }
    }
}

impl Barrier {
    fn stands(&self, mentee: usize, mentor: usize, persons: (usize, usize)) -> bool {
        match self {
            Self::Lines(lines) => lines.joins(persons.0, persons.1),
            Self::Pairs(pairs) => pairs.contains(&persons),
            Self::Share { values, unknown } => {
                let (one, other) = values.of(mentee, mentor);
                if one.is_empty() || other.is_empty() { *unknown == Unknown::Forbid } else { common(one, other) == 0 }
            }
            Self::Differ { values, unknown } => {
                let (one, other) = values.of(mentee, mentor);
                if one.is_empty() || other.is_empty() { *unknown == Unknown::Forbid } else { common(one, other) > 0 }
            }
            Self::Above { levels, at_least, unknown } => match levels.of(mentee, mentor) {
                (Some(below), Some(above)) => *above < below + at_least,
                _ => *unknown == Unknown::Forbid,
            },
        }
    }
}

impl Prepared {
    /// Calls `tell` with each part of what the preference gives a pair.
    fn each_part(&self, mentee: usize, mentor: usize, mut tell: impl FnMut(Part)) {
        if self.counts.as_ref().is_some_and(|counts| !counts[mentee]) {
            return;
        }
        if let Term::Competencies(skills) = &self.term {
            self.each_competency(skills.of(mentee, mentor), tell);
        } else if let Some((share, of)) = self.share(mentee, mentor) {
            tell(Part { points: portion(self.weight, share, of), detail: Detail::Whole });
        }
    }

    /// How much of the weight the pair gets, as a fraction; `None` where a row does not say, or for a term of several parts.
    fn share(&self, mentee: usize, mentor: usize) -> Option<(u64, u64)> {
        match &self.term {
            Term::Competencies(_) => None,
            Term::Ranking(ranks) => {
                ranks.get(&(mentee, mentor)).map(|rank| ((rank.of - rank.place) as u64, rank.of as u64))
            }
            Term::Zone { clocks, minutes } => {
                let apart = both(clocks.of(mentee, mentor)).map(|(one, other)| minutes_apart(one, other))?;
                Some((minutes.saturating_sub(apart).into(), u64::from(*minutes)))
            }
            Term::Place { places, kilometres } => {
                let (Some(one), Some(other)) = places.of(mentee, mentor) else { return None };
                Some(one.nearness(other, *kilometres))
            }
            Term::Gap { levels, ideal, count } => {
                both(levels.of(mentee, mentor)).map(|(below, above)| gap_share(below, above, *ideal, *count))
            }
            Term::Similar(values) => {
                let (one, other) = values.of(mentee, mentor);
                Some((common(one, other), one.len().min(other.len()) as u64))
            }
            Term::Different(values) => {
                let (one, other) = values.of(mentee, mentor);
                let shorter = one.len().min(other.len()) as u64;
                Some((shorter - common(one, other), shorter))
            }
            Term::Words { words, enough } => {
                let (one, other) = words.of(mentee, mentor);
                Some((common(one, other).min(u64::from(*enough)), u64::from(*enough)))
            }
        }
    }

    fn each_competency(&self, (wanted, held): (&Vec<Skill>, &Vec<Skill>), mut tell: impl FnMut(Part)) {
        for wish in wanted {
            let Ok(found) = held.binary_search_by_key(&wish.competency, |skill| skill.competency) else { continue };
            let offer = held[found];
            let (share, of) = level_share(wish.level, offer.level);
            let points = portion(self.weight, share, of * wanted.len() as u64);
            tell(Part { points, detail: Detail::Competency { wanted: wish.place, held: offer.place } });
        }
    }
}

impl<T> ByRow<T> {
    fn of(&self, mentee: usize, mentor: usize) -> (&T, &T) {
        (&self.mentees[mentee], &self.mentors[mentor])
    }

    fn new(pool: &Pool, mut make: impl FnMut(Side, &PersonDraft) -> T) -> Self {
        let mentees = pool.mentees.iter().map(|person| make(Side::Mentee, person)).collect();
        let mentors = pool.mentors.iter().map(|person| make(Side::Mentor, person)).collect();
        Self { mentees, mentors }
    }
}

fn barrier(must: &Must, pool: &Pool, rules: &Rules, who: &Who, lines: &mut Option<Lines>) -> Barrier {
    match must {
        // A rule that stands twice is one rule.
        Must::ReportingLine => lines.take().map_or_else(|| Barrier::Pairs(HashSet::new()), Barrier::Lines),
        Must::NoConflict => Barrier::Pairs(conflicts(pool, who)),
        Must::NotFormerMentor => Barrier::Pairs(former_mentors(pool, who)),
        Must::SharedLanguage { unknown } => Barrier::Share { values: values(pool, "languages"), unknown: *unknown },
        Must::Equal { attribute, unknown } => Barrier::Share { values: values(pool, attribute), unknown: *unknown },
        Must::Differ { attribute, unknown } => Barrier::Differ { values: values(pool, attribute), unknown: *unknown },
        Must::Above { attribute, order, levels: at_least, unknown } => Barrier::Above {
            levels: levels(pool, attribute, rules.orders.get(order)),
            at_least: *at_least as usize,
            unknown: *unknown,
        },
    }
}

fn prepare(preference: &Preference, pool: &Pool, rules: &Rules, who: &Who) -> Prepared {
    let term = match &preference.wish {
        Wish::Competencies => Term::Competencies(skills(pool)),
        Wish::MenteeRanking => Term::Ranking(rankings(pool, who, Side::Mentee)),
        Wish::MentorRanking => Term::Ranking(rankings(pool, who, Side::Mentor)),
        Wish::Zone { hours } => Term::Zone {
            clocks: ByRow::new(pool, |_, person| person.zone.as_deref().and_then(clock_offsets)),
            minutes: hours.saturating_mul(60).max(1),
        },
        Wish::Place { kilometres } => Term::Place {
            places: ByRow::new(pool, |_, person| Place::new(person.place.as_deref()?, &rules.places)),
            kilometres: *kilometres,
        },
        Wish::Gap { attribute, order, levels: ideal } => {
            let order = rules.orders.get(order);
            Term::Gap {
                levels: levels(pool, attribute, order),
                ideal: *ideal as usize,
                count: order.map_or(0, |order| order.levels.len()),
            }
        }
        Wish::Similar { attribute } => Term::Similar(values(pool, attribute)),
        Wish::Different { attribute } => Term::Different(values(pool, attribute)),
        Wish::Words { mentee_text, mentor_text, enough } => {
            Term::Words { words: words(pool, mentee_text, mentor_text), enough: (*enough).max(1) }
        }
    };
    let counts = preference
        .only_if
        .as_deref()
        .map(|attribute| pool.mentees.iter().map(|person| texts(person, attribute).into_iter().any(is_yes)).collect());
    Prepared { weight: preference.weight, reserved: preference.reserved(pool), counts, term }
}

/// `weight × share ⁄ of`, to the nearest whole point.
fn portion(weight: u32, share: u64, of: u64) -> i64 {
    if of == 0 {
        return 0;
    }
    let points = (u128::from(weight) * u128::from(share.min(of)) + u128::from(of) / 2) / u128::from(of);
    i64::try_from(points).unwrap_or(i64::from(weight))
}

/// A level that is wanted against one that is held: the share of it that is reached. What nobody wrote down is enough; where
/// only the mentor's is known, it counts out of five.
fn level_share(wanted: Option<u8>, held: Option<u8>) -> (u64, u64) {
    match (wanted, held) {
        (_, None) => (1, 1),
        (None, Some(held)) => (u64::from(held.min(5)), 5),
        (Some(wanted), Some(held)) => (u64::from(held.min(wanted)), u64::from(wanted.max(1))),
    }
}

/// Full at the ideal gap; nearer in proportion to the gap; further falls evenly to nothing beyond the end of the order.
fn gap_share(below: usize, above: usize, ideal: usize, count: usize) -> (u64, u64) {
    let Some(gap) = above.checked_sub(below) else { return (0, 1) };
    if gap <= ideal {
        return if ideal == 0 { (1, 1) } else { (gap as u64, ideal as u64) };
    }
    let room = count.saturating_sub(ideal).max(1);
    ((room.saturating_sub(gap - ideal)) as u64, room as u64)
}

fn both<T: Copy>(two: (&Option<T>, &Option<T>)) -> Option<(T, T)> {
    (*two.0).zip(*two.1)
}

/// How many numbers stand in both lists, which rise.
fn common(one: &[u32], other: &[u32]) -> u64 {
    let (mut left, mut right, mut count) = (0, 0, 0);
    while let (Some(a), Some(b)) = (one.get(left), other.get(right)) {
        count += u64::from(a == b);
        left += usize::from(a <= b);
        right += usize::from(b <= a);
    }
    count
}

/// Gives the same text the same number, however it is written.
#[derive(Default)]
struct Numbers(HashMap<String, u32>);

impl Numbers {
    fn of_folded(&mut self, text: String) -> u32 {
        let next = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        *self.0.entry(text).or_insert(next)
    }

    fn sorted(&mut self, texts: impl IntoIterator<Item = String>) -> Values {
        let mut numbers: Values = texts.into_iter().map(|text| self.of_folded(text)).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }
}

fn values(pool: &Pool, field: &str) -> ByRow<Values> {
    let mut numbers = Numbers::default();
    ByRow::new(pool, |_, person| numbers.sorted(texts(person, field).into_iter().map(fold)))
}

fn words(pool: &Pool, mentee_text: &str, mentor_text: &str) -> ByRow<Values> {
    let mut numbers = Numbers::default();
    let mut known: HashMap<String, bool> = HashMap::new();
    let mut harmless = |word: &String| !*known.entry(word.clone()).or_insert_with(|| discloses(word));
    ByRow::new(pool, |side, person| {
        let field = if side == Side::Mentee { mentee_text } else { mentor_text };
        numbers.sorted(texts(person, field).into_iter().flat_map(telling_words).filter(&mut harmless))
    })
}

fn levels(pool: &Pool, field: &str, order: Option<&Order>) -> ByRow<Option<usize>> {
    let mut known: BTreeMap<String, Option<usize>> = BTreeMap::new();
    ByRow::new(pool, |_, person| {
        let text = texts(person, field).into_iter().next()?;
        *known.entry(text.to_owned()).or_insert_with(|| order.and_then(|order| order.level(text)))
    })
}

fn skills(pool: &Pool) -> ByRow<Vec<Skill>> {
    let mut numbers = Numbers::default();
    ByRow::new(pool, |side, person| {
        let list = if side == Side::Mentee { &person.wanted } else { &person.held };
        let mut skills: Vec<Skill> = list
            .iter()
            .enumerate()
            .map(|(place, skill)| Skill { competency: numbers.of_folded(fold(&skill.name)), level: skill.level, place })
            .collect();
        // Of a competency that stands twice, the higher level holds.
        skills.sort_unstable_by_key(|skill| (skill.competency, std::cmp::Reverse(skill.level), skill.place));
        skills.dedup_by_key(|skill| skill.competency);
        if side == Side::Mentee {
            skills.sort_unstable_by_key(|skill| skill.place);
        }
        skills
    })
}

fn rankings(pool: &Pool, who: &Who, side: Side) -> HashMap<(usize, usize), Rank> {
    let other_side = if side == Side::Mentee { Side::Mentor } else { Side::Mentee };
    let mut rows: HashMap<usize, Vec<usize>> = HashMap::new();
    for row in 0..pool.side(other_side).len() {
        rows.entry(who.number(other_side, row)).or_default().push(row);
    }
    let mut ranks = HashMap::new();
    for (row, person) in pool.side(side).iter().enumerate() {
        let of = person.preferences.len();
        for (place, text) in person.preferences.iter().enumerate() {
            for other in who.find(text).and_then(|found| rows.get(&found)).into_iter().flatten() {
                let pair = if side == Side::Mentee { (row, *other) } else { (*other, row) };
                ranks.entry(pair).or_insert(Rank { place, of });
            }
        }
    }
    ranks
}

fn conflicts(pool: &Pool, who: &Who) -> HashSet<(usize, usize)> {
    let mut pairs = HashSet::new();
    for side in [Side::Mentee, Side::Mentor] {
        for (row, person) in pool.side(side).iter().enumerate() {
            let number = who.number(side, row);
            for other in person.conflicts.iter().filter_map(|text| who.find(text)) {
                pairs.extend([(number, other), (other, number)]);
            }
        }
    }
    pairs
}

fn former_mentors(pool: &Pool, who: &Who) -> HashSet<(usize, usize)> {
    let mut pairs = HashSet::new();
    for side in [Side::Mentee, Side::Mentor] {
        for (row, person) in pool.side(side).iter().enumerate() {
            let former = person.former_mentors.iter().filter_map(|text| who.find(text));
            pairs.extend(former.map(|mentor| (who.number(side, row), mentor)));
        }
    }
    pairs
}

/// What a person's row says of an attribute or a field.
pub(super) fn texts<'p>(person: &'p PersonDraft, field: &str) -> Vec<&'p str> {
    let single = |text: &'p Option<String>| text.as_deref().into_iter().collect();
    let found: Vec<&str> = match (person.attributes.get(field), field) {
        (Some(values), _) => values.iter().map(String::as_str).collect(),
        (None, "biography") => single(&person.biography),
        (None, "languages") => person.languages.iter().map(String::as_str).collect(),
        (None, "place") => single(&person.place),
        (None, "post") => single(&person.post),
        (None, "title") => single(&person.title),
        (None, "unit") => single(&person.unit),
        (None, "zone") => single(&person.zone),
        _ => Vec::new(),
    };
    found.into_iter().filter(|text| !text.trim().is_empty()).collect()
}

/// Values to be read, languages by their names; `None` when there are none.
fn spoken(field: &str, values: &[&str]) -> Option<Message> {
    const NAMED: [&str; 12] = ["ar", "ca", "de", "en", "es", "eu", "fr", "gl", "it", "nl", "pt", "zh"];
    values
        .iter()
        .map(|value| match NAMED.iter().find(|code| field == "languages" && **code == *value) {
            Some(code) => Message::new(format!("pairing-language-{code}")),
            None => Message::new("pairing-text").with("text", value.trim()),
        })
        .reduce(|list, item| Message::new("pairing-list").with("list", list).with("item", item))
}

fn is_yes(text: &str) -> bool {
    matches!(fold(text).as_str(), "yes" | "y" | "true" | "si" | "s" | "verdadero" | "1" | "x")
}

fn competency_text(detail: &Detail, learner: &PersonDraft, teacher: &PersonDraft) -> Message {
    let Detail::Competency { wanted, held } = detail else { return Message::new("pairing-wish-competencies") };
    let (Some(wish), Some(offer)) = (learner.wanted.get(*wanted), teacher.held.get(*held)) else {
        return Message::new("pairing-wish-competencies");
    };
    let name = wish.name.as_str();
    match (wish.level, offer.level) {
        (Some(wanted), Some(held)) => Message::new("pairing-reason-competency-levels")
            .with("name", name)
            .with("wanted", i64::from(wanted))
            .with("held", i64::from(held)),
        (None, Some(held)) => {
            Message::new("pairing-reason-competency-held").with("name", name).with("held", i64::from(held))
        }
        _ => Message::new("pairing-reason-competency").with("name", name),
    }
}

fn rank_text(by: &str, rank: Option<&Rank>) -> Message {
    let place = rank.map_or(0, |rank| rank.place + 1);
    let of = rank.map_or(0, |rank| rank.of);
    Message::new(format!("pairing-reason-ranked-by-{by}")).with("place", place).with("of", of)
}

fn zone_text(clocks: &ByRow<Option<ClockOffsets>>, mentee: usize, mentor: usize) -> Message {
    let minutes = match clocks.of(mentee, mentor) {
        (Some(one), Some(other)) => minutes_apart(*one, *other),
        _ => 0,
    };
    match (minutes, minutes % 60) {
        (0, _) => Message::new("pairing-reason-zone-same"),
        (_, 0) => Message::new("pairing-reason-zone-hours").with("hours", minutes / 60),
        _ => Message::new("pairing-reason-zone-minutes").with("hours", minutes / 60).with("minutes", minutes % 60),
    }
}

fn place_text(learner: &PersonDraft, teacher: &PersonDraft) -> Message {
    let here = learner.place.as_deref().unwrap_or_default().trim();
    let there = teacher.place.as_deref().unwrap_or_default().trim();
    if fold(here) == fold(there) {
        return Message::new("pairing-reason-place-same").with("place", there);
    }
    Message::new("pairing-reason-place-near").with("mentee", here).with("mentor", there)
}

fn words_text(
    mentee_text: &str,
    mentor_text: &str,
    shown: Shown,
    learner: &PersonDraft,
    teacher: &PersonDraft,
) -> Message {
    let theirs: HashSet<String> = texts(teacher, mentor_text).into_iter().flat_map(telling_words).collect();
    let mine = texts(learner, mentee_text).into_iter().flat_map(telling_words);
    let both: BTreeSet<String> = mine.filter(|word| theirs.contains(word) && !discloses(word)).collect();
    let words = both.iter().take(WORDS_SHOWN).cloned().collect::<Vec<_>>().join(", ");
    let message =
        Message::new(if shown == Shown::Everything { "pairing-reason-words-these" } else { "pairing-reason-words" });
    message.with("count", both.len()).with("words", words)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::i18n::Lang;
    use crate::pairing::distance::Coordinates;
    use crate::pairing::model::Attribute;
    use crate::pairing::testing::{person, pool, prefer, skill, speaking, with};

    fn allowed(must: Must, mentee: PersonDraft, mentor: PersonDraft) -> bool {
        let rules = Rules { musts: vec![must], orders: grades(), ..Rules::default() };
        let pool = pool(vec![mentee], vec![mentor]);
        Terms::new(&pool, &rules).allowed(0, 0)
    }

    fn grades() -> BTreeMap<String, Order> {
        let levels = ["AA", "AO", "EO", "HEO", "SEO"].map(|grade| vec![grade.to_owned()]).to_vec();
        BTreeMap::from([("grade".to_owned(), Order { levels })])
    }

    /// The points and what is said of them, in English.
    fn told(rules: &Rules, mentee: PersonDraft, mentor: PersonDraft) -> Vec<(i64, String)> {
        let pool = pool(vec![mentee], vec![mentor]);
        told_in(&pool, rules)
    }

    fn told_in(pool: &Pool, rules: &Rules) -> Vec<(i64, String)> {
        let terms = Terms::new(pool, rules);
        let reasons = terms.reasons(0, 0);
        if !rules.count_reserved(pool) {
            assert_eq!(reasons.iter().map(|reason| reason.points).sum::<i64>(), terms.score(0, 0));
        }
        reasons.into_iter().map(|reason| (reason.points, Lang::En.tell(&reason.text))).collect()
    }

    #[test]
    fn nobody_mentors_themselves_even_without_rules() {
        let pool = pool(vec![person("ana")], vec![PersonDraft { address: " Ana@Example.org".into(), ..person("x") }]);
        assert!(!Terms::new(&pool, &Rules::default()).allowed(0, 0));
        assert!(!Terms::new(&pool, &Rules::default()).allowed_without(0, 0, 0));
    }

    #[test]
    fn a_reporting_line_forbids_both_ways() {
        let reports = |to: &str| PersonDraft { manager: Some(format!("{to}@example.org")), ..person("ana") };
        assert!(!allowed(Must::ReportingLine, reports("ben"), person("ben")));
        assert!(allowed(Must::ReportingLine, reports("eva"), person("ben")));
        let ben = PersonDraft { manager: Some("ana@example.org".into()), ..person("ben") };
        assert!(!allowed(Must::ReportingLine, person("ana"), ben));
    }

    #[test]
    fn a_conflict_forbids_whoever_declared_it() {
        let against =
            |one: &str, other: &str| PersonDraft { conflicts: vec![format!("{other}@example.org")], ..person(one) };
        assert!(!allowed(Must::NoConflict, against("ana", "ben"), person("ben")));
        assert!(!allowed(Must::NoConflict, person("ana"), against("ben", "ana")));
        assert!(allowed(Must::NoConflict, against("ana", "eva"), person("ben")));
    }

    #[test]
    fn a_former_mentor_is_not_had_again_but_may_learn_in_turn() {
        let had = |one: &str, other: &str| PersonDraft {
            former_mentors: vec![format!("{other}@example.org")],
            ..person(one)
        };
        assert!(!allowed(Must::NotFormerMentor, had("ana", "ben"), person("ben")));
        assert!(allowed(Must::NotFormerMentor, person("ana"), had("ben", "ana")));
    }

    #[test]
    fn a_language_has_to_be_shared() {
        let must = |unknown| Must::SharedLanguage { unknown };
        assert!(allowed(must(Unknown::Forbid), speaking("ana", &["es", "fr"]), speaking("ben", &["en", "fr"])));
        assert!(!allowed(must(Unknown::Forbid), speaking("ana", &["es"]), speaking("ben", &["en"])));
        assert!(!allowed(must(Unknown::Forbid), speaking("ana", &[]), speaking("ben", &["en"])));
        assert!(allowed(must(Unknown::Allow), speaking("ana", &[]), speaking("ben", &["en"])));
    }

    #[test]
    fn attributes_have_to_be_equal_or_to_differ() {
        let equal = || Must::Equal { attribute: "area".into(), unknown: Unknown::Forbid };
        let differ = || Must::Differ { attribute: "area".into(), unknown: Unknown::Forbid };
        let of = |name: &str, values: &[&str]| with(person(name), "area", values);
        assert!(allowed(equal(), of("ana", &["Jurídico"]), of("ben", &["juridico ", "Ventas"])));
        assert!(!allowed(equal(), of("ana", &["Jurídico"]), of("ben", &["Ventas"])));
        assert!(!allowed(differ(), of("ana", &["Jurídico"]), of("ben", &["JURIDICO"])));
        assert!(allowed(differ(), of("ana", &["Jurídico"]), of("ben", &["Ventas"])));
        assert!(!allowed(equal(), of("ana", &[]), of("ben", &["Ventas"])));
    }

    #[test]
    fn a_mentor_has_to_be_so_many_levels_above() {
        let above =
            |levels| Must::Above { attribute: "grade".into(), order: "grade".into(), levels, unknown: Unknown::Forbid };
        let of = |name: &str, grade: &str| with(person(name), "grade", &[grade]);
        assert!(allowed(above(2), of("ana", "AO"), of("ben", "HEO")));
        assert!(!allowed(above(2), of("ana", "AO"), of("ben", "EO")));
        assert!(allowed(above(0), of("ana", "AO"), of("ben", "AO")));
        assert!(!allowed(above(0), of("ana", "AO"), of("ben", "AA")));
        assert!(!allowed(above(1), of("ana", "AO"), of("ben", "Chief")), "a grade that the order does not know");
    }

    #[test]
    fn competencies_count_by_the_level_that_is_reached() {
        let ana = PersonDraft {
            wanted: vec![skill("Negociación", Some(4)), skill("Oratoria", Some(4)), skill("Finanzas", None)],
            ..person("ana")
        };
        let ben =
            PersonDraft { held: vec![skill("oratoria", Some(2)), skill("NEGOCIACION", Some(5))], ..person("ben") };
        assert_eq!(
            told(&prefer(Wish::Competencies, 300), ana.clone(), ben),
            [
                (100, "Negociación: wants level 4, offers 5".to_owned()),
                (50, "Oratoria: wants level 4, offers 2".to_owned())
            ]
        );
        let eva = PersonDraft { held: vec![skill("Finanzas", Some(3)), skill("Oratoria", None)], ..person("eva") };
        assert_eq!(
            told(&prefer(Wish::Competencies, 300), ana, eva),
            [(100, "Oratoria: wanted and offered".to_owned()), (60, "Finanzas: wanted; offers level 3".to_owned())]
        );
    }

    #[test]
    fn rankings_count_from_either_side() {
        let ranks = |name: &str, others: &[&str]| PersonDraft {
            preferences: others.iter().map(|other| format!("{other}@example.org")).collect(),
            ..person(name)
        };
        assert_eq!(
            told(&prefer(Wish::MenteeRanking, 90), ranks("ana", &["eva", "ben", "leo"]), person("ben")),
            [(60, "The mentee ranked this mentor 2 of 3".to_owned())]
        );
        assert_eq!(
            told(&prefer(Wish::MentorRanking, 90), person("ana"), ranks("ben", &["ana"])),
            [(90, "The mentor ranked this mentee 1 of 1".to_owned())]
        );
        assert_eq!(told(&prefer(Wish::MentorRanking, 90), ranks("ana", &["ben"]), person("ben")), []);
    }

    #[test]
    fn distance_counts_by_clock_and_by_place() {
        let at = |name: &str, zone: &str, place: &str| PersonDraft {
            zone: Some(zone.into()),
            place: Some(place.into()),
            ..person(name)
        };
        let zone = prefer(Wish::Zone { hours: 4 }, 100);
        assert_eq!(
            told(&zone, at("ana", "Europe/Madrid", ""), at("ben", "Atlantic/Canary", "")),
            [(75, "1 hour apart".to_owned())]
        );
        assert_eq!(told(&zone, at("ana", "Europe/Madrid", ""), at("ben", "America/Bogota", "")), []);
        let mut place = prefer(Wish::Place { kilometres: 646 }, 100);
        let places = || (at("ana", "", "Bilbao"), at("ben", "", "Madrid"));
        assert_eq!(told(&place, places().0, places().1), []);
        place.places.insert("Bilbao".into(), Coordinates { latitude: 43.263, longitude: -2.935 });
        place.places.insert("Madrid".into(), Coordinates { latitude: 40.4168, longitude: -3.7038 });
        assert_eq!(told(&place, places().0, places().1), [(50, "Near each other: Bilbao and Madrid".to_owned())]);
    }

    #[test]
    fn a_gap_is_best_at_the_ideal_and_never_below() {
        let of = |name: &str, grade: &str| with(person(name), "grade", &[grade]);
        let mut rules = prefer(Wish::Gap { attribute: "grade".into(), order: "grade".into(), levels: 2 }, 120);
        rules.orders = grades();
        let points = |one: &str, other: &str| {
            told(&rules, of("ana", one), of("ben", other)).iter().map(|(points, _)| *points).sum::<i64>()
        };
        assert_eq!(points("AA", "EO"), 120);
        assert_eq!(points("AA", "AO"), 60);
        assert_eq!(points("AA", "HEO"), 80, "three left of five levels beyond the ideal: two of three");
        assert_eq!(points("AA", "AA"), 0);
        assert_eq!(points("SEO", "AA"), 0);
        assert_eq!(
            told(&rules, of("ana", "AA"), of("ben", "EO")),
            [(120, "2 levels above in “grade”: AA → EO".to_owned())]
        );
    }

    #[test]
    fn likeness_and_difference_of_values_and_lists() {
        let of = |name: &str, values: &[&str]| with(person(name), "area", values);
        let similar = prefer(Wish::Similar { attribute: "area".into() }, 100);
        let different = prefer(Wish::Different { attribute: "area".into() }, 100);
        assert_eq!(
            told(&similar, of("ana", &["Ventas", "Riesgos"]), of("ben", &["riesgos", "Legal", "Datos"])),
            [(50, "Same “area”: Riesgos".to_owned())]
        );
        assert_eq!(told(&similar, of("ana", &[]), of("ben", &["riesgos"])), []);
        assert_eq!(
            told(&different, of("ana", &["Ventas"]), of("ben", &["Riesgos"])),
            [(100, "Different “area”: Ventas and Riesgos".to_owned())]
        );
        assert_eq!(told(&different, of("ana", &[]), of("ben", &["Riesgos"])), [], "an empty cell is no difference");
    }

    #[test]
    fn shared_words_count_up_to_enough() {
        let says = |name: &str, text: &str| PersonDraft { biography: Some(text.into()), ..person(name) };
        let words = Wish::Words { mentee_text: "biography".into(), mentor_text: "biography".into(), enough: 4 };
        assert_eq!(
            told(&prefer(words, 80), says("ana", "Negociación con la banca"), says("ben", "La BANCA y la negociacion")),
            [(40, "Their texts share 2 words: banca, negociacion".to_owned())]
        );
    }

    #[test]
    fn a_word_that_discloses_is_no_likeness() {
        let says = |name: &str| PersonDraft { biography: Some("Lesbiana, banca".into()), ..person(name) };
        let words = Wish::Words { mentee_text: "biography".into(), mentor_text: "biography".into(), enough: 2 };
        assert_eq!(
            told(&prefer(words, 10), says("ana"), says("ben")),
            [(5, "Their texts share 1 word: banca".to_owned())]
        );
    }

    #[test]
    fn a_preference_may_hang_on_the_mentees_yes() {
        let mut rules = prefer(Wish::Similar { attribute: "area".into() }, 100);
        rules.preferences[0].only_if = Some("wishes".into());
        let ana = |yes: &str| with(with(person("ana"), "area", &["x"]), "wishes", &[yes]);
        let ben = || with(person("ben"), "area", &["x"]);
        assert_eq!(told(&rules, ana("Sí"), ben()).len(), 1);
        assert_eq!(told(&rules, ana("no"), ben()), []);
    }

    #[test]
    fn what_is_reserved_gives_no_reason_and_what_the_coordinator_sees_has_no_value() {
        let wish = |attribute: &str| Preference {
            weight: 30,
            wish: Wish::Similar { attribute: attribute.into() },
            only_if: None,
        };
        let rules = Rules { preferences: vec![wish("creed"), wish("union"), wish("band")], ..Rules::default() };
        let of = |name: &str| {
            let person = with(with(person(name), "creed", &["zoroastrian"]), "union", &["guild"]);
            with(person, "band", &["B7"])
        };
        let mut pool = pool(vec![of("ana")], vec![of("ben")]);
        for (key, shown) in [("creed", Shown::Nothing), ("union", Shown::Nothing), ("band", Shown::NameOnly)] {
            pool.attributes.insert(key.into(), Attribute { label: format!("the {key}"), shown });
        }
        assert_eq!(told_in(&pool, &rules), [(30, "Alike in “the band”".to_owned())]);
        assert_eq!(Terms::new(&pool, &rules).score(0, 0), 90, "they count all the same");
        assert_eq!(rules.preferences[0].name(&pool), "reserved");
        assert_eq!(Lang::En.tell(&rules.preferences[0].sentence(&pool)), "Criteria reserved to the rules");
    }
}
