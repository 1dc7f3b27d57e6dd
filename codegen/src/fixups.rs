//! Quirks of published models, mended before anything is generated from them.
//!
//! A fix-up is a named function with its reason, for the model of one service. Once the model no longer needs it, it is an error that
//! says so, and the function goes. Where a model lacks the thing that is to be mended (a cut-down model has fewer operations), there is
//! nothing to do.

use serde_json::{Value, json};

use crate::smithy::Model;
use crate::{Error, Problems};

/// A quirk of one service's model.
struct Fixup {
    /// The service whose model has it.
    service: &'static str,
    /// What the fix-up is called here.
    name: &'static str,
    /// Mends it. The error says why the model no longer needs that.
    mend: fn(&mut Model) -> Result<(), String>,
}

const FIXUPS: &[Fixup] = &[Fixup {
    service: "com.amazonaws.healthlake#HealthLake",
    name: "healthlake_import_waiter_ends_when_cancelled",
    mend: healthlake_import_waiter_ends_when_cancelled,
}];

/// Applies all fix-ups for the services of a model.
pub fn apply(model: &mut Model) -> Result<(), Error> {
    let mut problems = Problems::new();
    for Fixup {
        service,
        name,
        mend,
    } in FIXUPS
    {
        if model.get_mut(service).is_some()
            && let Err(why) = mend(model)
        {
            let message = format!(
                "the fix-up `{name}` is no longer needed and must be removed from the generator: {why}"
            );
            problems.push(Error::at(service, message));
        }
    }
    problems.finish(())
}

/// The waiter for the end of an import does not know the states of a cancelled job, which are final, and would wait until its time is
/// up. The waiter for the end of an export, otherwise the same, knows them.
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

#[cfg(test)]
mod tests {
    use super::*;

    const HEALTHLAKE: &str = include_str!("../../models/healthlake-2017-07-01.json");
    const OPERATION: &str = "com.amazonaws.healthlake#DescribeFHIRImportJob";

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
        let mut model = Model::parse(HEALTHLAKE).unwrap();
        assert_eq!(failures(&mut model), ["FAILED"]);
        apply(&mut model).unwrap();
        assert_eq!(
            failures(&mut model),
            ["FAILED", "CANCEL_COMPLETED", "CANCEL_FAILED"]
        );
    }

    #[test]
    fn a_fixup_that_is_not_needed_is_an_error() {
        let mut model = Model::parse(HEALTHLAKE).unwrap();
        apply(&mut model).unwrap();
        assert_eq!(
            apply(&mut model).unwrap_err().to_string(),
            "com.amazonaws.healthlake#HealthLake: the fix-up `healthlake_import_waiter_ends_when_cancelled` is no longer needed and \
             must be removed from the generator: the waiter FHIRImportJobCompleted knows CANCEL_COMPLETED itself"
        );
    }

    #[test]
    fn other_models_are_left_alone() {
        let text = HEALTHLAKE.replace("com.amazonaws.healthlake#", "com.example#");
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
    fn a_model_without_the_waiter_has_nothing_to_mend() {
        let text = HEALTHLAKE.replace("FHIRImportJobCompleted", "Other");
        apply(&mut Model::parse(&text).unwrap()).unwrap();
    }
}
