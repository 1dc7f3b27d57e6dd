//! A fix-up of the model of Amazon Route 53.

use serde_json::json;

use super::LAST_SEGMENT;
use crate::model::{Model, ShapeKind};

pub(super) const ROUTE_53: &str = "com.amazonaws.route53#AWSDnsV20130401";

/// The types of ids that responses have with a prefix: `/hostedzone/Z123`, `/change/C123`, `/delegationset/N123`.
const IDS: [&str; 3] = [
    "com.amazonaws.route53#ResourceId",
    "com.amazonaws.route53#ChangeId",
    "com.amazonaws.route53#DelegationSetId",
];

/// Marks ids that are parts of paths as ones that may have a prefix, which is left out.
///
/// Responses have them with a prefix, and requests that have them in their path are to have them without, so that what the one says could
/// not be put into the other. Reported as <https://github.com/awslabs/aws-sdk-rust/issues/344>.
pub(super) fn route53_ids_have_prefixes(model: &mut Model) -> Result<(), String> {
    let structures: Vec<_> = model
        .shapes()
        .filter(|shape| matches!(shape.kind, ShapeKind::Structure(_)))
        .map(|shape| shape.id.clone())
        .collect();
    for id in structures {
        let shape = model.get_mut(id.as_str()).map(|shape| &mut shape.kind);
        let Some(ShapeKind::Structure(members)) = shape else {
            continue;
        };
        for member in members {
            if IDS.contains(&member.target.as_str()) && member.traits.is_http_label() {
                member.traits.insert(LAST_SEGMENT, json!({}));
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::apply;
    use super::*;

    #[test]
    fn ids_in_paths_may_have_prefixes() {
        let label = json!({ "smithy.api#httpLabel": {} });
        let model = json!({ "smithy": "2.0", "shapes": {
            ROUTE_53: { "type": "service", "operations": [] },
            "com.amazonaws.route53#ResourceId": { "type": "string" },
            "com.amazonaws.route53#GetHostedZoneRequest": {
                "type": "structure",
                "members": {
                    "Id": { "target": "com.amazonaws.route53#ResourceId", "traits": label },
                    "Query": { "target": "com.amazonaws.route53#ResourceId" },
                    "Name": { "target": "smithy.api#String", "traits": label }
                }
            }
        }});
        let mut model = Model::parse(&model.to_string()).unwrap();
        apply(&mut model).unwrap();
        let request = model
            .get_mut("com.amazonaws.route53#GetHostedZoneRequest")
            .unwrap();
        let marked: Vec<_> = request
            .members()
            .filter(|member| member.traits.has(LAST_SEGMENT))
            .map(|member| &*member.name)
            .collect();
        assert_eq!(marked, ["Id"]);
    }
}
