//! What a line manager is told when mentorships in their team begin, and asked for where it is missing. The mail names nobody: neither
//! the mentees, who stand on the page, nor the mentors, whom a line manager is not told.

use std::collections::HashSet;

use uuid::Uuid;

use super::model::View;
use super::store;
use crate::app::App;
use crate::db::{After, Error, Tx};
use crate::i18n::Message;
use crate::identity::{Act, PersonId};
use crate::mentorships::{self, NewMentorship};
use crate::notices::{self, Kind, Letter, Notice, Told};
use crate::people::{self, model::Side};
use crate::programmes::model::Phase;
use crate::programmes::{self, Edition, EditionId};

pub(super) const KIND: Kind = Kind {
    name: "baselines.began",
    label: "baselines-began-label",
    mail: "baselines-began-mail",
    waits: false,
    act: Act::ReadLent,
    writes: Some(|app, told| Box::pin(async move { letter(&app, &told).await })),
    ..Kind::USUAL
};

/// Has the line managers of mentees told that mentorships have begun, in the transaction in which they do; each once of one `press`,
/// however many parts it has. Who mentors somebody of their own team knows.
pub async fn tell_managers(
    app: &App,
    tx: &mut Tx,
    edition: &Edition,
    (press, pairs): (Uuid, &[NewMentorship]),
) -> Result<(), Error> {
    let mentees: Vec<PersonId> = pairs.iter().map(|pair| pair.mentee).collect();
    let knows: HashSet<(PersonId, PersonId)> = pairs.iter().map(|pair| (pair.mentee, pair.mentor)).collect();
    let lines = people::managers_of(&mut *tx, edition.organisation, &mentees).await?;
    let managers: HashSet<PersonId> =
        lines.into_iter().filter(|line| !knows.contains(line)).map(|(_, manager)| manager).collect();
    let text = || Message::new("baselines-mail-subject").with("edition", edition.name.as_str());
    let told = |manager: PersonId| {
        Notice::new(edition.organisation, manager, KIND.name, text(), "/lent")
            .about(edition.id.0)
            .once(format!("{}:{press}", edition.id))
    };
    let notices: Vec<Notice> = managers.into_iter().map(told).collect();
    notices::tell_all(app, tx, &notices).await
}

/// How many of the reader's team have a mentorship by now, and of how many their view is missing.
async fn letter(app: &App, told: &Told) -> anyhow::Result<Option<Letter>> {
    let Some(edition) = told.about.map(EditionId) else { return Ok(None) };
    let edition = programmes::edition(&app.db, edition).await?.filter(|edition| edition.phase() != Phase::Closed);
    let Some(edition) = edition else { return Ok(None) };
    let manager = told.reader.id;
    let reports = people::reports(&app.db, manager, "", &After::default(), usize::MAX).await?;
    let reports: Vec<PersonId> = reports.into_iter().map(|report| report.id).collect();
    let mut mentees = mentorships::mentored_among(&app.db, edition.id, reports.iter().copied()).await?;
    for own in mentorships::pairs_of(&app.db, edition.id, manager).await? {
        mentees.remove(&own.mentee);
    }
    let roll = programmes::enrolled_among(&app.db, edition.id, mentees.iter().copied()).await?;
    mentees.retain(|mentee| roll.contains(&(*mentee, Side::Mentee)));
    if mentees.is_empty() {
        return Ok(None);
    }
    let given = store::done_by(&app.db, edition.id, manager).await?;
    let is_given = |mentee: &&PersonId| given.iter().any(|one| one.mentee == **mentee && one.view == View::Supervisor);
    let due = mentees.len() - mentees.iter().filter(is_given).count();
    let began =
        Message::new("baselines-mail-began").with("count", mentees.len()).with("edition", edition.name.as_str());
    let (asks, link, path) = if due > 0 {
        let asks = Message::new("baselines-mail-asks").with("count", due);
        (Some(asks), "baselines-mail-link", format!("/editions/{}/baseline", edition.id))
    } else {
        (None, "baselines-mail-link-lent", "/lent".to_owned())
    };
    Ok(Some(Letter {
        subject: Message::new("baselines-mail-subject").with("edition", edition.name.as_str()),
        paragraphs: [began].into_iter().chain(asks).chain([Message::new("baselines-mail-content")]).collect(),
        link: Some((Message::new(link), format!("{}{path}", app.config.public_url))),
        attached: None,
    }))
}
