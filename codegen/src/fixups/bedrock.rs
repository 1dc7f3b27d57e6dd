//! Bedrock's services.

use serde_json::json;

use crate::model::{HTTP_BEARER, Model, ShapeId};

/// The name that all of Bedrock's services sign for.
pub const SIGNING_NAME: &str = "bedrock";

/// Takes tokens from the environment variable `AWS_BEARER_TOKEN_BEDROCK`, and prefers them while it is set.
///
/// AWS's clients do so for every service that signs for `bedrock`: <https://github.com/smithy-lang/smithy-rs/pull/4241>,
/// <https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys-use.html>. A model has no way to say it, so this is always needed.
pub fn token_in_environment(model: &mut Model, service: &ShapeId) {
    if let Some(service) = model.get_mut(service.as_str())
        && service.traits.has(HTTP_BEARER)
    {
        service.traits.insert(
            "smithy.codegen.fixups#tokenVariable",
            json!("AWS_BEARER_TOKEN_BEDROCK"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixups::{apply, tests::service};

    fn variable(signing_name: &str, other: &str) -> Option<String> {
        let id = "com.amazonaws.bedrockthings#Things";
        let mut model = service(
            id,
            json!({ "aws.auth#sigv4": { "name": signing_name }, other: {} }),
            json!({}),
        );
        apply(&mut model).unwrap();
        let traits = &model.get_mut(id).unwrap().traits;
        traits.token_variable().unwrap().map(str::to_owned)
    }

    #[test]
    fn bedrocks_services_take_tokens_from_the_environment() {
        let expected = Some("AWS_BEARER_TOKEN_BEDROCK".to_owned());
        assert_eq!(variable("bedrock", HTTP_BEARER), expected);
        assert_eq!(variable("bedrock-agentcore", HTTP_BEARER), None);
        assert_eq!(variable("bedrock", "smithy.api#httpBasicAuth"), None);
    }
}
