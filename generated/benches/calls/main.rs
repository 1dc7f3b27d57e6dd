//! The cost of a call, without a network: `cargo bench -p healthlake`.
//!
//! `client` measures whole calls: building the request, writing and signing it, sending it through AWS's orchestrator to
//! an HTTP client in memory, and reading the response. `wire` measures the writing and reading alone.

mod fixtures;
mod in_memory;

fn main() {
    divan::main();
}

mod client {
    use crate::in_memory::InMemory;
    use crate::{fixtures, requests};
    use aws_credential_types::Credentials;
    use aws_credential_types::provider::SharedCredentialsProvider;
    use aws_types::SdkConfig;
    use aws_types::region::Region;
    use divan::Bencher;
    use divan::counter::BytesCount;
    use healthlake::Client;
    use tokio::runtime::{Builder, Runtime};

    #[divan::bench]
    fn build(bencher: Bencher) {
        let config = config(fixtures::IMPORT_JOB_STARTED);
        bencher.bench(|| Client::new(&config));
    }

    #[divan::bench]
    fn start_import_job(bencher: Bencher) {
        let (runtime, client) = (
            runtime(),
            Client::new(&config(fixtures::IMPORT_JOB_STARTED)),
        );
        bencher.bench_local(|| {
            runtime
                .block_on(async { client.start_fhir_import_job(requests::start()).await })
                .expect("a job")
        });
    }

    #[divan::bench]
    fn list_500_import_jobs(bencher: Bencher) {
        let body = fixtures::import_jobs(500);
        let (runtime, client) = (runtime(), Client::new(&config(&body)));
        bencher.counter(BytesCount::of_str(&body)).bench_local(|| {
            runtime
                .block_on(async { client.list_fhir_import_jobs(requests::list()).await })
                .expect("500 jobs")
        });
    }

    fn config(body: &str) -> SdkConfig {
        let credentials = Credentials::new("AKIDEXAMPLE", "secret", None, None, "static");
        SdkConfig::builder()
            .region(Region::from_static("us-east-1"))
            .credentials_provider(SharedCredentialsProvider::new(credentials))
            .http_client(InMemory::new(body))
            .build()
    }

    fn runtime() -> Runtime {
        Builder::new_current_thread()
            .enable_time()
            .build()
            .expect("a runtime")
    }
}

mod wire {
    use crate::{fixtures, requests};
    use divan::Bencher;
    use divan::counter::BytesCount;
    use healthlake::{ListFhirImportJobs, StartFhirImportJob};
    use smithy_rt::{EncodedResponse, Operation};

    #[divan::bench]
    fn write_start_import_job(bencher: Bencher) {
        let request = requests::start();
        bencher.bench(|| StartFhirImportJob::encode(&request).expect("a request"));
    }

    #[divan::bench]
    fn read_500_import_jobs(bencher: Bencher) {
        let body = fixtures::import_jobs(500);
        let response = EncodedResponse::new(body.as_bytes());
        bencher
            .counter(BytesCount::of_str(&body))
            .bench_local(|| ListFhirImportJobs::decode(&response).expect("500 jobs"));
    }
}

mod requests {
    use healthlake::{
        InputDataConfig, ListFhirImportJobsRequest, OutputDataConfig, S3Configuration,
        StartFhirImportJobRequest, ValidationLevel,
    };

    pub fn start() -> StartFhirImportJobRequest {
        let output = S3Configuration::builder()
            .s3_uri("s3://example-import-logs/healthlake/")
            .kms_key_id(
                "arn:aws:kms:us-east-1:012345678910:key/d330e7fc-b56c-4216-a250-f4c43ef46e83",
            )
            .build();
        StartFhirImportJobRequest::builder()
            .job_name("nightly")
            .input_data_config(InputDataConfig::S3Uri(
                "s3://example-clinical-records/incoming/".into(),
            ))
            .job_output_data_config(OutputDataConfig::S3Configuration(output))
            .datastore_id("53f0a6fd0f2e4c8b8a1d5f6f2c7f9e11")
            .data_access_role_arn("arn:aws:iam::012345678910:role/HealthLakeImport")
            .validation_level(ValidationLevel::Strict)
            .build()
    }

    pub fn list() -> ListFhirImportJobsRequest {
        ListFhirImportJobsRequest::builder()
            .datastore_id("53f0a6fd0f2e4c8b8a1d5f6f2c7f9e11")
            .max_results(500)
            .build()
    }
}
