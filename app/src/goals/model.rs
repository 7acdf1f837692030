//! What a goal says, when it is a goal that can be checked, how far it is, and what becomes of it. Pure.

use jiff::Timestamp;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::i18n::{Message, fold};
use crate::identity::PersonId;
use crate::mentorships::MentorshipId;
use crate::mentorships::visibility::Visibility;
use crate::problems::Problems;
use crate::vault::{Sealed, Words};

crate::id!(/// A goal of a pair.
    GoalId);
crate::id!(/// A step towards a goal.
    StepId);
crate::id!(/// What somebody said of how a goal goes.
    CheckInId);

/// So many goals a mentorship has at most; a page shows them all.
pub const MOST_GOALS: usize = 100;
pub const MOST_STEPS: usize = 20;
pub const LONGEST_STATEMENT: usize = 300;
const LONGEST_MEASURE: usize = 200;
const LONGEST_STEP: usize = 200;
pub const LONGEST_LINE: usize = 500;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "GoalKind")]
pub enum Kind {
    Professional,
    Personal,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "GoalTerm")]
pub enum Term {
    Short,
    Long,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "GoalOutcome")]
pub enum Outcome {
    Reached,
    LetGo,
}

/// What a goal leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tie {
    /// A competency of the edition's framework, by its key.
    Competency(String),
    /// The mentee's career objective.
    Objective,
}

impl Kind {
    pub const ALL: [Self; 2] = [Self::Professional, Self::Personal];

    pub fn code(self) -> &'static str {
        match self {
            Self::Professional => "professional",
            Self::Personal => "personal",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    pub fn key(self) -> String {
        format!("goals-kind-{}", self.code())
    }
}

impl Term {
    pub const ALL: [Self; 2] = [Self::Short, Self::Long];

    pub fn code(self) -> &'static str {
        match self {
            Self::Short => "short",
            Self::Long => "long",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|term| term.code() == code)
    }

    pub fn key(self) -> String {
        format!("goals-term-{}", self.code())
    }
}

impl Outcome {
    pub const ALL: [Self; 2] = [Self::Reached, Self::LetGo];

    pub fn code(self) -> &'static str {
        match self {
            Self::Reached => "reached",
            Self::LetGo => "let-go",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.code() == code)
    }

    pub fn key(self) -> String {
        format!("goals-outcome-{}", self.code())
    }
}

impl Tie {
    const OBJECTIVE: &'static str = "objective";
    const COMPETENCY: &'static str = "competency:";

    /// As a form says it.
    pub fn parse(text: &str) -> Option<Self> {
        match text.strip_prefix(Self::COMPETENCY) {
            Some(key) => Some(Self::Competency(key.to_owned())),
            None => (text == Self::OBJECTIVE).then_some(Self::Objective),
        }
    }

    pub fn code(&self) -> String {
        match self {
            Self::Competency(key) => format!("{}{key}", Self::COMPETENCY),
            Self::Objective => Self::OBJECTIVE.to_owned(),
        }
    }

    pub fn competency(&self) -> Option<&str> {
        match self {
            Self::Competency(key) => Some(key),
            Self::Objective => None,
        }
    }
}

/// What somebody writes of a goal.
#[derive(Clone, Debug)]
pub struct Draft {
    pub visibility: Visibility,
    pub kind: Kind,
    pub term: Term,
    pub tie: Option<Tie>,
    /// The long-term goal that it is a part of.
    pub parent: Option<GoalId>,
    pub statement: Words,
    pub measure: Words,
    pub baseline: Option<f64>,
    pub target: Option<f64>,
    pub due: Option<Date>,
    pub steps: Vec<Words>,
}

/// One line for each step; empty ones are none.
pub fn lines(text: &str) -> Vec<Words> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(Words::new).collect()
}

fn too_long(most: usize) -> Message {
    Message::new("goals-too-long").with("most", most)
}

impl Draft {
    /// Only a statement has to be there. What else a goal that can be checked has, hints say and nothing demands.
    pub fn parse(draft: Self) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        if draft.statement.as_str().is_empty() {
            problems.add("statement", Message::new("goals-statement-missing"));
        }
        if draft.statement.is_longer_than(LONGEST_STATEMENT) {
            problems.add("statement", too_long(LONGEST_STATEMENT));
        }
        if draft.measure.is_longer_than(LONGEST_MEASURE) {
            problems.add("measure", too_long(LONGEST_MEASURE));
        }
        if draft.steps.len() > MOST_STEPS {
            problems.add("steps", Message::new("goals-steps-many").with("most", MOST_STEPS));
        }
        if draft.steps.iter().any(|step| step.is_longer_than(LONGEST_STEP)) {
            problems.add("steps", Message::new("goals-step-long").with("most", LONGEST_STEP));
        }
        if draft.target.is_some() && draft.target == draft.baseline {
            problems.add("target", Message::new("goals-target-is-baseline"));
        }
        if !matches!(draft.visibility, Visibility::OnlyMe | Visibility::Pair) {
            problems.add("visibility", Message::new("goals-visibility-unknown"));
        }
        if draft.parent.is_some() && draft.term == Term::Long {
            problems.add("parent", Message::new("goals-parent-of-long"));
        }
        problems.or(draft)
    }

    /// What is sealed of the goal itself.
    pub fn words(&self) -> Words {
        let text = Text {
            statement: self.statement.as_str().to_owned(),
            measure: self.measure.as_str().to_owned(),
            baseline: self.baseline,
            target: self.target,
        };
        Words::new(serde_json::to_string(&text).unwrap_or_default())
    }

    /// Whether it may be a part of this goal.
    pub fn fits_under(&self, parent: &Goal) -> Result<(), Problems> {
        let is_hidden = parent.visibility == Visibility::OnlyMe && self.visibility != Visibility::OnlyMe;
        let key = match parent.term {
            Term::Short => "goals-parent-short",
            Term::Long if is_hidden => "goals-parent-hidden",
            Term::Long => return Ok(()),
        };
        Err(Problems::one("parent", Message::new(key)))
    }
}

#[derive(Serialize, Deserialize)]
struct Text {
    statement: String,
    measure: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    baseline: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    target: Option<f64>,
}

/// What a goal says, opened.
#[derive(Clone, Debug)]
pub struct Said {
    pub statement: Words,
    pub measure: Words,
    pub baseline: Option<f64>,
    pub target: Option<f64>,
}

impl Said {
    pub fn of(words: &Words) -> Option<Self> {
        let Text { statement, measure, baseline, target } = serde_json::from_str(words.as_str()).ok()?;
        Some(Self { statement: Words::new(statement), measure: Words::new(measure), baseline, target })
    }
}

/// A goal as it is stored, with what its steps and check-ins come to.
#[derive(Clone, Debug)]
pub struct Goal {
    pub id: GoalId,
    pub mentorship: MentorshipId,
    pub owner: PersonId,
    /// Who wrote it as it stands.
    pub author: PersonId,
    pub author_name: String,
    pub visibility: Visibility,
    pub kind: Kind,
    pub term: Term,
    pub tie: Option<Tie>,
    pub parent: Option<GoalId>,
    pub words: Sealed,
    /// Where it begins and where it is to lead, once its words were opened.
    pub baseline: Option<f64>,
    pub target: Option<f64>,
    pub due: Option<Date>,
    pub created_at: Timestamp,
    pub changed_at: Timestamp,
    pub settled: Option<Settled>,
    pub version: i64,
    pub steps: i64,
    pub steps_done: i64,
    /// The last figure that was said of it, and how far that is, once it was opened.
    pub last_figure: Option<Figure>,
    pub last_value: Option<f64>,
    /// The day that its last check-in tells of.
    pub last_on: Option<Date>,
}

/// A figure of a check-in as it is stored.
#[derive(Clone, Debug)]
pub struct Figure {
    pub check_in: CheckInId,
    pub author: PersonId,
    pub sealed: Sealed,
}

/// What became of a goal.
#[derive(Clone, Debug)]
pub struct Settled {
    pub outcome: Outcome,
    pub at: Timestamp,
    pub by: PersonId,
    pub reason: Option<Sealed>,
}

#[derive(Clone, Debug)]
pub struct Step {
    pub id: StepId,
    pub goal: GoalId,
    pub author: PersonId,
    pub words: Sealed,
    pub done_at: Option<Timestamp>,
}

#[derive(Clone, Debug)]
pub struct CheckIn {
    pub id: CheckInId,
    pub goal: GoalId,
    pub author: PersonId,
    pub author_name: String,
    pub on: Date,
    pub figure: Option<Sealed>,
    pub words: Option<Sealed>,
}

/// What somebody says of how a goal goes.
#[derive(Clone, Debug)]
pub struct Saying {
    pub on: Date,
    pub value: Option<f64>,
    pub line: Words,
}

impl Saying {
    pub fn parse(saying: Self, today: Date) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        if saying.on > today {
            problems.add("on", Message::new("goals-on-future"));
        }
        if saying.value.is_none() && saying.line.as_str().is_empty() {
            problems.add("value", Message::new("goals-check-in-empty"));
        }
        if saying.line.is_longer_than(LONGEST_LINE) {
            problems.add("line", too_long(LONGEST_LINE));
        }
        problems.or(saying)
    }
}

/// Why a goal is let go is asked; that it was reached speaks for itself.
pub fn reason(outcome: Outcome, text: &str) -> Result<Option<Words>, Problems> {
    let words = Words::typed(text);
    if words.as_str().is_empty() {
        return match outcome {
            Outcome::Reached => Ok(None),
            Outcome::LetGo => Err(Problems::one("reason", Message::new("goals-reason-missing"))),
        };
    }
    if words.is_longer_than(LONGEST_LINE) {
        return Err(Problems::one("reason", too_long(LONGEST_LINE)));
    }
    Ok(Some(words))
}

/// The career objective is one line.
pub fn objective(text: &str) -> Result<Words, Problems> {
    let words = Words::line(text);
    if words.as_str().is_empty() {
        return Err(Problems::one("objective", Message::new("goals-objective-missing")));
    }
    if words.is_longer_than(LONGEST_STATEMENT) {
        return Err(Problems::one("objective", too_long(LONGEST_STATEMENT)));
    }
    Ok(words)
}

impl Goal {
    pub fn is_open(&self) -> bool {
        self.settled.is_none()
    }

    pub fn is_overdue(&self, today: Date) -> bool {
        self.is_open() && self.due.is_some_and(|due| due < today)
    }

    pub fn outcome(&self) -> Option<Outcome> {
        self.settled.as_ref().map(|settled| settled.outcome)
    }
}

/// How far a goal is, from 0 to 1; none where nothing tells. What was reached is whole; numbers tell before parts, and parts before
/// steps. Parts that were let go are none.
pub fn progress(goal: &Goal, all: &[Goal]) -> Option<f64> {
    if goal.outcome() == Some(Outcome::Reached) {
        return Some(1.0);
    }
    if let (Some(target), Some(value)) = (goal.target, goal.last_value) {
        let start = goal.baseline.unwrap_or(0.0);
        if (target - start).abs() > f64::EPSILON {
            return Some(((value - start) / (target - start)).clamp(0.0, 1.0));
        }
    }
    let parts: Vec<f64> = parts_of(goal.id, all)
        .filter(|part| part.outcome() != Some(Outcome::LetGo))
        .map(|part| progress(part, &[]).unwrap_or(0.0))
        .collect();
    if !parts.is_empty() {
        return Some(parts.iter().sum::<f64>() / ratio(parts.len()));
    }
    if goal.steps > 0 {
        return Some(share(goal.steps_done, goal.steps));
    }
    goal.target.map(|_| 0.0)
}

pub fn parts_of(goal: GoalId, all: &[Goal]) -> impl Iterator<Item = &Goal> {
    all.iter().filter(move |part| part.parent == Some(goal))
}

#[expect(clippy::cast_precision_loss, reason = "a goal has a hundred parts at most")]
fn ratio(count: usize) -> f64 {
    count as f64
}

#[expect(clippy::cast_precision_loss, reason = "a goal has twenty steps at most")]
fn share(done: i64, all: i64) -> f64 {
    done as f64 / all as f64
}

/// Which part of its time has gone, from 0 to 1; none where it has no date.
pub fn time_gone(began: Date, due: Option<Date>, today: Date) -> Option<f64> {
    let days = |from: Date, to: Date| from.until(to).map_or(0, |span| span.get_days());
    let whole = days(began, due?);
    if whole <= 0 {
        return Some(1.0);
    }
    Some((f64::from(days(began, today)) / f64::from(whole)).clamp(0.0, 1.0))
}

/// From 0 to 100, as a reader counts.
pub fn percent(part: f64) -> u64 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it lies between 0 and 100")]
    let percent = (part.clamp(0.0, 1.0) * 100.0).round() as u64;
    percent
}

/// What would make a goal easier to check. Hints follow from the words typed, are shown once they are saved, and block nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hint {
    /// No number says when it is reached.
    Number,
    Date,
    /// A target, but not where one starts from.
    Baseline,
    /// A verb that nobody can watch, with nothing that would show it.
    Vague,
    Steps,
    /// A long-term goal without short ones.
    Parts,
    /// It leads to no competency and to no objective.
    Tie,
}

impl Hint {
    pub fn key(self) -> &'static str {
        match self {
            Self::Number => "goals-hint-number",
            Self::Date => "goals-hint-date",
            Self::Baseline => "goals-hint-baseline",
            Self::Vague => "goals-hint-vague",
            Self::Steps => "goals-hint-steps",
            Self::Parts => "goals-hint-parts",
            Self::Tie => "goals-hint-tie",
        }
    }
}

/// More than these at once would be a lecture.
const MOST_HINTS: usize = 3;

/// Words that count, folded.
const COUNTING: &[&str] = &[
    "un", "una", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "cada", "todas",
    "todos", "mitad", "doble", "ningun", "ninguna", "one", "two", "three", "four", "five", "six", "seven", "eight",
    "nine", "ten", "every", "each", "all", "half", "twice", "once", "no",
];

/// The beginnings of verbs that say nothing that could be seen, folded.
const VAGUE: &[&str] = &[
    "mejor",
    "potenci",
    "foment",
    "intent",
    "tratar",
    "procur",
    "crecer",
    "desarroll",
    "entender",
    "aprend",
    "conocer",
    "saber",
    "ser",
    "improv",
    "enhanc",
    "try",
    "better",
    "grow",
    "develop",
    "understand",
    "learn",
    "know",
    "be",
    "become",
];

fn words_of(text: &str) -> Vec<String> {
    let folded = fold(text);
    folded.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn counts(text: &str) -> bool {
    text.chars().any(|letter| letter.is_ascii_digit())
        || words_of(text).iter().any(|word| COUNTING.contains(&word.as_str()))
}

fn is_vague(statement: &str) -> bool {
    let words = words_of(statement);
    let first = words.iter().find(|word| !["quiero", "me", "want", "to", "i", "a"].contains(&word.as_str()));
    first.is_some_and(|first| {
        VAGUE.iter().any(|vague| if vague.len() > 4 { first.starts_with(vague) } else { first == vague })
    })
}

/// The hints for an open goal, those that help most first.
pub fn hints(goal: &Goal, said: &Said, all: &[Goal]) -> Vec<Hint> {
    let (statement, measure) = (said.statement.as_str(), said.measure.as_str());
    let has_parts = parts_of(goal.id, all).next().is_some();
    let is_counted = goal.target.is_some() || counts(statement) || counts(measure);
    let found = [
        (is_vague(statement) && measure.is_empty() && goal.target.is_none(), Hint::Vague),
        (!is_counted && !has_parts, Hint::Number),
        (goal.due.is_none(), Hint::Date),
        (goal.target.is_some() && goal.baseline.is_none() && goal.last_value.is_none(), Hint::Baseline),
        (goal.term == Term::Long && !has_parts, Hint::Parts),
        (goal.term == Term::Short && goal.steps == 0, Hint::Steps),
        (goal.tie.is_none(), Hint::Tie),
    ];
    found.into_iter().filter_map(|(is, hint)| is.then_some(hint)).take(MOST_HINTS).collect()
}

/// What becomes of the steps when a goal is written anew: those whose words stay are kept with what was done, in the new order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    Old(StepId),
    New(usize),
}

/// For each line, in its order, the step that it is or that it becomes. Steps of which no line is left go.
pub fn kept(old: &[(StepId, Words)], lines: &[Words]) -> Vec<Kept> {
    let mut left: Vec<&(StepId, Words)> = old.iter().collect();
    lines
        .iter()
        .enumerate()
        .map(|(place, line)| match left.iter().position(|(_, words)| words == line) {
            Some(found) => Kept::Old(left.remove(found).0),
            None => Kept::New(place),
        })
        .collect()
}

/// How the goals of a pair stand, in figures: what anybody who may know of the pair may know.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub open: i64,
    pub reached: i64,
    pub let_go: i64,
    pub overdue: i64,
    /// The day that the last check-in tells of.
    pub last_on: Option<Date>,
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use uuid::Uuid;

    use super::*;

    fn goal(id: u128) -> Goal {
        let person = PersonId(Uuid::from_u128(1));
        Goal {
            id: GoalId(Uuid::from_u128(id)),
            mentorship: MentorshipId(Uuid::from_u128(2)),
            owner: person,
            author: person,
            author_name: String::new(),
            visibility: Visibility::Pair,
            kind: Kind::Professional,
            term: Term::Short,
            tie: Some(Tie::Objective),
            parent: None,
            words: crate::vault::Sealed::empty(),
            baseline: None,
            target: None,
            due: Some(date(2027, 6, 30)),
            created_at: Timestamp::UNIX_EPOCH,
            changed_at: Timestamp::UNIX_EPOCH,
            settled: None,
            version: 1,
            steps: 0,
            steps_done: 0,
            last_figure: None,
            last_value: None,
            last_on: None,
        }
    }

    fn said(statement: &str, measure: &str) -> Said {
        Said { statement: Words::new(statement), measure: Words::new(measure), baseline: None, target: None }
    }

    fn settled(outcome: Outcome) -> Settled {
        let by = PersonId(Uuid::from_u128(1));
        Settled { outcome, at: Timestamp::UNIX_EPOCH, by, reason: None }
    }

    #[test]
    fn numbers_tell_before_parts_and_parts_before_steps() {
        let mut one = goal(1);
        assert_eq!(progress(&one, &[]), None);
        (one.steps, one.steps_done) = (4, 1);
        assert_eq!(progress(&one, &[]), Some(0.25));
        let (mut half, mut whole, mut gone) = (goal(2), goal(3), goal(4));
        (half.parent, half.steps, half.steps_done) = (Some(one.id), 2, 1);
        (whole.parent, whole.settled) = (Some(one.id), Some(settled(Outcome::Reached)));
        (gone.parent, gone.settled) = (Some(one.id), Some(settled(Outcome::LetGo)));
        assert_eq!(progress(&one, &[half, whole, gone]), Some(0.75));
        (one.baseline, one.target, one.last_value) = (Some(8.0), Some(4.0), Some(5.0));
        assert_eq!(progress(&one, &[]), Some(0.75), "down is a way as well");
        one.last_value = Some(9.0);
        assert_eq!(progress(&one, &[]), Some(0.0));
        one.settled = Some(settled(Outcome::Reached));
        assert_eq!(progress(&one, &[]), Some(1.0));
    }

    #[test]
    fn hints_follow_from_the_words() {
        let mut one = goal(1);
        (one.due, one.tie) = (None, None);
        let vague = said("Mejorar mi oratoria", "");
        assert_eq!(hints(&one, &vague, &[]), [Hint::Vague, Hint::Number, Hint::Date], "three are enough");
        assert_eq!(hints(&one, &said("Be a better speaker", ""), &[])[0], Hint::Vague);
        (one.due, one.steps, one.tie) = (Some(date(2027, 6, 30)), 2, Some(Tie::Objective));
        for good in ["Dirigir tres comités", "Chair 3 meetings", "Hablar en cada comité sin leer"] {
            assert!(hints(&one, &said(good, ""), &[]).is_empty(), "{good}");
        }
        assert!(hints(&one, &said("Mejorar mi oratoria", "preguntas por charla: 5"), &[]).is_empty());
        one.target = Some(3.0);
        assert_eq!(hints(&one, &said("Dirigir comités", ""), &[]), [Hint::Baseline]);
        (one.baseline, one.term) = (Some(0.0), Term::Long);
        assert_eq!(hints(&one, &said("Dirigir comités", ""), &[]), [Hint::Parts]);
        assert!(!is_vague("Sergio y yo cerramos el trato"), "a name is no verb");
    }

    #[test]
    fn a_goal_says_something() {
        let draft = |statement: &str| Draft {
            visibility: Visibility::Pair,
            kind: Kind::Personal,
            term: Term::Short,
            tie: None,
            parent: None,
            statement: Words::new(statement),
            measure: Words::default(),
            baseline: Some(1.0),
            target: Some(2.0),
            due: None,
            steps: Vec::new(),
        };
        assert!(Draft::parse(draft("Hablar sin leer")).is_ok());
        let wrong = |draft: Draft, field: &str| Draft::parse(draft).unwrap_err().of(field).next().is_some();
        assert!(wrong(draft(""), "statement") && wrong(draft(&"a".repeat(301)), "statement"));
        assert!(wrong(Draft { target: Some(1.0), ..draft("x") }, "target"));
        assert!(wrong(Draft { visibility: Visibility::Submitted, ..draft("x") }, "visibility"));
        assert!(wrong(Draft { steps: lines(&"a\n".repeat(21)), ..draft("x") }, "steps"));
        let under = Draft { term: Term::Long, parent: Some(goal(1).id), ..draft("x") };
        assert!(wrong(under, "parent"));
        let mut long = goal(1);
        assert!(draft("x").fits_under(&long).is_err(), "a short one has no parts");
        long.term = Term::Long;
        assert!(draft("x").fits_under(&long).is_ok());
        long.visibility = Visibility::OnlyMe;
        assert!(draft("x").fits_under(&long).is_err(), "nobody sees a part of what they do not see");
        assert_eq!(Said::of(&draft("Hablar").words()).unwrap().statement, Words::new("Hablar"));
    }

    #[test]
    fn steps_whose_words_stay_are_kept_with_what_was_done() {
        let id = |number| StepId(Uuid::from_u128(number));
        let old = [(id(1), Words::new("leer")), (id(2), Words::new("hablar")), (id(3), Words::new("leer"))];
        let new = lines("hablar\r\n\n  leer \nescuchar");
        assert_eq!(kept(&old, &new), [Kept::Old(id(2)), Kept::Old(id(1)), Kept::New(2)]);
    }

    #[test]
    fn a_check_in_tells_of_a_day_that_has_been() {
        let today = date(2027, 3, 1);
        let saying = |on, value, line: &str| Saying::parse(Saying { on, value, line: Words::new(line) }, today);
        assert!(saying(today, Some(1.0), "").is_ok() && saying(today, None, "bien").is_ok());
        assert!(saying(date(2027, 3, 2), Some(1.0), "").is_err() && saying(today, None, "").is_err());
        assert!(reason(Outcome::LetGo, " ").is_err() && reason(Outcome::Reached, "").unwrap().is_none());
        assert!(objective("").is_err() && objective("Dirigir\nla zona").unwrap().as_str() == "Dirigir la zona");
        assert_eq!(time_gone(date(2027, 1, 1), Some(date(2027, 3, 2)), date(2027, 1, 31)), Some(0.5));
        assert_eq!(percent(0.255), 26);
    }
}
