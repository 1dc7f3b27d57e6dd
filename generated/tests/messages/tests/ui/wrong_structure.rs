//! Another structure than the one that is required.

use healthlake::{StartFhirExportJobRequest, Tag};

fn main() {
    let tag = Tag::builder().key("a").value("b").build();
    let _request = StartFhirExportJobRequest::builder().output_data_config(tag);
}
