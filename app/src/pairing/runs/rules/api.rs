//! JSON doors to the rules of an edition: as data, and as the very `rules.toml`.

use std::collections::BTreeMap;

use anyhow::Context as _;
use axum::extract::State;
use axum::routing::MethodFilter;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::criteria::Criteria;
use crate::app::App;
use crate::i18n::Message;
use crate::identity::{Act, TokenScope, Viewer};
use crate::pairing::Coordinates;
use crate::pairing::model::Pool;
use crate::pairing::rules::{Balance, GREATEST, Must, Order, Preference, Rules, Unknown, Wish};
use crate::pairing::rules_file::{RulesFile, write};
use crate::pairing::runs::actions;
use crate::pairing::runs::api::PAIRING;
use crate::problems::{Failure, Problems};
use crate::programmes::{Edition, EditionId};
use crate::web::{Door, Failed, File, FileKind, Json, Params, Path, Told, Toml, Whole};

pub(in crate::pairing::runs) fn doors() -> Vec<Door> {
    let (read, write) = ((Act::Pair, TokenScope::PairingRead), (Act::Pair, TokenScope::PairingWrite));
    let told = |id, summary, detail| Told { id, tag: PAIRING, summary, detail };
    vec![
        Door::program(
            MethodFilter::GET,
            "/api/editions/{id}/rules",
            read,
            told(
                "read_rules",
                "The rules of an edition",
                "For coordinators. Where none were saved yet, those that are proposed for its people, with the version 0.",
            ),
            rules,
        ),
        Door::program(
            MethodFilter::PUT,
            "/api/editions/{id}/rules",
            write,
            told(
                "save_rules",
                "Save the rules of an edition",
                "For coordinators. `version` is the one that was read; if somebody saved rules since, nothing is done (409). What \
                 was decided about columns of sheets stays.",
            ),
            save,
        ),
        Door::program(
            MethodFilter::GET,
            "/api/editions/{id}/rules.toml",
            read,
            told(
                "read_rules_file",
                "The rules as a file",
                "For coordinators: the `rules.toml` that `telemaco pair` reads, each rule said aloud above it.",
            ),
            file,
        ),
        Door::program(
            MethodFilter::GET,
            "/api/editions/{id}/criteria",
            read,
            told(
                "read_criteria",
                "What the pairing goes by",
                "For coordinators, to hand to a works council or a faculty board: which criteria, and which data they read.",
            ),
            criteria,
        ),
        Door::program(
            MethodFilter::PUT,
            "/api/editions/{id}/rules.toml",
            write,
            told(
                "save_rules_file",
                "Save the rules from a file",
                "For coordinators: a `rules.toml`, kept as it is written. What is wrong is said with its line.",
            ),
            save_file,
        ),
    ]
}

/// The rules of an edition.
#[derive(Serialize, JsonSchema)]
struct EditionRules {
    /// Goes up with each change; 0 where they are proposed and not saved.
    version: i64,
    rules: RulesTold,
    /// What must hold, said aloud, in the order of `musts`.
    musts_aloud: Vec<String>,
    /// What is preferred, said aloud, in the order of `preferences`.
    preferences_aloud: Vec<String>,
}

/// What the pairing of an edition goes by, said aloud.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Criteria")]
struct CriteriaTold {
    musts: Vec<String>,
    preferences: Vec<CriterionTold>,
    /// What the rules read of people's records.
    data: Vec<String>,
    /// Whether something counts that only the rules may read; it is not named.
    has_reserved: bool,
    /// What is kept of people and not read by these rules.
    unused: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Criterion")]
struct CriterionTold {
    criterion: String,
    weight: String,
}

/// Rules to be saved.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RulesToSave {
    /// The version that was read.
    version: i64,
    rules: RulesTold,
}

#[derive(Deserialize, JsonSchema)]
struct FileToSave {
    /// The version that was read.
    version: i64,
}

/// Everything that decides a pairing, except the people.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Rules")]
struct RulesTold {
    /// The seats of a mentor whose record names no number.
    #[serde(default)]
    capacity: Option<Points>,
    /// What each further mentee of one mentor costs in points: the first for the first mentee, and so on. It never falls. Empty
    /// where nothing is to be balanced.
    #[serde(default)]
    #[schemars(length(max = 100))]
    balance: Vec<Points>,
    /// What has to be so, or the pair is not allowed.
    #[serde(default)]
    #[schemars(length(max = 100))]
    musts: Vec<MustTold>,
    /// What makes a pair better.
    #[serde(default)]
    #[schemars(length(max = 100))]
    preferences: Vec<PreferenceTold>,
    /// Values from the lowest level to the highest by the name of their order; those of one level stand alike.
    #[serde(default)]
    orders: BTreeMap<String, Vec<Vec<String>>>,
    /// Places on the map, for the distance between them.
    #[serde(default)]
    places: BTreeMap<String, PlaceTold>,
}

type Points = Whole<0, GREATEST>;
type Levels = Whole<0, 1000>;

/// A rule that must hold.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(tag = "rule", rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(rename = "Must")]
enum MustTold {
    ReportingLine {},
    Conflict {},
    FormerMentor {},
    Language {
        #[serde(default)]
        unknown: UnknownTold,
    },
    Equal {
        attribute: String,
        #[serde(default)]
        unknown: UnknownTold,
    },
    Differ {
        attribute: String,
        #[serde(default)]
        unknown: UnknownTold,
    },
    Above {
        attribute: String,
        /// The attribute's own where nothing is said.
        #[serde(default)]
        order: Option<String>,
        levels: Levels,
        #[serde(default)]
        unknown: UnknownTold,
    },
}

/// What becomes of a pair when the record of one of them does not say.
#[derive(Clone, Copy, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "Unknown")]
enum UnknownTold {
    Allow,
    #[default]
    Forbid,
}

/// A preference.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Preference")]
struct PreferenceTold {
    /// The most points that it can give.
    weight: Points,
    wish: WishTold,
    /// Counts only for mentees whose value of this attribute is a yes.
    #[serde(default)]
    only_if: Option<String>,
}

/// What is preferred.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(tag = "rule", rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(rename = "Wish")]
enum WishTold {
    Competencies {},
    MenteeRanking {},
    MentorRanking {},
    Zone {
        hours: Whole<1, 12>,
    },
    Place {
        kilometres: Whole<1, 20_100>,
    },
    Gap {
        attribute: String,
        /// The attribute's own where nothing is said.
        #[serde(default)]
        order: Option<String>,
        levels: Levels,
    },
    Similar {
        attribute: String,
    },
    Different {
        attribute: String,
    },
    Words {
        mentee_text: String,
        mentor_text: String,
        enough: Whole<1, 1000>,
    },
}

/// A point on the globe, in degrees.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Place")]
struct PlaceTold {
    #[schemars(range(min = -90, max = 90))]
    latitude: f64,
    #[schemars(range(min = -180, max = 180))]
    longitude: f64,
}

/// The kind of the rules' file.
struct RulesKind;

impl FileKind for RulesKind {
    const KINDS: &'static [(&'static str, bool)] = &[("application/toml", true)];
}

async fn rules(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<EditionId>,
) -> Result<Json<EditionRules>, Failed> {
    let edition = actions::edition(&app, &viewer, id).await?;
    Ok(Json(the_rules(&app, &viewer, &edition).await?))
}

async fn the_rules(app: &App, viewer: &Viewer, edition: &Edition) -> Result<EditionRules, Failure> {
    let saved = actions::rules(app, edition, viewer.lang).await?;
    let labels = actions::labels(app, viewer).await?;
    let rules = parsed(&saved.text)?.rules;
    let tell = |message: &Message| viewer.lang.tell(message);
    Ok(EditionRules {
        version: saved.version,
        musts_aloud: rules.musts.iter().map(|must| tell(&must.sentence(&labels))).collect(),
        preferences_aloud: rules.preferences.iter().map(|wish| tell(&wish.sentence(&labels))).collect(),
        rules: RulesTold::of(rules),
    })
}

async fn criteria(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<EditionId>,
) -> Result<Json<CriteriaTold>, Failed> {
    let edition = actions::edition(&app, &viewer, id).await?;
    let saved = actions::rules(&app, &edition, viewer.lang).await?;
    let labels = actions::labels(&app, &viewer).await?;
    let rules = parsed(&saved.text)?.rules;
    let Criteria { musts, wishes, data, has_reserved, unused } = Criteria::new(&rules, &labels, viewer.lang);
    let preferences = wishes.into_iter().map(|(criterion, weight)| CriterionTold { criterion, weight }).collect();
    Ok(Json(CriteriaTold { musts, preferences, data, has_reserved, unused }))
}

/// Rules that were read when they were saved.
fn parsed(text: &str) -> Result<RulesFile, Failure> {
    let parsed = RulesFile::parse(text).map_err(|fault| anyhow::anyhow!("line {}", fault.line));
    Ok(parsed.context("saved rules cannot be read")?)
}

async fn save(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<EditionId>,
    Json(sent): Json<RulesToSave>,
) -> Result<Json<EditionRules>, Failed> {
    let edition = actions::edition(&app, &viewer, id).await?;
    let labels = actions::labels(&app, &viewer).await?;
    let stands = actions::rules(&app, &edition, viewer.lang).await?;
    let file = parsed(&stands.text)?.with(sent.rules.rules()?);
    let text = write(&file, &labels, &[], viewer.lang);
    readable(&text, &labels)?;
    actions::save_rules(&app, &viewer, &edition, &text, sent.version).await?;
    Ok(Json(the_rules(&app, &viewer, &edition).await?))
}

/// Says what is wrong without the line of a text that nobody sent.
fn readable(text: &str, labels: &Pool) -> Result<(), Problems> {
    let fault = match RulesFile::parse(text) {
        Ok(file) => file.unknown_attribute(labels),
        Err(fault) => Some(fault),
    };
    fault.map_or(Ok(()), |fault| Err(Problems::one("rules", fault.message)))
}

async fn file(State(app): State<App>, viewer: Viewer, Path(id): Path<EditionId>) -> Result<File<RulesKind>, Failed> {
    let edition = actions::edition(&app, &viewer, id).await?;
    let saved = actions::rules(&app, &edition, viewer.lang).await?;
    Ok(File::new(saved.text.into_bytes(), "application/toml", "rules.toml"))
}

async fn save_file(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<EditionId>,
    Params(sent): Params<FileToSave>,
    Toml(text): Toml,
) -> Result<Json<EditionRules>, Failed> {
    let edition = actions::edition(&app, &viewer, id).await?;
    actions::save_rules(&app, &viewer, &edition, &text.replace("\r\n", "\n"), sent.version).await?;
    Ok(Json(the_rules(&app, &viewer, &edition).await?))
}

impl RulesTold {
    fn of(rules: Rules) -> Self {
        let costs = rules.balance.as_ref().map_or(&[][..], Balance::penalties);
        let place =
            |(name, at): (String, Coordinates)| (name, PlaceTold { latitude: at.latitude, longitude: at.longitude });
        Self {
            capacity: rules.capacity.map(Whole),
            balance: costs.iter().copied().map(Whole).collect(),
            musts: rules.musts.into_iter().map(MustTold::of).collect(),
            preferences: rules.preferences.into_iter().map(PreferenceTold::of).collect(),
            orders: rules.orders.into_iter().map(|(name, order)| (name, order.levels)).collect(),
            places: rules.places.into_iter().map(place).collect(),
        }
    }

    fn rules(self) -> Result<Rules, Problems> {
        let costs: Vec<u32> = self.balance.into_iter().map(|cost| cost.0).collect();
        let falls = || Problems::one("balance", Message::new("pairing-fault-penalties"));
        let balance = if costs.is_empty() { None } else { Some(Balance::new(costs).ok_or_else(falls)?) };
        let place =
            |(name, at): (String, PlaceTold)| (name, Coordinates { latitude: at.latitude, longitude: at.longitude });
        Ok(Rules {
            musts: self.musts.into_iter().map(MustTold::must).collect(),
            preferences: self.preferences.into_iter().map(PreferenceTold::preference).collect(),
            balance,
            capacity: self.capacity.map(|seats| seats.0),
            orders: self.orders.into_iter().map(|(name, levels)| (name, Order { levels })).collect(),
            places: self.places.into_iter().map(place).collect(),
        })
    }
}

impl MustTold {
    fn of(must: Must) -> Self {
        match must {
            Must::ReportingLine => Self::ReportingLine {},
            Must::NoConflict => Self::Conflict {},
            Must::NotFormerMentor => Self::FormerMentor {},
            Must::SharedLanguage { unknown } => Self::Language { unknown: unknown.into() },
            Must::Equal { attribute, unknown } => Self::Equal { attribute, unknown: unknown.into() },
            Must::Differ { attribute, unknown } => Self::Differ { attribute, unknown: unknown.into() },
            Must::Above { attribute, order, levels, unknown } => {
                Self::Above { attribute, order: Some(order), levels: Whole(levels), unknown: unknown.into() }
            }
        }
    }

    fn must(self) -> Must {
        match self {
            Self::ReportingLine {} => Must::ReportingLine,
            Self::Conflict {} => Must::NoConflict,
            Self::FormerMentor {} => Must::NotFormerMentor,
            Self::Language { unknown } => Must::SharedLanguage { unknown: unknown.into() },
            Self::Equal { attribute, unknown } => Must::Equal { attribute, unknown: unknown.into() },
            Self::Differ { attribute, unknown } => Must::Differ { attribute, unknown: unknown.into() },
            Self::Above { attribute, order, levels, unknown } => {
                let order = order.unwrap_or_else(|| attribute.clone());
                Must::Above { attribute, order, levels: levels.0, unknown: unknown.into() }
            }
        }
    }
}

impl PreferenceTold {
    fn of(preference: Preference) -> Self {
        let Preference { weight, wish, only_if } = preference;
        let wish = match wish {
            Wish::Competencies => WishTold::Competencies {},
            Wish::MenteeRanking => WishTold::MenteeRanking {},
            Wish::MentorRanking => WishTold::MentorRanking {},
            Wish::Zone { hours } => WishTold::Zone { hours: Whole(hours) },
            Wish::Place { kilometres } => WishTold::Place { kilometres: Whole(kilometres) },
            Wish::Gap { attribute, order, levels } => {
                WishTold::Gap { attribute, order: Some(order), levels: Whole(levels) }
            }
            Wish::Similar { attribute } => WishTold::Similar { attribute },
            Wish::Different { attribute } => WishTold::Different { attribute },
            Wish::Words { mentee_text, mentor_text, enough } => {
                WishTold::Words { mentee_text, mentor_text, enough: Whole(enough) }
            }
        };
        Self { weight: Whole(weight), wish, only_if }
    }

    fn preference(self) -> Preference {
        let wish = match self.wish {
            WishTold::Competencies {} => Wish::Competencies,
            WishTold::MenteeRanking {} => Wish::MenteeRanking,
            WishTold::MentorRanking {} => Wish::MentorRanking,
            WishTold::Zone { hours } => Wish::Zone { hours: hours.0 },
            WishTold::Place { kilometres } => Wish::Place { kilometres: kilometres.0 },
            WishTold::Gap { attribute, order, levels } => {
                let order = order.unwrap_or_else(|| attribute.clone());
                Wish::Gap { attribute, order, levels: levels.0 }
            }
            WishTold::Similar { attribute } => Wish::Similar { attribute },
            WishTold::Different { attribute } => Wish::Different { attribute },
            WishTold::Words { mentee_text, mentor_text, enough } => {
                Wish::Words { mentee_text, mentor_text, enough: enough.0 }
            }
        };
        Preference { weight: self.weight.0, wish, only_if: self.only_if }
    }
}

impl From<Unknown> for UnknownTold {
    fn from(unknown: Unknown) -> Self {
        match unknown {
            Unknown::Allow => Self::Allow,
            Unknown::Forbid => Self::Forbid,
        }
    }
}

impl From<UnknownTold> for Unknown {
    fn from(unknown: UnknownTold) -> Self {
        match unknown {
            UnknownTold::Allow => Self::Allow,
            UnknownTold::Forbid => Self::Forbid,
        }
    }
}
