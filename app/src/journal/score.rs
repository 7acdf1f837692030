//! How good forecasts were. Pure.
//!
//! The score is Brier's (G. W. Brier, “Verification of forecasts expressed in terms of probability”, Monthly Weather Review 78, 1950,
//! 1–3). His sum over all classes runs from 0 to 2; here it is halved, so that a forecast of one thing that comes or does not scores
//! (p − o)², as most people know it, and a forecast of several that exclude one another stands on the same scale: 0 is the best
//! there is, 1 the worst, and whoever says 50 % to everything that comes or does not gets 0.25.

/// What was expected: the probability of each of the things that exclude one another, from 0 to 1. What is left to 1 is that none of
/// them comes.
#[derive(Clone, Debug, PartialEq)]
pub struct Forecast {
    pub probabilities: Vec<f64>,
    /// Which of them came; none of them, where nothing is said.
    pub came: Option<usize>,
}

/// ½ Σ (p − o)² over all classes, that none of them comes among these.
pub fn brier(forecast: &Forecast) -> f64 {
    let named = |(place, probability): (usize, &f64)| (probability - outcome(forecast.came == Some(place))).powi(2);
    let none = (1.0 - forecast.probabilities.iter().sum::<f64>()) - outcome(forecast.came.is_none());
    let classes: f64 = forecast.probabilities.iter().enumerate().map(named).sum();
    f64::midpoint(classes, none.powi(2))
}

/// The mean of the scores; none of nothing.
pub fn mean_brier(forecasts: &[Forecast]) -> Option<f64> {
    if forecasts.is_empty() {
        return None;
    }
    Some(forecasts.iter().map(brier).sum::<f64>() / number(forecasts.len()))
}

/// So many resolved forecasts there have to be before a figure says anything.
pub const ENOUGH: usize = 20;

/// How many are missing for the figure.
pub fn missing(resolved: usize) -> usize {
    ENOUGH.saturating_sub(resolved)
}

/// What was said with about the same probability, and how often it came.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// From and to, in per cent.
    pub from: u32,
    pub to: u32,
    pub said: usize,
    pub came: usize,
    /// The mean of what was said, from 0 to 1.
    pub mean: f64,
}

impl Group {
    /// How often it came, from 0 to 1.
    pub fn share(&self) -> f64 {
        number(self.came) / number(self.said.max(1))
    }
}

/// Five groups of a fifth each: with twenty forecasts, more of them would be nearly empty.
const GROUPS: [(u32, u32); 5] = [(0, 20), (20, 40), (40, 60), (60, 80), (80, 100)];

/// Everything that was said with a probability, in groups; those in which nothing was said are left out. 20 % is in the second.
pub fn reliability(forecasts: &[Forecast]) -> Vec<Group> {
    let said: Vec<(f64, bool)> = forecasts
        .iter()
        .flat_map(|forecast| {
            let places = forecast.probabilities.iter().enumerate();
            places.map(|(place, probability)| (*probability, forecast.came == Some(place)))
        })
        .collect();
    GROUPS
        .into_iter()
        .filter_map(|(from, to)| {
            let [least, most] = [from, to].map(|percent| f64::from(percent) / 100.0);
            let is_in = |probability: f64| probability >= least && (probability < most || to == 100);
            let of_group: Vec<&(f64, bool)> = said.iter().filter(|(probability, _)| is_in(*probability)).collect();
            if of_group.is_empty() {
                return None;
            }
            let mean = of_group.iter().map(|(probability, _)| probability).sum::<f64>() / number(of_group.len());
            let came = of_group.iter().filter(|(_, came)| *came).count();
            Some(Group { from, to, said: of_group.len(), came, mean })
        })
        .collect()
}

/// What the figure comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// What was said comes about as often as it was said.
    Apt,
    /// It comes less often.
    TooSure,
    /// It comes more often.
    TooCareful,
}

/// Between what was said and what came, weighed by how much was said, of everything above and below even odds: whoever is too sure
/// says 90 % where 70 % come, and 10 % where 30 % do.
pub fn finding(groups: &[Group]) -> Finding {
    const MUCH: f64 = 0.1;
    let said: usize = groups.iter().map(|group| group.said).sum();
    let side = |group: &Group| if group.mean >= 0.5 { 1.0 } else { -1.0 };
    let over: f64 = groups.iter().map(|group| side(group) * (group.mean - group.share()) * number(group.said)).sum();
    match over / number(said.max(1)) {
        over if over > MUCH => Finding::TooSure,
        over if over < -MUCH => Finding::TooCareful,
        _ => Finding::Apt,
    }
}

impl Finding {
    pub fn code(self) -> &'static str {
        match self {
            Self::Apt => "apt",
            Self::TooSure => "too-sure",
            Self::TooCareful => "too-careful",
        }
    }
}

fn outcome(came: bool) -> f64 {
    if came { 1.0 } else { 0.0 }
}

#[expect(clippy::cast_precision_loss, reason = "nobody makes so many forecasts")]
fn number(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn forecast(probabilities: &[f64], came: Option<usize>) -> Forecast {
        Forecast { probabilities: probabilities.to_vec(), came }
    }

    fn is_near(one: f64, other: f64) -> bool {
        (one - other).abs() < 1e-12
    }

    #[test]
    fn a_forecast_of_one_thing_scores_as_everybody_knows_it() {
        assert!(is_near(brier(&forecast(&[0.7], Some(0))), 0.09));
        assert!(is_near(brier(&forecast(&[0.7], None)), 0.49));
        assert!(is_near(brier(&forecast(&[1.0], Some(0))), 0.0) && is_near(brier(&forecast(&[1.0], None)), 1.0));
        assert!(is_near(brier(&forecast(&[0.5], None)), 0.25));
    }

    #[test]
    fn ten_forecasts_of_rain() {
        // Over both classes Brier's sum is 0.19 in the mean; here it is half of that.
        let said = [0.7, 0.9, 0.8, 0.4, 0.2, 0.0, 0.0, 0.0, 0.0, 0.1];
        let rained = [false, true, true, true, false, false, false, false, false, false];
        let forecasts: Vec<Forecast> =
            said.iter().zip(rained).map(|(said, rained)| forecast(&[*said], rained.then_some(0))).collect();
        let by_hand: f64 = said
            .iter()
            .zip(rained)
            .map(|(said, rained)| {
                let rain = if rained { 1.0 } else { 0.0 };
                (said - rain) * (said - rain)
            })
            .sum::<f64>()
            / 10.0;
        assert!(is_near(mean_brier(&forecasts).unwrap(), by_hand));
        assert!(is_near(by_hand, 0.095));
        assert_eq!(mean_brier(&[]), None);
    }

    #[test]
    fn several_that_exclude_one_another_stand_on_the_same_scale() {
        // ½ (0.5² + 0.3² + 0.2²) where the first came.
        assert!(is_near(brier(&forecast(&[0.5, 0.3, 0.2], Some(0))), (0.25 + 0.09 + 0.04) / 2.0));
        // 0.1 was left for none of them, and none of them came.
        assert!(is_near(brier(&forecast(&[0.6, 0.3], None)), (0.36 + 0.09 + 0.81) / 2.0));
        assert!(is_near(brier(&forecast(&[1.0, 0.0], Some(1))), 1.0));
    }

    #[test]
    fn what_was_said_is_put_beside_what_came() {
        let mut forecasts: Vec<Forecast> = (0..10).map(|place| forecast(&[0.9], (place < 7).then_some(0))).collect();
        forecasts.extend((0..10).map(|place| forecast(&[0.1], (place < 3).then_some(0))));
        let groups = reliability(&forecasts);
        let told: Vec<(u32, usize, usize)> = groups.iter().map(|group| (group.from, group.said, group.came)).collect();
        assert_eq!(told, [(0, 10, 3), (80, 10, 7)]);
        assert_eq!(finding(&groups), Finding::TooSure);
        let careful: Vec<Forecast> = (0..20).map(|_| forecast(&[0.6], Some(0))).collect();
        assert_eq!(finding(&reliability(&careful)), Finding::TooCareful);
        let apt: Vec<Forecast> = (0..20).map(|place| forecast(&[0.75], (place < 15).then_some(0))).collect();
        assert_eq!(finding(&reliability(&apt)), Finding::Apt);
        let edges = reliability(&[forecast(&[0.2, 0.8], None), forecast(&[1.0], Some(0))]);
        assert_eq!(edges.iter().map(|group| group.from).collect::<Vec<_>>(), [20, 80], "0.2 is in the second fifth");
        assert_eq!((missing(0), missing(19), missing(25)), (20, 1, 0));
    }

    proptest! {
        #[test]
        fn a_score_lies_between_the_best_and_the_worst(parts in prop::collection::vec(0_u32..100, 1..7), came in 0_usize..7) {
            let whole = f64::from(parts.iter().sum::<u32>().max(1));
            let probabilities: Vec<f64> = parts.iter().map(|part| f64::from(*part) / whole).collect();
            let came = (came < probabilities.len()).then_some(came);
            let score = brier(&Forecast { probabilities: probabilities.clone(), came });
            prop_assert!((-1e-9..=1.0 + 1e-9).contains(&score), "{}", score);
            // The score is proper: nothing that one says is better in the mean than what one thinks.
            let mean = |said: &[f64]| -> f64 {
                let of = |came| brier(&Forecast { probabilities: said.to_vec(), came });
                let none = 1.0 - probabilities.iter().sum::<f64>();
                probabilities.iter().enumerate().map(|(place, p)| p * of(Some(place))).sum::<f64>() + none * of(None)
            };
            let even = vec![1.0 / number(probabilities.len()); probabilities.len()];
            prop_assert!(mean(&probabilities) <= mean(&even) + 1e-9);
        }
    }
}
