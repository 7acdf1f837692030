//! Recurrence rules (RFC 5545, section 3.3.10) in civil time; pure. The zone comes afterwards, so that a rule knows nothing of
//! summer time.
//!
//! A rule goes from period to period and looks at each of its days: no rule, however odd, takes longer than its days, what it names and
//! its beginnings, and all rules of a calendar share one [`Budget`]. Crates that step from one occurrence to the next look for a 30 February until their
//! own limit, which a stranger's calendar can have them do thousands of times.
//! What changes by the hour or faster and BYWEEKNO, which no calendar program offers, are not read.

use jiff::civil::{Date, DateTime, Time, Weekday};
use jiff::{Span, ToSpan as _};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Frequency {
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rule {
    pub frequency: Frequency,
    pub interval: i32,
    pub count: Option<u32>,
    /// The last moment at which one may begin.
    pub until: Option<DateTime>,
    pub week_start: Weekday,
    /// Weekdays, and which of them in the month or year: the second, or from the end.
    pub by_day: Vec<(Option<i16>, Weekday)>,
    pub by_month_day: Vec<i8>,
    pub by_year_day: Vec<i16>,
    pub by_month: Vec<i8>,
    pub by_set_pos: Vec<i32>,
    pub by_hour: Vec<i8>,
    pub by_minute: Vec<i8>,
}

/// How much may still be looked at: a day, a dozen of what a rule names, and a beginning each cost one.
#[derive(Debug)]
pub(super) struct Budget(u64);

/// The budget is spent.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Spent;

impl Budget {
    pub(super) fn new(looks: u64) -> Self {
        Self(looks)
    }

    pub(super) fn spend(&mut self, looks: usize) -> Result<(), Spent> {
        self.0 = self.0.checked_sub(looks as u64).ok_or(Spent)?;
        Ok(())
    }
}

impl Rule {
    pub(super) fn every(frequency: Frequency) -> Self {
        Self {
            frequency,
            interval: 1,
            count: None,
            until: None,
            week_start: Weekday::Monday,
            by_day: Vec::new(),
            by_month_day: Vec::new(),
            by_year_day: Vec::new(),
            by_month: Vec::new(),
            by_set_pos: Vec::new(),
            by_hour: Vec::new(),
            by_minute: Vec::new(),
        }
    }

    /// When it takes place between two moments, the second excluded, given the beginning of the series.
    pub(super) fn occurrences(
        &self,
        start: DateTime,
        from: DateTime,
        to: DateTime,
        budget: &mut Budget,
    ) -> Result<Vec<DateTime>, Spent> {
        let mut found = Vec::new();
        let mut left = self.count.unwrap_or(u32::MAX);
        // Whoever counts has to begin at the beginning.
        let mut number = if self.count.is_some() { 0 } else { self.period_before(start, from) };
        while let Some((first, last)) = self.period(start, number) {
            if first > to.date() {
                break;
            }
            for begin in self.of_period(start, first, last, budget)? {
                if begin < start {
                    continue;
                }
                if left == 0 || begin >= to || self.until.is_some_and(|until| begin > until) {
                    return Ok(found);
                }
                left -= 1;
                if begin >= from {
                    found.push(begin);
                }
            }
            number += 1;
        }
        Ok(found)
    }

    /// The first and the last day of a period, counted from the one in which the series begins.
    fn period(&self, start: DateTime, number: i32) -> Option<(Date, Date)> {
        let day = start.date();
        let steps = number.checked_mul(self.interval.max(1))?;
        let step = |span: Span| day_after(day, span);
        match self.frequency {
            Frequency::Daily => step(Span::new().try_days(steps).ok()?).map(|day| (day, day)),
            Frequency::Weekly => {
                let monday = day.checked_sub(i32::from(day.weekday().since(self.week_start)).days()).ok()?;
                let first = day_after(monday, Span::new().try_weeks(steps).ok()?)?;
                Some((first, first.checked_add(6.days()).ok()?))
            }
            Frequency::Monthly => {
                let first = day_after(day.first_of_month(), Span::new().try_months(steps).ok()?)?;
                Some((first, first.last_of_month()))
            }
            Frequency::Yearly => {
                let first = day_after(day.first_of_year(), Span::new().try_years(steps).ok()?)?;
                Some((first, first.last_of_year()))
            }
        }
    }

    /// The number of a period that ends before a moment, or of the first one.
    fn period_before(&self, start: DateTime, from: DateTime) -> i32 {
        let days = (from.date() - start.date()).get_days();
        let length = match self.frequency {
            Frequency::Daily => 1,
            Frequency::Weekly => 7,
            Frequency::Monthly => 31,
            Frequency::Yearly => 366,
        };
        (days / length / self.interval.max(1) - 2).max(0)
    }

    fn of_period(&self, start: DateTime, first: Date, last: Date, budget: &mut Budget) -> Result<Vec<DateTime>, Spent> {
        let mut begins = Vec::new();
        let mut day = first;
        let (cost, times) = (1 + self.named() / 12, self.times(start));
        loop {
            budget.spend(cost)?;
            if self.holds(start, day) {
                budget.spend(times.len())?;
                begins.extend(times.iter().map(|time| day.to_datetime(*time)));
            }
            match day.tomorrow() {
                Ok(next) if next <= last => day = next,
                _ => break,
            }
        }
        Ok(if self.by_set_pos.is_empty() { begins } else { self.chosen(&begins) })
    }

    /// Those at the positions that are asked for, in order.
    fn chosen(&self, begins: &[DateTime]) -> Vec<DateTime> {
        let count = i32::try_from(begins.len()).unwrap_or(i32::MAX);
        let place = |position: i32| if position > 0 { position - 1 } else { count + position };
        let mut places: Vec<usize> =
            self.by_set_pos.iter().filter_map(|position| usize::try_from(place(*position)).ok()).collect();
        places.sort_unstable();
        places.dedup();
        places.into_iter().filter_map(|place| begins.get(place).copied()).collect()
    }

    /// How much it names that each day is held against, or that is chosen from them.
    fn named(&self) -> usize {
        let days = self.by_day.len() + self.by_month_day.len() + self.by_year_day.len();
        days + self.by_month.len() + self.by_set_pos.len()
    }

    /// The times of a day on which it takes place, in order.
    fn times(&self, start: DateTime) -> Vec<Time> {
        let or_start = |list: &[i8], own: i8| {
            let mut list = if list.is_empty() { vec![own] } else { list.to_vec() };
            list.sort_unstable();
            list.dedup();
            list
        };
        let minutes = or_start(&self.by_minute, start.minute());
        let hours = or_start(&self.by_hour, start.hour());
        let time = |hour: i8, minute: i8| Time::new(hour, minute, start.second(), 0).ok();
        hours.iter().flat_map(|hour| minutes.iter().filter_map(move |minute| time(*hour, *minute))).collect()
    }

    /// Whether it takes place on a day of one of its periods.
    fn holds(&self, start: DateTime, day: Date) -> bool {
        let has_day = !self.by_day.is_empty() || !self.by_month_day.is_empty() || !self.by_year_day.is_empty();
        if !self.by_month.is_empty() && !self.by_month.contains(&day.month()) {
            return false;
        }
        if !has_day {
            return match self.frequency {
                Frequency::Daily => true,
                Frequency::Weekly => day.weekday() == start.weekday(),
                Frequency::Monthly => day.day() == start.day(),
                Frequency::Yearly => {
                    day.day() == start.day() && (!self.by_month.is_empty() || day.month() == start.month())
                }
            };
        }
        let from_end = |at: i16, length: i16| at - length - 1;
        let is_in = |list: &[i16], at: i16, length: i16| {
            list.is_empty() || list.contains(&at) || list.contains(&from_end(at, length))
        };
        let month_days: Vec<i16> = self.by_month_day.iter().map(|day| i16::from(*day)).collect();
        is_in(&month_days, i16::from(day.day()), i16::from(day.days_in_month()))
            && is_in(&self.by_year_day, day.day_of_year(), day.days_in_year())
            && (self.by_day.is_empty() || self.by_day.iter().any(|wanted| self.is_day(*wanted, day)))
    }

    fn is_day(&self, (ordinal, weekday): (Option<i16>, Weekday), day: Date) -> bool {
        if day.weekday() != weekday {
            return false;
        }
        let Some(ordinal) = ordinal else { return true };
        let (at, length) = match self.frequency {
            Frequency::Daily | Frequency::Weekly => return true,
            Frequency::Yearly if self.by_month.is_empty() => (day.day_of_year(), day.days_in_year()),
            Frequency::Monthly | Frequency::Yearly => (i16::from(day.day()), i16::from(day.days_in_month())),
        };
        ordinal == (at - 1) / 7 + 1 || ordinal == -((length - at) / 7 + 1)
    }
}

fn day_after(day: Date, span: Span) -> Option<Date> {
    day.checked_add(span).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, datetime};

    use super::*;

    fn days(rule: &Rule, start: DateTime, to: DateTime) -> Vec<String> {
        let mut budget = Budget::new(100_000);
        let found = rule.occurrences(start, start, to, &mut budget).unwrap();
        found.into_iter().map(|begin| begin.strftime("%d.%m.%y").to_string()).collect()
    }

    /// The examples of RFC 5545, section 3.8.5.3.
    #[test]
    fn the_examples_of_the_standard() {
        let start = datetime(1997, 9, 2, 9, 0, 0, 0);
        let end = datetime(1999, 1, 1, 0, 0, 0, 0);
        let daily = Rule { interval: 10, count: Some(5), ..Rule::every(Frequency::Daily) };
        assert_eq!(days(&daily, start, end), ["02.09.97", "12.09.97", "22.09.97", "02.10.97", "12.10.97"]);
        let tuesdays_and_thursdays = Rule {
            count: Some(4),
            by_day: vec![(None, Weekday::Tuesday), (None, Weekday::Thursday)],
            week_start: Weekday::Sunday,
            ..Rule::every(Frequency::Weekly)
        };
        assert_eq!(days(&tuesdays_and_thursdays, start, end), ["02.09.97", "04.09.97", "09.09.97", "11.09.97"]);
        let first_and_last_sunday = Rule {
            interval: 2,
            count: Some(6),
            by_day: vec![(Some(1), Weekday::Sunday), (Some(-1), Weekday::Sunday)],
            ..Rule::every(Frequency::Monthly)
        };
        let sunday = datetime(1997, 9, 7, 9, 0, 0, 0);
        let expected = ["07.09.97", "28.09.97", "02.11.97", "30.11.97", "04.01.98", "25.01.98"];
        assert_eq!(days(&first_and_last_sunday, sunday, end), expected);
        let last_workday = Rule {
            count: Some(3),
            by_day: [Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday]
                .map(|day| (None, day))
                .to_vec(),
            by_set_pos: vec![-2],
            ..Rule::every(Frequency::Monthly)
        };
        let start = datetime(1997, 9, 29, 9, 0, 0, 0);
        assert_eq!(days(&last_workday, start, end), ["29.09.97", "30.10.97", "27.11.97"]);
        // The week's beginning decides which weeks are left out.
        let fortnightly = |week_start| Rule {
            interval: 2,
            count: Some(4),
            by_day: vec![(None, Weekday::Tuesday), (None, Weekday::Sunday)],
            week_start,
            ..Rule::every(Frequency::Weekly)
        };
        let start = datetime(1997, 8, 5, 9, 0, 0, 0);
        assert_eq!(days(&fortnightly(Weekday::Monday), start, end), ["05.08.97", "10.08.97", "19.08.97", "24.08.97"]);
        assert_eq!(days(&fortnightly(Weekday::Sunday), start, end), ["05.08.97", "17.08.97", "19.08.97", "31.08.97"]);
    }

    #[test]
    fn a_day_that_never_comes_costs_its_days_and_no_more() {
        let never = Rule { by_month: vec![2], by_month_day: vec![30], ..Rule::every(Frequency::Yearly) };
        let start = datetime(2000, 1, 1, 9, 0, 0, 0);
        let mut budget = Budget::new(10_000);
        let (from, to) = (datetime(2027, 1, 1, 0, 0, 0, 0), datetime(2027, 3, 1, 0, 0, 0, 0));
        assert_eq!(never.occurrences(start, from, to, &mut budget), Ok(Vec::new()));
        assert!(budget.0 > 8000, "two or three years were looked at, not all since 2000");
        let counted = Rule { count: Some(1), ..never };
        assert_eq!(counted.occurrences(start, from, to, &mut Budget::new(5000)), Err(Spent));
    }

    #[test]
    fn each_beginning_costs_what_a_day_does() {
        let all = |most: i8| (0..most).collect::<Vec<i8>>();
        let busy = Rule { by_hour: all(24), by_minute: all(60), ..Rule::every(Frequency::Daily) };
        let (start, to) = (datetime(2027, 1, 1, 0, 0, 0, 0), datetime(2027, 1, 3, 0, 0, 0, 0));
        let found = busy.occurrences(start, start, to, &mut Budget::new(10_000)).unwrap();
        assert_eq!(found.len(), 2 * 24 * 60);
        assert_eq!(busy.occurrences(start, start, to, &mut Budget::new(1440)), Err(Spent));
        let long = Rule { by_year_day: (1..=366).collect(), ..Rule::every(Frequency::Daily) };
        assert_eq!(long.occurrences(start, start, to, &mut Budget::new(60)), Err(Spent));
    }

    #[test]
    fn what_has_run_for_long_is_entered_where_it_is() {
        let start = datetime(1990, 1, 1, 8, 30, 0, 0);
        for rule in [Rule::every(Frequency::Daily), Rule { interval: 3, ..Rule::every(Frequency::Weekly) }] {
            let all =
                rule.occurrences(start, start, datetime(2027, 3, 1, 0, 0, 0, 0), &mut Budget::new(100_000)).unwrap();
            let from = date(2027, 1, 10).at(0, 0, 0, 0);
            let late = rule.occurrences(start, from, datetime(2027, 3, 1, 0, 0, 0, 0), &mut Budget::new(200)).unwrap();
            let expected: Vec<DateTime> = all.into_iter().filter(|begin| *begin >= from).collect();
            assert_eq!(late, expected);
        }
    }
}
