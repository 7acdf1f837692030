//! Changes of invitations to open a sitting, and what is opened with one: who may, in one transaction, with the audit entry. The trail names
//! no host.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::super::actions::{Opened, Wanted, add, edition_to_open, fits, link_holds, note, one_line, planned};
use super::super::letters;
use super::super::model::{InvitationId, Kind, LONGEST_NAME, LinkAct, Plan, Sitting, Somebody, too_long};
use super::super::sides::actions::named;
use super::super::store::{self as sittings, Link};
use super::super::undertakings::checked;
use super::store::{self, Invitation};
use crate::app::App;
use crate::audit::{self, Note};
use crate::db::{Reader, Tx};
use crate::i18n::Message;
use crate::identity::{self, Act, Address, OrganisationId, Viewer};
use crate::jobs;
use crate::problems::{Failure, Problems, Refusal};
use crate::programmes::{self, Edition, EditionId};
use crate::transaction;

/// The job that writes to whoever is invited.
pub(super) const MAIL: &str = "observations.mail-invitation";
/// The job that forgets an invitation.
pub(super) const FORGET: &str = "observations.forget-invitation";

/// So long after its last mail an invitation holds.
const HOLDS: SignedDuration = SignedDuration::from_hours(30 * 24);
/// So long after its last mail nothing is kept of whom it named.
const KEPT: SignedDuration = SignedDuration::from_hours(90 * 24);
/// So many invitations of somebody's wait for an edition at most.
const MOST_WAITING: usize = 40;
/// So many mails somebody has written in a day, whatever becomes of them: under the house's name nobody is to be bothered.
const MOST_A_DAY: i64 = 20;
/// So many the same address gets in a day, whoever asks for them.
const MOST_TO_ONE: i64 = 3;
pub(super) const DAY: SignedDuration = SignedDuration::from_hours(24);
/// Another mail to the same person goes out so long after the last.
const BETWEEN_MAILS: SignedDuration = SignedDuration::from_hours(1);

/// An invitation of the reader's own that waits.
#[derive(Clone, Debug)]
pub struct Invited {
    pub id: InvitationId,
    pub name: String,
    pub address: String,
    pub sent_at: Timestamp,
    pub expires_at: Timestamp,
    /// Whether its links still open the form.
    pub holds: bool,
}

/// What a job is told of an invitation.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) struct Meant {
    pub organisation: OrganisationId,
    pub invitation: InvitationId,
}

impl Invitation {
    fn meant(&self) -> serde_json::Value {
        json!(Meant { organisation: self.organisation, invitation: self.id })
    }

    /// When nothing of it is kept any more.
    pub(super) fn forgotten_at(&self) -> Timestamp {
        self.sent_at.saturating_add(KEPT).unwrap_or(Timestamp::MAX)
    }
}

/// The invitations for an edition with which nothing has been opened yet: the reader's own, and whoever opens sittings everywhere reads all.
pub(in super::super) async fn waiting(app: &App, viewer: &Viewer, edition: EditionId) -> Result<Vec<Invited>, Failure> {
    let now = app.now();
    let mut waiting = store::waiting(&app.db, edition).await?;
    waiting.retain(|one| answers_for(viewer, one));
    let told = |one: Invitation| Invited {
        id: one.id,
        holds: one.expires_at > now,
        name: one.host.name,
        address: one.host.address,
        sent_at: one.sent_at,
        expires_at: one.expires_at,
    };
    Ok(waiting.into_iter().map(told).collect())
}

/// An edition for which somebody may open sittings, while there is anything to be learned in it.
async fn edition_for(from: impl Into<Reader<'_>>, viewer: &Viewer, id: EditionId) -> Result<Edition, Failure> {
    let edition = edition_to_open(from, viewer, id).await?;
    if edition.closed_at.is_some() { Err(Refusal::NotFound.into()) } else { Ok(edition) }
}

/// Invites somebody without account to open a sitting for an edition.
pub async fn invite(
    app: &App,
    viewer: &Viewer,
    edition: EditionId,
    (name, address): (&str, &str),
) -> Result<InvitationId, Failure> {
    transaction!(app.db, tx => {
        let edition = edition_for(&mut *tx, viewer, edition).await?;
        let host = outside(tx, &edition, (name, address)).await?;
        let mut waiting = store::waiting(&mut *tx, edition.id).await?;
        waiting.retain(|one| one.invited_by == viewer.person);
        if waiting.iter().any(|one| one.host.address == host.address) {
            return Err(Problems::one("outside-address", Message::new("observations-invite-twice")).into());
        }
        if waiting.len() >= MOST_WAITING {
            let most = Message::new("observations-invite-many").with("most", MOST_WAITING);
            return Err(Problems::one("outside-address", most).into());
        }
        let now = app.now();
        let invitation = Invitation {
            id: InvitationId(app.id()),
            organisation: viewer.organisation,
            edition: edition.id,
            host,
            invited_by: viewer.person,
            sent_at: now,
            expires_at: now.saturating_add(HOLDS).unwrap_or(Timestamp::MAX),
            sitting: None,
        };
        one_mail_more(app, tx, viewer, &invitation).await?;
        store::add(tx, &invitation).await?;
        jobs::add(app, tx, Some(invitation.organisation.0), MAIL, &invitation.meant()).await?;
        forget_later(app, tx, &invitation).await?;
        noted(app, tx, viewer, (&invitation, "observations.invite")).await?;
        Ok(invitation.id)
    })
}

/// Notes another mail to whom an invitation names, as long as neither whoever asks for it nor whom it is to has had too many.
async fn one_mail_more(app: &App, tx: &mut Tx, viewer: &Viewer, invitation: &Invitation) -> Result<(), Failure> {
    let now = app.now();
    let yesterday = now.saturating_sub(DAY).unwrap_or(now);
    let address = invitation.host.address.to_lowercase();
    let address = Sha256::new().chain_update(viewer.organisation.0).chain_update(address).finalize();
    let whose = (viewer.organisation, viewer.person, address.as_slice());
    let (asked, same) = store::mails_since(&mut *tx, whose, yesterday).await?;
    let too_many = if asked >= MOST_A_DAY {
        Message::new("observations-invite-today").with("most", MOST_A_DAY)
    } else if same >= MOST_TO_ONE {
        Message::new("observations-invite-same").with("most", MOST_TO_ONE)
    } else {
        let mail = (app.id(), viewer.organisation, viewer.person, address.as_slice());
        return Ok(store::add_mail(tx, mail, (now, yesterday)).await?);
    };
    Err(Problems::one("outside-address", too_many).into())
}

/// Whom somebody means who is not of the organisation; all that is wrong is said at once.
async fn outside(tx: &mut Tx, edition: &Edition, (name, address): (&str, &str)) -> Result<Somebody, Failure> {
    let (name, typed) = (one_line(name), one_line(address));
    let mut problems = Problems::default();
    if name.is_empty() {
        problems.add("outside-name", Message::new("observations-name-missing"));
    } else if name.chars().count() > LONGEST_NAME {
        problems.add("outside-name", too_long(LONGEST_NAME));
    }
    let Some(address) = Address::parse(&typed) else {
        problems.add("outside-address", Message::new("observations-invite-address"));
        return Err(problems.into());
    };
    // Whoever has an account is named in the form as who receives, and told in the product.
    match programmes::named(tx, edition.organisation, "outside-address", address.as_str()).await {
        Ok(_) => problems.add("outside-address", Message::new("observations-invite-account")),
        Err(Failure::Problems(_)) => {}
        Err(failure) => return Err(failure),
    }
    Ok(problems.or(Somebody { person: None, name, address: address.to_string() })?)
}

/// Whether somebody has an invitation be sent again or withdrawn: it is theirs, or they open sittings everywhere.
fn answers_for(viewer: &Viewer, invitation: &Invitation) -> bool {
    invitation.invited_by == viewer.person || viewer.may(Act::OpenSittings, &viewer.record())
}

/// An invitation for which the reader answers, with which nothing has been opened yet.
async fn own(tx: &mut Tx, viewer: &Viewer, (edition, id): (EditionId, InvitationId)) -> Result<Invitation, Failure> {
    let invitation = store::invitation(tx, viewer.organisation, id).await?;
    let is_own = |one: &Invitation| {
        answers_for(viewer, one) && one.edition == edition && one.sitting.is_none() && !one.host.is_nobody()
    };
    Ok(invitation.filter(is_own).ok_or(Refusal::NotFound)?)
}

/// Sends another mail, one in an hour at most, and has all links of the invitation hold as long again.
pub(super) async fn send_again(app: &App, viewer: &Viewer, of: (EditionId, InvitationId)) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let invitation = own(tx, viewer, of).await?;
        edition_for(&mut *tx, viewer, invitation.edition).await?;
        let now = app.now();
        // Nothing of it is kept longer without a mail that says so.
        if now.duration_since(invitation.sent_at) < BETWEEN_MAILS {
            return Ok(());
        }
        one_mail_more(app, tx, viewer, &invitation).await?;
        let expires_at = now.saturating_add(HOLDS).unwrap_or(Timestamp::MAX);
        store::prolong(tx, invitation.id, (now, expires_at)).await?;
        let invitation = Invitation { sent_at: now, expires_at, ..invitation };
        let hour = now.as_second().div_euclid(60 * 60).to_be_bytes();
        let id = jobs::made_of(&[b"observations invite again", invitation.id.0.as_bytes(), &hour]);
        let organisation = Some(invitation.organisation.0);
        jobs::add_once(app, tx, organisation, MAIL, (id, &invitation.meant()), now).await?;
        forget_later(app, tx, &invitation).await?;
        noted(app, tx, viewer, (&invitation, "observations.invite-again")).await
    })
}

/// Withdraws an invitation: nothing is kept of it, and its links open nothing.
pub(super) async fn withdraw(app: &App, viewer: &Viewer, of: (EditionId, InvitationId)) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let invitation = own(tx, viewer, of).await?;
        store::withdraw(tx, invitation.id, app.now()).await?;
        noted(app, tx, viewer, (&invitation, "observations.invite-withdraw")).await
    })
}

async fn noted(
    app: &App,
    tx: &mut Tx,
    viewer: &Viewer,
    (invitation, verb): (&Invitation, &'static str),
) -> Result<(), Failure> {
    let note = Note::new(invitation.organisation.0, viewer.person.0, verb).about("edition", invitation.edition.0);
    Ok(audit::note(app, tx, note.with(json!({ "invitation": invitation.id }))).await?)
}

/// Has an invitation be forgotten some time after its last mail. One that is sent again is looked at twice.
async fn forget_later(app: &App, tx: &mut Tx, invitation: &Invitation) -> Result<(), Failure> {
    let due = invitation.forgotten_at();
    let id = jobs::made_of(&[FORGET.as_bytes(), invitation.id.0.as_bytes(), &due.as_second().to_be_bytes()]);
    let organisation = Some(invitation.organisation.0);
    Ok(jobs::add_once(app, tx, organisation, FORGET, (id, &invitation.meant()), due).await?)
}

/// Makes a link for the mail of an invitation, if it waits.
pub(super) async fn make_link(app: &App, meant: Meant) -> Result<Option<(Invitation, String)>, Failure> {
    let (secret, now) = (app.secret(), app.now());
    let waits = |one: &Invitation| one.sitting.is_none() && !one.host.is_nobody() && one.expires_at > now;
    let invitation = transaction!(app.db, tx => {
        let invitation = store::invitation(&mut *tx, meant.organisation, meant.invitation).await?.filter(waits);
        if let Some(invitation) = &invitation {
            store::add_link(tx, &identity::digest(&secret), invitation, now).await?;
        }
        Ok::<_, Failure>(invitation)
    })?;
    let url = format!("{}/o/new/{}", app.config.public_url, identity::encode(&secret));
    Ok(invitation.map(|invitation| (invitation, url)))
}

/// What a link asks for: the invitation, who made it, and for which edition.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub invitation: Invitation,
    pub by: Viewer,
    pub edition: Edition,
}

/// What a link opens.
#[derive(Clone, Debug)]
pub(super) enum Opens {
    /// The form with which a sitting is opened.
    Form(Box<Asked>),
    /// Nothing any more: a sitting was opened with it.
    Used,
    /// It never was, holds no more, or whoever invited may open no sittings there any more.
    Nothing,
}

/// What a link opens while it holds, and whoever invited has an account and may still open sittings there.
pub(super) async fn opens(from: impl Into<Reader<'_>>, token: &str, now: Timestamp) -> Result<Opens, Failure> {
    let mut from = from.into();
    let Some(digest) = identity::digest_of(token) else { return Ok(Opens::Nothing) };
    let Some(invitation) = store::by_link(from.again(), &digest, now).await? else { return Ok(Opens::Nothing) };
    if invitation.sitting.is_some() {
        return Ok(Opens::Used);
    }
    let by = identity::viewer_in(from.again(), invitation.invited_by).await?;
    let Some(by) = by.filter(|by| by.account.is_some()) else { return Ok(Opens::Nothing) };
    match edition_for(from, &by, invitation.edition).await {
        Ok(edition) => Ok(Opens::Form(Box::new(Asked { invitation, by, edition }))),
        Err(Failure::Refusal(Refusal::NotFound)) => Ok(Opens::Nothing),
        Err(failure) => Err(failure),
    }
}

/// What is said of a host stands in no field of the form, which has none for them: whoever fills it in cannot mend it.
fn of_the_form(failure: Failure) -> Failure {
    let Failure::Problems(problems) = failure else { return failure };
    let is_of_host = ["host", "host-name"].iter().any(|field| problems.of(field).next().is_some());
    let mut ours = problems.without("host").without("host-name");
    if is_of_host {
        ours.add("", Message::new("observations-by-link-host"));
    }
    ours.into()
}

/// What a host says of a negotiation: who is on the other side, and that it agrees to observers.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct OtherSide<'a> {
    pub name: &'a str,
    pub agrees: bool,
}

/// Opens a sitting by the link of an invitation, which is used up with it, and says where its host goes on. They name nobody of the
/// organisation: who presides and who keeps the record others say.
pub(super) async fn open(app: &App, token: &str, wanted: &Wanted, side: OtherSide<'_>) -> Result<String, Failure> {
    let secret = app.secret();
    let is_negotiation = wanted.plan.kind == Kind::Negotiation;
    // All that is typed is looked at before any of it is done.
    let mut wrong = wanted.terms.and_then(|terms| checked(terms).err()).unwrap_or_default();
    let side_name = Some(side.name).filter(|name| is_negotiation && !name.is_empty()).map(named).transpose();
    let side_name = side_name.unwrap_or_else(|problems| {
        wrong.extend(problems);
        None
    });
    let sitting = transaction!(app.db, tx => {
        let Asked { invitation, by, edition } = match opens(&mut *tx, token, app.now()).await? {
            Opens::Form(asked) => *asked,
            Opens::Used => return Err(Refusal::Conflict.into()),
            Opens::Nothing => return Err(Refusal::NotFound.into()),
        };
        let mut wanted = Wanted {
            host: (invitation.host.address.clone(), invitation.host.name.clone()),
            chair: (String::new(), String::new()),
            keeper: String::new(),
            ..wanted.clone()
        };
        wanted.problems.extend(wrong.clone());
        let plan: Plan = wanted.resolved(app, tx, invitation.organisation).await.map_err(of_the_form)?;
        fits(tx, &edition, &plan).await?;
        let sitting = planned(app, tx, (&by, &edition), &plan, (wanted.terms, true)).await?;
        let agrees = is_negotiation && side.agrees;
        let sitting = Sitting { other_side_agreed_at: agrees.then(|| app.now()), ..sitting };
        add(app, tx, (&by, Opened::Link(invitation.id)), &sitting, &plan.competencies).await?;
        if !store::use_up(tx, invitation.id, sitting.id).await? {
            return Err(Refusal::Conflict.into());
        }
        if let Some(name) = &side_name {
            sittings::name_side(tx, &sitting, name, (None, app.now())).await?;
            letters::forget_later(app, tx, &sitting).await?;
            note(app, tx, None, &sitting, "observations.name-side").await?;
        }
        if agrees {
            note(app, tx, None, &sitting, "observations.other-side").await?;
        }
        letters::secretaries(app, tx, &sitting, "observations-notice-classify").await?;
        letters::host_said(app, tx, &sitting, (None, "observations-notice-host-opened")).await?;
        if sitting.host.person.is_none() {
            // The mail brings the link that they keep; with this one they go on at once.
            letters::ask_host(app, tx, &sitting).await?;
            let link = Link { organisation: sitting.organisation, sitting: sitting.id, act: LinkAct::Host };
            let until = (app.now(), link_holds(&sitting));
            sittings::add_link(tx, &identity::digest(&secret), &link, until).await?;
        }
        Ok::<_, Failure>(sitting)
    })?;
    // Whoever has got an account since is told in the product, and signs in.
    let is_outside = sitting.host.person.is_none();
    Ok(if is_outside { format!("/o/{}", identity::encode(&secret)) } else { format!("/sittings/{}", sitting.id) })
}
