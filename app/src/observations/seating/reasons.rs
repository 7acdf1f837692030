//! Why the share-out gave somebody a seat or none, as its readers are told. Pure.

use std::collections::BTreeMap;

use super::super::model::{Reason, Seat, SeatId, SeatState, ShareReason};
use crate::i18n::{Lang, Message};
use crate::identity::PersonId;

/// Where somebody who got none got one in the same share-out: for which seat that is said, the sitting's number, and how that seat stands.
pub type Elsewhere = (SeatId, i64, SeatState);

/// Why the share-out gave a seat, or none, for whoever reads it. Of one that was refused or given back nothing is said.
pub fn reason(lang: Lang, seat: &Seat, reader: PersonId, elsewhere: &[Elsewhere]) -> Option<String> {
    let Reason { code, had, wishes, places, .. } = seat.reason?;
    let given = match seat.state {
        SeatState::NotShared => "not-given",
        SeatState::Asked | SeatState::Held => "given",
        SeatState::Refused | SeatState::Withdrawn => return None,
    };
    let key = if given == "given" && code == ShareReason::Enough && wishes > places {
        // That there was room is said only where it was: others asked who got a seat elsewhere.
        "observations-given-others".to_owned()
    } else if matches!(code, ShareReason::Fewest | ShareReason::Elsewhere) && seat.observer != reader {
        format!("observations-{given}-{}-other", code.code())
    } else {
        format!("observations-{given}-{}", code.code())
    };
    let said = Message::new(key).with("had", had).with("wishes", wishes).with("places", places);
    let elsewhere = elsewhere.iter().filter(|(of, ..)| *of == seat.id && seat.state == SeatState::NotShared);
    let told = elsewhere.map(|(_, number, state)| {
        let key = if *state == SeatState::Held { "observations-elsewhere" } else { "observations-elsewhere-waits" };
        Message::new(key).with("number", number.to_string())
    });
    let waits = (seat.state == SeatState::Asked).then(|| Message::new("observations-given-waits"));
    let sentences = [said].into_iter().chain(told).chain(waits);
    Some(sentences.map(|sentence| lang.tell(&sentence)).collect::<Vec<_>>().join(" "))
}

/// Whether somebody got none since they got one elsewhere.
pub fn is_elsewhere(seat: &Seat) -> bool {
    seat.reason.is_some_and(|reason| reason.code == ShareReason::Elsewhere)
}

/// For those of one share-out who got none since they got one elsewhere, where that was.
pub fn elsewhere(seats: &[Seat], number: impl Fn(&Seat) -> i64) -> Vec<Elsewhere> {
    let mut given: BTreeMap<PersonId, Vec<(i64, SeatState)>> = BTreeMap::new();
    for seat in seats.iter().filter(|seat| seat.state.stands()) {
        given.entry(seat.observer).or_default().push((number(seat), seat.state));
    }
    let of = |seat: &Seat| {
        let mut own = given.get(&seat.observer).cloned().unwrap_or_default();
        own.sort_unstable();
        let id = seat.id;
        own.into_iter().map(move |(number, state)| (id, number, state))
    };
    seats.iter().filter(|seat| is_elsewhere(seat)).flat_map(of).collect()
}
