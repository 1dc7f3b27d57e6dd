//! The errors of failed calls, and how to act on them.
//!
//! ```text
//! cargo run -p healthlake --example handle_errors
//! ```
//!
//! It runs against a fake that does wrong on demand.

use std::time::Duration;

use aws_config::retry::RetryConfig;
use fake_healthlake::{FakeHealthLake, Fault};
use healthlake::{
    Client, DescribeFhirDatastoreError, DescribeFhirDatastoreRequest,
    DescribeFhirDatastoreResponse, Error,
};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let fake = FakeHealthLake::start().await?;
    // The fake needs no rest between attempts; a service does, and the default is right for it.
    let retries = RetryConfig::standard().with_initial_backoff(Duration::from_millis(10));
    let client = Client::builder(&fake.sdk_config())
        .retry_config(retries)
        .build();
    let datastore_id = fake.add_datastore("patients");

    explain(describe(&client, &datastore_id).await);
    explain(describe(&client, "nowhere").await);
    for fault in [
        Fault::Throttling,
        Fault::ProxyPage,
        Fault::Cut,
        Fault::ExpiredToken,
    ] {
        fake.faults().clear();
        fake.faults().add(fault.always());
        explain(describe(&client, &datastore_id).await);
    }
    drop(fake);
    explain(describe(&client, &datastore_id).await);

    // `?` turns the error of any operation into `healthlake::Error`, whose `Display` is one line for a log or a person.
    if let Err(error) = needs(&client, "nowhere").await {
        println!("a function of mine failed: {error}");
    }
    Ok(())
}

async fn describe(
    client: &Client,
    id: &str,
) -> Result<DescribeFhirDatastoreResponse, Error<DescribeFhirDatastoreError>> {
    let request = DescribeFhirDatastoreRequest::builder()
        .datastore_id(id)
        .build();
    client.describe_fhir_datastore(request).await
}

async fn needs(client: &Client, id: &str) -> Result<String, healthlake::Error> {
    Ok(describe(client, id)
        .await?
        .datastore_properties
        .datastore_endpoint)
}

fn explain(outcome: Result<DescribeFhirDatastoreResponse, Error<DescribeFhirDatastoreError>>) {
    let error = match outcome {
        Ok(response) => {
            return println!("it is {}", response.datastore_properties.datastore_status);
        }
        Err(error) => error,
    };
    let advice = match error.as_service_error() {
        Some(DescribeFhirDatastoreError::ResourceNotFoundException(_)) => "check the id",
        Some(DescribeFhirDatastoreError::ValidationException(_)) => "the request is wrong",
        _ if error.is_throttling() => "ask less often",
        _ if error.is_retryable() => "try again later",
        _ => "call somebody",
    };
    println!(
        "{error}\n  -> {advice} (code {}, request id {})",
        error.code().unwrap_or("none"),
        error.request_id().unwrap_or("none")
    );
}
