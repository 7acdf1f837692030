//! The headings that are known, in Spanish and English: data, and the way in which headings are compared.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::i18n::fold;

use super::columns::{Attribute, Column, Visibility};

/// Words that carry no meaning in a heading; `a` and `o` also end a gendered pair (`mentorizado/a`).
const FILLERS: [&str; 17] =
    ["a", "o", "as", "os", "el", "la", "los", "las", "de", "del", "of", "the", "your", "su", "tu", "e", "an"];

/// The words of a heading, folded, without punctuation or fillers: `E-mail del/de la Jefe/a` gives `mail jefe`.
pub(super) fn words(heading: &str) -> String {
    let mut parted = String::with_capacity(heading.len() + 8);
    let mut before_lower = false;
    for letter in heading.chars() {
        // emailAddress
        if letter.is_uppercase() && before_lower {
            parted.push(' ');
        }
        before_lower = letter.is_lowercase();
        parted.push(if letter.is_alphanumeric() || is_mark(letter) { letter } else { ' ' });
    }
    let folded = fold(&parted);
    let words = folded.split(' ').filter(|word| !word.is_empty() && !FILLERS.contains(word));
    // Nº, núm.
    words
        .map(|word| if matches!(word, "no" | "n" | "num" | "nro") { "numero" } else { word })
        .collect::<Vec<_>>()
        .join(" ")
}

/// Accents may come as letters of their own.
fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}')
}

/// What a heading means wherever it stands, and how sure that is: the smaller the surer.
pub(super) fn lookup(heading: &str) -> Option<(Column, usize)> {
    let whole = words(heading);
    let without_remark = words(heading.split(['(', '[', '*', ':', '?']).next().unwrap_or(heading));
    [&whole, &without_remark]
        .into_iter()
        .find_map(|words| KNOWN.get(words.as_str()).cloned())
        .or_else(|| numbered(&whole))
}

/// `Competencia 1`, `Competencia 2`: only what may stand in several columns.
fn numbered(words: &str) -> Option<(Column, usize)> {
    let stem = words.trim_end_matches(|letter: char| letter.is_ascii_digit()).trim_end();
    if stem.len() == words.len() {
        return None;
    }
    KNOWN.get(stem).cloned().filter(|(column, _)| column.may_repeat())
}

/// What a known attribute is for, until whoever maps the columns says it in their words.
pub(in crate::people) const PAIRING: &str = "pairing";

/// An attribute that everybody may see and that needs no explanation.
fn plain_attribute(key: &str) -> Column {
    Column::Attribute(Attribute {
        key: key.to_owned(),
        visibility: Visibility::All,
        purpose: PAIRING.to_owned(),
        legal_basis: None,
        special: None,
    })
}

static KNOWN: LazyLock<HashMap<String, (Column, usize)>> = LazyLock::new(|| {
    let attributes = [(plain_attribute("grade"), GRADE), (plain_attribute("profession"), PROFESSION)];
    let columns = HEADINGS.iter().map(|(column, headings)| (column.clone(), *headings)).chain(attributes);
    let mut known = HashMap::new();
    for (column, headings) in columns {
        for (rank, heading) in headings.iter().enumerate() {
            known.entry(words(heading)).or_insert_with(|| (column.clone(), rank));
        }
    }
    known
});

#[rustfmt::skip]
const GRADE: &[&str] = &[
    "grade", "pay grade", "job grade", "grado profesional", "grupo profesional", "nivel", "nivel profesional", "nivel jerárquico", "nivel de puesto",
    "categoría", "categoría profesional", "level", "job level", "seniority", "seniority level", "band", "banda", "escala",
];

#[rustfmt::skip]
const PROFESSION: &[&str] = &[
    "profession", "profesión", "especialidad", "specialty", "speciality", "specialism", "job family", "familia profesional", "disciplina", "discipline",
];

/// Each column with its headings, the surest first.
#[rustfmt::skip]
const HEADINGS: &[(Column, &[&str])] = &[
    (Column::Name, &[
        "name", "nombre", "full name", "nombre completo", "nombre y apellidos", "apellidos y nombre", "apellidos nombre", "name and surname",
        "display name", "persona", "person", "participante", "participant", "mentor name", "mentee name", "nombre del mentor",
        "nombre de la mentora", "nombre del mentee", "nombre del mentorizado", "nombre participante", "employee name", "nombre del empleado", "name surname",
        "last name first name", "surname name",
    ]),
    (Column::GivenName, &["first name", "given name", "given names", "forename", "forenames", "nombre de pila", "primer nombre", "firstname", "nombre propio"]),
    (Column::FamilyName, &[
        "last name", "surname", "surnames", "family name", "apellidos", "apellido", "lastname", "primer apellido", "apellidos del empleado", "last names",
    ]),
    (Column::Address, &[
        "address", "email", "e-mail", "mail", "email address", "e-mail address", "correo electrónico", "correo", "dirección de correo",
        "dirección de correo electrónico", "correo corporativo", "email corporativo", "work email", "email de trabajo", "correo de trabajo", "correo institucional",
        "email institucional", "dirección electrónica", "direccion email", "company email", "business email", "mail corporativo", "mentor email", "mentee email",
        "correo del mentor", "correo de la mentora", "correo del mentee", "email del mentor", "email del mentee", "user principal name", "upn", "correo profesional",
    ]),
    (Column::Title, &[
        "job title", "title", "cargo", "puesto", "puesto actual", "puesto de trabajo", "position", "current position", "current role", "job", "job role",
        "cargo actual", "posición", "título del puesto", "denominación del puesto", "ocupación", "occupation", "función", "functional title",
    ]),
    (Column::Unit, &[
        "department", "departamento", "unit", "unidad", "business unit", "unidad de negocio", "área", "area", "dirección", "division", "división", "team", "equipo",
        "unidad organizativa", "organisational unit", "faculty", "facultad", "escuela", "school", "organisation", "organization", "organización", "organismo",
        "entidad", "ministerio", "ministry", "empresa", "company", "institución", "institution", "function", "gerencia", "servicio", "sección", "section", "directorate",
        "dept", "dpto", "depto", "departamento actual", "departamento o área", "área o departamento", "área de trabajo", "org", "organisation name", "organization name",
    ]),
    (Column::Place, &[
        "place", "city", "ciudad", "location", "localidad", "lugar", "office", "oficina", "sede", "site", "centro", "centro de trabajo", "work location", "ubicación",
        "lugar de trabajo", "workplace", "campus", "town", "población", "municipio", "base", "office location", "provincia", "country", "país", "region", "región",
    ]),
    (Column::Languages, &[
        "languages", "idiomas", "language", "idioma", "lenguas", "lengua", "languages spoken", "spoken languages", "idiomas que habla", "idiomas hablados",
        "working languages", "idiomas de trabajo",
    ]),
    (Column::Zone, &["time zone", "timezone", "zona horaria", "huso horario", "zone", "tz", "huso", "zona", "iana time zone"]),
    (Column::Manager, &[
        "line manager", "manager", "jefe directo", "jefa directa", "responsable directo", "responsable directa", "responsable", "jefe", "jefa", "superior",
        "superior directo", "superior jerárquico", "supervisor", "supervisora", "reports to", "reporta a", "reporta", "depende de", "boss", "direct manager",
        "manager email", "manager address", "line manager email", "line manager address", "supervisor email", "correo del responsable", "email del responsable",
        "correo del jefe", "correo de la jefa", "email del jefe", "correo del jefe directo", "email del jefe directo", "correo del responsable directo",
        "correo del supervisor", "manager e-mail", "line manager e-mail", "mando", "mando directo", "responsable inmediato", "jefe inmediato", "manager id",
        "id del responsable", "id responsable", "reporting manager", "people manager", "responsable jerárquico",
    ]),
    (Column::ExternalId, &[
        "external id", "employee id", "id", "staff id", "staff number", "employee number", "id externo", "identificador", "número de empleado", "número de empleada",
        "n de empleado", "nº empleado", "nº de empleado", "núm empleado", "código de empleado", "código empleado", "código", "matrícula", "legajo", "personnel number",
        "student id", "student number", "número de estudiante", "nº de matrícula", "número de expediente", "expediente", "id empleado", "id de empleado", "person id",
        "payroll number", "número de personal", "identifier", "worker id", "user id",
    ]),
    (Column::Biography, &[
        "biography", "biografía", "bio", "short bio", "about", "about me", "sobre mí", "acerca de mí", "presentación", "semblanza", "perfil profesional",
        "trayectoria", "trayectoria profesional", "profile", "introduction", "summary", "personal statement", "reseña", "resumen profesional", "experiencia", "experience",
    ]),
    (Column::Role, &[
        "role", "rol", "role in programme", "role in the programme", "rol en el programa", "papel", "programme role", "program role", "mentor or mentee", "mentor o mentee",
        "mentor mentee", "mentor o mentorizado", "mentor mentorizado", "tipo", "type", "tipo de participante", "participant type", "participa como", "participate as", "perfil",
        "mentoring role", "rol de mentoría",
    ]),
    (Column::Both, &[
        "both mentor and mentee", "both", "mentor and mentee", "mentor y mentee", "ambos", "ambos roles", "both roles", "mentor y mentorizado", "mentor y telémaco",
        "es mentor y mentee", "es mentor y mentorizado", "también mentor", "también mentee", "also mentor", "also mentee", "also a mentor", "also a mentee",
        "tanto mentor como mentee", "a la vez mentor y mentee", "mentor y mentee a la vez", "ambos papeles", "también mentorizado",
    ]),
    (Column::Capacity, &[
        "capacity", "capacidad", "plazas", "seats", "places available", "plazas disponibles", "cupo", "max mentees", "maximum mentees", "máximo de mentees",
        "máximo de mentorizados", "número de mentees", "número de mentorizados", "number of mentees", "how many mentees", "cuántos mentees", "cuántos mentorizados",
        "mentees máximos", "max number of mentees", "maximum number of mentees", "número máximo de mentees", "número máximo de mentorizados", "número de plazas", "nº de plazas",
        "nº de mentees", "slots", "places", "disponibilidad de plazas", "número máximo de telémacos", "telémacos",
    ]),
    (Column::Held, &[
        "held", "competencies held", "skills held", "competencias que domina", "competencias que posee", "competencias que tiene", "competencias dominadas", "fortalezas", "strengths",
        "expertise", "areas of expertise", "áreas de experiencia", "áreas de especialidad", "can teach", "puede enseñar", "puedo enseñar", "skills offered", "offers", "ofrece",
        "competencias que ofrece", "competencies offered", "can help with", "can offer", "puede aportar", "competencias que aporta", "puntos fuertes", "conocimientos que ofrece",
        "mentoring expertise", "temas que domina", "can mentor on", "can mentor in",
    ]),
    (Column::Wanted, &[
        "wanted", "competencies wanted", "skills wanted", "competencias que desea desarrollar", "competencias a desarrollar", "competencias por desarrollar",
        "competencias que quiere desarrollar", "competencias deseadas", "quiere desarrollar", "quiere aprender", "wants to learn", "wants to develop", "development areas",
        "areas of development", "development needs", "áreas de mejora", "áreas de desarrollo", "necesidades de desarrollo", "skills to develop", "competencies to develop", "objetivos de desarrollo",
        "development goals", "looking for help with", "busca", "necesidades", "competencias que busca", "learning goals", "skills sought", "habilidades a desarrollar", "to develop", "a desarrollar",
    ]),
    (Column::Competencies, &[
        "competencies", "competencias", "competency", "competencia", "skills", "skill", "habilidades", "habilidad", "competences", "capacidades", "aptitudes", "destrezas",
        "competencias y niveles", "competencies and levels", "temas", "topics", "áreas de interés", "areas of interest", "intereses", "interests",
    ]),
    (Column::Preferences, &[
        "preferences", "preferencias", "preference", "preferencia", "preferred mentors", "preferred mentor", "preferred mentees", "preferred mentee", "mentores preferidos",
        "mentor preferido", "mentora preferida", "mentees preferidos", "mentorizados preferidos", "ranking", "opción", "choice", "choices", "opciones", "elección",
    ]),
    (Column::Conflicts, &[
        "conflicts", "conflictos", "conflict", "conflicto", "conflict of interest", "conflicts of interest", "conflicto de interés", "conflictos de interés", "conflicto de intereses",
        "conflictos de intereses", "incompatibilidades", "incompatibilidad", "incompatible", "incompatible with", "incompatible con", "do not pair with", "not with", "no emparejar con", "exclusiones", "exclusions",
        "declared conflicts", "conflictos declarados", "vetos",
    ]),
    (Column::FormerMentors, &[
        "former mentors", "former mentor", "previous mentors", "previous mentor", "past mentors", "past mentor", "mentores anteriores", "mentor anterior", "mentora anterior",
        "antiguos mentores", "antiguo mentor", "antigua mentora", "mentores previos", "mentor previo", "exmentores", "exmentor", "ex mentores", "ex mentor", "ediciones anteriores mentor",
    ]),
    (Column::Post, &[
        "post", "nominated for", "nominated for post", "post nominated for", "puesto al que se nomina", "puesto al que opta", "nominado para", "nominada para", "nominado/a para", "candidatura",
        "target role", "target position", "puesto objetivo", "puesto propuesto", "puesto de destino", "puesto para el que se nomina", "succession for", "sucesión", "nomination", "nominación",
        "promotion to", "promoción a", "puesto de promoción",
    ]),
];
