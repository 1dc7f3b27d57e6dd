//! Fix-ups of the models of Amazon S3 and Amazon S3 Control.

use serde_json::json;

use super::{
    ERRORS_IN_SUCCESS, LABELS_OF_ENDPOINT, LEAVES_PRESIGNED_BODIES_OPEN, SESSIONS,
    SIGNS_CONTENT_SHA256, SIGNS_PATH_AS_SENT,
};
use crate::model::{Model, Shape, ShapeId, ShapeKind};

pub(super) const S3: &str = "com.amazonaws.s3#AmazonS3";
pub(super) const S3_CONTROL: &str = "com.amazonaws.s3control#AWSS3ControlServiceV20180820";

const BUCKET: &str = "Bucket";

/// Marks S3 as signing in ways of its own.
///
/// Keys are names of objects, whatever they look like, so that paths are signed as they are sent; the hash of the body is a header; and
/// the signature of a presigned request says `UNSIGNED-PAYLOAD`. None of this is in the model. It is documented in
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html> and
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html>.
pub(super) fn s3_signs_in_its_own_way(model: &mut Model) -> Result<(), String> {
    if let Some(service) = model.get_mut(S3) {
        for id in [
            SIGNS_CONTENT_SHA256,
            SIGNS_PATH_AS_SENT,
            LEAVES_PRESIGNED_BODIES_OPEN,
        ] {
            service.traits.insert(id, json!({}));
        }
    }
    Ok(())
}

/// Marks S3 as reporting errors in responses with the status 200.
///
/// Where an operation takes long, as CopyObject and CompleteMultipartUpload, S3 sends the head of its response before it knows how it ends.
/// It is documented in <https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html>.
pub(super) fn s3_reports_errors_in_successes(model: &mut Model) -> Result<(), String> {
    if let Some(service) = model.get_mut(S3) {
        service.traits.insert(ERRORS_IN_SUCCESS, json!({}));
    }
    Ok(())
}

/// Marks S3 as having sessions.
///
/// The endpoint rules want calls to directory buckets signed with `sigv4-s3express`, which is SigV4 with the credentials that CreateSession
/// returns for a bucket and another name for their token. It is documented in
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/s3-express-create-session.html>.
pub(super) fn s3_has_sessions(model: &mut Model) -> Result<(), String> {
    if let Some(service) = model.get_mut(S3) {
        let sessions = json!({
            "scheme": "sigv4-s3express",
            "parameter": BUCKET,
            "operation": "CreateSession",
            "tokenHeader": "x-amz-s3session-token",
            "tokenQuery": "X-Amz-S3session-Token"
        });
        service.traits.insert(SESSIONS, sessions);
    }
    Ok(())
}

/// Marks S3 Control as wanting the hash of the body in a header, as S3 does.
pub(super) fn s3_control_signs_the_hash_of_bodies(model: &mut Model) -> Result<(), String> {
    if let Some(service) = model.get_mut(S3_CONTROL) {
        service.traits.insert(SIGNS_CONTENT_SHA256, json!({}));
    }
    Ok(())
}

/// Takes the account out of the host prefixes of operations.
///
/// The endpoint rules of the model put it into the host where it belongs there, and its host prefixes put it there once more, and where
/// it does not belong. Reported as <https://github.com/awslabs/aws-sdk-swift/issues/832>.
pub(super) fn s3_control_account_is_in_the_endpoint(model: &mut Model) -> Result<(), String> {
    const ENDPOINT: &str = "smithy.api#endpoint";
    let of_accounts: Vec<_> = model
        .shapes()
        .filter(|shape| has_context(model, shape, "AccountId"))
        .map(|shape| shape.id.clone())
        .collect();
    let mut has_changed = of_accounts.is_empty();
    for id in of_accounts {
        let Some(operation) = model.get_mut(id.as_str()) else {
            continue;
        };
        let prefix = operation.traits.get(ENDPOINT);
        if prefix.and_then(|endpoint| endpoint.get("hostPrefix")) == Some(&"{AccountId}.".into()) {
            operation.traits.remove(ENDPOINT);
            has_changed = true;
        }
    }
    match has_changed {
        true => Ok(()),
        false => Err("no operation has the account as its host prefix".to_owned()),
    }
}

/// Takes the bucket out of the paths of requests.
///
/// The endpoint rules of the model put it into the host or into the path of the endpoint, and its HTTP bindings put it into the path once
/// more. AWS's clients leave the second one out: <https://github.com/aws/aws-sdk-java-v2/pull/3446>.
pub(super) fn s3_bucket_is_in_the_endpoint(model: &mut Model) -> Result<(), String> {
    let of_buckets: Vec<_> = model
        .shapes()
        .filter(|shape| has_context(model, shape, BUCKET))
        .map(|shape| shape.id.clone())
        .collect();
    let mut has_changed = of_buckets.is_empty();
    for id in of_buckets {
        has_changed |= take_bucket_out(model, &id);
    }
    match has_changed {
        true => Ok(()),
        false => Err("no path of an operation begins with the bucket".to_owned()),
    }
}

/// Returns `true` if the endpoint rules know this member of an operation's input.
fn has_context(model: &Model, operation: &Shape, member: &str) -> bool {
    let ShapeKind::Operation(operation) = &operation.kind else {
        return false;
    };
    let input = model.get(&operation.input);
    let member = input.and_then(|input| input.member(member));
    member.is_some_and(|member| member.traits.has("smithy.rules#contextParam"))
}

fn take_bucket_out(model: &mut Model, operation: &ShapeId) -> bool {
    let Some(operation) = model.get_mut(operation.as_str()) else {
        return false;
    };
    let http = operation.traits.get_mut("smithy.api#http");
    let Some(uri) = http.and_then(|http| http.get_mut("uri")) else {
        return false;
    };
    let rest = uri.as_str().and_then(|uri| uri.strip_prefix("/{Bucket}"));
    let without = match rest {
        Some(rest) if rest.starts_with('/') => rest.to_owned(),
        Some(rest) if rest.is_empty() || rest.starts_with('?') => format!("/{rest}"),
        _ => return false,
    };
    *uri = without.into();
    operation.traits.insert(LABELS_OF_ENDPOINT, json!([BUCKET]));
    true
}

#[cfg(test)]
mod tests {
    use super::super::apply;
    use super::*;
    use serde_json::Value;

    /// A model with one operation, which has this URI and a member `Bucket` with these traits.
    fn s3(uri: &str, bucket: Value) -> Model {
        let model = json!({ "smithy": "2.0", "shapes": {
            S3: { "type": "service", "operations": [{ "target": "com.amazonaws.s3#GetObject" }] },
            "com.amazonaws.s3#GetObject": {
                "type": "operation",
                "input": { "target": "com.amazonaws.s3#GetObjectRequest" },
                "traits": { "smithy.api#http": { "method": "GET", "uri": uri } }
            },
            "com.amazonaws.s3#GetObjectRequest": {
                "type": "structure",
                "members": { "Bucket": { "target": "smithy.api#String", "traits": bucket } }
            }
        }});
        Model::parse(&model.to_string()).unwrap()
    }

    fn context() -> Value {
        json!({ "smithy.api#httpLabel": {}, "smithy.rules#contextParam": { "name": "Bucket" } })
    }

    #[test]
    fn the_bucket_is_in_the_endpoint_and_not_in_the_path() {
        for (uri, expected) in [
            ("/{Bucket}", "/"),
            ("/{Bucket}?location", "/?location"),
            ("/{Bucket}/{Key+}?x-id=GetObject", "/{Key+}?x-id=GetObject"),
        ] {
            let mut model = s3(uri, context());
            apply(&mut model).unwrap();
            let operation = model.get_mut("com.amazonaws.s3#GetObject").unwrap();
            assert_eq!(
                operation.traits.get("smithy.api#http").unwrap()["uri"],
                expected
            );
            assert_eq!(
                operation.traits.get(LABELS_OF_ENDPOINT),
                Some(&json!([BUCKET]))
            );
        }
    }

    #[test]
    fn the_account_is_in_the_endpoint_and_in_no_prefix() {
        let model = |prefix: &str, account: Value| {
            let model = json!({ "smithy": "2.0", "shapes": {
                S3_CONTROL: { "type": "service", "operations": [{ "target": "com.amazonaws.s3control#GetJob" }] },
                "com.amazonaws.s3control#GetJob": {
                    "type": "operation",
                    "input": { "target": "com.amazonaws.s3control#GetJobRequest" },
                    "traits": { "smithy.api#endpoint": { "hostPrefix": prefix } }
                },
                "com.amazonaws.s3control#GetJobRequest": {
                    "type": "structure",
                    "members": { "AccountId": { "target": "smithy.api#String", "traits": account } }
                }
            }});
            Model::parse(&model.to_string()).unwrap()
        };
        let context = || json!({ "smithy.rules#contextParam": { "name": "AccountId" } });
        let mut fixed = model("{AccountId}.", context());
        apply(&mut fixed).unwrap();
        let operation = fixed.get_mut("com.amazonaws.s3control#GetJob").unwrap();
        assert_eq!(operation.traits.get("smithy.api#endpoint"), None);

        let mut other = model("{AccountId}.", json!({}));
        apply(&mut other).unwrap();
        let operation = other.get_mut("com.amazonaws.s3control#GetJob").unwrap();
        assert!(operation.traits.has("smithy.api#endpoint"));

        let error = apply(&mut model("jobs.", context())).unwrap_err();
        let text = error.to_string();
        assert!(
            text.ends_with("no operation has the account as its host prefix"),
            "{text}"
        );
    }

    #[test]
    fn a_path_without_the_bucket_needs_no_fixup() {
        let mut model = s3("/{Key+}", context());
        assert_eq!(
            apply(&mut model).unwrap_err().to_string(),
            "com.amazonaws.s3#AmazonS3: the fix-up `s3_bucket_is_in_the_endpoint` is no longer needed and must be removed from the \
             generator: no path of an operation begins with the bucket"
        );
        let mut model = s3("/{Bucket}", json!({ "smithy.api#httpLabel": {} }));
        apply(&mut model).unwrap();
        let operation = model.get_mut("com.amazonaws.s3#GetObject").unwrap();
        assert_eq!(
            operation.traits.get("smithy.api#http").unwrap()["uri"],
            "/{Bucket}"
        );
    }
}
