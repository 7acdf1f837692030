//! Solves an instance of the benchmark, lets one mentor after the other leave, and prints what that took, as JSON.
//!
//! ```text
//! change FILE MENTORS
//! ```

#![expect(clippy::print_stdout, reason = "it is what the program is for")]

#[path = "measure/instance.rs"]
mod instance;

use std::error::Error;

use assignment::{Change, MenteeId, MentorId, Problem, Settled, solve, verify};
use instance::{cpu_seconds, read};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(path), Some(count)) = (arguments.next(), arguments.next()) else {
        return Err("change FILE MENTORS".into());
    };
    let count: u32 = count.parse()?;
    let problem = Problem::new(read(&path)?)?;
    let start = cpu_seconds();
    let solution = solve(&problem)?;
    let solve = cpu_seconds() - start;

    let start = cpu_seconds();
    verify(&problem, &solution.matching, &solution.prices)?;
    let verification = cpu_seconds() - start;
    let mentors = problem.mentor_count();
    let mut settled = Settled::with(problem, &solution.matching, &solution.prices)?;
    let mut each = Vec::new();
    for leaves in 0..count {
        let mentor = MentorId(u32::try_from(leaves as usize * 7919 % mentors)?);
        let start = cpu_seconds();
        settled.apply(&[Change::MentorLeaves(mentor)])?;
        each.push(cpu_seconds() - start);
    }
    each.sort_by(f64::total_cmp);

    let start = cpu_seconds();
    let why = settled.why(MenteeId(0))?;
    let explaining = cpu_seconds() - start;
    let start = cpu_seconds();
    let worth = settled.worth_of_a_seat(MentorId(1))?;
    let seat = cpu_seconds() - start;
    println!(
        "{{\"solve\": {solve:.4}, \"verify\": {verification:.4}, \"median\": {:.4}, \"worst\": {:.4}, \"why\": {explaining:.4}, \"seat\": {seat:.4}, \"margin\": {:?}, \"worth\": {worth}}}",
        each[each.len() / 2],
        each[each.len() - 1],
        why.margin,
    );
    Ok(())
}
