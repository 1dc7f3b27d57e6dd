//! Fix-ups of published models, applied before anything is generated from them.
//!
//! A fix-up is a function for the model of one service. Its documentation gives the reason, and where the quirk was reported. Once the
//! model no longer needs it, applying it is an error that says so, and the function goes. Where a model lacks the shape that a fix-up
//! is for (a cut-down model has fewer operations), there is nothing to do.

mod api_gateway;
mod bedrock;
mod defaults;
mod glacier;
mod route53;
mod s3;
mod stalling;
mod tokens;

use serde_json::{Value, json};

use crate::model::{Model, ShapeId, ShapeKind};
use crate::{Diagnostics, Error};

/// A quirk of one service's model.
struct Fixup {
    /// The service whose model has it.
    service: &'static str,
    /// The name of the fix-up, for diagnostics.
    name: &'static str,
    /// Applies the fix-up. The error is the reason why the model no longer needs it.
    apply: fn(&mut Model) -> Result<(), String>,
}

const FIXUPS: &[Fixup] = &[
    Fixup {
        service: "com.amazonaws.healthlake#HealthLake",
        name: "healthlake_import_waiter_ends_when_cancelled",
        apply: healthlake_import_waiter_ends_when_cancelled,
    },
    Fixup {
        service: LOGS,
        name: "logs_events_end_with_the_same_token",
        apply: logs_events_end_with_the_same_token,
    },
    Fixup {
        service: MACHINE_LEARNING,
        name: "machine_learning_predicts_at_the_given_endpoint",
        apply: machine_learning_predicts_at_the_given_endpoint,
    },
    Fixup {
        service: route53::ROUTE_53,
        name: "route53_ids_have_prefixes",
        apply: route53::route53_ids_have_prefixes,
    },
    Fixup {
        service: s3::S3,
        name: "s3_bucket_is_in_the_endpoint",
        apply: s3::s3_bucket_is_in_the_endpoint,
    },
    Fixup {
        service: s3::S3,
        name: "s3_has_sessions",
        apply: s3::s3_has_sessions,
    },
    Fixup {
        service: s3::S3,
        name: "s3_reports_errors_in_successes",
        apply: s3::s3_reports_errors_in_successes,
    },
    Fixup {
        service: s3::S3,
        name: "s3_signs_in_its_own_way",
        apply: s3::s3_signs_in_its_own_way,
    },
    Fixup {
        service: s3::S3_CONTROL,
        name: "s3_control_account_is_in_the_endpoint",
        apply: s3::s3_control_account_is_in_the_endpoint,
    },
    Fixup {
        service: s3::S3_CONTROL,
        name: "s3_control_signs_the_hash_of_bodies",
        apply: s3::s3_control_signs_the_hash_of_bodies,
    },
    Fixup {
        service: api_gateway::SERVICE,
        name: "api_gateway_accepts_json",
        apply: api_gateway::accepts_json,
    },
    Fixup {
        service: glacier::SERVICE,
        name: "glacier_names_the_version",
        apply: glacier::names_the_version,
    },
    Fixup {
        service: glacier::SERVICE,
        name: "glacier_defaults_to_the_own_account",
        apply: glacier::defaults_to_the_own_account,
    },
    Fixup {
        service: glacier::SERVICE,
        name: "glacier_hashes_uploads",
        apply: glacier::hashes_uploads,
    },
    Fixup {
        service: stalling::LAMBDA,
        name: "lambda_invocations_may_stall",
        apply: stalling::lambda,
    },
    Fixup {
        service: stalling::S3,
        name: "s3_copies_may_stall",
        apply: stalling::s3,
    },
    Fixup {
        service: stalling::TRANSCRIBE_STREAMING,
        name: "transcribe_streaming_may_stall",
        apply: stalling::transcribe_streaming,
    },
    Fixup {
        service: tokens::SSO,
        name: "sso_credentials_are_sensitive",
        apply: tokens::sso_credentials_are_sensitive,
    },
    Fixup {
        service: tokens::STS,
        name: "sts_credentials_are_sensitive",
        apply: tokens::sts_credentials_are_sensitive,
    },
    Fixup {
        service: tokens::STS,
        name: "sts_retries_identity_providers",
        apply: tokens::sts_retries_identity_providers,
    },
];

/// A trait that only fix-ups add to paginated operations: a response with the token of its request is the last page.
/// Elsewhere a repeated token is an error, so that nobody requests the same page for ever.
const ENDS_WITH_SAME_TOKEN: &str = "smithy.codegen.fixups#endsWithSameToken";

/// A trait that only fix-ups add to operations: the labels that are no part of its path, since the endpoint rules put them into the URL.
pub const LABELS_OF_ENDPOINT: &str = "smithy.codegen.fixups#labelsOfEndpoint";

/// A trait that only fix-ups add to services: a response may report an error although its status is that of a success.
pub const ERRORS_IN_SUCCESS: &str = "smithy.codegen.fixups#errorsInSuccess";

/// A trait that only fix-ups add to members that are labels: what stands before a slash in them is left out.
pub const LAST_SEGMENT: &str = "smithy.codegen.fixups#lastSegment";

/// A trait that only fix-ups add to services: requests have the hash of their body in the header `x-amz-content-sha256`.
pub const SIGNS_CONTENT_SHA256: &str = "smithy.codegen.fixups#signsContentSha256";

/// A trait that only fix-ups add to services: paths are signed as they are sent, neither encoded twice nor normalized.
pub const SIGNS_PATH_AS_SENT: &str = "smithy.codegen.fixups#signsPathAsSent";

/// A trait that only fix-ups add to services: the signatures of presigned requests say nothing of bodies.
pub const LEAVES_PRESIGNED_BODIES_OPEN: &str = "smithy.codegen.fixups#leavesPresignedBodiesOpen";

/// A trait that only fix-ups add to services: some calls are signed with the credentials of a session, which an operation creates.
pub const SESSIONS: &str = "smithy.codegen.fixups#sessions";

const LOGS: &str = "com.amazonaws.cloudwatchlogs#Logs_20140328";
const MACHINE_LEARNING: &str = "com.amazonaws.machinelearning#AmazonML_20141212";

/// Applies all fix-ups for the services of a model.
pub fn apply(model: &mut Model) -> Result<(), Error> {
    let mut diagnostics = Diagnostics::new();
    for Fixup {
        service,
        name,
        apply,
    } in FIXUPS
    {
        if model.get_mut(service).is_some()
            && let Err(why) = apply(model)
        {
            let message = format!(
                "the fix-up `{name}` is no longer needed and must be removed from the generator: {why}"
            );
            diagnostics.push(Error::at(service, message));
        }
    }
    let bedrock = model.shapes().filter(|shape| {
        let name = shape.traits.sigv4_name().ok().flatten();
        name == Some(bedrock::SIGNING_NAME)
    });
    let bedrock: Vec<ShapeId> = bedrock.map(|shape| shape.id.clone()).collect();
    for service in bedrock {
        bedrock::token_in_environment(model, &service);
    }
    defaults::remove_refused(model);
    diagnostics.finish(())
}

/// Has every request of a service carry headers.
fn headers(model: &mut Model, service: &str, headers: Value) -> Result<(), String> {
    if let Some(service) = model.get_mut(service) {
        service
            .traits
            .insert("smithy.codegen.fixups#headers", headers);
    }
    Ok(())
}

/// Adds an annotation to operations.
fn mark_operations(model: &mut Model, operations: &[&str], annotation: &str) -> Result<(), String> {
    for operation in operations {
        if let Some(operation) = model.get_mut(operation) {
            operation.traits.insert(annotation, json!({}));
        }
    }
    Ok(())
}

/// Adds acceptors for cancelled jobs to the waiter for the end of an import.
///
/// `FHIRImportJobCompleted` has no acceptors for the states of a cancelled job, which are final, so that it would poll until its
/// time is up. `FHIRExportJobCompleted`, otherwise the same, has them. Not reported yet.
fn healthlake_import_waiter_ends_when_cancelled(model: &mut Model) -> Result<(), String> {
    let operation = model.get_mut("com.amazonaws.healthlake#DescribeFHIRImportJob");
    let waiters =
        operation.and_then(|operation| operation.traits.get_mut("smithy.waiters#waitable"));
    let waiter = waiters.and_then(|waiters| waiters.get_mut("FHIRImportJobCompleted"));
    let Some(Value::Array(acceptors)) = waiter.and_then(|waiter| waiter.get_mut("acceptors"))
    else {
        return Ok(());
    };
    for status in ["CANCEL_COMPLETED", "CANCEL_FAILED"] {
        let knows =
            |acceptor: &Value| acceptor.pointer("/matcher/output/expected") == Some(&status.into());
        if acceptors.iter().any(knows) {
            return Err(format!(
                "the waiter FHIRImportJobCompleted knows {status} itself"
            ));
        }
        acceptors.push(json!({
            "state": "failure",
            "matcher": {
                "output": { "path": "ImportJobProperties.JobStatus", "expected": status, "comparator": "stringEquals" }
            }
        }));
    }
    Ok(())
}

/// Marks the pages of GetLogEvents as ending with a repeated token.
///
/// Its responses always have a token: at the end of a stream it is that of the request, which the model says in its documentation
/// only. Reported as <https://github.com/awslabs/aws-sdk-rust/issues/620>.
fn logs_events_end_with_the_same_token(model: &mut Model) -> Result<(), String> {
    let Some(operation) = model.get_mut("com.amazonaws.cloudwatchlogs#GetLogEvents") else {
        return Ok(());
    };
    let pages = operation.traits.get("smithy.api#paginated");
    let token = pages.and_then(|pages| pages.get("outputToken")?.as_str());
    match token {
        None => Ok(()),
        Some("nextForwardToken") => {
            operation.traits.insert(ENDS_WITH_SAME_TOKEN, json!({}));
            Ok(())
        }
        Some(other) => Err(format!(
            "the pages of GetLogEvents follow the token {other}, not nextForwardToken"
        )),
    }
}

/// Makes the member PredictEndpoint of Predict a parameter of the endpoint rules, with a rule before all others.
///
/// Every machine learning model has an endpoint of its own, which Predict takes as a member. That the request has to go there is
/// said in documentation only. Reported as <https://github.com/smithy-lang/smithy-rs/issues/139>.
fn machine_learning_predicts_at_the_given_endpoint(model: &mut Model) -> Result<(), String> {
    const NAME: &str = "PredictEndpoint";
    let operation = model.get_mut("com.amazonaws.machinelearning#Predict");
    let input = match operation.map(|operation| &operation.kind) {
        Some(ShapeKind::Operation(operation)) => operation.input.clone(),
        _ => return Ok(()),
    };
    let input = model.get_mut(input.as_str());
    let Some(ShapeKind::Structure(members)) = input.map(|input| &mut input.kind) else {
        return Ok(());
    };
    let Some(member) = members.iter_mut().find(|member| member.name == NAME) else {
        return Ok(());
    };
    if member.traits.has("smithy.rules#contextParam") {
        return Err(format!("the endpoint rules know {NAME} themselves"));
    }
    member
        .traits
        .insert("smithy.rules#contextParam", json!({ "name": NAME }));

    let Some(service) = model.get_mut(MACHINE_LEARNING) else {
        return Ok(());
    };
    if service.traits.endpoint_rule_set().is_none() {
        service
            .traits
            .insert("smithy.rules#endpointRuleSet", rules_without_endpoints());
    }
    let rule_set = service.traits.get_mut("smithy.rules#endpointRuleSet");
    let Some(Value::Object(rule_set)) = rule_set else {
        return Ok(());
    };
    if let Some(Value::Object(parameters)) = rule_set.get_mut("parameters") {
        parameters.insert(
            NAME.to_owned(),
            json!({ "type": "String", "documentation": "Where to predict" }),
        );
    }
    if let Some(Value::Array(rules)) = rule_set.get_mut("rules") {
        rules.insert(0, rule_for(NAME));
    }
    Ok(())
}

/// Returns the endpoint rules for a service without any: the endpoint URL of the client.
fn rules_without_endpoints() -> Value {
    json!({
        "version": "1.0",
        "parameters": { "Endpoint": { "type": "String", "builtIn": "SDK::Endpoint", "documentation": "The endpoint" } },
        "rules": [rule_for("Endpoint"), { "type": "error", "conditions": [], "error": "no endpoint URL is set" }]
    })
}

/// Returns a rule that takes the endpoint from a parameter.
fn rule_for(parameter: &str) -> Value {
    json!({
        "type": "endpoint",
        "conditions": [{ "fn": "isSet", "argv": [{ "ref": parameter }] }],
        "endpoint": { "url": { "ref": parameter }, "properties": {}, "headers": {} }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A model of a service with these traits, and other shapes.
    pub fn service(id: &str, traits: Value, shapes: Value) -> Model {
        let mut model = json!({ "smithy": "2.0", "shapes": shapes });
        model["shapes"][id] =
            json!({ "type": "service", "version": "2026-01-01", "traits": traits });
        Model::parse(&model.to_string()).unwrap()
    }

    const OPERATION: &str = "com.amazonaws.healthlake#DescribeFHIRImportJob";

    /// A model with the waiter for the end of an import as it is published.
    fn healthlake() -> String {
        let acceptors = [
            ("success", "COMPLETED"),
            ("success", "COMPLETED_WITH_ERRORS"),
            ("failure", "FAILED"),
        ]
        .map(|(state, status)| {
            let output = json!({ "path": "ImportJobProperties.JobStatus", "expected": status, "comparator": "stringEquals" });
            json!({ "state": state, "matcher": { "output": output } })
        });
        let model = json!({ "smithy": "2.0", "shapes": {
            "com.amazonaws.healthlake#HealthLake": {
                "type": "service",
                "operations": [{ "target": OPERATION }]
            },
            OPERATION: {
                "type": "operation",
                "traits": { "smithy.waiters#waitable": { "FHIRImportJobCompleted": { "acceptors": acceptors } } }
            }
        }});
        model.to_string()
    }

    fn failures(model: &mut Model) -> Vec<String> {
        let waiters = model
            .get_mut(OPERATION)
            .unwrap()
            .traits
            .waitable()
            .unwrap()
            .unwrap();
        let acceptors = waiters["FHIRImportJobCompleted"]["acceptors"]
            .as_array()
            .unwrap();
        let failures = acceptors
            .iter()
            .filter(|acceptor| acceptor["state"] == "failure");
        failures
            .map(|acceptor| {
                acceptor["matcher"]["output"]["expected"]
                    .as_str()
                    .unwrap()
                    .to_owned()
            })
            .collect()
    }

    #[test]
    fn the_import_waiter_ends_when_the_job_is_cancelled() {
        let mut model = Model::parse(&healthlake()).unwrap();
        assert_eq!(failures(&mut model), ["FAILED"]);
        apply(&mut model).unwrap();
        assert_eq!(
            failures(&mut model),
            ["FAILED", "CANCEL_COMPLETED", "CANCEL_FAILED"]
        );
    }

    #[test]
    fn a_fixup_that_is_not_needed_is_an_error() {
        let mut model = Model::parse(&healthlake()).unwrap();
        apply(&mut model).unwrap();
        assert_eq!(
            apply(&mut model).unwrap_err().to_string(),
            "com.amazonaws.healthlake#HealthLake: the fix-up `healthlake_import_waiter_ends_when_cancelled` is no longer needed and \
             must be removed from the generator: the waiter FHIRImportJobCompleted knows CANCEL_COMPLETED itself"
        );
    }

    #[test]
    fn other_models_are_left_alone() {
        let text = healthlake().replace("com.amazonaws.healthlake#", "com.example#");
        let mut model = Model::parse(&text).unwrap();
        apply(&mut model).unwrap();
        let operation = model.get_mut("com.example#DescribeFHIRImportJob").unwrap();
        let waiters = operation.traits.waitable().unwrap().unwrap();
        assert_eq!(
            waiters["FHIRImportJobCompleted"]["acceptors"]
                .as_array()
                .unwrap()
                .len(),
            3
        );
    }

    #[test]
    fn a_model_without_the_waiter_needs_no_fixup() {
        let text = healthlake().replace("FHIRImportJobCompleted", "Other");
        apply(&mut Model::parse(&text).unwrap()).unwrap();
    }

    fn logs(paginated: Value) -> Result<bool, String> {
        let model = json!({ "smithy": "2.0", "shapes": {
            LOGS: {
                "type": "service",
                "operations": [{ "target": "com.amazonaws.cloudwatchlogs#GetLogEvents" }],
                "traits": { "aws.protocols#awsJson1_1": {} }
            },
            "com.amazonaws.cloudwatchlogs#GetLogEvents": { "type": "operation", "traits": paginated }
        }});
        let mut model = Model::parse(&model.to_string()).unwrap();
        apply(&mut model).map_err(|error| error.to_string())?;
        let operation = model.get_mut("com.amazonaws.cloudwatchlogs#GetLogEvents");
        Ok(operation.unwrap().traits.has(ENDS_WITH_SAME_TOKEN))
    }

    #[test]
    fn log_events_end_with_the_same_token() {
        let with = |token: &str| {
            logs(
                json!({ "smithy.api#paginated": { "inputToken": "nextToken", "outputToken": token } }),
            )
        };
        assert_eq!(with("nextForwardToken"), Ok(true));
        assert_eq!(logs(json!({})), Ok(false));
        assert_eq!(
            with("nextToken").unwrap_err(),
            "com.amazonaws.cloudwatchlogs#Logs_20140328: the fix-up `logs_events_end_with_the_same_token` is no longer needed and must \
             be removed from the generator: the pages of GetLogEvents follow the token nextToken, not nextForwardToken"
        );
    }

    fn machine_learning(member: Value, service: Value) -> Model {
        let mut model = json!({
            "smithy": "2.0",
            "shapes": {
                "com.amazonaws.machinelearning#AmazonML_20141212": {
                    "type": "service",
                    "version": "2014-12-12",
                    "operations": [{ "target": "com.amazonaws.machinelearning#Predict" }],
                    "traits": { "aws.protocols#awsJson1_1": {}, "aws.api#service": { "sdkId": "Machine Learning" } }
                },
                "com.amazonaws.machinelearning#Predict": {
                    "type": "operation",
                    "input": { "target": "com.amazonaws.machinelearning#PredictInput" }
                },
                "com.amazonaws.machinelearning#PredictInput": {
                    "type": "structure",
                    "members": { "PredictEndpoint": { "target": "smithy.api#String", "traits": member } }
                }
            }
        });
        let traits = &mut model["shapes"][MACHINE_LEARNING]["traits"];
        traits
            .as_object_mut()
            .unwrap()
            .extend(service.as_object().unwrap().clone());
        Model::parse(&model.to_string()).unwrap()
    }

    #[test]
    fn predictions_go_to_the_endpoint_that_they_name() {
        let rules = json!({ "smithy.rules#endpointRuleSet": rules_without_endpoints() });
        for service in [json!({}), rules] {
            let mut model = machine_learning(json!({}), service);
            apply(&mut model).unwrap();
            let rule_set = model
                .get_mut(MACHINE_LEARNING)
                .unwrap()
                .traits
                .endpoint_rule_set()
                .unwrap();
            assert_eq!(rule_set["parameters"]["PredictEndpoint"]["type"], "String");
            assert_eq!(
                rule_set["rules"][0]["endpoint"]["url"]["ref"],
                "PredictEndpoint"
            );
            assert_eq!(rule_set["rules"][1]["endpoint"]["url"]["ref"], "Endpoint");
            let input = model
                .get_mut("com.amazonaws.machinelearning#PredictInput")
                .unwrap();
            let member = input.member("PredictEndpoint").unwrap();
            assert_eq!(
                member.traits.context_param().unwrap(),
                Some("PredictEndpoint")
            );
        }
    }

    #[test]
    fn predictions_that_know_their_endpoint_need_no_fixup() {
        let mut model = machine_learning(
            json!({ "smithy.rules#contextParam": { "name": "Other" } }),
            json!({}),
        );
        let error = apply(&mut model).unwrap_err().to_string();
        assert!(
            error.ends_with("the endpoint rules know PredictEndpoint themselves"),
            "{error}"
        );
    }
}
