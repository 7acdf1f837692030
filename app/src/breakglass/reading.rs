//! What a pair shares, gathered from whoever keeps it, kind by kind and in the order of time. Nothing else asks for it.

use std::collections::BTreeMap;

use uuid::Uuid;

use crate::app::App;
use crate::features;
use crate::i18n::Lang;
use crate::identity;
use crate::mentorships::shelves::{Glass, Opened};
use crate::mentorships::{Allowed, Mentorship};
use crate::problems::Failure;
use crate::vault;

/// So much a page shows.
pub(super) const ON_A_PAGE: usize = 100;

/// A page of what a pair shares.
pub(super) struct Reading {
    /// The name of its kind, and what one of the two wrote.
    pub opened: Vec<(&'static str, Opened)>,
    pub names: BTreeMap<Uuid, String>,
    /// How much there is on all pages.
    pub all: usize,
}

/// Whoever calls has asked whether the reader may, and noted it.
pub(super) async fn page(
    app: &App,
    (pair, allowed): (&Mentorship, &Allowed),
    lang: Lang,
    page: usize,
) -> Result<Reading, Failure> {
    let keys = vault::keys(app, &app.db, pair.organisation, &[pair.id.0]).await?;
    let glass = Glass::new(pair.clone(), keys, lang, allowed.since);
    let mut opened = Vec::new();
    for shelf in features::SHELVES_OF_PAIRS {
        let mut there = (shelf.opens)(app.clone(), glass.clone()).await?;
        there.sort_by_key(|opened| opened.at);
        opened.extend(there.into_iter().map(|opened| (shelf.name, opened)));
    }
    let all = opened.len();
    let opened: Vec<(&'static str, Opened)> =
        opened.into_iter().skip(page.saturating_mul(ON_A_PAGE)).take(ON_A_PAGE).collect();
    let writers: Vec<Uuid> = opened.iter().map(|(_, opened)| opened.by.0).collect();
    Ok(Reading { names: identity::names(&app.db, &writers).await?, opened, all })
}
