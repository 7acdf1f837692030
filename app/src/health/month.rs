//! The mentor's month: what is due with whom, what was agreed and held, and what is open, on one page, in a fixed number of statements.

use std::collections::HashMap;

use askama::Template;
use axum::extract::State as Extract;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use serde::Deserialize;

use crate::app::App;
use crate::i18n::Message;
use crate::identity::{Act, Viewer};
use crate::meetings::{self, Planned};
use crate::mentorships::voices::{Heard, heard};
use crate::mentorships::{self, Mentorship, MentorshipId};
use crate::web::{Answer, Door, Query, Shell, Who, page};

pub(super) fn doors() -> Vec<Door> {
    vec![Door::get("/month", Who::May(Act::TakePart), month)]
}

#[derive(Clone, Debug, Default, Deserialize)]
struct Asked {
    /// `2027-02`; the present month where it is none.
    #[serde(default)]
    month: String,
}

/// A mentee's month.
struct Part {
    pair: Mentorship,
    heard: Heard,
    meetings: Vec<Planned>,
}

#[derive(Template)]
#[template(path = "health/month.html")]
struct MonthPage {
    s: Shell,
    first: Date,
    parts: Vec<Part>,
}

impl MonthPage {
    fn title(&self) -> String {
        let meetings = self.parts.iter().map(|part| part.meetings.len()).sum::<usize>();
        let key = if self.parts.is_empty() { "health-month-nobody" } else { "health-month-title" };
        let month = self.s.lang.month(self.first);
        self.s.tell(&Message::new(key).with("month", month).with("meetings", meetings).with("people", self.parts.len()))
    }

    /// The steps of all, the most pressing first, each with whom it is about.
    fn due(&self) -> Vec<(&Part, &mentorships::voices::Step)> {
        let mut due: Vec<_> =
            self.parts.iter().flat_map(|part| part.heard.steps.iter().map(move |step| (part, step))).collect();
        due.sort_by_key(|(_, step)| step.when);
        due
    }

    fn neighbour(&self, months: i64) -> (String, String) {
        let first = self.first.saturating_add(months.months());
        (first.strftime("%Y-%m").to_string(), self.s.lang.month(first))
    }

    fn length(&self, meeting: &Planned) -> String {
        self.s.tell(&Message::new("health-month-minutes").with("minutes", meeting.minutes))
    }
}

/// The first day of a month as it is asked for.
fn first_of(asked: &str, today: Date) -> Date {
    format!("{asked}-01").parse().unwrap_or_else(|_| today.first_of_month())
}

async fn month(Extract(app): Extract<App>, viewer: Viewer, Query(asked): Query<Asked>) -> Answer {
    let pairs = mentorships::running_of_mentors(&app.db, &[viewer.person]).await?;
    let ids: Vec<MentorshipId> = pairs.iter().map(|pair| pair.id).collect();
    let today = viewer.zone.to_datetime(app.now()).date();
    let first = first_of(&asked.month, today);
    if pairs.is_empty() {
        return page(&MonthPage { s: Shell::of(&app, &viewer, "/month"), first, parts: Vec::new() });
    }
    let within = (midnight(first, &viewer.zone), midnight(first.saturating_add(1.month()), &viewer.zone));
    let mut planned: HashMap<MentorshipId, Vec<Planned>> = HashMap::new();
    for meeting in meetings::between(&app.db, &ids, within).await? {
        planned.entry(meeting.mentorship).or_default().push(meeting);
    }
    let mut said = heard(&app, &viewer, &pairs).await?;
    let parts = pairs
        .into_iter()
        .map(|pair| Part {
            heard: said.remove(&pair.id).unwrap_or_default(),
            meetings: planned.remove(&pair.id).unwrap_or_default(),
            pair,
        })
        .collect();
    page(&MonthPage { s: Shell::of(&app, &viewer, "/month"), first, parts })
}

fn midnight(day: Date, zone: &TimeZone) -> Timestamp {
    zone.to_ambiguous_timestamp(day.at(0, 0, 0, 0)).compatible().unwrap_or(Timestamp::UNIX_EPOCH)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_month_is_asked_for_by_its_number() {
        let today = date(2027, 1, 11);
        assert_eq!(first_of("2027-03", today), date(2027, 3, 1));
        for none in ["", "x", "2027-13", "2027-03-05"] {
            assert_eq!(first_of(none, today), date(2027, 1, 1), "{none}");
        }
    }
}
