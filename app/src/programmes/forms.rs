//! The forms of an edition: what stands in them, and what somebody wrote. Pure: a form in, a draft or its problems out.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use uuid::Uuid;

use super::model::{Clocks, Consent, Counted, Course, CreditKind, Edition, Settings, Track};
use super::working_days::{WEEKDAYS, WorkingDays};
use crate::frameworks::FrameworkVersionId;
use crate::i18n::{Lang, Message, read_date};
use crate::problems::Problems;
use crate::web::Form;

/// An edition as a form tells it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct EditionDraft {
    pub name: String,
    pub starts_on: Date,
    pub ends_on: Date,
    pub framework: Option<FrameworkVersionId>,
    pub settings: Settings,
}

/// A programme with its first edition.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ProgrammeDraft {
    pub name: String,
    pub track: Track,
    pub edition: String,
    pub starts_on: Date,
    pub ends_on: Date,
    pub course: Option<Course>,
}

/// The clocks of an edition: the field, its name, and what a form may say. Beside them stands the orientation,
/// which is before the first meeting or not.
pub(super) const CLOCKS: &[(&str, &str, RangeInclusive<u32>)] = &[
    ("assigned-within", "programmes-field-assigned-within", 1..=365),
    ("first-meeting-within", "programmes-field-first-meeting-within", 1..=365),
    ("first-pulse-after", "programmes-field-first-pulse-after", 1..=730),
    ("pulse-every", "programmes-field-pulse-every", 7..=730),
    ("midpoint-after", "programmes-field-midpoint-after", 1..=1825),
    ("closure-before-end", "programmes-field-closure-before-end", 0..=365),
    ("follow-up-after-months", "programmes-field-follow-up-after-months", 1..=60),
];

/// The windows of consent, in working days.
pub(super) const WINDOWS: [(&str, &str); 2] =
    [("mentor-days", "programmes-field-mentor-days"), ("mentee-days", "programmes-field-mentee-days")];

/// Every field of the settings with the key of its name, in the order of the page.
pub(super) const FIELDS: &[(&str, &str)] = &[
    ("name", "programmes-field-name"),
    ("starts-on", "programmes-field-starts-on"),
    ("ends-on", "programmes-field-ends-on"),
    ("zone", "identity-zone"),
    ("weekdays", "programmes-field-weekdays"),
    ("holidays", "programmes-field-holidays"),
    ("places", "programmes-field-places"),
    ("applications", "programmes-field-applications"),
    ("framework", "programmes-field-framework"),
    ("course", "programmes-field-course"),
    ("credit", "programmes-field-credit"),
    ("credits", "programmes-field-credits"),
    ("hours-per-credit", "programmes-field-hours-per-credit"),
    ("external", "programmes-field-external"),
    ("counted", "programmes-field-counted"),
    ("assigned-within", "programmes-field-assigned-within"),
    ("reads-first", "programmes-field-reads-first"),
    ("first-meeting-within", "programmes-field-first-meeting-within"),
    ("first-pulse-after", "programmes-field-first-pulse-after"),
    ("pulse-every", "programmes-field-pulse-every"),
    ("midpoint-after", "programmes-field-midpoint-after"),
    ("closure-before-end", "programmes-field-closure-before-end"),
    ("follow-up-after-months", "programmes-field-follow-up-after-months"),
    ("mentor-days", "programmes-field-mentor-days"),
    ("mentee-days", "programmes-field-mentee-days"),
    ("mentors-see", "programmes-field-mentors-see"),
];

const MOST_PLACES: u32 = 100_000;
const LONGEST_NAME: usize = 200;
/// Ten years: a typing error in a year is worth a word, and no edition is longer.
const LONGEST_EDITION_DAYS: i32 = 3653;

/// The settings of an edition as a form shows them.
pub(super) fn of_edition(edition: &Edition, lang: Lang) -> Form {
    let Settings { calendar, clocks, consent, places, applications, course, .. } = &edition.settings;
    let mut fields: Vec<(&str, String)> = vec![
        ("name", edition.name.clone()),
        ("starts-on", edition.starts_on.to_string()),
        ("ends-on", edition.ends_on.to_string()),
        ("zone", calendar.zone.clone()),
        ("holidays", calendar.holidays.iter().map(Date::to_string).collect::<Vec<_>>().join("\n")),
        ("places", places.map(|places| places.to_string()).unwrap_or_default()),
        ("framework", edition.framework.map(|framework| framework.to_string()).unwrap_or_default()),
        ("counted", clocks.counted.code().to_owned()),
        ("mentor-days", consent.mentor_days.to_string()),
        ("mentee-days", consent.mentee_days.to_string()),
    ];
    let days = [
        clocks.assigned_within,
        clocks.first_meeting_within,
        clocks.first_pulse_after,
        clocks.pulse_every,
        clocks.midpoint_after,
        clocks.closure_before_end,
        clocks.follow_up_after_months,
    ];
    fields.extend(CLOCKS.iter().zip(days).map(|((field, ..), days)| (*field, days.to_string())));
    let worked = WEEKDAYS.iter().zip(calendar.weekdays).filter(|(_, is_worked)| *is_worked);
    fields.extend(worked.map(|((_, day), _)| ("weekdays", (*day).to_owned())));
    let ticked = [
        ("applications", *applications),
        ("reads-first", clocks.orientation_before_first_meeting),
        ("mentors-see", consent.mentors_see_mentees),
    ];
    fields.extend(ticked.into_iter().filter(|(_, is_on)| *is_on).map(|(field, _)| (field, "yes".to_owned())));
    fields.extend(course.iter().flat_map(|course| of_course(course, lang)));
    form(fields)
}

/// The form of a new programme, filled in with sensible answers.
pub(super) fn of_new_programme(track: Track, today: Date, lang: Lang) -> Form {
    let (starts_on, ends_on) = track.proposed_dates(today);
    let names = match track {
        Track::Promotion => ["programmes-proposed-promotion", "programmes-proposed-edition"],
        Track::Degree => ["programmes-proposed-degree", "programmes-proposed-term"],
    };
    let [name, edition] = names.map(Message::new);
    let mut fields = vec![
        ("track", track.code().to_owned()),
        ("programme", lang.tell(&name)),
        ("name", lang.tell(&edition.with("year", starts_on.year().to_string()))),
        ("starts-on", starts_on.to_string()),
        ("ends-on", ends_on.to_string()),
    ];
    let course = track.proposed_course(&lang.say("programmes-proposed-course"));
    fields.extend(course.iter().flat_map(|course| of_course(course, lang)));
    form(fields)
}

/// The form of the edition that follows the last one of a programme.
pub(super) fn of_new_edition(track: Track, last: Option<&Edition>, today: Date, lang: Lang) -> Form {
    let (starts_on, ends_on) = last.map_or_else(|| track.proposed_dates(today), Edition::following_dates);
    let name = Message::new("programmes-proposed-edition").with("year", starts_on.year().to_string());
    form(vec![("name", lang.tell(&name)), ("starts-on", starts_on.to_string()), ("ends-on", ends_on.to_string())])
}

pub(super) fn of_course(course: &Course, lang: Lang) -> Vec<(&'static str, String)> {
    let external = if course.external_placement { "yes" } else { "no" };
    vec![
        ("course", course.name.clone()),
        ("credit", course.credit.code().to_owned()),
        ("credits", credits(course, lang)),
        ("hours-per-credit", course.hours_per_credit.to_string()),
        ("external", external.to_owned()),
    ]
}

/// How many credits a course has, in the reader's form, with a decimal where there is one.
pub(super) fn credits(course: &Course, lang: Lang) -> String {
    let digits = u8::from(!course.tenths_of_credit.is_multiple_of(10));
    lang.rounded(f64::from(course.tenths_of_credit) / 10.0, digits)
}

fn form(fields: Vec<(&str, String)>) -> Form {
    Form::new(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

/// Reads the form of a new programme.
pub(super) fn programme(form: &Form) -> Result<ProgrammeDraft, Problems> {
    let mut reading = Reading { form, problems: Problems::default() };
    let track = Track::parse(form.text("track"));
    if track.is_none() {
        reading.wrong("track", Message::new("programmes-track-missing"));
    }
    let track = track.unwrap_or(Track::Promotion);
    let draft = ProgrammeDraft {
        name: reading.name("programme", "programmes-name-missing"),
        track,
        edition: reading.name("name", "programmes-edition-name-missing"),
        course: (track == Track::Degree).then(|| reading.course()),
        starts_on: Date::MIN,
        ends_on: Date::MIN,
    };
    let (starts_on, ends_on) = reading.dates();
    reading.problems.or(ProgrammeDraft { starts_on, ends_on, ..draft })
}

/// Reads the form of a programme's name.
pub(super) fn programme_name(form: &Form) -> Result<String, Problems> {
    let mut reading = Reading { form, problems: Problems::default() };
    let name = reading.name("programme", "programmes-name-missing");
    reading.problems.or(name)
}

/// Reads the form of a further edition: its name and dates.
pub(super) fn new_edition(form: &Form) -> Result<(String, (Date, Date)), Problems> {
    let mut reading = Reading { form, problems: Problems::default() };
    let name = reading.name("name", "programmes-edition-name-missing");
    let dates = reading.dates();
    reading.problems.or((name, dates))
}

/// Reads the settings. What the form does not show (texts of orientation) stays as it was.
pub(super) fn settings(form: &Form, before: &Edition) -> Result<EditionDraft, Problems> {
    let mut reading = Reading { form, problems: Problems::default() };
    let name = reading.name("name", "programmes-edition-name-missing");
    let (starts_on, ends_on) = reading.dates();
    let calendar = reading.calendar();
    let places = reading.places();
    let framework = reading.framework();
    let course = (before.track == Track::Degree).then(|| reading.course());
    let clocks = reading.clocks();
    let consent = reading.consent();
    let applications = form.has("applications");
    let orientation = before.settings.orientation.clone();
    let settings = Settings { calendar, clocks, consent, places, applications, course, orientation };
    reading.problems.or(EditionDraft { name, starts_on, ends_on, framework, settings })
}

/// How many mentees a mentor takes, or nothing where the profile decides.
pub(super) fn capacity(form: &Form) -> Result<Option<u32>, Problems> {
    let mut reading = Reading { form, problems: Problems::default() };
    let capacity = match form.text("capacity") {
        "" => None,
        _ => Some(reading.whole("capacity", &(0..=1000))),
    };
    reading.problems.or(capacity)
}

/// A form being read, and what was found wrong with it so far.
struct Reading<'a> {
    form: &'a Form,
    problems: Problems,
}

impl Reading<'_> {
    fn wrong(&mut self, field: &'static str, message: Message) {
        self.problems.add(field, message);
    }

    fn name(&mut self, field: &'static str, missing: &'static str) -> String {
        let name = self.form.text(field);
        if name.is_empty() {
            self.wrong(field, Message::new(missing));
        } else if name.chars().count() > LONGEST_NAME {
            self.wrong(field, Message::new("programmes-name-long").with("most", LONGEST_NAME));
        }
        name.to_owned()
    }

    fn dates(&mut self) -> (Date, Date) {
        let [starts_on, ends_on] = ["starts-on", "ends-on"].map(|field| {
            let date = read_date(self.form.text(field));
            if date.is_none() {
                self.wrong(field, Message::new("programmes-date-wrong").with("field", named(field)));
            }
            date
        });
        if let (Some(starts_on), Some(ends_on)) = (starts_on, ends_on) {
            let days = starts_on.until(ends_on).map_or(0, |span| span.get_days());
            if days < 1 {
                self.wrong("ends-on", Message::new("programmes-ends-before"));
            } else if days > LONGEST_EDITION_DAYS {
                self.wrong("ends-on", Message::new("programmes-ends-late"));
            }
        }
        (starts_on.unwrap_or(Date::MIN), ends_on.unwrap_or(Date::MIN))
    }

    fn calendar(&mut self) -> WorkingDays {
        let worked: BTreeSet<&str> = self.form.all("weekdays").collect();
        let weekdays = WEEKDAYS.map(|(_, day)| worked.contains(day));
        if weekdays == [false; 7] {
            self.wrong("weekdays", Message::new("programmes-weekdays-none"));
        }
        let zone = self.form.text("zone").to_owned();
        if TimeZone::get(&zone).is_err() {
            self.wrong("zone", Message::new("identity-zone-unknown"));
        }
        let mut holidays = BTreeSet::new();
        let lines: Vec<&str> =
            self.form.text("holidays").lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        for line in lines {
            match read_date(line) {
                Some(date) => {
                    holidays.insert(date);
                }
                None => self.wrong("holidays", Message::new("programmes-holiday-wrong").with("line", line)),
            }
        }
        WorkingDays { weekdays, holidays, zone }
    }

    fn places(&mut self) -> Option<u32> {
        (!self.form.text("places").is_empty()).then(|| self.whole("places", &(1..=MOST_PLACES)))
    }

    fn framework(&mut self) -> Option<FrameworkVersionId> {
        let text = self.form.text("framework");
        let framework = text.parse::<Uuid>().ok().map(FrameworkVersionId);
        if framework.is_none() && !text.is_empty() {
            self.wrong("framework", Message::new("programmes-framework-unknown"));
        }
        framework
    }

    fn course(&mut self) -> Course {
        let name = self.name("course", "programmes-course-missing");
        let credit = CreditKind::parse(self.form.text("credit"));
        if credit.is_none() {
            self.wrong("credit", Message::new("programmes-credit-missing"));
        }
        let credit = credit.unwrap_or(CreditKind::Ects);
        let tenths_of_credit = tenths(self.form.text("credits")).filter(|tenths| (1..=1200).contains(tenths));
        if tenths_of_credit.is_none() {
            self.wrong("credits", Message::new("programmes-credits-wrong"));
        }
        let hours_per_credit = match self.form.text("hours-per-credit") {
            "" => credit.usual_hours(),
            _ => self.whole("hours-per-credit", &credit.hours()),
        };
        let external = self.form.text("external");
        if !["yes", "no"].contains(&external) {
            self.wrong("external", Message::new("programmes-external-missing"));
        }
        let tenths_of_credit = tenths_of_credit.unwrap_or(0);
        Course { name, credit, tenths_of_credit, hours_per_credit, external_placement: external == "yes" }
    }

    fn clocks(&mut self) -> Clocks {
        let numbers: BTreeMap<&str, u32> =
            CLOCKS.iter().map(|(field, _, range)| (*field, self.whole(field, range))).collect();
        let number = |field: &str| numbers.get(field).copied().unwrap_or(0);
        let counted = Counted::parse(self.form.text("counted"));
        if counted.is_none() {
            self.wrong("counted", Message::new("programmes-counted-missing"));
        }
        Clocks {
            counted: counted.unwrap_or_default(),
            assigned_within: number("assigned-within"),
            orientation_before_first_meeting: self.form.has("reads-first"),
            first_meeting_within: number("first-meeting-within"),
            first_pulse_after: number("first-pulse-after"),
            pulse_every: number("pulse-every"),
            midpoint_after: number("midpoint-after"),
            closure_before_end: number("closure-before-end"),
            follow_up_after_months: number("follow-up-after-months"),
        }
    }

    fn consent(&mut self) -> Consent {
        let [mentor_days, mentee_days] = WINDOWS.map(|(field, _)| self.whole(field, &(1..=30)));
        Consent { mentor_days, mentee_days, mentors_see_mentees: self.form.has("mentors-see") }
    }

    fn whole(&mut self, field: &'static str, range: &RangeInclusive<u32>) -> u32 {
        let number = self.form.text(field).parse().ok().filter(|number| range.contains(number));
        if number.is_none() {
            let message = Message::new("programmes-number-wrong").with("field", named(field));
            self.wrong(field, message.with("least", *range.start()).with("most", *range.end()));
        }
        number.unwrap_or(*range.start())
    }
}

/// The name of a field, for a sentence that reads alone in the summary.
fn named(field: &str) -> Message {
    Message::new(format!("programmes-field-{field}"))
}

/// A number with at most one decimal, after a comma or a point, in tenths.
fn tenths(text: &str) -> Option<u32> {
    let (whole, tenth) = text.split_once([',', '.']).unwrap_or((text, "0"));
    let tenth: u32 = Some(tenth).filter(|tenth| tenth.len() == 1)?.parse().ok()?;
    whole.parse::<u32>().ok()?.checked_mul(10)?.checked_add(tenth)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date as day;

    use super::*;

    #[test]
    fn credits_have_a_decimal_at_most() {
        assert_eq!([tenths("6"), tenths("4,5"), tenths("4.5")], [Some(60), Some(45), Some(45)]);
        assert_eq!([tenths(""), tenths("4,55"), tenths("seis"), tenths("-1"), tenths("4,")], [None; 5]);
    }

    #[test]
    fn what_is_proposed_is_accepted() {
        for track in Track::BOTH {
            let draft = programme(&of_new_programme(track, day(2027, 1, 11), Lang::Es)).unwrap();
            assert_eq!((draft.track, draft.course.is_some()), (track, track == Track::Degree));
        }
    }

    #[test]
    fn each_kind_of_credit_has_its_hours() {
        let mut fields = vec![("credit", "ects"), ("credits", "6"), ("course", "x"), ("external", "no")];
        fields.push(("hours-per-credit", "31"));
        let form = |fields: &[(&str, &str)]| {
            Form::new(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
        };
        let problems = |form: &Form| {
            let mut reading = Reading { form, problems: Problems::default() };
            reading.course();
            reading.problems
        };
        assert!(problems(&form(&fields)).of("hours-per-credit").next().is_some());
        fields[0] = ("credit", "us-semester");
        assert!(problems(&form(&fields)).is_empty());
    }
}
