//! Defaults that services themselves refuse, mostly zeros of old models where one is the least that is valid. A client sends defaults, so
//! these go, as from AWS's clients: by `RemoveDefaultsDecorator`, below
//! <https://github.com/smithy-lang/smithy-rs/tree/main/aws/sdk-codegen/src/main/kotlin/software/amazon/smithy/rustsdk/customize>, and
//! <https://github.com/aws/aws-sdk-go-v2/issues/2734>. AWS removes them from the models one by one; a model without has nothing to do.

use crate::model::{Model, ShapeId, ShapeKind};

/// The shapes whose default goes, with that of all members that have such values, and members whose default goes.
const REFUSED: &[&str] = &[
    "com.amazonaws.amplifyuibuilder#ListComponentsLimit",
    "com.amazonaws.amplifyuibuilder#ListFormsLimit",
    "com.amazonaws.amplifyuibuilder#ListThemesLimit",
    "com.amazonaws.drs#CostOptimizationConfiguration$burstBalanceDeltaThreshold",
    "com.amazonaws.drs#CostOptimizationConfiguration$burstBalanceThreshold",
    "com.amazonaws.drs#LaunchActionOrder",
    "com.amazonaws.drs#MaxResultsReplicatingSourceServers",
    "com.amazonaws.drs#MaxResultsType",
    "com.amazonaws.drs#StrictlyPositiveInteger",
    "com.amazonaws.drs#Validity",
    "com.amazonaws.emrserverless#WorkerCounts",
    "com.amazonaws.evidently#ResultsPeriod",
    "com.amazonaws.imagebuilder#LaunchTemplateConfiguration$setDefaultVersion",
    "com.amazonaws.location#PlaceIndexSearchResultLimit",
    "com.amazonaws.paymentcryptographydata#IntegerRangeBetween4And12",
    "com.amazonaws.s3control#PublicAccessBlockConfiguration$BlockPublicAcls",
    "com.amazonaws.s3control#PublicAccessBlockConfiguration$BlockPublicPolicy",
    "com.amazonaws.s3control#PublicAccessBlockConfiguration$IgnorePublicAcls",
    "com.amazonaws.s3control#PublicAccessBlockConfiguration$RestrictPublicBuckets",
];

const DEFAULT: &str = "smithy.api#default";

/// Removes the defaults that services refuse.
pub fn remove_refused(model: &mut Model) {
    for id in REFUSED {
        match id.split_once('$') {
            Some((structure, member)) => remove_from_member(model, structure, member),
            None => remove_from_shape(model, id),
        }
    }
}

fn remove_from_member(model: &mut Model, structure: &str, name: &str) {
    let shape = model.get_mut(structure).map(|shape| &mut shape.kind);
    if let Some(ShapeKind::Structure(members)) = shape {
        for member in members.iter_mut().filter(|member| member.name == name) {
            member.traits.remove(DEFAULT);
        }
    }
}

fn remove_from_shape(model: &mut Model, id: &str) {
    let Some(shape) = model.get_mut(id) else {
        return;
    };
    shape.traits.remove(DEFAULT);
    let holders = model.shapes().filter(|shape| {
        let mut members = shape.members();
        members.any(|member| member.target.as_str() == id)
    });
    let holders: Vec<ShapeId> = holders.map(|shape| shape.id.clone()).collect();
    for holder in holders {
        let shape = model.get_mut(holder.as_str()).map(|shape| &mut shape.kind);
        if let Some(ShapeKind::Structure(members)) = shape {
            for member in members.iter_mut().filter(|it| it.target.as_str() == id) {
                member.traits.remove(DEFAULT);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixups::{apply, tests::service};
    use serde_json::json;

    #[test]
    fn defaults_that_a_service_refuses_go() {
        let member = |target: &str| json!({ "target": target, "traits": { DEFAULT: 0 } });
        let mut model = service(
            "com.amazonaws.emrserverless#AwsToledoWebService",
            json!({}),
            json!({
                "com.amazonaws.emrserverless#WorkerCounts": { "type": "long", "traits": { DEFAULT: 0 } },
                "com.amazonaws.emrserverless#Config": { "type": "structure", "members": {
                    "workerCount": member("com.amazonaws.emrserverless#WorkerCounts"),
                    "other": member("smithy.api#PrimitiveLong")
                } },
                "com.amazonaws.imagebuilder#LaunchTemplateConfiguration": { "type": "structure", "members": {
                    "setDefaultVersion": member("smithy.api#PrimitiveLong"),
                    "other": member("smithy.api#PrimitiveLong")
                } }
            }),
        );
        apply(&mut model).unwrap();
        let mut has_default = |structure: &str, name: &str| {
            let shape = model.get_mut(structure).unwrap();
            shape.member(name).unwrap().traits.has(DEFAULT)
        };
        let config = "com.amazonaws.emrserverless#Config";
        assert!(!has_default(config, "workerCount"));
        assert!(has_default(config, "other"));
        let template = "com.amazonaws.imagebuilder#LaunchTemplateConfiguration";
        assert!(!has_default(template, "setDefaultVersion"));
        assert!(has_default(template, "other"));
        let counts = model.get_mut("com.amazonaws.emrserverless#WorkerCounts");
        assert!(!counts.unwrap().traits.has(DEFAULT));
    }
}
