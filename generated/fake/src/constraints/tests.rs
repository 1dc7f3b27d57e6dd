use serde_json::{Map, Value, json};

use super::requests as requests_table;
use super::{Shape, problems};
use crate::service::OPERATIONS;

const MODEL: &str = include_str!("../../../../models/healthlake-2017-07-01.json");

/// A shape of the table in a form that can be compared.
fn described(shape: &Shape) -> Value {
    let members = |kind: &str, members: &[super::Member]| {
        let members: Vec<_> = members
            .iter()
            .map(|member| json!([member.name, member.required, described(member.shape)]))
            .collect();
        json!({ kind: members })
    };
    match shape {
        Shape::Text(text) => json!({ "length": text.length, "pattern": text.pattern }),
        Shape::Enum(values) => json!({ "enum": values }),
        Shape::Integer(range) => json!({ "range": range }),
        Shape::Boolean => json!("boolean"),
        Shape::Timestamp => json!("timestamp"),
        Shape::List { of, length } => json!({ "list": described(of), "length": length }),
        Shape::Map { key, value, length } => {
            json!({ "key": described(key), "value": described(value), "length": length })
        }
        Shape::Structure(of) => members("structure", of),
        Shape::Union(of) => members("union", of),
    }
}

/// The same of a shape in the model.
struct Model(Map<String, Value>);

impl Model {
    fn describe(&self, id: &str) -> Value {
        // The shapes of Smithy itself are not in the model.
        let own = json!({ "type": id.trim_start_matches("smithy.api#").to_lowercase() });
        let shape = self.0.get(id).unwrap_or(&own);
        let traits = &shape["traits"];
        let bounds = |name: &str| {
            let bounds = &traits[format!("smithy.api#{name}")];
            let min = bounds["min"].as_i64().unwrap_or_default();
            (!bounds.is_null()).then(|| json!([min, bounds["max"]]))
        };
        let describe = |part: &str| self.describe(shape[part]["target"].as_str().unwrap());
        match shape["type"].as_str().unwrap() {
            "string" => {
                json!({ "length": bounds("length"), "pattern": traits["smithy.api#pattern"] })
            }
            "integer" => json!({ "range": bounds("range") }),
            "enum" => json!({ "enum": self.values(shape) }),
            "list" => {
                json!({ "list": describe("member"), "length": bounds("length") })
            }
            "map" => {
                json!({ "key": describe("key"), "value": describe("value"), "length": bounds("length") })
            }
            kind @ ("structure" | "union") => json!({ kind: self.members(shape) }),
            simple => json!(simple),
        }
    }

    fn values(&self, shape: &Value) -> Vec<Value> {
        let members = shape["members"].as_object().unwrap().values();
        members
            .map(|member| member["traits"]["smithy.api#enumValue"].clone())
            .collect()
    }

    fn members(&self, shape: &Value) -> Vec<Value> {
        let members = shape["members"].as_object().unwrap().iter();
        members
            .map(|(name, member)| {
                let required = !member["traits"]["smithy.api#required"].is_null();
                json!([
                    name,
                    required,
                    self.describe(member["target"].as_str().unwrap())
                ])
            })
            .collect()
    }
}

/// Members in any order: `serde_json` sorts those of the model.
fn sorted(mut value: Value) -> Value {
    match &mut value {
        Value::Array(items) => {
            items
                .iter_mut()
                .for_each(|item| *item = sorted(item.take()));
            if items.iter().any(|item| item.is_array()) {
                items.sort_by_key(Value::to_string);
            }
        }
        Value::Object(members) => {
            members
                .values_mut()
                .for_each(|member| *member = sorted(member.take()));
        }
        _ => (),
    }
    if let Some(values) = value.get_mut("enum").and_then(Value::as_array_mut) {
        values.sort_by_key(Value::to_string);
    }
    value
}

#[test]
fn the_table_is_the_models() {
    let model: Value = serde_json::from_str(MODEL).unwrap();
    let model = Model(model["shapes"].as_object().unwrap().clone());
    for operation in &OPERATIONS {
        let in_model = &model.0[&format!("com.amazonaws.healthlake#{}", operation.name)];
        let input = in_model["input"]["target"].as_str().unwrap();
        let (of_table, expected) = (described(operation.request), model.describe(input));
        assert_eq!(sorted(of_table), sorted(expected), "{}", operation.name);
    }
}

#[test]
fn every_pattern_compiles() {
    fn walk(shape: &Shape) {
        match shape {
            Shape::Text(text) => {
                text.matches("");
                let compiled = text.compiled.get().unwrap().is_some();
                assert_eq!(compiled, text.pattern.is_some(), "{:?}", text.pattern);
            }
            Shape::List { of, .. } => walk(of),
            Shape::Map { key, value, .. } => {
                walk(key);
                walk(value);
            }
            Shape::Structure(of) | Shape::Union(of) => {
                of.iter().for_each(|member| walk(member.shape))
            }
            _ => (),
        }
    }
    OPERATIONS
        .iter()
        .for_each(|operation| walk(operation.request));
}

#[test]
fn a_good_request_has_no_problems() {
    let request = json!({
        "JobName": "nächtlicher Import",
        "InputDataConfig": { "S3Uri": "s3://bucket/in/" },
        "JobOutputDataConfig": { "S3Configuration": {
            "S3Uri": "s3://bucket/out/",
            "KmsKeyId": "arn:aws:kms:us-east-1:123456789012:key/0e4b1dcf-3a0d",
        } },
        "DatastoreId": "0123456789abcdef0123456789abcdef",
        "DataAccessRoleArn": "arn:aws:iam::123456789012:role/import",
        "ValidationLevel": "structure-only",
        "NewerThanTheModel": null,
    });
    assert_eq!(
        problems(&requests_table::START_FHIR_IMPORT_JOB, &request),
        [""; 0]
    );
}

#[test]
fn every_problem_is_told_with_its_place() {
    let request = json!({
        "JobName": "n".repeat(65),
        "InputDataConfig": { "S3Uri": "https://bucket/in/" },
        "JobOutputDataConfig": { "S3Configuration": { "S3Uri": "s3://bucket/out/", "KmsKeyId": null } },
        "DataAccessRoleArn": "arn:aws:iam::123456789012:role/import",
        "ValidationLevel": "lenient",
    });
    let problems = problems(&requests_table::START_FHIR_IMPORT_JOB, &request);
    let starts = [
        "Value at 'JobName' failed to satisfy constraint: Member must have length between 1 and 64, inclusive",
        "Value at 'InputDataConfig.S3Uri' failed to satisfy constraint: Member must satisfy regular expression pattern: ^s3",
        "Value at 'JobOutputDataConfig.S3Configuration.KmsKeyId' failed to satisfy constraint: Member must not be null",
        "Value at 'DatastoreId' failed to satisfy constraint: Member must not be null",
        "Value at 'ValidationLevel' failed to satisfy constraint: Member must satisfy enum value set: [strict, structure-only, minimal]",
    ];
    assert_eq!(problems.len(), starts.len(), "{problems:#?}");
    for (problem, start) in problems.iter().zip(starts) {
        assert!(problem.starts_with(start), "{problem}");
    }
}

#[test]
fn items_and_numbers_are_checked() {
    let tags = json!({
        "ResourceARN": "arn:aws:healthlake:us-east-1:123456789012:datastore/fhir/0123456789abcdef0123456789abcdef",
        "Tags": [{ "Key": "a", "Value": "" }, { "Key": "", "Value": "%" }],
    });
    let problems_of_tags = problems(&requests_table::TAG_RESOURCE, &tags);
    assert_eq!(problems_of_tags.len(), 2, "{problems_of_tags:#?}");
    assert!(problems_of_tags[0].starts_with("Value at 'Tags.2.Key'"));
    for (max_results, good) in [(0, false), (1, true), (500, true), (501, false)] {
        let list = json!({ "MaxResults": max_results });
        let problems = problems(&requests_table::LIST_FHIR_DATASTORES, &list);
        assert_eq!(problems.is_empty(), good, "{max_results}");
    }
}

#[test]
fn entries_of_maps_are_checked_and_not_shown() {
    let update = json!({
        "ProfileId": "0".repeat(32),
        "ProfileMapping": { "Secret.vm": "x".repeat(102_401), "": "" },
    });
    let mut problems_of_update =
        problems(&requests_table::UPDATE_DATA_TRANSFORMATION_PROFILE, &update);
    // Some crate of the build may have serde_json keep the order of keys.
    problems_of_update.sort();
    assert_eq!(
        problems_of_update,
        [
            "Value at 'ProfileMapping.key' failed to satisfy constraint: Member must have length between 1 and 500, inclusive",
            "Value at 'ProfileMapping.value' failed to satisfy constraint: Member must have length between 0 and 102400, inclusive",
        ]
    );
    let empty = json!({ "ProfileId": "0".repeat(32), "ProfileMapping": {} });
    let problems = problems(&requests_table::UPDATE_DATA_TRANSFORMATION_PROFILE, &empty);
    assert_eq!(problems.len(), 1, "{problems:#?}");
}

#[test]
fn a_union_has_one_member_that_is_known() {
    for (config, good) in [
        (json!({ "S3Uri": "s3://bucket/in/" }), true),
        (json!({ "S3Uri": null }), false),
        (json!({ "AccessPoint": "in" }), false),
        (json!({}), false),
    ] {
        let request = json!({
            "InputDataConfig": config,
            "JobOutputDataConfig": { "S3Configuration": {
                "S3Uri": "s3://bucket/out/",
                "KmsKeyId": "alias/lake",
            } },
            "DatastoreId": "lake",
            "DataAccessRoleArn": "arn:aws:iam::123456789012:role/import",
        });
        let problems = problems(&requests_table::START_FHIR_IMPORT_JOB, &request);
        let expected = "Value at 'InputDataConfig' failed to satisfy constraint: Exactly one member must be set of: [S3Uri]";
        assert_eq!(problems, [expected][usize::from(good)..], "{config}");
    }
}
