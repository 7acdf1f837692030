//! Numbers and dates as the reader writes them.

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::fluent_bundle::types::FluentNumber;
use icu_datetime::fieldsets::{YM, YMD, YMDT};
use icu_datetime::input::{Date, DateTime, Time};
use icu_datetime::{DateTimeFormatter, DateTimeFormatterPreferences};
use icu_decimal::input::Decimal;
use icu_decimal::{DecimalFormatter, DecimalFormatterPreferences};
use icu_locale_core::{Locale, locale};
use jiff::tz::TimeZone;
use jiff::{Timestamp, civil};

use super::Lang;

thread_local! {
    /// In the order of [`Lang::ALL`]. To make one takes longer than to write many numbers.
    static DECIMALS: [Option<DecimalFormatter>; 2] = Lang::ALL.map(|lang| {
        let preferences = DecimalFormatterPreferences::from(lang.locale());
        DecimalFormatter::try_new(preferences, icu_decimal::options::DecimalFormatterOptions::default()).ok()
    });
}

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

    /// A number with as many decimals as it has, at most two: `3`, `3,5`, `3,25`.
    pub fn value(self, number: f64) -> String {
        let is_whole = |scaled: f64| (scaled - scaled.round()).abs() < 1e-6;
        let digits = if is_whole(number) { 0 } else { 1 + u8::from(!is_whole(number * 10.0)) };
        self.rounded(number, digits)
    }

    /// A number as people of this language type it, with at most two decimals: `1.250,5` or `1,250.5`. Where it cannot be
    /// anything else, the other language's point is read as well.
    pub fn read_value(self, text: &str) -> Option<f64> {
        let (group, point) = match self {
            Self::Es => ('.', ','),
            Self::En => (',', '.'),
        };
        let text: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
        let (sign, text) = match text.strip_prefix(['-', '−']) {
            Some(rest) => (-1.0, rest),
            None => (1.0, text.as_str()),
        };
        let is_grouped = |whole: &str| whole.split(group).skip(1).all(|part| part.len() == 3);
        let (whole, decimals) = match (text.split_once(point), text.split_once(group)) {
            (Some(parts), _) => parts,
            (None, Some(parts)) if !is_grouped(text) => parts,
            _ => (text, "0"),
        };
        let whole = if is_grouped(whole) { whole.replace(group, "") } else { whole.to_owned() };
        let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|letter| letter.is_ascii_digit());
        if !are_digits(&whole) || !are_digits(decimals) || whole.len() > 12 || decimals.len() > 2 {
            return None;
        }
        format!("{whole}.{decimals}").parse::<f64>().ok().map(|number| sign * number)
    }

    /// A month in words: `marzo de 2027`, `March 2027`.
    pub fn month(self, date: civil::Date) -> String {
        let plain = || date.strftime("%Y-%m").to_string();
        let Ok(formatter) = DateTimeFormatter::try_new(self.dates(), YM::long()) else { return plain() };
        Date::try_new_iso(i32::from(date.year()), month(date), 1)
            .map_or_else(|_| plain(), |date| formatter.format(&date).to_string())
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
        let written = DECIMALS.with(|formatters| {
            let formatter = formatters[self as usize].as_ref();
            formatter.map_or_else(|| decimal.to_string(), |formatter| formatter.format(decimal).to_string())
        });
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

/// A date as a browser sends it, `2027-02-01`, or as people write it where there is no picker: `1/2/2027`, day first.
pub fn read_date(text: &str) -> Option<civil::Date> {
    if let Ok(date) = text.parse() {
        return Some(date);
    }
    let mut parts = text.split(['/', '.', '-']).map(str::trim);
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let year = year.parse().ok().filter(|year| *year > 999)?;
    let date = civil::Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()?;
    parts.next().is_none().then_some(date)
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
    fn a_month_has_no_day() {
        assert_eq!(Lang::Es.month(civil::date(2027, 3, 14)), "marzo de 2027");
        assert_eq!(Lang::En.month(civil::date(2027, 3, 14)), "March 2027");
    }

    #[test]
    fn dates_are_read_as_people_write_them() {
        assert_eq!(read_date("2027-02-01"), Some(civil::date(2027, 2, 1)));
        assert_eq!(read_date("1/2/2027"), Some(civil::date(2027, 2, 1)));
        assert_eq!(read_date("01.02.2027"), Some(civil::date(2027, 2, 1)));
        for wrong in ["", "31/2/2027", "1/2/27", "1/2", "1/2/2027/3", "mañana"] {
            assert_eq!(read_date(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn values_are_read_as_they_are_written() {
        for lang in Lang::ALL {
            for number in [0.0, 3.0, 3.5, 3.25, -2.5, 999.0, 1234.0, 1_234_567.89] {
                assert_eq!(lang.read_value(&lang.value(number)), Some(number), "{lang} {number}");
            }
            for wrong in ["", "-", "tres", "1.2.3", "3,,5", "1e5", "3,256.1.2", "1234567890123", "3,", ".5"] {
                assert_eq!(lang.read_value(wrong), None, "{lang} {wrong}");
            }
        }
        assert_eq!(
            (Lang::Es.value(3.25), Lang::En.value(3.5), Lang::Es.value(3.0)),
            ("3,25".into(), "3.5".into(), "3".into())
        );
        assert_eq!((Lang::Es.read_value("1.250"), Lang::Es.read_value("3.5")), (Some(1250.0), Some(3.5)));
        assert_eq!((Lang::En.read_value("1,250"), Lang::En.read_value("3,5")), (Some(1250.0), Some(3.5)));
    }

    #[test]
    fn an_instant_names_its_zone() {
        let madrid = TimeZone::get("Europe/Madrid").unwrap();
        let instant: Timestamp = "2026-11-23T19:15:00Z".parse().unwrap();
        assert_eq!(Lang::Es.instant(instant, &madrid), "23 nov 2026, 20:15 (Europe/Madrid)");
    }
}
