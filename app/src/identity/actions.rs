//! Every change to identity: who may, in one transaction, with the audit entry and the jobs.

use std::net::IpAddr;

use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::leaving::on_record;
use super::may::Act;
use super::model::{
    self, Account, Address, Founding, Held, NewOrganisation, NewPerson, Organisation, OrganisationId, Part, PersonCore,
    PersonId, Record, Scope, TokenScopes, Viewer, digest, encode,
};
use super::{password, store};
use crate::app::App;
use crate::audit::{self, Note};
use crate::db::{Error, Tx};
use crate::i18n::{Lang, Message};
use crate::problems::{Failure, Problems, Refusal};
use crate::{jobs, notices, transaction};

const SESSION_LASTS: SignedDuration = SignedDuration::from_hours(14 * 24);
/// A session that began with a mailed link may set a password without the old one for this long.
pub(super) const LINK_PROVES: SignedDuration = SignedDuration::from_mins(30);
const SEEN_EVERY: SignedDuration = SignedDuration::from_mins(10);
const WINDOW: SignedDuration = SignedDuration::from_mins(15);
const TRIES_OF_ADDRESS: i64 = 10;
const TRIES_OF_PEER: i64 = 100;

/// The ways in, each of which is limited.
const PASSWORD: &str = "password";
const LINK: &str = "link";
const OLD_PASSWORD: &str = "old password";
const LETTER: &str = "letter";
const COPY: &str = "copy";

/// The job that mails a link.
pub(super) const MAIL_LINK: &str = "identity.mail-link";

/// What coordinators are told when mails to somebody come back.
pub(super) const UNREACHABLE: &str = "identity.unreachable";

/// Why a link was mailed, and how long it opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    SignIn,
    /// The same, to the private address.
    SignInPrivately,
    Invitation,
    First,
    /// Confirms a private address, and opens nothing.
    Private,
}

impl Purpose {
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::SignIn => "sign-in",
            Self::SignInPrivately => "sign-in-privately",
            Self::Invitation => "invitation",
            Self::First => "first",
            Self::Private => "private-address",
        }
    }

    /// How long its mail is still worth sending where the mail server is down: nobody waits for days to sign in.
    pub(super) fn waits(self) -> SignedDuration {
        match self {
            Self::SignIn | Self::SignInPrivately => SignedDuration::from_hours(2 * 24),
            Self::Invitation | Self::First | Self::Private => SignedDuration::MAX,
        }
    }

    pub(super) fn parse(code: &str) -> Option<Self> {
        [Self::SignIn, Self::SignInPrivately, Self::Invitation, Self::First, Self::Private]
            .into_iter()
            .find(|purpose| purpose.code() == code)
    }

    pub(super) fn lasts(self) -> SignedDuration {
        match self {
            Self::SignIn | Self::SignInPrivately => SignedDuration::from_mins(20),
            Self::Invitation => SignedDuration::from_hours(14 * 24),
            Self::First | Self::Private => SignedDuration::from_hours(24),
        }
    }
}

/// A session as the browser is to keep it.
#[derive(Clone, Debug)]
pub struct Opened {
    pub token: String,
}

/// Signs somebody in with address and password. The answer to a wrong address and a wrong password is the same, and takes as long.
pub(super) async fn sign_in(
    app: &App,
    peer: IpAddr,
    agent: &str,
    address: &str,
    given: &str,
) -> Result<Opened, Failure> {
    let wrong = || Failure::from(Problems::one("", Message::new("identity-sign-in-wrong")));
    let address = address.trim().to_lowercase();
    allow_attempt(app, PASSWORD, &address, Some(peer)).await?;
    let keys = store::keys(&app.db, &address).await?;
    let kept = keys.as_ref().and_then(|keys| keys.password.as_deref());
    if !password::verify(given, kept).await? {
        return Err(wrong());
    }
    let keys = keys.ok_or_else(wrong)?;
    let (bucket, now) = (bucket(PASSWORD, &address), app.now());
    let (opened, session) = new_session(app, keys.account, agent, false);
    transaction!(app.db, tx => {
        store::forget_attempts_at(tx, &bucket).await?;
        let first = store::memberships(&mut *tx, keys.account).await?.into_iter().next().ok_or_else(wrong)?;
        let session = session.clone().of(first.organisation, first.person);
        store::add_session(tx, &session).await?;
        note(app, tx, first.organisation, first.person, "identity.sign-in").await?;
        Ok::<_, Failure>(())
    })?;
    transaction!(app.db, tx => store::end_old_sessions(tx, now).await)?;
    Ok(opened)
}

/// Sends a link that signs in, if the address is somebody's. Whoever asks cannot tell.
pub(super) async fn ask_for_link(app: &App, peer: IpAddr, address: &str) -> Result<(), Failure> {
    let Some(address) = Address::parse(address) else {
        return Err(Problems::one("address", Message::new("identity-address-wrong")).into());
    };
    allow_attempt(app, LINK, address.as_str(), Some(peer)).await?;
    transaction!(app.db, tx => {
        // The job is added either way, so that nobody can tell; it names a person, and never what somebody typed.
        let person = store::person_by_address(&mut *tx, address.as_str()).await?;
        let privately = store::person_by_private_address(&mut *tx, address.as_str()).await?;
        let purpose = if person.is_none() && privately.is_some() { Purpose::SignInPrivately } else { Purpose::SignIn };
        let payload = json!({"purpose": purpose.code(), "person": person.or(privately)});
        jobs::add(app, tx, None, MAIL_LINK, &payload).await
    })?;
    Ok(())
}

/// Counts an attempt against whom it is about and the peer it comes from, over all servers, and refuses when there were too
/// many. Each way in is counted apart: who guesses at somebody's password does not bar the way to their mailed link.
async fn allow_attempt(app: &App, way: &str, whom: &str, peer: Option<IpAddr>) -> Result<(), Failure> {
    let now = app.now();
    let of_peer = peer.map(|peer| (bucket(way, &network(peer).to_string()), TRIES_OF_PEER));
    let buckets: Vec<_> = [(bucket(way, whom), TRIES_OF_ADDRESS)].into_iter().chain(of_peer).collect();
    let (is_allowed, is_new) = transaction!(app.db, tx => {
        let (mut is_allowed, mut is_new) = (true, false);
        for (bucket, most) in &buckets {
            let tries = store::count_attempt(tx, bucket, now, now - WINDOW).await?;
            is_allowed &= tries <= *most;
            is_new |= tries == 1;
        }
        Ok::<_, Error>((is_allowed, is_new))
    })?;
    if is_new {
        // Apart, because it looks at every row: beside the counting it would make serializable transactions collide.
        transaction!(app.db, tx => store::forget_attempts(tx, now - WINDOW - WINDOW).await)?;
    }
    is_allowed.then_some(()).ok_or(Failure::Refusal(Refusal::TooOften))
}

/// Somebody has a link mailed to an address of theirs: not so often that others could be written to at will.
pub(super) async fn allow_letter(app: &App, person: PersonId) -> Result<(), Failure> {
    allow_attempt(app, LETTER, &person.to_string(), None).await
}

/// Somebody takes a copy of what is known of them, which reads every table.
pub async fn allow_copy(app: &App, person: PersonId) -> Result<(), Failure> {
    allow_attempt(app, COPY, &person.to_string(), None).await
}

fn bucket(way: &str, of: &str) -> Vec<u8> {
    Sha256::digest(format!("{way} {of}").as_bytes()).to_vec()
}

/// Whom a peer is counted as: with IPv6 the /64, all of which one customer has (RFC 6177).
fn network(peer: IpAddr) -> IpAddr {
    match peer.to_canonical() {
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::from([a, b, c, d, 0, 0, 0, 0])
        }
        address @ IpAddr::V4(_) => address,
    }
}

/// What a link would open, without opening it: mail scanners follow every link.
pub(super) async fn look_at_link(app: &App, token: &str) -> Result<Option<Purpose>, Failure> {
    let Some(digest) = model::digest_of(token) else { return Ok(None) };
    let link = store::link(&app.db, &digest, app.now()).await?;
    Ok(link.and_then(|link| Purpose::parse(&link.purpose)))
}

/// Opens a session with a mailed link, once. The first time it also makes the person's account.
pub(super) async fn open_link(app: &App, token: &str, agent: &str) -> Result<Opened, Failure> {
    let digest = model::digest_of(token).ok_or(Refusal::NotFound)?;
    let (now, fresh) = (app.now(), app.id());
    let (opened, session) = new_session(app, Account(Uuid::nil()), agent, true);
    transaction!(app.db, tx => {
        let link = store::link(&mut *tx, &digest, now).await?.ok_or(Refusal::NotFound)?;
        let id = link.person.ok_or(Refusal::NotFound)?;
        let person = store::person(&mut *tx, id).await?.ok_or(Refusal::NotFound)?;
        let purpose = Purpose::parse(&link.purpose).filter(|purpose| *purpose != Purpose::Private);
        let purpose = purpose.ok_or(Refusal::NotFound)?;
        if !store::use_link(tx, &digest, now).await? {
            return Err(Refusal::NotFound.into());
        }
        // Whoever opens it has received it: where it went, mails arrive.
        match purpose {
            Purpose::SignInPrivately => store::confirm_private(tx, id, now).await?,
            _ => store::note_reached(tx, id, now).await?,
        }
        notices::reachable_again(app, tx, (person.organisation, id)).await?;
        let account = account_for(tx, fresh, &person, now).await?;
        let mut session = session.clone().of(person.organisation, person.id);
        session.account = account;
        store::add_session(tx, &session).await?;
        // An account more changes what is counted of the organisation; that somebody signs in again does not.
        let verb = if person.account.is_some() { "identity.sign-in-by-link" } else { "identity.first-sign-in" };
        note(app, tx, person.organisation, person.id, verb).await?;
        Ok::<_, Failure>(())
    })?;
    Ok(opened)
}

/// The account of a person who has just proved their address.
async fn account_for(tx: &mut Tx, fresh: Uuid, person: &PersonCore, now: Timestamp) -> Result<Account, Failure> {
    if let Some(account) = person.account {
        return Ok(account);
    }
    store::add_account(tx, fresh, &person.address, now).await?;
    let keys = store::keys(&mut *tx, &person.address).await?.ok_or(Refusal::NotFound)?;
    store::link_account(tx, person.id, keys.account).await?;
    Ok(keys.account)
}

/// Opens a session for a person without asking anything: for the demo and for stories.
pub async fn open_session(app: &App, person: PersonId) -> Result<String, Failure> {
    let (now, fresh) = (app.now(), app.id());
    let (opened, session) = new_session(app, Account(Uuid::nil()), "", false);
    transaction!(app.db, tx => {
        let person = store::person(&mut *tx, person).await?.ok_or(Refusal::NotFound)?;
        let mut session = session.clone().of(person.organisation, person.id);
        session.account = account_for(tx, fresh, &person, now).await?;
        store::add_session(tx, &session).await?;
        Ok::<_, Failure>(())
    })?;
    Ok(opened.token)
}

/// The session behind one of the demo's links; elsewhere there are none.
pub async fn demo_session(app: &App, token: &str) -> Result<String, Failure> {
    let demo = app.demo.as_ref().ok_or(Refusal::NotFound)?;
    let persona = demo.personas.iter().find(|persona| persona.secret == token).ok_or(Refusal::NotFound)?;
    open_session(app, PersonId(persona.person)).await
}

fn new_session(app: &App, account: Account, agent: &str, by_link: bool) -> (Opened, store::NewSession) {
    let (secret, now) = (app.secret(), app.now());
    let session = store::NewSession {
        id: app.id(),
        account,
        organisation: OrganisationId(Uuid::nil()),
        person: PersonId(Uuid::nil()),
        token: digest(&secret),
        agent: agent.to_owned(),
        by_link,
        now,
        expires_at: now + SESSION_LASTS,
    };
    (Opened { token: encode(&secret) }, session)
}

impl store::NewSession {
    fn of(mut self, organisation: OrganisationId, person: PersonId) -> Self {
        (self.organisation, self.person) = (organisation, person);
        self
    }
}

/// Remembers, now and then, that a session is in use.
pub(super) async fn note_seen(app: &App, viewer: &Viewer) -> Result<(), Error> {
    let now = app.now();
    match (viewer.session, viewer.seen_at) {
        (Some(session), Some(seen_at)) if now > seen_at + SEEN_EVERY => {
            transaction!(app.db, tx => store::note_seen(tx, session, now).await)
        }
        _ => Ok(()),
    }
}

/// Ends a session of one's own.
pub(super) async fn end_session(app: &App, viewer: &Viewer, session: Uuid) -> Result<(), Failure> {
    let account = viewer.account.ok_or(Refusal::NotFound)?;
    transaction!(app.db, tx => {
        if !store::end_session(tx, account, session).await? {
            return Err(Refusal::NotFound.into());
        }
        note(app, tx, viewer.organisation, viewer.person, "identity.session-end").await
    })
}

/// Goes over to one's record in another organisation.
pub(super) async fn change_organisation(app: &App, viewer: &Viewer, to: PersonId) -> Result<(), Failure> {
    let (account, session) = viewer.account.zip(viewer.session).ok_or(Refusal::NotFound)?;
    transaction!(app.db, tx => {
        let memberships = store::memberships(&mut *tx, account).await?;
        let to = memberships.into_iter().find(|membership| membership.person == to).ok_or(Refusal::NotFound)?;
        store::move_session(tx, session, &to).await?;
        Ok(())
    })
}

/// Changes one's own name, language and zone.
pub(super) async fn change_settings(
    app: &App,
    viewer: &Viewer,
    name: &str,
    lang: Lang,
    zone: &str,
) -> Result<(), Failure> {
    let person = model::parse_person(name, &viewer.address, lang, zone)?;
    transaction!(app.db, tx => {
        let core = store::person(&mut *tx, viewer.person).await?.ok_or(Refusal::NotFound)?;
        let core = PersonCore { name: person.name.clone(), lang, zone: person.zone.clone(), ..core };
        store::update_person(tx, &core).await?;
        note(app, tx, viewer.organisation, viewer.person, "identity.settings").await
    })
}

/// Sets one's own password; the old one is asked for unless the session has just begun with a mailed link.
pub(super) async fn change_password(app: &App, viewer: &Viewer, old: &str, new: &str) -> Result<(), Failure> {
    let account = viewer.account.ok_or(Refusal::NotFound)?;
    let keys = store::keys_of(&app.db, account).await?.ok_or(Refusal::NotFound)?;
    let mut problems = Problems::default();
    if asks_for_old_password(app, viewer, keys.password.is_some()) {
        allow_attempt(app, OLD_PASSWORD, &account.to_string(), None).await?;
        if !password::verify(old, keys.password.as_deref()).await? {
            problems.add("old", Message::new("identity-password-old-wrong"));
        }
    }
    if let Some(weakness) = password::weakness(new, &[&viewer.name, &viewer.address, &viewer.organisation_name]) {
        problems.add("new", weakness);
    }
    problems.or(())?;
    let hash = password::hash(app, new).await?;
    transaction!(app.db, tx => {
        store::set_password(tx, account, &hash).await?;
        store::end_other_sessions(tx, account, viewer.session).await?;
        note(app, tx, viewer.organisation, viewer.person, "identity.password").await
    })
}

pub(super) fn asks_for_old_password(app: &App, viewer: &Viewer, has_password: bool) -> bool {
    has_password && viewer.linked_at.is_none_or(|at| app.now() > at + LINK_PROVES)
}

/// Makes a bearer token of every scope for a person; what it returns is shown once and kept nowhere.
pub async fn new_token(app: &App, person: PersonId, name: &str) -> Result<String, Failure> {
    new_token_of(app, person, name, &TokenScopes::every()).await
}

/// The same, of the scopes that the person chose.
pub async fn new_token_of(app: &App, person: PersonId, name: &str, scopes: &TokenScopes) -> Result<String, Failure> {
    let name = name.trim();
    let mut problems = Problems::default();
    if name.is_empty() || name.chars().count() > 100 {
        problems.add("token", Message::new("identity-token-name"));
    }
    if scopes.is_empty() {
        problems.add("scopes", Message::new("identity-token-scopes-missing"));
    }
    problems.or(())?;
    let (secret, id, now) = (app.secret(), app.id(), app.now());
    transaction!(app.db, tx => {
        let person = store::person(&mut *tx, person).await?.ok_or(Refusal::NotFound)?;
        store::add_token(tx, id, &person, (name, scopes), &digest(&secret), now).await?;
        note(app, tx, person.organisation, person.id, "identity.token").await
    })?;
    Ok(format!("{}{}", model::TOKEN_PREFIX, encode(&secret)))
}

/// Takes one's own token back.
pub(super) async fn revoke_token(app: &App, viewer: &Viewer, id: Uuid) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        if !store::remove_token(tx, viewer.person, id).await? {
            return Err(Refusal::NotFound.into());
        }
        note(app, tx, viewer.organisation, viewer.person, "identity.token-revoke").await
    })
}

/// Makes the one-time link of a first start; none once there is an organisation.
pub async fn first_link(app: &App) -> Result<Option<String>, Failure> {
    let (secret, now) = (app.secret(), app.now());
    let is_first = transaction!(app.db, tx => {
        if !store::organisations(&mut *tx).await?.is_empty() {
            return Ok::<_, Error>(false);
        }
        store::forget_links(tx, Purpose::First.code()).await?;
        store::add_link(tx, &digest(&secret), Purpose::First.code(), None, now, now + Purpose::First.lasts())
            .await?;
        Ok(true)
    })?;
    Ok(is_first.then(|| format!("{}/first/{}", app.config.public_url, encode(&secret))))
}

/// Makes the first organisation and its first coordinator, who is its operator too, with the link of the first start.
pub(super) async fn found(app: &App, token: &str, asked: &Founding<'_>, agent: &str) -> Result<Opened, Failure> {
    let digest = model::digest_of(token).ok_or(Refusal::NotFound)?;
    let now = app.now();
    first_link_of(store::link(&app.db, &digest, now).await?)?;
    let new = &founding(asked)?;
    let hash = password::hash(app, asked.password).await?;
    let (opened, session) = new_session(app, Account(Uuid::nil()), agent, false);
    let (account_id, organisation, person) = (app.id(), OrganisationId(app.id()), PersonId(app.id()));
    transaction!(app.db, tx => {
        first_link_of(store::link(&mut *tx, &digest, now).await?)?;
        if !store::use_link(tx, &digest, now).await? || !store::organisations(&mut *tx).await?.is_empty() {
            return Err(Refusal::NotFound.into());
        }
        insert_organisation(app, tx, organisation, new).await?;
        store::add_person(tx, person, organisation, &new.coordinator, now).await?;
        grant(app, tx, organisation, &[(person, Part::Coordinator), (person, Part::Operator)]).await?;
        let core = store::person(&mut *tx, person).await?.ok_or(Refusal::NotFound)?;
        let account = account_for(tx, account_id, &core, now).await?;
        store::set_password(tx, account, &hash).await?;
        let mut session = session.clone().of(organisation, person);
        session.account = account;
        store::add_session(tx, &session).await?;
        note(app, tx, organisation, person, "identity.found").await
    })?;
    Ok(opened)
}

/// A link that invites or signs in founds nothing.
fn first_link_of(link: Option<store::LinkRow>) -> Result<(), Refusal> {
    let is_first = link.is_some_and(|link| link.purpose == Purpose::First.code());
    is_first.then_some(()).ok_or(Refusal::NotFound)
}

/// All that is wrong with what the first page was given, at once.
fn founding(asked: &Founding<'_>) -> Result<NewOrganisation, Problems> {
    let new = asked.parse();
    let mut problems = new.as_ref().err().cloned().unwrap_or_default();
    if let Some(weakness) = password::weakness(asked.password, &[asked.name, asked.address, asked.organisation]) {
        problems.add("password", weakness);
    }
    problems.or(())?;
    new
}

/// Adds an organisation, as the demo and the shell do.
pub async fn add_organisation(
    app: &App,
    tx: &mut Tx,
    new: &NewOrganisation,
) -> Result<(OrganisationId, PersonId), Failure> {
    let (organisation, person) = (OrganisationId(app.id()), PersonId(app.id()));
    insert_organisation(app, tx, organisation, new).await?;
    store::add_person(tx, person, organisation, &new.coordinator, app.now()).await?;
    grant(app, tx, organisation, &[(person, Part::Coordinator)]).await?;
    Ok((organisation, person))
}

async fn insert_organisation(app: &App, tx: &mut Tx, id: OrganisationId, new: &NewOrganisation) -> Result<(), Failure> {
    let organisation = Organisation {
        id,
        name: new.name.trim().to_owned(),
        slug: model::slug(&new.name),
        lang: new.lang,
        zone: new.zone.clone(),
    };
    if store::organisation_by_slug(&mut *tx, &organisation.slug).await?.is_some() {
        return Err(Problems::one("organisation", Message::new("identity-organisation-taken")).into());
    }
    Ok(store::add_organisation(tx, &organisation, app.now()).await?)
}

/// Adds persons' cores in the caller's transaction; the caller has asked who may and has checked that no address is doubled.
pub async fn add_person(
    app: &App,
    tx: &mut Tx,
    organisation: OrganisationId,
    persons: &[NewPerson],
) -> Result<Vec<PersonId>, Error> {
    let persons: Vec<(PersonId, NewPerson)> =
        persons.iter().map(|person| (PersonId(app.id()), person.clone())).collect();
    store::add_persons(tx, organisation, &persons, app.now()).await?;
    Ok(persons.into_iter().map(|(id, _)| id).collect())
}

/// Changes a person's core in the caller's transaction; false when somebody else was faster.
pub async fn update_person(tx: &mut Tx, core: &PersonCore) -> Result<bool, Error> {
    store::update_person(tx, core).await
}

/// Gives parts in the organisation itself, in the caller's transaction; a part that is held already stays.
pub async fn grant(
    app: &App,
    tx: &mut Tx,
    organisation: OrganisationId,
    parts: &[(PersonId, Part)],
) -> Result<u64, Error> {
    let held: Vec<(PersonId, Held)> =
        parts.iter().map(|(person, part)| (*person, Held { part: *part, scope: Scope::Organisation })).collect();
    grant_there(app, tx, organisation, &held).await
}

/// Gives parts where they are to be held, in an edition or a mentorship, say, and says how many were not held yet.
pub async fn grant_there(
    app: &App,
    tx: &mut Tx,
    organisation: OrganisationId,
    parts: &[(PersonId, Held)],
) -> Result<u64, Error> {
    let grants: Vec<(Uuid, PersonId, Held)> = parts.iter().map(|(person, held)| (app.id(), *person, *held)).collect();
    store::grant(tx, organisation, &grants, app.now()).await
}

/// Takes a part away where it is held.
pub async fn revoke_there(tx: &mut Tx, person: PersonId, held: Held) -> Result<(), Error> {
    match held.scope {
        Scope::Organisation => store::revoke(tx, person, held.part).await,
        Scope::Edition(id) | Scope::Mentorship(id) => store::revoke_in(tx, person, held.part, id).await,
    }
}

/// Takes parts in the organisation away, in the caller's transaction.
pub async fn revoke(tx: &mut Tx, parts: &[(PersonId, Part)]) -> Result<(), Error> {
    for (person, part) in parts {
        store::revoke(tx, *person, *part).await?;
    }
    Ok(())
}

/// Sets the parts that somebody holds in the organisation. Only an operator makes operators, and one coordinator stays.
pub async fn set_parts(app: &App, viewer: &Viewer, person: PersonId, wanted: &[Part]) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let person = on_record(tx, person).await?;
        if !viewer.may(Act::ManagePeople, &Record::of_person(&person)) {
            return Err(Refusal::NotFound.into());
        }
        let held: Vec<Part> = store::parts_of(&mut *tx, person.id)
            .await?
            .into_iter()
            .filter(|held| held.scope == Scope::Organisation)
            .map(|held| held.part)
            .collect();
        let given: Vec<Part> = wanted.iter().copied().filter(|part| !held.contains(part)).collect();
        let taken: Vec<Part> = held.iter().copied().filter(|part| !wanted.contains(part)).collect();
        if (given.contains(&Part::Operator) || taken.contains(&Part::Operator)) && !viewer.holds(Part::Operator) {
            return Err(Problems::one("parts", Message::new("identity-parts-operator")).into());
        }
        let coordinators = store::person_ids_with_part(&mut *tx, person.organisation, Part::Coordinator).await?;
        if taken.contains(&Part::Coordinator) && coordinators == [person.id] {
            return Err(Problems::one("parts", Message::new("identity-parts-last")).into());
        }
        let grants: Vec<(PersonId, Part)> = given.iter().map(|part| (person.id, *part)).collect();
        grant(app, tx, person.organisation, &grants).await?;
        for part in &taken {
            store::revoke(tx, person.id, *part).await?;
        }
        let detail = json!({
            "given": given.iter().map(|part| part.code()).collect::<Vec<_>>(),
            "taken": taken.iter().map(|part| part.code()).collect::<Vec<_>>(),
        });
        let entry = Note::new(person.organisation.0, viewer.person.0, "identity.parts");
        audit::note(app, tx, entry.about("person", person.id.0).with(detail)).await?;
        Ok(())
    })
}

/// Invites a person by mail; they may be invited again.
pub async fn invite(app: &App, viewer: &Viewer, person: PersonId) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let person = on_record(tx, person).await?;
        if !viewer.may(Act::ManagePeople, &Record::of_person(&person)) {
            return Err(Refusal::NotFound.into());
        }
        let payload = json!({"purpose": Purpose::Invitation.code(), "person": person.id});
        jobs::add(app, tx, Some(person.organisation.0), MAIL_LINK, &payload).await?;
        let entry = Note::new(person.organisation.0, viewer.person.0, "identity.invite");
        audit::note(app, tx, entry.about("person", person.id.0)).await?;
        Ok(())
    })
}

async fn note(
    app: &App,
    tx: &mut Tx,
    organisation: OrganisationId,
    person: PersonId,
    verb: &'static str,
) -> Result<(), Failure> {
    let entry = Note::new(organisation.0, person.0, verb).about("person", person.0);
    Ok(audit::note(app, tx, entry).await?)
}
