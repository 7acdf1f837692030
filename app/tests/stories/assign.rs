//! `telemaco assign` as the shell sees it: two CSV files in, pairs and prices and one JSON object out.

use std::fs;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

const EDGES: &str = "mentee,mentor,score\n0,0,9\n0,7,8\n1,0,7\n3,7,3\n";
const MENTORS: &str = "mentor,capacity\n7,1\n0,1\n";

fn assign(folder: &TempDir, more: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_telemaco"))
        .current_dir(folder.path())
        .args(["assign", "--edges", "edges.csv", "--mentors", "mentors.csv"])
        .args(more)
        .output()
        .expect("the binary runs")
}

fn folder(edges: &str, mentors: &str) -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    fs::write(folder.path().join("edges.csv"), edges).expect("edges are written");
    fs::write(folder.path().join("mentors.csv"), mentors).expect("mentors are written");
    folder
}

fn read(folder: &TempDir, name: &str) -> String {
    fs::read_to_string(folder.path().join(name)).expect("the command wrote it")
}

/// What the command says when it refuses: one line on standard error, nothing on standard output.
fn refusal(edges: &str, mentors: &str) -> String {
    let output = assign(&folder(edges, mentors), &["--out", "pairs.csv"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    let said = String::from_utf8(output.stderr).expect("text");
    assert_eq!(said.lines().count(), 1, "{said}");
    said.trim_end().to_owned()
}

#[test]
fn pairs_prices_and_one_json_object() {
    let folder = folder(EDGES, MENTORS);
    let output = assign(&folder, &["--out", "pairs.csv", "--prices", "prices.csv", "--threads", "2"]);
    assert!(output.status.success());
    let said: Value = serde_json::from_slice(&output.stdout).expect("one JSON object");
    // Of four mentees (2 has no pair at all) two get the two seats: 8 + 7 − 2 · 10,000.
    assert_eq!(said["objective"], -19_985);
    assert_eq!(said["dual_objective"], -19_985);
    assert_eq!(said["gap"], 0);
    assert_eq!(said["matched"], 2);
    assert_eq!(said["unmatched"], 2);
    assert!(said["peak_rss_bytes"].as_u64().is_some_and(|bytes| bytes > 100_000));
    assert!(said["cpu_seconds_solve"].as_f64().is_some_and(|seconds| seconds > 0.0));
    for part in ["read", "solve", "write"] {
        assert!(said["seconds"][part].as_f64().is_some_and(|seconds| seconds > 0.0), "{part}");
    }
    assert_eq!(read(&folder, "pairs.csv"), "mentee,mentor,score\n0,7,8\n1,0,7\n");
    assert_eq!(
        read(&folder, "prices.csv"),
        "side,id,price\nmentee,0,-9995\nmentee,1,-9997\nmentee,2,-10000\nmentee,3,-10000\nmentor,0,10004\nmentor,7,10003\n"
    );
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 4, "no partial file is left");
}

#[test]
fn the_penalty_is_the_callers() {
    let output = assign(&folder(EDGES, MENTORS), &["--unmatched-penalty", "-9"]);
    let said: Value = serde_json::from_slice(&output.stdout).expect("one JSON object");
    // Being left out is worth 9: nobody gains by a pair.
    assert_eq!(said["objective"], 36);
}

#[test]
fn what_other_programs_write_is_read() {
    let edges = "\u{feff}\"mentee\",\"mentor\",\"score\"\r\n 0 , 7 , -3 \r\n\r\n\"1\",\"0\",\"4\"";
    let folder = folder(edges, MENTORS);
    assert!(assign(&folder, &["--out", "pairs.csv"]).status.success());
    assert_eq!(read(&folder, "pairs.csv"), "mentee,mentor,score\n0,7,-3\n1,0,4\n");
}

#[test]
fn no_edges_are_no_mentees() {
    let output = assign(&folder("mentee,mentor,score\n", "mentor,capacity\n"), &[]);
    let said: Value = serde_json::from_slice(&output.stdout).expect("one JSON object");
    assert_eq!((&said["matched"], &said["unmatched"], &said["objective"]), (&0.into(), &0.into(), &0.into()));
}

#[test]
fn what_is_wrong_is_told_with_file_and_line() {
    let edges = |row: &str| refusal(&format!("mentee,mentor,score\r\n0,0,9\r\n\r\n{row}\r\n1,0,7\r\n"), MENTORS);
    assert_eq!(edges("x,0,1"), "telemaco: edges.csv:4: mentee `x` is no integer from 0 to 9999999");
    assert_eq!(edges("-1,0,1"), "telemaco: edges.csv:4: mentee `-1` is no integer from 0 to 9999999");
    assert_eq!(edges("4000000000,0,1"), "telemaco: edges.csv:4: mentee `4000000000` is no integer from 0 to 9999999");
    assert_eq!(edges("1,3,1"), "telemaco: edges.csv:4: mentor 3 is not in the file of mentors");
    assert_eq!(edges("1,7,2.5"), "telemaco: edges.csv:4: score `2.5` is no integer");
    assert_eq!(edges("1,7,"), "telemaco: edges.csv:4: score `` is no integer");
    assert_eq!(edges("1,7"), "telemaco: edges.csv:4: there are 2 fields instead of 3");
    assert_eq!(edges("1,7,2,"), "telemaco: edges.csv:4: there are 4 fields instead of 3");
    assert_eq!(edges("0,0,8"), "telemaco: edges.csv:4: the pair of mentee 0 and mentor 0 stands twice");
    let limit = i64::MAX / 24;
    assert_eq!(
        edges(&format!("1,7,{}", i64::MIN)),
        format!("telemaco: edges.csv:4: score {} lies beyond ±{limit}", i64::MIN)
    );
    assert_eq!(refusal("mentee,score\n", MENTORS), "telemaco: edges.csv:1: the header must be mentee,mentor,score");
    assert_eq!(refusal("", MENTORS), "telemaco: edges.csv:1: the header must be mentee,mentor,score");

    let mentors = |row: &str| refusal(EDGES, &format!("mentor,capacity\n0,1\n7,1\n{row}\n"));
    assert_eq!(mentors("3,-1"), "telemaco: mentors.csv:4: capacity `-1` is no integer from 0");
    assert_eq!(mentors("7,1"), "telemaco: mentors.csv:4: mentor 7 stands twice");
    assert_eq!(mentors("a,1"), "telemaco: mentors.csv:4: mentor `a` is no integer from 0 to 9999999");
}

#[test]
fn a_missing_file_and_a_missing_folder_are_named() {
    let folder = folder(EDGES, MENTORS);
    let output = assign(&folder, &["--out", "nowhere/pairs.csv"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).starts_with("telemaco: cannot write nowhere/pairs.csv: "));

    fs::remove_file(folder.path().join("mentors.csv")).expect("it was there");
    let output = assign(&folder, &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).starts_with("telemaco: cannot open mentors.csv: "));
}

#[test]
fn a_link_stays_a_link_and_what_is_behind_it_is_written() {
    let folder = folder(EDGES, MENTORS);
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("elsewhere")).expect("a folder");
    fs::write(at("elsewhere/real.csv"), "old").expect("a file");
    std::os::unix::fs::symlink("elsewhere/real.csv", at("pairs.csv")).expect("a link");
    std::os::unix::fs::symlink("elsewhere/new.csv", at("prices.csv")).expect("a link to what is not there yet");
    assert!(assign(&folder, &["--out", "pairs.csv", "--prices", "prices.csv"]).status.success());
    for (link, real) in [("pairs.csv", "elsewhere/real.csv"), ("prices.csv", "elsewhere/new.csv")] {
        assert!(fs::symlink_metadata(at(link)).expect("it is there").is_symlink(), "{link}");
        assert_ne!(read(&folder, real), "old");
        assert!(fs::symlink_metadata(at(real)).expect("it is there").is_file());
    }
    assert!(read(&folder, "elsewhere/new.csv").starts_with("side,id,price\n"));
    // A device is written to, and is a device still.
    std::os::unix::fs::symlink("/dev/null", at("nothing.csv")).expect("a link");
    assert!(assign(&folder, &["--out", "nothing.csv", "--prices", "/dev/null"]).status.success());
    assert!(fs::symlink_metadata(at("nothing.csv")).expect("it is there").is_symlink());
}

#[test]
fn nothing_is_written_over_what_was_read_or_written() {
    let folder = folder(EDGES, MENTORS);
    std::os::unix::fs::symlink("edges.csv", folder.path().join("alias.csv")).expect("a link");
    for more in [
        &["--out", "x.csv", "--prices", "./x.csv"][..],
        &["--out", "edges.csv"],
        &["--out", "alias.csv"],
        &["--prices", "mentors.csv"],
    ] {
        let output = assign(&folder, more);
        assert_eq!(output.status.code(), Some(1), "{more:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("the same file"), "{more:?}");
        assert_eq!((read(&folder, "edges.csv").as_str(), read(&folder, "mentors.csv").as_str()), (EDGES, MENTORS));
        assert!(!folder.path().join("x.csv").exists());
    }
}
