//! From people and rules to the pairs: the problem is scored, solved by the engine, proved, and put in words.

use assignment::{FORBIDDEN, MentorId, Seats, Solution, Table};
use thiserror::Error;

use super::explain::{left_out, notes};
use super::model::{Certificate, MentorLoad, Outcome, Pair, Pool, Reason, ScoredProblem};
use super::rules::Rules;
use super::terms::Terms;
use crate::i18n::Message;
use crate::people::model::PersonDraft;

/// Why there is no outcome at all. An empty sheet or rules that forbid everything are outcomes, not failures.
#[derive(Debug, Error)]
pub enum Failure {
    #[error("these weights are too large for so many people: {0}")]
    TooLarge(String),
    /// The engine would not give an answer that it could not prove.
    #[error(transparent)]
    Unproved(#[from] assignment::Unproved),
}

/// Pairs the people of a pool, coverage first and then score. The same pool and rules give the same outcome.
pub fn run(pool: &Pool, rules: &Rules) -> Result<Outcome, Failure> {
    run_on(pool, rules, 1, |_, _| ())
}

/// The same with so many threads to score the pairs, which changes nothing of the outcome. `told` is given how many steps are
/// done, of how many.
pub fn run_on(
    pool: &Pool,
    rules: &Rules,
    threads: usize,
    told: impl Fn(usize, usize) + Sync,
) -> Result<Outcome, Failure> {
    const STEPS: usize = 4;
    told(0, STEPS);
    let terms = Terms::new(pool, rules);
    let problem = score(pool, rules, &terms, threads)?;
    told(1, STEPS);
    let solution = assignment::solve_table(&problem.table)?;
    told(2, STEPS);
    let chosen = chosen(pool, &problem, &solution);
    let pairs = pairs(pool, rules, &terms, &chosen);
    let mentors = loads(pool, rules, &chosen);
    let proof = &solution.proof;
    let certificate =
        Certificate { objective: proof.objective(), dual_objective: proof.dual_objective(), gap: proof.gap() };
    let left_out = left_out(pool, rules, &terms, &chosen, &mentors);
    let mut notes = notes(pool, &problem, &mentors, &left_out);
    if !pairs.is_empty() && rules.count_reserved(pool) {
        notes.push(Message::new("pairing-note-reserved"));
    }
    told(3, STEPS);
    Ok(Outcome { pairs, left_out, mentors, certificate, notes, problem, solution })
}

/// Of each mentee the mentor: the one that was kept, or the one that was found.
fn chosen(pool: &Pool, problem: &ScoredProblem, solution: &Solution) -> Vec<Option<usize>> {
    let mut chosen = vec![None; pool.mentees.len()];
    for (mentee, mentor) in &pool.given.kept {
        chosen[*mentee] = Some(*mentor);
    }
    for (row, mentor) in problem.rows.iter().zip(&solution.matching) {
        chosen[*row] = mentor.map(MentorId::index);
    }
    chosen
}

/// The least number of seats for each mentor whose row names none that lets everybody be covered whom the rules allow
/// anybody. It is found by solving, not by dividing: rules may leave some mentors to few.
pub fn least_capacity(pool: &Pool, rules: &Rules) -> Result<u32, Failure> {
    let open = pool.mentors.iter().filter(|mentor| mentor.capacity.is_none()).count();
    if open == 0 || pool.mentees.is_empty() {
        return Ok(1);
    }
    let plain = Rules { balance: None, preferences: Vec::new(), ..rules.clone() };
    let terms = Terms::new(pool, &plain);
    let scores = everybodys_scores(pool, &terms);
    let covered = |capacity: u32| -> Result<usize, Failure> {
        let mentors = pool.mentors.iter().map(|mentor| Seats::Alike(mentor.capacity.unwrap_or(capacity))).collect();
        let table = Table::new(count(pool.mentees.len()), mentors, scores.clone(), Some(1))
            .map_err(|mistake| Failure::TooLarge(mistake.to_string()))?;
        Ok(assignment::solve_table(&table)?.proof.matched())
    };
    let most = count(pool.mentees.len());
    let fixed: usize = pool.mentors.iter().filter_map(|mentor| mentor.capacity).map(|seats| seats as usize).sum();
    let goal = covered(most)?;
    let (mut low, mut high) = (count(goal.saturating_sub(fixed).div_ceil(open)).max(1), most);
    // What division gives is mostly enough.
    if covered(low)? == goal {
        return Ok(low);
    }
    while low < high {
        let middle = low + (high - low) / 2;
        if covered(middle)? == goal {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    Ok(low)
}

/// The mentor's own number of seats, else that of the rules, else one.
fn capacity(mentor: &PersonDraft, rules: &Rules) -> u32 {
    mentor.capacity.or(rules.capacity).unwrap_or(1)
}

/// The seats of each mentor that are not taken yet, with what each costs; never more of them than there are mentees.
fn seats(pool: &Pool, rules: &Rules) -> Vec<Seats> {
    let mentees = pool.mentees.len();
    let mut taken = vec![0_usize; pool.mentors.len()];
    for (_, mentor) in &pool.given.kept {
        taken[*mentor] += 1;
    }
    let seats_of = |(mentor, taken): (&PersonDraft, usize)| {
        let seats = (capacity(mentor, rules) as usize).min(mentees);
        match &rules.balance {
            Some(balance) => Seats::Dearer((taken..seats).map(|seat| balance.penalty(seat)).collect()),
            None => Seats::Alike(count(seats.saturating_sub(taken))),
        }
    };
    pool.mentors.iter().zip(taken).map(seats_of).collect()
}

/// The scores of all allowed pairs of those who have no mentor yet. Each row is scored by itself, so that it is the same
/// whichever thread does it.
fn score(pool: &Pool, rules: &Rules, terms: &Terms<'_>, threads: usize) -> Result<ScoredProblem, Failure> {
    let rows: Vec<usize> = (0..pool.mentees.len()).filter(|mentee| !terms.is_kept(*mentee)).collect();
    let width = pool.mentors.len();
    let mut scores = vec![FORBIDDEN; rows.len() * width];
    let share = rows.len().div_ceil(threads.max(1)).max(1);
    std::thread::scope(|scope| {
        for (rows, scores) in rows.chunks(share).zip(scores.chunks_mut((share * width).max(1))) {
            scope.spawn(move || {
                for (mentee, row) in rows.iter().zip(scores.chunks_mut(width.max(1))) {
                    for (mentor, score) in row.iter_mut().enumerate() {
                        if terms.allowed(*mentee, mentor) {
                            *score = points(terms.score(*mentee, mentor));
                        }
                    }
                }
            });
        }
    });
    let table = Table::new(count(rows.len()), seats(pool, rules), scores, None)
        .map_err(|mistake| Failure::TooLarge(mistake.to_string()))?;
    Ok(ScoredProblem { table, rows })
}

/// A hundred rules of a million points each fit.
fn points(score: i64) -> i32 {
    i32::try_from(score).unwrap_or(i32::MAX)
}

/// Nothing for every allowed pair.
fn everybodys_scores(pool: &Pool, terms: &Terms<'_>) -> Vec<i32> {
    let pairs = (0..pool.mentees.len()).flat_map(|mentee| (0..pool.mentors.len()).map(move |mentor| (mentee, mentor)));
    pairs.map(|(mentee, mentor)| if terms.allowed(mentee, mentor) { 0 } else { FORBIDDEN }).collect()
}

/// The pairs with their reasons, and as score the sum of these: what is reserved to the rules counts in the assignment and in
/// nothing that is shown. What a load costs is a reason of the pair that sits in that seat: of a mentor's mentees the one with
/// most points sits first, and of equals the one whose row comes first; those who were kept before all.
fn pairs(pool: &Pool, rules: &Rules, terms: &Terms<'_>, chosen: &[Option<usize>]) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = chosen
        .iter()
        .enumerate()
        .filter_map(|(mentee, mentor)| {
            let mentor = (*mentor)?;
            let reasons = terms.reasons(mentee, mentor);
            Some(Pair { mentee, mentor, score: reasons.iter().map(|reason| reason.points).sum(), reasons })
        })
        .collect();
    if let Some(balance) = &rules.balance {
        let mut order: Vec<usize> = (0..pairs.len()).collect();
        order.sort_by_key(|place| {
            let pair = &pairs[*place];
            (pair.mentor, !terms.is_kept(pair.mentee), std::cmp::Reverse(pair.score), *place)
        });
        let mut taken = vec![0_usize; pool.mentors.len()];
        for place in order {
            let pair = &mut pairs[place];
            let seat = taken[pair.mentor];
            taken[pair.mentor] += 1;
            let penalty = balance.penalty(seat);
            if penalty != 0 {
                let text = Message::new("pairing-reason-balance").with("seat", seat + 1);
                pair.reasons.push(Reason { rule: "balance".to_owned(), points: -penalty, text });
                pair.score -= penalty;
            }
        }
    }
    pairs
}

fn loads(pool: &Pool, rules: &Rules, chosen: &[Option<usize>]) -> Vec<MentorLoad> {
    let mut loads = vec![0_u32; pool.mentors.len()];
    for mentor in chosen.iter().flatten() {
        loads[*mentor] += 1;
    }
    let with_capacity = |(mentor, load)| MentorLoad { mentor, capacity: capacity(&pool.mentors[mentor], rules), load };
    loads.into_iter().enumerate().map(with_capacity).collect()
}

/// Lists of people are far shorter than 2^32; what were longer the engine would refuse.
fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::i18n::Lang;
    use crate::pairing::model::Mend;
    use crate::pairing::rules::{Balance, Must, Order, Preference, Unknown, Wish};
    use crate::pairing::testing::{person, pool, prefer, speaking, with};

    fn names(outcome: &Outcome) -> Vec<(usize, usize)> {
        outcome.pairs.iter().map(|pair| (pair.mentee, pair.mentor)).collect()
    }

    fn notes(outcome: &Outcome) -> Vec<String> {
        outcome.notes.iter().map(|note| Lang::En.tell(note)).collect()
    }

    fn french() -> Must {
        Must::SharedLanguage { unknown: Unknown::Forbid }
    }

    #[test]
    fn threads_change_nothing() {
        let of = |number: usize| {
            let spoken: [&[&str]; 4] = [&["es"], &["es", "en"], &["fr"], &["en", "fr"]];
            let languages = spoken[number % 4];
            let person = with(speaking(&number.to_string(), languages), "area", &[["x", "y", "z"][number * 7 % 3]]);
            with(person, "grade", &[["A", "B", "C", "D", ""][number * 11 % 5]])
        };
        // No multiple of the threads, so that their shares differ.
        let people = pool((0..311).map(of).collect(), (311..424).map(of).collect());
        let rules = some_rules();
        let alone = run(&people, &rules).unwrap();
        for threads in [0, 1, 2, 3, 7, 400] {
            assert_eq!(run_on(&people, &rules, threads, |_, _| ()).unwrap(), alone, "{threads} threads");
        }
    }

    #[test]
    fn kept_pairs_take_their_seats_and_those_apart_are_not_made() {
        let mut people = pool(vec![person("ana"), person("ben"), person("eva")], vec![person("zoe"), person("leo")]);
        people.given = crate::pairing::model::Given { kept: vec![(1, 0)], apart: vec![(0, 1)] };
        let outcome = run(&people, &Rules::default()).unwrap();
        assert_eq!(names(&outcome), [(1, 0), (2, 1)]);
        let why: Vec<String> = outcome.left_out[0].why.iter().map(|message| Lang::En.tell(message)).collect();
        assert!(why.contains(&"With 1 mentor the pair was forbidden or declined, or has ended.".to_owned()), "{why:?}");

        let settled = crate::pairing::model::Given { kept: vec![(0, 0), (1, 1)], apart: vec![] };
        let people =
            Pool { given: settled, ..pool(vec![person("ana"), person("ben")], vec![person("zoe"), person("leo")]) };
        let outcome = run(&people, &Rules::default()).unwrap();
        assert_eq!(
            (names(&outcome), notes(&outcome)),
            (vec![(0, 0), (1, 1)], vec![]),
            "there is nothing to complain of"
        );
    }

    #[test]
    fn coverage_comes_before_any_score() {
        // Ben fits best with Zoe, whom nobody else may have.
        let of = |name: &str, values: &[&str]| with(speaking(name, values), "area", values);
        let pool =
            pool(vec![of("ana", &["fr"]), of("ben", &["fr", "es"])], vec![of("zoe", &["fr"]), of("leo", &["es"])]);
        let rules = Rules { musts: vec![french()], ..prefer(Wish::Similar { attribute: "area".into() }, 1_000_000) };
        assert_eq!(names(&run(&pool, &rules).unwrap()), [(0, 0), (1, 1)]);
    }

    #[test]
    fn a_load_is_a_reason_of_the_further_seat() {
        let of = |name: &str, values: &[&str]| with(person(name), "area", values);
        let pool = pool(vec![of("ana", &["y"]), of("ben", &["x"]), of("eva", &["x"])], vec![of("zoe", &["x"])]);
        let rules = Rules {
            capacity: Some(3),
            balance: Balance::new(vec![0, 10, 25]),
            ..prefer(Wish::Similar { attribute: "area".into() }, 40)
        };
        let outcome = run(&pool, &rules).unwrap();
        let scores: Vec<i64> = outcome.pairs.iter().map(|pair| pair.score).collect();
        assert_eq!(scores, [-25, 40, 30], "the two who fit sit first, in the order of their rows");
        let told: Vec<String> = outcome.pairs[2].reasons.iter().map(|reason| Lang::En.tell(&reason.text)).collect();
        assert_eq!(told, ["Same “area”: x", "Mentee number 2 of this mentor"]);
        assert_eq!(outcome.certificate.objective, 45);
    }

    #[test]
    fn what_is_reserved_decides_and_is_shown_for_nobody() {
        let of = |name: &str, creed: &str| with(with(person(name), "creed", &[creed]), "area", &["x"]);
        let mut people = pool(vec![of("ana", "a"), of("ben", "b")], vec![of("zoe", "b"), of("leo", "a")]);
        people.attributes.get_mut("creed").unwrap().shown = crate::pairing::model::Shown::Nothing;
        let wish = |attribute: &str, weight| Preference {
            weight,
            wish: Wish::Similar { attribute: attribute.into() },
            only_if: None,
        };
        let rules = Rules { preferences: vec![wish("creed", 1000), wish("area", 10)], ..Rules::default() };
        let outcome = run(&people, &rules).unwrap();
        assert_eq!(names(&outcome), [(0, 1), (1, 0)], "it decides who is paired with whom");
        assert_eq!(outcome.certificate.objective, 2020, "the proof is of the true points");
        for pair in &outcome.pairs {
            assert_eq!((pair.score, pair.reasons.len()), (10, 1), "and neither score nor reasons show it");
            assert_eq!(pair.reasons[0].rule, "similar:area");
        }
        let said = "Criteria reserved to the rules count in this assignment; their points are shown for nobody.";
        assert!(notes(&outcome).contains(&said.to_owned()), "{:?}", notes(&outcome));
        people.attributes.get_mut("creed").unwrap().shown = crate::pairing::model::Shown::Everything;
        assert!(!notes(&run(&people, &rules).unwrap()).contains(&said.to_owned()));
    }

    #[test]
    fn load_is_shared_where_it_costs_more_than_it_gives() {
        let pool = pool(vec![person("ana"), person("ben")], vec![person("zoe"), person("leo")]);
        let rules = Rules { capacity: Some(2), balance: Balance::new(vec![0, 1]), ..Rules::default() };
        assert_eq!(names(&run(&pool, &rules).unwrap()), [(0, 0), (1, 1)]);
    }

    #[test]
    fn the_least_capacity_is_what_the_rules_need_not_what_division_gives() {
        let of = |name: &str, language: &str| speaking(name, &[language]);
        let people = pool(
            vec![of("ana", "fr"), of("ben", "fr"), of("eva", "fr"), of("leo", "es")],
            vec![of("zoe", "fr"), of("max", "es"), of("kim", "es")],
        );
        let rules = Rules { musts: vec![french()], ..Rules::default() };
        assert_eq!(least_capacity(&people, &rules).unwrap(), 3);
        assert_eq!(least_capacity(&people, &Rules::default()).unwrap(), 2);
        assert_eq!(least_capacity(&pool(vec![], vec![]), &rules).unwrap(), 1);
    }

    #[test]
    fn somebody_left_out_learns_which_seat_would_do() {
        let people = pool(
            vec![speaking("ana", &["fr"]), speaking("ben", &["fr"])],
            vec![speaking("zoe", &["fr"]), speaking("leo", &["es"])],
        );
        let outcome = run(&people, &Rules { musts: vec![french()], ..Rules::default() }).unwrap();
        let alone = &outcome.left_out[0];
        assert_eq!((alone.mentee, alone.allowed), (1, 1));
        let why: Vec<String> = alone.why.iter().map(|message| Lang::En.tell(message)).collect();
        assert_eq!(
            why,
            ["The only mentor whom the rules allow is full.", "No common language (French) keeps out 1 mentor."]
        );
        assert_eq!(alone.mends[0], Mend::Seat { mentor: 0, score: 0 });
        assert_eq!(alone.mends[1], Mend::Without { rule: Message::new("pairing-must-language"), mentor: 1, moves: 0 });
        assert_eq!(
            notes(&outcome)[0],
            "1 more seat would be enough for everybody whom the rules allow a mentor: zoe (+1)."
        );
    }

    fn apart() -> Must {
        Must::Differ { attribute: "area".into(), unknown: Unknown::Allow }
    }

    #[test]
    fn a_dropped_rule_may_help_by_moving_others() {
        // Ana may only have Zoe, and Ben too; if areas did not matter Ben could go to Leo.
        let people = pool(
            vec![with(speaking("ben", &["fr"]), "area", &["law"]), speaking("ana", &["es"])],
            vec![speaking("zoe", &["es", "fr"]), with(speaking("leo", &["fr"]), "area", &["law"])],
        );
        let rules = Rules { musts: vec![french(), apart()], ..Rules::default() };
        let outcome = run(&people, &rules).unwrap();
        let alone = &outcome.left_out[0];
        assert_eq!(alone.mentee, 1);
        assert!(alone.mends.contains(&Mend::Without { rule: apart().sentence(&people), mentor: 0, moves: 1 }));
    }

    #[test]
    fn where_no_single_change_helps_the_nearest_mentor_is_named() {
        let law = |name: &str, language: &str| with(speaking(name, &[language]), "area", &["law"]);
        let people = pool(vec![law("ana", "fr")], vec![law("zoe", "es")]);
        let rules = Rules { musts: vec![french(), apart()], ..Rules::default() };
        let outcome = run(&people, &rules).unwrap();
        let Mend::Several { mentor: 0, rules, seat: false } = &outcome.left_out[0].mends[0] else {
            panic!("{:?}", outcome.left_out[0].mends)
        };
        assert_eq!(rules.len(), 2);
        assert_eq!(
            notes(&outcome),
            ["The rules forbid every pair. Below stands, for each person, which rule stands in the way."]
        );
    }

    #[test]
    fn nobody_learns_between_whom_a_private_reason_stands() {
        let conflicts = vec!["zoe@example.org".into()];
        let ana = crate::people::model::PersonDraft { conflicts, ..with(person("ana"), "creed", &["a"]) };
        let mut people = pool(vec![ana], vec![person("zoe"), with(person("leo"), "creed", &["a"])]);
        people.attributes.get_mut("creed").unwrap().shown = crate::pairing::model::Shown::Nothing;
        let creeds_differ = Must::Differ { attribute: "creed".into(), unknown: Unknown::Allow };
        let rules = Rules { musts: vec![Must::NoConflict, creeds_differ], ..Rules::default() };
        let alone = &run(&people, &rules).unwrap().left_out[0];
        let why: Vec<String> = alone.why.iter().map(|message| Lang::En.tell(message)).collect();
        assert_eq!(
            why,
            ["The rules allow none of the 2 mentors.", "A reason that stays private keeps out 2 mentors."],
            "a conflict and a reserved criterion look alike"
        );
        assert_eq!(alone.mends, [Mend::OtherMentors]);
    }

    #[test]
    fn worst_cases_say_what_is_the_matter() {
        let nobody = run(&pool(vec![], vec![person("zoe")]), &Rules::default()).unwrap();
        assert_eq!(notes(&nobody), ["The list of mentees is empty: there is nobody to pair."]);

        let alone = run(&pool(vec![person("ana")], vec![]), &Rules::default()).unwrap();
        assert_eq!(notes(&alone), ["The list of mentors is empty: 1 person waits for a mentor."]);
        assert_eq!(alone.left_out[0].mends, [Mend::OtherMentors]);

        let rules = Rules { capacity: Some(0), ..Rules::default() };
        let seatless = run(&pool(vec![person("ana")], vec![person("zoe"), person("leo")]), &rules).unwrap();
        assert_eq!(notes(&seatless)[0], "No mentor has a seat: capacity is 0 everywhere.");
        assert_eq!(Lang::En.tell(&seatless.left_out[0].why[0]), "The 2 mentors whom the rules allow have no seats.");

        let equal =
            run(&pool(vec![person("ana"), person("ben")], vec![person("zoe"), person("leo")]), &Rules::default())
                .unwrap();
        assert_eq!(names(&equal), [(0, 0), (1, 1)]);
        assert!(notes(&equal)[0].starts_with("All allowed pairs score the same"));

        let oneself = run(&pool(vec![person("ana")], vec![person("ana")]), &Rules::default()).unwrap();
        assert_eq!(oneself.left_out[0].mends, [Mend::OtherMentors]);
    }

    #[test]
    fn one_mentor_for_a_thousand() {
        let people = pool((0..1000).map(|number| person(&format!("m{number}"))).collect(), vec![person("zoe")]);
        let outcome = run(&people, &Rules::default()).unwrap();
        assert_eq!((outcome.pairs.len(), outcome.left_out.len()), (1, 999));
        assert_eq!(
            notes(&outcome)[..2],
            [
                "There is 1 seat for 1,000 people: not everybody can have a mentor, whatever the rules.",
                "999 more seats would be enough for everybody whom the rules allow a mentor: zoe (+999)."
            ]
        );
    }

    prop_compose! {
        fn anybody(prefix: &'static str)(
            number in 0_usize..100,
            languages in proptest::sample::subsequence(vec!["es", "en", "fr"], 0..=3),
            grade in proptest::sample::select(vec!["A", "B", "C", "D", ""]),
            areas in proptest::sample::subsequence(vec!["law", "risk", "data"], 0..=3),
            manager in proptest::option::of(0_usize..8),
            conflict in proptest::option::of(0_usize..8),
            capacity in proptest::option::of(0_u32..4),
        ) -> (usize, crate::people::model::PersonDraft) {
            let person = with(with(speaking(&format!("{prefix}{number}"), &languages), "grade", &[grade]), "area", &areas);
            let other = if prefix == "m" { "t" } else { "m" };
            (number, crate::people::model::PersonDraft {
                manager: manager.map(|row| format!("{other}{row}@example.org")),
                conflicts: conflict.map(|row| format!("{other}{row}@example.org")).into_iter().collect(),
                capacity,
                ..person
            })
        }
    }

    fn some_rules() -> Rules {
        let wish = |weight, wish| Preference { weight, wish, only_if: None };
        let order = Order { levels: ["A", "B", "C", "D"].map(|grade| vec![grade.to_owned()]).to_vec() };
        Rules {
            musts: vec![Must::ReportingLine, Must::NoConflict, Must::SharedLanguage { unknown: Unknown::Allow }],
            preferences: vec![
                wish(70, Wish::Gap { attribute: "grade".into(), order: "grade".into(), levels: 1 }),
                wish(33, Wish::Similar { attribute: "area".into() }),
                wish(11, Wish::Different { attribute: "languages".into() }),
            ],
            balance: Balance::new(vec![0, 7, 9]),
            capacity: Some(2),
            orders: [("grade".to_owned(), order)].into(),
            ..Rules::default()
        }
    }

    proptest! {
        #[test]
        fn reasons_rules_and_the_proof_agree(
            mentees in proptest::collection::vec(anybody("m"), 0..9),
            mentors in proptest::collection::vec(anybody("t"), 0..6),
        ) {
            let people = |list: Vec<(usize, _)>| list.into_iter().map(|(_, person)| person).collect();
            let people = pool(people(mentees), people(mentors));
            let rules = some_rules();
            let outcome = run(&people, &rules).unwrap();
            let terms = Terms::new(&people, &rules);

            let mut total = 0_i128;
            for pair in &outcome.pairs {
                prop_assert_eq!(pair.score, pair.reasons.iter().map(|reason| reason.points).sum::<i64>());
                prop_assert!(terms.allowed(pair.mentee, pair.mentor));
                total += i128::from(pair.score);
            }
            for mentor in &outcome.mentors {
                prop_assert!(mentor.load <= mentor.capacity);
            }
            prop_assert_eq!(outcome.pairs.len() + outcome.left_out.len(), people.mentees.len());
            let penalty = i128::from(outcome.problem.table.unmatched_penalty()) * outcome.left_out.len() as i128;
            prop_assert_eq!(outcome.certificate.objective, total - penalty);
            prop_assert_eq!(outcome.certificate.gap, 0);
            prop_assert_eq!(&run(&people, &rules).unwrap(), &outcome, "the same again");
        }

        #[test]
        fn every_mend_that_is_offered_works(
            mentees in proptest::collection::vec(anybody("m"), 1..8),
            mentors in proptest::collection::vec(anybody("t"), 1..5),
        ) {
            let people = |list: Vec<(usize, _)>| list.into_iter().map(|(_, person)| person).collect();
            let people = pool(people(mentees), people(mentors));
            let rules = some_rules();
            let outcome = run(&people, &rules).unwrap();
            let covered = outcome.pairs.len();
            for (person, mend) in outcome.left_out.iter().flat_map(|person| person.mends.iter().map(move |mend| (person, mend))) {
                let (mut pool, mut rules) = (people.clone(), rules.clone());
                match mend {
                    Mend::Seat { mentor, .. } => pool.mentors[*mentor].capacity = Some(outcome.mentors[*mentor].capacity + 1),
                    Mend::Without { rule, .. } => rules.musts.retain(|must| must.sentence(&people) != *rule),
                    Mend::Several { mentor, rules: standing, seat } => {
                        prop_assert!(!standing.is_empty());
                        rules.musts.retain(|must| !standing.contains(&must.sentence(&people)));
                        pool.mentors[*mentor].capacity = Some(outcome.mentors[*mentor].capacity + u32::from(*seat));
                    }
                    Mend::OtherMentors => continue,
                }
                prop_assert!(run(&pool, &rules).unwrap().pairs.len() > covered, "{:?} of {:?}", mend, person);
            }
        }
    }
}
