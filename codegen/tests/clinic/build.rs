//! Generates the client.

use std::{env, error::Error, fs, path::Path};

use smithy_codegen::{Options, generate};

const MODEL: &str = "model.json";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={MODEL}");
    let model = fs::read_to_string(MODEL)?;
    for file in generate(&model, &Options::for_include(MODEL))?.files {
        let path = Path::new(&env::var("OUT_DIR")?).join(file.path);
        fs::create_dir_all(path.parent().unwrap_or(&path))?;
        fs::write(path, file.contents)?;
    }
    Ok(())
}
