//! What a pairing goes by, for a works council or a faculty board, made from the rules; pure.

use crate::i18n::{Lang, Message};
use crate::pairing::account::{musts, wishes};
use crate::pairing::model::{Pool, Shown};
use crate::pairing::rules::{FIELDS, Must, Rules, Wish};

/// What a pairing goes by, in words.
pub struct Criteria {
    pub musts: Vec<String>,
    /// With what each weighs.
    pub wishes: Vec<(String, String)>,
    pub data: Vec<String>,
    /// Whether something that may not be named counts.
    pub has_reserved: bool,
    /// Kept of people, and not read by these rules.
    pub unused: Vec<String>,
}

impl Criteria {
    pub fn new(rules: &Rules, labels: &Pool, lang: Lang) -> Self {
        let tell = |message: &Message| lang.tell(message);
        let mut used = rules.attributes();
        used.extend(rules.musts.iter().any(|must| must.name(labels) == "language").then_some("languages"));
        let data = data(&used, rules, labels);
        let unused = labels
            .attributes
            .iter()
            .filter(|(key, attribute)| attribute.shown != Shown::Nothing && !used.contains(&key.as_str()));
        Self {
            musts: musts(labels, rules).iter().map(tell).collect(),
            wishes: wishes(labels, rules).iter().map(|(wish, weight)| (tell(wish), tell(weight))).collect(),
            data: data.iter().map(tell).collect(),
            has_reserved: used.iter().any(|name| labels.shown(name) == Shown::Nothing),
            unused: unused.map(|(_, attribute)| attribute.label.clone()).collect(),
        }
    }
}

/// Which data the rules read, by what it is called.
fn data(used: &[&str], rules: &Rules, labels: &Pool) -> Vec<Message> {
    let mut data = vec![Message::new("pairing-board-data-seats")];
    for (must, key) in [
        (Must::ReportingLine, "pairing-board-data-line"),
        (Must::NoConflict, "pairing-board-data-conflicts"),
        (Must::NotFormerMentor, "pairing-board-data-former"),
    ] {
        data.extend(rules.musts.contains(&must).then(|| Message::new(key)));
    }
    for (wish, key) in [
        (Wish::Competencies, "pairing-board-data-competencies"),
        (Wish::MenteeRanking, "pairing-board-data-mentee-ranking"),
        (Wish::MentorRanking, "pairing-board-data-mentor-ranking"),
    ] {
        data.extend(rules.preferences.iter().any(|known| known.wish == wish).then(|| Message::new(key)));
    }
    for name in used.iter().filter(|name| labels.shown(name) != Shown::Nothing) {
        let known = FIELDS.contains(name) || labels.attributes.contains_key(*name);
        data.extend(known.then(|| Message::new("pairing-board-data-attribute").with("attribute", labels.label(name))));
    }
    data
}
