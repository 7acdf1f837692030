//! What copies say on the pages of their pair: to the two how many they handed over, to a coordinator that there is something to read.

use super::model::Receiver;
use super::store;
use crate::app::App;
use crate::i18n::Message;
use crate::identity::{PersonId, Viewer};
use crate::mentorships::visibility::{Visibility, reads};
use crate::mentorships::voices::{Section, Voice, Word, Words};
use crate::mentorships::{Mentorship, MentorshipId};
use crate::problems::Failure;

pub const VOICE: Voice =
    Voice { name: "copies", says: |app, viewer, pairs| Box::pin(async move { says(&app, &viewer, &pairs).await }) };

async fn says(app: &App, viewer: &Viewer, pairs: &[Mentorship]) -> Result<Words, Failure> {
    let ids: Vec<MentorshipId> = pairs.iter().map(|pair| pair.id).collect();
    let counts = store::counts_of(&app.db, &ids).await?;
    let of = |pair: &Mentorship| counts.iter().filter(|(id, ..)| *id == pair.id).copied().collect::<Vec<_>>();
    Ok(pairs.iter().map(|pair| (pair.id, word(viewer, pair, &of(pair)))).collect())
}

type Count = (MentorshipId, PersonId, Visibility, i64);

fn word(viewer: &Viewer, pair: &Mentorship, counts: &[Count]) -> Word {
    let readable = counts.iter().filter(|(_, author, visibility, _)| reads(*visibility, viewer, pair, *author));
    let title = Message::new("copies-voice-title");
    if pair.is_of(viewer) {
        let handed: i64 = readable.map(|(.., count)| count).sum();
        let lines = vec![Message::new("copies-voice-handed").with("count", handed)];
        let link = Some((format!("/mentorships/{}/copies", pair.id), Message::new("copies-voice-link")));
        return Word { section: Some(Section { title, lines, link }), ..Word::default() };
    }
    let coordination = Receiver::Coordination.visibility();
    let handed: i64 =
        readable.filter(|(_, _, visibility, _)| *visibility == coordination).map(|(.., count)| count).sum();
    if handed == 0 {
        return Word::default();
    }
    let lines = vec![Message::new("copies-voice-for-you").with("count", handed)];
    let link = Some(("/copies".to_owned(), Message::new("copies-voice-read")));
    Word { section: Some(Section { title, lines, link }), ..Word::default() }
}
