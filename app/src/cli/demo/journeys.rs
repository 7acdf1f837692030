//! What the pairs of the demonstration are at: goals that go well, goals that are late, one that was reached; a plan with what was
//! done, what was written of it, and what is to come.

use jiff::civil::Date;
use jiff::{SignedDuration, Span, ToSpan as _};

use crate::activities;
use crate::activities::model::{ActivityId, Done, Reflection, Row, When};
use crate::app::App;
use crate::goals;
use crate::goals::model::{Draft, GoalId, Kind, Outcome, Saying, Term, Tie, lines};
use crate::i18n::Lang;
use crate::identity::{Organisation, Viewer};
use crate::mentorships::visibility::Visibility;
use crate::mentorships::{self, Mentorship, MentorshipId};
use crate::problems::{Failure, Refusal};
use crate::programmes::{self, Edition, EditionId};
use crate::vault::Words;

/// Lets the pairs of an edition live: not all of them are as far, and of one nothing is heard.
pub(super) async fn live(
    app: &App,
    organisation: &Organisation,
    edition: EditionId,
    silent: Option<MentorshipId>,
) -> Result<(), Failure> {
    let pairs = mentorships::of_edition(&app.db, edition).await?;
    let edition = programmes::edition(&app.db, edition).await?.ok_or(Refusal::NotFound)?;
    for (place, pair) in pairs.iter().enumerate() {
        // The last pair has written nothing yet, so that a visitor sees an empty page as well.
        let is_last = place + 1 == pairs.len() && pairs.len() > 1;
        if !is_last && silent != Some(pair.id) {
            set_goals(app, pair, place).await?;
            plan(app, pair, &edition).await?;
            super::reviews::keep(app, organisation, pair, place).await?;
        }
    }
    Ok(())
}

/// A goal as the demonstration tells it.
struct Told {
    statement: &'static str,
    measure: &'static str,
    numbers: Option<(f64, f64)>,
    /// In days from today.
    due: i64,
    competency: &'static str,
    steps: &'static str,
    /// Days ago, value, line, and whether the mentor says it.
    check_ins: &'static [(i64, f64, &'static str, bool)],
}

const LONG: Told = Told {
    statement: "Llevar un comité de dirección de principio a fin",
    measure: "",
    numbers: None,
    due: 240,
    competency: "",
    steps: "",
    check_ins: &[],
};

const PARTS: [Told; 2] = [
    Told {
        statement: "Presentar puntos del orden del día en el comité",
        measure: "puntos presentados",
        numbers: Some((0.0, 4.0)),
        due: 60,
        competency: "persuasion",
        steps: "Pedir el orden del día con una semana\nEnsayar con el cronómetro\nRecoger dos respuestas al terminar",
        check_ins: &[
            (42, 1.0, "El primero, con notas delante. Corto y claro.", false),
            (20, 2.0, "Ya sin notas. Falta cerrar con una petición.", true),
            (4, 3.0, "Salió una decisión el mismo día.", false),
        ],
    },
    Told {
        statement: "Escribir mi alternativa y mi límite antes de cada negociación",
        measure: "negociaciones preparadas por escrito",
        numbers: Some((1.0, 5.0)),
        due: -9,
        competency: "negotiation",
        steps: "Hacer una plantilla de una página\nUsarla con el próximo proveedor",
        check_ins: &[(35, 2.0, "La plantilla funciona; se me olvidó el plazo.", false)],
    },
];

const REACHED: Told = Told {
    statement: "Mantener una conversación individual al mes con cada persona del equipo",
    measure: "conversaciones al mes",
    numbers: Some((2.0, 6.0)),
    due: 10,
    competency: "leading-people",
    steps: "Reservar las horas en la agenda",
    check_ins: &[(30, 4.0, "Faltaron dos por vacaciones.", false), (7, 6.0, "Todas, y apuntado lo acordado.", false)],
};

async fn set_goals(app: &App, pair: &Mentorship, place: usize) -> Result<(), Failure> {
    let mentee = super::editions::viewer(app, pair.mentee).await?;
    let mentor = super::editions::viewer(app, pair.mentor).await?;
    let today = app.now().to_zoned_datetime(mentee.zone.clone()).date();
    let stage = Stage { app, id: pair.id, mentee: &mentee, mentor: &mentor, today };
    let objective = Words::new("Dirigir una unidad de negocio antes de tres años");
    goals::write_objective(app, &mentee, pair.id, 0, &objective).await?;
    let long = stage.goal(&LONG, None).await?;
    for part in &PARTS[usize::from(place % 3 == 2)..] {
        stage.goal(part, Some(long)).await?;
    }
    let reached = stage.goal(&REACHED, None).await?;
    goals::settle(app, &mentee, (pair.id, reached, 1), Outcome::Reached, "Ya es costumbre.").await
}

/// What was done of a plan: days ago, minutes, and what was seen; none where the debrief is still owed.
const WAS: [(i64, i64, Option<[&str; 3]>); 3] = [
    (
        48,
        60,
        Some([
            "Que me dijeran qué hacer.",
            "Preguntas y poco consejo. Lo que más me costó fue decir en voz alta dónde dudo.",
            "Escribir la duda antes de cada decisión y enseñarla.",
        ]),
    ),
    (
        21,
        120,
        Some([
            "Mucho debate.",
            "Casi todo estaba hablado antes. La decisión cambió con una sola pregunta, y la hizo quien menos había hablado.",
            "Llegar con una pregunta y no con una respuesta.",
        ]),
    ),
    (1, 90, None),
];

/// The plan of the track as its mentor would write it, with what was done by now.
async fn plan(app: &App, pair: &Mentorship, edition: &Edition) -> Result<(), Failure> {
    let mentee = super::editions::viewer(app, pair.mentee).await?;
    let mentor = super::editions::viewer(app, pair.mentor).await?;
    let framework = programmes::framework_of(&app.db, edition).await?.map(|version| version.content);
    let days = (edition.starts_on, edition.ends_on);
    let mut rows: Vec<Row> = activities::proposed(edition.track, framework.as_ref(), days, Lang::Es);
    let today = app.now().to_zoned_datetime(mentee.zone.clone()).date();
    for (row, (ago, ..)) in rows.iter_mut().zip(WAS) {
        row.when = When::new(today.saturating_sub(ago.days()), false);
    }
    activities::write(app, &mentor, (pair.id, 0), &rows).await?;
    for (id, (ago, minutes, thought)) in first(app, pair.id).await?.into_iter().zip(WAS) {
        let ended_at = app.now() - SignedDuration::from_hours(24 * ago);
        activities::finish(app, &mentor, (pair.id, id), Done { ended_at, minutes: Some(minutes) }).await?;
        let Some([expected, seen, practise]) = thought.map(|thought| thought.map(Words::new)) else { continue };
        let reflection = Reflection { visibility: Visibility::Pair, expected, seen, practise, ..Reflection::default() };
        activities::write_debrief(app, &mentee, (pair.id, id, 0), &reflection).await?;
    }
    Ok(())
}

/// The activities of a plan, in the order of time.
async fn first(app: &App, pair: MentorshipId) -> Result<Vec<ActivityId>, Failure> {
    Ok(activities::plan(&app.db, pair).await?.into_iter().map(|activity| activity.id).collect())
}

/// A pair, and the day it is.
struct Stage<'a> {
    app: &'a App,
    id: MentorshipId,
    mentee: &'a Viewer,
    mentor: &'a Viewer,
    today: Date,
}

impl Stage<'_> {
    fn day(&self, days: i64) -> Date {
        self.today.saturating_add(Span::new().days(days))
    }

    async fn goal(&self, told: &Told, parent: Option<GoalId>) -> Result<GoalId, Failure> {
        let is_head = told.steps.is_empty();
        let draft = Draft {
            visibility: Visibility::Pair,
            kind: Kind::Professional,
            term: if is_head { Term::Long } else { Term::Short },
            tie: Some(if is_head { Tie::Objective } else { Tie::Competency(told.competency.to_owned()) }),
            parent,
            statement: Words::new(told.statement),
            measure: Words::new(told.measure),
            baseline: told.numbers.map(|(from, _)| from),
            target: told.numbers.map(|(_, to)| to),
            due: Some(self.day(told.due)),
            steps: lines(told.steps),
        };
        let goal = goals::add(self.app, self.mentee, self.id, &draft).await?;
        for (ago, value, line, by_mentor) in told.check_ins {
            let by = if *by_mentor { self.mentor } else { self.mentee };
            let on = self.today.saturating_sub(ago.days());
            let saying = Saying { on, value: Some(*value), line: Words::new(*line) };
            goals::check_in(self.app, by, (self.id, goal), &saying).await?;
        }
        Ok(goal)
    }
}
