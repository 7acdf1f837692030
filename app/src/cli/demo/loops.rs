//! What the mentee of the demonstration learned of the sittings that were held: of the meeting all of it up to an agreed practice; of the
//! negotiation a prediction, and a debrief that is owed.

#![expect(clippy::similar_names, reason = "the names are those of the field")]

use jiff::ToSpan as _;

use crate::activities::model::{Kind as ActivityKind, Reflection};
use crate::app::App;
use crate::identity::Viewer;
use crate::mentorships::MentorshipId;
use crate::mentorships::visibility::Visibility;
use crate::observations::learning::actions;
use crate::observations::learning::model::{Came, Debrief, Prediction, Preparation, Proposal, Saying, Statement};
use crate::observations::model::{Kind, SeatId};
use crate::problems::Failure;
use crate::vault::Words;

/// Before it begins: what to watch for, and what is expected.
pub(super) async fn expect(
    app: &App,
    mentee: &Viewer,
    (pair, seat): (MentorshipId, SeatId),
    kind: Kind,
) -> Result<(), Failure> {
    let (lenses, competency, expected): (&[&str], _, &[(&str, u32)]) = match kind {
        Kind::Meeting => (
            &["who-decides", "framing"],
            "decision-making",
            &[("Se aplaza lo más discutido", 60), ("Quien preside habla en último lugar", 30)],
        ),
        Kind::Negotiation => {
            (&["anchors", "concessions"], "negotiation", &[("Ceden en el plazo antes que en el precio", 70)])
        }
    };
    let lenses = lenses.iter().map(|key| (*key).to_owned()).collect();
    let preparation = Preparation { competency: Some(competency.to_owned()), lenses };
    actions::prepare(app, mentee, (pair, seat, 0), preparation).await?;
    let statement = |(what, percent): &(&str, u32)| Statement { what: Words::new(*what), percent: *percent };
    let statements = expected.iter().map(statement).collect();
    let prediction = Prediction { visibility: Visibility::Pair, statements };
    actions::predict(app, mentee, (pair, seat, 0), (prediction, false)).await
}

/// Afterwards: the debrief, the mentor's line, and a practice to which the two agree.
pub(super) async fn look_back(
    app: &App,
    (mentee, mentor): (&Viewer, &Viewer),
    path: (MentorshipId, SeatId),
) -> Result<(), Failure> {
    let through = [
        ("who-decides", "Lo discutido llegaba decidido: se vio en quién miraba a quién antes de hablar."),
        ("framing", "Se enseñó una sola alternativa y el resto eran motivos para ella."),
    ];
    let through = through.map(|(lens, seen)| (lens.to_owned(), Words::new(seen))).to_vec();
    let practise = Words::new("Presentar siempre otra alternativa que yo también firmaría.");
    let reflection = Reflection { through, practise, ..Reflection::default() };
    let against = Words::new("Esperaba más dudas: confundí el silencio con el desacuerdo.");
    let came = vec![Some(Came::No), Some(Came::Yes)];
    let debrief = Debrief { reflection, came, against, version: 0, is_meant: false };
    actions::debrief(app, mentee, path, debrief).await?;
    let today = app.now().to_zoned_datetime(mentor.zone.clone()).date();
    let what = Words::new("Defender una propuesta con su mejor alternativa al lado");
    let practice = Proposal { kind: ActivityKind::SpeakingPractice, on: today.saturating_add(14.days()), what };
    let line = Words::new("¿Qué habrías preguntado para saber si el silencio era un sí?");
    let saying = Saying { line, practice: Some(practice), version: 0, is_meant: false };
    actions::say(app, mentor, path, saying).await?;
    actions::agree(app, mentee, path, 1).await
}
