//! What a shell prints of a pairing.

use std::fmt::Write;

use super::account::{Account, PersonTold};

/// Plain text: the finding, what was assumed, who is left out and why, the load of each mentor, the proof.
pub fn summary(account: &Account) -> String {
    let lang = account.lang;
    let mut text = String::new();
    line(&mut text, &account.title);
    for note in &account.notes {
        line(&mut text, &format!("- {note}"));
    }
    if !account.left_out.is_empty() {
        heading(&mut text, &lang.say("pairing-left-out"));
        for alone in &account.left_out {
            line(&mut text, &format!("  {}", named(&alone.mentee)));
            alone.why.iter().for_each(|why| line(&mut text, &format!("    {why}")));
            alone.mends.iter().for_each(|mend| line(&mut text, &format!("    → {mend}")));
        }
    }
    if !account.dropped.is_empty() {
        heading(&mut text, &lang.say("pairing-dropped"));
        for row in &account.dropped {
            line(&mut text, &format!("  {}", account.tell_dropped(row)));
        }
    }
    if !account.mentors.is_empty() {
        heading(&mut text, &lang.say("pairing-load"));
        for mentor in &account.mentors {
            let seats = [mentor.load, mentor.capacity].map(|seats| lang.number(seats.into())).join("/");
            let mentees =
                if mentor.mentees.is_empty() { String::new() } else { format!(" ← {}", mentor.mentees.join(", ")) };
            line(&mut text, &format!("  {seats:>7}  {}{mentees}", named(&mentor.mentor)));
        }
    }
    heading(&mut text, &lang.say("pairing-proof-title"));
    line(&mut text, &format!("  {}", account.proof));
    text
}

fn named(person: &PersonTold) -> String {
    if person.name == person.id { person.name.clone() } else { format!("{} <{}>", person.name, person.id) }
}

fn heading(text: &mut String, words: &str) {
    line(text, &format!("\n{words}"));
}

fn line(text: &mut String, words: &str) {
    // Control characters from a sheet could command the terminal.
    let plain: String =
        words.chars().map(|letter| if letter.is_control() && letter != '\n' { ' ' } else { letter }).collect();
    // Writing to a string cannot fail.
    let _ = writeln!(text, "{plain}");
}
