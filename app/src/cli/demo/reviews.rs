//! What the pairs of the demonstration judge and look back on: decisions with their forecasts, a mid-point that both have given or that
//! waits for one of them, a letter, an agreed outcome.

use jiff::ToSpan as _;

use crate::app::App;
use crate::concerns;
use crate::concerns::model::Channel;
use crate::copies;
use crate::copies::model::{Receiver, Wanted};
use crate::identity::{self, Organisation, Part, Viewer};
use crate::journal;
use crate::journal::model::{Came, Draft, Expected, Outcome};
use crate::mentorships::Mentorship;
use crate::mentorships::visibility::Visibility;
use crate::outcomes;
use crate::outcomes::model::Reader;
use crate::problems::Failure;
use crate::programmes::EditionId;
use crate::reviews;
use crate::reviews::model::{Draft as Answers, Kind};
use crate::vault::Words;

/// A decision as the demonstration tells it: in so many days it is known, and what came if it is known already.
struct Told {
    question: &'static str,
    alternatives: &'static str,
    choice: &'static str,
    expected: &'static [(&'static str, u32)],
    why: &'static str,
    known_in: i64,
    came: Option<(Came, &'static str)>,
}

const DECISIONS: [Told; 3] = [
    Told {
        question: "¿Acepto dirigir el proyecto del norte?",
        alternatives: "Aceptarlo entero\nAceptar la primera fase\nDejarlo para el año que viene",
        choice: "Aceptar la primera fase",
        expected: &[("La primera fase acaba en plazo", 70)],
        why: "El equipo es bueno y el plazo, justo. Lo que no controlo es el permiso.",
        known_in: 45,
        came: None,
    },
    Told {
        question: "¿Enseño el presupuesto antes de la reunión o en ella?",
        alternatives: "Antes, a tres personas\nEn la reunión",
        choice: "Antes, a tres personas",
        expected: &[("Se aprueba sin cambios", 55), ("Se aprueba con cambios", 35)],
        why: "Quien lo ve antes lo defiende después.",
        known_in: 3,
        came: Some((Came::Expected(1), "Pidieron un cambio que ya esperaba. Ayudó haberlo hablado con finanzas.")),
    },
    Told {
        question: "¿Contrato ahora o espero al trimestre que viene?",
        alternatives: "Ahora\nEn abril",
        choice: "Ahora",
        expected: &[("La persona sigue a los tres meses", 85)],
        why: "Las referencias eran muy buenas.",
        known_in: 5,
        came: Some((Came::Expected(0), "Salió bien, y creo que por lo que pregunté en la entrevista.")),
    },
];

/// Lets a pair keep a journal and look back; not all of them are as far.
pub(super) async fn keep(
    app: &App,
    organisation: &Organisation,
    pair: &Mentorship,
    place: usize,
) -> Result<(), Failure> {
    let mentee = super::editions::viewer(app, pair.mentee).await?;
    let mentor = super::editions::viewer(app, pair.mentor).await?;
    for (number, told) in DECISIONS.iter().enumerate() {
        decide(app, &mentee, pair, told, number == 0).await?;
    }
    review(app, &mentee, pair, &["Los lunes a primera hora", "Decir en voz alta dónde dudo", "Ver una negociación"])
        .await?;
    if place.is_multiple_of(2) {
        let answers = ["Que llega con una pregunta escrita", "", "Más práctica y menos conversación"];
        review(app, &mentor, pair, &answers).await?;
        let letter =
            "Querida persona que lee esto dentro de un año:\n\nhoy lo que más miedo me da es hablar la primera.";
        reviews::seal_letter(app, &mentee, pair.id, &Words::new(letter)).await?;
        release(app, organisation, pair, (&mentee, &mentor)).await?;
        hand_over(app, organisation, pair, &mentee).await?;
    }
    Ok(())
}

/// What a student hands in, where there is a faculty.
async fn hand_over(app: &App, organisation: &Organisation, pair: &Mentorship, mentee: &Viewer) -> Result<(), Failure> {
    if identity::person_ids_with_part(&app.db, organisation.id, Part::Faculty).await?.is_empty() {
        return Ok(());
    }
    let wanted = Wanted {
        receiver: Some(Receiver::Faculty),
        title: "Memoria de mitad de curso".to_owned(),
        note:
            "He aprendido a escribir mi límite antes de sentarme a negociar, y a callar después de decirlo.\n\nLo que \
               más me costó fue preguntar delante de gente que sabe más."
                .to_owned(),
        marks: Vec::new(),
    };
    copies::hand_over(app, mentee, pair.id, &wanted).await.map(drop)
}

async fn decide(app: &App, mentee: &Viewer, pair: &Mentorship, told: &Told, is_shared: bool) -> Result<(), Failure> {
    let today = app.now().to_zoned_datetime(mentee.zone.clone()).date();
    let expected = told.expected.iter().map(|(what, percent)| Expected { what: Words::new(*what), percent: *percent });
    let draft = Draft {
        visibility: if is_shared { Visibility::Pair } else { Visibility::OnlyMe },
        question: Words::new(told.question),
        alternatives: Words::new(told.alternatives),
        choice: Words::new(told.choice),
        expected: expected.collect(),
        why: Words::new(told.why),
        known_on: Some(today.saturating_add(told.known_in.days())),
    };
    let decision = journal::add(app, mentee, pair.id, &draft).await?;
    if let Some((came, lesson)) = told.came {
        let outcome = Outcome { came, lesson: Words::new(lesson) };
        journal::resolve(app, mentee, (pair.id, decision, 1), &outcome).await?;
    }
    Ok(())
}

async fn review(app: &App, by: &Viewer, pair: &Mentorship, answers: &[&'static str; 3]) -> Result<(), Failure> {
    let draft = Answers { answers: answers.iter().map(|answer| Words::new(*answer)).collect(), contact: None };
    reviews::write(app, by, (pair.id, Kind::Midpoint, 0), &draft, true).await
}

/// A line that both show to whoever pays.
async fn release(
    app: &App,
    organisation: &Organisation,
    pair: &Mentorship,
    (mentee, mentor): (&Viewer, &Viewer),
) -> Result<(), Failure> {
    let sponsors = identity::person_ids_with_part(&app.db, organisation.id, Part::Sponsor).await?;
    let readers: Vec<Reader> =
        sponsors.into_iter().map(|person| Reader { person, part: Part::Sponsor }).take(1).collect();
    if readers.is_empty() {
        return Ok(());
    }
    let line = Words::new("Presenta ya puntos del orden del día en el comité");
    let outcome = outcomes::propose(app, mentee, pair.id, &line, &readers).await?;
    outcomes::release(app, mentor, (pair.id, outcome), &readers).await
}

/// What the edition says of the organisation's own channel.
pub(super) async fn name_channel(app: &App, coordinator: &Viewer, edition: EditionId) -> Result<(), Failure> {
    let channel = Channel {
        channel: "Canal interno de información, extensión 4321".to_owned(),
        link: "https://canal.example.org".to_owned(),
        ..Channel::default()
    };
    concerns::name_channel(app, coordinator, edition, "", &channel).await
}
