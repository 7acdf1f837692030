//! An outcome told in one language: the sentences and numbers from which the summary, the files and the report are made.

use serde::Serialize;

use super::intake::DroppedRow;
use super::model::{LeftOut, Mend, Outcome, Pool, Side};
use super::rules::Rules;
use crate::i18n::{Lang, Message};
use crate::people::model::PersonDraft;

/// Everything that is said about a pairing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    pub lang: Lang,
    /// The main finding: how many have a mentor.
    pub title: String,
    pub proof: String,
    pub notes: Vec<String>,
    pub pairs: Vec<PairTold>,
    pub left_out: Vec<LeftOutTold>,
    /// Rows of the sheets that gave nobody, with why.
    pub dropped: Vec<DroppedTold>,
    pub mentors: Vec<MentorTold>,
    /// What must hold, aloud.
    pub musts: Vec<String>,
    /// What is preferred, aloud, with its weight.
    pub wishes: Vec<(String, String)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonTold {
    pub name: String,
    /// The address, or the name of somebody without one.
    pub id: String,
    pub about: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PairTold {
    pub mentee: PersonTold,
    pub mentor: PersonTold,
    /// How many seats of the mentor are taken, and how many there are.
    pub seats: [u32; 2],
    pub score: i64,
    pub reasons: Vec<ReasonTold>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReasonTold {
    pub rule: String,
    pub points: i64,
    pub text: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOutTold {
    pub mentee: PersonTold,
    pub why: Vec<String>,
    pub mends: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DroppedTold {
    /// `mentees` or `mentors`.
    pub sheet: &'static str,
    /// As the spreadsheet program numbers it.
    pub row: usize,
    pub why: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MentorTold {
    pub mentor: PersonTold,
    pub capacity: u32,
    pub load: u32,
    /// The names of the mentees.
    pub mentees: Vec<String>,
}

impl Account {
    /// `notes` come before those of the outcome: what was assumed.
    pub fn new(pool: &Pool, rules: &Rules, outcome: &Outcome, notes: &[Message], lang: Lang) -> Self {
        let tell = |message: &Message| lang.tell(message);
        let person = |side, row: usize| PersonTold::new(&pool.side(side)[row]);
        let pairs = outcome.pairs.iter().map(|pair| PairTold {
            mentee: person(Side::Mentee, pair.mentee),
            mentor: person(Side::Mentor, pair.mentor),
            seats: [outcome.mentors[pair.mentor].load, outcome.mentors[pair.mentor].capacity],
            score: pair.score,
            reasons: pair
                .reasons
                .iter()
                .map(|reason| ReasonTold { rule: reason.rule.clone(), points: reason.points, text: tell(&reason.text) })
                .collect(),
        });
        let left_out = outcome.left_out.iter().map(|alone| LeftOutTold {
            mentee: person(Side::Mentee, alone.mentee),
            why: alone.why.iter().map(tell).collect(),
            mends: mends(pool, alone).iter().map(tell).collect(),
        });
        let mut mentees: Vec<Vec<String>> = vec![Vec::new(); pool.mentors.len()];
        for pair in &outcome.pairs {
            mentees[pair.mentor].push(pool.mentees[pair.mentee].called().to_owned());
        }
        let mentors = outcome.mentors.iter().map(|mentor| MentorTold {
            mentor: person(Side::Mentor, mentor.mentor),
            capacity: mentor.capacity,
            load: mentor.load,
            mentees: std::mem::take(&mut mentees[mentor.mentor]),
        });
        Self {
            lang,
            title: tell(&title_of(outcome.pairs.len(), pool.mentees.len())),
            proof: tell(&proof(pool, rules, outcome)),
            notes: notes.iter().chain(&outcome.notes).map(tell).collect(),
            pairs: pairs.collect(),
            left_out: left_out.collect(),
            dropped: Vec::new(),
            mentors: mentors.collect(),
            musts: musts(pool, rules).iter().map(tell).collect(),
            wishes: wishes(pool, rules).iter().map(|(wish, weight)| (tell(wish), tell(weight))).collect(),
        }
    }

    /// The same with the rows of the sheets that gave nobody. The title counts those of mentees: whoever wrote them expects a
    /// mentor for each.
    #[must_use]
    pub fn with_dropped(mut self, dropped: &[DroppedRow]) -> Self {
        if dropped.is_empty() {
            return self;
        }
        let lang = self.lang;
        let lost = dropped.iter().filter(|row| row.side == Side::Mentee).count();
        self.title = lang.tell(&title_of(self.pairs.len(), self.pairs.len() + self.left_out.len() + lost));
        self.notes.insert(0, lang.tell(&Message::new("pairing-note-dropped").with("rows", dropped.len())));
        self.dropped = dropped
            .iter()
            .map(|row| DroppedTold {
                sheet: if row.side == Side::Mentee { "mentees" } else { "mentors" },
                row: row.row,
                why: lang.tell(&row.why),
            })
            .collect();
        self
    }

    /// A dropped row in words.
    pub fn tell_dropped(&self, row: &DroppedTold) -> String {
        let message = Message::new(format!("pairing-dropped-{}", row.sheet));
        self.lang.tell(&message.with("row", row.row).with("why", row.why.as_str()))
    }
}

impl PersonTold {
    pub fn new(person: &PersonDraft) -> Self {
        let about = [&person.title, &person.unit].into_iter().flatten().map(|text| text.trim());
        let about = about.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ");
        let name = person.called().to_owned();
        let id = if person.address.is_empty() { name.clone() } else { person.address.clone() };
        Self { name, id, about }
    }
}

pub(super) fn title_of(paired: usize, all: usize) -> Message {
    match paired {
        _ if all == 0 => Message::new("pairing-title-nobody"),
        0 => Message::new("pairing-title-none").with("all", all),
        _ if paired == all => Message::new("pairing-title-all").with("all", all),
        _ => Message::new("pairing-title").with("paired", paired).with("all", all),
    }
}

/// The certificate in words. It says neither that the rules are wise nor that the optimum is the only one.
fn proof(pool: &Pool, rules: &Rules, outcome: &Outcome) -> Message {
    if rules.count_reserved(pool) {
        return proof_with_reserved();
    }
    proof_of(outcome.pairs.iter().map(|pair| pair.score).sum())
}

/// The points that are shown are not all that count, and the difference is nobody's to read.
pub(super) fn proof_with_reserved() -> Message {
    Message::new("pairing-proof-reserved")
}

pub(super) fn proof_of(points: i64) -> Message {
    Message::new("pairing-proof").with("points", points)
}

pub(super) fn musts(pool: &Pool, rules: &Rules) -> Vec<Message> {
    let always = ["pairing-must-same-person", "pairing-must-capacity"].map(Message::new);
    let mut sentences: Vec<Message> =
        always.into_iter().chain(rules.musts.iter().map(|must| must.sentence(pool))).collect();
    once(&mut sentences);
    sentences
}

/// What may not be named stands once, without its weight: how many such criteria there are is theirs too.
pub(super) fn wishes(pool: &Pool, rules: &Rules) -> Vec<(Message, Message)> {
    let weight = |weight: u32| Message::new("pairing-weight").with("weight", weight);
    let open = rules.preferences.iter().filter(|preference| !preference.reserved(pool));
    let mut wishes: Vec<(Message, Message)> =
        open.map(|preference| (preference.sentence(pool), weight(preference.weight))).collect();
    if let Some(reserved) = rules.preferences.iter().find(|preference| preference.reserved(pool)) {
        wishes.push((reserved.sentence(pool), Message::new("pairing-text").with("text", "")));
    }
    if let Some(balance) = &rules.balance {
        let step = |penalty: &u32| Message::new("pairing-number").with("number", -i64::from(*penalty));
        let follow = |before: Message, step: Message| {
            Message::new("pairing-number-follows").with("before", before).with("number", step)
        };
        let steps = balance.penalties().iter().map(step).reduce(follow);
        wishes.extend(steps.map(|steps| (Message::new("pairing-wish-balance"), steps)));
    }
    wishes
}

fn once(messages: &mut Vec<Message>) {
    let mut seen: Vec<Message> = Vec::new();
    messages.retain(|message| {
        let new = !seen.contains(message);
        if new {
            seen.push(message.clone());
        }
        new
    });
}

pub(super) fn mends(pool: &Pool, alone: &LeftOut) -> Vec<Message> {
    let tell = |mend: &Mend| match mend {
        Mend::Seat { mentor, .. } => Message::new("pairing-mend-seat").with("mentor", pool.mentor(*mentor)),
        Mend::Without { rule, mentor, moves: 0 } => {
            Message::new("pairing-mend-without").with("rule", rule.clone()).with("mentor", pool.mentor(*mentor))
        }
        Mend::Without { rule, mentor, moves } => Message::new("pairing-mend-without-moving")
            .with("rule", rule.clone())
            .with("mentor", pool.mentor(*mentor))
            .with("moves", *moves),
        Mend::Several { mentor, rules, seat } => {
            let key = if *seat { "pairing-mend-several-and-seat" } else { "pairing-mend-several" };
            let list = rules
                .iter()
                .cloned()
                .reduce(|list, item| Message::new("pairing-rule-list").with("list", list).with("item", item));
            Message::new(key)
                .with("mentor", pool.mentor(*mentor))
                .with("rules", list.unwrap_or_else(|| Message::new("pairing-text").with("text", "")))
        }
        Mend::OtherMentors => Message::new("pairing-mend-other-mentors"),
    };
    alone.mends.iter().map(tell).collect()
}
