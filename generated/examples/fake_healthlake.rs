//! Serves a fake HealthLake until it is stopped with Ctrl-C.
//!
//! ```text
//! cargo run -p healthlake --example fake_healthlake -- --speed 30 --fault throttling:5% --fault slow=2s:1%
//! ```

use std::io;
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use fake_healthlake::{Clock, FakeHealthLake, FaultRule, REGION, parse_duration};

/// Serves a fake HealthLake on loopback until it is stopped.
#[derive(Parser)]
struct Arguments {
    /// The port to serve on; a free one if this is 0
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// The speed at which jobs and data stores advance: so many times as fast as in real time
    #[arg(long, default_value_t = 1.0)]
    speed: f64,
    /// Let every Describe… move the clock forward, such as 2m
    #[arg(long, value_parser = parse_duration, default_value = "0s")]
    step: Duration,
    /// Something that goes wrong, and with which requests: FAULT[=DURATION][:COUNT|:PERCENT%][@OPERATION], such as throttling:3, slow=2s:10% or
    /// lost-response:1@StartFHIRImportJob. May be given more than once
    #[arg(long, value_name = "RULE")]
    fault: Vec<FaultRule>,
    /// The number that chance starts from
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// The name of a data store that is there from the start
    #[arg(long, default_value = "demo")]
    datastore: String,
}

#[tokio::main]
async fn main() -> ExitCode {
    match serve(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(arguments: Arguments) -> Result<(), String> {
    let port = arguments.port;
    let builder = FakeHealthLake::builder()
        .port(arguments.port)
        .clock(Clock::with_speed(arguments.speed))
        .step_per_describe(arguments.step)
        .seed(arguments.seed);
    let fake = arguments
        .fault
        .into_iter()
        .fold(builder, |builder, rule| builder.fault(rule));
    let fake = fake
        .start()
        .await
        .map_err(|error| not_started(port, &error))?;
    let datastore_id = fake.add_datastore(arguments.datastore);
    let profile_id = fake.add_profile("demo");
    explain(&fake.url(), &datastore_id, &profile_id);
    let stopped = tokio::signal::ctrl_c().await;
    stopped.map_err(|error| format!("cannot wait for Ctrl-C: {error}"))?;
    println!(
        "{} requests, {} of them met a fault",
        fake.requests().len(),
        fake.faults().met()
    );
    Ok(())
}

/// Says why nothing is served, and what to do.
fn not_started(port: u16, error: &io::Error) -> String {
    format!(
        "cannot serve on port {port}: {error}; choose another one with --port, or leave --port out for one that is free"
    )
}

fn explain(url: &str, datastore_id: &str, profile_id: &str) {
    println!(
        "A fake HealthLake serves at {url} until Ctrl-C. To use it:

  export AWS_ENDPOINT_URL_HEALTHLAKE={url}
  export AWS_REGION={REGION} AWS_DEFAULT_REGION={REGION}    # boto3 reads the second one
  export AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any

  aws healthlake list-fhir-datastores
  cargo run -p healthlake --example start_import -- {datastore_id} \\
      arn:aws:iam::123456789012:role/import alias/demo

There is an active data store, {datastore_id}, and a published transformation profile for C-CDA,
{profile_id}. How a job ends follows from its name: fail-…, errors-…, cancel-…, cancel-fail-…, endless-….
To change things while it serves:

  curl -X PUT  {url}/fake/faults -d 'throttling:3'    # or nothing, for no faults any more
  curl -X POST {url}/fake/clock -d 'advance 10m'      # or: speed 60, stop
  curl -X POST {url}/fake/cancel/JOB_ID

Faults: {}

Calls of transformation profiles and jobs go to datatransformation.localhost. Where that name is not known, put it into
/etc/hosts, take the fake as a proxy (HTTP_PROXY={url}), or tell the client to put nothing before host names:
AWS_DISABLE_HOST_PREFIX_INJECTION=true for the AWS CLI, `disable_host_prefix` in Rust.

AWS's own HTTPS client wants CA certificates even for http:// and panics in debug builds on a machine without them. There,
use an HTTP client without TLS: `aws_smithy_http_client::Builder::new().build_http()`.",
        FaultRule::names().collect::<Vec<_>>().join(", ")
    );
}
