//! The messages of the compiler where a request is not as it should be, since users read them.
//!
//! `TRYBUILD=overwrite cargo test -p messages -- --ignored` writes down what it says now.

use std::process::Command;

/// The compiler whose words are in `ui/`.
const RUSTC: &str = "rustc 1.95.";

#[test]
#[ignore = "compiles a crate for every case"]
fn errors_name_what_is_wrong() {
    let version = Command::new("rustc").arg("--version").output();
    let version = String::from_utf8(version.expect("a compiler").stdout).expect("text");
    if !version.starts_with(RUSTC) {
        println!("skipped: these are the words of {RUSTC}x, not of {version}");
        return;
    }
    let cases = trybuild::TestCases::new();
    cases.pass("tests/ui/complete.rs");
    cases.compile_fail("tests/ui/missing_*.rs");
    cases.compile_fail("tests/ui/wrong_*.rs");
}
