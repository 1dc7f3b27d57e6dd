use smithy_codegen::{Options, generate};
use std::{env, error::Error, fs, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=model.json");
    let model = fs::read_to_string("model.json")?;
    for file in generate(&model, &Options::for_include("model.json"))?.files {
        let path = Path::new(&env::var("OUT_DIR")?).join(file.path);
        fs::create_dir_all(path.parent().unwrap_or(&path))?;
        fs::write(path, file.contents)?;
    }
    Ok(())
}
