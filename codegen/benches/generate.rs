//! The time and memory of generating: HealthLake, and the largest published models where `SMITHY_DATA` names them. And that of reading
//! Smithy IDL.
//!
//! ```text
//! SMITHY_DATA=… cargo bench -p smithy-codegen
//! ```

use std::path::{Path, PathBuf};
use std::{env, fs};

use divan::counter::BytesCount;
use divan::{AllocProfiler, Bencher};
use smithy_codegen::docs;
use smithy_codegen::{Options, ast, generate};

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

/// The number of published models that are measured.
const LARGEST: usize = 3;

fn main() {
    divan::main();
}

/// From a model's text to all files.
#[divan::bench(args = models())]
fn crate_of(bencher: Bencher<'_, '_>, model: &Model) {
    let options = Options {
        source: model.to_string(),
        skip_unsupported: true,
        ..Options::default()
    };
    let text = fs::read_to_string(&model.0).unwrap();
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| generate(&text, &options).unwrap());
}

/// From 50,000 lines of Smithy IDL to the JSON AST.
#[divan::bench]
fn ast_of_idl(bencher: Bencher<'_, '_>) {
    let text = idl(50_000);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| ast(text.as_str()).unwrap());
}

/// A file with so many lines.
fn idl(lines: usize) -> String {
    let mut text = "$version: \"2.0\"\nnamespace example.large\n".to_owned();
    for number in 0..lines / 20 {
        text += &format!(
            "
/// Does something, of which this is the first line,
/// and this the second.
@readonly
@tags([\"a\", \"b\"])
operation Do{number} {{
    input := {{
        /// The name.
        @required
        @length(min: 1, max: 100)
        name: String

        again: Structure{number} // which has a comment
    }}
}}

structure Structure{number} {{
    count: Integer = 1
    next: Structure{number}
}}
"
        );
    }
    text
}

/// The documentation of a model.
#[divan::bench(args = models())]
fn docs_of(bencher: Bencher<'_, '_>, model: &Model) {
    let value = serde_json::from_str(&fs::read_to_string(&model.0).unwrap()).unwrap();
    let mut documents = Vec::new();
    collect(&value, &mut documents);
    bencher
        .counter(BytesCount::new(
            documents.iter().map(String::len).sum::<usize>(),
        ))
        .bench(|| {
            let lengths = documents
                .iter()
                .map(|document| docs::markdown(document, &|_| None).len());
            lengths.sum::<usize>()
        });
}

#[derive(Clone, Debug)]
struct Model(PathBuf);

impl std::fmt::Display for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.file_stem().unwrap_or_default().to_string_lossy())
    }
}

fn models() -> Vec<Model> {
    let mut models =
        vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../models/healthlake-2017-07-01.json")];
    if let Some(data) = env::var_os("SMITHY_DATA") {
        let mut published: Vec<_> = fs::read_dir(Path::new(&data).join("models"))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        published.sort_by_key(|path| {
            std::cmp::Reverse(fs::metadata(path).map_or(0, |metadata| metadata.len()))
        });
        published.truncate(LARGEST);
        models.extend(published);
    }
    models.into_iter().map(Model).collect()
}

fn collect(value: &serde_json::Value, documents: &mut Vec<String>) {
    match value {
        serde_json::Value::Object(members) => {
            for (name, value) in members {
                match value {
                    serde_json::Value::String(text) if name == "smithy.api#documentation" => {
                        documents.push(text.clone())
                    }
                    _ => collect(value, documents),
                }
            }
        }
        serde_json::Value::Array(items) => items.iter().for_each(|item| collect(item, documents)),
        _ => {}
    }
}
