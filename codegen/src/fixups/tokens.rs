//! Services that hand out credentials. AWS's clients have these fix-ups as `STSDecorator` and `SSODecorator`, below
//! <https://github.com/smithy-lang/smithy-rs/tree/main/aws/sdk-codegen/src/main/kotlin/software/amazon/smithy/rustsdk/customize>.

use serde_json::json;

use crate::model::Model;

pub const SSO: &str = "com.amazonaws.sso#SWBPortalService";
pub const STS: &str = "com.amazonaws.sts#AWSSecurityTokenServiceV20110615";

/// Keeps credentials out of logs. A model that does so itself has nothing to do.
pub fn sso_credentials_are_sensitive(model: &mut Model) -> Result<(), String> {
    let _ = mark_sensitive(model, "com.amazonaws.sso#RoleCredentials");
    Ok(())
}

/// Keeps credentials out of logs.
pub fn sts_credentials_are_sensitive(model: &mut Model) -> Result<(), String> {
    mark_sensitive(model, "com.amazonaws.sts#Credentials")
}

/// Retries calls for which the identity provider could not be reached, as the documentation of that error advises.
pub fn sts_retries_identity_providers(model: &mut Model) -> Result<(), String> {
    const ERROR: &str = "com.amazonaws.sts#IDPCommunicationErrorException";
    let Some(error) = model.get_mut(ERROR) else {
        return Ok(());
    };
    if error.traits.has("smithy.api#retryable") {
        return Err(format!("{ERROR} is retryable itself"));
    }
    error.traits.insert("smithy.api#retryable", json!({}));
    Ok(())
}

fn mark_sensitive(model: &mut Model, shape: &str) -> Result<(), String> {
    const SENSITIVE: &str = "smithy.api#sensitive";
    let Some(credentials) = model.get_mut(shape) else {
        return Ok(());
    };
    if credentials.traits.is_sensitive() {
        return Err(format!("{shape} is sensitive itself"));
    }
    credentials.traits.insert(SENSITIVE, json!({}));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixups::{apply, tests::service};

    fn sts(credentials: serde_json::Value, error: serde_json::Value) -> Model {
        service(
            STS,
            json!({}),
            json!({
                "com.amazonaws.sts#Credentials": { "type": "structure", "traits": credentials },
                "com.amazonaws.sts#IDPCommunicationErrorException": { "type": "structure", "traits": error }
            }),
        )
    }

    #[test]
    fn credentials_are_sensitive_and_providers_asked_again() {
        let mut model = sts(json!({}), json!({ "smithy.api#error": "client" }));
        apply(&mut model).unwrap();
        let credentials = model.get_mut("com.amazonaws.sts#Credentials").unwrap();
        assert!(credentials.traits.is_sensitive());
        let error = model.get_mut("com.amazonaws.sts#IDPCommunicationErrorException");
        assert!(error.unwrap().traits.retryable().unwrap().is_some());
    }

    #[test]
    fn a_model_that_says_so_itself_needs_no_fixup() {
        let mut model = sts(
            json!({ "smithy.api#sensitive": {} }),
            json!({ "smithy.api#retryable": {} }),
        );
        let error = apply(&mut model).unwrap_err().to_string();
        assert!(
            error.contains("`sts_credentials_are_sensitive` is no longer needed"),
            "{error}"
        );
        assert!(
            error.contains("`sts_retries_identity_providers` is no longer needed"),
            "{error}"
        );
    }
}
