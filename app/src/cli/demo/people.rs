//! Invented people: believable, nobody's. The same seed invents the same ones.

use rand::seq::IndexedRandom as _;
use rand::{Rng, RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

use super::editions::{DEGREE, PROMOTION, Plan};
use crate::i18n::fold;
use crate::identity::Part;

/// An organisation of the demonstration.
pub(super) struct House {
    pub name: &'static str,
    domain: &'static str,
    /// Those with a part other than mentor or mentee; the first coordinates.
    pub staff: Vec<(String, Vec<Part>)>,
    members: Vec<Member>,
}

struct Member {
    name: String,
    is_mentor: bool,
    title: String,
    unit: &'static str,
    place: &'static str,
    languages: &'static str,
    competencies: String,
    seats: Option<u32>,
    manager: Option<String>,
    post: &'static str,
    biography: String,
}

const GIVEN: &[&str] = &[
    "Lucía", "Íñigo", "Begoña", "Álvaro", "Andrés", "María", "José", "Nerea", "Óscar", "Carmen", "Javier", "Elena",
    "Mikel", "Ainhoa", "Ramón", "Pilar", "Sergio", "Inés", "Tomás", "Clara", "Hugo", "Leire", "Adrián", "Marta",
    "Gorka", "Sofía", "Raúl", "Amaia", "Diego", "Noelia", "Unai", "Paula",
];
const FAMILY: &[&str] = &[
    "Ibáñez",
    "Sáez",
    "Muñoz",
    "Peña",
    "Güell",
    "Núñez",
    "García",
    "Echeverría",
    "Álvarez",
    "Ortega",
    "Zubiri",
    "Rey",
    "Santamaría",
    "Duval",
    "Olabarri",
    "Castaño",
    "Ferrer",
    "Méndez",
    "Urrutia",
    "Vázquez",
    "Lizarraga",
    "Prieto",
    "Arrieta",
    "Domínguez",
    "Ugarte",
    "Cortés",
    "Iriarte",
    "Blanco",
];
const COMPETENCIES: &[&str] = &[
    "Negociación",
    "Oratoria y retórica",
    "Toma de decisiones",
    "Liderazgo de personas",
    "Visión de negocio",
    "Gestión del cambio",
    "Construcción de alianzas",
    "Orientación a resultados",
];
const LANGUAGES: &[&str] = &["español", "español, inglés", "español, euskera", "español, inglés, francés"];
const PLACES: &[&str] = &["Bilbao", "Madrid", "San Sebastián", "Vitoria-Gasteiz"];
const UNITS: &[&str] = &["Riesgos", "Banca privada", "Tecnología", "Asesoría jurídica", "Operaciones", "Empresas"];
const POSTS: &[&str] = &[
    "Dirección de zona",
    "Subdirección de riesgos",
    "Dirección de datos",
    "Secretaría general",
    "Dirección de oficina",
];
const TRADES: &[&str] =
    &["Talleres Arrieta", "Conservas del Cantábrico", "Naviera Ugarte", "Estudio Iriarte", "Bodegas Santamaría"];
const DEGREES: &[&str] = &["Administración de Empresas", "Ingeniería Industrial", "Derecho y Economía"];

/// Both houses: a company with its promotion track, a university with its degree track.
pub(super) fn houses(seed: u64) -> [House; 2] {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut names = names(&mut random);
    let mut name = || names.pop().unwrap_or_default();
    let company = House {
        name: "Banco del Norte",
        domain: "bancodelnorte.example",
        staff: vec![
            (name(), vec![Part::Coordinator]),
            (name(), vec![Part::Operator]),
            (name(), vec![Part::Sponsor]),
            (name(), vec![Part::Secretary]),
            (name(), vec![Part::Assistant]),
        ],
        members: company(&mut random, &mut name),
    };
    let university = House {
        name: "Universidad de la Ría",
        domain: "uria.example",
        staff: vec![
            (name(), vec![Part::Coordinator]),
            (name(), vec![Part::Operator]),
            (name(), vec![Part::Faculty]),
            (name(), vec![Part::Sponsor]),
            (name(), vec![Part::Host]),
        ],
        members: university(&mut random, &mut name),
    };
    [company, university]
}

fn company(random: &mut ChaCha8Rng, name: &mut impl FnMut() -> String) -> Vec<Member> {
    let directors: Vec<Member> = (0..14)
        .map(|_| {
            let unit = pick(random, UNITS);
            Member {
                name: name(),
                is_mentor: true,
                title: format!("Dirección de {}", unit.to_lowercase()),
                unit,
                place: pick(random, PLACES),
                languages: pick(random, LANGUAGES),
                competencies: levels(random, 3, 3..=5),
                seats: Some(random.random_range(1..=3)),
                manager: None,
                post: "",
                biography: format!(
                    "{} años en banca, los últimos al frente de {}.",
                    random.random_range(12..30),
                    unit.to_lowercase()
                ),
            }
        })
        .collect();
    let juniors: Vec<Member> = (0..26)
        .map(|_| {
            let chief = &directors[random.random_range(0..directors.len())];
            Member {
                name: name(),
                is_mentor: false,
                title: format!("Responsable de equipo, {}", chief.unit.to_lowercase()),
                unit: chief.unit,
                place: pick(random, PLACES),
                languages: pick(random, LANGUAGES),
                competencies: levels(random, 2, 2..=4),
                seats: None,
                manager: Some(chief.name.clone()),
                post: pick(random, POSTS),
                biography: String::new(),
            }
        })
        .collect();
    directors.into_iter().chain(juniors).collect()
}

fn university(random: &mut ChaCha8Rng, name: &mut impl FnMut() -> String) -> Vec<Member> {
    let owners = (0..12).map(|_| {
        let trade = pick(random, TRADES);
        Member {
            name: name(),
            is_mentor: true,
            title: format!("Dirección general, {trade}"),
            unit: trade,
            place: pick(random, PLACES),
            languages: pick(random, LANGUAGES),
            competencies: levels(random, 3, 3..=5),
            seats: Some(random.random_range(1..=3)),
            manager: None,
            post: "",
            biography: format!("Dirige {trade} y recibe visitas de estudiantes en sus negociaciones."),
        }
    });
    let owners: Vec<Member> = owners.collect();
    let students = (0..24).map(|_| Member {
        name: name(),
        is_mentor: false,
        title: "Estudiante de cuarto curso".to_owned(),
        unit: pick(random, DEGREES),
        place: pick(random, PLACES),
        languages: pick(random, LANGUAGES),
        competencies: levels(random, 2, 2..=4),
        seats: None,
        manager: None,
        post: "",
        biography: String::new(),
    });
    let students: Vec<Member> = students.collect();
    owners.into_iter().chain(students).collect()
}

impl House {
    /// The programme that the house runs: whoever has a faculty is a university.
    pub(super) fn plan(&self) -> &'static Plan {
        let is_university = self.staff.iter().any(|(_, parts)| parts.contains(&Part::Faculty));
        if is_university { &DEGREE } else { &PROMOTION }
    }

    /// The address of somebody: `lucia.ibanez.saez@bancodelnorte.example`.
    pub(super) fn address(&self, name: &str) -> String {
        format!("{}@{}", fold(name).replace(' ', "."), self.domain)
    }

    /// A mentor, a mentee, and in the company a line manager, whom a visitor may be.
    pub(super) fn stars(&self) -> Vec<(String, Vec<Part>)> {
        let mentor = self.members.iter().find(|member| member.is_mentor);
        let mentee = self.members.iter().find(|member| !member.is_mentor);
        let manager = mentee.and_then(|mentee| mentee.manager.clone());
        let mut stars = Vec::new();
        stars.extend(mentor.map(|member| (member.name.clone(), vec![Part::Mentor])));
        stars.extend(mentee.map(|member| (member.name.clone(), vec![Part::Mentee])));
        stars.extend(manager.map(|name| (name, vec![Part::Mentor, Part::Supervisor])));
        stars.dedup_by(|later, earlier| later.0 == earlier.0);
        stars
    }

    /// Everybody as a coordinator's sheet would have them.
    pub(super) fn sheet(&self) -> String {
        let mut sheet = "Nombre;Correo electrónico;Papel;Puesto;Unidad;Lugar;Idiomas;Competencias;Plazas;Responsable;Nominación;Biografía\n".to_owned();
        for member in &self.members {
            let seats = member.seats.map(|seats| seats.to_string()).unwrap_or_default();
            let manager = member.manager.as_ref().map(|name| self.address(name)).unwrap_or_default();
            let cells = [
                member.name.as_str(),
                &self.address(&member.name),
                if member.is_mentor { "mentor" } else { "mentee" },
                &member.title,
                member.unit,
                member.place,
                member.languages,
                &member.competencies,
                &seats,
                &manager,
                member.post,
                &member.biography,
            ];
            sheet.push_str(&cells.map(|cell| format!("\"{cell}\"")).join(";"));
            sheet.push('\n');
        }
        sheet
    }
}

/// Enough different names for both houses, in an order of the seed's.
fn names(random: &mut ChaCha8Rng) -> Vec<String> {
    let mut names = Vec::new();
    while names.len() < 100 {
        let name = format!("{} {} {}", pick(random, GIVEN), pick(random, FAMILY), pick(random, FAMILY));
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

fn levels(random: &mut ChaCha8Rng, count: usize, levels: std::ops::RangeInclusive<u8>) -> String {
    let chosen: Vec<&&str> = COMPETENCIES.sample(random, count).collect();
    chosen
        .into_iter()
        .map(|name| format!("{name}: {}", random.random_range(levels.clone())))
        .collect::<Vec<_>>()
        .join("; ")
}

fn pick(random: &mut impl Rng, from: &[&'static str]) -> &'static str {
    from.choose(random).copied().unwrap_or_default()
}
