//! How far apart two people are: by the clock, and on the map.

use std::collections::BTreeMap;

use jiff::civil;
use jiff::tz::TimeZoneDatabase;

use crate::i18n::fold;

/// What clocks show against UTC in winter and in summer, in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ClockOffsets {
    january: i32,
    july: i32,
}

/// A point on the globe, in degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Coordinates {
    pub latitude: f64,
    pub longitude: f64,
}

/// A place as somebody wrote it, from the nearest to the widest: `Bilbao, Bizkaia, España`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Place {
    parts: Vec<String>,
    at: Option<Coordinates>,
}

/// The offsets of a zone of the IANA database in a fixed year, so that the same sheet gives the same result next year. The
/// database is the one built in: a machine's own may be older or absent.
pub(super) fn clock_offsets(zone: &str) -> Option<ClockOffsets> {
    let zone = TimeZoneDatabase::bundled().get(zone.trim()).ok()?;
    let offset = |month| {
        let noon = zone.to_timestamp(civil::date(2026, month, 15).at(12, 0, 0, 0)).ok()?;
        Some(zone.to_offset(noon).seconds())
    };
    Some(ClockOffsets { january: offset(1)?, july: offset(7)? })
}

/// The greater of the differences in winter and in summer, in minutes round the clock: 23 hours apart is one hour apart, a day later.
pub(super) fn minutes_apart(one: ClockOffsets, other: ClockOffsets) -> u32 {
    const DAY: u32 = 24 * 60;
    let apart = |a: i32, b: i32| {
        let minutes = a.abs_diff(b) / 60 % DAY;
        minutes.min(DAY - minutes)
    };
    apart(one.january, other.january).max(apart(one.july, other.july))
}

impl Place {
    /// Coordinates are those that the rules give for the whole text or for its first part.
    pub(super) fn new(text: &str, atlas: &BTreeMap<String, Coordinates>) -> Option<Self> {
        let parts: Vec<String> = text.split([',', ';', '|']).map(fold).filter(|part| !part.is_empty()).collect();
        let first = parts.first()?;
        let find = |name: &str| atlas.iter().find(|(known, _)| fold(known) == name).map(|(_, at)| *at);
        let at = find(&fold(text)).or_else(|| find(first));
        Some(Self { parts, at })
    }

    /// Nearness as a fraction: by the way between them where the rules know both on the map, else by name. The same place is 1;
    /// places that share only what is wider (a country, say) count for the share of their parts that agrees.
    pub(super) fn nearness(&self, other: &Self, within_km: u32) -> (u64, u64) {
        if let (Some(here), Some(there)) = (self.at, other.at) {
            let within = u64::from(within_km.max(1));
            return (within.saturating_sub(kilometres(here, there)), within);
        }
        let one_is_short = self.parts.len() == 1 || other.parts.len() == 1;
        if one_is_short && self.parts.first() == other.parts.first() {
            return (1, 1);
        }
        let agree = self.parts.iter().rev().zip(other.parts.iter().rev()).take_while(|(a, b)| a == b).count();
        (agree as u64, self.parts.len().max(other.parts.len()) as u64)
    }
}

/// The great-circle distance by the haversine formula (R. W. Sinnott, *Virtues of the haversine*, Sky and Telescope 68, 1984),
/// on a sphere of 6371 km, to the kilometre.
fn kilometres(here: Coordinates, there: Coordinates) -> u64 {
    let half = |a: f64, b: f64| ((b - a).to_radians() / 2.0).sin().powi(2);
    let chord = half(here.latitude, there.latitude)
        + here.latitude.to_radians().cos() * there.latitude.to_radians().cos() * half(here.longitude, there.longitude);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most 20,016, and never below 0")]
    let whole = (2.0 * 6371.0 * chord.clamp(0.0, 1.0).sqrt().asin()).round() as u64;
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    fn apart(one: &str, other: &str) -> u32 {
        minutes_apart(clock_offsets(one).unwrap(), clock_offsets(other).unwrap())
    }

    #[test]
    fn clocks_differ_by_the_worse_of_winter_and_summer() {
        assert_eq!(apart("Europe/Madrid", "Europe/Paris"), 0);
        assert_eq!(apart("Europe/Madrid", "Atlantic/Canary"), 60);
        assert_eq!(apart("Europe/Madrid", "America/Bogota"), 7 * 60, "six in winter, seven in summer");
        assert_eq!(apart("Asia/Kolkata", "Europe/London"), 5 * 60 + 30);
        assert_eq!(apart("Pacific/Auckland", "Pacific/Honolulu"), 2 * 60, "23 hours apart are one hour and a day");
        assert!(clock_offsets("Middle/Earth").is_none());
    }

    fn near(one: &str, other: &str, atlas: &BTreeMap<String, Coordinates>) -> (u64, u64) {
        Place::new(one, atlas).unwrap().nearness(&Place::new(other, atlas).unwrap(), 500)
    }

    #[test]
    fn places_agree_by_name_or_by_the_map() {
        let none = BTreeMap::new();
        assert_eq!(near("Bilbao", " BILBAO ", &none), (1, 1));
        assert_eq!(near("Bilbao", "Bilbao, España", &none), (1, 1));
        assert_eq!(near("Bilbao, España", "Madrid, España", &none), (1, 2));
        assert_eq!(near("Bilbao", "Madrid", &none), (0, 1));

        let atlas = BTreeMap::from([
            ("Bilbao".to_owned(), Coordinates { latitude: 43.263, longitude: -2.935 }),
            ("Madrid".to_owned(), Coordinates { latitude: 40.4168, longitude: -3.7038 }),
        ]);
        assert_eq!(near("Bilbao", "Madrid, España", &atlas), (500 - 323, 500));
        assert!(Place::new(" , ", &none).is_none());
    }
}
