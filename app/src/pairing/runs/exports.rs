//! A run that was kept as an account in one language: what the files and the report are made of.

use super::model::{MentorRow, Summary};
use super::{ResultRow, RunId, store};
use crate::app::App;
use crate::db::Error;
use crate::i18n::Lang;
use crate::pairing::account::{Account, LeftOutTold, MentorTold, PairTold, PersonTold, ReasonTold};

/// Everything that is said of a run: five statements, however many people.
pub(super) async fn account(app: &App, run: RunId, summary: &Summary, lang: Lang) -> Result<Account, Error> {
    let results = store::results(&app.db, run).await?;
    let addresses = store::addresses(&app.db, run).await?;
    let mentors = store::mentors(&app.db, run).await?;
    Ok(told(results, &addresses, &mentors, summary, lang))
}

fn told(
    results: Vec<ResultRow>,
    addresses: &[String],
    mentors: &[MentorRow],
    summary: &Summary,
    lang: Lang,
) -> Account {
    let tell = |message: &crate::i18n::Message| lang.tell(message);
    let places: std::collections::HashMap<_, usize> =
        mentors.iter().enumerate().map(|(place, mentor)| (mentor.mentor, place)).collect();
    let (mut pairs, mut left_out) = (Vec::new(), Vec::new());
    let mut mentees: Vec<Vec<String>> = vec![Vec::new(); mentors.len()];
    for (row, address) in results.into_iter().zip(addresses) {
        let mentee = PersonTold { name: row.mentee_name, id: address.clone(), about: row.told.mentee_about };
        let Some(place) = row.mentor.and_then(|mentor| places.get(&mentor)) else {
            let (why, mends) = (row.told.why.iter().map(tell).collect(), row.told.mends.iter().map(tell).collect());
            left_out.push(LeftOutTold { mentee, why, mends });
            continue;
        };
        let with = &mentors[*place];
        mentees[*place].push(mentee.name.clone());
        let reason = |kept: &super::ReasonKept| ReasonTold {
            rule: kept.rule.clone(),
            points: kept.points,
            text: tell(&kept.text),
        };
        pairs.push(PairTold {
            mentee,
            mentor: PersonTold { name: with.name(lang), id: with.address().to_owned(), about: row.told.mentor_about },
            seats: [number(with.load), number(with.capacity)],
            score: row.score.unwrap_or(0),
            reasons: row.told.reasons.iter().map(reason).collect(),
        });
    }
    let mentors = mentors.iter().zip(mentees).map(|(mentor, mentees)| MentorTold {
        mentor: PersonTold { name: mentor.name(lang), id: mentor.address().to_owned(), about: String::new() },
        capacity: number(mentor.capacity),
        load: number(mentor.load),
        mentees,
    });
    Account {
        lang,
        title: tell(&summary.title()),
        proof: tell(&summary.proof()),
        notes: summary.notes.iter().map(tell).collect(),
        mentors: mentors.collect(),
        pairs,
        left_out,
        dropped: Vec::new(),
        musts: summary.musts.iter().map(tell).collect(),
        wishes: summary.wishes.iter().map(|(wish, weight)| (tell(wish), tell(weight))).collect(),
    }
}

fn number(count: i64) -> u32 {
    u32::try_from(count).unwrap_or(0)
}
