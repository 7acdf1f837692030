//! Numbers and dates as the reader writes them.

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::fluent_bundle::types::FluentNumber;
use icu_datetime::fieldsets::{YMD, YMDT};
use icu_datetime::input::{Date, DateTime, Time};
use icu_datetime::{DateTimeFormatter, DateTimeFormatterPreferences};
use icu_decimal::input::Decimal;
use icu_decimal::{DecimalFormatter, DecimalFormatterPreferences};
use icu_locale_core::{Locale, locale};
use jiff::tz::TimeZone;
use jiff::{Timestamp, civil};

use super::Lang;

impl Lang {
    /// A whole number with the separators of the language: `12.345`, `12,345`.
    pub fn number(self, number: i64) -> String {
        self.decimal(&Decimal::from(number))
    }

    /// A number rounded to `digits` decimals: `3,1`, `3.1`.
    pub fn rounded(self, number: f64, digits: u8) -> String {
        let scale = 10_f64.powi(i32::from(digits));
        #[expect(clippy::cast_possible_truncation, reason = "what people read is far below 2^53")]
        let scaled = (number * scale).round() as i64;
        let mut decimal = Decimal::from(scaled);
        decimal.multiply_pow10(-i16::from(digits));
        self.decimal(&decimal)
    }

    /// A civil date in words: `23 de noviembre de 2026`, `23 November 2026`.
    pub fn date(self, date: civil::Date) -> String {
        let Ok(formatter) = DateTimeFormatter::try_new(self.dates(), YMD::long()) else { return date.to_string() };
        Date::try_new_iso(i32::from(date.year()), month(date), day(date))
            .map_or_else(|_| date.to_string(), |date| formatter.format(&date).to_string())
    }

    /// An instant in a zone, which it names: `23 nov 2026, 20:15 (Europe/Madrid)`.
    pub fn instant(self, instant: Timestamp, zone: &TimeZone) -> String {
        let here = instant.to_zoned_datetime(zone.clone());
        let plain = || here.strftime("%Y-%m-%d %H:%M").to_string();
        let Ok(formatter) = DateTimeFormatter::try_new(
            self.dates(),
            YMDT::medium().with_time_precision(icu_datetime::options::TimePrecision::Minute),
        ) else {
            return plain();
        };
        let date = Date::try_new_iso(i32::from(here.year()), month(here.date()), day(here.date()));
        let time = Time::try_new(here.hour().unsigned_abs(), here.minute().unsigned_abs(), 0, 0);
        let text = match (date, time) {
            (Ok(date), Ok(time)) => formatter.format(&DateTime { date, time }).to_string(),
            _ => plain(),
        };
        match zone.iana_name() {
            Some(name) => format!("{text} ({name})"),
            None => text,
        }
    }

    fn decimal(self, decimal: &Decimal) -> String {
        let written = DecimalFormatter::try_new(
            DecimalFormatterPreferences::from(self.locale()),
            icu_decimal::options::DecimalFormatterOptions::default(),
        )
        .map_or_else(|_| decimal.to_string(), |formatter| formatter.format(decimal).to_string());
        // The locales' data has the hyphen of typewriters.
        written.replace('-', "−")
    }

    fn dates(self) -> DateTimeFormatterPreferences {
        DateTimeFormatterPreferences::from(self.locale())
    }

    /// British English: dates begin with the day, as in Spanish.
    fn locale(self) -> Locale {
        match self {
            Self::Es => locale!("es"),
            Self::En => locale!("en-GB"),
        }
    }
}

/// Fluent asks this for every value that it writes; only numbers are ours to form.
pub(super) fn fluent_number(lang: Lang, value: &FluentValue<'_>) -> Option<String> {
    let FluentValue::Number(FluentNumber { value, .. }) = value else { return None };
    Some(lang.rounded(*value, u8::from(value.fract() != 0.0)))
}

fn month(date: civil::Date) -> u8 {
    date.month().unsigned_abs()
}

fn day(date: civil::Date) -> u8 {
    date.day().unsigned_abs()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_dates_in_both_languages() {
        assert_eq!(Lang::Es.number(-1_234_567), "−1.234.567");
        assert_eq!(Lang::Es.number(1234), "1234", "Spanish groups from five digits on");
        assert_eq!(Lang::En.number(1234), "1,234");
        assert_eq!(Lang::Es.rounded(31.45, 1), "31,5");
        assert_eq!(Lang::Es.date(civil::date(2026, 11, 23)), "23 de noviembre de 2026");
        assert_eq!(Lang::En.date(civil::date(2026, 11, 23)), "23 November 2026");
    }

    #[test]
    fn an_instant_names_its_zone() {
        let madrid = TimeZone::get("Europe/Madrid").unwrap();
        let instant: Timestamp = "2026-11-23T19:15:00Z".parse().unwrap();
        assert_eq!(Lang::Es.instant(instant, &madrid), "23 nov 2026, 20:15 (Europe/Madrid)");
    }
}
