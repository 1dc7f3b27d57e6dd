//! Imports a folder of S3 into a data store and shows the progress, for use in pipelines.
//!
//! ```text
//! cargo run -p healthlake --example import_job -- \
//!     --input s3://bucket/in/ --output s3://bucket/out/ --kms-key KEY_ARN --datastore ID --role ROLE_ARN
//! cargo run -p healthlake --example import_job -- --cli-input-json request.json
//! cargo run -p healthlake --example import_job        # needs no AWS account: runs against a fake in this process
//! ```

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use aws_config::BehaviorVersion;
use clap::Parser;
use fake_healthlake::{Clock, FakeHealthLake, parse_duration, parse_speed};
use healthlake::{
    Client, DescribeFhirImportJobRequest, ImportJobProperties, InputDataConfig, JobStatus,
    OutputDataConfig, S3Configuration, StartFhirImportJobRequest, StartFhirImportJobResponse,
};
use indicatif::{ProgressBar, ProgressStyle};

/// Imports a folder of S3 into a HealthLake data store and waits until that is done.
///
/// Without `--input` or `--cli-input-json` it runs against a fake HealthLake in this process.
#[derive(Parser)]
#[command(
    after_help = "Exit status: 0 if everything was imported, 3 if some resources could not be, \
    1 if the job failed, was canceled or could not be followed, 2 if the arguments are wrong."
)]
struct Arguments {
    /// The folder of the data: s3://BUCKET/FOLDER/
    #[arg(long, requires_all = ["output", "kms_key", "datastore", "role"])]
    input: Option<String>,
    /// The folder that the job writes its manifest and logs to: s3://BUCKET/FOLDER/
    #[arg(long, requires = "input")]
    output: Option<String>,
    /// The KMS key to encrypt the output with: its id, ARN or alias
    #[arg(long, requires = "input")]
    kms_key: Option<String>,
    /// The id of the data store
    #[arg(long, requires = "input")]
    datastore: Option<String>,
    /// The ARN of the role that HealthLake takes to read and write
    #[arg(long, requires = "input")]
    role: Option<String>,
    /// The job's name. Against the fake, it chooses how the job ends: fail-…, errors-…, cancel-…
    #[arg(long)]
    job_name: Option<String>,
    /// The extent of the checks: strict, structure-only or minimal
    #[arg(long)]
    validation_level: Option<String>,
    /// Read the request from the file that `aws healthlake start-fhir-import-job` takes
    #[arg(long, value_name = "FILE", conflicts_with = "input")]
    cli_input_json: Option<PathBuf>,
    /// The time to wait between two looks at the job, such as 30s [default: from 2m on, growing]
    #[arg(long, value_parser = parse_duration)]
    poll: Option<Duration>,
    /// Give up following the job after this long, such as 6h
    #[arg(long, value_parser = parse_duration)]
    max_wait: Option<Duration>,
    /// The speed of the fake, in times of the clock
    #[arg(long, default_value_t = 30.0, value_parser = parse_speed)]
    speed: f64,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Arguments::parse()).await {
        Ok(job) if job.job_status == JobStatus::Completed => ExitCode::SUCCESS,
        Ok(_) => ExitCode::from(3),
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<ImportJobProperties, Box<dyn Error>> {
    let demo = arguments.input.is_none() && arguments.cli_input_json.is_none();
    if demo {
        let fake = FakeHealthLake::builder()
            .clock(Clock::with_speed(arguments.speed))
            .start()
            .await?;
        println!(
            "no --input given: running against a fake HealthLake at {}",
            fake.url()
        );
        let arguments = demonstration(arguments, fake.add_datastore("demo"));
        return import(&Client::new(&fake.sdk_config()), arguments).await;
    }
    let config = aws_config::load_defaults(BehaviorVersion::latest()).await;
    import(&Client::new(&config), arguments).await
}

async fn import(
    client: &Client,
    arguments: Arguments,
) -> Result<ImportJobProperties, Box<dyn Error>> {
    let (poll, max_wait) = (arguments.poll, arguments.max_wait);
    let request = request(arguments)?;
    let datastore_id = request.datastore_id.clone();
    let started = client.start_fhir_import_job(request).await?;
    println!("job {} is {}", started.job_id, started.job_status);
    follow(client, &datastore_id, &started, poll, max_wait).await
}

/// Makes the request that the arguments ask for.
fn request(arguments: Arguments) -> Result<StartFhirImportJobRequest, Box<dyn Error>> {
    let mut request = match &arguments.cli_input_json {
        Some(file) => read(file)?,
        None => StartFhirImportJobRequest::builder()
            .input_data_config(InputDataConfig::S3Uri(arguments.input.unwrap_or_default()))
            .job_output_data_config(OutputDataConfig::S3Configuration(
                S3Configuration::builder()
                    .s3_uri(arguments.output.unwrap_or_default())
                    .kms_key_id(arguments.kms_key.unwrap_or_default())
                    .build(),
            ))
            .datastore_id(arguments.datastore.unwrap_or_default())
            .data_access_role_arn(arguments.role.unwrap_or_default())
            .build(),
    };
    request.job_name = arguments.job_name.or(request.job_name);
    let level = arguments.validation_level.map(Into::into);
    request.validation_level = level.or(request.validation_level);
    Ok(request)
}

/// Reads a request as the AWS CLI does: the types of the crate have the service's own JSON form.
fn read(file: &PathBuf) -> Result<StartFhirImportJobRequest, String> {
    let text = std::fs::read_to_string(file).map_err(|error| error.to_string());
    text.and_then(|text| serde_json::from_str(&text).map_err(|error| error.to_string()))
        .map_err(|error| format!("{}: {error}", file.display()))
}

/// Waits until the job has ended, showing its progress.
async fn follow(
    client: &Client,
    datastore_id: &str,
    started: &StartFhirImportJobResponse,
    poll: Option<Duration>,
    max_wait: Option<Duration>,
) -> Result<ImportJobProperties, Box<dyn Error>> {
    let request = DescribeFhirImportJobRequest::builder()
        .datastore_id(datastore_id)
        .job_id(&started.job_id);
    let mut waiter = client.wait_until_fhir_import_job_completed(request.build());
    if let Some(poll) = poll {
        waiter = waiter.min_delay(poll).max_delay(poll);
    }
    if let Some(max_wait) = max_wait {
        waiter = waiter.max_wait(max_wait);
    }
    let mut progress = Progress::new(started.job_status.clone());
    let mut latest = None;
    let failure = loop {
        match waiter.next().await {
            Some(Ok(response)) => {
                progress.show(&response.import_job_properties);
                latest = Some(response.import_job_properties);
            }
            Some(Err(error)) => break Some(error),
            None => break None,
        }
    };
    progress.end();
    if let Some(job) = &latest {
        summarize(job);
    }
    match (latest, failure) {
        (Some(job), None) => Ok(job),
        (_, Some(error)) => Err(error.into()),
        (None, None) => Err("the job ended before it could be looked at".into()),
    }
}

/// A progress bar on a terminal, a line per status elsewhere.
struct Progress {
    bar: ProgressBar,
    shown: JobStatus,
}

impl Progress {
    /// The status at first has been shown.
    fn new(shown: JobStatus) -> Self {
        let style = ProgressStyle::with_template(
            "{elapsed_precise} {bar:40.green/dim} {human_pos}/{human_len} resources {msg}",
        );
        let bar = ProgressBar::no_length(); // until the job has found something to import
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.enable_steady_tick(Duration::from_millis(250));
        Self { bar, shown }
    }

    fn show(&mut self, job: &ImportJobProperties) {
        if let Some(report) = &job.job_progress_report {
            let count =
                |number: Option<i64>| u64::try_from(number.unwrap_or_default()).unwrap_or_default();
            let bad = count(report.total_number_of_resources_with_customer_error);
            let scanned = count(report.total_number_of_resources_scanned);
            if scanned > 0 {
                self.bar.set_length(scanned);
            }
            self.bar
                .set_position(count(report.total_number_of_resources_imported) + bad);
            let speed = report.throughput.unwrap_or_default();
            self.bar
                .set_message(format!("{} {speed:.1} MB/s, {bad} bad", job.job_status));
        }
        if self.bar.is_hidden() && self.shown != job.job_status {
            println!("job {} is {}", job.job_id, job.job_status);
            self.shown = job.job_status.clone();
        }
    }

    fn end(&self) {
        self.bar.abandon();
    }
}

/// Says what has become of the job, and where its manifest is.
fn summarize(job: &ImportJobProperties) {
    println!(
        "\njob        {} {}",
        job.job_id,
        job.job_name.as_deref().unwrap_or_default()
    );
    println!("status     {}", job.job_status);
    if let Some(report) = &job.job_progress_report {
        println!(
            "files      {} imported, {} with errors, {} scanned",
            report.total_number_of_imported_files.unwrap_or_default(),
            report
                .total_number_of_files_read_with_customer_error
                .unwrap_or_default(),
            report.total_number_of_scanned_files.unwrap_or_default(),
        );
        println!(
            "resources  {} imported, {} with errors, {} scanned",
            report
                .total_number_of_resources_imported
                .unwrap_or_default(),
            report
                .total_number_of_resources_with_customer_error
                .unwrap_or_default(),
            report.total_number_of_resources_scanned.unwrap_or_default(),
        );
    }
    if let Some(message) = &job.message {
        println!("message    {message}");
    }
    if let Some(OutputDataConfig::S3Configuration(output)) = &job.job_output_data_config {
        println!(
            "manifest   {}/manifest.json",
            output.s3_uri.trim_end_matches('/')
        );
    }
}

/// Arguments for a run against the fake.
fn demonstration(arguments: Arguments, datastore_id: String) -> Arguments {
    Arguments {
        input: Some("s3://demo/in/".into()),
        output: Some("s3://demo/out/".into()),
        kms_key: Some("alias/demo".into()),
        datastore: Some(datastore_id),
        role: Some("arn:aws:iam::123456789012:role/demo".into()),
        job_name: arguments.job_name.or_else(|| Some("demo".into())),
        poll: arguments.poll.or(Some(Duration::from_millis(200))),
        ..arguments
    }
}
