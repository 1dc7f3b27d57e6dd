//! `cargo xtask protocol-tests` as its users run it. It compiles the crate of each suite, so `cargo test` does so only if told to:
//!
//! ```text
//! cargo test -p xtask --test protocol_tests -- --include-ignored
//! ```

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn protocol_tests<P: AsRef<OsStr>>(models: &[P]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .arg("protocol-tests")
        .args(models)
        .output()
        .unwrap()
}

/// The words of each line of the table.
fn table(output: &Output) -> Vec<Vec<String>> {
    let printed = text(&output.stdout);
    let table = printed
        .lines()
        .skip_while(|line| !line.starts_with("suite "));
    table
        .map(|line| line.split_whitespace().map(str::to_owned).collect())
        .collect()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn ours(model: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/models")
        .join(model)
}

const HEADING: [&str; 5] = ["suite", "requests", "responses", "passed", "failed"];

#[test]
#[ignore = "compiles crates"]
fn our_own_suites_pass() {
    let output = protocol_tests(&[
        ours("wire.json"),
        ours("query-compatible.json"),
        ours("rest-quirks.json"),
        ours("glacier.json"),
    ]);
    let expected = [
        HEADING,
        ["wire", "38/38", "49/49", "87", "0"],
        ["query-compatible", "1/1", "2/2", "3", "0"],
        ["rest-quirks", "17/17", "13/13", "30", "0"],
        ["glacier", "6/6", "0/0", "6", "0"],
    ];
    assert_eq!(table(&output), expected, "{output:?}");
    assert!(output.status.success());
}

#[test]
#[ignore = "compiles crates"]
#[cfg(unix)]
fn nobody_reads_the_table() {
    use std::os::unix::process::ExitStatusExt;

    let (_, closed) = io::pipe().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    let command = command
        .arg("protocol-tests")
        .arg(ours("query-compatible.json"));
    let child = command.stdout(closed).stderr(Stdio::piped()).spawn();
    let output = child.unwrap().wait_with_output().unwrap();
    assert_eq!(output.status.signal(), Some(13), "{output:?}");
    assert!(!text(&output.stderr).contains("panicked"), "{output:?}");
}

#[test]
#[ignore = "compiles crates"]
fn each_protocol_of_a_service_passes() {
    for protocol in ["rpcv2Cbor", "rpcv2Json"] {
        let output = protocol_tests(&[
            OsStr::new("--protocol"),
            OsStr::new(protocol),
            ours("rpc-v2.json").as_os_str(),
        ]);
        let expected = [HEADING, ["rpc-v2", "4/4", "8/8", "12", "0"]];
        assert_eq!(table(&output), expected, "{protocol}: {output:?}");
        assert!(output.status.success());
    }
}

#[test]
#[ignore = "compiles crates"]
fn the_official_suites_pass() {
    let data = env::var_os("SMITHY_DATA").filter(|data| !data.is_empty());
    let Some(data) = data else {
        // What `println!` prints is seen only of tests that fail.
        let _ = writeln!(
            io::stderr(),
            "skipped: SMITHY_DATA, the folder of the official suites, is not set"
        );
        return;
    };
    let suites = Path::new(&data).join("protocol-tests");
    let output = protocol_tests(&[
        suites.join("awsJson1_0.json"),
        suites.join("awsJson1_0-query-compatible.json"),
        suites.join("rpcv2Cbor.json"),
        suites.join("restJson1-apigateway.json"),
    ]);
    let expected = [
        HEADING,
        ["awsJson1_0", "28/28", "39/39", "67", "0"],
        ["awsJson1_0-query-compatible", "1/1", "2/2", "3", "0"],
        ["rpcv2Cbor", "29/29", "43/43", "72", "0"],
        ["restJson1-apigateway", "1/1", "0/0", "1", "0"],
    ];
    assert_eq!(table(&output), expected, "{output:?}");
    assert!(output.status.success());
}

/// Of two suites whose files are called the same, both are run, and the one that fails is told from the other.
#[test]
#[ignore = "compiles crates"]
fn a_test_that_fails_is_shown() {
    let folder = tempfile::tempdir().unwrap();
    let model = fs::read_to_string(ours("query-compatible.json")).unwrap();
    let right = "\"x-amzn-query-mode\": \"true\"";
    let suites = [
        ("wrong", right.replace("true", "false")),
        ("right", right.to_owned()),
    ];
    let suites = suites.map(|(name, mode)| {
        let path = folder.path().join(name).join("suite.json");
        fs::create_dir(path.parent().unwrap()).unwrap();
        fs::write(&path, model.replace(right, &mode)).unwrap();
        path.display().to_string()
    });
    let [wrong, good] = &suites;

    let output = protocol_tests(&suites);
    assert_eq!(
        table(&output),
        [
            HEADING,
            [wrong, "0/1", "2/2", "2", "1"],
            [good, "1/1", "2/2", "3", "0"],
        ],
        "{output:?}"
    );
    assert!(
        text(&output.stdout).starts_with(&format!("{wrong}: query_mode_request\n")),
        "{output:?}"
    );
    assert!(
        text(&output.stderr).contains("error: 1 protocol tests failed"),
        "{output:?}"
    );
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn a_model_without_tests_is_an_error() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../codegen/tests/fixtures");
    let output = protocol_tests(&[fixtures.join("nasty_names.json")]);
    assert!(
        text(&output.stderr).contains("has no protocol tests for a client"),
        "{output:?}"
    );
    assert_eq!(output.status.code(), Some(1));
}
