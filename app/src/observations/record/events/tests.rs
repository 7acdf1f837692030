use jiff::SignedDuration;
use proptest::prelude::*;

use super::*;

fn person(number: u8) -> PersonId {
    PersonId(Uuid::from_u128(u128::from(number) + 1))
}

fn minute(minute: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_mins(minute)
}

/// A record in the making.
#[derive(Default)]
struct Made(Vec<Entry>, u128, i64);

impl Made {
    /// Each is told by itself, and comes in after what was told before.
    fn add(&mut self, at: Timestamp, event: Event, has_happened: bool) -> Result<(), Refused> {
        self.2 += 1;
        self.with_it(at, event, has_happened)
    }

    /// It comes in with what was told before.
    fn with_it(&mut self, at: Timestamp, event: Event, has_happened: bool) -> Result<(), Refused> {
        self.1 += 1000;
        let noted_at = Timestamp::from_second(self.2).unwrap();
        let mut next = self.1;
        let new = New { client: Uuid::from_u128(next), at, event };
        let more = added(&self.0, new, (Some(person(99)), noted_at), has_happened, || {
            next += 1;
            Uuid::from_u128(next)
        })?;
        self.0.extend(more);
        Ok(())
    }

    fn exposures(&self) -> Vec<Exposure> {
        recorded(&self.0).into_values().filter(|one| !one.withdrawn).collect()
    }
}

fn ruling(class: Class, may: &[u8]) -> Ruling {
    Ruling::new(Some(class), may.iter().map(|number| person(*number)).collect())
}

fn begins(item: u32, class: Class, may: &[u8]) -> Event {
    Event::ItemBegins { item, ruling: ruling(class, may), all_the_same: false }
}

fn enters(number: u8) -> Event {
    Event::Enters { observer: person(number), undertaking: None }
}

fn leaves(number: u8) -> Event {
    Event::Leaves { observer: person(number) }
}

#[test]
fn a_beginning_is_judged_by_its_own_instant_however_it_comes_in() {
    for second_first in [false, true] {
        let first = [
            (minute(0), begins(2, Class::Confidential, &[])),
            // One of them was cleared while it ran first, and the other before it ran again.
            (minute(1), Event::ClassChanged { item: 2, ruling: ruling(Class::Confidential, &[2]) }),
            (minute(2), Event::ItemEnds { item: 2 }),
        ];
        let second = [
            (minute(3), enters(1)),
            (minute(4), begins(2, Class::Confidential, &[1, 2])),
            (minute(6), Event::ItemEnds { item: 2 }),
        ];
        let told = if second_first { [second, first] } else { [first, second] };
        for by_itself in [false, true] {
            let mut made = Made::default();
            for (at, event) in told.clone().into_iter().flatten() {
                let added = if by_itself { made.add(at, event, true) } else { made.with_it(at, event, true) };
                added.unwrap();
            }
            assert!(made.exposures().is_empty(), "{second_first} {by_itself}: {:?}", made.exposures());
        }
    }
}

#[test]
fn of_before_rulings_were_kept_what_changed_before_keeps_out_all_the_same() {
    let mut made = Made::default();
    let begins = |may_not: &[u8]| {
        let out = may_not.iter().map(|number| person(*number)).collect();
        let ruling = Ruling { class: Some(Class::Confidential), admits: Admits::AllBut { out } };
        Event::ItemBegins { item: 2, ruling, all_the_same: false }
    };
    made.add(minute(3), enters(1), true).unwrap();
    made.add(minute(4), begins(&[]), true).unwrap();
    made.add(minute(6), Event::ItemEnds { item: 2 }, true).unwrap();
    assert!(made.exposures().is_empty());
    let closed = Event::ClassChanged { item: 2, ruling: ruling(Class::Supervisory, &[]) };
    made.add(minute(1), closed, true).unwrap();
    assert_eq!(made.exposures().len(), 1);
}

#[test]
fn a_closed_item_is_not_begun_silently() {
    let mut made = Made::default();
    made.add(minute(0), enters(1), false).unwrap();
    made.add(minute(1), begins(1, Class::Open, &[1]), false).unwrap();
    assert_eq!(made.add(minute(9), begins(2, Class::LegalAdvice, &[]), false), Err(Refused::Runs(1)));
    made.add(minute(10), Event::ItemEnds { item: 1 }, false).unwrap();
    let refused = made.add(minute(10), begins(2, Class::LegalAdvice, &[]), false);
    assert_eq!(refused, Err(Refused::MustBeOut(BTreeSet::from([person(1)]))));
    assert_eq!(made.0.len(), 3, "what is refused leaves nothing");
    made.add(minute(11), leaves(1), false).unwrap();
    made.add(minute(11), begins(2, Class::LegalAdvice, &[]), false).unwrap();
    let back = Event::Returns { observer: person(1) };
    assert_eq!(made.add(minute(12), back, false), Err(Refused::MustBeOut(BTreeSet::from([person(1)]))));
    assert!(made.exposures().is_empty());
}

#[test]
fn whoever_is_not_said_to_be_let_in_is_exposed() {
    // Eva had no seat when the item began, and is said to have sat there all the same.
    let cases: [(Class, &[u8]); 3] = [(Class::LegalAdvice, &[]), (Class::LegalAdvice, &[1, 2]), (Class::Open, &[1])];
    for (class, may) in cases {
        let mut made = Made::default();
        made.add(minute(21), begins(3, class, may), true).unwrap();
        made.add(minute(35), Event::ItemEnds { item: 3 }, true).unwrap();
        assert!(made.exposures().is_empty());
        made.add(minute(20), enters(2), true).unwrap();
        made.add(minute(36), leaves(2), true).unwrap();
        let exposure = &made.exposures()[0];
        assert_eq!((exposure.from, exposure.until), (minute(21), Some(minute(35))), "{class:?} {may:?}");
    }
}

#[test]
fn what_is_begun_all_the_same_is_an_exposure_at_once() {
    let mut made = Made::default();
    made.add(minute(0), enters(1), false).unwrap();
    let ruling = ruling(Class::InsideInformation, &[]);
    made.add(minute(5), Event::ItemBegins { item: 4, ruling, all_the_same: true }, false).unwrap();
    let open = &made.exposures()[0];
    assert_eq!((open.from, open.until, open.class), (minute(5), None, Some(Class::InsideInformation)));
    made.add(minute(7), leaves(1), false).unwrap();
    assert_eq!(made.exposures().len(), 1);
    assert_eq!(made.exposures()[0].until, Some(minute(7)));
    // She had left before it began, as it turns out: nothing is changed, and nothing is left of it.
    let instead = Some(Box::new(Instead { at: minute(4), event: leaves(1) }));
    made.add(minute(60), Event::Correction { entry: 4, instead, why: Some(Cause::WrongTime) }, false).unwrap();
    assert!(made.exposures().is_empty());
    assert_eq!(recorded(&made.0)[&3].why, Some(Cause::WrongTime), "what was withdrawn stays, with the reason");
    assert!(matches!(&made.0[1].event, Event::ItemBegins { all_the_same: true, .. }));
    assert_eq!(made.0.len(), 7);
}

#[test]
fn an_exposure_that_is_corrected_stays_the_one_that_it_was() {
    let mut made = Made::default();
    made.add(minute(0), enters(1), false).unwrap();
    made.add(minute(5), begins(4, Class::InsideInformation, &[]), true).unwrap();
    made.add(minute(7), leaves(1), false).unwrap();
    made.add(minute(8), Event::Returns { observer: person(1) }, true).unwrap();
    made.add(minute(9), Event::ItemEnds { item: 4 }, false).unwrap();
    let first: Vec<u32> = recorded(&made.0).into_keys().collect();
    assert_eq!(first, [3, 7], "two stretches are two exposures");
    let instead = Some(Box::new(Instead { at: minute(6), event: made.0[1].event.clone() }));
    made.add(minute(60), Event::Correction { entry: 2, instead, why: Some(Cause::WrongTime) }, false).unwrap();
    let said = recorded(&made.0);
    assert_eq!(said.keys().copied().collect::<Vec<_>>(), first, "a minute later, and no other exposure");
    assert_eq!((said[&3].from, said[&3].until, said[&3].withdrawn), (minute(6), Some(minute(7)), false));
    assert_eq!(words(&made.0)[&3].len(), 3);
    assert_eq!(State::of(&made.0).minutes(minute(20))[&person(1)], 19, "she is there until it ends");
    let struck = Event::Correction { entry: 2, instead: None, why: Some(Cause::Mistaken) };
    made.add(minute(61), struck, false).unwrap();
    assert!(recorded(&made.0).values().all(|one| one.withdrawn && one.why == Some(Cause::Mistaken)));
}

#[test]
fn another_class_holds_from_its_minute_on_and_nobody_in_the_room_takes_it_back() {
    let mut made = Made::default();
    made.add(minute(0), enters(1), false).unwrap();
    made.add(minute(1), begins(1, Class::Open, &[1]), false).unwrap();
    let changed = Event::ClassChanged { item: 1, ruling: ruling(Class::Supervisory, &[]) };
    made.add(minute(3), changed, false).unwrap();
    made.add(minute(5), Event::ItemEnds { item: 1 }, false).unwrap();
    let exposure = &made.exposures()[0];
    assert_eq!((exposure.from, exposure.until), (minute(3), Some(minute(5))));
    let state = State::of(&made.0);
    let runs: Vec<&Run> = state.runs_of(1).collect();
    assert_eq!(runs.len(), 2);
    assert_eq!(state.presence(person(1), runs[0]), [(minute(1), Some(minute(3)))]);
    assert_eq!(state.presence(person(1), runs[1]), [(minute(3), Some(minute(5)))]);
    let struck = Event::Correction { entry: 3, instead: None, why: None };
    assert_eq!(made.add(minute(9), struck, false), Err(Refused::NoSuchEntry));
    // It began after the class had changed, in truth: it runs under the class that it had by then.
    let instead = Some(Box::new(Instead { at: minute(4), event: begins(1, Class::Supervisory, &[]) }));
    made.add(minute(10), Event::Correction { entry: 2, instead, why: None }, false).unwrap();
    let exposure = &made.exposures()[0];
    assert_eq!((exposure.class, exposure.from, exposure.until), (Some(Class::Supervisory), minute(4), Some(minute(5))));
}

#[test]
fn a_secretary_says_afterwards_what_an_item_was() {
    let mut made = Made::default();
    made.add(minute(0), enters(1), false).unwrap();
    assert_eq!(made.add(minute(0), Event::Inside { item: 1 }, false), Err(Refused::DoesNotRun));
    let ruling = Ruling::new(None, BTreeSet::new());
    made.add(minute(1), Event::ItemBegins { item: 1, ruling, all_the_same: true }, false).unwrap();
    made.add(minute(5), Event::ItemEnds { item: 1 }, false).unwrap();
    made.add(minute(6), begins(2, Class::Open, &[1]), false).unwrap();
    made.add(minute(9), Event::Closed, false).unwrap();
    let first: Vec<u32> = recorded(&made.0).into_keys().collect();
    assert_eq!(made.exposures()[0].class, None);
    made.add(minute(60), Event::Inside { item: 1 }, true).unwrap();
    let said = recorded(&made.0);
    assert_eq!(said.keys().copied().collect::<Vec<_>>(), first, "the same exposure, of another class");
    assert_eq!(said[&first[0]].class, Some(Class::InsideInformation));
    // In an item that was in order it is an exposure of its own, and goes when the secretary takes the word back.
    made.add(minute(61), Event::Inside { item: 2 }, true).unwrap();
    let word = u32::try_from(made.0.len()).unwrap() - 1;
    assert_eq!((made.exposures()[1].from, made.exposures()[1].until), (minute(6), Some(minute(9))));
    made.add(minute(62), Event::Correction { entry: word, instead: None, why: None }, false).unwrap();
    assert_eq!(made.exposures().len(), 1);
}

#[test]
fn an_end_stays_after_its_beginning() {
    let mut made = Made::default();
    made.add(minute(1), begins(1, Class::Open, &[]), false).unwrap();
    made.add(minute(9), Event::ItemEnds { item: 1 }, false).unwrap();
    let before = State::of(&made.0);
    assert!(!before.begins_after(1, minute(1)) && before.begins_after(1, minute(0)));
    let (first, last) = (made.0[0].event.clone(), made.0[1].event.clone());
    for (entry, at, event, is_lost) in [(1, 5, &first, false), (1, 10, &first, true), (2, 0, &last, true)] {
        let mut made = Made(made.0.clone(), made.1, made.2);
        let instead = Some(Box::new(Instead { at: minute(at), event: event.clone() }));
        made.add(minute(20), Event::Correction { entry, instead, why: None }, false).unwrap();
        assert_eq!(State::of(&made.0).has_lost_an_end(1, &before), is_lost, "{entry} at {at}");
    }
}

#[test]
fn what_a_secretary_states_stands_beside_the_class() {
    let mut made = Made::default();
    made.add(minute(0), enters(1), false).unwrap();
    made.add(minute(1), begins(1, Class::LegalAdvice, &[]), true).unwrap();
    made.add(minute(9), Event::Closed, false).unwrap();
    let stated = |class: Class| Event::Stated { item: 1, class };
    let classes = |made: &Made| made.exposures().iter().filter_map(|one| one.class).collect::<Vec<_>>();
    // Legal advice in which inside information was dealt with is both.
    made.add(minute(60), stated(Class::InsideInformation), true).unwrap();
    let word = u32::try_from(made.0.len()).unwrap() - 1;
    assert_eq!(classes(&made), [Class::LegalAdvice, Class::InsideInformation]);
    made.add(minute(61), stated(Class::LegalAdvice), true).unwrap();
    assert_eq!(made.exposures().len(), 2, "what it was already it is once");
    assert!(made.exposures().iter().all(|one| (one.from, one.until) == (minute(1), Some(minute(9)))));
    made.add(minute(62), Event::Correction { entry: word, instead: None, why: None }, false).unwrap();
    assert_eq!(classes(&made), [Class::LegalAdvice]);
}

#[test]
fn what_was_of_a_class_for_a_while_can_be_stated_of_all_of_it() {
    let inside = Class::InsideInformation;
    let mut made = Made::default();
    made.add(minute(0), enters(1), false).unwrap();
    made.add(minute(1), begins(1, Class::Open, &[1]), true).unwrap();
    assert!(!State::of(&made.0).is_said(1, inside) && !State::of(&made.0).is_said(2, inside));
    made.add(minute(20), Event::ClassChanged { item: 1, ruling: ruling(inside, &[]) }, true).unwrap();
    made.add(minute(30), Event::Closed, false).unwrap();
    let spans = |made: &Made| made.exposures().iter().map(|one| (one.from, one.until)).collect::<Vec<_>>();
    assert_eq!(spans(&made), [(minute(20), Some(minute(30)))]);
    assert!(!State::of(&made.0).is_said(1, inside), "nothing is said of the time before");
    made.add(minute(60), Event::Stated { item: 1, class: inside }, true).unwrap();
    assert_eq!(spans(&made), [(minute(1), Some(minute(30)))]);
    assert!(State::of(&made.0).is_said(1, inside));
    // Of what had the class from the beginning on there is nothing more to say.
    let mut whole = Made::default();
    whole.add(minute(1), begins(1, inside, &[]), true).unwrap();
    assert!(State::of(&whole.0).is_said(1, inside));
}

#[test]
fn what_comes_late_stands_where_it_happened() {
    let mut made = Made::default();
    made.add(minute(0), enters(1), false).unwrap();
    made.add(minute(10), begins(1, Class::LegalAdvice, &[]), true).unwrap();
    assert_eq!(made.exposures().len(), 1);
    made.add(minute(9), leaves(1), true).unwrap();
    assert!(made.exposures().is_empty(), "the phone of whoever saw her go had no connection");
    made.add(minute(20), Event::Closed, false).unwrap();
    assert_eq!(made.add(minute(21), enters(1), false), Err(Refused::Closed));
    assert_eq!(State::of(&made.0).closed_at, Some(minute(20)));
}

#[test]
fn what_was_written_before_is_read_as_it_was() {
    let eva = person(1).0;
    let of_then = [
        format!(r#"{{"kind":"item-begins","item":2,"class":"confidential","out":["{eva}"],"all_the_same":false}}"#),
        format!(r#"{{"kind":"class-changed","item":2,"class":"open","out":["{eva}"]}}"#),
        format!(r#"{{"kind":"signs","observer":"{eva}","undertaking":"00"}}"#),
    ];
    for text in of_then {
        let event: Event = serde_json::from_str(&text).unwrap();
        assert_eq!(serde_json::to_string(&event).unwrap(), text);
        if let Event::ItemBegins { ruling, .. } | Event::ClassChanged { ruling, .. } = event {
            assert!(ruling.is_out(person(1)) && !ruling.is_out(person(2)));
            let closed = Ruling { class: Some(Class::LegalAdvice), ..ruling };
            assert!(closed.is_out(person(2)), "nobody is let in to what is closed, whoever was forgotten");
        }
    }
}

/// Whom an item lets in is drawn without its class, and one observer is let in by nobody.
fn any_ruling() -> impl Strategy<Value = Ruling> {
    let class = prop::sample::select(vec![
        None,
        Some(Class::Open),
        Some(Class::Confidential),
        Some(Class::LegalAdvice),
        Some(Class::InsideInformation),
    ]);
    let people = prop::collection::btree_set((0_u8..3).prop_map(person), 0..4);
    let admits = prop_oneof![
        3 => people.clone().prop_map(|may| Admits::These { may }),
        1 => people.prop_map(|out| Admits::AllBut { out }),
    ];
    (class, admits).prop_map(|(class, admits)| Ruling { class, admits })
}

/// Something that may happen, with how many minutes later than what came before, and whether it is told afterwards,
/// and with what came before.
fn anything() -> impl Strategy<Value = (i64, Event, (bool, bool))> {
    let plain = prop_oneof![
        4 => (1_u32..4, any_ruling(), any::<bool>())
            .prop_map(|(item, ruling, all_the_same)| Event::ItemBegins { item, ruling, all_the_same }),
        2 => (1_u32..4).prop_map(|item| Event::ItemEnds { item }),
        4 => (1_u32..4, any_ruling()).prop_map(|(item, ruling)| Event::ClassChanged { item, ruling }),
        4 => (0_u8..4).prop_map(enters),
        2 => (0_u8..4).prop_map(|number| Event::Returns { observer: person(number) }),
        3 => (0_u8..4).prop_map(leaves),
        1 => (0_u8..4).prop_map(|number| Event::ToldToLeave { observer: person(number) }),
        1 => (1_u32..4).prop_map(|item| Event::Inside { item }),
        1 => (1_u32..4, prop::sample::select(vec![Class::LegalAdvice, Class::InsideInformation]))
            .prop_map(|(item, class)| Event::Stated { item, class }),
        1 => Just(Event::Closed),
    ];
    let event = prop_oneof![
        24 => plain.clone(),
        6 => (1_u32..20, prop::option::of((0_i64..60, plain))).prop_map(|(entry, instead)| {
            let instead = instead.map(|(at, event)| Box::new(Instead { at: minute(at), event }));
            Event::Correction { entry, instead, why: entry.is_multiple_of(2).then_some(Cause::Mistaken) }
        }),
    ];
    (-3_i64..4, event, any::<(bool, bool)>())
}

/// Every entry as it stands after its last correction, in the order of time.
fn as_it_stands(entries: &[Entry]) -> Vec<(Timestamp, u32, Event)> {
    let mut all: Vec<(Timestamp, u32, Event)> = Vec::new();
    for entry in entries.iter().filter(|entry| !matches!(entry.event, Event::Exposure(_) | Event::Correction { .. })) {
        let last = entries.iter().rev().find_map(|other| match &other.event {
            Event::Correction { entry: corrected, instead, .. } if *corrected == entry.number => Some(instead),
            _ => None,
        });
        match last {
            None => all.push((entry.at, entry.number, entry.event.clone())),
            Some(None) => {}
            Some(Some(instead)) => all.push((instead.at, entry.number, instead.event.clone())),
        }
    }
    all.sort_by_key(|(at, ..)| *at);
    all
}

/// Whether a statement of an item keeps somebody out: its class is closed, or there is none, or they are not among those whom it lets in.
fn keeps_out(statement: &Ruling, observer: PersonId) -> bool {
    let is_closed =
        matches!(statement.class, None | Some(Class::LegalAdvice | Class::InsideInformation | Class::Supervisory));
    let is_named = match &statement.admits {
        Admits::These { may } => may.contains(&observer),
        Admits::AllBut { out } => !out.contains(&observer),
    };
    is_closed || !is_named
}

/// The item that ran at a minute while somebody was in the room to whom it was closed, by the newest statement of it at or before that
/// minute. Worked out from the entries alone: where they were, which item ran, and what had been said of it.
fn in_what_is_closed(entries: &[Entry], observer: PersonId, now: Timestamp) -> Option<u32> {
    let all = as_it_stands(entries);
    let inside = |item: u32| {
        let is_it = |event: &Event| event.is_of_the_secretary() && event.item() == Some(item);
        all.iter().any(|(.., event)| is_it(event))
    };
    let so_far: Vec<&(Timestamp, u32, Event)> = all.iter().filter(|(at, ..)| *at <= now).collect();
    let is_in = so_far.iter().rev().find_map(|(.., event)| match event {
        Event::Enters { observer: who, .. } | Event::Returns { observer: who } if *who == observer => Some(true),
        Event::Leaves { observer: who } if *who == observer => Some(false),
        Event::Closed => Some(false),
        _ => None,
    });
    let mut running = None;
    for (.., event) in &so_far {
        match event {
            Event::ItemBegins { item, .. } => running = Some(*item),
            Event::ItemEnds { item } if running == Some(*item) => running = None,
            Event::Closed => running = None,
            _ => {}
        }
    }
    let item = running.filter(|_| is_in == Some(true))?;
    // A change counts from where the item began; of before rulings were kept, said later than that beginning, from before it too.
    let statements: Vec<(u32, bool, &Ruling)> = so_far
        .iter()
        .filter_map(|(_, number, event)| match event {
            Event::ItemBegins { item: of, ruling, .. } if *of == item => Some((*number, true, ruling)),
            Event::ClassChanged { item: of, ruling } if *of == item => Some((*number, false, ruling)),
            _ => None,
        })
        .collect();
    let (number, is_begin, newest) = *statements.last()?;
    let changed_before = statements.iter().rev().find(|(_, is_begin, _)| !is_begin);
    let was_changed = changed_before.is_some_and(|(later, _, ruling)| *later > number && keeps_out(ruling, observer));
    let is_of_before = is_begin && matches!(newest.admits, Admits::AllBut { .. });
    (inside(item) || keeps_out(newest, observer) || is_of_before && was_changed).then_some(item)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]
    #[test]
    fn nobody_is_recorded_in_a_closed_item_without_an_exposure(
        events in prop::collection::vec(anything(), 0..40)
    ) {
        let (mut made, mut now) = (Made::default(), 20_i64);
        for (later, event, (has_happened, comes_with_it)) in events {
            now = (now + later).clamp(0, 60);
            let before = made.0.clone();
            let outcome = if comes_with_it {
                made.with_it(minute(now), event, has_happened)
            } else {
                made.add(minute(now), event, has_happened)
            };
            if outcome.is_err() {
                prop_assert_eq!(&made.0, &before, "what is refused leaves nothing");
            }
            prop_assert_eq!(&made.0[..before.len()], &before[..], "nothing is ever changed");
            prop_assert!(unrecorded(&made.0).is_empty());
            prop_assert!(made.0.iter().zip(1..).all(|(entry, number)| entry.number == number));
        }
        let exposures = made.exposures();
        for (observer, instant) in (0..4).flat_map(|who| (0..=61).map(move |at| (person(who), minute(at)))) {
            let is_said = |item: Option<u32>| exposures.iter().any(|one| {
                let is_then = one.from <= instant && one.until.is_none_or(|until| instant < until);
                one.observer == observer && is_then && item.is_none_or(|item| one.item == item)
            });
            match in_what_is_closed(&made.0, observer, instant) {
                Some(item) => prop_assert!(is_said(Some(item)), "{observer} in {item} at {instant}"),
                None => prop_assert!(!is_said(None), "{observer} at {instant} was in nothing closed"),
            }
        }
    }

    #[test]
    fn an_event_is_read_as_it_was_written((_, event, _) in anything()) {
        let text = serde_json::to_string(&event).unwrap();
        prop_assert_eq!(serde_json::from_str::<Event>(&text).unwrap(), event);
    }
}
