//! `telemaco assign` as the shell sees it: two CSV files in, pairs and prices and one JSON object out.

use std::fmt::Write as _;
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

/// Three mentees who all do best with mentor 5, who has three seats; mentor 9 has two.
const THREE: &str = "mentee,mentor,score\n0,5,10\n0,9,4\n1,5,10\n1,9,3\n2,5,10\n2,9,2\n";
const TWO: &str = "mentor,capacity\n5,3\n9,2\n";

fn ruled(files: &[(&str, &str)]) -> (Output, String) {
    let folder = folder(THREE, TWO);
    let mut more = vec!["--out".to_owned(), "pairs.csv".to_owned()];
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("a file of rules");
        more.extend([format!("--{name}"), (*name).to_owned()]);
    }
    let output = assign(&folder, &more.iter().map(String::as_str).collect::<Vec<_>>());
    let pairs = fs::read_to_string(folder.path().join("pairs.csv")).unwrap_or_default();
    (output, pairs.replace("mentee,mentor,score\n", ""))
}

#[test]
fn rules_are_kept() {
    assert_eq!(ruled(&[]).1, "0,5,10\n1,5,10\n2,5,10\n");
    assert_eq!(ruled(&[("pins", "mentee,mentor\n2,9\n")]).1, "0,5,10\n1,5,10\n2,9,2\n");
    assert_eq!(ruled(&[("forbidden", "mentee,mentor\n1,5\n")]).1, "0,5,10\n1,9,3\n2,5,10\n");
    assert_eq!(ruled(&[("least-loads", "mentor,least\n9,1\n")]).1, "0,9,4\n1,5,10\n2,5,10\n");
    let categories = ("categories", "mentee,category\n1,0\n2,0\n");
    let quotas = ("quotas", "mentor,category,most\n5,0,1\n");
    assert_eq!(ruled(&[categories, quotas]).1, "0,5,10\n1,9,3\n2,5,10\n");
}

#[test]
fn rules_that_cannot_be_kept_are_told_by_the_ids_of_the_files() {
    let said = |files: &[(&str, &str)]| {
        let (output, _) = ruled(files);
        assert_eq!(output.status.code(), Some(1));
        String::from_utf8(output.stderr).expect("text").trim_end().to_owned()
    };
    assert_eq!(
        said(&[("least-loads", "mentor,least\n5,2\n9,2\n")]),
        "telemaco: together mentors 5, 9 must have at least 4 mentees, but no more than 3 can be with them"
    );
    assert_eq!(
        said(&[("pins", "mentee,mentor\n0,9\n1,9\n2,9\n")]),
        "telemaco: 3 mentees are pinned to mentor 9, who has 2 seats"
    );
    assert_eq!(said(&[("pins", "mentee,mentor\n3,9\n")]), "telemaco: pins:2: mentee 3 is not in the file of pairs");
    assert_eq!(said(&[("pins", "mentee,mentor\n0,4\n")]), "telemaco: pins:2: mentor 4 is not in the file of mentors");
}

#[test]
fn coverage_comes_first_where_it_is_asked_for() {
    let folder = folder("mentee,mentor,score\n0,0,1000000\n0,7,-50\n1,0,-20\n", MENTORS);
    let matched = |more: &[&str]| {
        let said: Value = serde_json::from_slice(&assign(&folder, more).stdout).expect("one JSON object");
        said["matched"].clone()
    };
    assert_eq!(matched(&["--unmatched-penalty", "0"]), 1);
    assert_eq!(matched(&["--coverage-first"]), 2);
}

#[test]
fn the_number_of_threads_does_not_show() {
    let mut edges = "mentee,mentor,score\n".to_owned();
    for row in 0..30_000_u32 {
        let score = row.wrapping_mul(2_654_435_761) >> 22;
        writeln!(edges, "{},{},{score}", row / 30, row % 30 * 7).expect("a string takes it");
    }
    let mut mentors = "mentor,capacity\n".to_owned();
    for mentor in 0..30 {
        writeln!(mentors, "{},30", mentor * 7).expect("a string takes it");
    }
    let folder = folder(&edges, &mentors);
    let with = |threads: &str| {
        let output = assign(&folder, &["--out", "pairs.csv", "--prices", "prices.csv", "--threads", threads]);
        assert!(output.status.success());
        (read(&folder, "pairs.csv"), read(&folder, "prices.csv"))
    };
    let one = with("1");
    assert_eq!(one.0.lines().count(), 901);
    assert!(["2", "3", "7"].iter().all(|threads| with(threads) == one));
}
