use smithy_codegen::{Options, Source, Sources, generate};
use std::{env, error::Error, fs, io, path::Path};

const MODEL: [&str; 2] = ["model/weather.smithy", "model/types.smithy"];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=model");
    let files = MODEL.map(|file| Ok(Source::new(file, fs::read_to_string(file)?)));
    let model: Sources = files.into_iter().collect::<io::Result<_>>()?;
    for file in generate(model, &Options::for_include("model"))?.files {
        let path = Path::new(&env::var("OUT_DIR")?).join(file.path);
        fs::create_dir_all(path.parent().unwrap_or(&path))?;
        fs::write(path, file.contents)?;
    }
    Ok(())
}
