//! What is written to the two of a proposal, and what else goes along with a change: the end of a window, the audit entry.

use anyhow::Context as _;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::model::{ProposalId, Standing};
use crate::app::App;
use crate::audit::{self, Note};
use crate::db::Tx;
use crate::i18n::Message;
use crate::identity::PersonId;
use crate::jobs;
use crate::mentorships::MentorshipId;
use crate::notices::Notice;
use crate::problems::Failure;
use crate::programmes::Edition;

/// The job that writes to one person about one proposal.
pub(super) const MAIL: &str = "pairing.mail-proposal";
/// The job that makes answers of windows that ran out.
pub(super) const SILENCE: &str = "pairing.silence";
/// What both are told when their mentorship is published.
pub(super) const PUBLISHED: &str = "pairing.published";

/// A mail to be written; its link, if it has one, is made when it is.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(tag = "letter", rename_all = "kebab-case")]
pub(super) enum Letter {
    Ask { proposal: ProposalId, to: PersonId },
    Remind { proposal: ProposalId, to: PersonId },
    Changed { proposal: ProposalId, to: PersonId },
}

/// To those who had been shown a name.
pub(super) fn changed(gone: &Standing) -> impl Iterator<Item = Letter> {
    let letter = |to| Letter::Changed { proposal: gone.id, to };
    [Some(letter(gone.couple.mentor)), gone.mentee_knows.then(|| letter(gone.couple.mentee))].into_iter().flatten()
}

/// Both are told that their mentorship has begun.
pub(super) fn published(edition: &Edition, id: MentorshipId, to: PersonId) -> Notice {
    let text = Message::new("consent-mail-published-subject").with("edition", edition.name.as_str());
    Notice::new(edition.organisation, to, PUBLISHED, text, format!("/mentorships/{id}")).about(id.0)
}

pub(super) async fn write(app: &App, tx: &mut Tx, edition: &Edition, letters: &[Letter]) -> Result<(), Failure> {
    let payloads: Vec<serde_json::Value> =
        letters.iter().map(serde_json::to_value).collect::<Result<_, _>>().context("a letter is plain data")?;
    jobs::add_many(app, tx, Some(edition.organisation.0), MAIL, &payloads, app.now()).await?;
    Ok(())
}

pub(super) async fn wait_for_silence(
    app: &App,
    tx: &mut Tx,
    edition: &Edition,
    until: Timestamp,
) -> Result<(), Failure> {
    let payload = json!({ "edition": edition.id });
    // One job is enough for all who have time until the same midnight.
    let end = jobs::made_of(&[SILENCE.as_bytes(), edition.id.0.as_bytes(), &until.as_microsecond().to_be_bytes()]);
    jobs::add_once(app, tx, Some(edition.organisation.0), SILENCE, (end, &payload), until).await?;
    Ok(())
}

pub(super) async fn note(
    app: &App,
    tx: &mut Tx,
    edition: &Edition,
    by: Option<PersonId>,
    verb: &'static str,
    detail: serde_json::Value,
) -> Result<(), Failure> {
    let note = Note::new(edition.organisation.0, by.map(|person| person.0), verb).about("edition", edition.id.0);
    Ok(audit::note(app, tx, note.with(detail)).await?)
}
