//! What the columns of a sheet mean: recognised where the heading is known, asked for where it is not, and left out
//! until somebody has said. Special-category data (GDPR, Art. 9) stays out unless a legal basis is on record, and then
//! only the rules ever see it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::BuildHasher;

use serde::{Deserialize, Serialize};

use crate::i18n::{Message, fold};
use crate::sheets::Sheet;

use super::headings;
use super::special::{SpecialCategory, looks_special};
use super::words;

/// How many examples of a column are shown to whoever maps it.
const EXAMPLES: usize = 3;

/// Whom a sheet lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SheetRole {
    Mentors,
    Mentees,
    /// Both, told apart by a column; or people who are neither yet.
    #[default]
    Mixed,
}

/// What a column means. The names are stored with mappings: they stay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "column", rename_all = "kebab-case")]
pub enum Column {
    Name,
    GivenName,
    FamilyName,
    Address,
    Title,
    Unit,
    Place,
    Languages,
    Zone,
    Manager,
    ExternalId,
    Biography,
    /// Mentor, mentee or both, in words.
    Role,
    /// Whether somebody is mentor and mentee at once: yes or no.
    Both,
    Capacity,
    Held,
    Wanted,
    /// Held where the row is a mentor's, wanted where it is a mentee's.
    Competencies,
    Preferences,
    Conflicts,
    FormerMentors,
    /// The post for which somebody was nominated.
    Post,
    Attribute(Attribute),
    LeaveOut,
}

/// A column of the coordinator's own: what it is for, and who sees it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Attribute {
    /// A slug: letters, digits and hyphens.
    pub key: String,
    pub visibility: Visibility,
    pub purpose: String,
    /// GDPR, Art. 9(2): recorded before special-category data comes in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub legal_basis: Option<String>,
    /// Set if the column looks like special-category data; then [`Visibility::Rules`] is all there is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub special: Option<SpecialCategory>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Visibility {
    All,
    Coordinator,
    /// No person, no page, no reason, no mail, no API: the pairing rules alone.
    Rules,
}

/// A column as it is put to the coordinator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposedColumn {
    pub heading: String,
    pub column: Column,
    pub special: Option<SpecialCategory>,
    /// A few of its values; none where the column is special.
    pub examples: Vec<String>,
}

/// What each heading of a sheet means, by folded heading.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Mapping {
    columns: BTreeMap<String, Column>,
}

/// What an organisation has admitted as special before: by folded heading, and by the attribute's key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct AdmittedBefore {
    headings: HashMap<String, SpecialCategory>,
    keys: HashMap<String, SpecialCategory>,
}

impl AdmittedBefore {
    pub(super) fn new<'a, S: BuildHasher>(
        remembered: &HashMap<String, Column, S>,
        attributes: impl IntoIterator<Item = &'a Attribute>,
    ) -> Self {
        let headings = remembered.iter().filter_map(|(heading, column)| Some((heading.clone(), column.special()?)));
        let keys = attributes.into_iter().filter_map(|attribute| Some((attribute.key.clone(), attribute.special?)));
        Self { headings: headings.collect(), keys: keys.collect() }
    }

    pub(super) fn special(&self, heading: &str, column: &Column) -> Option<SpecialCategory> {
        let by_key = match column {
            Column::Attribute(attribute) => self.keys.get(&attribute.key),
            _ => None,
        };
        by_key.or_else(|| self.headings.get(&fold(heading))).copied()
    }
}

/// What is wrong with a mapping, and at which heading.
#[derive(Clone, Debug, PartialEq)]
pub struct MappingProblem {
    pub heading: Option<String>,
    pub message: Message,
}

/// What a known heading means in a sheet of mentors, of mentees or of both.
pub fn recognise(heading: &str, role: SheetRole) -> Option<Column> {
    headings::lookup(heading).map(|(column, _)| column.in_sheet_of(role))
}

/// What every column seems to mean, given what was settled for earlier files (by folded heading). What is unknown is left
/// out, and so is what looks special unless it was admitted before on a legal basis.
pub fn propose<S: BuildHasher>(
    sheet: &Sheet,
    role: SheetRole,
    remembered: &HashMap<String, Column, S>,
) -> Vec<ProposedColumn> {
    let headings = sheet.headings.iter().enumerate();
    let guesses =
        headings.map(|(index, heading)| guess(sheet, index, role, remembered.get(&fold(heading)).cloned())).collect();
    let columns = settle(sheet, guesses);
    let proposed = sheet.headings.iter().enumerate().zip(columns);
    proposed
        .map(|((index, heading), (column, special))| ProposedColumn {
            heading: heading.clone(),
            column,
            special,
            examples: if special.is_some() { Vec::new() } else { examples(sheet, index) },
        })
        .collect()
}

/// A column on its own, before its neighbours are looked at.
struct Guess {
    column: Column,
    special: Option<SpecialCategory>,
    /// What was remembered is surer than any heading.
    rank: usize,
    remembered: bool,
}

fn guess(sheet: &Sheet, index: usize, role: SheetRole, memory: Option<Column>) -> Guess {
    let heading = &sheet.headings[index];
    let special = looks_special(heading, sheet.column(index)).or_else(|| memory.as_ref().and_then(Column::special));
    let remembered = memory.is_some();
    let known = memory.map(|column| (column, 0)).or_else(|| {
        let (column, rank) = headings::lookup(heading)?;
        Some((column.in_sheet_of(role), rank + 1))
    });
    let (column, rank) = known.unwrap_or((Column::LeaveOut, usize::MAX));
    Guess { column: column.admitted(special), special, rank, remembered }
}

/// The columns beside each other: a name beside a surname is a given name, a role that is no role is a title, and of
/// two headings for one thing the surer stands.
fn settle(sheet: &Sheet, mut guesses: Vec<Guess>) -> Vec<(Column, Option<SpecialCategory>)> {
    let has = |guesses: &[Guess], column: &Column| guesses.iter().any(|guess| guess.column == *column);
    let surname_apart = has(&guesses, &Column::FamilyName) && !has(&guesses, &Column::GivenName);
    let titled = has(&guesses, &Column::Title);
    for (index, guess) in guesses.iter_mut().enumerate().filter(|(_, guess)| !guess.remembered) {
        match guess.column {
            Column::Name if surname_apart => guess.column = Column::GivenName,
            Column::Role if mostly_no_roles(sheet, index) => {
                guess.column = if titled { Column::LeaveOut } else { Column::Title };
            }
            _ => {}
        }
    }
    let mut best: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for (index, guess) in guesses.iter().enumerate() {
        if let Some(single) = guess.column.single() {
            let place = best.entry(single).or_insert((guess.rank, index));
            *place = (*place).min((guess.rank, index));
        }
    }
    let mut settled = Vec::with_capacity(guesses.len());
    for (index, guess) in guesses.into_iter().enumerate() {
        let beaten =
            guess.column.single().is_some_and(|single| best.get(&single).is_some_and(|(_, first)| *first != index));
        settled.push((if beaten { Column::LeaveOut } else { guess.column }, guess.special));
    }
    settled
}

fn mostly_no_roles(sheet: &Sheet, index: usize) -> bool {
    let values: Vec<&str> = sheet.column(index).filter(|value| !value.is_empty()).collect();
    let roles = values.iter().filter(|value| words::roles(value).is_some()).count();
    roles * 2 < values.len()
}

fn examples(sheet: &Sheet, index: usize) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let values = sheet.column(index).filter(|value| !value.is_empty() && seen.insert(*value));
    values.take(EXAMPLES).map(str::to_owned).collect()
}

impl Column {
    pub const PLAIN: [Self; 23] = [
        Self::Name,
        Self::GivenName,
        Self::FamilyName,
        Self::Address,
        Self::Title,
        Self::Unit,
        Self::Place,
        Self::Languages,
        Self::Zone,
        Self::Manager,
        Self::ExternalId,
        Self::Biography,
        Self::Role,
        Self::Both,
        Self::Capacity,
        Self::Held,
        Self::Wanted,
        Self::Competencies,
        Self::Preferences,
        Self::Conflicts,
        Self::FormerMentors,
        Self::Post,
        Self::LeaveOut,
    ];

    /// The stored name.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::GivenName => "given-name",
            Self::FamilyName => "family-name",
            Self::Address => "address",
            Self::Title => "title",
            Self::Unit => "unit",
            Self::Place => "place",
            Self::Languages => "languages",
            Self::Zone => "zone",
            Self::Manager => "manager",
            Self::ExternalId => "external-id",
            Self::Biography => "biography",
            Self::Role => "role",
            Self::Both => "both",
            Self::Capacity => "capacity",
            Self::Held => "held",
            Self::Wanted => "wanted",
            Self::Competencies => "competencies",
            Self::Preferences => "preferences",
            Self::Conflicts => "conflicts",
            Self::FormerMentors => "former-mentors",
            Self::Post => "post",
            Self::Attribute(_) => "attribute",
            Self::LeaveOut => "leave-out",
        }
    }

    /// The column of a stored name, if it needs nothing more to be said.
    pub fn parse(code: &str) -> Option<Self> {
        Self::PLAIN.into_iter().find(|column| column.code() == code)
    }

    /// What it is called on a page; an attribute is called by its key.
    pub fn label(&self) -> Message {
        match self {
            Self::Attribute(attribute) => Message::new("people-column-attribute").with("key", attribute.key.as_str()),
            plain => Message::new(format!("people-column-{}", plain.code())),
        }
    }

    /// Whether several headings may mean it: their lists are joined.
    pub fn may_repeat(&self) -> bool {
        matches!(
            self,
            Self::Languages
                | Self::Held
                | Self::Wanted
                | Self::Competencies
                | Self::Preferences
                | Self::Conflicts
                | Self::FormerMentors
                | Self::LeaveOut
        )
    }

    /// A name for what only one heading may mean.
    fn single(&self) -> Option<String> {
        match self {
            column if column.may_repeat() => None,
            Self::Attribute(attribute) => Some(format!("attribute {}", attribute.key)),
            column => Some(column.code().to_owned()),
        }
    }

    /// What it was admitted as; a harmless file later makes nothing of it less special.
    fn special(&self) -> Option<SpecialCategory> {
        match self {
            Self::Attribute(attribute) => attribute.special,
            _ => None,
        }
    }

    /// Whether two sheets speak of the same thing, however they explain it.
    pub fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Attribute(one), Self::Attribute(other)) => one.key == other.key,
            (one, other) => one == other,
        }
    }

    fn in_sheet_of(self, role: SheetRole) -> Self {
        match (self, role) {
            (Self::Competencies, SheetRole::Mentors) => Self::Held,
            (Self::Competencies, SheetRole::Mentees) => Self::Wanted,
            (column, _) => column,
        }
    }

    /// What may come in of a column that looks special: an attribute with a purpose and a legal basis, for the rules.
    fn admitted(self, special: Option<SpecialCategory>) -> Self {
        match (self, special) {
            (Self::Attribute(attribute), Some(_)) if !attribute.has_basis() => Self::LeaveOut,
            (Self::Attribute(attribute), special) => {
                let special = special.or(attribute.special);
                let visibility = if special.is_some() { Visibility::Rules } else { attribute.visibility };
                Self::Attribute(Attribute { visibility, special, ..attribute })
            }
            (column, None) => column,
            (_, Some(_)) => Self::LeaveOut,
        }
    }
}

impl Attribute {
    fn has_basis(&self) -> bool {
        let said = |text: &str| !text.trim().is_empty();
        said(&self.purpose) && self.legal_basis.as_deref().is_some_and(said)
    }

    /// Whether nobody but the rules may see its values.
    pub fn is_hidden(&self) -> bool {
        self.visibility == Visibility::Rules || self.special.is_some()
    }
}

/// A key for an attribute of that heading: `Año de ingreso` gives `ano-de-ingreso`.
pub fn slug(heading: &str) -> String {
    let folded = fold(heading);
    let words = folded.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let slug: String = words.collect::<Vec<_>>().join("-").chars().take(40).collect();
    let slug = slug.trim_end_matches('-');
    if slug.starts_with(|letter: char| letter.is_ascii_lowercase()) {
        slug.to_owned()
    } else {
        format!("x-{slug}").trim_end_matches('-').to_owned()
    }
}

fn is_slug(key: &str) -> bool {
    key.len() <= 42
        && key.starts_with(|letter: char| letter.is_ascii_lowercase())
        && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

impl Mapping {
    /// The mapping that was proposed, as it stands.
    pub fn proposed(columns: &[ProposedColumn]) -> Self {
        Self { columns: columns.iter().map(|proposed| (fold(&proposed.heading), proposed.column.clone())).collect() }
    }

    /// The mapping of a form of ours, whose fields are columns by name.
    pub(super) fn of_form(columns: BTreeMap<String, Column>) -> Self {
        Self { columns }
    }

    /// The mapping that the coordinator settled for this very sheet, by heading, or everything that stands against it.
    /// Headings that are not named are left out. What looks special is for the rules alone, whatever was asked.
    pub fn settled(sheet: &Sheet, columns: &BTreeMap<String, Column>) -> Result<Self, Vec<MappingProblem>> {
        Self::settled_beside(sheet, columns, &AdmittedBefore::default())
    }

    /// The same beside what the organisation has admitted before: what was special once stays so, under that heading and
    /// under that name, however harmless the values of this sheet are.
    pub(super) fn settled_beside(
        sheet: &Sheet,
        columns: &BTreeMap<String, Column>,
        before: &AdmittedBefore,
    ) -> Result<Self, Vec<MappingProblem>> {
        let asked: HashMap<String, &Column> = columns.iter().map(|(heading, column)| (fold(heading), column)).collect();
        let mut settled = BTreeMap::new();
        let mut problems = Vec::new();
        for (index, heading) in sheet.headings.iter().enumerate() {
            let column = asked.get(&fold(heading)).map_or(Column::LeaveOut, |column| (*column).clone());
            let special = looks_special(heading, sheet.column(index)).or_else(|| before.special(heading, &column));
            if let Some(message) = column.against(special) {
                problems.push(MappingProblem { heading: Some(heading.clone()), message });
            }
            settled.insert(fold(heading), column.admitted(special));
        }
        let mapping = Self { columns: settled };
        problems.extend(mapping.doubled(sheet));
        if !mapping.means(&Column::Address) {
            problems.push(MappingProblem { heading: None, message: Message::new("people-mapping-no-address") });
        }
        if problems.is_empty() { Ok(mapping) } else { Err(problems) }
    }

    /// What a heading means; what was never asked is left out.
    pub fn of(&self, heading: &str) -> &Column {
        self.columns.get(&fold(heading)).unwrap_or(&Column::LeaveOut)
    }

    pub fn means(&self, column: &Column) -> bool {
        self.columns.values().any(|meant| meant == column)
    }

    /// The attributes that it brings in.
    pub fn attributes(&self) -> impl Iterator<Item = &Attribute> {
        self.columns.values().filter_map(|column| match column {
            Column::Attribute(attribute) => Some(attribute),
            _ => None,
        })
    }

    /// What to remember for the next file, by folded heading.
    pub fn columns(&self) -> &BTreeMap<String, Column> {
        &self.columns
    }

    fn doubled(&self, sheet: &Sheet) -> Vec<MappingProblem> {
        let mut first: HashMap<String, &str> = HashMap::new();
        let mut problems = Vec::new();
        for heading in &sheet.headings {
            let column = self.of(heading);
            let Some(single) = column.single() else { continue };
            match first.get(&single) {
                Some(other) => problems.push(MappingProblem {
                    heading: Some(heading.clone()),
                    message: Message::new("people-mapping-doubled")
                        .with("other", *other)
                        .with("column", column.label()),
                }),
                None => {
                    first.insert(single, heading);
                }
            }
        }
        problems
    }
}

impl Column {
    /// Why this may not be the meaning of a column that looks so.
    fn against(&self, special: Option<SpecialCategory>) -> Option<Message> {
        match (self, special) {
            (Self::Attribute(attribute), _) if !is_slug(&attribute.key) => Some(Message::new("people-mapping-no-key")),
            (Self::Attribute(attribute), _) if attribute.purpose.trim().is_empty() => {
                Some(Message::new("people-mapping-no-purpose"))
            }
            (Self::Attribute(attribute), Some(special)) if !attribute.has_basis() => {
                Some(Message::new("people-mapping-no-basis").with("special", special.label()))
            }
            (Self::LeaveOut | Self::Attribute(_), _) | (_, None) => None,
            (_, Some(special)) => Some(Message::new("people-mapping-special").with("special", special.label())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;
    use crate::sheets;

    fn sheet(csv: &str) -> Sheet {
        sheets::read(csv.as_bytes(), "personas.csv").unwrap()
    }

    fn proposed(csv: &str, role: SheetRole) -> Vec<(String, &'static str, Option<SpecialCategory>)> {
        let proposed = propose(&sheet(csv), role, &HashMap::new());
        proposed.into_iter().map(|column| (column.heading, column.column.code(), column.special)).collect()
    }

    fn codes(csv: &str, role: SheetRole) -> Vec<&'static str> {
        proposed(csv, role).into_iter().map(|(_, code, _)| code).collect()
    }

    fn attribute(legal_basis: Option<&str>) -> Column {
        Column::Attribute(Attribute {
            key: "identity".into(),
            visibility: Visibility::All,
            purpose: "pairing with somebody of a similar identity".into(),
            legal_basis: legal_basis.map(str::to_owned),
            special: None,
        })
    }

    /// Invented people in the shape of a real pair of sheets: identity stands in a column of its own, and again in the
    /// biography.
    const MENTEES: &str = "\
first name,last name,email address,both mentor and mentee,job title,grade,organisation,profession,match with similar identity,identity to match,biography
Ada,Ruiz,ada@example.org,yes,Analyst,HEO,Office of Rivers,Policy,yes,Bisexual or pansexual,\"I am an HEO in the Office of Rivers. My characteristics is/are Bisexual or pansexual. \"
Ben,Soto,ben@example.org,no,Analyst,Grade 7,Office of Hills,DDaT,no,,\"I am a Grade 7 in the Office of Hills. My characteristics is/are . \"
";
    const MENTORS: &str = "\
first name,last name,email address,both mentor and mentee,job title,grade,organisation,profession,characteristics,biography
Eva,Gay,eva@example.org,no,Head,SCS1,Office of Rivers,Policy,,\"I am an SCS1. My characteristics is/are . \"
Leo,Paz,leo@example.org,no,Head,SCS2,Office of Hills,DDaT,\"Transgender, Gay\",\"I am an SCS2. My characteristics is/are Transgender, Gay. \"
";

    #[test]
    fn identity_stays_out_wherever_it_stands() {
        use SpecialCategory::{GenderIdentity, Identity, Orientation};
        assert_eq!(
            proposed(MENTEES, SheetRole::Mentees),
            [
                ("first name".into(), "given-name", None),
                ("last name".into(), "family-name", None),
                ("email address".into(), "address", None),
                ("both mentor and mentee".into(), "both", None),
                ("job title".into(), "title", None),
                ("grade".into(), "attribute", None),
                ("organisation".into(), "unit", None),
                ("profession".into(), "attribute", None),
                ("match with similar identity".into(), "leave-out", Some(Identity)),
                ("identity to match".into(), "leave-out", Some(Identity)),
                ("biography".into(), "leave-out", Some(Orientation)),
            ]
        );
        let mentors = proposed(MENTORS, SheetRole::Mentors);
        assert_eq!(mentors[8], ("characteristics".into(), "leave-out", Some(GenderIdentity)));
        assert_eq!((mentors[9].1, mentors[9].2), ("leave-out", Some(Orientation)));
        assert!(mentors[..8].iter().all(|(_, code, special)| *code != "leave-out" && special.is_none()));
        let columns = propose(&sheet(MENTORS), SheetRole::Mentors, &HashMap::new());
        assert!(columns[8].examples.is_empty() && columns[9].examples.is_empty());
        assert_eq!(columns[0].examples, ["Eva", "Leo"]);
    }

    #[test]
    fn what_was_remembered_comes_in_only_on_a_legal_basis() {
        let sheet = sheet(MENTORS);
        let with = |column: Column| {
            let remembered = HashMap::from([("characteristics".to_owned(), column)]);
            propose(&sheet, SheetRole::Mentors, &remembered).swap_remove(8).column
        };
        assert_eq!(with(Column::Title), Column::LeaveOut);
        assert_eq!(with(attribute(None)), Column::LeaveOut);
        assert_eq!(with(attribute(Some("  "))), Column::LeaveOut);
        let Column::Attribute(admitted) = with(attribute(Some("Art. 9(2)(a): explicit consent"))) else { panic!() };
        assert_eq!(admitted.visibility, Visibility::Rules);
        assert_eq!(admitted.special, Some(SpecialCategory::GenderIdentity));
    }

    #[test]
    fn a_biography_that_discloses_nothing_comes_in() {
        let csv = "Correo;Nombre;Biografía\na@b.es;Ana;Dirige compras desde 2010.\n";
        assert_eq!(codes(csv, SheetRole::Mentors), ["address", "name", "biography"]);
    }

    #[test]
    fn headings_are_recognised_in_both_languages() {
        for (heading, code) in [
            ("Correo electrónico", "address"),
            ("E-mail", "address"),
            ("EmailAddress", "address"),
            ("Email address *", "address"),
            ("Apellidos", "family-name"),
            ("First_Name", "given-name"),
            ("Apellidos, Nombre", "name"),
            ("Departamento", "unit"),
            ("Organisation", "unit"),
            ("Job title", "title"),
            ("Cargo", "title"),
            ("Jefe/a directo/a", "manager"),
            ("Responsable", "manager"),
            ("Line manager (email)", "manager"),
            ("Ciudad", "place"),
            ("Huso horario", "zone"),
            ("Idiomas", "languages"),
            ("Plazas", "capacity"),
            ("Capacity", "capacity"),
            ("Nº de mentorizados/as", "capacity"),
            ("Both mentor and mentee", "both"),
            ("¿Mentor y mentee?", "both"),
            ("Rol", "role"),
            ("Competencias a desarrollar", "wanted"),
            ("Competencia 3", "competencies"),
            ("Preferencia 2", "preferences"),
            ("Conflictos de interés", "conflicts"),
            ("Mentores anteriores", "former-mentors"),
            ("Nominado/a para", "post"),
            ("Nivel", "attribute"),
            ("Categoría", "attribute"),
            ("Profesión", "attribute"),
            ("Especialidad", "attribute"),
        ] {
            assert_eq!(recognise(heading, SheetRole::Mixed).map(|column| column.code()), Some(code), "{heading}");
        }
        for heading in ["Teléfono", "Observaciones", "Email 2", "Fecha de nacimiento", "DNI", ""] {
            assert_eq!(recognise(heading, SheetRole::Mixed), None, "{heading}");
        }
    }

    #[test]
    fn competencies_are_held_by_mentors_and_wanted_by_mentees() {
        assert_eq!(recognise("Competencias", SheetRole::Mentors), Some(Column::Held));
        assert_eq!(recognise("Skills", SheetRole::Mentees), Some(Column::Wanted));
        assert_eq!(recognise("competencies", SheetRole::Mixed), Some(Column::Competencies));
        let attributes = [recognise("nivel", SheetRole::Mixed), recognise("grade", SheetRole::Mentors)];
        for column in attributes {
            let Some(Column::Attribute(attribute)) = column else { panic!() };
            assert_eq!((attribute.key.as_str(), attribute.visibility), ("grade", Visibility::All));
        }
    }

    #[test]
    fn neighbours_settle_what_a_heading_alone_cannot() {
        let csv = "Nombre;Apellidos;Correo;Rol\nAna;Gil;a@b.es;Directora\nLuis;Paz;l@b.es;Jefe de compras\n";
        assert_eq!(codes(csv, SheetRole::Mentors), ["given-name", "family-name", "address", "title"]);
        let csv =
            "Nombre,Correo,Email,Rol,Organización,Departamento,Cosas\nAna Gil,a@b.es,x@b.es,Mentora,Grupo,Compras,1\n";
        assert_eq!(
            codes(csv, SheetRole::Mixed),
            ["name", "leave-out", "address", "role", "leave-out", "unit", "leave-out"]
        );
    }

    #[test]
    fn what_was_remembered_is_surer_than_a_heading() {
        let sheet = sheet("Email,Correo 2026\na@b.es,b@b.es\n");
        let remembered = HashMap::from([(fold("Correo 2026"), Column::Address)]);
        let columns = propose(&sheet, SheetRole::Mixed, &remembered);
        assert_eq!(columns.iter().map(|column| column.column.code()).collect::<Vec<_>>(), ["leave-out", "address"]);
    }

    #[test]
    fn a_mapping_is_checked_against_its_sheet() {
        let sheet = sheet(MENTORS);
        let settle = |columns: &[(&str, Column)]| {
            let columns = columns.iter().map(|(heading, column)| ((*heading).to_owned(), column.clone())).collect();
            Mapping::settled(&sheet, &columns)
        };
        let keys = |problems: Vec<MappingProblem>| -> Vec<String> {
            for problem in &problems {
                for lang in Lang::ALL {
                    assert!(!lang.tell(&problem.message).contains("people-"));
                }
            }
            problems.into_iter().map(|problem| problem.message.key.into_owned()).collect()
        };
        let address = ("email address", Column::Address);
        let mut bad_key = attribute(None);
        if let Column::Attribute(attribute) = &mut bad_key {
            attribute.key = "Año".into();
        }
        for (columns, key) in [
            (vec![("job title", Column::Title)], "people-mapping-no-address"),
            (
                vec![address.clone(), ("job title", Column::Title), ("organisation", Column::Title)],
                "people-mapping-doubled",
            ),
            (
                vec![address.clone(), ("grade", attribute(None)), ("profession", attribute(None))],
                "people-mapping-doubled",
            ),
            (vec![address.clone(), ("grade", bad_key)], "people-mapping-no-key"),
            (vec![address.clone(), ("biography", Column::Biography)], "people-mapping-special"),
            (vec![address.clone(), ("characteristics", attribute(None))], "people-mapping-no-basis"),
            (vec![address.clone(), ("characteristics", attribute(Some(" ")))], "people-mapping-no-basis"),
        ] {
            assert_eq!(keys(settle(&columns).unwrap_err()), [key]);
        }
        let mapping = settle(&[address, ("Characteristics", attribute(Some("explicit consent")))]).unwrap();
        let admitted: Vec<&Attribute> = mapping.attributes().collect();
        assert_eq!(admitted[0].visibility, Visibility::Rules);
        assert!(admitted[0].is_hidden());
        assert_eq!(*mapping.of("biography"), Column::LeaveOut);
    }

    #[test]
    fn mappings_are_stored_by_stable_names() {
        let mut mapping = Mapping::default();
        for column in Column::PLAIN {
            assert_eq!(Column::parse(column.code()), Some(column.clone()));
            assert_eq!(serde_json::to_value(&column).unwrap()["column"], column.code());
            for lang in Lang::ALL {
                assert!(!lang.tell(&column.label()).contains("people-"), "{}", column.code());
            }
            mapping.columns.insert(column.code().to_owned(), column);
        }
        mapping.columns.insert("x".into(), attribute(Some("consent")));
        let text = serde_json::to_string(&mapping).unwrap();
        assert!(text.contains(r#""former-mentors":{"column":"former-mentors"}"#), "{text}");
        assert!(text.contains(r#""x":{"column":"attribute","key":"identity","visibility":"all""#), "{text}");
        assert_eq!(serde_json::from_str::<Mapping>(&text).unwrap(), mapping);
        for special in SpecialCategory::ALL {
            for lang in Lang::ALL {
                assert!(!lang.tell(&special.label()).contains("people-"));
            }
        }
    }

    #[test]
    fn slugs_are_slugs() {
        for (heading, expected) in
            [("Año de ingreso", "ano-de-ingreso"), ("2ª lengua", "x-2a-lengua"), ("¿?", "x"), ("a--b", "a-b")]
        {
            assert_eq!(slug(heading), expected);
            assert!(is_slug(expected));
        }
    }
}
