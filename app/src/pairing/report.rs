//! The report: one page that needs nothing else, fit to be sent to a director. No script, no address outside itself, no clock.

use askama::Template;

use super::account::{Account, PairTold, ReasonTold};
use super::files::signed;
use super::model::{Outcome, Pool};
use super::needs::{Need, Needs, NeedsOf, needs};
use super::rules::Rules;
use crate::i18n::{Lang, Message};
use crate::web::figures::{Bars, TwoBars, two_bars};

/// The product's own sheet, so that the page needs nothing else.
const STYLE: &str = include_str!("../../assets/style.css");
/// How many rows a figure draws; its table has all.
const DRAWN: usize = 12;

#[derive(Template)]
#[template(path = "pairing/report.html")]
struct Report<'a> {
    lang: Lang,
    title: &'a str,
    heading: String,
    style: &'static str,
    result: String,
}

#[derive(Template)]
#[template(path = "pairing/result.html")]
struct ResultPart<'a> {
    account: &'a Account,
    lead: String,
    figures: Vec<String>,
}

/// How many there are on each side, and seats.
#[derive(Clone, Copy, Debug)]
pub struct Counts {
    pub mentees: usize,
    pub mentors: usize,
    pub seats: u64,
}

/// The page, in the language of the account.
pub fn report(pool: &Pool, rules: &Rules, outcome: &Outcome, account: &Account) -> anyhow::Result<String> {
    let counts = Counts {
        mentees: pool.mentees.len(),
        mentors: pool.mentors.len(),
        seats: outcome.mentors.iter().map(|mentor| u64::from(mentor.capacity)).sum(),
    };
    report_of(account, counts, needs(pool, rules, outcome).as_ref())
}

/// The same of an account that was kept.
pub fn report_of(account: &Account, counts: Counts, needs: Option<&Needs>) -> anyhow::Result<String> {
    let lang = account.lang;
    let loads = (!account.mentors.is_empty()).then(|| two_bars(&load_figure(account)));
    let figures = needs.map(|needs| needs_drawn(needs, lang)).into_iter().chain(loads).collect();
    let result = ResultPart { account, lead: lang.tell(&lead(counts)), figures }.render()?;
    let heading = lang.say("pairing-report");
    Ok(Report { lang, title: &account.title, heading, style: STYLE, result }.render()?)
}

/// How many there are on each side, as a sentence.
pub(super) fn lead(counts: Counts) -> Message {
    Message::new("pairing-lead")
        .with("mentees", counts.mentees)
        .with("mentors", counts.mentors)
        .with("seats", number(counts.seats))
}

/// What is asked for against what is on offer, as a figure.
pub(super) fn needs_drawn(needs: &Needs, lang: Lang) -> String {
    two_bars(&needs_figure(needs, lang))
}

impl ResultPart<'_> {
    fn t(&self, key: &str) -> String {
        self.account.lang.say(key)
    }

    fn score(&self, pair: &PairTold) -> String {
        self.account.lang.number(pair.score)
    }

    fn signed(&self, reason: &ReasonTold) -> String {
        signed(self.account.lang, reason.points)
    }

    fn seats_of(&self, pair: &PairTold) -> String {
        let [load, capacity] = pair.seats;
        self.account.lang.tell(&Message::new("pairing-seats-taken").with("load", load).with("capacity", capacity))
    }
}

fn needs_figure(needs: &Needs, lang: Lang) -> TwoBars {
    let (rows_are, kind) = match &needs.of {
        NeedsOf::Competencies => (lang.say("pairing-figure-competency"), "competency"),
        NeedsOf::Attribute(label) => {
            (lang.tell(&Message::new("pairing-figure-attribute").with("attribute", label.clone())), "attribute")
        }
    };
    let alternative: Vec<String> =
        needs.rows.iter().take(DRAWN).map(|need| lang.tell(&need_told(need, kind))).collect();
    TwoBars {
        whole: None,
        caption: lang.tell(&needs_finding(needs, kind)),
        alternative: alternative.join("; "),
        rows_are,
        bars_are: [format!("pairing-figure-{kind}-asked"), format!("pairing-figure-{kind}-offered")]
            .map(|key| lang.say(&key)),
        bars: needs.rows.iter().map(|need| bars(&need.name, [need.asked, need.offered], lang)).collect(),
        table_title: lang.say("pairing-figure-data"),
        drawn: DRAWN,
        not_all: drawn_of(needs.rows.len(), lang),
    }
}

fn drawn_of(rows: usize, lang: Lang) -> String {
    lang.tell(&Message::new("pairing-figure-drawn").with("drawn", DRAWN).with("rows", rows))
}

fn needs_finding(needs: &Needs, kind: &str) -> Message {
    let scarce = needs.rows.iter().filter(|need| need.missing() > 0).count();
    let finding = match needs.rows.first() {
        Some(first) if first.missing() > 0 => {
            with_counts(Message::new(format!("pairing-figure-{kind}-scarce")), first, kind).with("others", scarce - 1)
        }
        _ => Message::new(format!("pairing-figure-{kind}-enough")),
    };
    match &needs.of {
        NeedsOf::Competencies => finding,
        NeedsOf::Attribute(label) => finding.with("attribute", label.clone()),
    }
}

fn need_told(need: &Need, kind: &str) -> Message {
    with_counts(Message::new(format!("pairing-figure-{kind}-told")), need, kind)
}

fn with_counts(message: Message, need: &Need, kind: &str) -> Message {
    let keys = if kind == "competency" { ["wanting", "offering"] } else { ["people", "seats"] };
    let [asked, offered] = keys.map(|key| Message::new(format!("pairing-count-{key}")));
    message
        .with("name", need.name.as_str())
        .with("asked", asked.with("count", number(need.asked)))
        .with("offered", offered.with("count", number(need.offered)))
}

/// The mentors with most mentees first; of equals those with fewest seats, then in their own order.
fn load_figure(account: &Account) -> TwoBars {
    let lang = account.lang;
    let mut mentors: Vec<_> = account.mentors.iter().collect();
    mentors.sort_by_key(|mentor| (std::cmp::Reverse(mentor.load), mentor.capacity));
    let most = mentors.first().map_or(0, |mentor| mentor.load);
    let free: u64 = mentors.iter().map(|mentor| u64::from(mentor.capacity.saturating_sub(mentor.load))).sum();
    let free = Message::new("pairing-count-free").with("count", number(free));
    let finding = Message::new("pairing-figure-load").with("most", most).with("free", free);
    let told = |mentor: &&super::account::MentorTold| {
        let message = Message::new("pairing-figure-load-told").with("name", mentor.mentor.name.as_str());
        lang.tell(&message.with("load", mentor.load).with("capacity", mentor.capacity))
    };
    TwoBars {
        whole: None,
        caption: lang.tell(&finding),
        alternative: mentors.iter().take(DRAWN).map(told).collect::<Vec<_>>().join("; "),
        rows_are: lang.say("pairing-heading-mentor"),
        bars_are: ["pairing-heading-load", "pairing-heading-seats"].map(|key| lang.say(key)),
        bars: mentors
            .iter()
            .map(|mentor| bars(&mentor.mentor.name, [mentor.load, mentor.capacity].map(u64::from), lang))
            .collect(),
        table_title: lang.say("pairing-figure-data"),
        drawn: DRAWN,
        not_all: drawn_of(account.mentors.len(), lang),
    }
}

fn bars(label: &str, numbers: [u64; 2], lang: Lang) -> Bars {
    Bars { label: label.to_owned(), numbers, texts: numbers.map(|count| lang.number(number(count))) }
}

fn number(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
