//! Every operation over HTTP: what is sent, byte for byte where it matters, and what comes back, typed.

#[path = "../common/mod.rs"]
mod common;

mod bad_responses;
mod datastores;
mod errors;
mod exchange;
mod jobs;
mod profiles;
mod restores;
mod tags;
mod transformation_jobs;

use aws_smithy_types::DateTime;
use healthlake::Tag;
use serde_json::{Value, json};

use common::{KEY, ROLE};

const ARN: &str =
    "arn:aws:healthlake:us-east-1:123456789012:datastore/fhir/0123456789abcdef0123456789abcdef";
const DATASTORE: &str = "0123456789abcdef0123456789abcdef";
const PROFILE: &str = "0123456789abcdef0123456789abcdef";
const ENDPOINT: &str =
    "https://healthlake.us-east-1.amazonaws.com/datastore/0123456789abcdef0123456789abcdef/r4/";

fn output_json() -> Value {
    json!({ "S3Configuration": { "S3Uri": "s3://bucket/out/", "KmsKeyId": KEY } })
}

fn noon() -> DateTime {
    DateTime::from_secs(1_767_268_800)
}

/// A tag of the data team.
fn tag() -> Tag {
    Tag::builder().key("team").value("data").build()
}

fn tag_json() -> Value {
    json!({ "Key": "team", "Value": "data" })
}
