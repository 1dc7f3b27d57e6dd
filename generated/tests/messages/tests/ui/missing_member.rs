//! One of two required members is not given.

use healthlake::DescribeFhirImportJobRequest;

fn main() {
    let _request = DescribeFhirImportJobRequest::builder().job_id("1").build();
}
