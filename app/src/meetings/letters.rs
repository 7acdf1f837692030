//! What the two are told of their meetings, in the transaction of the change that causes it: kinds of notices, and the mails that these
//! write. Invitations and what takes them back always go, at any hour, with the calendar's entry. No mail carries what anybody typed:
//! whom it is about, when, and in which of our words where.

use jiff::Timestamp;

use super::model::{Ask, AskId, Meeting, MeetingId, State};
use super::reminding;
use super::series::Which;
use super::store;
use crate::app::App;
use crate::calendar::{self, Method, Party, Standing};
use crate::db::Tx;
use crate::i18n::Message;
use crate::identity::{Act, PersonCore, PersonId};
use crate::mail::Attached;
use crate::mentorships::{self, Mentorship, MentorshipId};
use crate::notices::{self, Kind, Letter, Notice, Told};
use crate::people::model::Side;
use crate::problems::Failure;

/// Times wait for an answer.
pub(super) const PROPOSED: &str = "meetings.proposed";
/// None of the times that were proposed suits.
pub(super) const DECLINED: &str = "meetings.declined";
/// The times have passed without an answer.
pub(super) const LAPSED: &str = "meetings.lapsed";
/// A time holds, or something about it has changed.
const AGREED: &str = "meetings.agreed";
const CALLED_OFF: &str = "meetings.called-off";
/// Did you meet?
pub(super) const ASKED: &str = "meetings.asked";

/// Where links of these mails act.
pub(super) const PATH: &str = "/m";
/// The page of whoever keeps a diary.
const DIARY: &str = "/diary";

const USUAL: Kind = Kind { act: Act::TakePart, ..Kind::USUAL };
/// What changes a calendar goes to whoever has it in theirs.
const CALENDAR: Kind =
    Kind { needed: Some("meetings-notice-needed"), waits: false, urgent: true, always: true, ..USUAL };

pub(super) const KINDS: &[Kind] = &[
    Kind {
        name: PROPOSED,
        label: "meetings-notice-proposed-label",
        mail: "meetings-notice-proposed-mail",
        acts: true,
        writes: Some(|app, told| Box::pin(async move { times(&app, &told).await })),
        ..USUAL
    },
    Kind {
        name: DECLINED,
        label: "meetings-notice-declined-label",
        mail: "meetings-notice-declined-mail",
        acts: true,
        writes: Some(|app, told| Box::pin(async move { none_suits(&app, &told, "none").await })),
        ..USUAL
    },
    Kind {
        name: LAPSED,
        label: "meetings-notice-lapsed-label",
        mail: "meetings-notice-lapsed-mail",
        acts: true,
        writes: Some(|app, told| Box::pin(async move { none_suits(&app, &told, "lapsed").await })),
        ..USUAL
    },
    Kind {
        name: AGREED,
        label: "meetings-notice-agreed-label",
        mail: "meetings-notice-agreed-mail",
        writes: Some(|app, told| Box::pin(async move { invitation(&app, &told).await })),
        ..CALENDAR
    },
    Kind {
        name: CALLED_OFF,
        label: "meetings-notice-cancelled-label",
        mail: "meetings-notice-cancelled-mail",
        writes: Some(|app, told| Box::pin(async move { cancelled(&app, &told).await })),
        ..CALENDAR
    },
    Kind {
        name: ASKED,
        label: "meetings-notice-asked-label",
        mail: "meetings-notice-asked-mail",
        acts: true,
        writes: Some(|app, told| Box::pin(async move { met(&app, &told).await })),
        ..USUAL
    },
    reminding::NOTICE,
];

/// On which side somebody is written to: whoever keeps a mentor's diary, on the mentor's.
fn side_of(pair: &Mentorship, person: PersonId) -> Side {
    pair.side_of(person).unwrap_or(Side::Mentor)
}

/// Whom somebody meets.
fn with(pair: &Mentorship, person: PersonId) -> &str {
    pair.other(side_of(pair, person)).0
}

/// What has come about a meeting.
#[derive(Clone, Copy, Debug)]
pub(super) enum News {
    Times,
    /// The same times as before, of which this is the last.
    StillWaiting(Timestamp),
    NoneSuits,
    Lapsed,
    /// With the number of the calendar's message.
    Agreed(i64),
    /// Where or for how long they meet is another, with the number of the calendar's message.
    Place(i64),
    Cancelled(Which),
}

/// What the key of a notice ends with that tells of all.
const ALL: &str = ":all";

impl News {
    fn notice(self, pair: &Mentorship, meeting: MeetingId, to: PersonId) -> Notice {
        let one = format!("/meetings/{meeting}");
        let (kind, text, href) = match self {
            Self::Times => (PROPOSED, "meetings-notice-proposed", one),
            Self::StillWaiting(_) => (PROPOSED, "meetings-notice-reminded", one),
            Self::NoneSuits => (DECLINED, "meetings-notice-declined", format!("{one}/times")),
            Self::Lapsed => (LAPSED, "meetings-notice-lapsed", format!("{one}/times")),
            Self::Agreed(0) => (AGREED, "meetings-notice-agreed", one),
            Self::Agreed(_) | Self::Place(_) => (AGREED, "meetings-notice-changed", one),
            // What has ended is in no diary any more.
            Self::Cancelled(_) if pair.side_of(to).is_none() => {
                (CALLED_OFF, "meetings-notice-cancelled", DIARY.to_owned())
            }
            Self::Cancelled(_) => (CALLED_OFF, "meetings-notice-cancelled", page_of(pair.id)),
        };
        let text = Message::new(text).with("name", with(pair, to));
        let notice = Notice::new(pair.organisation, to, kind, text, href).about(meeting.0);
        match self {
            Self::Agreed(sequence) | Self::Place(sequence) => notice.once(format!("{meeting}:{sequence}")),
            Self::StillWaiting(last) => notice.once(format!("{meeting}:{last}:waits")),
            Self::Cancelled(Which::AllToCome) => notice.once(format!("{meeting}{ALL}")),
            _ => notice,
        }
    }
}

/// Tells people what has come about a meeting. What these and whoever else has to do with it were told of it before is overtaken,
/// but by a change of the place only what the calendar said: times that wait for an answer go on waiting.
pub(super) async fn tell(
    app: &App,
    tx: &mut Tx,
    (pair, meeting): (&Mentorship, MeetingId),
    (news, to): (News, &[PersonId]),
) -> Result<(), Failure> {
    match news {
        News::Place(_) => {
            let all = everybody(tx, pair).await?;
            notices::overtake_kind(tx, &all, (AGREED, meeting.0), app.now()).await?;
        }
        _ => overtake(app, tx, pair, meeting).await?,
    }
    let notices: Vec<Notice> = to.iter().map(|to| news.notice(pair, meeting, *to)).collect();
    Ok(notices::tell_all(app, tx, &notices).await?)
}

/// The two, and whoever keeps the mentor's diary.
pub(super) async fn everybody(tx: &mut Tx, pair: &Mentorship) -> Result<Vec<PersonId>, Failure> {
    let assistant = store::assistant_of(&mut *tx, pair.mentor).await?.map(|(person, ..)| person);
    Ok([pair.mentee, pair.mentor].into_iter().chain(assistant).collect())
}

/// What anybody was told of a meeting is so no more.
pub(super) async fn overtake(app: &App, tx: &mut Tx, pair: &Mentorship, meeting: MeetingId) -> Result<(), Failure> {
    let all = everybody(tx, pair).await?;
    Ok(notices::overtake(tx, &all, meeting.0, app.now()).await?)
}

/// The page of the meetings of a pair.
pub fn page_of(pair: MentorshipId) -> String {
    format!("/mentorships/{pair}/meetings")
}

/// What a mail about [`page_of`] a pair leads to: a link with which its reader answers the times that wait, or proposes some, without
/// signing in.
pub fn times_link(app: &App, told: &Told) -> Option<(Message, String)> {
    let pair = told.about.map(MentorshipId)?;
    let url = notices::act_url(app, PATH, told.notice).filter(|_| told.href == page_of(pair))?;
    Some((Message::new("meetings-mail-turn-link"), url))
}

/// Asks somebody whether the two met.
pub(super) fn question(pair: &Mentorship, ask: &Ask) -> Notice {
    let (text, href) = match ask.meeting {
        Some(meeting) => ("meetings-notice-asked", format!("/meetings/{meeting}")),
        None => ("meetings-met-lately", format!("/mentorships/{}/meetings", pair.id)),
    };
    let text = Message::new(text).with("name", with(pair, ask.person));
    Notice::new(pair.organisation, ask.person, ASKED, text, href).about(ask.id.0).once(ask.id.0.to_string())
}

/// A meeting, its pair and whoever is written to.
struct About<'a> {
    meeting: Meeting,
    pair: Mentorship,
    reader: &'a PersonCore,
}

/// `None` as well for whoever has nothing to do with the pair any more: a mentor's diary may be somebody else's by now.
async fn about<'a>(app: &App, told: &'a Told) -> anyhow::Result<Option<About<'a>>> {
    let Some(meeting) = told.about.map(MeetingId) else { return Ok(None) };
    let Some(meeting) = store::meeting(&app.db, meeting).await? else { return Ok(None) };
    let Some(pair) = mentorships::mentorship(&app.db, meeting.mentorship).await? else { return Ok(None) };
    if !has_to_do_with(app, &pair, told.reader.id).await? {
        return Ok(None);
    }
    Ok(Some(About { meeting, pair, reader: &told.reader }))
}

async fn has_to_do_with(app: &App, pair: &Mentorship, reader: PersonId) -> anyhow::Result<bool> {
    if pair.side_of(reader).is_some() {
        return Ok(true);
    }
    let assistant = store::assistant_of(&app.db, pair.mentor).await?;
    Ok(assistant.is_some_and(|(person, ..)| person == reader))
}

fn when(reader: &PersonCore, at: Timestamp) -> String {
    reader.lang.instant(at, &reader.time_zone())
}

impl About<'_> {
    fn with(&self) -> &str {
        with(&self.pair, self.reader.id)
    }

    fn when(&self, at: Timestamp) -> String {
        when(self.reader, at)
    }

    /// Where, in our own words.
    fn place(&self) -> String {
        self.reader.lang.say(&self.meeting.way.key())
    }
}

fn letter(kind: &str, name: &str, paragraphs: Vec<Message>, url: String) -> Letter {
    Letter {
        subject: Message::new(format!("meetings-mail-{kind}-subject")).with("name", name),
        paragraphs,
        link: Some((Message::new(format!("meetings-mail-{kind}-link")), url)),
        attached: None,
    }
}

/// A link that acts for its reader; where there is no key to make one with, the way to the page.
fn acting(app: &App, told: &Told) -> String {
    notices::act_url(app, PATH, told.notice).unwrap_or_else(|| told.url(app))
}

/// Times wait for an answer, which the link gives without signing in.
async fn times(app: &App, told: &Told) -> anyhow::Result<Option<Letter>> {
    let Some(about) = about(app, told).await? else { return Ok(None) };
    let (meeting, now) = (&about.meeting, app.now());
    if !meeting.waits_for(side_of(&about.pair, about.reader.id), now) || about.pair.ended_at.is_some() {
        return Ok(None);
    }
    let times: Vec<String> = meeting.open_times(now).map(|(_, at)| about.when(at)).collect();
    let text = Message::new("meetings-mail-times")
        .with("name", about.with())
        .with("minutes", meeting.minutes)
        .with("place", about.place());
    let list = Message::new("meetings-mail-times-list").with("times", times.join("\n"));
    let again = meeting.series.as_ref().filter(|_| meeting.starts_at.is_none());
    let again = again.map(|part| part.series.repeats.told());
    let paragraphs = [Some(text), again, Some(list)].into_iter().flatten().collect();
    Ok(Some(letter("times", about.with(), paragraphs, acting(app, told))))
}

async fn none_suits(app: &App, told: &Told, kind: &str) -> anyhow::Result<Option<Letter>> {
    let Some(about) = about(app, told).await? else { return Ok(None) };
    if !about.meeting.times.is_empty() || !about.meeting.is_ahead(app.now()) {
        return Ok(None);
    }
    let text = Message::new(format!("meetings-mail-{kind}")).with("name", about.with());
    // A time that holds is moved on its page, which says so.
    let url = if about.meeting.starts_at.is_none() { acting(app, told) } else { told.url(app) };
    Ok(Some(letter(kind, about.with(), vec![text], url)))
}

async fn invitation(app: &App, told: &Told) -> anyhow::Result<Option<Letter>> {
    let Some(about) = about(app, told).await? else { return Ok(None) };
    let sequence = about.meeting.sequence;
    // A later letter says how it is now.
    let is_last = about.meeting.state == State::Agreed
        && told.key.as_deref() == Some(format!("{}:{sequence}", about.meeting.id).as_str());
    // Where the mail had nowhere to go for days, its meeting may be over by now.
    let is_to_come = about.meeting.series.is_some() || about.meeting.is_ahead(app.now());
    let Some(starts) = about.meeting.starts_at.filter(|_| is_last && is_to_come) else { return Ok(None) };
    let kind = if sequence == 0 { "agreed" } else { "changed" };
    let text = Message::new(format!("meetings-mail-{kind}"))
        .with("name", about.with())
        .with("at", about.when(starts))
        .with("minutes", about.meeting.minutes)
        .with("place", about.place());
    let again = about.meeting.series.as_ref().filter(|_| sequence == 0).map(|part| part.series.repeats.told());
    let rest = about.meeting.series.as_ref().filter(|_| sequence > 0 && about.pair.side_of(about.reader.id).is_some());
    let rest = rest.map(|_| Message::new("meetings-mail-series-rest"));
    let answers = Message::new("meetings-mail-answers");
    let paragraphs = [Some(text), again, rest, Some(answers)].into_iter().flatten().collect();
    let letter = letter(kind, about.with(), paragraphs, told.url(app));
    Ok(Some(Letter { attached: calendar_of(app, &about, Method::Request).await?, ..letter }))
}

async fn cancelled(app: &App, told: &Told) -> anyhow::Result<Option<Letter>> {
    let Some(about) = about(app, told).await? else { return Ok(None) };
    if about.meeting.state != State::Cancelled {
        return Ok(None);
    }
    let are_all = told.key.as_deref().is_some_and(|key| key.ends_with(ALL));
    let text = match about.meeting.starts_at {
        Some(_) if are_all => Message::new("meetings-mail-series-over").with("name", about.with()),
        Some(at) => Message::new("meetings-mail-cancelled").with("name", about.with()).with("at", about.when(at)),
        None => Message::new("meetings-mail-withdrawn").with("name", about.with()),
    };
    let letter = letter("cancelled", about.with(), vec![text], told.url(app));
    Ok(Some(Letter { attached: calendar_of(app, &about, Method::Cancel).await?, ..letter }))
}

/// The meeting for calendar programs; both are invited by the installation, and whoever keeps the mentor's diary is no guest. One of a series comes with the whole of it, as it is now:
/// what is left of it is changed, and only all of it is called off.
async fn calendar_of(app: &App, about: &About<'_>, method: Method) -> anyhow::Result<Option<Attached>> {
    if about.pair.side_of(about.reader.id).is_none() {
        return Ok(None);
    }
    let event = match &about.meeting.series {
        None => about.meeting.event(&app.config.public_url, about.place()),
        Some(part) => {
            let all = store::of_series(&app.db, &[part.series.id]).await?;
            part.series.event(&all, &app.config.public_url, |way| about.reader.lang.say(&way.key()))
        }
    };
    let Some(event) = event else { return Ok(None) };
    let method = match (about.meeting.series.is_some(), event.standing) {
        (true, Standing::Cancelled) => Method::Cancel,
        (true, _) => Method::Request,
        (false, _) => method,
    };
    let (name, address) = app.mailer.sender();
    let pair = &about.pair;
    // A calendar program finds its owner among the guests by the address to which the mail went.
    let own = |person: PersonId, address: &str| {
        if about.reader.id == person { about.reader.mailbox.address.clone() } else { address.to_owned() }
    };
    let guests = [
        Party { name: pair.mentee_name.clone(), address: own(pair.mentee, &pair.mentee_address) },
        Party { name: pair.mentor_name.clone(), address: own(pair.mentor, &pair.mentor_address) },
    ];
    Ok(Some(calendar::mailed(&event, method, &Party { name, address }, &guests, about.reader.lang)))
}

/// Did you meet? One link, which is this person's alone.
async fn met(app: &App, told: &Told) -> anyhow::Result<Option<Letter>> {
    let Some(ask) = told.about.map(AskId) else { return Ok(None) };
    let Some(ask) = store::ask(&app.db, ask).await?.filter(|ask| ask.met.is_none()) else { return Ok(None) };
    let Some(pair) = mentorships::mentorship(&app.db, ask.mentorship).await? else { return Ok(None) };
    if pair.ended_at.is_some() {
        return Ok(None);
    }
    let meeting = match ask.meeting {
        Some(meeting) => store::meeting(&app.db, meeting).await?,
        None => None,
    };
    let name = with(&pair, told.reader.id);
    let text = match meeting.and_then(|meeting| meeting.starts_at) {
        Some(at) => Message::new("meetings-mail-met").with("name", name).with("at", when(&told.reader, at)),
        None => Message::new("meetings-mail-quiet").with("name", name),
    };
    Ok(Some(letter("met", name, vec![text, Message::new("meetings-mail-apart")], acting(app, told))))
}
