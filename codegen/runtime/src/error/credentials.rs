//! The reasons that there are no credentials, or no token, in words.

use std::error::Error as StdError;

use aws_credential_types::provider::error::CredentialsError;
#[cfg(feature = "http-auth")]
use aws_credential_types::provider::error::TokenError;

use super::sources::{root, sources};
use crate::line;

/// Returns the reason that there are no credentials, and what to do about it. It can be quoted: providers do not see requests.
pub(super) fn not_had(error: &CredentialsError) -> String {
    match error {
        CredentialsError::CredentialsNotLoaded(_) => {
            let root = attempts(&root(error).to_string());
            let profile = std::env::var("AWS_PROFILE").ok();
            format!(
                "no credentials: {}; {}, or give the machine a role",
                line::text(&root),
                advice(profile.as_deref())
            )
        }
        _ => format!("no credentials: {}", line::text(&chain(error))),
    }
}

/// Returns the reason that there is no bearer token. As for credentials, it can be quoted.
#[cfg(feature = "http-auth")]
pub(super) fn no_token(error: &TokenError) -> String {
    format!("no bearer token: {}", line::text(&chain(error)))
}

/// Says what a user can do about credentials. If there is a profile that has none, aws-config does not say so.
fn advice(profile: Option<&str>) -> String {
    const VARIABLES: &str = "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY";
    match profile {
        None | Some("") => format!("set AWS_PROFILE, or {VARIABLES}"),
        Some(profile) => format!(
            "give the profile `{}` (AWS_PROFILE) keys, a role or SSO in the shared config or credentials file, or set {VARIABLES}",
            line::name(profile)
        ),
    }
}

/// Joins the text of a chain of providers, which has a heading and a line for each of them, into one line.
fn attempts(text: &str) -> String {
    let (mut heading, mut attempts) = ("", String::new());
    for line in text.lines() {
        let line = line.trim();
        if heading.is_empty() {
            heading = line;
        } else if !line.is_empty() {
            if !attempts.is_empty() {
                attempts.push_str("; ");
            }
            push_attempt(&mut attempts, line);
        }
    }
    match attempts.is_empty() {
        true => heading.to_owned(),
        false => attempts,
    }
}

/// Adds `Name: the credential provider was not enabled: reason` in fewer words. There may be no reason.
fn push_attempt(attempts: &mut String, attempt: &str) {
    let (provider, reason) = match attempt.split_once(": the credential provider was not enabled") {
        Some((provider, "")) => (provider, ": no reason given"),
        Some(split) => split,
        None => (attempt, ""),
    };
    attempts.push_str(provider);
    attempts.push_str(reason);
}

/// Joins the texts of all errors down to the root cause, without those that the one before already quotes.
fn chain(error: &(dyn StdError + 'static)) -> String {
    let mut chain = String::new();
    for error in sources(error) {
        let text = error.to_string();
        if !chain.ends_with(text.as_str()) {
            if !chain.is_empty() {
                chain.push_str(": ");
            }
            chain.push_str(&text);
        }
    }
    chain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_providers_say_becomes_one_line() {
        for (text, line) in [
            ("nobody was asked", "nobody was asked"),
            ("\n no provider was enabled \n\n", "no provider was enabled"),
            (
                "none of:\r\n  - Profile: no file\r\n\r\n  - Environment: the credential provider was not enabled: not set\r\n",
                "- Profile: no file; - Environment: not set",
            ),
            (
                "none of:\n  Profile: the credential provider was not enabled\n  Container: not there",
                "Profile: no reason given; Container: not there",
            ),
        ] {
            assert_eq!(attempts(text), line);
        }
    }

    #[test]
    fn a_profile_that_is_set_is_named() {
        for unset in [None, Some("")] {
            assert!(advice(unset).starts_with("set AWS_PROFILE, or "));
        }
        let advice = super::advice(Some("night\n\u{202e}shift"));
        assert!(advice.starts_with("give the profile `night"), "{advice}");
        assert!(!advice.contains(['\n', '\u{202e}']), "{advice}");
        let long = super::advice(Some(&"x".repeat(10_000)));
        assert!(long.len() < 1_000, "{long}");
    }
}
