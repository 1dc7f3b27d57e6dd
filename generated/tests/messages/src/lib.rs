//! Code that does not compile against the client: a request without one of its required members.
//!
//! The first of these compiles. Each of the others lacks one line of it, and nothing else: so the line is why it does not compile,
//! even where rustdoc does not compare the error's code.
//!
//! They stand here because only a library has documentation tests, and the client's own sources are generated.
//!
//! ```
//! # use healthlake::{InputDataConfig, OutputDataConfig, S3Configuration, StartFhirImportJobRequest};
//! # let output = S3Configuration::builder().s3_uri("s3://bucket/out/").kms_key_id("alias/lake").build();
//! StartFhirImportJobRequest::builder()
//!     .input_data_config(InputDataConfig::S3Uri("s3://bucket/in/".into()))
//!     .job_output_data_config(OutputDataConfig::S3Configuration(output.clone()))
//!     .datastore_id("lake")
//!     .data_access_role_arn("arn:aws:iam::123456789012:role/import")
//!     .build();
//! ```
//!
//! Without `input_data_config`:
//!
//! ```compile_fail,E0277
//! # use healthlake::{InputDataConfig, OutputDataConfig, S3Configuration, StartFhirImportJobRequest};
//! # let output = S3Configuration::builder().s3_uri("s3://bucket/out/").kms_key_id("alias/lake").build();
//! StartFhirImportJobRequest::builder()
//!     .job_output_data_config(OutputDataConfig::S3Configuration(output.clone()))
//!     .datastore_id("lake")
//!     .data_access_role_arn("arn:aws:iam::123456789012:role/import")
//!     .build();
//! ```
//!
//! Without `job_output_data_config`:
//!
//! ```compile_fail,E0277
//! # use healthlake::{InputDataConfig, OutputDataConfig, S3Configuration, StartFhirImportJobRequest};
//! # let output = S3Configuration::builder().s3_uri("s3://bucket/out/").kms_key_id("alias/lake").build();
//! StartFhirImportJobRequest::builder()
//!     .input_data_config(InputDataConfig::S3Uri("s3://bucket/in/".into()))
//!     .datastore_id("lake")
//!     .data_access_role_arn("arn:aws:iam::123456789012:role/import")
//!     .build();
//! ```
//!
//! Without `datastore_id`:
//!
//! ```compile_fail,E0277
//! # use healthlake::{InputDataConfig, OutputDataConfig, S3Configuration, StartFhirImportJobRequest};
//! # let output = S3Configuration::builder().s3_uri("s3://bucket/out/").kms_key_id("alias/lake").build();
//! StartFhirImportJobRequest::builder()
//!     .input_data_config(InputDataConfig::S3Uri("s3://bucket/in/".into()))
//!     .job_output_data_config(OutputDataConfig::S3Configuration(output.clone()))
//!     .data_access_role_arn("arn:aws:iam::123456789012:role/import")
//!     .build();
//! ```
//!
//! Without `data_access_role_arn`:
//!
//! ```compile_fail,E0277
//! # use healthlake::{InputDataConfig, OutputDataConfig, S3Configuration, StartFhirImportJobRequest};
//! # let output = S3Configuration::builder().s3_uri("s3://bucket/out/").kms_key_id("alias/lake").build();
//! StartFhirImportJobRequest::builder()
//!     .input_data_config(InputDataConfig::S3Uri("s3://bucket/in/".into()))
//!     .job_output_data_config(OutputDataConfig::S3Configuration(output.clone()))
//!     .datastore_id("lake")
//!     .build();
//! ```
