//! Operations in which nothing is sent or received for a long time, while the service works or somebody is silent. AWS's clients do not
//! protect them from stalled streams either, by `LambdaDecorator`, `AwsDisableStalledStreamProtection` and
//! `TranscribeStreamingDecorator`, below
//! <https://github.com/smithy-lang/smithy-rs/tree/main/aws/sdk-codegen/src/main/kotlin/software/amazon/smithy/rustsdk/customize>.
//! A model has no way to say it, so these are always needed.

use super::mark_operations;
use crate::model::Model;

const MAY_STALL: &str = "smithy.codegen.fixups#mayStall";

pub const LAMBDA: &str = "com.amazonaws.lambda#AWSGirApiService";
pub const S3: &str = "com.amazonaws.s3#AmazonS3";
pub const TRANSCRIBE_STREAMING: &str = "com.amazonaws.transcribestreaming#Transcribe";

/// Lets functions run for as long as they take.
pub fn lambda(model: &mut Model) -> Result<(), String> {
    let operations = [
        "com.amazonaws.lambda#Invoke",
        "com.amazonaws.lambda#InvokeAsync",
        "com.amazonaws.lambda#InvokeWithResponseStream",
    ];
    mark_operations(model, &operations, MAY_STALL)
}

/// Lets large objects be copied: the service sends blanks now and then, and the answer at the end.
pub fn s3(model: &mut Model) -> Result<(), String> {
    mark_operations(model, &["com.amazonaws.s3#CopyObject"], MAY_STALL)
}

/// Lets speakers pause.
pub fn transcribe_streaming(model: &mut Model) -> Result<(), String> {
    let operations = [
        "com.amazonaws.transcribestreaming#StartCallAnalyticsStreamTranscription",
        "com.amazonaws.transcribestreaming#StartMedicalScribeStream",
        "com.amazonaws.transcribestreaming#StartMedicalStreamTranscription",
        "com.amazonaws.transcribestreaming#StartStreamTranscription",
    ];
    mark_operations(model, &operations, MAY_STALL)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixups::{apply, tests::service};
    use serde_json::json;

    #[test]
    fn functions_may_run_for_long() {
        let operation = json!({ "type": "operation" });
        let mut model = service(
            LAMBDA,
            json!({}),
            json!({ "com.amazonaws.lambda#Invoke": operation, "com.amazonaws.lambda#GetFunction": operation }),
        );
        apply(&mut model).unwrap();
        let mut may_stall = |id: &str| model.get_mut(id).unwrap().traits.may_stall();
        assert!(may_stall("com.amazonaws.lambda#Invoke"));
        assert!(!may_stall("com.amazonaws.lambda#GetFunction"));
    }
}
