//! Generates the crates for the fixtures: one is this crate, the other a test.

use std::{env, error::Error, fs, path::Path};

use smithy_codegen::{Options, generate};

const CRATES: [(&str, &str); 2] = [
    ("../fixtures/streaming.json", ""),
    ("../fixtures/byte_streams.json", "byte_streams"),
];

fn main() -> Result<(), Box<dyn Error>> {
    for (model, folder) in CRATES {
        println!("cargo::rerun-if-changed={model}");
        let text = fs::read_to_string(model)?;
        for file in generate(&text, &Options::for_include(model))?.files {
            let out = Path::new(&env::var("OUT_DIR")?).join(folder);
            let path = out.join(file.path);
            fs::create_dir_all(path.parent().unwrap_or(&path))?;
            fs::write(path, file.contents)?;
        }
    }
    Ok(())
}
