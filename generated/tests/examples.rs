//! The examples as their users run them: what they print, and their exit status.

mod common;

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use common::{KEY, ROLE};
use fake_healthlake::{FakeHealthLake, REGION};
use healthlake::{Client, ListFhirDatastoresRequest};

/// The program of an example. `cargo test` has built it beside this one; if only this test is built, Cargo builds it here.
fn example(name: &str) -> Command {
    let this = std::env::current_exe().expect("a program");
    let profile = this
        .parent()
        .and_then(|deps| deps.parent())
        .expect("target/PROFILE/deps");
    let program: PathBuf = profile
        .join("examples")
        .join(name)
        .with_extension(std::env::consts::EXE_EXTENSION);
    if !program.exists() {
        let built = Command::new(env!("CARGO"))
            .args([
                "build",
                "--quiet",
                "--package",
                "healthlake",
                "--example",
                name,
            ])
            .status();
        assert!(built.expect("cargo").success(), "{name} does not build");
    }
    Command::new(program)
}

/// Runs an example against a fake, as if that were AWS.
async fn run_against(fake: &FakeHealthLake, name: &str, arguments: &[&str]) -> Output {
    output_of(against(fake, name, arguments)).await
}

/// An example to be run against a fake.
fn against(fake: &FakeHealthLake, name: &str, arguments: &[&str]) -> Command {
    let mut command = as_anybody(example(name));
    command
        .args(arguments)
        .env("AWS_ENDPOINT_URL_HEALTHLAKE", fake.url());
    command
}

/// A command with credentials, which any fake accepts.
fn as_anybody(mut command: Command) -> Command {
    command
        .env("AWS_REGION", REGION)
        .env("AWS_ACCESS_KEY_ID", "any")
        .env("AWS_SECRET_ACCESS_KEY", "any");
    command
}

/// Arguments of a job that is to be run against AWS.
const FLAGS: [&str; 8] = [
    "--input",
    "s3://bucket/in/",
    "--output",
    "s3://bucket/out/",
    "--kms-key",
    KEY,
    "--role",
    ROLE,
];

async fn output_of(mut command: Command) -> Output {
    tokio::task::spawn_blocking(move || command.output())
        .await
        .expect("no panic")
        .expect("it runs")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("text")
}

/// A fake in which every look at a job is half an hour later than the one before.
async fn fake() -> (FakeHealthLake, String) {
    let builder = FakeHealthLake::builder().step_per_describe(Duration::from_secs(1800));
    let fake = common::started(builder).await;
    let datastore_id = fake.add_datastore("patients");
    (fake, datastore_id)
}

#[test]
fn import_job_runs_without_arguments() {
    let runs = [
        ("nightly", 0, "COMPLETED"),
        ("errors-nightly", 3, "not valid FHIR"),
        ("fail-nightly", 1, "FAILED"),
        ("cancel-nightly", 1, "CANCEL_COMPLETED"),
    ]
    .map(|(name, status, said)| {
        let run = example("import_job")
            .args(["--job-name", name, "--poll", "20ms", "--speed", "600"])
            // As on a machine that has no certificates.
            .env("SSL_CERT_FILE", "/nowhere")
            .env("SSL_CERT_DIR", "/nowhere")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn();
        (name, status, said, run.expect("it starts"))
    });
    for (name, status, said, run) in runs {
        let output = run.wait_with_output().expect("it runs");
        let (out, err) = (text(&output.stdout), text(&output.stderr));
        assert_eq!(output.status.code(), Some(status), "{name}: {out}{err}");
        assert!(out.contains(said), "{out}");
        assert!(out.contains("/manifest.json"), "{out}");
        if status == 0 {
            assert_the_picture_shows(out);
        }
        assert_eq!(err.contains("error: "), status == 1, "{err}");
        assert_eq!(
            err.contains("was denied for role"),
            name == "fail-nightly",
            "{err}"
        );
    }
}

/// Checks that the picture in the README has lines that begin as these do.
fn assert_the_picture_shows(out: &str) {
    let picture = include_str!("../../docs/import.svg");
    for line in out.lines() {
        let first = line.split(' ').next().unwrap_or_default();
        assert!(
            picture.contains(&format!(">{first}")),
            "docs/import.svg has to be taken anew, for {line:?}: see CONTRIBUTING.md"
        );
    }
}

#[tokio::test]
async fn import_job_takes_flags_and_the_file_of_the_aws_cli() {
    let (fake, datastore_id) = fake().await;
    let more = [
        "--datastore",
        &datastore_id,
        "--validation-level",
        "minimal",
    ];
    let flags = [&FLAGS[..], &more].concat();
    let output = run_against(&fake, "import_job", &flags).await;
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));

    let file = tempfile::NamedTempFile::new().expect("a file");
    let request = common::import(&datastore_id, "from-file");
    serde_json::to_writer(file.as_file(), &request).expect("a request");
    let path = file.path().to_str().expect("a path in text");
    let output = run_against(&fake, "import_job", &["--cli-input-json", path]).await;
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));

    let jobs = fake.import_jobs();
    assert_eq!(jobs[0].validation_level, Some("minimal".into()));
    assert_eq!(jobs[1].job_name.as_deref(), Some("from-file"));
}

#[tokio::test]
async fn import_job_explains_what_is_wrong() {
    let (fake, _) = fake().await;
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), r#"{"JobName":"nightly","DatastoreId":"x"}"#).expect("a file");
    let path = file.path().to_str().expect("a path in text");
    let output = run_against(&fake, "import_job", &["--cli-input-json", path]).await;
    assert_eq!(output.status.code(), Some(1));
    assert!(
        text(&output.stderr).contains("missing field `InputDataConfig`"),
        "{}",
        text(&output.stderr)
    );
    let mut request = serde_json::to_value(common::import("x", "nightly")).expect("a request");
    request["JobOutputDataConfig"]["S3Configuration"]["KmsKeyId"] = 5417.into();
    std::fs::write(file.path(), request.to_string()).expect("a file");
    let output = run_against(&fake, "import_job", &["--cli-input-json", path]).await;
    assert!(
        text(&output.stderr).contains(
            "JobOutputDataConfig.S3Configuration.KmsKeyId: found an integer, expected a string at line 1 column "
        ),
        "{}",
        text(&output.stderr)
    );
    let mut request = serde_json::to_value(common::import("x", "nightly")).expect("a request");
    request["JobOutputDataConfig"]["S3Configuration"]["KmsKeyID"] = KEY.into();
    std::fs::write(file.path(), request.to_string()).expect("a file");
    let output = run_against(&fake, "import_job", &["--cli-input-json", path]).await;
    assert!(
        text(&output.stderr).contains(
            "JobOutputDataConfig.S3Configuration: unknown field `KmsKeyID`, expected one of `S3Uri`, `KmsKeyId`"
        ),
        "{}",
        text(&output.stderr)
    );
    let output = run_against(&fake, "import_job", &["--input", "s3://bucket/in/"]).await;
    assert_eq!(output.status.code(), Some(2));
    assert!(fake.requests().is_empty());
}

#[test]
fn transform_profile_runs_without_arguments() {
    for (name, status, said) in [
        ("nightly", 0, "is COMPLETED: "),
        ("errors-nightly", 3, "files could not be converted"),
        ("fail-nightly", 1, ""),
    ] {
        let arguments = ["--job-name", name, "--poll", "20ms", "--speed", "600"];
        let output = example("transform_profile")
            .args(arguments)
            .output()
            .expect("it runs");
        let (out, err) = (text(&output.stdout), text(&output.stderr));
        assert_eq!(output.status.code(), Some(status), "{name}: {out}{err}");
        assert!(out.contains("version 1 is published\n"), "{out}");
        assert!(out.contains(said), "{out}");
        assert_eq!(
            out.contains("\noutput s3://demo/fhir/"),
            status != 1,
            "{out}"
        );
        assert_eq!(err.contains("JobStatus is FAILED"), status == 1, "{err}");
    }
}

#[test]
fn transform_profile_takes_rules_of_ones_own() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("Resources")).expect("a folder");
    for path in ["CCD.vm", "Resources/Patient.vm"] {
        std::fs::write(folder.path().join(path), "{}").expect("a file");
    }
    let rules = folder.path().to_str().expect("a path in text");
    let run = |rules: &str| {
        let arguments = ["--rules", rules, "--poll", "20ms", "--speed", "600"];
        example("transform_profile")
            .args(arguments)
            .output()
            .expect("it runs")
    };
    let output = run(rules);
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    assert!(output.status.success(), "{out}{err}");
    let draft = "\n  CCD.vm\n  Resources/Patient.vm\nversion 1 is published\n";
    assert!(out.contains(draft), "{out}");

    let output = run("/nowhere");
    let err = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{err}");
    assert!(err.starts_with("error: /nowhere: "), "{err}");
}

#[test]
fn transform_profile_talks_to_the_agent() {
    let output = example("transform_profile")
        .args(["--ask", "map RACE_CD", "--poll", "20ms", "--speed", "600"])
        .output()
        .expect("it runs");
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    assert!(output.status.success(), "{out}{err}");
    let answer = "\nyou: Apply the change\nagent … Reading the draft\n";
    assert!(out.contains(answer), "{out}");
    assert!(out.contains("\n  agent.vm\n"), "{out}");
}

#[tokio::test]
async fn transform_profile_runs_against_what_it_is_told() {
    let (fake, _) = fake().await;
    let output = run_against(&fake, "transform_profile", &FLAGS[..2]).await;
    assert_eq!(output.status.code(), Some(2), "{}", text(&output.stderr));

    // Not all systems know names below localhost. As a proxy, the fake is found without them.
    let mut command = against(&fake, "transform_profile", &FLAGS);
    command.env("HTTP_PROXY", fake.url());
    command.env_remove("NO_PROXY").env_remove("no_proxy");
    let output = output_of(command).await;
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    assert!(output.status.success(), "{out}{err}");
    assert_eq!(fake.transformation_jobs().len(), 1);
    let host = fake.url().replace("http://", "datatransformation.");
    let requests = fake.requests();
    assert!(
        requests
            .iter()
            .all(|request| request.header("host") == Some(&host)),
        "{requests:#?}"
    );
}

#[tokio::test]
async fn start_import_runs_as_printed() {
    let (fake, datastore_id) = fake().await;
    let output = run_against(&fake, "start_import", &[&datastore_id, ROLE, KEY]).await;
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(
        text(&output.stdout).ends_with("is COMPLETED\na page of 1 jobs\n"),
        "{}",
        text(&output.stdout)
    );
}

#[test]
fn what_is_wrong_is_said_in_words() {
    let output = example("start_import").arg("x").output().expect("it runs");
    assert_eq!(output.status.code(), Some(2));
    let said = text(&output.stderr);
    let usage = "usage: start_import DATASTORE_ID ROLE_ARN KMS_KEY\n";
    assert!(said.starts_with(usage), "{said}");

    let taken = std::net::TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    let port = taken.local_addr().expect("an address").port().to_string();
    let output = example("fake_healthlake").args(["--port", &port]).output();
    let output = output.expect("it runs");
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stderr);
    let start = format!("error: cannot serve on port {port}: ");
    assert!(said.starts_with(&start), "{said}");
    assert!(said.contains("choose another one with --port"), "{said}");
    assert!(!said.contains("Os {"), "{said}");
}

/// A place where nobody listens.
const NOBODY: &str = "http://127.0.0.1:1";

/// Returns `true` if `start_import` reaches the fake with this environment and this profile.
async fn reaches_the_fake(
    environment: impl Fn(&str) -> Vec<(&'static str, String)>,
    profile: impl Fn(&str) -> String,
) -> bool {
    let (fake, datastore_id) = fake().await;
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), profile(&fake.url())).expect("a file");
    let mut command = as_anybody(example("start_import"));
    command
        .args([&datastore_id, ROLE, KEY])
        .envs(environment(&fake.url()))
        .env("AWS_CONFIG_FILE", file.path())
        .env("AWS_PROFILE", "night")
        .env("AWS_MAX_ATTEMPTS", "1");
    let output = output_of(command).await;
    if !output.status.success() {
        let said = text(&output.stderr);
        assert!(said.contains("connection refused by 127.0.0.1:1"), "{said}");
    }
    output.status.success()
}

#[tokio::test]
async fn the_endpoint_comes_from_the_environment_or_the_profile() {
    let no_variables = |_: &str| Vec::new();
    let empty = |_: &str| "[profile night]\n".to_owned();
    let for_all = |url: &str| vec![("AWS_ENDPOINT_URL", url.to_owned())];
    assert!(reaches_the_fake(for_all, empty).await);
    let for_this = |url: &str| {
        vec![
            ("AWS_ENDPOINT_URL", NOBODY.to_owned()),
            ("AWS_ENDPOINT_URL_HEALTHLAKE", url.to_owned()),
        ]
    };
    assert!(reaches_the_fake(for_this, empty).await);
    let nobody = |_: &str| vec![("AWS_ENDPOINT_URL_HEALTHLAKE", NOBODY.to_owned())];
    assert!(!reaches_the_fake(nobody, empty).await);

    let for_all = |url: &str| format!("[profile night]\nendpoint_url = {url}\n");
    assert!(reaches_the_fake(no_variables, for_all).await);
    let for_this = |url: &str| {
        format!(
            "[profile night]\nendpoint_url = {NOBODY}\nservices = local\n\
             [services local]\nhealthlake =\n  endpoint_url = {url}\n"
        )
    };
    assert!(reaches_the_fake(no_variables, for_this).await);
}

/// The error of `start_import` without credentials, with this config file and perhaps a profile.
fn without_credentials(config: &str, profile: Option<&str>) -> String {
    let (file, empty) = (
        tempfile::NamedTempFile::new(),
        tempfile::NamedTempFile::new(),
    );
    let (file, empty) = (file.expect("a file"), empty.expect("a file"));
    std::fs::write(file.path(), config).expect("a file");
    let mut command = example("start_import");
    command
        .args(["datastore", ROLE, KEY])
        .env("AWS_CONFIG_FILE", file.path())
        .env("AWS_SHARED_CREDENTIALS_FILE", empty.path())
        .env("AWS_ENDPOINT_URL_HEALTHLAKE", NOBODY)
        .env("AWS_REGION", REGION)
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .env_remove("AWS_ACCESS_KEY_ID")
        .env_remove("AWS_SECRET_ACCESS_KEY")
        .env_remove("AWS_PROFILE")
        .envs(profile.map(|profile| ("AWS_PROFILE", profile)));
    let output = command.output().expect("it runs");
    let said = text(&output.stderr);
    assert_eq!(said.lines().count(), 1, "{said}");
    said.to_owned()
}

#[test]
fn what_no_provider_of_credentials_has_is_told_in_one_line() {
    let said = without_credentials("", None);
    let expected = "error: StartFHIRImportJob was not sent: no credentials: Environment: environment variable not set; Profile";
    assert!(said.starts_with(expected), "{said}");
    assert!(
        said.contains("; set AWS_PROFILE, or AWS_ACCESS_KEY_ID"),
        "{said}"
    );
}

#[test]
fn a_profile_without_credentials_is_named() {
    let region_alone = "[profile night]\nregion = us-east-1\n";
    let itself =
        "[profile night]\nsource_profile = night\nrole_arn = arn:aws:iam::123456789012:role/r\n";
    for config in ["", "[profile day]\n", region_alone, itself] {
        let said = without_credentials(config, Some("night"));
        let advice = "; give the profile `night` (AWS_PROFILE) keys, a role or SSO in the shared config or credentials \
                      file, or set AWS_ACCESS_KEY_ID";
        assert!(said.contains(advice), "{said}");
        assert!(!said.contains("set AWS_PROFILE"), "{said}");
    }
}

#[tokio::test]
async fn https_to_a_port_of_http_is_told_apart() {
    let (fake, datastore_id) = fake().await;
    let url = fake.url().replace("http://", "https://");
    let mut command = example("start_import");
    command
        .args([&datastore_id, ROLE, KEY])
        .env("AWS_ENDPOINT_URL", url)
        .env("AWS_REGION", REGION)
        .env("AWS_ACCESS_KEY_ID", "any")
        .env("AWS_SECRET_ACCESS_KEY", "any")
        .env("AWS_MAX_ATTEMPTS", "1");
    let output = tokio::task::spawn_blocking(move || command.output());
    let output = output.await.expect("no panic").expect("it runs");
    let said = text(&output.stderr);
    assert!(said.contains("no TLS connection to localhost:"), "{said}");
    assert!(said.ends_with("; is this an http:// port?\n"), "{said}");
}

#[test]
fn the_short_examples_run() {
    let jobs = example("list_jobs").output().expect("it runs");
    assert!(jobs.status.success(), "{}", text(&jobs.stderr));
    assert_eq!(text(&jobs.stdout).matches("a page:").count(), 3);
    assert_eq!(text(&jobs.stdout).matches("SUBMITTED job ").count(), 7);
    let errors = example("handle_errors").output().expect("it runs");
    assert!(errors.status.success(), "{}", text(&errors.stderr));
    for advice in [
        "it is ACTIVE",
        "check the id",
        "ask less often",
        "try again later",
        "call somebody",
    ] {
        assert!(
            text(&errors.stdout).contains(advice),
            "{}",
            text(&errors.stdout)
        );
    }
    let testing = example("testing").output().expect("it runs");
    assert!(testing.status.success(), "{}", text(&testing.stderr));
}

/// A program that ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test]
async fn fake_healthlake_serves_and_obeys() {
    let mut command = example("fake_healthlake");
    command
        .args(["--fault", "throttling:1", "--datastore", "served"])
        .stdout(Stdio::piped());
    let mut running = Running(command.spawn().expect("it runs"));
    let mut lines = BufReader::new(running.0.stdout.take().expect("its output")).lines();
    let first = lines.next().expect("a line").expect("text");
    let url = first
        .split(' ')
        .find(|word| word.starts_with("http://"))
        .expect("a URL");
    let mut said = first.clone();
    for line in lines.by_ref().take(6) {
        said.push('\n');
        said.push_str(&line.expect("text"));
    }
    let shown = said.replace(url, "http://localhost:8080");
    assert!(
        include_str!("../../README.md").contains(&format!("```text\n{shown}\n```")),
        "the README shows something else than\n{shown}"
    );

    let (other, _) = fake().await;
    let client = Client::builder(&other.sdk_config())
        .endpoint_url(url)
        .build();
    let list = || client.list_fhir_datastores(ListFhirDatastoresRequest::builder().build());
    let found = list()
        .await
        .expect("the second attempt")
        .datastore_properties_list;
    assert_eq!(found[0].datastore_name.as_deref(), Some("served"));

    control(url, "faults", "access-denied").await;
    assert_eq!(
        list().await.expect_err("as told").code(),
        Some("AccessDeniedException")
    );
    control(url, "faults", "").await;
    list().await.expect("as told");
}

/// Tells a fake something, as `curl -X PUT URL/fake/THING -d BODY` does.
async fn control(url: &str, thing: &str, body: &str) {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let host = url.strip_prefix("http://").expect("a URL");
    let mut stream = tokio::net::TcpStream::connect(host)
        .await
        .expect("a connection");
    let request = format!(
        "PUT /fake/{thing} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    stream
        .write_all(request.as_bytes())
        .await
        .expect("it is sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}
