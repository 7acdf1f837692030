//! A pairing as files: tables for people, JSON for programs, and the very problem that was solved, so that anybody can solve it
//! again with another tool. The same outcome gives the same bytes.

use std::fmt::Write;

use assignment::Seats;
use serde::Serialize;

use super::account::{Account, DroppedTold, MentorTold, PairTold, PersonTold, ReasonTold};
use super::model::{Certificate, Outcome, Pool, ScoredProblem};
use crate::i18n::Lang;
use crate::people::model::PersonDraft;
use crate::sheets::{Cell, Table, to_csv};

#[derive(Serialize)]
struct Document<'a> {
    pairs: Vec<PairDocument<'a>>,
    left_out: Vec<LeftOutDocument<'a>>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    dropped: &'a [DroppedTold],
    mentors: Vec<MentorDocument<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    certificate: Option<CertificateDocument>,
    /// The digest at the end of the proof's file.
    #[serde(skip_serializing_if = "Option::is_none")]
    proof: Option<&'a str>,
}

#[derive(Serialize)]
struct PairDocument<'a> {
    mentee: &'a str,
    mentor: &'a str,
    score: i64,
    reasons: &'a [ReasonTold],
}

#[derive(Serialize)]
struct LeftOutDocument<'a> {
    mentee: &'a str,
    why: Vec<&'a str>,
}

#[derive(Serialize)]
struct MentorDocument<'a> {
    mentor: &'a str,
    capacity: u32,
    load: u32,
}

#[derive(Serialize)]
struct CertificateDocument {
    objective: i128,
    dual_objective: i128,
    gap: i128,
}

/// Pairs, those left out with why and what would mend it, rows that gave nobody where there are any, the load of each mentor, and the certificate.
pub fn to_json(account: &Account, certificate: Certificate) -> anyhow::Result<String> {
    let Certificate { objective, dual_objective, gap } = certificate;
    document(account, Some(CertificateDocument { objective, dual_objective, gap }), None)
}

/// The same of a run that was kept, whose proof is a file of its own.
pub fn kept_json(account: &Account, proof: &str) -> anyhow::Result<String> {
    document(account, None, Some(proof))
}

fn document(
    account: &Account,
    certificate: Option<CertificateDocument>,
    proof: Option<&str>,
) -> anyhow::Result<String> {
    let document = Document {
        pairs: account
            .pairs
            .iter()
            .map(|pair| PairDocument {
                mentee: &pair.mentee.id,
                mentor: &pair.mentor.id,
                score: pair.score,
                reasons: &pair.reasons,
            })
            .collect(),
        left_out: account
            .left_out
            .iter()
            .map(|alone| LeftOutDocument {
                mentee: &alone.mentee.id,
                why: alone.why.iter().chain(&alone.mends).map(String::as_str).collect(),
            })
            .collect(),
        dropped: &account.dropped,
        mentors: account
            .mentors
            .iter()
            .map(|mentor| MentorDocument { mentor: &mentor.mentor.id, capacity: mentor.capacity, load: mentor.load })
            .collect(),
        certificate,
        proof,
    };
    Ok(serde_json::to_string_pretty(&document)? + "\n")
}

/// A table a person: everybody who is paired, then everybody who is not.
pub fn pairs_table(account: &Account) -> Table {
    let lang = account.lang;
    let alone = account.left_out.iter().map(|alone| {
        let why = alone.why.iter().chain(&alone.mends).cloned().collect::<Vec<_>>().join(" ");
        let empty = || Cell::Empty;
        vec![alone.mentee.id.as_str().into(), alone.mentee.name.as_str().into(), empty(), empty(), empty(), why.into()]
    });
    let paired = account.pairs.iter().map(|pair| {
        vec![
            pair.mentee.id.as_str().into(),
            pair.mentee.name.as_str().into(),
            pair.mentor.id.as_str().into(),
            pair.mentor.name.as_str().into(),
            pair.score.into(),
            why(pair, lang).into(),
        ]
    });
    let headings = ["mentee", "mentee-name", "mentor", "mentor-name", "score", "why"];
    Table {
        title: lang.say("pairing-pairs"),
        headings: headings.iter().map(|heading| lang.say(&format!("pairing-heading-{heading}"))).collect(),
        rows: paired.chain(alone).collect(),
    }
}

pub fn mentors_table(account: &Account) -> Table {
    let lang = account.lang;
    let row = |mentor: &MentorTold| {
        let (id, name) = (mentor.mentor.id.as_str(), mentor.mentor.name.as_str());
        vec![id.into(), name.into(), mentor.capacity.into(), mentor.load.into()]
    };
    Table {
        title: lang.say("pairing-load"),
        headings: ["mentor", "mentor-name", "seats", "load"]
            .iter()
            .map(|heading| lang.say(&format!("pairing-heading-{heading}")))
            .collect(),
        rows: account.mentors.iter().map(row).collect(),
    }
}

/// The reasons on one line, each with its points.
pub fn why(pair: &PairTold, lang: Lang) -> String {
    if pair.reasons.is_empty() {
        return lang.say("pairing-reason-none");
    }
    let with_points = |reason: &ReasonTold| format!("{} ({})", reason.text, signed(lang, reason.points));
    pair.reasons.iter().map(with_points).collect::<Vec<_>>().join("; ")
}

/// Points with their sign: `+1,200`, `−25`.
pub fn signed(lang: Lang, points: i64) -> String {
    let sign = if points < 0 { "−" } else { "+" };
    format!("{sign}{}", lang.number(points.saturating_abs()))
}

/// The solved problem in the form that `telemaco assign` reads, by file name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProblemFiles {
    pub edges: String,
    pub mentors: String,
    pub people: String,
    pub problem: String,
}

/// A mentor whose seats cost alike is one row with a capacity; one whose further mentees cost more is a row for each seat, its
/// penalty taken off every score.
pub fn problem_files(pool: &Pool, outcome: &Outcome) -> ProblemFiles {
    let problem = &outcome.problem;
    let seats = numbered_seats(problem);
    let mut files = ProblemFiles {
        edges: "mentee,mentor,score\n".to_owned(),
        mentors: "mentor,capacity\n".to_owned(),
        people: people(pool, &seats),
        problem: format!("{{\"unmatched_penalty\": {}}}\n", problem.table.unmatched_penalty()),
    };
    for edge in problem.edges() {
        for seat in &seats[edge.mentor] {
            push(&mut files.edges, format_args!("{},{},{}", edge.mentee, seat.id, edge.score - seat.penalty));
        }
    }
    for seat in seats.iter().flatten() {
        push(&mut files.mentors, format_args!("{},{}", seat.id, seat.capacity));
    }
    files
}

/// Who the numbers are. The plainest CSV, without the mark and the line ends that Excel likes: programs read it.
fn people(pool: &Pool, seats: &[Vec<NumberedSeat>]) -> String {
    let row = |side: &str, id: usize, person: &PersonDraft| {
        vec![side.into(), id.to_string().into(), PersonTold::new(person).id.into()]
    };
    let mentees = pool.mentees.iter().enumerate().map(|(id, person)| row("mentee", id, person));
    let seats = pool.mentors.iter().zip(seats).flat_map(|(person, seats)| seats.iter().map(move |seat| (person, seat)));
    let mentors = seats.map(|(person, seat)| row("mentor", seat.id, person));
    let table = Table {
        title: String::new(),
        headings: ["side", "id", "address"].map(str::to_owned).to_vec(),
        rows: mentees.chain(mentors).collect(),
    };
    let text = String::from_utf8_lossy(&to_csv(&table)).replace("\r\n", "\n");
    text.trim_start_matches('\u{feff}').to_owned()
}

struct NumberedSeat {
    id: usize,
    capacity: u32,
    penalty: i64,
}

fn numbered_seats(problem: &ScoredProblem) -> Vec<Vec<NumberedSeat>> {
    let mut next = 0;
    let mut number = |capacity, penalty| {
        next += 1;
        NumberedSeat { id: next - 1, capacity, penalty }
    };
    let rows = |seats: &Seats| match seats {
        Seats::Alike(capacity) => vec![number(*capacity, 0)],
        Seats::Dearer(penalties) if penalties.is_empty() => vec![number(0, 0)],
        Seats::Dearer(penalties) => penalties.iter().map(|penalty| number(1, *penalty)).collect(),
    };
    problem.table.mentors().iter().map(rows).collect()
}

fn push(text: &mut String, line: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = writeln!(text, "{line}");
}
