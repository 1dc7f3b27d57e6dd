//! Everything that is required, some of it twice, and in steps.

use healthlake::smithy_rt::builder::{Set, Unset};
use healthlake::builders::StartFhirExportJobRequestBuilder;
use healthlake::{StartFhirExportJobRequest, Tag};

fn begin() -> StartFhirExportJobRequestBuilder<Unset, Set, Unset> {
    StartFhirExportJobRequest::builder().datastore_id("1")
}

fn main() {
    let tag = Tag::builder().value("a").key("team").value("b").build();
    assert_eq!(tag.value, "b");
    let _unfinished = begin().clone().job_name("nightly");
}
