//! The check that a client has the settings without which a call cannot be sent.

use aws_smithy_runtime_api::client::runtime_components::RuntimeComponentsBuilder;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use aws_types::SdkConfig;

use crate::schema::Auth;

/// The settings that a call may need, and whether the client has them.
#[derive(Debug)]
pub(crate) struct Prerequisites {
    http_client: bool,
    /// `true` if there is a way to wait, or nothing to wait for.
    sleep: bool,
    region: bool,
    credentials: bool,
}

impl Prerequisites {
    /// Looks the settings up; `components` are those of the client, defaults included.
    pub(crate) fn new(config: &SdkConfig, components: &RuntimeComponentsBuilder) -> Self {
        Self {
            http_client: components.http_client().is_some(),
            sleep: components.sleep_impl().is_some() || !waits(config),
            region: config.region().is_some(),
            credentials: config.credentials_provider().is_some(),
        }
    }

    /// Checks that nothing is missing for a call that is signed so.
    pub(crate) fn check(&self, auth: Auth) -> Result<(), MissingSetting> {
        match self.http_client {
            true if auth == Auth::Optional && !self.credentials => {
                self.check_signing(Auth::Unsigned)
            }
            true => self.check_signing(auth),
            false => Err(MissingSetting::HttpClient),
        }
    }

    /// Checks that nothing is missing to sign a call, where that is possible.
    pub(crate) fn check_signing(&self, auth: Auth) -> Result<(), MissingSetting> {
        let signed = auth != Auth::Unsigned;
        if !self.sleep {
            Err(MissingSetting::Sleep)
        } else if signed && !self.region {
            Err(MissingSetting::Region)
        } else if signed && !self.credentials {
            Err(MissingSetting::Credentials)
        } else {
            Ok(())
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
    Credentials,
}

impl MissingSetting {
    /// Says what is missing, and what to do about it.
    pub(crate) fn message(self) -> &'static str {
        match self {
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
            Self::Credentials => {
                "no credentials: load the SdkConfig with `aws_config`, or set `credentials_provider` in it"
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: Prerequisites = Prerequisites {
        http_client: true,
        sleep: true,
        region: true,
        credentials: true,
    };

    #[test]
    fn what_is_missing_depends_on_how_a_call_is_signed() {
        let check = |prerequisites: Prerequisites| {
            [Auth::Signed, Auth::Optional, Auth::Unsigned]
                .map(|auth| prerequisites.check(auth).err())
        };
        assert_eq!(check(ALL), [None, None, None]);
        assert_eq!(
            check(Prerequisites {
                http_client: false,
                ..ALL
            }),
            [Some(MissingSetting::HttpClient); 3]
        );
        assert_eq!(
            check(Prerequisites {
                sleep: false,
                ..ALL
            }),
            [Some(MissingSetting::Sleep); 3]
        );
        assert_eq!(
            check(Prerequisites {
                region: false,
                ..ALL
            }),
            [
                Some(MissingSetting::Region),
                Some(MissingSetting::Region),
                None
            ]
        );
        assert_eq!(
            check(Prerequisites {
                credentials: false,
                ..ALL
            }),
            [Some(MissingSetting::Credentials), None, None]
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
