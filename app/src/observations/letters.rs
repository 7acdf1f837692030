//! What people are told of sittings and seats. A mail names nobody and says nothing of the sitting but its number and time.

use anyhow::Context as _;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::calendar::{attached, when};
use super::model::{LinkAct, SeatId, Sitting, SittingId, Somebody, State};
use super::places::seat_and_sitting;
use super::store;
use crate::app::App;
use crate::calendar::Method;
use crate::db::Tx;
use crate::i18n::Message;
use crate::identity::{self, Act, OrganisationId, Part, PersonId};
use crate::jobs;
use crate::notices::{self, Kind, Letter, Notice, Told};
use crate::problems::Failure;

/// The host has to agree that observers come.
const HOSTS: &str = "observations.host";
/// Seats wait for an answer of the host or the secretary.
const ASKED: &str = "observations.asked";
/// What became of a wish.
const ANSWERED: &str = "observations.answered";
/// A seat is theirs.
const SEATED: &str = "observations.seated";
/// A sitting at which they have a seat has moved.
const OTHER_TIME: &str = "observations.other-time";
/// A sitting of theirs is called off, or the seat is gone.
const GONE: &str = "observations.gone";
/// Items wait for the chair.
const CHAIRS: &str = "observations.chair";
/// A conflict of interest waits to be settled, or items to be classified.
const SECRETARIES: &str = "observations.secretary";
/// The same for whoever stands in for a secretary.
const STANDS_IN: &str = "observations.stands-in";
/// An undertaking ends soon.
const ENDING: &str = "observations.ending";

pub(super) const KINDS: &[Kind] = &[
    Kind { name: HOSTS, label: "observations-notice-host-label", mail: "observations-notice-host-mail", ..Kind::USUAL },
    Kind {
        name: ASKED,
        label: "observations-notice-asked-label",
        mail: "observations-notice-asked-mail",
        ..Kind::USUAL
    },
    Kind {
        name: ANSWERED,
        label: "observations-notice-answered-label",
        mail: "observations-notice-answered-mail",
        act: Act::TakePart,
        ..Kind::USUAL
    },
    Kind {
        name: SEATED,
        label: "observations-notice-seated-label",
        mail: "observations-notice-seated-mail",
        waits: false,
        act: Act::TakePart,
        writes: Some(|app, told| Box::pin(async move { invitation(&app, &told, (Method::Request, "seated")).await })),
        ..Kind::USUAL
    },
    Kind {
        name: OTHER_TIME,
        label: "observations-notice-other-time-label",
        mail: "observations-notice-other-time-mail",
        waits: false,
        act: Act::TakePart,
        writes: Some(|app, told| {
            Box::pin(async move { invitation(&app, &told, (Method::Request, "other-time")).await })
        }),
        ..Kind::USUAL
    },
    Kind {
        name: GONE,
        label: "observations-notice-gone-label",
        mail: "observations-notice-gone-mail",
        waits: false,
        act: Act::TakePart,
        writes: Some(|app, told| Box::pin(async move { invitation(&app, &told, (Method::Cancel, "gone")).await })),
        ..Kind::USUAL
    },
    Kind {
        name: CHAIRS,
        label: "observations-notice-chair-label",
        mail: "observations-notice-chair-mail",
        ..Kind::USUAL
    },
    Kind {
        name: SECRETARIES,
        label: "observations-notice-secretary-label",
        mail: "observations-notice-secretary-mail",
        act: Act::KeepRoom,
        ..Kind::USUAL
    },
    Kind {
        name: STANDS_IN,
        label: "observations-notice-stands-in-label",
        mail: "observations-notice-stands-in-mail",
        ..Kind::USUAL
    },
    Kind {
        name: ENDING,
        label: "observations-notice-ending-label",
        mail: "observations-notice-ending-mail",
        ..Kind::USUAL
    },
    Kind {
        name: SIGNED,
        label: "observations-notice-sign-again-label",
        mail: "observations-notice-sign-again-mail",
        act: Act::TakePart,
        ..Kind::USUAL
    },
    Kind {
        name: MOVED,
        label: "observations-notice-moved-label",
        mail: "observations-notice-moved-mail",
        ..Kind::USUAL
    },
    Kind { name: SIDES, label: "observations-notice-side-label", mail: "observations-notice-side-mail", ..Kind::USUAL },
    Kind { name: OFF, label: "observations-notice-off-label", mail: "observations-notice-off-mail", ..Kind::USUAL },
    Kind {
        name: HOST_SAID,
        label: "observations-notice-host-said-label",
        mail: "observations-notice-host-said-mail",
        act: Act::OpenSittings,
        ..Kind::USUAL
    },
    Kind {
        name: UNREACHED,
        label: "observations-notice-unreached-label",
        mail: "observations-notice-unreached-mail",
        act: Act::OpenSittings,
        ..Kind::USUAL
    },
    super::forwarding::FORWARDED,
    super::record::EXPOSED,
    super::record::EXPOSED_HERE,
    super::record::CORRECTED,
    super::record::DUTIES,
];

/// A sitting with which they have to do is called off.
const OFF: &str = "observations.off";

/// What the host of a sitting that they opened says.
const HOST_SAID: &str = "observations.host-said";

/// No mail arrives at an address outside the organisation that they gave.
pub(super) const UNREACHED: &str = "observations.unreached";

/// The other side of a negotiation has to be asked again.
const SIDES: &str = "observations.side";

/// A sitting of theirs is at another time.
const MOVED: &str = "observations.moved";

/// An undertaking has to be signed again, since its sitting is on another day.
const SIGNED: &str = "observations.sign-again";

/// The job that writes to a host or a chair who has no account.
pub(super) const MAIL: &str = "observations.mail-link";
/// The job that reminds of an undertaking that ends.
pub(super) const REMIND: &str = "observations.remind";

/// The job that empties names and addresses of hosts and chairs without account.
pub(super) const FORGET: &str = "observations.forget-outside";
/// So long after the end of a sitting nobody needs them any more.
const OUTSIDE_KEPT: SignedDuration = SignedDuration::from_hours(90 * 24);

/// A mail with a link; the link is made when it is written.
#[expect(clippy::struct_excessive_bools, reason = "each says something of its own")]
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) struct Outside {
    pub organisation: OrganisationId,
    pub sitting: SittingId,
    pub act: LinkAct,
    /// Whether it says that the sitting is at another time, and what waits for them.
    #[serde(default)]
    pub moved: bool,
    /// Whether somebody asks for a seat, at a sitting to which the host has agreed.
    #[serde(default)]
    pub wish: bool,
    /// Whether it says that the sitting is called off. Then there is no link in it.
    #[serde(default)]
    pub off: bool,
    /// Whether it says that the other side of a negotiation has to be asked again.
    #[serde(default)]
    pub side: bool,
}

impl Outside {
    /// A mail that says what is asked, and nothing more.
    fn of(sitting: &Sitting, act: LinkAct) -> Self {
        let (organisation, sitting) = (sitting.organisation, sitting.id);
        Self { organisation, sitting, act, moved: false, wish: false, off: false, side: false }
    }
}

/// Whose undertaking ends, and for which seat.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) struct Reminder {
    pub organisation: OrganisationId,
    pub sitting: SittingId,
    pub seat: SeatId,
}

/// A sitting that names somebody outside.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) struct Forgotten {
    pub organisation: OrganisationId,
    pub sitting: SittingId,
}

/// When the names of those outside are emptied.
pub(super) fn forgotten_at(sitting: &Sitting) -> Timestamp {
    sitting.ends_at.saturating_add(OUTSIDE_KEPT).unwrap_or(Timestamp::MAX)
}

/// Has the names of those outside, if a sitting has any, be emptied some time after its end. One that moves is looked at twice.
pub(super) async fn forget_outside(app: &App, tx: &mut Tx, sitting: &Sitting) -> Result<(), Failure> {
    let is_outside = |somebody: &Somebody| somebody.person.is_none() && !somebody.is_nobody();
    if !is_outside(&sitting.host) && !is_outside(&sitting.chair) {
        return Ok(());
    }
    forget_later(app, tx, sitting).await
}

/// The same for a sitting of which other names are kept.
pub(super) async fn forget_later(app: &App, tx: &mut Tx, sitting: &Sitting) -> Result<(), Failure> {
    let due = forgotten_at(sitting);
    let id = jobs::made_of(&[FORGET.as_bytes(), sitting.id.0.as_bytes(), &due.as_second().to_be_bytes()]);
    let payload = json!(Forgotten { organisation: sitting.organisation, sitting: sitting.id });
    jobs::add_once(app, tx, Some(sitting.organisation.0), FORGET, (id, &payload), due).await?;
    Ok(())
}

fn href(sitting: &Sitting) -> String {
    format!("/sittings/{}", sitting.id)
}

fn notice(sitting: &Sitting, to: PersonId, kind: &'static str, text: Message) -> Notice {
    Notice::new(sitting.organisation, to, kind, text.with("number", sitting.number.to_string()), href(sitting))
}

/// Has the host be asked: in the product, or by a link of a mail.
pub(super) async fn ask_host(app: &App, tx: &mut Tx, sitting: &Sitting) -> Result<(), Failure> {
    reach(app, tx, sitting, LinkAct::Host).await
}

/// Has the chair be asked, where there is one.
pub(super) async fn ask_chair(app: &App, tx: &mut Tx, sitting: &Sitting) -> Result<(), Failure> {
    reach(app, tx, sitting, LinkAct::Chair).await
}

/// Sends somebody without account another link, once in an hour at most; whoever is named since has had none.
pub(super) async fn again(app: &App, tx: &mut Tx, sitting: &Sitting, act: LinkAct) -> Result<(), Failure> {
    let (organisation, id) = (sitting.organisation, sitting.id);
    let address = if act == LinkAct::Host { &sitting.host.address } else { &sitting.presiding().address };
    let hour = app.now().as_second().div_euclid(60 * 60).to_be_bytes();
    let id = jobs::made_of(&[b"observations again", id.0.as_bytes(), act.code().as_bytes(), &hour, address.as_bytes()]);
    let payload = serde_json::to_value(Outside::of(sitting, act)).context("a letter is plain data")?;
    jobs::add_once(app, tx, Some(organisation.0), MAIL, (id, &payload), app.now()).await?;
    Ok(())
}

async fn reach(app: &App, tx: &mut Tx, sitting: &Sitting, act: LinkAct) -> Result<(), Failure> {
    let (somebody, kind, key) = match act {
        LinkAct::Host => (&sitting.host, HOSTS, "observations-notice-host"),
        LinkAct::Chair => (sitting.presiding(), CHAIRS, "observations-notice-chair"),
    };
    if let Some(person) = somebody.person {
        notices::tell(app, tx, &notice(sitting, person, kind, Message::new(key))).await?;
    } else if !somebody.address.is_empty() {
        write_outside(app, tx, sitting, (act, false)).await?;
    }
    Ok(())
}

async fn write_outside(
    app: &App,
    tx: &mut Tx,
    sitting: &Sitting,
    (act, moved): (LinkAct, bool),
) -> Result<(), Failure> {
    write_mail(app, tx, Outside { moved, ..Outside::of(sitting, act) }).await
}

async fn write_off(app: &App, tx: &mut Tx, sitting: &Sitting, act: LinkAct) -> Result<(), Failure> {
    write_mail(app, tx, Outside { off: true, ..Outside::of(sitting, act) }).await
}

async fn write_mail(app: &App, tx: &mut Tx, outside: Outside) -> Result<(), Failure> {
    let payload = serde_json::to_value(outside).context("a letter is plain data")?;
    jobs::add(app, tx, Some(outside.organisation.0), MAIL, &payload).await?;
    Ok(())
}

/// Whoever has a part in a sitting and an account: those who answer whether somebody observes, and the others.
async fn parts_of(tx: &mut Tx, sitting: &Sitting) -> Result<(Vec<PersonId>, Vec<PersonId>), Failure> {
    let mut answering = identity::person_ids_with_part(&mut *tx, sitting.organisation, Part::Secretary).await?;
    answering.extend(sitting.host.person);
    let others = [sitting.chair.person, sitting.keeper, Some(sitting.opened_by)];
    let mut all: Vec<PersonId> = answering.iter().copied().chain(others.into_iter().flatten()).collect();
    all.sort_unstable();
    all.dedup();
    Ok((answering, all))
}

/// Tells whoever opened a sitting what its host said, unless that was they; `key` says it.
pub(super) async fn host_said(
    app: &App,
    tx: &mut Tx,
    sitting: &Sitting,
    (by, key): (Option<PersonId>, &'static str),
) -> Result<(), Failure> {
    if by == Some(sitting.opened_by) {
        return Ok(());
    }
    notices::tell(app, tx, &notice(sitting, sitting.opened_by, HOST_SAID, Message::new(key))).await?;
    Ok(())
}

/// Tells whoever opened a sitting that no mail arrives at its host or chair, once a day.
pub(super) async fn unreached(app: &App, tx: &mut Tx, sitting: &Sitting, act: LinkAct) -> Result<(), Failure> {
    let text = match act {
        LinkAct::Host => "observations-notice-unreached-host",
        LinkAct::Chair => "observations-notice-unreached-chair",
    };
    let today = app.now().to_zoned_datetime(sitting.time_zone()).date();
    let notice = notice(sitting, sitting.opened_by, UNREACHED, Message::new(text));
    notices::tell(app, tx, &notice.once(format!("{} {today} {}", sitting.id, act.code()))).await?;
    Ok(())
}

/// Tells the host of a sitting who was asked and has not answered that it is called off.
pub(super) async fn off_draft(app: &App, tx: &mut Tx, sitting: &Sitting, by: Option<PersonId>) -> Result<(), Failure> {
    match sitting.host.person {
        Some(host) if by != Some(host) => {
            notices::tell(app, tx, &notice(sitting, host, OFF, Message::new("observations-notice-off"))).await?;
            Ok(())
        }
        None if !sitting.host.address.is_empty() => write_off(app, tx, sitting, LinkAct::Host).await,
        _ => Ok(()),
    }
}

/// Tells host, chair, keeper, secretaries and whoever opened it that a sitting is called off, but for whoever did so, and whoever waits for a
/// seat. Those without account get a mail, but for a host who did it by their link.
pub(super) async fn off(
    app: &App,
    tx: &mut Tx,
    (sitting, waiting): (&Sitting, &[PersonId]),
    by: Option<PersonId>,
) -> Result<(), Failure> {
    let (_, to) = parts_of(tx, sitting).await?;
    let text = || Message::new("observations-notice-off");
    let told = to.into_iter().filter(|to| by != Some(*to)).map(|to| notice(sitting, to, OFF, text()));
    let waiting = waiting.iter().map(|observer| answered(sitting, *observer, "observations-notice-off"));
    notices::tell_all(app, tx, &told.chain(waiting).collect::<Vec<_>>()).await?;
    for (somebody, act) in outside_of(sitting) {
        let is_told = if act == LinkAct::Chair { !is_host_too(sitting, somebody) } else { by.is_some() };
        if is_told {
            write_off(app, tx, sitting, act).await?;
        }
    }
    Ok(())
}

/// Whoever has a part in a sitting, and no account.
fn outside_of(sitting: &Sitting) -> impl Iterator<Item = (&Somebody, LinkAct)> {
    let both = [(&sitting.host, LinkAct::Host), (&sitting.chair, LinkAct::Chair)];
    both.into_iter().filter(|(somebody, _)| somebody.person.is_none() && !somebody.address.is_empty())
}

/// Whether whoever presides receives as well, without account: they are one person with one mail.
fn is_host_too(sitting: &Sitting, chair: &Somebody) -> bool {
    sitting.host.person.is_none() && chair.address == sitting.host.address
}

/// Tells host, chair, keeper, secretaries and whoever opened it that a sitting is at another time, but for whoever moved it. Where its other
/// side has to be asked again, whoever notes what it says is told so, whoever moved it among them. The mail to somebody without account has
/// a link that holds until its new end, and says what waits for them.
pub(super) async fn moved(
    app: &App,
    tx: &mut Tx,
    sitting: &Sitting,
    (by, is_side_asked_again): (PersonId, bool),
) -> Result<(), Failure> {
    let (asks, to) = parts_of(tx, sitting).await?;
    let told = |to: PersonId| {
        let is_to_ask = is_side_asked_again && asks.contains(&to);
        let key = if is_to_ask { "observations-notice-moved-side" } else { "observations-notice-moved" };
        (is_to_ask || to != by).then(|| notice(sitting, to, MOVED, Message::new(key)))
    };
    let notices: Vec<Notice> = to.into_iter().filter_map(told).collect();
    notices::tell_all(app, tx, &notices).await?;
    // A host who has yet to agree is asked anew.
    for (somebody, act) in outside_of(sitting) {
        if sitting.host_agreed_at.is_some() && (act == LinkAct::Host || !is_host_too(sitting, somebody)) {
            write_outside(app, tx, sitting, (act, true)).await?;
        }
    }
    Ok(())
}

/// Tells whoever notes what the other side says, but for whoever did so and for secretaries who observe, that it has to be asked again; `key`
/// says why. A host without account gets a mail, unless they said it by their link.
pub(super) async fn side_left(
    app: &App,
    tx: &mut Tx,
    sitting: &Sitting,
    (by, key): (Option<PersonId>, &'static str),
) -> Result<(), Failure> {
    let (mut asks, _) = parts_of(tx, sitting).await?;
    asks.sort_unstable();
    asks.dedup();
    let seats = store::seats_of(&mut *tx, sitting.id).await?;
    let observes = |person: PersonId| seats.iter().any(|seat| seat.observer == person && seat.state.stands());
    asks.retain(|to| by != Some(*to) && (sitting.host.is(*to) || !observes(*to)));
    let notices: Vec<Notice> = asks.into_iter().map(|to| notice(sitting, to, SIDES, Message::new(key))).collect();
    notices::tell_all(app, tx, &notices).await?;
    if by.is_some() && sitting.state != State::Draft && outside_of(sitting).any(|(_, act)| act == LinkAct::Host) {
        let outside = Outside { side: true, ..Outside::of(sitting, LinkAct::Host) };
        write_mail(app, tx, outside).await?;
    }
    Ok(())
}

/// Tells the host, the secretaries or both that somebody asks for a seat and waits for their answer. A host without account is written to
/// once a day at most.
pub(super) async fn asked(
    app: &App,
    tx: &mut Tx,
    sitting: &Sitting,
    (is_host_asked, are_secretaries_asked): (bool, bool),
) -> Result<(), Failure> {
    let text = Message::new("observations-notice-asked");
    let mut to: Vec<PersonId> = sitting.host.person.into_iter().filter(|_| is_host_asked).collect();
    if are_secretaries_asked {
        to.extend(identity::person_ids_with_part(&mut *tx, sitting.organisation, Part::Secretary).await?);
    }
    to.sort_unstable();
    to.dedup();
    let notices: Vec<Notice> = to.into_iter().map(|to| notice(sitting, to, ASKED, text.clone())).collect();
    notices::tell_all(app, tx, &notices).await?;
    if is_host_asked && sitting.host.person.is_none() && !sitting.host.address.is_empty() {
        let outside = Outside { wish: true, ..Outside::of(sitting, LinkAct::Host) };
        let day = app.now().to_string().chars().take(10).collect::<String>();
        let id = jobs::made_of(&[b"observations host", sitting.id.0.as_bytes(), day.as_bytes()]);
        let payload = serde_json::to_value(outside).context("a letter is plain data")?;
        jobs::add_once(app, tx, Some(sitting.organisation.0), MAIL, (id, &payload), app.now()).await?;
    }
    Ok(())
}

/// What somebody was asked of a sitting is done: the classes are agreed to, or every wish is answered.
pub(super) async fn done(
    app: &App,
    tx: &mut Tx,
    sitting: &Sitting,
    (person, act): (PersonId, LinkAct),
) -> Result<(), Failure> {
    let kind = if act == LinkAct::Chair { CHAIRS } else { ASKED };
    Ok(notices::settle(tx, person, (kind, &href(sitting)), app.now()).await?)
}

/// Tells the secretaries that something of a sitting waits for them.
pub(super) async fn secretaries(app: &App, tx: &mut Tx, sitting: &Sitting, key: &'static str) -> Result<(), Failure> {
    let mut all = identity::person_ids_with_part(&mut *tx, sitting.organisation, Part::Secretary).await?;
    // Whoever observes says nothing that lets themselves in: where that is the only secretary, it waits for whoever stands in.
    let seats = store::seats_of(&mut *tx, sitting.id).await?;
    all.retain(|secretary| seats.iter().all(|seat| seat.observer != *secretary || !seat.state.stands()));
    secretaries_or_host(app, tx, sitting, (all, key)).await
}

/// Tells the secretaries that conflicts of interest of these observers are to be settled: whoever observes does not settle their own.
pub(super) async fn of_conflicts(
    app: &App,
    tx: &mut Tx,
    sitting: &Sitting,
    observers: &[PersonId],
) -> Result<(), Failure> {
    let key = "observations-notice-conflict";
    let mut all = identity::person_ids_with_part(&mut *tx, sitting.organisation, Part::Secretary).await?;
    let has_nobody = |observer: &PersonId| all.iter().all(|secretary| secretary == observer);
    // Where nobody else is secretary, whoever stands in settles it.
    if observers.iter().any(has_nobody) {
        secretaries_or_host(app, tx, sitting, (Vec::new(), key)).await?;
    }
    // Whoever has only their own to settle has none.
    all.retain(|secretary| observers.iter().any(|observer| observer != secretary));
    if all.is_empty() { Ok(()) } else { secretaries_or_host(app, tx, sitting, (all, key)).await }
}

async fn secretaries_or_host(
    app: &App,
    tx: &mut Tx,
    sitting: &Sitting,
    (all, key): (Vec<PersonId>, &'static str),
) -> Result<(), Failure> {
    let mut notices: Vec<Notice> =
        all.into_iter().map(|to| notice(sitting, to, SECRETARIES, Message::new(key))).collect();
    if notices.is_empty() {
        // Where nobody is secretary, it waits for whoever stands in.
        let to = sitting.host.person.unwrap_or(sitting.opened_by);
        notices.push(notice(sitting, to, STANDS_IN, Message::new(key)));
    }
    notices::tell_all(app, tx, &notices).await?;
    Ok(())
}

/// Tells an observer what became of their wish; `key` says it.
pub(super) fn answered(sitting: &Sitting, observer: PersonId, key: &'static str) -> Notice {
    notice(sitting, observer, ANSWERED, Message::new(key))
}

/// Tells an observer that what they signed says another day than the sitting has now.
pub(super) fn sign_again(sitting: &Sitting, observer: PersonId) -> Notice {
    notice(sitting, observer, SIGNED, Message::new("observations-notice-sign-again"))
}

/// Invites an observer.
pub(super) fn seated(sitting: &Sitting, observer: PersonId, seat: SeatId) -> Notice {
    notice(sitting, observer, SEATED, Message::new("observations-notice-seated")).about(seat.0)
}

/// Tells an observer that the sitting at which they have a seat is elsewhere, or at another time.
pub(super) fn other_time(sitting: &Sitting, observer: PersonId, seat: SeatId) -> Notice {
    notice(sitting, observer, OTHER_TIME, Message::new("observations-notice-other-time")).about(seat.0)
}

/// Tells an observer that they need not come.
pub(super) fn gone(sitting: &Sitting, observer: PersonId, seat: SeatId) -> Notice {
    notice(sitting, observer, GONE, Message::new("observations-notice-gone")).about(seat.0)
}

/// Tells an observer that their undertaking ends.
pub(super) fn ending(sitting: &Sitting, to: PersonId, seat: SeatId, day: String) -> Notice {
    let once = format!("{seat} {day}");
    let text = Message::new("observations-notice-ending").with("day", day);
    notice(sitting, to, ENDING, text).once(once)
}

/// The mail that puts a sitting into an observer's calendar, moves it there, or takes it out.
async fn invitation(app: &App, told: &Told, (method, of): (Method, &str)) -> anyhow::Result<Option<Letter>> {
    let Some(seat) = told.about.map(SeatId) else { return Ok(None) };
    let Some((seat, sitting)) = seat_and_sitting(&app.db, told.reader.organisation, seat).await? else {
        return Ok(None);
    };
    let zone = told.reader.time_zone();
    let text = Message::new(format!("observations-mail-{of}"))
        .with("number", sitting.number.to_string())
        .with("at", when(told.reader.lang, &sitting, &zone));
    let link = (Message::new("observations-mail-link"), told.url(app));
    let attached = attached(app, &sitting, &seat, &told.reader, method);
    Ok(Some(Letter {
        subject: Message::new(format!("observations-notice-{of}-mail")),
        paragraphs: vec![text],
        link: Some(link),
        attached: Some(attached),
    }))
}

/// Has an observer be reminded some days before their undertaking ends.
pub(super) async fn remind(app: &App, tx: &mut Tx, reminder: Reminder, due: Timestamp) -> Result<(), Failure> {
    // One that was signed anew, since the sitting moved, has a day of its own.
    let second = due.as_second().to_be_bytes();
    let id = jobs::made_of(&[b"observations remind", reminder.seat.0.as_bytes(), &second]);
    let payload = json!(reminder);
    jobs::add_once(app, tx, Some(reminder.organisation.0), REMIND, (id, &payload), due).await?;
    Ok(())
}

pub(super) async fn tell(app: &App, tx: &mut Tx, all: &[Notice]) -> Result<(), Failure> {
    notices::tell_all(app, tx, all).await?;
    Ok(())
}
