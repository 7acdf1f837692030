//! The room of the demonstration. Where there is a secretary: a board meeting tomorrow with five items of four classes, one such meeting that
//! was held, a negotiation with an outside company that was held, and one tomorrow. Where there is none, a business owner receives students
//! at negotiations. Everybody does what is theirs, as in every room.

use jiff::civil::Time;
use jiff::{SignedDuration, Timestamp, ToSpan as _};

use super::editions::viewer;
use super::loops;
use crate::activities::{self, model as plan};
use crate::app::{App, Clock};
use crate::identity::{self, Organisation, Part, PersonId, Viewer};
use crate::mentorships::{self, Mentorship};
use crate::observations::model::{Answer, Class, Kind, Plan, SeatId, SittingId, Somebody};
use crate::observations::record::actions::{self, Tap, Told, When};
use crate::observations::{self, By, Planned, Wanted};
use crate::problems::{Failure, Problems, Refusal};
use crate::programmes::EditionId;

/// The items of a board meeting, and how long each takes.
const BOARD: [(Class, i64); 5] = [
    (Class::Open, 20),
    (Class::Confidential, 30),
    (Class::LegalAdvice, 20),
    (Class::InsideInformation, 15),
    (Class::Open, 35),
];
const NEGOTIATION: [(Class, i64); 1] = [(Class::Open, 90)];

/// Opens the room in an edition. Whoever a visitor may be sits in it, and receives.
pub(super) async fn open(
    app: &App,
    organisation: &Organisation,
    edition: EditionId,
    visitors: &[PersonId],
) -> Result<(), Failure> {
    let mut pairs = mentorships::of_edition(&app.db, edition).await?;
    pairs.sort_by_key(|pair| !visitors.contains(&pair.mentee));
    let Some(pair) = pairs.first() else { return Ok(()) };
    let with_part = async |part| identity::person_ids_with_part(&app.db, organisation.id, part).await;
    let secretary = match with_part(Part::Secretary).await?.first() {
        Some(secretary) => Some(viewer(app, *secretary).await?),
        None => None,
    };
    let mentors = pairs.iter().map(|pair| pair.mentor).filter(|mentor| visitors.contains(mentor));
    let hosts = with_part(Part::Host).await?;
    let host = hosts.into_iter().chain(mentors).next().unwrap_or(pair.mentor);
    let host = viewer(app, host).await?;
    let stage = Stage { app, organisation, pair, host, secretary };
    stage.negotiations().await?;
    if stage.secretary.is_none() {
        return Ok(());
    }
    stage.held(Kind::Meeting, 9).await?;
    let (board, _) = stage.prepared(app, Kind::Meeting, stage.day(1, Kind::Meeting)).await?;
    // Somebody else would like to come to the board as well, and waits for an answer.
    if let Some(other) = pairs.get(1) {
        let mentee = viewer(app, other.mentee).await?;
        observations::ask(app, &mentee, board, (other.id, None)).await?;
    }
    Ok(())
}

/// A pair, who receives, and the secretary of the house.
struct Stage<'a> {
    app: &'a App,
    organisation: &'a Organisation,
    pair: &'a Mentorship,
    host: Viewer,
    secretary: Option<Viewer>,
}

impl Stage<'_> {
    /// Who classifies the items and keeps the record: the secretary, or the host where there is none.
    fn keeper(&self) -> &Viewer {
        self.secretary.as_ref().unwrap_or(&self.host)
    }

    /// The app as it was at an instant.
    fn then(&self, at: Timestamp) -> App {
        App { clock: Clock::at(at), ..self.app.clone() }
    }

    /// One that was held, and one tomorrow, to which nothing is missing but a signature.
    async fn negotiations(&self) -> Result<(), Failure> {
        let mentee = viewer(self.app, self.pair.mentee).await?;
        if let Some(secretary) = &self.secretary {
            // Confidential items are open to her: she was cleared before the first of them.
            let given = self.then(self.day(-12, Kind::Meeting));
            let until = self.app.now().to_zoned_datetime(secretary.zone.clone()).date().saturating_add(300.days());
            observations::clear(&given, secretary, &mentee.address, Some(until)).await?;
        }
        self.held(Kind::Negotiation, 5).await?;
        let (talks, seat) = self.prepared(self.app, Kind::Negotiation, self.day(1, Kind::Negotiation)).await?;
        observations::declare(self.app, &mentee, (talks, seat), (false, "")).await
    }

    /// So many days from now, on the clock of whoever keeps the room: the board sits in the morning, talks are in the afternoon.
    fn day(&self, days: i64, kind: Kind) -> Timestamp {
        let hour = if kind == Kind::Meeting { 10 } else { 16 };
        let zone = self.keeper().zone.clone();
        let day = zone.to_datetime(self.app.now()).date().saturating_add(days.days());
        zone.to_ambiguous_timestamp(day.to_datetime(Time::constant(hour, 0, 0, 0))).compatible().unwrap_or_default()
    }

    /// A sitting so many days ago, from the opening to its end: everything was done then.
    async fn held(&self, kind: Kind, ago: i64) -> Result<(), Failure> {
        let starts_at = self.day(-ago, kind);
        let before = self.then(starts_at - SignedDuration::from_hours(48));
        let (sitting, seat) = self.prepared(&before, kind, starts_at).await?;
        let mentee = viewer(self.app, self.pair.mentee).await?;
        let mentor = viewer(self.app, self.pair.mentor).await?;
        observations::declare(&before, &mentee, (sitting, seat), (false, "")).await?;
        observations::sign_now(&before, &mentee, (sitting, seat)).await?;
        let of = (self.pair.id, seat);
        loops::expect(&before, &mentee, of, kind).await?;
        let after = self.then(starts_at + SignedDuration::from_hours(3));
        self.recorded(&after, (sitting, starts_at), if kind == Kind::Meeting { &BOARD } else { &NEGOTIATION }).await?;
        match kind {
            Kind::Meeting => loops::look_back(&after, (&mentee, &mentor), of).await,
            Kind::Negotiation => Ok(()),
        }
    }

    /// The record of a sitting as its secretary kept it. The observer is out where they have to be, but for two minutes of inside
    /// information, to which they came back too early.
    async fn recorded(
        &self,
        app: &App,
        (sitting, starts_at): (SittingId, Timestamp),
        items: &[(Class, i64)],
    ) -> Result<(), Failure> {
        let observer = self.pair.mentee;
        let (comes, leaves) = (Tap::Comes { observer }, Tap::Leaves { observer });
        let (mut at, mut is_in) = (starts_at, false);
        let mut taps = Vec::new();
        for (item, (class, minutes)) in (1_u32..).zip(items) {
            let may_be_in = *class != Class::LegalAdvice;
            if is_in != may_be_in {
                taps.push((at, if may_be_in { comes.clone() } else { leaves.clone() }));
                is_in = may_be_in;
            }
            taps.push((at, Tap::ItemBegins { item, all_the_same: false }));
            if *class == Class::InsideInformation {
                taps.push((at + SignedDuration::from_mins(2), leaves.clone()));
                is_in = false;
            }
            at += SignedDuration::from_mins(*minutes);
            taps.push((at, Tap::ItemEnds { item }));
        }
        taps.push((at, Tap::Closed));
        let told = |(at, tap)| Told { client: app.id(), tap, when: When::At(at), again: false };
        let told: Vec<Told> = taps.into_iter().map(told).collect();
        actions::note(app, self.keeper(), sitting, &told).await
    }

    /// A sitting whose items are classified and agreed to, and at which the mentee holds a seat.
    async fn prepared(&self, app: &App, kind: Kind, starts_at: Timestamp) -> Result<(SittingId, SeatId), Failure> {
        let mentee = viewer(app, self.pair.mentee).await?;
        let items: &[(Class, i64)] = if kind == Kind::Meeting { &BOARD } else { &NEGOTIATION };
        let minutes = items.iter().map(|(_, minutes)| minutes).sum();
        let wanted = Wanted {
            plan: Plan {
                kind,
                starts_at,
                ends_at: starts_at + SignedDuration::from_mins(minutes),
                zone: self.organisation.zone.clone(),
                place: if kind == Kind::Meeting { "Sala del consejo" } else { "Sala 3" }.to_owned(),
                link: String::new(),
                seats: if kind == Kind::Meeting { 2 } else { 1 },
                competencies: vec![if kind == Kind::Meeting { "decision-making" } else { "negotiation" }.to_owned()],
                host: Somebody::default(),
                chair: Somebody::default(),
                keeper: None,
            },
            host: (self.host.address.clone(), String::new()),
            chair: (String::new(), String::new()),
            keeper: self.keeper().address.clone(),
            problems: Problems::default(),
            terms: None,
        };
        let sitting = observations::open(app, &self.host, self.pair.edition, &wanted).await?;
        let seat = observations::ask(app, &mentee, sitting, (self.pair.id, self.planned(kind, sitting).await?)).await?;
        for viewer in [Some(&self.host), self.secretary.as_ref()].into_iter().flatten() {
            observations::answer(app, By::Person(viewer), (Some(sitting), seat), Answer::Agreed).await?;
        }
        self.classified(app, (sitting, starts_at), items).await?;
        if kind == Kind::Negotiation {
            observations::name_side(app, By::Person(&self.host), Some(sitting), "Cartones del Ebro").await?;
            observations::other_side_agrees(app, By::Person(&self.host), Some(sitting)).await?;
        }
        Ok((sitting, seat))
    }

    async fn classified(
        &self,
        app: &App,
        (sitting, starts_at): (SittingId, Timestamp),
        items: &[(Class, i64)],
    ) -> Result<(), Failure> {
        let mut from = starts_at;
        let mut planned = Vec::new();
        for (class, minutes) in items {
            let to = from + SignedDuration::from_mins(*minutes);
            planned.push(Planned { class: Some(*class), from: Some(from), to: Some(to) });
            from = to;
        }
        let read = observations::sitting(&app.db, self.organisation.id, sitting).await?.ok_or(Refusal::NotFound)?;
        observations::classify(app, self.keeper(), (sitting, read.version), &planned).await?;
        // Who stands in for a secretary has agreed by saying it.
        if self.secretary.is_none() {
            return Ok(());
        }
        let items = observations::items_of(&app.db, sitting).await?;
        let seen = observations::model::classes_seen(&items);
        observations::chair_agrees(app, By::Person(&self.host), Some(sitting), &seen).await.map(drop)
    }

    /// An observation of the pair's plan that is still to come and that no seat fulfils.
    async fn planned(&self, kind: Kind, sitting: SittingId) -> Result<Option<plan::ActivityId>, Failure> {
        let all = activities::plan(&self.app.db, self.pair.id).await?;
        let spoken_for = observations::spoken_for(&self.app.db, self.pair.id, sitting).await?;
        let fits =
            |one: &&plan::Activity| one.is_to_be_done() && one.kind == kind.activity() && !spoken_for.contains(&one.id);
        Ok(all.iter().find(fits).map(|one| one.id))
    }
}
