//! Whole crates, of models that are hostile wherever they may say something in words.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use proptest::prelude::*;
use serde_json::{Value, json};
use smithy_codegen::{File, Options, generate};

use super::hostile;
use super::rustdoc::{Allowed, complaints, is_hidden};

/// Documentation of a generated crate. Examples are JSON, and one shows how to start.
const OF_CRATE: Allowed<'_> = Allowed {
    code: &["text", "json", "no_run"],
    headings: true,
    is_item: &|path| path.starts_with("crate::") || path.starts_with("smithy_rt::"),
};

/// A model that says `text` in every place where it may say anything.
fn model(text: &str) -> String {
    let documented = json!({
        "smithy.api#documentation": text,
        "smithy.api#externalDocumentation": {text: text, "A page": "https://x.y", "Harm": "javascript:alert(1)"},
        "smithy.api#deprecated": {"message": text, "since": text},
        "smithy.api#since": text,
        "smithy.api#recommended": {"reason": text},
    });
    let with = |more: Value| {
        let mut traits = documented.clone();
        let more = more.as_object().unwrap().clone();
        traits.as_object_mut().unwrap().extend(more);
        traits
    };
    let value = |value: &str| json!({"target": "smithy.api#Unit", "traits": with(json!({"smithy.api#enumValue": value}))});
    let undocumented = |value: &str| json!({"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": value}});
    let member = |target: &str, more: Value| json!({"target": target, "traits": with(more)});
    let limits = json!({"smithy.api#pattern": text, "smithy.api#length": {"min": 1}, "smithy.api#default": text});
    let waiters = json!({
        "Done": {
            "documentation": text, "deprecated": true,
            "acceptors": [{"state": "success", "matcher": {"success": true}}]
        },
        "LeftOut": {
            "documentation": text,
            "acceptors": [{"state": "success", "matcher": {"output": {
                "path": format!("{{{}: Name}}", serde_json::to_string(text).unwrap()), "comparator": "stringEquals", "expected": text
            }}}]
        },
    });
    json!({"smithy": "2.0", "shapes": {
        "a.b#Service": {"type": "service", "version": text, "operations": [{"target": "a.b#Do"}], "traits": with(json!({
            "smithy.api#title": text,
            "aws.protocols#awsJson1_0": {},
            "smithy.rules#clientContextParams": {"Given": {"type": "string", "documentation": text}},
            "smithy.rules#endpointRuleSet": rules(text),
            "smithy.rules#endpointTests": {"version": "1.0", "testCases": [{
                "documentation": text, "params": {"Given": text}, "expect": {"endpoint": {"url": "https://x.y"}}
            }]},
        }))},
        "a.b#Do": {
            "type": "operation", "input": {"target": "a.b#In"}, "output": {"target": "a.b#Out"}, "errors": [{"target": "a.b#Wrong"}],
            "traits": with(json!({
                "smithy.waiters#waitable": waiters,
                "smithy.api#paginated": {"inputToken": "Next", "outputToken": "Next", "items": "List"},
                "smithy.api#examples": [
                    {"title": text, "documentation": text, "input": {"Name": text}, "output": {"Name": text}},
                    {"title": text, "input": {}, "error": {"shapeId": "a.b#Wrong", "content": {"message": text}}}
                ],
                "smithy.test#httpRequestTests": [{
                    "id": "Test", "documentation": text, "protocol": "aws.protocols#awsJson1_0", "method": "POST", "uri": "/",
                    "params": {"Name": text}
                }],
            }))
        },
        "a.b#In": {"type": "structure", "traits": documented, "members": {
            "Name": member("smithy.api#String", limits.clone()), "Kind": member("a.b#Kind", json!({})), "Level": member("a.b#Level", json!({})),
            "List": member("a.b#List", json!({})), "Map": member("a.b#Map", json!({})), "One": member("a.b#One", json!({})),
            "Next": {"target": "smithy.api#String"}, "Bare": {"target": "a.b#Text"},
        }},
        "a.b#Out": {"type": "structure", "members": {
            "Name": {"target": "a.b#Text"}, "Next": {"target": "smithy.api#String"}, "List": {"target": "a.b#List"}
        }},
        "a.b#Text": {"type": "string", "traits": with(json!({"smithy.api#pattern": text}))},
        "a.b#Kind": {"type": "enum", "traits": documented, "members": {"A": value(text), "B": undocumented(&format!("{text}B"))}},
        "a.b#Level": {"type": "intEnum", "traits": documented, "members": {
            "LOW": {"target": "smithy.api#Unit", "traits": with(json!({"smithy.api#enumValue": 1}))}
        }},
        "a.b#List": {"type": "list", "member": {"target": "a.b#Text"}},
        "a.b#Map": {"type": "map", "key": {"target": "a.b#Text"}, "value": {"target": "a.b#Text"}},
        "a.b#One": {"type": "union", "traits": documented, "members": {"Text": member("a.b#Text", json!({})), "Other": {"target": "a.b#Text"}}},
        "a.b#Wrong": {"type": "structure", "traits": with(json!({"smithy.api#error": "client"})), "members": {
            "message": member("smithy.api#String", json!({}))
        }},
    }})
    .to_string()
}

fn rules(text: &str) -> Value {
    json!({
        "version": "1.0",
        "parameters": {"Given": {
            "type": "string", "documentation": text, "deprecated": {"message": text, "since": text}
        }},
        "rules": [{"type": "endpoint", "documentation": text, "conditions": [], "endpoint": {"url": "https://x.y", "properties": {
            "authSchemes": [{"name": "sigv4", "signingName": "x"}]
        }}}]
    })
}

/// The documentation of each item of a file, put together as rustdoc does, and each deprecation note.
fn documents(tokens: TokenStream, found: &mut Vec<String>) {
    let mut lines = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Punct(mark) if mark.as_char() == '#' || mark.as_char() == '!' => {}
            TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket => {
                let attribute = group.stream();
                match documentation(attribute.clone()) {
                    Some(line) => lines.push(line),
                    None => {
                        found.extend(note(attribute.clone()));
                        documents(attribute, found);
                    }
                }
            }
            other => {
                found.extend(document(&std::mem::take(&mut lines)));
                if let TokenTree::Group(group) = other {
                    documents(group.stream(), found);
                }
            }
        }
    }
    found.extend(document(&lines));
}

/// Lines without the indentation that all of them have.
fn document(lines: &[String]) -> Option<String> {
    let lines: Vec<_> = lines.iter().flat_map(|line| line.split('\n')).collect();
    let filled = lines.iter().filter(|line| !line.trim().is_empty());
    let indentation = filled
        .map(|line| line.len() - line.trim_start().len())
        .min()?;
    let lines: Vec<_> = lines
        .iter()
        .map(|line| line.get(indentation..).unwrap_or_default())
        .collect();
    Some(lines.join("\n"))
}

/// The text of `doc = "…"`.
fn documentation(attribute: TokenStream) -> Option<String> {
    let attribute: syn::MetaNameValue = syn::parse2(attribute).ok()?;
    attribute
        .path
        .is_ident("doc")
        .then(|| string(&attribute.value))?
}

/// The note of `deprecated(note = "…")`.
fn note(attribute: TokenStream) -> Option<String> {
    let attribute: syn::MetaList = syn::parse2(attribute).ok()?;
    let mut note = None;
    if attribute.path.is_ident("deprecated") {
        attribute
            .parse_nested_meta(|meta| {
                let value: syn::Expr = meta.value()?.parse()?;
                if meta.path.is_ident("note") {
                    note = string(&value);
                }
                Ok(())
            })
            .unwrap();
    }
    note
}

fn string(value: &syn::Expr) -> Option<String> {
    match value {
        syn::Expr::Lit(syn::ExprLit {
            lit: syn::Lit::Str(text),
            ..
        }) => Some(text.value()),
        _ => None,
    }
}

fn assert_harmless(text: &str) {
    let options = Options {
        source: format!("models/{text}.json"),
        skip_unsupported: true,
        ..Options::default()
    };
    let generated =
        generate(&model(text), &options).unwrap_or_else(|error| panic!("{error}\nfor {text:?}"));
    for file in &generated.files {
        assert_file_is_harmless(file, text);
    }
}

fn assert_file_is_harmless(file: &File, text: &str) {
    let File { path, contents } = file;
    if let Some(c) = contents.chars().find(|c| is_hidden(*c)) {
        panic!("{path} has the character {c:?}, for {text:?}");
    }
    if !path.ends_with(".rs") {
        let manifest: toml_edit::DocumentMut = contents.parse().unwrap();
        let description = manifest["package"]["description"].as_str().unwrap();
        assert!(!description.contains(['\n', '\r']), "{description:?}");
        return;
    }
    let code: String = contents
        .lines()
        .skip_while(|line| line.starts_with("//") && !line.starts_with("//!"))
        .map(|line| format!("{line}\n"))
        .collect();
    assert!(
        code.starts_with('\n'),
        "the header of {path} is more than comments, for {text:?}:\n{contents}"
    );
    let mut found = Vec::new();
    documents(code.parse().unwrap(), &mut found);
    for document in found {
        let complaints = complaints(&document, OF_CRATE);
        assert!(
            complaints.is_empty(),
            "{complaints:?} in {path}, for {text:?}:\n{document}"
        );
    }
}

#[test]
fn crates_of_harmful_models_are_harmless() {
    hostile::TEXTS.iter().for_each(|text| assert_harmless(text));
}

#[test]
fn documentation_is_found() {
    let model = model("Say so.");
    let generated = generate(
        &model,
        &Options {
            skip_unsupported: true,
            ..Options::default()
        },
    )
    .unwrap();
    let mut found = Vec::new();
    let files = generated
        .files
        .iter()
        .filter(|file| file.path.ends_with(".rs"));
    files.for_each(|file| documents(file.contents.parse().unwrap(), &mut found));
    let count = found
        .iter()
        .filter(|document| document.contains("Say so"))
        .count();
    assert!(count > 40, "{count} of {}", found.len());
    assert!(
        found
            .iter()
            .any(|document| document == "Say so. Since Say so."),
        "no note"
    );
}

proptest! {
    // Each case is a crate.
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases / 8, ..ProptestConfig::default() })]

    #[test]
    fn crates_of_hostile_models_are_harmless(text in hostile::text()) {
        assert_harmless(&text);
    }
}
