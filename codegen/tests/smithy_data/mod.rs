//! Published models. They are not part of the repository: `SMITHY_DATA` names the folder that has them in `models/`.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// The files of all published models; none, and a notice that is seen, if nobody says where they are.
pub fn published_models() -> Vec<PathBuf> {
    let data = env::var_os("SMITHY_DATA").filter(|data| !data.is_empty());
    let Some(data) = data else {
        // `eprintln!` would be shown only of tests that fail.
        let _ = writeln!(
            io::stderr(),
            "skipped: SMITHY_DATA, the folder of published models, is not set"
        );
        return Vec::new();
    };
    let folder = Path::new(&data).join("models");
    let files = fs::read_dir(folder).unwrap();
    let mut models: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    assert!(!models.is_empty(), "SMITHY_DATA has no models");
    models.sort();
    models
}
