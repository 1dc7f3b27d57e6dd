//! Glacier, all three as <https://smithy.io/2.0/aws/customizations/glacier-customizations.html> and the cases of Smithy's protocol tests
//! want it.

use std::collections::BTreeSet;

use serde_json::json;

use super::{headers, mark_operations};
use crate::model::{Model, ShapeKind};

pub const SERVICE: &str = "com.amazonaws.glacier#Glacier";

/// Has all requests name the version of the interface. A model has no way to say it, so this is always needed.
pub fn names_the_version(model: &mut Model) -> Result<(), String> {
    let version = match model.get_mut(SERVICE).map(|service| &service.kind) {
        Some(ShapeKind::Service(service)) => service.version.clone(),
        _ => return Ok(()),
    };
    headers(model, SERVICE, json!({ "x-amz-glacier-version": version }))
}

/// Makes the account of the credentials, `-`, that of requests which name no other.
pub fn defaults_to_the_own_account(model: &mut Model) -> Result<(), String> {
    const NAME: &str = "accountId";
    let inputs: BTreeSet<_> = model
        .shapes()
        .filter_map(|shape| match &shape.kind {
            ShapeKind::Operation(operation) => Some(operation.input.clone()),
            _ => None,
        })
        .collect();
    for input in inputs {
        let shape = model.get_mut(input.as_str());
        let Some(ShapeKind::Structure(members)) = shape.map(|shape| &mut shape.kind) else {
            continue;
        };
        let Some(member) = members.iter_mut().find(|member| member.name == NAME) else {
            continue;
        };
        let is_new = member.traits.default_value() != Some(&json!("-"));
        if !is_new && !member.traits.is_required() {
            return Err(format!("`{}` has that default itself", member.id()));
        }
        member.traits.remove("smithy.api#required");
        member.traits.insert("smithy.api#default", json!("-"));
    }
    Ok(())
}

/// Has uploads carry the hashes of their bodies. A model has no way to say it, so this is always needed.
pub fn hashes_uploads(model: &mut Model) -> Result<(), String> {
    let uploads = [
        "com.amazonaws.glacier#UploadArchive",
        "com.amazonaws.glacier#UploadMultipartPart",
    ];
    mark_operations(model, &uploads, "smithy.codegen.fixups#treeHash")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixups::{apply, tests::service};

    fn glacier(account: serde_json::Value) -> Model {
        let input = json!({ "type": "structure", "members": {
            "accountId": { "target": "smithy.api#String", "traits": account },
            "vaultName": { "target": "smithy.api#String", "traits": { "smithy.api#required": {} } }
        } });
        let operation =
            json!({ "type": "operation", "input": { "target": "com.amazonaws.glacier#In" } });
        service(
            SERVICE,
            json!({}),
            json!({
                "com.amazonaws.glacier#UploadArchive": operation,
                "com.amazonaws.glacier#DeleteVault": operation,
                "com.amazonaws.glacier#In": input
            }),
        )
    }

    #[test]
    fn requests_are_as_the_service_wants_them() {
        let mut model = glacier(json!({ "smithy.api#required": {} }));
        apply(&mut model).unwrap();
        let traits = &model.get_mut(SERVICE).unwrap().traits;
        let headers = traits.headers().unwrap().unwrap();
        assert_eq!(headers, [("x-amz-glacier-version", "2026-01-01")]);

        let input = model.get_mut("com.amazonaws.glacier#In").unwrap();
        let account = &input.member("accountId").unwrap().traits;
        assert_eq!(account.default_value(), Some(&json!("-")));
        assert!(!account.is_required());
        assert!(input.member("vaultName").unwrap().traits.is_required());

        let mut hashes = |name: &str| {
            let operation = model.get_mut(&format!("com.amazonaws.glacier#{name}"));
            operation.unwrap().traits.has_tree_hash()
        };
        assert!(hashes("UploadArchive"));
        assert!(!hashes("DeleteVault"));
    }

    #[test]
    fn a_model_that_has_the_default_needs_no_fixup() {
        let mut model = glacier(json!({ "smithy.api#default": "-" }));
        let error = apply(&mut model).unwrap_err().to_string();
        assert!(
            error.contains("`glacier_defaults_to_the_own_account` is no longer needed"),
            "{error}"
        );
    }
}
