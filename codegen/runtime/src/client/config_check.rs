//! The check that a client has the settings without which a call cannot be sent.

use std::borrow::Cow;

use aws_smithy_runtime_api::client::auth::AuthSchemeId;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponentsBuilder;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use aws_types::SdkConfig;

use crate::Service;
use crate::schema::AuthScheme;

/// The settings that a call may need, and whether the client has them.
#[derive(Debug)]
pub(crate) struct Prerequisites {
    http_client: bool,
    /// `true` if there is a way to wait, or nothing to wait for.
    sleep: bool,
    region: bool,
    credentials: bool,
    #[cfg(feature = "http-auth")]
    http_identities: HasHttpIdentities,
    /// The preferred authentication schemes, best first.
    preference: Vec<AuthSchemeId>,
    /// The variable for the service's bearer tokens.
    token_variable: Option<&'static str>,
}

/// The identities besides AWS's credentials that a client has.
#[cfg(feature = "http-auth")]
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct HasHttpIdentities {
    pub(crate) token: bool,
    pub(crate) api_key: bool,
    pub(crate) login: bool,
}

impl Prerequisites {
    /// Looks the settings up; `components` are those of the client, defaults included.
    pub(crate) fn new(
        config: &SdkConfig,
        service: &Service,
        components: &RuntimeComponentsBuilder,
        #[cfg(feature = "http-auth")] http_identities: HasHttpIdentities,
    ) -> Self {
        let mut preference = Vec::new();
        for scheme in super::auth::preference(config, service).unwrap_or_default() {
            preference.push(scheme);
        }
        Self {
            http_client: components.http_client().is_some(),
            sleep: components.sleep_impl().is_some() || !waits(config),
            region: config.region().is_some(),
            credentials: config.credentials_provider().is_some(),
            #[cfg(feature = "http-auth")]
            http_identities,
            preference,
            token_variable: service.token_variable,
        }
    }

    /// Checks that nothing is missing for a call with one of these authentication schemes.
    pub(crate) fn check(&self, auth: &'static [AuthScheme]) -> Result<(), MissingSetting> {
        if !self.http_client {
            return Err(MissingSetting::HttpClient);
        }
        if !self.sleep {
            return Err(MissingSetting::Sleep);
        }
        match self.chosen(auth) {
            Some(scheme) if scheme.takes_credentials() && !self.region => {
                Err(MissingSetting::Region)
            }
            Some(_) => Ok(()),
            // Without credentials, it has no other identity: the region comes first, as it does with them.
            None if !self.region && matches!(auth, [scheme] if scheme.takes_credentials()) => {
                Err(MissingSetting::Region)
            }
            None => Err(MissingSetting::Identity {
                auth,
                token_variable: self.token_variable,
            }),
        }
    }

    /// Checks that nothing is missing to sign a call, where that is possible.
    pub(crate) fn check_signing(&self, auth: &[AuthScheme]) -> Result<(), MissingSetting> {
        let is_signed = AuthScheme::any_takes_credentials(auth);
        if !self.sleep {
            Err(MissingSetting::Sleep)
        } else if is_signed && !self.region {
            Err(MissingSetting::Region)
        } else if is_signed && !self.credentials {
            // Another identity would not do.
            Err(MissingSetting::Identity {
                auth: &[AuthScheme::SigV4],
                token_variable: None,
            })
        } else {
            Ok(())
        }
    }

    /// Returns the scheme that AWS's orchestrator will choose: the first that there is an identity for, the preferred ones before the
    /// others.
    fn chosen(&self, auth: &[AuthScheme]) -> Option<AuthScheme> {
        for preferred in &self.preference {
            for scheme in auth {
                if scheme.id() == *preferred && self.has_identity(*scheme) {
                    return Some(*scheme);
                }
            }
        }
        for scheme in auth {
            if self.has_identity(*scheme) {
                return Some(*scheme);
            }
        }
        None
    }

    fn has_identity(&self, scheme: AuthScheme) -> bool {
        match scheme {
            AuthScheme::SigV4 => self.credentials,
            #[cfg(feature = "sigv4a")]
            AuthScheme::SigV4a => self.credentials,
            #[cfg(feature = "http-auth")]
            AuthScheme::HttpBearer => self.http_identities.token,
            #[cfg(feature = "http-auth")]
            AuthScheme::HttpBasic => self.http_identities.login,
            #[cfg(feature = "http-auth")]
            AuthScheme::HttpApiKeyHeader { .. } | AuthScheme::HttpApiKeyQuery { .. } => {
                self.http_identities.api_key
            }
            AuthScheme::NoAuth => true,
        }
    }
}

/// Returns `true` if calls may have to wait: all that may make them does so unless it is turned off.
fn waits(config: &SdkConfig) -> bool {
    let protection = config.stalled_stream_protection();
    config.retry_config().is_none_or(RetryConfig::has_retry)
        || config
            .timeout_config()
            .is_none_or(TimeoutConfig::has_timeouts)
        || protection.is_none_or(|protection| protection.is_enabled())
}

/// A setting without which a call cannot be sent.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum MissingSetting {
    HttpClient,
    Sleep,
    Region,
    /// There is an identity for none of the authentication schemes.
    Identity {
        auth: &'static [AuthScheme],
        token_variable: Option<&'static str>,
    },
}

impl MissingSetting {
    /// Says what is missing, and what to do about it.
    #[cold]
    pub(crate) fn message(self) -> Cow<'static, str> {
        let message = match self {
            Self::HttpClient => {
                "no HTTP client: turn on the feature `default-https-client`, or set `http_client` in the SdkConfig"
            }
            Self::Sleep => {
                "no way to wait, which retries and timeouts need: turn on the feature `default-https-client`, or set \
                 `sleep_impl` in the SdkConfig"
            }
            Self::Region => {
                "no region: set AWS_REGION, or `region` in the profile or in the SdkConfig"
            }
            Self::Identity {
                auth,
                token_variable,
            } => return no_identity(auth, token_variable),
        };
        message.into()
    }
}

const NO_CREDENTIALS: &str =
    "no credentials: load the SdkConfig with `aws_config`, or set `credentials_provider` in it";

/// Says which identities would do, and how to set each.
#[cfg(not(feature = "http-auth"))]
fn no_identity(_: &[AuthScheme], _: Option<&'static str>) -> Cow<'static, str> {
    NO_CREDENTIALS.into()
}

/// Says which identities would do, and how to set each.
#[cfg(feature = "http-auth")]
fn no_identity(auth: &[AuthScheme], token_variable: Option<&'static str>) -> Cow<'static, str> {
    let mut ways: Vec<String> = Vec::new();
    for scheme in auth {
        let way = match scheme {
            AuthScheme::HttpBearer => match token_variable {
                Some(variable) => format!(
                    "no bearer token: set `token_provider` in the SdkConfig, or the environment variable {variable}"
                ),
                None => "no bearer token: set `token_provider` in the SdkConfig".to_owned(),
            },
            AuthScheme::HttpBasic => "no user: set `basic_auth` in the client's builder".to_owned(),
            AuthScheme::HttpApiKeyHeader { .. } | AuthScheme::HttpApiKeyQuery { .. } => {
                "no API key: set `api_key` in the client's builder".to_owned()
            }
            _ => NO_CREDENTIALS.to_owned(),
        };
        if !ways.contains(&way) {
            ways.push(way);
        }
    }
    ways.join("; and ").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIGNED: &[AuthScheme] = &[AuthScheme::SigV4];
    const OPTIONAL: &[AuthScheme] = &[AuthScheme::SigV4, AuthScheme::NoAuth];
    const UNSIGNED: &[AuthScheme] = &[AuthScheme::NoAuth];

    fn all() -> Prerequisites {
        Prerequisites {
            http_client: true,
            sleep: true,
            region: true,
            credentials: true,
            #[cfg(feature = "http-auth")]
            http_identities: HasHttpIdentities::default(),
            preference: Vec::new(),
            token_variable: None,
        }
    }

    #[test]
    fn what_is_missing_depends_on_how_a_call_is_signed() {
        let check = |prerequisites: Prerequisites| {
            [SIGNED, OPTIONAL, UNSIGNED].map(|auth| prerequisites.check(auth).err())
        };
        assert_eq!(check(all()), [None, None, None]);
        assert_eq!(
            check(Prerequisites {
                http_client: false,
                ..all()
            }),
            [Some(MissingSetting::HttpClient); 3]
        );
        assert_eq!(
            check(Prerequisites {
                sleep: false,
                ..all()
            }),
            [Some(MissingSetting::Sleep); 3]
        );
        assert_eq!(
            check(Prerequisites {
                region: false,
                ..all()
            }),
            [
                Some(MissingSetting::Region),
                Some(MissingSetting::Region),
                None
            ]
        );
        let no_credentials = MissingSetting::Identity {
            auth: SIGNED,
            token_variable: None,
        };
        assert_eq!(
            check(Prerequisites {
                credentials: false,
                ..all()
            }),
            [Some(no_credentials), None, None]
        );
    }

    #[cfg(feature = "http-auth")]
    #[test]
    fn the_identity_that_will_be_used_decides_what_is_missing() {
        const BOTH: &[AuthScheme] = &[AuthScheme::SigV4, AuthScheme::HttpBearer];
        let with = |credentials, token, preference: &[AuthSchemeId]| Prerequisites {
            region: false,
            credentials,
            http_identities: HasHttpIdentities {
                token,
                ..HasHttpIdentities::default()
            },
            preference: preference.to_vec(),
            ..all()
        };
        let bearer = AuthScheme::HttpBearer.id();
        assert_eq!(with(false, true, &[]).check(BOTH), Ok(()));
        let presigned = Prerequisites {
            region: true,
            ..with(false, true, &[])
        };
        assert_eq!(
            presigned.check_signing(BOTH),
            Err(MissingSetting::Identity {
                auth: SIGNED,
                token_variable: None,
            })
        );
        assert_eq!(
            with(true, true, &[]).check(BOTH),
            Err(MissingSetting::Region)
        );
        assert_eq!(
            with(true, true, &[NO_SUCH, bearer.clone()]).check(BOTH),
            Ok(())
        );
        assert_eq!(
            with(true, false, &[bearer]).check(BOTH),
            Err(MissingSetting::Region)
        );
    }

    #[cfg(feature = "http-auth")]
    const NO_SUCH: AuthSchemeId = AuthSchemeId::new("none");

    #[cfg(feature = "http-auth")]
    #[test]
    fn all_identities_that_would_do_are_named() {
        let message = |auth, token_variable| {
            MissingSetting::Identity {
                auth,
                token_variable,
            }
            .message()
        };
        assert_eq!(
            message(&[AuthScheme::SigV4, AuthScheme::HttpBearer], Some("TOKEN")),
            "no credentials: load the SdkConfig with `aws_config`, or set `credentials_provider` in it; and no bearer token: set \
             `token_provider` in the SdkConfig, or the environment variable TOKEN"
        );
        assert_eq!(
            message(&[AuthScheme::HttpBearer], None),
            "no bearer token: set `token_provider` in the SdkConfig"
        );
        assert_eq!(
            message(
                &[
                    AuthScheme::HttpApiKeyQuery { name: "key" },
                    AuthScheme::HttpBasic
                ],
                None
            ),
            "no API key: set `api_key` in the client's builder; and no user: set `basic_auth` in the client's builder"
        );
    }

    #[test]
    fn a_client_that_never_waits_needs_no_sleep() {
        use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;

        assert!(waits(&SdkConfig::builder().build()));
        let never = SdkConfig::builder()
            .retry_config(RetryConfig::disabled())
            .timeout_config(TimeoutConfig::disabled())
            .stalled_stream_protection(StalledStreamProtectionConfig::disabled());
        assert!(!waits(&never.build()));
    }
}
