use uuid::Uuid;

use super::model::{Copy, CopyId};
use crate::db::{Error, Reader, Row, Tx, ids};
use crate::identity::{OrganisationId, PersonId};
use crate::mentorships::MentorshipId;
use crate::mentorships::visibility::Visibility;
use crate::programmes::EditionId;
use crate::{in_ids, sql, values};

/// The head of every statement that reads copies.
macro_rules! copies {
    () => {
        "SELECT id, edition, mentorship, author, visibility, words, handed_at FROM copies "
    };
}

/// All copies of a mentorship, the newest first; the caller asks who may.
pub(super) async fn copies(from: impl Into<Reader<'_>>, mentorship: MentorshipId) -> Result<Vec<Copy>, Error> {
    let rows = from.into().rows(sql!(copies!(), "WHERE mentorship = $1 ORDER BY id DESC"), values![mentorship]).await?;
    rows.iter().map(copy_of).collect()
}

/// A copy, whosoever it is; the caller asks who may.
pub(super) async fn copy(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    id: CopyId,
) -> Result<Option<Copy>, Error> {
    let row =
        from.into().row(sql!(copies!(), "WHERE organisation = $1 AND id = $2"), values![organisation, id]).await?;
    row.as_ref().map(copy_of).transpose()
}

/// Whose copies somebody may read: those for the coordination, and those for the faculty of all editions or of some.
#[derive(Clone, Debug, Default)]
pub(super) struct Shelf {
    pub is_coordinator: bool,
    pub is_faculty: bool,
    pub editions: Vec<EditionId>,
}

/// A page of what was handed to somebody, the newest first; nothing of these pairs, which are their own.
pub(super) async fn handed(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    (shelf, own): (&Shelf, &[Uuid]),
    (before, most): (Option<CopyId>, usize),
) -> Result<Vec<Copy>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                copies!(),
                "WHERE organisation = $1 AND ((visibility = 'pair-and-coordinator' AND $2) OR (visibility = 'submitted' AND ",
                "($3 OR edition ",
                in_ids!("$4"),
                "))) AND ($5 OR id < $6) AND NOT mentorship ",
                in_ids!("$7"),
                " ORDER BY id DESC LIMIT $8"
            ),
            values![
                organisation,
                shelf.is_coordinator,
                shelf.is_faculty,
                ids(shelf.editions.iter().map(|edition| edition.0)),
                before.is_none(),
                before.map_or(Uuid::nil(), |before| before.0),
                ids(own.iter().copied()),
                i64::try_from(most).unwrap_or(i64::MAX)
            ],
        )
        .await?;
    rows.iter().map(copy_of).collect()
}

fn copy_of(row: &Row) -> Result<Copy, Error> {
    Ok(Copy {
        id: row.get("id")?,
        edition: row.get("edition")?,
        mentorship: row.get("mentorship")?,
        author: row.get("author")?,
        visibility: row.word("visibility", Visibility::parse)?,
        words: row.get("words")?,
        handed_at: row.get("handed_at")?,
    })
}

pub(super) async fn add(tx: &mut Tx, organisation: OrganisationId, copy: &Copy) -> Result<(), Error> {
    tx.run(
        sql!(
            "INSERT INTO copies (id, organisation, edition, mentorship, author, visibility, words, handed_at) ",
            "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        ),
        values![
            copy.id,
            organisation,
            copy.edition,
            copy.mentorship,
            copy.author,
            copy.visibility.code(),
            &copy.words,
            copy.handed_at
        ],
    )
    .await
    .map(drop)
}

/// Takes a copy back; false when it is gone already.
pub(super) async fn take_back(tx: &mut Tx, id: CopyId) -> Result<bool, Error> {
    Ok(tx.run(sql!("DELETE FROM copies WHERE id = $1"), values![id]).await? == 1)
}

/// How many copies there are of these mentorships, of each author and for whom; where there are none, there is no row.
pub(super) async fn counts_of(
    from: impl Into<Reader<'_>>,
    mentorships: &[MentorshipId],
) -> Result<Vec<(MentorshipId, PersonId, Visibility, i64)>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT mentorship, author, visibility, count(*) AS handed FROM copies WHERE mentorship ",
                in_ids!("$1"),
                " GROUP BY mentorship, author, visibility"
            ),
            values![ids(mentorships.iter().map(|id| id.0))],
        )
        .await?;
    rows.iter()
        .map(|row| {
            let visibility = row.word("visibility", Visibility::parse)?;
            Ok((row.get("mentorship")?, row.get("author")?, visibility, row.get("handed")?))
        })
        .collect()
}
