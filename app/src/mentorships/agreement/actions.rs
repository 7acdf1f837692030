//! Changes of an agreement: who may, in one transaction, with the audit entry. The trail says that something was written,
//! proposed or signed and under which digest, never what.

use serde_json::json;

use super::letters::CHANGED;
use super::model::{Draft, Heading, Seen, Signature, SignatureId, Template, Version, VersionId, Versions, digest};
use super::store::{self, Written};
use crate::app::App;
use crate::audit::{self, Note};
use crate::db::{Db, Tx};
use crate::i18n::Message;
use crate::identity::{Act, PersonId, Record, Viewer};
use crate::mentorships::visibility::{Visibility, place_of, reads};
use crate::mentorships::{Mentorship, MentorshipId, mentorship, own_running};
use crate::notices::{self, Notice};
use crate::problems::{Failure, Problems, Refusal};
use crate::programmes::{self, EditionId};
use crate::transaction;
use crate::vault::{self, Closed, Keys, Place, Words};

/// What a pair writes here is for the two.
pub(super) const VISIBILITY: Visibility = Visibility::Pair;

/// A mentorship whose agreement somebody may read.
pub(super) async fn readable(db: &Db, viewer: &Viewer, id: MentorshipId) -> Result<Mentorship, Failure> {
    let pair = mentorship(db, id).await?.ok_or(Refusal::NotFound)?;
    if !reads(VISIBILITY, viewer, &pair, pair.mentor) {
        return Err(Refusal::NotFound.into());
    }
    Ok(pair)
}

/// A mentorship whose agreement somebody may change: they are of the pair, and it runs.
async fn writable(tx: &mut Tx, viewer: &Viewer, id: MentorshipId) -> Result<Mentorship, Failure> {
    own_running(tx, viewer, id, "agreement-ended").await
}

/// Where the clauses of a version stand.
pub(super) fn place_of_version(pair: &Mentorship, author: PersonId, id: VersionId) -> Place {
    place_of(pair, author, VISIBILITY, ("agreement_versions", "words", id.0))
}

/// Where the exact text stands that somebody signed.
fn place_of_signature(pair: &Mentorship, person: PersonId, id: SignatureId) -> Place {
    place_of(pair, person, VISIBILITY, ("agreement_signatures", "words", id.0))
}

/// The clauses of a version.
pub(super) fn draft_of(keys: &Keys, pair: &Mentorship, version: &Version) -> Result<Draft, Closed> {
    let words = keys.open(&place_of_version(pair, version.author, version.id), &version.words)?;
    Draft::of_words(version.lang, version.break_glass, &words).ok_or(Closed::Refused)
}

/// The exact text of a version that was proposed: the copy of whoever reads it, or else the other's. Only a text that has the
/// digest under which it was signed is one.
pub(super) fn exact_of(
    keys: &Keys,
    pair: &Mentorship,
    signatures: &[Signature],
    (version, reader): (&Version, PersonId),
) -> Result<Words, Closed> {
    let mut copies: Vec<&Signature> = signatures.iter().filter(|signature| signature.of == version.id).collect();
    copies.sort_by_key(|signature| signature.person != reader);
    let mut why = Closed::Erased;
    for copy in copies {
        match keys.open(&place_of_signature(pair, copy.person, copy.id), &copy.words) {
            Ok(exact) => {
                let digest = digest(&exact);
                if copy.hash == digest && version.hash.as_deref() == Some(digest.as_str()) {
                    return Ok(exact);
                }
                why = Closed::Refused;
            }
            Err(closed) => why = closed,
        }
    }
    Err(why)
}

/// Writes the draft down; a proposal that waits is overtaken by it. With `proposes`, whoever writes it puts it to the other and
/// signs it.
pub(super) async fn write(
    app: &App,
    viewer: &Viewer,
    id: MentorshipId,
    seen: Seen,
    draft: &Draft,
    proposes: bool,
) -> Result<(), Failure> {
    if proposes {
        draft.is_whole()?;
    }
    transaction!(app.db, tx => {
        let pair = writable(tx, viewer, id).await?;
        let versions = store::versions(&mut *tx, id).await?;
        if versions.to_write() != seen {
            return Err(Refusal::Conflict.into());
        }
        let open = versions.open().filter(|open| open.proposed_at.is_none());
        let version = open.map_or_else(|| VersionId(app.id()), |open| open.id);
        let stands = open.filter(|open| !proposes || open.author == viewer.person);
        let written = seal_draft(app, tx, (viewer, &pair, version), draft, stands).await?;
        match (open, versions.open()) {
            (Some(open), _) => store::update(tx, open.id, &written).await?,
            (None, overtaken) => {
                if let Some(overtaken) = overtaken {
                    store::drop_proposal(tx, overtaken.id, app.now()).await?;
                }
                store::add(tx, (pair.organisation, id), (version, seen.number), &written).await?;
            }
        }
        if proposes {
            propose(app, tx, viewer, &pair, (version, seen.number), draft).await?;
        } else {
            note(app, tx, viewer, &pair, "mentorships.agreement.write", &json!({ "number": seen.number })).await?;
        }
        Ok(())
    })
}

/// A draft that says what stands there already is its author's, as written then, whoever saves it again; what is proposed is said by whoever
/// proposes it.
async fn seal_draft<'a>(
    app: &App,
    tx: &mut Tx,
    (viewer, pair, id): (&Viewer, &Mentorship, VersionId),
    draft: &'a Draft,
    stands: Option<&Version>,
) -> Result<Written<'a>, Failure> {
    let words = draft.words();
    let keys = vault::keys(app, &mut *tx, pair.organisation, &[pair.id.0]).await?;
    let says_it = |open: &&Version| {
        (open.lang, open.break_glass) == (draft.lang, draft.break_glass)
            && keys.says(&place_of_version(pair, open.author, open.id), &open.words, &words)
    };
    if let Some(open) = stands.filter(says_it) {
        return Ok(Written { draft, words: open.words.clone(), by: open.author, at: open.changed_at });
    }
    let place = place_of_version(pair, viewer.person, id);
    let words = vault::seal(app, tx, &place, &words).await?;
    Ok(Written { draft, words, by: viewer.person, at: app.now() })
}

async fn propose(
    app: &App,
    tx: &mut Tx,
    viewer: &Viewer,
    pair: &Mentorship,
    (version, number): (VersionId, i64),
    draft: &Draft,
) -> Result<(), Failure> {
    let edition = programmes::edition(&mut *tx, pair.edition).await?.ok_or(Refusal::NotFound)?;
    let mut code = [0; 16];
    code.copy_from_slice(&app.secret()[..16]);
    let exact = draft.exact(&Heading {
        edition: &format!("{} · {}", edition.programme_name, edition.name),
        mentee: &pair.mentee_name,
        mentor: &pair.mentor_name,
        number,
        day: app.now().to_zoned_datetime(edition.settings.calendar.time_zone()).date(),
        code,
    });
    let hash = digest(&exact);
    store::propose(tx, version, &hash, app.now()).await?;
    put_name_to(app, tx, viewer, pair, version, (&exact, &hash)).await?;
    tell_other(app, tx, viewer, pair).await?;
    note(app, tx, viewer, pair, "mentorships.agreement.propose", &json!({ "number": number, "sha256": hash })).await
}

/// Adds somebody's signature with the exact text, sealed for them.
async fn put_name_to(
    app: &App,
    tx: &mut Tx,
    viewer: &Viewer,
    pair: &Mentorship,
    version: VersionId,
    (exact, hash): (&Words, &str),
) -> Result<(), Failure> {
    let id = SignatureId(app.id());
    let words = vault::seal(app, tx, &place_of_signature(pair, viewer.person, id), exact).await?;
    store::sign(tx, pair.organisation, (id, version), (viewer.person, app.now()), (hash, words)).await?;
    Ok(())
}

/// Signs the proposal that waits, if it is the text that was shown: `hash` is its digest. From then on it holds.
pub(super) async fn sign(app: &App, viewer: &Viewer, id: MentorshipId, number: i64, hash: &str) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let pair = writable(tx, viewer, id).await?;
        let versions = store::versions(&mut *tx, id).await?;
        let waits = versions.open().filter(|open| {
            open.number == number && open.author != viewer.person && open.hash.as_deref() == Some(hash)
        });
        let version = waits.ok_or(Refusal::Conflict)?;
        let signatures = store::signatures(&mut *tx, id).await?;
        let keys = vault::keys(app, &mut *tx, pair.organisation, &[id.0]).await?;
        // Nobody signs what does not open for them.
        let exact = exact_of(&keys, &pair, &signatures, (version, viewer.person))
            .map_err(|closed| Problems::one("", Message::new(closed.key())))?;
        put_name_to(app, tx, viewer, &pair, version.id, (&exact, hash)).await?;
        store::settle(tx, version.id, app.now()).await?;
        tell_other(app, tx, viewer, &pair).await?;
        note(app, tx, viewer, &pair, "mentorships.agreement.sign", &json!({ "number": number, "sha256": hash })).await
    })
}

/// Deletes the draft, or takes the proposal back that waits; either of the two may.
pub(super) async fn discard(app: &App, viewer: &Viewer, id: MentorshipId, seen: Seen) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let pair = writable(tx, viewer, id).await?;
        let versions: Versions = store::versions(&mut *tx, id).await?;
        let is_seen = |open: &&Version| open.number == seen.number && open.version == seen.version;
        let open = versions.open().filter(is_seen).ok_or(Refusal::Conflict)?;
        if open.proposed_at.is_some() {
            store::drop_proposal(tx, open.id, app.now()).await?;
        } else {
            store::delete_draft(tx, open.id).await?;
        }
        note(app, tx, viewer, &pair, "mentorships.agreement.discard", &json!({ "number": seen.number })).await
    })
}

/// Writes what the pairs of an edition begin with.
pub(super) async fn write_template(
    app: &App,
    viewer: &Viewer,
    id: EditionId,
    template: &Template,
) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let edition = programmes::edition(&mut *tx, id).await?.ok_or(Refusal::NotFound)?;
        if !viewer.may(Act::ManageProgrammes, &Record::of_organisation(edition.organisation)) {
            return Err(Refusal::NotFound.into());
        }
        let now = store::template_of(&mut *tx, id).await?;
        let is_seen = now.version == template.version;
        if !is_seen || !store::write_template(tx, (edition.organisation, id), template, app.now()).await? {
            return Err(Refusal::Conflict.into());
        }
        let note = Note::new(edition.organisation.0, viewer.person.0, "mentorships.agreement.template");
        audit::note(app, tx, note.about("edition", id.0)).await?;
        Ok(())
    })
}

async fn tell_other(app: &App, tx: &mut Tx, viewer: &Viewer, pair: &Mentorship) -> Result<(), Failure> {
    let (to, name) = pair.told_by(viewer.person);
    let text = Message::new("agreement-notice").with("name", name);
    let href = format!("/mentorships/{}/agreement", pair.id);
    notices::tell(app, tx, &Notice::new(pair.organisation, to, CHANGED, text, href).about(pair.id.0)).await?;
    Ok(())
}

async fn note(
    app: &App,
    tx: &mut Tx,
    viewer: &Viewer,
    pair: &Mentorship,
    verb: &'static str,
    detail: &serde_json::Value,
) -> Result<(), Failure> {
    let note = Note::new(pair.organisation.0, viewer.person.0, verb);
    audit::note(app, tx, note.about("mentorship", pair.id.0).with(detail.clone())).await?;
    Ok(())
}
