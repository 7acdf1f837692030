//! A pairing of the people on record: who may, and the audit entry. The run itself is pure.

use anyhow::Context as _;
use serde_json::json;

use super::account::Account;
use super::model::{Attribute, Outcome, Pool, Shown};
use super::rules_file::{RulesFile, write};
use super::{least_capacity, propose_balance, propose_rules, run};
use crate::app::App;
use crate::audit::{self, Note};
use crate::i18n::{Lang, Message};
use crate::identity::{Act, Viewer};
use crate::people::columns::Visibility;
use crate::people::{self, StoredAttribute};
use crate::problems::{Failure, Problems, Refusal};
use crate::transaction;

/// A run, with everything that there is to say of it.
pub(super) struct Paired {
    pub pool: Pool,
    pub file: RulesFile,
    pub outcome: Outcome,
    pub account: Account,
}

/// The people who may be paired: those who mentor and those who are mentored.
pub(super) async fn pool(app: &App, viewer: &Viewer) -> Result<Pool, Failure> {
    if !viewer.may(Act::Pair, &viewer.record()) {
        return Err(Refusal::NotFound.into());
    }
    let (records, attributes) = transaction!(app.db, tx => {
        let records = people::records(&mut *tx, viewer.organisation).await?;
        let attributes = people::attributes(&mut *tx, viewer.organisation).await?;
        Ok::<_, Failure>((records, attributes))
    })?;
    let mut pool = Pool { attributes: attributes.into_iter().map(attribute).collect(), ..Pool::default() };
    for record in records {
        let roles = record.draft.roles;
        if roles.mentor {
            pool.mentors.push(record.draft.clone());
        }
        if roles.mentee {
            pool.mentees.push(record.draft);
        }
    }
    Ok(pool)
}

fn attribute(stored: StoredAttribute) -> (String, Attribute) {
    let shown = match stored.attribute.visibility {
        _ if stored.attribute.is_hidden() => Shown::Nothing,
        Visibility::All => Shown::Everything,
        Visibility::Coordinator => Shown::NameOnly,
        Visibility::Rules => Shown::Nothing,
    };
    (stored.attribute.key, Attribute { label: stored.label, shown })
}

/// Sensible rules for these people, as the text of a `rules.toml`.
pub(super) async fn propose(pool: Pool, lang: Lang) -> Result<String, Failure> {
    let proposed = tokio::task::spawn_blocking(move || {
        let mut file = RulesFile::new(propose_rules(&pool));
        if pool.mentors.iter().any(|mentor| mentor.capacity.is_none()) {
            file.rules.capacity = Some(least_capacity(&pool, &file.rules)?);
        }
        file.rules.balance = propose_balance(&pool, file.rules.capacity);
        Ok::<_, super::Failure>(write(&file, &pool, &[], lang))
    });
    proposed.await.context("rules could not be proposed")?.map_err(too_large)
}

/// Pairs under the rules of a text, beside the runtime, and notes that it was done.
pub(super) async fn pair(app: &App, viewer: &Viewer, rules: &str) -> Result<Paired, Failure> {
    let pool = pool(app, viewer).await?;
    let file = RulesFile::parse(rules).map_err(|fault| wrong(fault.message()))?;
    if let Some(fault) = file.unknown_attribute(&pool) {
        return Err(wrong(fault.message()));
    }
    let lang = viewer.lang;
    let paired = tokio::task::spawn_blocking(move || {
        let outcome = run(&pool, &file.rules)?;
        let account = Account::new(&pool, &file.rules, &outcome, &[], lang);
        Ok::<_, super::Failure>(Paired { pool, file, outcome, account })
    });
    let paired = paired.await.context("the pairing could not be run")?.map_err(too_large)?;
    let counts = json!({ "pairs": paired.outcome.pairs.len(), "left_out": paired.outcome.left_out.len() });
    transaction!(app.db, tx => {
        let note = Note::new(viewer.organisation.0, viewer.person.0, "pairing.run").with(counts.clone());
        Ok::<_, Failure>(audit::note(app, tx, note).await?)
    })?;
    Ok(paired)
}

fn too_large(failure: super::Failure) -> Failure {
    match failure {
        super::Failure::TooLarge(_) => wrong(Message::new("pairing-too-large")),
        unproved @ super::Failure::Unproved(_) => Failure::Ours(unproved.into()),
    }
}

fn wrong(message: Message) -> Failure {
    Problems::one("rules", message).into()
}
