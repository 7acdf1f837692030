//! What is done and what remains to be done in an edition, and the one next step: derived from how it stands, never stored.
//! Pure.

use super::forms;
use super::model::{Edition, EnrolmentId, Phase, Standing, Track};
use crate::i18n::{Lang, Message};
use crate::people::model::Side;

/// How a task stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Done, or filled in with a sensible answer.
    Done,
    ToDo,
    /// Something is wrong with it, and the text says what.
    Attention,
    /// Something else comes first.
    Later,
    /// Nobody has to.
    Optional,
}

impl State {
    pub fn code(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::ToDo => "to-do",
            Self::Attention => "attention",
            Self::Later => "later",
            Self::Optional => "optional",
        }
    }
}

/// A line of the list of tasks. The text of its name is the key `programmes-task-…`, unless it comes from another feature.
#[derive(Clone, Debug)]
pub struct Task {
    pub name: &'static str,
    pub title: Message,
    /// What there is, in a few words.
    pub text: Message,
    pub state: State,
    pub href: String,
}

/// How an edition stands, in figures.
#[derive(Clone, Debug, Default)]
pub(super) struct Figures {
    pub enrolled: [i64; 2],
    pub seats: i64,
    pub asked: i64,
    pub applied: i64,
    pub waiting: i64,
    /// Places left for mentees; `None` without a limit.
    pub places_left: Option<i64>,
    pub without_fallback: i64,
    /// Who waits first, while there is a place for them.
    pub first: Option<First>,
    /// How many people of the records could be enrolled, while nobody is in the list.
    pub on_record: [i64; 2],
    /// The mentees who should have been assigned a mentor before today.
    pub unassigned: i64,
    pub is_empty: bool,
    pub has_framework: bool,
    pub onlookers: i64,
}

/// Who waits first.
#[derive(Clone, Debug)]
pub(super) struct First {
    pub id: EnrolmentId,
    pub version: i64,
    pub name: String,
}

impl Figures {
    pub fn enrolled(&self, side: Side) -> i64 {
        self.enrolled[usize::from(side == Side::Mentor)]
    }
}

/// The next step of an edition. What it leads to is a page, or a form that is sent from here.
#[derive(Clone, Debug)]
pub(super) struct Next {
    pub title: Message,
    pub text: Message,
    pub button: Message,
    pub leads: Leads,
}

#[derive(Clone, Debug)]
pub(super) enum Leads {
    To(String),
    /// Opens the edition.
    Open,
    /// Enrols everybody on record.
    TakeIn,
    Admit(First),
}

impl Leads {
    /// Whether it leads to the list of enrolments, which then has no need to say so.
    pub fn is_here(&self, edition: &Edition) -> bool {
        let list = format!("/editions/{}/enrolments", edition.id);
        matches!(self, Self::To(href) if href.split('?').next() == Some(list.as_str()))
    }
}

/// The list of tasks, in the order in which one would do them. `more` are those of other features.
pub(super) fn tasks(edition: &Edition, figures: &Figures, more: Vec<Task>, lang: Lang) -> Vec<Task> {
    let settings = |part: &str| format!("/editions/{}/settings#{part}", edition.id);
    let within = |page: &str| format!("/editions/{}/{page}", edition.id);
    let clocks = &edition.settings.clocks;
    let consent = &edition.settings.consent;
    let dates = Message::new("programmes-task-dates-text")
        .with("from", lang.date(edition.starts_on))
        .with("to", lang.date(edition.ends_on))
        .with("zone", edition.settings.calendar.zone.as_str())
        .with("holidays", edition.settings.calendar.holidays.len());
    let mut tasks = vec![task("dates", dates, State::Done, settings("starts-on"))];
    tasks.extend(edition.settings.course.as_ref().map(|course| {
        let credits = forms::credits(course, lang);
        let text = Message::new("programmes-task-course-text")
            .with("course", course.name.as_str())
            .with(
                "credits",
                Message::new(format!("programmes-credits-{}", course.credit.code())).with("credits", credits),
            )
            .with("hours", course.hours());
        task("course", text, State::Done, settings("course"))
    }));
    let (text, state) = if figures.has_framework {
        ("programmes-task-framework-text", State::Done)
    } else {
        ("programmes-task-framework-none", State::ToDo)
    };
    tasks.push(task("framework", Message::new(text), state, settings("framework")));
    let text = Message::new(format!("programmes-task-clocks-{}", clocks.counted.code()))
        .with("assigned", clocks.assigned_within)
        .with("meeting", clocks.first_meeting_within)
        .with("pulse", clocks.first_pulse_after);
    tasks.push(task("clocks", text, State::Done, settings("counted")));
    let text = Message::new("programmes-task-windows-text")
        .with("mentor", consent.mentor_days)
        .with("mentee", consent.mentee_days);
    tasks.push(task("windows", text, State::Done, settings("mentor-days")));
    tasks.push(opening(edition));
    let (text, state) = who(edition, figures);
    tasks.push(task("who", text, state, within("enrolments")));
    if figures.unassigned > 0 {
        let text = Message::new("programmes-task-unassigned-text").with("count", figures.unassigned);
        tasks.push(task("unassigned", text, State::Attention, within("pairing")));
    }
    if edition.track == Track::Degree {
        let text = Message::new("programmes-task-fallback-text").with("count", figures.without_fallback);
        let state = match (figures.enrolled(Side::Mentee), figures.without_fallback) {
            (0, _) => State::Later,
            (_, 0) => State::Done,
            _ => State::ToDo,
        };
        tasks.push(task("fallback", text, state, within("fallback")));
    }
    let text = Message::new("programmes-task-onlookers-text").with("count", figures.onlookers);
    let state = if figures.onlookers == 0 { State::Optional } else { State::Done };
    tasks.push(task("onlookers", text, state, within("onlookers")));
    let own = edition.settings.orientation.values().map(std::collections::BTreeMap::len).sum::<usize>();
    let text = Message::new("programmes-task-orientation-text").with("count", own);
    tasks.push(task("orientation", text, State::Done, within("orientation/mentee")));
    let is_ready = edition.phase() != Phase::SettingUp && figures.enrolled.iter().all(|enrolled| *enrolled > 0);
    let state = if is_ready { State::ToDo } else { State::Later };
    let text = |ready: &'static str| Message::new(if is_ready { ready } else { "programmes-task-pairing-later" });
    tasks.push(task("pairing", text("programmes-task-pairing-text"), state, within("pairing")));
    tasks.push(task("consent", text("programmes-task-consent-asked"), State::Later, within("consent")));
    tasks.push(task("publish", text("programmes-task-publish-text"), State::Later, within("mentorships")));
    for said in more {
        match tasks.iter_mut().find(|task| task.name == said.name) {
            Some(place) => *place = said,
            None => tasks.push(said),
        }
    }
    tasks
}

fn task(name: &'static str, text: Message, state: State, href: String) -> Task {
    Task { name, title: Message::new(format!("programmes-task-{name}")), text, state, href }
}

fn opening(edition: &Edition) -> Task {
    let (text, state) = match edition.phase() {
        Phase::SettingUp => ("programmes-task-open-to-do", State::ToDo),
        Phase::Open => ("programmes-task-open-done", State::Done),
        Phase::Closed => ("programmes-task-open-closed", State::Done),
    };
    task("open", Message::new(text), state, format!("/editions/{}#next", edition.id))
}

fn who(edition: &Edition, figures: &Figures) -> (Message, State) {
    let [mentees, mentors] = figures.enrolled;
    let text = Message::new("programmes-task-who-text")
        .with("mentees", mentees)
        .with("mentors", mentors)
        .with("seats", figures.seats);
    let state = match edition.phase() {
        Phase::SettingUp => State::Later,
        _ if mentees == 0 || mentors == 0 => State::ToDo,
        _ if figures.seats < mentees || figures.applied > 0 => State::Attention,
        _ => State::Done,
    };
    (text, state)
}

/// The one thing to do now.
pub(super) fn next(edition: &Edition, figures: &Figures, more: &[Task]) -> Next {
    let id = edition.id;
    let enrolments = |query: &str| Leads::To(format!("/editions/{id}/enrolments{query}"));
    let [mentees, mentors] = figures.enrolled;
    match edition.phase() {
        Phase::SettingUp => step("open", Leads::Open),
        Phase::Closed => step("closed", Leads::To(format!("/programmes/{}", edition.programme))),
        Phase::Open if figures.is_empty && figures.on_record != [0, 0] => {
            step("take-in", Leads::TakeIn).counting(figures.on_record)
        }
        Phase::Open if figures.is_empty => step("nobody", Leads::To("/imports".to_owned())),
        Phase::Open => {
            if let Some(first) = figures.first.clone() {
                return step("admit", Leads::Admit(first.clone())).naming(&first.name);
            }
            match () {
                () if figures.applied > 0 => {
                    step("applied", enrolments("?standing=applied")).counting([figures.applied, 0])
                }
                () if mentees == 0 || mentors == 0 => {
                    step("side-missing", enrolments("/new")).counting([mentees, mentors])
                }
                () if figures.seats < mentees => {
                    step("seats", enrolments("/new?side=mentor")).counting([mentees, figures.seats])
                }
                () => once_enrolled(edition, figures, more),
            }
        }
    }
}

/// What comes once everybody is in: what other features wait for, then the pairing, and once all is published, the pairs.
fn once_enrolled(edition: &Edition, figures: &Figures, more: &[Task]) -> Next {
    let within = |page: &str| Leads::To(format!("/editions/{}/{page}", edition.id));
    let awaits = |task: &&Task| matches!(task.state, State::ToDo | State::Attention);
    if let Some(task) = more.iter().find(awaits) {
        return Next {
            title: task.title.clone(),
            text: task.text.clone(),
            button: task.title.clone(),
            leads: Leads::To(task.href.clone()),
        };
    }
    if more.iter().any(|task| task.name == "publish" && task.state == State::Done) {
        return step("running", within("mentorships"));
    }
    step("pairing", within("pairing")).counting([figures.enrolled(Side::Mentee), figures.seats])
}

fn step(name: &'static str, leads: Leads) -> Next {
    Next {
        title: Message::new(format!("programmes-next-{name}-title")),
        text: Message::new(format!("programmes-next-{name}-text")),
        button: Message::new(format!("programmes-next-{name}-button")),
        leads,
    }
}

impl Next {
    fn filled(mut self, fill: impl Fn(Message) -> Message) -> Self {
        (self.title, self.text, self.button) = (fill(self.title), fill(self.text), fill(self.button));
        self
    }

    fn counting(self, [mentees, mentors]: [i64; 2]) -> Self {
        self.filled(|message| {
            message.with("mentees", mentees).with("mentors", mentors).with("total", mentees + mentors)
        })
    }

    fn naming(self, name: &str) -> Self {
        self.filled(|message| message.with("name", name))
    }
}

/// The sentence that says how an edition stands.
pub(super) fn headline(edition: &Edition, figures: &Figures) -> Message {
    let [mentees, mentors] = figures.enrolled;
    let name = match edition.phase() {
        Phase::SettingUp => "programmes-headline-setting-up",
        Phase::Closed => "programmes-headline-closed",
        Phase::Open if mentees == 0 && mentors == 0 => "programmes-headline-empty",
        Phase::Open => "programmes-headline-open",
    };
    Message::new(name).with("edition", edition.name.as_str()).with("mentees", mentees).with("mentors", mentors)
}

/// What comes next for somebody who stands so, on this side.
pub(super) fn what_comes(standing: Standing, side: Side) -> Message {
    match standing {
        Standing::Enrolled => Message::new(format!("programmes-comes-enrolled-{}", side.code())),
        _ => Message::new(format!("programmes-comes-{}", standing.code())),
    }
}
