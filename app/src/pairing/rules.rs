//! The rules of a pairing, as data that can be read aloud. How they are written in a file is in `rules_file`; what they make of
//! two people is in `terms`.

use std::collections::BTreeMap;

use super::distance::Coordinates;
use super::model::{Pool, Shown};
use crate::i18n::{Message, fold};

/// Everything that decides a pairing, except the people. That nobody mentors themselves and that no mentor has more mentees than
/// seats holds always and is no rule to set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rules {
    pub musts: Vec<Must>,
    pub preferences: Vec<Preference>,
    pub balance: Option<Balance>,
    /// The seats of a mentor whose row names no number.
    pub capacity: Option<u32>,
    pub orders: BTreeMap<String, Order>,
    /// Places on the map, for the distance between them.
    pub places: BTreeMap<String, Coordinates>,
}

/// What has to be so, or the pair is not allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Must {
    /// Neither is above the other in a reporting line.
    ReportingLine,
    /// Neither declared a conflict with the other.
    NoConflict,
    /// The mentor was not the mentee's mentor before.
    NotFormerMentor,
    /// They have a language in common.
    SharedLanguage { unknown: Unknown },
    /// They have a value of the attribute in common.
    Equal { attribute: String, unknown: Unknown },
    /// They have no value of the attribute in common.
    Differ { attribute: String, unknown: Unknown },
    /// The mentor is at least so many levels above, in the order of that name.
    Above { attribute: String, order: String, levels: u32, unknown: Unknown },
}

/// What becomes of a pair when the row of one of them does not say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unknown {
    Allow,
    #[default]
    Forbid,
}

/// What makes a pair better. `weight` is the most points that it can give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preference {
    pub weight: u32,
    pub wish: Wish,
    /// Counts only for mentees whose value of this attribute is a yes.
    pub only_if: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// The mentor holds what the mentee wants to learn. Each wanted competency bears an equal part; a level below the one that
    /// is wanted gives its share, and a level that nobody wrote down counts as enough.
    Competencies,
    /// The mentee ranked the mentor: the first of n gives all, the next (n − 1)/n, and so on.
    MenteeRanking,
    /// The mentor ranked the mentee, in the same way.
    MentorRanking,
    /// Their clocks agree; nothing is left when they differ by so many hours.
    Zone { hours: u32 },
    /// Their places are near; nothing is left at so many kilometres, where the rules know both places.
    Place { kilometres: u32 },
    /// The mentor is so many levels above. Nearer counts in proportion, further falls to nothing beyond the end of the order.
    Gap { attribute: String, order: String, levels: u32 },
    /// The share of the shorter list that stands in the other; all or nothing for single values.
    Similar { attribute: String },
    /// What `Similar` leaves.
    Different { attribute: String },
    /// Telling words in both texts; so many are all that is needed.
    Words { mentee_text: String, mentor_text: String, enough: u32 },
}

/// What each further mentee of one mentor costs: the first entry for the first mentee, and so on. It never falls, and beyond its
/// end it goes on rising by its last step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Balance {
    penalties: Vec<u32>,
}

/// Values from the lowest level to the highest; each level is one or several values that stand alike.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Order {
    pub levels: Vec<Vec<String>>,
}

/// The greatest weight, penalty and number of levels that rules may name, so that no sum can overflow.
pub const GREATEST: u32 = 1_000_000;
/// The greatest number of rules of each kind.
pub const MOST_RULES: usize = 100;

/// Fields of a person that rules can name beside the attributes.
pub const FIELDS: [&str; 7] = ["biography", "languages", "place", "post", "title", "unit", "zone"];

impl Balance {
    /// `None` where a penalty falls, or where nothing is given.
    pub fn new(penalties: Vec<u32>) -> Option<Self> {
        (!penalties.is_empty() && penalties.is_sorted()).then_some(Self { penalties })
    }

    pub fn penalties(&self) -> &[u32] {
        &self.penalties
    }

    /// What it costs to fill the seat (from 0), on top of those before it.
    pub fn penalty(&self, seat: usize) -> i64 {
        if let Some(penalty) = self.penalties.get(seat) {
            return i64::from(*penalty);
        }
        let last = self.penalties.last().copied().unwrap_or(0);
        let before = self.penalties.len().checked_sub(2).map_or(0, |place| self.penalties[place]);
        let further = i64::try_from(seat + 1 - self.penalties.len()).unwrap_or(i64::MAX);
        i64::from(last).saturating_add(further.saturating_mul(i64::from(last - before)))
    }
}

impl Order {
    /// The level of a value, from 0.
    pub fn level(&self, value: &str) -> Option<usize> {
        let value = fold(value);
        self.levels.iter().position(|alike| alike.iter().any(|known| fold(known) == value))
    }
}

impl Must {
    /// The rule's name in results: `reporting-line`, `equal:profession`.
    pub fn name(&self, pool: &Pool) -> String {
        match self {
            Self::ReportingLine => "reporting-line".to_owned(),
            Self::NoConflict => "conflict".to_owned(),
            Self::NotFormerMentor => "former-mentor".to_owned(),
            Self::SharedLanguage { .. } => "language".to_owned(),
            Self::Equal { attribute, .. } => named("equal", attribute, pool),
            Self::Differ { attribute, .. } => named("differ", attribute, pool),
            Self::Above { attribute, .. } => named("above", attribute, pool),
        }
    }

    /// The attribute that the rule reads, if any.
    pub fn attribute(&self) -> Option<&str> {
        match self {
            Self::ReportingLine | Self::NoConflict | Self::NotFormerMentor | Self::SharedLanguage { .. } => None,
            Self::Equal { attribute, .. } | Self::Differ { attribute, .. } | Self::Above { attribute, .. } => {
                Some(attribute)
            }
        }
    }

    /// The rule as it can be read aloud.
    pub fn sentence(&self, pool: &Pool) -> Message {
        if self.attribute().is_some_and(|attribute| pool.shown(attribute) == Shown::Nothing) {
            return Message::new("pairing-must-reserved");
        }
        match self {
            Self::ReportingLine => Message::new("pairing-must-reporting-line"),
            Self::NoConflict => Message::new("pairing-must-conflict"),
            Self::NotFormerMentor => Message::new("pairing-must-former-mentor"),
            Self::SharedLanguage { .. } => Message::new("pairing-must-language"),
            Self::Equal { attribute, .. } => {
                Message::new("pairing-must-equal").with("attribute", pool.label(attribute))
            }
            Self::Differ { attribute, .. } => {
                Message::new("pairing-must-differ").with("attribute", pool.label(attribute))
            }
            Self::Above { attribute, levels, .. } => {
                Message::new("pairing-must-above").with("attribute", pool.label(attribute)).with("levels", *levels)
            }
        }
    }
}

impl Rules {
    /// Whether some preference may not be named: its points count in the assignment and are shown for nobody.
    pub fn count_reserved(&self, pool: &Pool) -> bool {
        self.preferences.iter().any(|preference| preference.reserved(pool))
    }

    /// Whether a criterion that is reserved to the rules decides which pairs are allowed.
    pub fn forbid_reserved(&self, pool: &Pool) -> bool {
        self.musts.iter().filter_map(Must::attribute).any(|attribute| pool.shown(attribute) == Shown::Nothing)
    }
}

impl Preference {
    /// The rule's name in results: `competencies`, `gap:grade`; `reserved` for what may not be named.
    pub fn name(&self, pool: &Pool) -> String {
        if self.reserved(pool) {
            return "reserved".to_owned();
        }
        match &self.wish {
            Wish::Competencies => "competencies".to_owned(),
            Wish::MenteeRanking => "mentee-ranking".to_owned(),
            Wish::MentorRanking => "mentor-ranking".to_owned(),
            Wish::Zone { .. } => "zone".to_owned(),
            Wish::Place { .. } => "place".to_owned(),
            Wish::Gap { attribute, .. } => named("gap", attribute, pool),
            Wish::Similar { attribute } => named("similar", attribute, pool),
            Wish::Different { attribute } => named("different", attribute, pool),
            Wish::Words { mentee_text, .. } => named("words", mentee_text, pool),
        }
    }

    /// The attributes and fields that the rule reads.
    pub fn attributes(&self) -> Vec<&str> {
        let wish: &[&String] = match &self.wish {
            Wish::Competencies | Wish::MenteeRanking | Wish::MentorRanking => &[],
            Wish::Zone { .. } => return self.with_condition(vec!["zone"]),
            Wish::Place { .. } => return self.with_condition(vec!["place"]),
            Wish::Gap { attribute, .. } | Wish::Similar { attribute } | Wish::Different { attribute } => &[attribute],
            Wish::Words { mentee_text, mentor_text, .. } => &[mentee_text, mentor_text],
        };
        self.with_condition(wish.iter().map(|name| name.as_str()).collect())
    }

    /// Whether nothing of the rule may be shown but its points.
    pub fn reserved(&self, pool: &Pool) -> bool {
        self.shown(pool) == Shown::Nothing
    }

    /// What may be shown of the rule: what may be shown of the most discreet attribute that it reads.
    pub fn shown(&self, pool: &Pool) -> Shown {
        self.attributes().into_iter().map(|name| pool.shown(name)).max().unwrap_or(Shown::Everything)
    }

    /// The rule as it can be read aloud, without its weight.
    pub fn sentence(&self, pool: &Pool) -> Message {
        if self.reserved(pool) {
            return Message::new("pairing-wish-reserved");
        }
        let sentence = match &self.wish {
            Wish::Competencies => Message::new("pairing-wish-competencies"),
            Wish::MenteeRanking => Message::new("pairing-wish-mentee-ranking"),
            Wish::MentorRanking => Message::new("pairing-wish-mentor-ranking"),
            Wish::Zone { hours } => Message::new("pairing-wish-zone").with("hours", *hours),
            Wish::Place { .. } => Message::new("pairing-wish-place"),
            Wish::Gap { attribute, levels, .. } => {
                Message::new("pairing-wish-gap").with("attribute", pool.label(attribute)).with("levels", *levels)
            }
            Wish::Similar { attribute } => {
                Message::new("pairing-wish-similar").with("attribute", pool.label(attribute))
            }
            Wish::Different { attribute } => {
                Message::new("pairing-wish-different").with("attribute", pool.label(attribute))
            }
            Wish::Words { mentee_text, mentor_text, .. } => Message::new("pairing-wish-words")
                .with("mentee", pool.label(mentee_text))
                .with("mentor", pool.label(mentor_text)),
        };
        match &self.only_if {
            Some(attribute) => {
                Message::new("pairing-wish-only-if").with("wish", sentence).with("attribute", pool.label(attribute))
            }
            None => sentence,
        }
    }

    fn with_condition<'a>(&'a self, mut names: Vec<&'a str>) -> Vec<&'a str> {
        names.extend(self.only_if.as_deref());
        names
    }
}

impl Rules {
    /// Every attribute and field that a rule names, each once.
    pub fn attributes(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.musts.iter().filter_map(Must::attribute).collect();
        names.extend(self.preferences.iter().flat_map(Preference::attributes));
        names.sort_unstable();
        names.dedup();
        names
    }
}

impl Pool {
    /// How an attribute or a field is called in a sentence.
    pub fn label(&self, field: &str) -> crate::i18n::Argument {
        if let Some(attribute) = self.attributes.get(field) {
            return attribute.label.as_str().into();
        }
        match FIELDS.iter().find(|known| **known == field) {
            Some(known) => Message::new(format!("pairing-field-{known}")).into(),
            None => field.into(),
        }
    }
}

fn named(rule: &str, attribute: &str, pool: &Pool) -> String {
    if pool.shown(attribute) == Shown::Nothing { "reserved".to_owned() } else { format!("{rule}:{attribute}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_penalty_goes_on_rising_and_never_falls() {
        let balance = Balance::new(vec![0, 10, 25]).unwrap();
        assert_eq!([0, 1, 2, 3, 4].map(|seat| balance.penalty(seat)), [0, 10, 25, 40, 55]);
        assert_eq!([0, 1, 2].map(|seat| Balance::new(vec![7]).unwrap().penalty(seat)), [7, 14, 21]);
        assert!(Balance::new(vec![5, 4]).is_none());
        assert!(Balance::new(Vec::new()).is_none());
    }

    #[test]
    fn an_order_knows_values_that_stand_alike() {
        let order = Order { levels: vec![vec!["Júnior".into(), "Junior".into()], vec!["Sénior".into()]] };
        assert_eq!(order.level(" junior "), Some(0));
        assert_eq!(order.level("SENIOR"), Some(1));
        assert_eq!(order.level("Jefe"), None);
    }
}
