//! The documentation of published models, all of it, through the converter.

mod smithy_data;

use std::fs;

use serde_json::Value;
use smithy_codegen::docs::{Link, first_sentence, markdown, wrap};

#[test]
fn all_documentation_converts() {
    let mut documents = Vec::new();
    let models = smithy_data::published_models();
    for model in &models {
        let text = fs::read_to_string(model).unwrap();
        collect(&serde_json::from_str(&text).unwrap(), &mut documents);
    }
    if models.is_empty() {
        return;
    }
    assert!(documents.len() > 1000, "only {} documents", documents.len());

    for document in &documents {
        let markdown = markdown(document, &link);
        assert_eq!(wrap(&markdown), markdown, "not stable: {document}");
        assert_eq!(
            first_sentence(&markdown).is_empty(),
            markdown.is_empty(),
            "{document}"
        );
    }
}

fn link(name: &str) -> Option<Link> {
    name.chars().all(char::is_alphanumeric).then(|| Link {
        label: name.to_owned(),
        path: Some(format!("crate::{name}")),
    })
}

fn collect(value: &Value, documents: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                match value {
                    Value::String(text) if name == "smithy.api#documentation" => {
                        documents.push(text.clone())
                    }
                    _ => collect(value, documents),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, documents)),
        _ => {}
    }
}
