//! Models in Smithy IDL.

mod corpus;
mod errors;
mod hostile;
mod several;
#[path = "../smithy_data/mod.rs"]
mod smithy_data;
mod valid;

use serde_json::Value;
use smithy_codegen::ast;

/// The JSON AST of a text.
fn json(text: &str) -> Value {
    let text = ast(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    serde_json::from_str(&text).unwrap()
}

/// The shapes of a file of Smithy 2.0 in the namespace `a.b`, by their names.
fn shapes(body: &str) -> Value {
    of_namespace(&json(&format!(
        "$version: \"2.0\"\nnamespace a.b\n{body}\n"
    )))
}

/// The shapes of a file of Smithy 1.0.
fn shapes_of_1(body: &str) -> Value {
    of_namespace(&json(&format!("namespace a.b\n{body}\n")))
}

fn of_namespace(model: &Value) -> Value {
    let shapes = model["shapes"].as_object().unwrap().iter();
    let shapes =
        shapes.map(|(id, shape)| (id.trim_start_matches("a.b#").to_owned(), shape.clone()));
    Value::Object(shapes.collect())
}
