//! Published models. They are not part of the repository: `SMITHY_DATA` names the folder that has them in `models/`.

use std::io::Write;
use std::path::PathBuf;
use std::{env, fs, io};

/// The folder that `SMITHY_DATA` names; none, and a notice that is seen, if nobody says where it is.
pub fn folder() -> Option<PathBuf> {
    let data = env::var_os("SMITHY_DATA").filter(|data| !data.is_empty());
    if data.is_none() {
        // `eprintln!` would be shown only of tests that fail.
        let _ = writeln!(
            io::stderr(),
            "skipped: SMITHY_DATA, the folder of published models, is not set"
        );
    }
    data.map(PathBuf::from)
}

/// The files of all published models; none if nobody says where they are.
#[allow(dead_code, reason = "each test uses one of the functions")]
pub fn published_models() -> Vec<PathBuf> {
    let Some(data) = folder() else {
        return Vec::new();
    };
    let files = fs::read_dir(data.join("models")).unwrap();
    let mut models: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    assert!(!models.is_empty(), "SMITHY_DATA has no models");
    models.sort();
    models
}
