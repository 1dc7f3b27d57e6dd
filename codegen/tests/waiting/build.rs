//! Generates the crate for the fixture.

use std::{env, error::Error, fs, path::Path};

use smithy_codegen::{Options, generate};

const MODEL: &str = "../fixtures/waiting.json";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={MODEL}");
    let model = fs::read_to_string(MODEL)?;
    for file in generate(&model, &Options::for_include(MODEL))?.files {
        let path = Path::new(&env::var("OUT_DIR")?).join(&file.path);
        fs::create_dir_all(path.parent().unwrap_or(&path))?;
        // Tests are included in a module, where nothing can be said of the whole file.
        let is_test = file.path.starts_with("tests/");
        let is_inner = |line: &str| line.starts_with("//!") || line.starts_with("#![");
        let lines = file.contents.lines();
        let lines: Vec<_> = lines.filter(|line| !is_test || !is_inner(line)).collect();
        fs::write(path, lines.join("\n"))?;
    }
    Ok(())
}
