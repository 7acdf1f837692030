//! Solves an instance of the benchmark under rules and prints what that took, from parsed rows to the proof, as JSON; and a
//! fingerprint of the assignment.
//!
//! ```text
//! rules FILE none|least|quotas|nested|mixed [RUNS]
//! ```
//!
//! `least`: two at least with each mentor of three seats or more. `quotas`: two at most of each of four categories, with every
//! mentor. `nested`: also three at most of each two of them together. `mixed`: both, and each seat three points dearer than the one
//! before it.

#![expect(clippy::print_stdout, reason = "it is what the program is for")]

#[path = "measure/instance.rs"]
mod instance;

use std::error::Error;

use assignment::{CategoryId, Draft, MenteeId, MentorId, Problem, Quota, Rules, Seats, solve};
use instance::{cpu_seconds, read};

const CATEGORIES: u32 = 4;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(path), Some(which)) = (arguments.next(), arguments.next()) else {
        return Err("rules FILE none|least|quotas|nested|mixed [RUNS]".into());
    };
    let runs: usize = arguments.next().map_or(Ok(1), |runs| runs.parse())?;
    let (mut best, mut told) = (f64::INFINITY, String::new());
    for _ in 0..runs {
        let mut draft = read(&path)?;
        let rules = rules(&which, &mut draft);
        let start = cpu_seconds();
        let problem = Problem::with_rules(draft, &rules)?;
        let solution = solve(&problem)?;
        best = best.min(cpu_seconds() - start);
        told = format!(
            "\"objective\": {}, \"matched\": {}, \"fingerprint\": \"{:016x}\"",
            solution.proof.objective(),
            solution.proof.matched(),
            fingerprint(&solution.matching),
        );
    }
    println!("{{{told}, \"cpu\": {best:.4}}}");
    Ok(())
}

fn rules(which: &str, draft: &mut Draft) -> Rules {
    let mut rules = Rules::default();
    let mentors = || (0..).map(MentorId);
    if matches!(which, "least" | "mixed") {
        let roomy = mentors().zip(&draft.mentors).filter(|(_, seats)| seats.capacity() >= 3);
        rules.least_loads = roomy.map(|(mentor, _)| (mentor, 2)).collect();
    }
    if matches!(which, "quotas" | "nested" | "mixed") {
        let members =
            |keep: &dyn Fn(u32) -> bool| (0..draft.mentees).filter(|&mentee| keep(mentee)).map(MenteeId).collect();
        rules.categories = (0..CATEGORIES).map(|category| members(&|mentee| mentee % CATEGORIES == category)).collect();
        rules.categories.extend((0..2).map(|half| members(&|mentee| mentee % 2 == half)));
        for (mentor, _) in mentors().zip(&draft.mentors) {
            let quota = |(category, most)| Quota { mentor, category: CategoryId(category), most };
            rules.quotas.extend((0..CATEGORIES).map(|category| quota((category, 2))));
            if which != "quotas" {
                rules.quotas.extend((CATEGORIES..CATEGORIES + 2).map(|category| quota((category, 3))));
            }
        }
    }
    if which == "mixed" {
        for seats in &mut draft.mentors {
            *seats = Seats::Dearer((0..).map(|seat| 3 * seat).take(seats.capacity()).collect());
        }
    }
    rules
}

/// Fowler, Noll and Vo's.
fn fingerprint(matching: &[Option<MentorId>]) -> u64 {
    matching.iter().fold(0xcbf2_9ce4_8422_2325, |hash, mentor| {
        (hash ^ u64::from(mentor.map_or(u32::MAX, |mentor| mentor.0))).wrapping_mul(0x0100_0000_01b3)
    })
}
