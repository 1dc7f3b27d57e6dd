//! Fault rules as text, for command lines.

use std::str::FromStr;
use std::time::Duration;

use super::{Fault, FaultRule, When};
use crate::duration::parse_duration;

const PLAIN: [(&str, Fault); 11] = [
    ("throttling", Fault::Throttling),
    ("throttling-400", Fault::ThrottlingAs400),
    ("internal-error", Fault::InternalError),
    ("access-denied", Fault::AccessDenied),
    ("expired-token", Fault::ExpiredToken),
    ("proxy-page", Fault::ProxyPage),
    ("reset", Fault::Reset),
    ("fail-later", Fault::FailLater),
    ("lost-response", Fault::LostResponse),
    ("cut", Fault::Cut),
    ("stalled", Fault::Stalled),
];

type Lasting = fn(Duration) -> Fault;

const WITH_DURATION: [(&str, Lasting); 3] = [
    ("slow", Fault::Slow),
    ("clock-ahead", Fault::ClockAhead),
    ("clock-behind", Fault::ClockBehind),
];

impl FaultRule {
    /// The names that a rule in text may start with.
    pub fn names() -> impl Iterator<Item = String> {
        let plain = PLAIN.iter().map(|(name, _)| (*name).to_owned());
        plain.chain(
            WITH_DURATION
                .iter()
                .map(|(name, _)| format!("{name}=DURATION")),
        )
    }
}

impl FromStr for FaultRule {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (rest, operation) = split(text, '@');
        let (fault, when) = split(rest, ':');
        let rule = parse_fault(fault)?.when(parse_when(when)?);
        Ok(operation.map_or(rule.clone(), |operation| rule.of(operation)))
    }
}

fn split(text: &str, at: char) -> (&str, Option<&str>) {
    match text.split_once(at) {
        Some((before, after)) => (before, Some(after)),
        None => (text, None),
    }
}

fn parse_fault(text: &str) -> Result<Fault, String> {
    let (name, duration) = split(text, '=');
    let plain = PLAIN.iter().find(|(known, _)| *known == name);
    let with_duration = WITH_DURATION.iter().find(|(known, _)| *known == name);
    match (plain, with_duration, duration) {
        (Some((_, fault)), _, None) => Ok(fault.clone()),
        (Some(_), _, Some(_)) => Err(format!("`{name}` takes no duration")),
        (_, Some((_, fault)), Some(duration)) => parse_duration(duration).map(fault),
        (_, Some(_), None) => Err(format!("`{name}` needs a duration: `{name}=2s`")),
        (None, None, _) => Err(format!(
            "there is no fault `{name}`; there are: {}",
            FaultRule::names().collect::<Vec<_>>().join(", ")
        )),
    }
}

fn parse_when(text: Option<&str>) -> Result<When, String> {
    let Some(text) = text else {
        return Ok(When::Chance(1.0));
    };
    let wrong = || format!("`{text}` is neither a count nor a percentage such as 5%");
    match text.strip_suffix('%') {
        Some(percent) => match percent.parse::<f64>() {
            Ok(percent) if (0.0..=100.0).contains(&percent) => Ok(When::Chance(percent / 100.0)),
            _ => Err(wrong()),
        },
        None => text.parse().map(When::Next).map_err(|_| wrong()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules() {
        let ten_percent_slow = Fault::Slow(Duration::from_secs(2)).with_chance(0.1);
        for (text, rule) in [
            ("cut", Fault::Cut.always()),
            ("throttling-400:3", Fault::ThrottlingAs400.next(3)),
            ("slow=2s:10%", ten_percent_slow),
            (
                "reset:1@TagResource",
                Fault::Reset.next(1).of("TagResource"),
            ),
        ] {
            assert_eq!(text.parse(), Ok(rule), "{text}");
        }
    }

    #[test]
    fn mistakes_are_explained() {
        for (text, explanation) in [
            ("slow", "needs a duration"),
            ("cut=1s", "takes no duration"),
            ("cut:101%", "neither a count"),
            ("cut:few", "neither a count"),
            ("fire", "there is no fault `fire`; there are: throttling,"),
        ] {
            let error = text.parse::<FaultRule>().unwrap_err();
            assert!(error.contains(explanation), "{text}: {error}");
        }
    }
}
