//! The program of the README's slim recipe; it awaits one call of each operation, too.

use std::env;
use std::error::Error;
use std::process::ExitCode;

use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_async::rt::sleep::{SharedAsyncSleep, TokioSleep};
use aws_smithy_http_client::Builder;
use aws_smithy_http_client::tls::{Provider, rustls_provider::CryptoMode};
use aws_types::region::Region;
use healthlake::{Client, ListFhirDatastoresRequest, SdkConfig};

fn main() -> ExitCode {
    match start() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn start() -> Result<(), Box<dyn Error>> {
    let client = Client::new(&config()?);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(run(&client))?;
    Ok(())
}

async fn run(client: &Client) -> Result<(), healthlake::Error> {
    let request = ListFhirDatastoresRequest::default();
    let response = client.list_fhir_datastores(request).await?;
    println!("{} data stores", response.datastore_properties_list.len());

    consumer::calls(client.clone()).await?;

    Ok(())
}

/// Reads the settings that this program needs from the environment, as `aws-config` would.
fn config() -> Result<SdkConfig, String> {
    let https = Builder::new()
        .tls_provider(Provider::Rustls(CryptoMode::Ring))
        .build_https();
    let credentials = Credentials::new(
        variable("AWS_ACCESS_KEY_ID")?,
        variable("AWS_SECRET_ACCESS_KEY")?,
        env::var("AWS_SESSION_TOKEN").ok(),
        None,
        "environment",
    );
    let mut config = SdkConfig::builder()
        .region(Region::new(variable("AWS_REGION")?))
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .http_client(https)
        .sleep_impl(SharedAsyncSleep::new(TokioSleep::new()));
    let endpoint_url =
        variable("AWS_ENDPOINT_URL_HEALTHLAKE").or_else(|_| variable("AWS_ENDPOINT_URL"));
    config.set_endpoint_url(endpoint_url.ok()); // for a fake, for instance
    Ok(config.build())
}

fn variable(name: &str) -> Result<String, String> {
    env::var(name).map_err(|error| format!("{name}: {error}"))
}
