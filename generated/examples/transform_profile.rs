//! Creates a transformation profile, publishes it, and converts a folder of S3 to FHIR R4 by it, showing the progress.
//!
//! ```text
//! cargo run -p healthlake --example transform_profile -- \
//!     --input s3://bucket/ccda/ --output s3://bucket/fhir/ --kms-key KEY_ARN --role ROLE_ARN \
//!     --rules rules/ --ask "map RACE_CD to an extension"
//! cargo run -p healthlake --example transform_profile    # needs no AWS account: runs against a fake in this process
//! ```

use std::collections::HashMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use aws_config::BehaviorVersion;
use clap::Parser;
use fake_healthlake::{Clock, FakeHealthLake, parse_duration, parse_speed};
use healthlake::AgentOutputMessageStream as Event;
use healthlake::{
    AgentInputMessage, AgentInputMessageType, Client, CreateDataTransformationProfileRequest,
    CreateDataTransformationProfileSource, DataTransformationS3Configuration,
    DescribeDataTransformationJobRequest, EndOfOutputEvent, GetDataTransformationProfileRequest,
    PublishDataTransformationProfileRequest, SourceFormat, StartDataTransformationJobRequest,
    StarterProfileSource, TransformationInputDataConfig, TransformationJobProperties,
    TransformationJobStatus, TransformationOutputDataConfig,
    UpdateDataTransformationProfileRequest, UpdateProfileWithAgentRequest,
};

/// Converts the C-CDA documents in a folder of S3 to FHIR R4, by a new transformation profile.
///
/// Without `--input` it runs against a fake HealthLake in this process.
#[derive(Parser)]
#[command(
    after_help = "Exit status: 0 if everything was converted, 3 if some files could not be, \
    1 if anything else failed, 2 if the arguments are wrong."
)]
struct Arguments {
    /// The folder of the documents: s3://BUCKET/FOLDER/
    #[arg(long, requires_all = ["output", "kms_key", "role"])]
    input: Option<String>,
    /// The folder that the job writes the resources to: s3://BUCKET/FOLDER/
    #[arg(long, requires = "input")]
    output: Option<String>,
    /// The KMS key to encrypt the output with: its ARN
    #[arg(long, requires = "input")]
    kms_key: Option<String>,
    /// The ARN of the role that HealthLake takes to read and write
    #[arg(long, requires = "input")]
    role: Option<String>,
    /// The name of the profile
    #[arg(long, default_value = "demo")]
    profile_name: String,
    /// A folder with rules of your own (Velocity templates), which replace those of the starter profile
    #[arg(long, value_name = "FOLDER")]
    rules: Option<PathBuf>,
    /// The change that the agent that edits rules is to make, such as "map RACE_CD to an extension". Leave patient data out of it
    #[arg(long, value_name = "TEXT")]
    ask: Option<String>,
    /// The job's name. Against the fake, it chooses how the job ends: fail-…, errors-…
    #[arg(long, default_value = "demo")]
    job_name: String,
    /// The time to wait between two looks at the job, such as 30s [default: from 30s on, growing]
    #[arg(long, value_parser = parse_duration)]
    poll: Option<Duration>,
    /// The speed of the fake, in times of the clock
    #[arg(long, default_value_t = 30.0, value_parser = parse_speed)]
    speed: f64,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Arguments::parse()).await {
        Ok(job) if job.job_status == TransformationJobStatus::Completed => ExitCode::SUCCESS,
        Ok(_) => ExitCode::from(3),
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<TransformationJobProperties, Box<dyn Error>> {
    if arguments.input.is_some() {
        let config = aws_config::load_defaults(BehaviorVersion::latest()).await;
        return transform(&Client::new(&config), arguments).await;
    }
    let clock = Clock::with_speed(arguments.speed);
    let fake = FakeHealthLake::builder().clock(clock).start().await?;
    println!(
        "no --input given: running against a fake HealthLake at {}",
        fake.url()
    );
    transform(&Client::new(&fake.sdk_config()), demonstration(arguments)).await
}

async fn transform(
    client: &Client,
    arguments: Arguments,
) -> Result<TransformationJobProperties, Box<dyn Error>> {
    let profile_id = create(client, &arguments.profile_name).await?;
    if let Some(folder) = &arguments.rules {
        replace_rules(client, &profile_id, folder).await?;
    }
    if let Some(change) = arguments.ask.clone() {
        ask_for_change(client, &profile_id, change).await?;
    }
    show_draft(client, &profile_id).await?;
    publish(client, &profile_id).await?;
    let poll = arguments.poll;
    let job_id = start(client, &profile_id, arguments).await?;
    follow(client, &job_id, poll).await
}

/// Creates a profile that begins with the rules that AWS provides for common documents.
async fn create(client: &Client, name: &str) -> Result<String, healthlake::Error> {
    let starter = StarterProfileSource::builder()
        .starter_profile_name("ccda-starter-kit-v1")
        .build();
    let request = CreateDataTransformationProfileRequest::builder()
        .source_format(SourceFormat::Ccda)
        .source(CreateDataTransformationProfileSource::StarterProfile(
            starter,
        ))
        .profile_name(name)
        .build();
    let profile = client.create_data_transformation_profile(request).await?;
    println!("profile {} {}", profile.profile_id, profile.profile_name);
    Ok(profile.profile_id)
}

/// Puts the files of a folder in place of all rules of the draft.
async fn replace_rules(
    client: &Client,
    profile_id: &str,
    folder: &Path,
) -> Result<(), Box<dyn Error>> {
    let mut rules = HashMap::new();
    read_rules(folder, folder, &mut rules)?;
    let request = UpdateDataTransformationProfileRequest::builder()
        .profile_id(profile_id)
        .profile_mapping(rules)
        .change_description("rules of our own")
        .build();
    client.update_data_transformation_profile(request).await?;
    Ok(())
}

/// Lets the agent change the draft. If it asks for consent, the first of the answers that it offers is given.
async fn ask_for_change(
    client: &Client,
    profile_id: &str,
    change: String,
) -> Result<(), Box<dyn Error>> {
    let mut answer = tell(
        client,
        profile_id,
        change,
        AgentInputMessageType::Normal,
        None,
    )
    .await?;
    while let Some(consent) = answer.options.unwrap_or_default().into_iter().next() {
        println!("you: {consent}");
        let kind = AgentInputMessageType::UserConfirmationResponse;
        let conversation = answer.conversation_id;
        answer = tell(client, profile_id, consent, kind, conversation).await?;
    }
    Ok(())
}

/// Sends the agent a message, and shows what comes until the end of its answer.
async fn tell(
    client: &Client,
    profile_id: &str,
    text: String,
    kind: AgentInputMessageType,
    conversation: Option<String>,
) -> Result<EndOfOutputEvent, Box<dyn Error>> {
    let message = AgentInputMessage::builder().body(text).r#type(kind).build();
    let request = UpdateProfileWithAgentRequest::builder()
        .profile_id(profile_id)
        .input_message(message)
        .maybe_conversation_id(conversation)
        .build();
    let mut events = client
        .update_profile_with_agent(request)
        .await?
        .agent_response;
    while let Some(event) = events.next().await {
        match event? {
            Event::TextMessageEvent(event) => println!("agent: {}", event.message),
            Event::ProgressEvent(event) => println!("agent … {}", event.message),
            Event::ErrorEvent(event) => {
                return Err(format!("the agent failed: {}: {}", event.error, event.message).into());
            }
            Event::EndOfOutputEvent(end) => {
                println!("agent: {}", end.final_response_message);
                return Ok(end);
            }
            _ => (), // signs of life, and events that are newer than this program
        }
    }
    Err("the answer of the agent has no end".into())
}

/// Reads the files below a folder; their paths from the root on are their names in the profile.
fn read_rules(
    root: &Path,
    folder: &Path,
    rules: &mut HashMap<String, String>,
) -> Result<(), Box<dyn Error>> {
    let wrong = |path: &Path, error: &dyn Error| format!("{}: {error}", path.display());
    for entry in fs::read_dir(folder).map_err(|error| wrong(folder, &error))? {
        let path = entry?.path();
        if path.is_dir() {
            read_rules(root, &path, rules)?;
            continue;
        }
        let text = fs::read_to_string(&path).map_err(|error| wrong(&path, &error))?;
        let parts = path.strip_prefix(root)?.iter();
        let parts: Vec<_> = parts.map(|part| part.to_string_lossy()).collect();
        rules.insert(parts.join("/"), text);
    }
    Ok(())
}

/// Shows which files the rules of the draft are in.
async fn show_draft(client: &Client, profile_id: &str) -> Result<(), healthlake::Error> {
    let request = GetDataTransformationProfileRequest::builder()
        .profile_id(profile_id)
        .profile_version(0)
        .build();
    let draft = client.get_data_transformation_profile(request).await?;
    let mut paths: Vec<_> = draft.profile_mapping.keys().collect();
    paths.sort_unstable();
    for path in paths {
        println!("  {path}");
    }
    Ok(())
}

/// Makes a version of the draft: jobs convert by the latest one.
async fn publish(client: &Client, profile_id: &str) -> Result<(), healthlake::Error> {
    let request = PublishDataTransformationProfileRequest::builder()
        .profile_id(profile_id)
        .source_format(SourceFormat::Ccda)
        .build();
    let published = client.publish_data_transformation_profile(request).await?;
    println!("version {} is published", published.version);
    Ok(())
}

/// Starts a job, and returns its id.
async fn start(
    client: &Client,
    profile_id: &str,
    arguments: Arguments,
) -> Result<String, healthlake::Error> {
    let input = TransformationInputDataConfig::builder()
        .s3_uri(arguments.input.unwrap_or_default())
        .source_format(SourceFormat::Ccda)
        .build();
    let place = DataTransformationS3Configuration::builder()
        .s3_uri(arguments.output.unwrap_or_default())
        .kms_key_id(arguments.kms_key.unwrap_or_default())
        .build();
    let output = TransformationOutputDataConfig::builder()
        .s3_configuration(place)
        .build();
    let request = StartDataTransformationJobRequest::builder()
        .job_name(arguments.job_name)
        .profile_id(profile_id)
        .input_data_config(input)
        .output_data_config(output)
        .data_access_role_arn(arguments.role.unwrap_or_default())
        .client_token(format!("{:032x}", fastrand::u128(..))) // this one is not filled in
        .build();
    let started = client.start_data_transformation_job(request).await?;
    Ok(started.job_id)
}

/// Waits until the job has ended, with a line for every look at it.
async fn follow(
    client: &Client,
    job_id: &str,
    poll: Option<Duration>,
) -> Result<TransformationJobProperties, Box<dyn Error>> {
    let request = DescribeDataTransformationJobRequest::builder()
        .job_id(job_id)
        .build();
    let mut waiter = client.wait_until_data_transformation_job_completed(request);
    if let Some(poll) = poll {
        waiter = waiter.min_delay(poll).max_delay(poll);
    }
    let mut latest = None;
    while let Some(response) = waiter.next().await {
        let job = response?.transformation_job_properties;
        show(&job);
        latest = Some(job);
    }
    let job = latest.ok_or("the job ended before it could be looked at")?;
    println!("output {}", job.output_data_config.s3_configuration.s3_uri);
    Ok(job)
}

fn show(job: &TransformationJobProperties) {
    print!("job {} is {}", job.job_id, job.job_status);
    if let Some(report) = &job.job_progress_report {
        print!(
            ": {} of {} files converted, {} failed, {} resources",
            report.total_files_converted,
            report.total_files_scanned,
            report.total_files_failed,
            report.total_resources_generated
        );
    }
    println!();
    if let Some(message) = &job.message {
        println!("message {message}");
    }
}

/// Arguments for a run against the fake.
fn demonstration(arguments: Arguments) -> Arguments {
    Arguments {
        input: Some("s3://demo/ccda/".into()),
        output: Some("s3://demo/fhir/".into()),
        kms_key: Some("alias/demo".into()),
        role: Some("arn:aws:iam::123456789012:role/demo".into()),
        poll: arguments.poll.or(Some(Duration::from_millis(500))),
        ..arguments
    }
}
